/* The SQL of people and households, and the rows it fills. Used by this room only. */
#ifndef ZONALE_MOD_PERSONE_STORE_H
#define ZONALE_MOD_PERSONE_STORE_H

#include "kit/db/db.h"
#include "mod/persone/persone.h"

extern const struct db_registry persone_registry;
extern const struct db_schema persone_schema;

/* Behind a prefix: greater than any text that begins so, in the byte order of both engines. */
#define PREFIX_END "\xf4\x8f\xbf\xbf"

/* A row of the table: the person, and what is kept beside for search and secrecy. */
struct persona_riga {
    struct persona p;
    struct id ambito;
    struct bytes codfis_chiuso;
    struct bytes codfis_indice;
    const char *chiave;
    const char *chiave2;
    const char *cifre;
    struct instant creato;
    struct id creato_da;
    struct instant modificato;
    struct id modificato_da;
};

/* All of them within cx->who->ambito. */
MUST_USE bool persona_riga_load(struct cx *cx, struct id id, struct persona_riga *riga);
/* By the key of the archive it came from. */
MUST_USE bool persona_by_esterno(struct cx *cx, const char *esterno, struct id *id, bool *found);
/* The first one with that codice fiscale. */
MUST_USE bool persona_by_codfis(struct cx *cx, const char *codfis, struct id *id, bool *found);
/* Same folded names and same day of birth, the codice fiscale not yet known. */
MUST_USE bool persona_by_nomi(struct cx *cx, const struct persona *persona, struct id *id,
                              bool *found);
MUST_USE bool persona_insert(struct cx *cx, struct persona *persona);
/* ERR_CONFLICT when the version is no longer the one of `persona`. */
MUST_USE bool persona_update(struct cx *cx, struct persona *persona);

/* Candidates of likeness: struct persona, with the codice fiscale open. At most `max`. */
MUST_USE bool persona_candidates(struct cx *cx, const struct persona *persona, size_t max,
                                 struct list *list);

enum persona_ordine { ORDINE_COGNOME, ORDINE_NUMERO, ORDINE_NASCITA };
struct persona_pagina {
    enum persona_ordine ordine;
    struct id comune;    /* ID_NONE = all */
    const char *dopo;    /* key of the last row seen ("rossi mario", "00012", "1980-01-01 rossi") */
    struct id dopo_id;   /* and its id */
    struct day dopo_day; /* ORDINE_NASCITA */
    int64_t dopo_numero; /* ORDINE_NUMERO */
    size_t limit;
};
/* struct persona_trovata */
MUST_USE bool persona_page(struct cx *cx, const struct persona_pagina *pagina, struct list *list);
/* The statement of that page, for the test of its plan. */
void persona_page_query(struct cx *cx, const struct persona_pagina *pagina, struct db_query *query);
/* How many cx->who may know of. */
MUST_USE bool persona_count(struct cx *cx, int64_t *count);
/* Everybody, in the order of the record numbers; for the export. */
MUST_USE bool persona_each(struct cx *cx,
                           bool (*each)(struct cx *cx, const struct persona *persona, void *data),
                           void *data);

/* Fields of a row with its person, and what opens the codice fiscale that it holds sealed. */
extern const struct field persona_riga_fields[];
MUST_USE bool persona_riga_open(struct cx *cx, struct persona_riga *riga);
/* Merged into another: found, listed and counted no more. And back again. */
MUST_USE bool persona_hide(struct cx *cx, const struct persona *persona, struct id into);
MUST_USE bool persona_unhide(struct cx *cx, const struct persona *persona);

MUST_USE bool componente_list(struct cx *cx, struct id persona, struct list *list);
MUST_USE bool componente_insert(struct cx *cx, struct componente *componente);
/* In force; ERR_NOT_FOUND when it was corrected meanwhile. */
MUST_USE bool componente_load(struct cx *cx, struct id id, struct componente *componente);
MUST_USE bool componente_annul(struct cx *cx, struct id id);
MUST_USE bool nucleo_insert(struct cx *cx, struct id *nucleo);

#endif
