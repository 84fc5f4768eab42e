/* People and households: front door.
 *
 * Everything is within cx->who->ambito: a person of another one is not found. The codice fiscale
 * is sealed in the database and looked up through a blind index (kit/sys/vault.h).
 */
#ifndef ZONALE_MOD_PERSONE_PERSONE_H
#define ZONALE_MOD_PERSONE_PERSONE_H

#include "kit/web/web.h"
#include "mod/persone/rules.h"

extern const struct module persone_module;

/* For rows, templates, exports; the codice fiscale is a text here. */
extern const struct field persona_fields[];

MUST_USE bool persona_load(struct cx *cx, struct id id, struct persona *persona);
/* Id 0: a new person, gets its id, number and version 1. Otherwise changes the one of that id if
 * its version is still persona->versione, and makes the version grow: ERR_CONFLICT when somebody
 * else was faster. The caller has looked at persona_check(). */
MUST_USE bool persona_save(struct cx *cx, struct persona *persona);
/* "Rossi Maria" */
MUST_USE bool persona_label(struct cx *cx, struct id id, const char **text);

/* A line of a search or of a list. */
struct persona_trovata {
    struct id id;
    int64_t numero;
    const char *cognome;
    const char *nome;
    struct day nascita;
    struct id comune;
    const char *comune_nome; /* NULL: not known */
    const char *telefono;
    const char *chiave;
};
extern const struct field persona_trovata_fields[];

/* What was typed: half a surname, names in any order without accents, a codice fiscale, a
 * telephone, a record number. At most `max` (<= 200) struct persona_trovata; the surnames that
 * begin so come first. */
MUST_USE bool persona_search(struct cx *cx, const char *query, size_t max, struct list *list);

/* Do the words name one person and no other: a codice fiscale or a record number? */
bool persona_exact(struct arena *arena, const char *query);
/* For other rooms that take a person's id from a form: known only when it exists here and cx->who
 * may know it (one kept apart needs a relation of one's own). */
MUST_USE bool persona_known(struct cx *cx, struct id id, struct persona *persona, bool *known);

/* People who may be the same, the likeliest first. */
struct persona_simile {
    struct persona_trovata chi;
    int perche; /* SIMILE_... */
};
MUST_USE bool persona_similar(struct cx *cx, const struct persona *persona, struct list *list);

/* Who lived with `persona` on a day: struct persona_convivente, itself included. Empty when no
 * household is known. */
struct persona_convivente {
    struct id id; /* of the componente */
    struct id nucleo;
    struct id persona;
    const char *cognome;
    const char *nome;
    struct day nascita;
    const char *parentela;
    struct day dal;
    struct day al;
};
extern const struct field persona_convivente_fields[];
MUST_USE bool nucleo_at(struct cx *cx, struct id persona, struct day day, struct list *list);
/* Puts a person into a household (ID_NONE: into a new one), from a day. A refusal: `reason` gets a
 * key of messages.it. */
MUST_USE bool nucleo_join(struct cx *cx, struct componente *componente, const char **reason);
/* The last day in the household is the one before `al`. */
MUST_USE bool nucleo_leave(struct cx *cx, struct id componente, struct day al);
/* Another kinship, other days, in the place of what was written by mistake; or (`giusto` NULL) she
 * never lived there. What it said is kept, with who corrected it. Refusals as nucleo_join. */
MUST_USE bool nucleo_correct(struct cx *cx, struct id componente, const struct componente *giusto,
                             const char **reason);
/* All that was ever written of the households of a person: struct nucleo_fatto, the latest first.
 */
struct nucleo_fatto {
    struct id id;
    struct id nucleo;
    const char *parentela;
    struct day dal;
    struct day al;
    struct instant scritto;
    const char *scritto_da;
    struct instant corretto; /* 0 = in force */
    const char *corretto_da;
};
MUST_USE bool nucleo_history(struct cx *cx, struct id persona, struct list *list);

/* Who stands how to a person: relation of its own, same body, same ambito. */
extern const struct web_object persona_object;
/* What {{>persone/testata}} draws at the top of every page of a person: who it is and the tabs,
 * with `tab` ("dati", "contatti", "cartella", "isee", "storia") marked. Masked where the decision
 * of the request was. */
MUST_USE bool persona_header(struct cx *cx, struct web_req *req, struct tv *page, struct id persona,
                             const char *tab);

#endif
