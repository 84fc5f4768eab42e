/* The list of records, its counters, and how much work each worker has. */
#include "mod/cartella/sql.h"
#include "mod/cartella/store.h"
#include "mod/enti/enti.h"
#include "mod/utenti/utenti.h"

#include <string.h>

enum { CONTI = 20000, CARICHI = 2000 };

const struct field cartella_riga_fields[] = {FIELD(cartella_riga, id),
                                             FIELD(cartella_riga, numero),
                                             FIELD(cartella_riga, persona),
                                             FIELD(cartella_riga, nome),
                                             FIELD(cartella_riga, chiave),
                                             FIELD(cartella_riga, comune),
                                             FIELD(cartella_riga, stato),
                                             FIELD(cartella_riga, tipo_utente),
                                             FIELD(cartella_riga, responsabile),
                                             FIELD(cartella_riga, aperta),
                                             FIELD_END};

static const struct field conta_fields[] = {
    FIELD(cartella_conta, ente),   FIELD(cartella_conta, ente_nome),
    FIELD(cartella_conta, stato),  FIELD(cartella_conta, tipo_utente),
    FIELD(cartella_conta, quante), FIELD_END};

static const struct field carico_fields[] = {FIELD(carico, utente), FIELD(carico, nome),
                                             FIELD(carico, stato), FIELD(carico, quante),
                                             FIELD_END};

/* One join for each name that is shown: twenty rows, sixty look-ups by key. */
#define ROW                                                                                        \
    "SELECT c.id, c.numero, c.persona, p.cognome || ' ' || p.nome AS nome, c.chiave,"              \
    " e.nome AS comune, c.stato, c.tipo_utente, u.intestazione AS responsabile, c.aperta"          \
    " FROM cartella c JOIN persona p ON p.id = c.persona JOIN ente e ON e.id = c.ente"             \
    " LEFT JOIN utente u ON u.id = c.responsabile WHERE c.ambito = $1"

void cartella_page_query(struct cx *cx, const struct cartella_pagina *page, struct db_query *q)
{
    bool by_number = page->ordine == CARTELLE_NUMERO;
    db_query_start(q, cx, "cartella_page", ROW, DB_ARGS(cx->who->ambito));
    if (page->responsabile.n != 0)
        db_query_add(q, " AND c.responsabile = $1", DB_ARGS(page->responsabile));
    else /* the partial indexes say the same */
        db_query_add(
            q, " AND c.riserbo < 5 AND (p.riservata = 0 OR " SEGUITO("$1", "p.id", "$2", "$3") ")",
            DB_ARGS(cx->who->ambito, cx->who->utente, cx->today));
    if (page->ente.n != 0)
        db_query_add(q, " AND c.ente = $1", DB_ARGS(page->ente));
    if (page->di.n != 0)
        db_query_add(q, " AND c.responsabile = $1", DB_ARGS(page->di));
    if (page->aperte)
        db_query_add(q, " AND c.chiusa IS NULL", DB_NO_ARGS);
    if (page->stato != NULL)
        db_query_add(q, " AND c.stato = $1", DB_ARGS(page->stato));
    if (page->tipo_utente != NULL)
        db_query_add(q, " AND c.tipo_utente = $1", DB_ARGS(page->tipo_utente));
    if (page->dopo != NULL && by_number)
        db_query_add(q, " AND (c.numero, c.id) < ($1, $2)",
                     DB_ARGS(page->dopo_numero, page->dopo_id));
    else if (page->dopo != NULL)
        db_query_add(q, " AND (c.chiave, c.id) > ($1, $2)", DB_ARGS(page->dopo, page->dopo_id));
    if (by_number)
        db_query_add(q, " ORDER BY c.numero DESC, c.id DESC LIMIT $1",
                     DB_ARGS((int64_t)page->limit));
    else
        db_query_add(q, " ORDER BY c.chiave, c.id LIMIT $1", DB_ARGS((int64_t)page->limit));
}

