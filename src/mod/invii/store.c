#include "mod/invii/store.h"

#include "kit/sys/vault.h"
#include "mod/accesso/accesso.h"
#include "mod/enti/enti.h"
#include "mod/utenti/utenti.h"

#include <string.h>

extern const char invii_model_sql[];
const struct db_schema invii_schema = {"invii", invii_model_sql, NULL};

enum { PASSI_MAX = 20 };

struct sigillato {
    struct invio i;
    struct bytes richiesta;
};
static const struct field sigillato_fields[] = {FIELD_AS(sigillato, i.id, "id"),
                                                FIELD_AS(sigillato, i.contatto, "contatto"),
                                                FIELD_AS(sigillato, i.persona, "persona"),
                                                FIELD_AS(sigillato, i.da, "da"),
                                                FIELD_AS(sigillato, i.a, "a"),
                                                FIELD_AS(sigillato, i.area, "area"),
                                                FIELD_AS(sigillato, i.giorno, "giorno"),
                                                FIELD_AS(sigillato, i.termine, "termine"),
                                                FIELD_AS(sigillato, i.stato, "stato"),
                                                FIELD_AS(sigillato, i.chiuso, "chiuso"),
                                                FIELD_AS(sigillato, i.versione, "versione"),
                                                FIELD_AS(sigillato, i.creato_da, "creato_da"),
                                                FIELD(sigillato, richiesta),
                                                FIELD_END};
static const struct field passo_fields[] = {FIELD(invio_passo, id),     FIELD(invio_passo, stato),
                                            FIELD(invio_passo, quando), FIELD(invio_passo, chi),
                                            FIELD(invio_passo, chiuso), FIELD_END};
const struct field invio_riga_fields[] = {
    FIELD(invio_riga, id),   FIELD(invio_riga, termine), FIELD(invio_riga, stato),
    FIELD(invio_riga, nome), FIELD(invio_riga, area),    FIELD(invio_riga, da),
    FIELD(invio_riga, a),    FIELD(invio_riga, giorno),  FIELD_END};

enum { SQL_INSERT, SQL_LOAD, SQL_STATO, SQL_PASSO, SQL_PASSI, STATEMENTS };
static const struct db_sql sql[STATEMENTS] = {
    [SQL_INSERT] = {"invio_insert",
                    "INSERT INTO invio (id, ambito, contatto, persona, da, a, area, giorno,"
                    " termine, stato, richiesta, versione, creato, creato_da) VALUES ($1, $2, $3,"
                    " $4, $5, $6, $7, $8, $9, 'inviato', $10, 1, $11, $12)"},
    [SQL_LOAD] = {"invio_load",
                  "SELECT id, contatto, persona, da, a, area, giorno, termine, stato, chiuso,"
                  " versione, creato_da, richiesta FROM invio WHERE ambito = $1 AND id = $2"},
    [SQL_STATO] = {"invio_stato", "UPDATE invio SET versione = versione + 1, stato = $4,"
                                  " chiuso = $5 WHERE ambito = $1 AND id = $2 AND versione = $3"},
    [SQL_PASSO] = {"invio_passo_insert",
                   "INSERT INTO invio_passo (id, ambito, invio, stato, quando, chi, testo)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    [SQL_PASSI] = {"invio_passo_list",
                   "SELECT p.id, p.stato, p.quando, u.intestazione AS chi, p.testo AS chiuso"
                   " FROM invio_passo p JOIN utente u ON u.id = p.chi"
                   " WHERE p.ambito = $1 AND p.invio = $2 ORDER BY p.id LIMIT $3"},
};
const struct db_registry invii_registry = {"invii", sql, STATEMENTS};

static struct vault_place place_of(struct cx *cx, const char *table, const char *column,
                                   struct id id)
{
    return (struct vault_place){
        .table = table, .column = column, .row = id, .ambito = cx->who->ambito};
}

bool invio_insert(struct cx *cx, struct invio *i)
{
    struct bytes sealed;
    i->id = cx_id(cx);
    struct vault_place place = place_of(cx, "invio", "richiesta", i->id);
    return vault_seal_text(cx, NULL, &place, i->richiesta, &sealed) &&
           db_do(cx, &sql[SQL_INSERT],
                 DB_ARGS(i->id, cx->who->ambito, i->contatto, i->persona, i->da, i->a, i->area,
                         i->giorno, i->termine, sealed, cx->now, cx->who->utente),
                 NULL);
}

