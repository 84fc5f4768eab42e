/* Records: a person's file, the prese in carico in it, the diary. Front door.
 *
 * Everything is within cx->who->ambito. Who may open a record is decided by the funnel through
 * cartella_object; the functions here trust that the caller has been let in, except where they say
 * otherwise.
 */
#ifndef ZONALE_MOD_CARTELLA_CARTELLA_H
#define ZONALE_MOD_CARTELLA_CARTELLA_H

#include "kit/sys/vault.h"
#include "kit/web/web.h"
#include "mod/cartella/rules.h"

extern const struct module cartella_module;

/* Facts: the strongest relation of cx->who to the record or to its body, and its sensitivity. */
extern const struct web_object cartella_object;

struct cartella {
    struct id id;
    int64_t numero; /* that of the person */
    struct id persona;
    struct id ente;
    int64_t riserbo;         /* RISERVO_PARTICOLARE, or RISERVO_ANTIVIOLENZA */
    const char *stato;       /* presa_stato_name of the presa that is furthest along */
    const char *tipo_utente; /* of that presa */
    struct id responsabile;  /* of that presa; ID_NONE = nobody yet */
    struct day aperta;
    struct day chiusa; /* DAY_NONE = open */
};
extern const struct field cartella_fields[];

MUST_USE bool cartella_load(struct cx *cx, struct id id, struct cartella *cartella);
/* The record of a person, the open one first. One that only its team may know of is found by its
 * team alone. */
MUST_USE bool cartella_of(struct cx *cx, struct id persona, struct id *id, bool *found);
/* The key that seals what is written in it, also by other rooms. */
MUST_USE bool cartella_key(struct cx *cx, struct id id, struct vault_key *key);
/* Does the vault open what this database holds? Tried on the oldest record of any ambito; true
 * while there is none. Asked before anything is sealed with a key that is not this database's. */
MUST_USE bool cartella_key_fits(struct cx *cx, bool *fits);

struct presa_in_carico {
    struct id id;
    struct id cartella;
    struct id ente;
    struct id responsabile;
    const char *tipo_utente;
    const char *stato;
    const char *sospesa_da;
    struct day dal;
    struct day al;
    int64_t versione;
};
extern const struct field presa_fields[];

/* What a new presa in carico needs; the first one of a person opens the record. */
struct presa_nuova {
    struct id persona;
    struct id ente;
    struct id responsabile; /* ID_NONE: only reported, nobody has it yet */
    const char *tipo_utente;
    int64_t riserbo;
    struct day dal;
    const char *motivo; /* who reports, what for */
};
/* Opens the record if there is none that may be added to; a presa with a responsible worker is
 * accolta, the others are segnalate. The worker's relation to record and person starts on `dal`. */
MUST_USE bool presa_open(struct cx *cx, const struct presa_nuova *nuova, struct id *cartella);
/* A presa in carico beside those of a record that is there makes its worker one of those who read
 * all of it: so only those may add it who may write there. *yes where it would make a record of its
 * own. */
MUST_USE bool presa_may_open(struct cx *cx, const struct presa_nuova *nuova, bool *yes);
MUST_USE bool presa_load(struct cx *cx, struct id id, struct presa_in_carico *presa);
/* Of a record, the open ones first: struct presa_in_carico. */
MUST_USE bool presa_list(struct cx *cx, struct id cartella, struct list *list);
/* A move of the table in rules.c. A refusal is *fault, nothing is saved. ERR_CONFLICT when the
 * presa is no longer at `versione`. */
MUST_USE bool presa_move(struct cx *cx, struct id presa, int64_t versione, enum presa_stato to,
                         struct day giorno, const char *motivo, enum mossa_fault *fault);
/* Another worker takes over: the old one's relation ends, the new one's starts. */
MUST_USE bool presa_assign(struct cx *cx, struct id presa, struct id utente, struct day dal,
                           const char *motivo);

/* Days (struct day each, in order) on which attestations end of the people whose cases cx->who
 * has, without a newer one of the same kind. */
MUST_USE bool isee_expiring(struct cx *cx, struct day dal, struct day al, size_t max,
                            struct list *days);

/* A note of the diary, open. */
struct diario {
    struct id id;
    struct id cartella;
    struct id voce; /* the note; its versions share it */
    int64_t versione;
    struct day giorno; /* of the fact */
    const char *tipo;
    int64_t riserbo;
    struct id autore;
    const char *autore_nome;
    struct instant scritto;
    const char *presenti;
    const char *testo;
};
extern const struct field diario_fields[];

/* voce ID_NONE: a new note; else a correction of version `versione`, which stays readable:
 * ERR_CONFLICT when somebody else has corrected it in the meantime. A refusal is *fault. */
MUST_USE bool diario_save(struct cx *cx, struct diario *diario, enum diario_fault *fault);
/* The last version of each note, the latest facts first; `dopo` is the last one seen. */
MUST_USE bool diario_list(struct cx *cx, struct id cartella, const struct diario *dopo, size_t max,
                          struct list *list);
/* All the versions of one note, the last one first. */
MUST_USE bool diario_versions(struct cx *cx, struct id voce, struct list *list);

#endif
