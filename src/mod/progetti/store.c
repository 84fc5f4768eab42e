/* Projects and their versions. */
#include "mod/progetti/store.h"

#include "mod/cartella/cartella.h"
#include "mod/progetti/sql.h"

#include <string.h>

const struct field progetto_fields[] = {
    FIELD(progetto, id),       FIELD(progetto, versione), FIELD(progetto, cartella),
    FIELD(progetto, persona),  FIELD(progetto, ente),     FIELD(progetto, tipo),
    FIELD(progetto, riserbo),  FIELD(progetto, numero),   FIELD(progetto, stato),
    FIELD(progetto, dal),      FIELD(progetto, al),       FIELD(progetto, totale),
    FIELD(progetto, famiglia), FIELD(progetto, prossima), FIELD_END};

bool progetto_load(struct cx *cx, struct id id, struct progetto *progetto)
{
    return db_one(cx, &progetti_sql[PROGETTO_LOAD], DB_ARGS(cx->who->ambito, id), progetto_fields,
                  progetto);
}

bool progetto_of(struct cx *cx, struct id cartella, struct list *list)
{
    return db_list(cx, &progetti_sql[PROGETTO_OF], DB_ARGS(cx->who->ambito, cartella),
                   progetto_fields, sizeof(struct progetto), PROGETTI_MAX, list);
}

bool progetti_insert(struct cx *cx, const struct progetto *p, const char *chiave)
{
    return db_do(cx, &progetti_sql[PROGETTO_INSERT],
                 DB_ARGS(p->id, cx->who->ambito, p->cartella, p->persona, chiave, p->ente, p->tipo,
                         p->riserbo, p->numero, p->stato, p->dal, p->al, cx->now, cx->who->utente),
                 NULL);
}