bool cartella_page(struct cx *cx, const struct cartella_pagina *page, struct list *list)
{
    struct db_query query;
    cartella_page_query(cx, page, &query);
    if (!db_list(cx, db_query_sql(&query), db_query_args(&query), cartella_riga_fields,
                 sizeof(struct cartella_riga), page->limit, list))
        return false;
    LIST_EACH (list, struct cartella_riga, row) {
        row->stato = presa_stato_title(presa_stato_parse(row->stato));
        row->tipo_utente = tipo_utente_title(row->tipo_utente);
    }
    return true;
}

bool cartella_count(struct cx *cx, struct list *list)
{
    return db_list(cx, &cartella_sql[CONTATORE_LIST], DB_ARGS(cx->who->ambito), conta_fields,
                   sizeof(struct cartella_conta), CONTI, list);
}

/* Records that the counters hold and cx->who may not know of: those of reserved people whom he does
 * not follow. They are few, and no list shows them. */
static bool hidden_total(struct cx *cx, const struct cartella_pagina *page, int64_t *hidden)
{
    struct db_query query;
    db_query_start(&query, cx, "cartella_hidden",
                   "SELECT count(*) AS n FROM persona p JOIN cartella c ON c.persona = p.id"
                   " WHERE p.ambito = $1 AND p.riservata = 1 AND c.riserbo < 5"
                   " AND NOT " SEGUITO("$1", "p.id", "$2", "$3"),
                   DB_ARGS(cx->who->ambito, cx->who->utente, cx->today));
    if (page->ente.n != 0)
        db_query_add(&query, " AND c.ente = $1", DB_ARGS(page->ente));
    if (page->stato != NULL)
        db_query_add(&query, " AND c.stato = $1", DB_ARGS(page->stato));
    if (page->tipo_utente != NULL)
        db_query_add(&query, " AND c.tipo_utente = $1", DB_ARGS(page->tipo_utente));
    return db_int(cx, db_query_sql(&query), db_query_args(&query), hidden);
}

/* The counters are few; their sum is one look at their key. */
bool cartella_total(struct cx *cx, const struct cartella_pagina *page, int64_t *total)
{
    struct db_query query;
    int64_t hidden;
    *total = INT_NONE;
    if (page->responsabile.n != 0 || page->di.n != 0)
        return true;
    db_query_start(&query, cx, "cartella_total",
                   "SELECT CAST(coalesce(sum(quante), 0) AS BIGINT) AS n FROM cartella_contatore"
                   " WHERE ambito = $1 AND visibile = 1",
                   DB_ARGS(cx->who->ambito));
    if (page->ente.n != 0)
        db_query_add(&query, " AND ente = $1", DB_ARGS(page->ente));
    if (page->stato != NULL)
        db_query_add(&query, " AND stato = $1", DB_ARGS(page->stato));
    if (page->tipo_utente != NULL)
        db_query_add(&query, " AND tipo_utente = $1", DB_ARGS(page->tipo_utente));
    if (!db_int(cx, db_query_sql(&query), db_query_args(&query), total) ||
        !hidden_total(cx, page, &hidden))
        return false;
    *total -= hidden;
    return true;
}

bool carico_list(struct cx *cx, struct id ente, struct list *list)
{
    int64_t only = ente.n != 0;
    return db_list(cx, &cartella_sql[CARICO_LIST],
                   DB_ARGS(cx->who->ambito, ente, only, cx->who->utente, cx->today), carico_fields,
                   sizeof(struct carico), CARICHI, list);
}

bool cartella_scope(struct cx *cx, struct id *ente)
{
    struct ente own;
    *ente = cx->who->ente;
    if (ente->n == 0 || !ente_load(cx, *ente, &own))
        return ente->n == 0;
    if (strcmp(own.tipo, "ambito") == 0)
        *ente = ID_NONE;
    return true;
}
