/* What can be said of a person's data without asking anybody: warnings, search keys, likeness.
 *
 * A codice fiscale is not a key: it may change, be missing, or contradict the registered data.
 * A contradiction warns and never stops the work (the tax office, not the desk, can be wrong);
 * only what cannot be true at all (birth in the future, a code that is no code) is refused.
 */
#ifndef ZONALE_MOD_PERSONE_RULES_H
#define ZONALE_MOD_PERSONE_RULES_H

#include "base/codfis.h"
#include "base/field.h"

struct persona {
    struct id id;
    int64_t versione; /* grows at each change: the optimistic lock */
    int64_t numero;   /* progressive in the ambito; also the number of the record */
    const char *cognome;
    const char *nome;
    const char *sesso; /* "M", "F" as registered; NULL = not known */
    struct day nascita;
    const char *nascita_luogo; /* municipality or state, as written */
    const char *belfiore;      /* its code where known: "F205", "Z330" */
    struct id comune;          /* municipality of residence, an ente */
    const char *indirizzo;
    const char *telefono;
    const char *email;
    const char *cittadinanza;
    const char *tutela; /* legal protection: who, which kind; NULL = none known */
    struct day morte;
    const char *codfis;  /* clean, upper case; NULL = not yet known; 11 digits = provisional */
    const char *esterno; /* key in the archive it was imported from */
    bool riservata;      /* shown only to whoever has a relation of its own with the person */
    struct id fusa_in;   /* merged into that one: known no more by itself; ID_NONE = not merged */
};

/* ---- warnings --------------------------------------------------------------------------- */

enum persona_peso {
    PESO_NOTA,   /* good to know */
    PESO_AVVISO, /* look again; saved all the same */
    PESO_ERRORE, /* cannot be: refused */
};

struct persona_avviso {
    enum persona_peso peso;
    const char *campo;  /* the field it stands beside */
    const char *chiave; /* of messages.it: "persone.codfis_cognome" */
};

enum { PERSONA_AVVISI = 16 };

/* Everything worth saying of the data, the worst first within each field's order.
 * `avvisi` has room for PERSONA_AVVISI. Returns how many. */
size_t persona_check(const struct persona *persona, struct day today,
                     struct persona_avviso avvisi[static PERSONA_AVVISI]);
bool persona_refused(const struct persona_avviso *avvisi, size_t count);
/* Birth, sex and code of the birthplace that were left blank, read from the codice fiscale.
 * `birthplace` is where that code is kept, as long as the person. True: something was filled. */
bool persona_complete(struct persona *persona, struct day today, char birthplace[static 5]);

/* ---- keys of the search ----------------------------------------------------------------- */

enum { PERSONA_PAROLE = 16 };

struct persona_chiavi {
    const char *chiave;  /* "de luca anna deluca": surname, name, then other ways to write it */
    const char *chiave2; /* "anna de luca" */
    const char *cifre;   /* digits of the telephone without +39; NULL = none */
    const char *parole[PERSONA_PAROLE]; /* distinct words of chiave, then cifre */
    size_t count;
};

struct persona_chiavi persona_keys(struct arena *arena, const struct persona *persona);
/* Surname and name, folded, and nothing more. */
const char *persona_straight(struct arena *arena, const struct persona *persona);
/* Digits of a telephone, international prefix of Italy taken off; NULL when there are none. */
const char *telefono_digits(struct arena *arena, const char *telefono);

enum { RICERCA_PAROLE = 5 };

/* What somebody typed in the search box, understood. */
struct persona_ricerca {
    bool vuota;
    bool codfis_noto;
    char codfis[CODFIS_SIZE];
    int64_t numero;                     /* INT_NONE: not a number */
    const char *cifre;                  /* prefix of a telephone; NULL */
    const char *intera;                 /* folded, all words */
    const char *parole[RICERCA_PAROLE]; /* prefixes of words, longest first; none when digits */
    size_t count;
};

void persona_query(struct arena *arena, const char *text, struct persona_ricerca *ricerca);

/* ---- likeness --------------------------------------------------------------------------- */

enum {
    SIMILE_CODFIS = 1,    /* same codice fiscale */
    SIMILE_NOMI = 2,      /* same surname and name */
    SIMILE_SCAMBIO = 4,   /* surname and name swapped */
    SIMILE_QUASI = 8,     /* names that differ by one or two letters */
    SIMILE_NASCITA = 16,  /* same day of birth */
    SIMILE_TELEFONO = 32, /* same telephone */
    SIMILE_OMOCODIA = 64, /* codes that differ only by omocodia: two people, says the tax office */
};

/* Why `a` and `b` may be the same person; 0 when nothing suggests it. */
int persona_likeness(struct arena *arena, const struct persona *a, const struct persona *b);

/* ---- household -------------------------------------------------------------------------- */

struct componente {
    struct id id;
    struct id nucleo;
    struct id persona;
    const char *parentela; /* with the reference person: "figlio" */
    struct day dal;
    struct day al; /* first day no longer in it; DAY_NONE = still there */
};

/* Index of a period of `altri` that overlaps `nuovo`, -1 when none: nobody lives in two households
 * on one day. */
int componente_clash(const struct componente *altri, size_t count, const struct componente *nuovo);

/* ---- duplicates ------------------------------------------------------------------------- */

/* How likely it is that two people registered apart are one, and what becomes of their data when
 * somebody says so. Nothing here decides: a person does, and can take it back. */

/* Behind the bits of SIMILE_... (rules.h): reasons of the queue alone. */
enum {
    DOPPIONE_NASCITA_QUASI = 128, /* day and month swapped, or one digit of the birth wrong */
    DOPPIONE_CODFIS_ALTRO = 256,  /* two good codes that differ: against */
    DOPPIONE_SESSO_ALTRO = 512,   /* against: twins and siblings with near names */
    DOPPIONE_MOTIVI = 10,
};

enum { DOPPIONE_SOGLIA = 50, DOPPIONE_MASSIMO = 100 };

struct doppione_giudizio {
    int perche; /* bits */
    int punti;  /* 0 to 100; from DOPPIONE_SOGLIA on it is worth a look */
};

/* The same either way round. What reaches the threshold has the same codice fiscale; or the same
 * or swapped or near names, and with them the same birth or telephone, or the same names and a near
 * birth: so pairs need only be looked for among those who share one of these four. */
struct doppione_giudizio doppione_judge(struct arena *arena, const struct persona *a,
                                        const struct persona *b);

/* What may be chosen field by field when two are made one; ended by FIELD_END. */
extern const struct field fusione_campi[];
enum { FUSIONE_CAMPI = 14 };

/* `tiene` with the fields marked in `altra` taken from `toglie`. Kept apart if either was: nobody
 * comes to be seen by being merged. */
struct persona fusione_merge(const struct persona *tiene, const struct persona *toglie,
                             const bool altra[static FUSIONE_CAMPI]);
/* What of `ora` goes back when the merge that made `dopo` of `prima` is undone: each field that is
 * still as the merge left it; what was corrected since stays. */
struct persona fusione_undo(struct arena *arena, const struct persona *prima,
                            const struct persona *dopo, const struct persona *ora);

#endif