bool invio_load(struct cx *cx, struct id id, struct invio *invio)
{
    struct sigillato row;
    struct vault_place place = place_of(cx, "invio", "richiesta", id);
    if (!db_one(cx, &sql[SQL_LOAD], DB_ARGS(cx->who->ambito, id), sigillato_fields, &row))
        return false;
    *invio = row.i;
    return vault_unseal_text(cx, NULL, &place, row.richiesta, &invio->richiesta);
}

bool invio_step(struct cx *cx, struct id id, int64_t versione, const char *stato, const char *testo)
{
    struct id passo = cx_id(cx);
    struct vault_place place = place_of(cx, "invio_passo", "testo", passo);
    struct bytes sealed = {0};
    struct day chiuso = invio_closed(stato) ? cx->today : DAY_NONE;
    int64_t changed = 0;
    if (!db_do(cx, &sql[SQL_STATO], DB_ARGS(cx->who->ambito, id, versione, stato, chiuso),
               &changed))
        return false;
    if (changed != 1)
        return FAIL(cx, ERR_CONFLICT, "l’invio è stato cambiato nel frattempo");
    return (testo == NULL || vault_seal_text(cx, NULL, &place, testo, &sealed)) &&
           db_do(cx, &sql[SQL_PASSO],
                 DB_ARGS(passo, cx->who->ambito, id, stato, cx->now, cx->who->utente, sealed),
                 NULL);
}

bool invio_steps(struct cx *cx, struct id invio, struct list *list)
{
    if (!db_list(cx, &sql[SQL_PASSI], DB_ARGS(cx->who->ambito, invio, (int64_t)PASSI_MAX),
                 passo_fields, sizeof(struct invio_passo), PASSI_MAX, list))
        return false;
    LIST_EACH (list, struct invio_passo, row) {
        struct vault_place place = place_of(cx, "invio_passo", "testo", row->id);
        row->testo = NULL;
        if (row->chiuso.data != NULL &&
            !vault_unseal_text(cx, NULL, &place, row->chiuso, &row->testo))
            return false;
    }
    return true;
}

bool invio_body(struct cx *cx, struct id *ente)
{
    struct ente own;
    *ente = cx->who->ente;
    if (ente->n == 0 || !ente_load(cx, *ente, &own))
        return ente->n == 0;
    if (strcmp(own.tipo, "ambito") == 0)
        *ente = ID_NONE;
    return true;
}

/* Of a person kept apart only who follows her is shown that something was sent. */
#define ROWS                                                                                       \
    "SELECT i.id, i.termine, i.stato, p.cognome || ' ' || p.nome AS nome, i.area, d.nome AS da,"   \
    " r.nome AS a, i.giorno FROM invio i JOIN ente d ON d.id = i.da JOIN ente r ON r.id = i.a"     \
    " LEFT JOIN persona p ON p.id = i.persona WHERE i.ambito = $1"                                 \
    " AND (coalesce(p.riservata, 0) = 0 OR " SEGUITO("$1", "p.id", "$2", "$3") ")"

bool invio_page(struct cx *cx, const struct invio_pagina *page, struct list *list)
{
    struct db_query q;
    struct id own;
    if (!invio_body(cx, &own))
        return false;
    db_query_start(&q, cx, "invio_page", ROWS,
                   DB_ARGS(cx->who->ambito, cx->who->utente, cx->today));
    if (own.n != 0)
        db_query_add(&q, " AND (i.a = $1 OR i.da = $1)", DB_ARGS(own));
    if (page->riceve.n != 0)
        db_query_add(&q, " AND i.a = $1", DB_ARGS(page->riceve));
    if (page->manda.n != 0)
        db_query_add(&q, " AND i.da = $1", DB_ARGS(page->manda));
    if (page->stato != NULL)
        db_query_add(&q, " AND i.stato = $1", DB_ARGS(page->stato));
    if (page->in_attesa)
        db_query_add(&q, " AND i.chiuso IS NULL", DB_NO_ARGS);
    if (page->in_ritardo)
        db_query_add(&q, " AND i.stato = 'inviato' AND i.termine < $1", DB_ARGS(cx->today));
    if (day_known(page->dopo))
        db_query_add(&q, " AND (i.termine, i.id) > ($1, $2)", DB_ARGS(page->dopo, page->dopo_id));
    db_query_add(&q, " ORDER BY i.termine, i.id LIMIT $1", DB_ARGS((int64_t)page->limit));
    if (!db_list(cx, db_query_sql(&q), db_query_args(&q), invio_riga_fields,
                 sizeof(struct invio_riga), page->limit, list))
        return false;
    LIST_EACH (list, struct invio_riga, row) {
        const char *area = parola_text(contatto_aree, row->area);
        row->area = area != NULL ? area : row->area;
        row->stato = invio_stato_title(row->stato);
    }
    return true;
}