bool progetti_update(struct cx *cx, const struct progetto *p)
{
    int64_t changed = 0;
    if (!db_do(cx, &progetti_sql[PROGETTO_UPDATE],
               DB_ARGS(cx->who->ambito, p->id, p->versione, p->numero, p->stato, p->dal, p->al,
                       p->totale, p->famiglia),
               &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "il progetto è stato modificato nel frattempo");
}

bool progetti_next_check(struct cx *cx, struct id progetto)
{
    return db_do(cx, &progetti_sql[PROGETTO_PROSSIMA], DB_ARGS(cx->who->ambito, progetto), NULL);
}

/* ---- versions ------------------------------------------------------------------------------- */

struct versione_chiusa {
    struct progetto_versione v;
    struct bytes contenuto;
};
#define HEAD_FIELDS                                                                                \
    FIELD_AS(versione_chiusa, v.id, "id"), FIELD_AS(versione_chiusa, v.progetto, "progetto"),      \
        FIELD_AS(versione_chiusa, v.numero, "numero"),                                             \
        FIELD_AS(versione_chiusa, v.stato, "stato"),                                               \
        FIELD_AS(versione_chiusa, v.scritta, "scritta"),                                           \
        FIELD_AS(versione_chiusa, v.scritta_da, "scritta_da"),                                     \
        FIELD_AS(versione_chiusa, v.scritta_da_nome, "scritta_da_nome")
static const struct field chiusa_fields[] = {HEAD_FIELDS, FIELD(versione_chiusa, contenuto),
                                             FIELD_END};
static const struct field versione_fields[] = {FIELD(progetto_versione, id),
                                               FIELD(progetto_versione, progetto),
                                               FIELD(progetto_versione, numero),
                                               FIELD(progetto_versione, stato),
                                               FIELD(progetto_versione, scritta),
                                               FIELD(progetto_versione, scritta_da),
                                               FIELD(progetto_versione, scritta_da_nome),
                                               FIELD_END};

static struct vault_place place_of(struct cx *cx, struct id id)
{
    return (struct vault_place){
        .table = "progetto_versione", .column = "contenuto", .row = id, .ambito = cx->who->ambito};
}

bool versione_list(struct cx *cx, struct id progetto, struct list *list)
{
    return db_list(cx, &progetti_sql[VERSIONE_LIST], DB_ARGS(cx->who->ambito, progetto),
                   versione_fields, sizeof(struct progetto_versione), PROGETTO_VERSIONI, list);
}

bool versione_load(struct cx *cx, const struct progetto *p, int64_t numero,
                   struct progetto_versione *versione)
{
    struct versione_chiusa row = {.contenuto = {NULL, 0}};
    struct vault_key key;
    const char *text;
    if (!db_one(cx, &progetti_sql[VERSIONE_LOAD], DB_ARGS(cx->who->ambito, p->id, numero),
                chiusa_fields, &row) ||
        !cartella_key(cx, p->cartella, &key))
        return false;
    struct vault_place place = place_of(cx, row.v.id);
    if (!vault_unseal_text(cx, &key, &place, row.contenuto, &text))
        return false;
    *versione = row.v;
    versione->contenuto = ARENA_NEW(cx->arena, struct contenuto);
    return contenuto_read(cx->arena, text, versione->contenuto) ||
           FAIL(cx, ERR_INTERNAL, "una versione del progetto non si legge");
}

static bool seal(struct cx *cx, const struct vault_key *key, const struct progetto_versione *v,
                 struct bytes *sealed)
{
    struct vault_place place = place_of(cx, v->id);
    return vault_seal_text(cx, key, &place, contenuto_write(cx->arena, v->contenuto), sealed);
}

bool progetti_versione_insert(struct cx *cx, const struct vault_key *key,
                              const struct progetto_versione *v)
{
    struct bytes sealed;
    return seal(cx, key, v, &sealed) &&
           db_do(cx, &progetti_sql[VERSIONE_INSERT],
                 DB_ARGS(v->id, cx->who->ambito, v->progetto, v->numero, v->stato, cx->now,
                         cx->who->utente, sealed),
                 NULL);
}

bool progetti_versione_write(struct cx *cx, const struct vault_key *key,
                             const struct progetto_versione *v)
{
    struct bytes sealed;
    return seal(cx, key, v, &sealed) &&
           db_do(cx, &progetti_sql[VERSIONE_WRITE],
                 DB_ARGS(cx->who->ambito, v->id, cx->now, cx->who->utente, sealed), NULL);
}

bool progetti_versione_state(struct cx *cx, struct id versione, const char *stato)
{
    return db_do(cx, &progetti_sql[VERSIONE_STATE], DB_ARGS(cx->who->ambito, versione, stato),
                 NULL);
}

/* ---- list -------------------------------------------------------------------------------------
 */

const struct field progetto_riga_fields[] = {
    FIELD(progetto_riga, id),       FIELD(progetto_riga, cartella),
    FIELD(progetto_riga, persona),  FIELD(progetto_riga, chiave),
    FIELD(progetto_riga, tipo),     FIELD(progetto_riga, stato),
    FIELD(progetto_riga, ente),     FIELD(progetto_riga, responsabile),
    FIELD(progetto_riga, dal),      FIELD(progetto_riga, al),
    FIELD(progetto_riga, prossima), FIELD(progetto_riga, totale),
    FIELD(progetto_riga, famiglia), FIELD_END};

#define ROW                                                                                        \
    "SELECT g.id, g.cartella, p.cognome || ' ' || p.nome AS persona, g.chiave, g.tipo, g.stato,"   \
    " e.nome AS ente, u.intestazione AS responsabile, g.dal, g.al, g.prossima, g.totale,"          \
    " g.famiglia FROM progetto g JOIN persona p ON p.id = g.persona"                               \
    " JOIN cartella c ON c.id = g.cartella JOIN ente e ON e.id = g.ente"                           \
    " LEFT JOIN utente u ON u.id = c.responsabile WHERE g.ambito = $1"

void progetti_page_query(struct cx *cx, const struct progetti_pagina *page, struct db_query *q)
{
    db_query_start(q, cx, "progetti_page", ROW, DB_ARGS(cx->who->ambito));
    if (page->responsabile.n != 0)
        db_query_add(q, " AND c.responsabile = $1", DB_ARGS(page->responsabile));
    /* Court matters and facts of violence are for who follows the case, here as on its page. */
    db_query_add(q,
                 " AND ((g.riserbo < 4 AND c.riserbo < 5) OR " SEGUITO("$1", "c.id", "$2", "$3") //
                 ") AND (p.riservata = 0 OR " SEGUITO("$1", "p.id", "$2", "$3") ")",
                 DB_ARGS(cx->who->ambito, cx->who->utente, cx->today));
    if (page->ente.n != 0)
        db_query_add(q, " AND g.ente = $1", DB_ARGS(page->ente));
    if (page->tipo != NULL)
        db_query_add(q, " AND g.tipo = $1", DB_ARGS(page->tipo));
    if (page->stato != NULL)
        db_query_add(q, " AND g.stato = $1", DB_ARGS(page->stato));
    if (page->aperti)
        db_query_add(q, " AND g.stato IN ('bozza', 'da_firmare', 'in_corso', 'sospeso')",
                     DB_NO_ARGS);
    if (day_known(page->verifica_entro))
        db_query_add(q, " AND g.prossima <= $1", DB_ARGS(page->verifica_entro));
    if (page->dopo != NULL)
        db_query_add(q, " AND (g.chiave, g.id) > ($1, $2)", DB_ARGS(page->dopo, page->dopo_id));
    db_query_add(q, " ORDER BY g.chiave, g.id LIMIT $1", DB_ARGS((int64_t)page->limit));
}

bool progetti_page(struct cx *cx, const struct progetti_pagina *page, struct list *list)
{
    struct db_query query;
    progetti_page_query(cx, page, &query);
    if (!db_list(cx, db_query_sql(&query), db_query_args(&query), progetto_riga_fields,
                 sizeof(struct progetto_riga), page->limit, list))
        return false;
    LIST_EACH (list, struct progetto_riga, row) {
        row->stato = progetto_stato_title(progetto_stato_parse(row->stato));
        row->tipo = progetto_tipo_title(progetto_tipo_parse(row->tipo));
    }
    return true;
}
