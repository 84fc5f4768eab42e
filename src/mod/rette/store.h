/* What the room keeps: plans, bands, attestations. All within cx->who->ambito. */
#ifndef ZONALE_MOD_RETTE_STORE_H
#define ZONALE_MOD_RETTE_STORE_H

#include "kit/db/db.h"
#include "mod/rette/rules.h"

extern const struct db_schema rette_schema;
extern const struct db_registry rette_registry;

/* draft > checked > in force; what is in force is never edited, a new version takes its place */
enum piano_stato { STATO_BOZZA, STATO_VERIFICATO, STATO_VIGENTE, PIANO_STATI };
const char *piano_stato_name(enum piano_stato stato);  /* "bozza" */
const char *piano_stato_title(enum piano_stato stato); /* "in vigore" */
enum piano_stato piano_stato_parse(const char *name);  /* of a name that the table allows */

struct piano_salvato {
    struct piano piano;
    enum piano_stato stato;
    int64_t versione;
};

MUST_USE bool store_piano_load(struct cx *cx, struct id id, struct piano_salvato *out);
/* Plans of a service in force on a day, with their bands. */
MUST_USE bool store_piano_at(struct cx *cx, const char *servizio, struct day giorno,
                             struct piano **piani, size_t *count);
/* The same on some day of [dal, al]. */
MUST_USE bool store_piano_between(struct cx *cx, const char *servizio, struct day dal,
                                  struct day al, struct piano **piani, size_t *count);
/* All versions in force, once or still, of a service and variant; with their bands. */
MUST_USE bool store_piano_versions(struct cx *cx, const char *servizio, const char *variante,
                                   struct piano **piani, size_t *count);
/* Id 0: a new one. Else replaces it with its bands: ERR_CONFLICT when the version has moved on or
 * the plan is in force. */
MUST_USE bool store_piano_put(struct cx *cx, struct piano_salvato *salvato);
/* Puts a checked plan in force; ERR_CONFLICT when it is not, or no longer, a checked one. */
MUST_USE bool store_piano_enact(struct cx *cx, struct id id, int64_t versione);
/* Ends a plan in force: `last` is its last day. */
MUST_USE bool store_piano_end(struct cx *cx, struct id id, struct day last);

struct piano_riga { /* of the list */
    struct id id;
    const char *servizio;
    const char *variante;
    const char *nome;
    const char *tipo;
    const char *unita;
    const char *atto;
    struct day dal;
    struct day al;
    const char *stato;
};
extern const struct field piano_riga_fields[];
struct piani_filtro {
    const char *servizio; /* its code */
    const char *stato;
    struct day giorno; /* in force on it */
};
enum piani_ordine { PIANI_PER_SERVIZIO, PIANI_PER_DATA };
MUST_USE bool store_piano_rows(struct cx *cx, const struct piani_filtro *filtro,
                               enum piani_ordine ordine, const char *after, size_t limit,
                               struct list *rows);
const char *store_piano_key(struct cx *cx, enum piani_ordine ordine, const struct piano_riga *riga);

enum { ISEE_MAX = 200 }; /* attestations of one person */
struct isee_riga {
    struct id id;
    const char *tipo;
    struct money valore;
    const char *protocollo;
    struct day sottoscritta;
    struct day scadenza;
    struct day annullata;
};
extern const struct field isee_riga_fields[];
/* The latest signed first, those annulled too. */
MUST_USE bool store_isee_rows(struct cx *cx, struct id persona, struct list *rows);
/* Those that count. */
MUST_USE bool store_isee_list(struct cx *cx, struct id persona, struct isee **list, size_t *count);
/* Gives it an id. `clash`: this person has the same protocol and kind already; nothing written. */
MUST_USE bool store_isee_add(struct cx *cx, struct isee *isee, bool *clash);
MUST_USE bool store_isee_annul(struct cx *cx, struct id persona, struct id isee, struct day day);

/* Those of everybody that are valid on a day, by person; without their protocols. */
void store_isee_valid_query(struct cx *cx, struct day giorno, struct db_query *q);
MUST_USE bool store_isee_valid(struct cx *cx, struct day giorno, struct isee **list, size_t *count);

/* Those about to expire. */
struct scadenze_filtro {
    struct day dal, entro;
    const char *tipo; /* NULL: any */
    struct id comune; /* of residence; ID_NONE: any */
    struct id solo;   /* the only municipality that cx->who may list; ID_NONE: all */
};
struct scadenza_riga {
    struct id id, persona;
    const char *nome, *comune, *tipo, *protocollo;
    struct day scadenza;
    const char *lettera; /* filled by the page */
};
extern const struct field scadenza_riga_fields[];
MUST_USE bool store_isee_expiring(struct cx *cx, const struct scadenze_filtro *filtro,
                                  const char *after, size_t limit, struct list *rows);
void store_isee_expiring_query(struct cx *cx, const struct scadenze_filtro *filtro,
                               struct db_query *q);
const char *store_isee_expiring_key(struct cx *cx, const struct scadenza_riga *riga);

#endif
