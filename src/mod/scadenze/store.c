#include "mod/scadenze/store.h"

#include "kit/sys/vault.h"
#include "mod/cartella/cartella.h"
#include "mod/enti/enti.h"
#include "mod/utenti/utenti.h"

#include <string.h>

extern const char scadenze_model_sql[];
const struct db_schema scadenze_schema = {"scadenze", scadenze_model_sql, NULL};

enum { PASSI_MAX = 200, ALTROVE_PRIMA = 30 };

struct chiusa {
    struct scadenza s;
    struct bytes nota;
};
static const struct field chiusa_fields[] = {FIELD_AS(chiusa, s.id, "id"),
                                             FIELD_AS(chiusa, s.cartella, "cartella"),
                                             FIELD_AS(chiusa, s.tipo, "tipo"),
                                             FIELD_AS(chiusa, s.da, "da"),
                                             FIELD_AS(chiusa, s.giorno, "giorno"),
                                             FIELD_AS(chiusa, s.stato, "stato"),
                                             FIELD_AS(chiusa, s.chiusa, "chiusa"),
                                             FIELD_AS(chiusa, s.versione, "versione"),
                                             FIELD(chiusa, nota),
                                             FIELD_END};
static const struct field passo_fields[] = {FIELD(passo_riga, id),     FIELD(passo_riga, azione),
                                            FIELD(passo_riga, da),     FIELD(passo_riga, a),
                                            FIELD(passo_riga, quando), FIELD(passo_riga, chi),
                                            FIELD(passo_riga, chiuso), FIELD_END};
const struct field scadenza_voce_fields[] = {
    FIELD(scadenza_voce, id),   FIELD(scadenza_voce, cartella),     FIELD(scadenza_voce, giorno),
    FIELD(scadenza_voce, tipo), FIELD(scadenza_voce, nome),         FIELD(scadenza_voce, luce),
    FIELD(scadenza_voce, ente), FIELD(scadenza_voce, responsabile), FIELD_END};

#define SCADENZA                                                                                   \
    "SELECT id, cartella, tipo, da, giorno, stato, chiusa, versione, nota FROM scadenza"

enum { SQL_INSERT, SQL_UPDATE, SQL_LOAD, SQL_OF, SQL_PASSO, SQL_PASSI, SQL_DAYS, STATEMENTS };
static const struct db_sql sql[STATEMENTS] = {
    [SQL_INSERT] = {"scadenza_insert",
                    "INSERT INTO scadenza (id, ambito, cartella, tipo, da, giorno, stato, nota,"
                    " versione, creata, creata_da)"
                    " VALUES ($1, $2, $3, $4, $5, $6, 'aperta', $7, 1, $8, $9)"},
    [SQL_UPDATE] = {"scadenza_update",
                    "UPDATE scadenza SET versione = versione + 1, giorno = $4, stato = $5,"
                    " chiusa = $6 WHERE ambito = $1 AND id = $2 AND versione = $3"},
    [SQL_LOAD] = {"scadenza_load", SCADENZA " WHERE ambito = $1 AND id = $2"},
    [SQL_OF] = {"scadenza_of", SCADENZA " WHERE ambito = $1 AND cartella = $2"
                                        " ORDER BY stato <> 'aperta', giorno, id LIMIT $3"},
    [SQL_PASSO] = {"scadenza_passo_insert",
                   "INSERT INTO scadenza_passo (id, ambito, scadenza, azione, da, a, quando, chi,"
                   " motivo) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [SQL_PASSI] = {"scadenza_passo_list",
                   "SELECT p.id, p.azione, p.da, p.a, p.quando, u.intestazione AS chi,"
                   " p.motivo AS chiuso FROM scadenza_passo p JOIN utente u ON u.id = p.chi"
                   " WHERE p.ambito = $1 AND p.scadenza = $2 ORDER BY p.id DESC LIMIT $3"},
    [SQL_DAYS] = {"scadenza_days",
                  "SELECT s.giorno FROM cartella c JOIN scadenza s ON s.cartella = c.id"
                  " WHERE c.ambito = $1 AND c.responsabile = $2 AND c.riserbo < 5"
                  " AND s.stato = 'aperta' AND s.giorno >= $3 AND s.giorno <= $4"
                  " ORDER BY s.giorno LIMIT $5"},
};
const struct db_registry scadenze_registry = {"scadenze", sql, STATEMENTS};

/* ---- one deadline ----------------------------------------------------------------------- */

static struct vault_place place_of(struct cx *cx, const char *table, const char *column,
                                   struct id id)
{
    return (struct vault_place){
        .table = table, .column = column, .row = id, .ambito = cx->who->ambito};
}

/* A text sealed by the record's key; NULL stays NULL. */
static bool seal(struct cx *cx, struct id cartella, struct vault_place place, const char *text,
                 struct bytes *sealed)
{
    struct vault_key key;
    *sealed = (struct bytes){0};
    return text == NULL ||
           (cartella_key(cx, cartella, &key) && vault_seal_text(cx, &key, &place, text, sealed));
}

bool scadenza_insert(struct cx *cx, struct scadenza *s)
{
    struct bytes nota;
    s->id = cx_id(cx);
    s->stato = "aperta";
    s->versione = 1;
    return seal(cx, s->cartella, place_of(cx, "scadenza", "nota", s->id), s->nota, &nota) &&
           db_do(cx, &sql[SQL_INSERT],
                 DB_ARGS(s->id, cx->who->ambito, s->cartella, s->tipo, s->da, s->giorno, nota,
                         cx->now, cx->who->utente),
                 NULL);
}

bool scadenza_update(struct cx *cx, const struct scadenza *s)
{
    int64_t changed = 0;
    if (!db_do(cx, &sql[SQL_UPDATE],
               DB_ARGS(cx->who->ambito, s->id, s->versione, s->giorno, s->stato, s->chiusa),
               &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "la scadenza è stata cambiata nel frattempo");
}

static bool open_note(struct cx *cx, const struct vault_key *key, const struct chiusa *row,
                      struct scadenza *s)
{
    struct vault_place place = place_of(cx, "scadenza", "nota", row->s.id);
    *s = row->s;
    s->nota = NULL;
    return row->nota.data == NULL || vault_unseal_text(cx, key, &place, row->nota, &s->nota);
}

bool scadenza_load(struct cx *cx, struct id id, struct scadenza *s)
{
    struct chiusa row;
    struct vault_key key;
    return db_one(cx, &sql[SQL_LOAD], DB_ARGS(cx->who->ambito, id), chiusa_fields, &row) &&
           cartella_key(cx, row.s.cartella, &key) && open_note(cx, &key, &row, s);
}

bool scadenza_of(struct cx *cx, struct id cartella, struct list *list)
{
    struct list rows;
    struct vault_key key;
    if (!cartella_key(cx, cartella, &key) ||
        !db_list(cx, &sql[SQL_OF],
                 DB_ARGS(cx->who->ambito, cartella, (int64_t)SCADENZE_CARTELLA_MAX), chiusa_fields,
                 sizeof(struct chiusa), SCADENZE_CARTELLA_MAX, &rows))
        return false;
    struct scadenza *made = ARENA_NEWS(cx->arena, struct scadenza, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++)
        if (!open_note(cx, &key, LIST_ITEM(&rows, struct chiusa, i), &made[i]))
            return false;
    *list = (struct list){made, rows.count, sizeof *made, rows.clipped};
    return true;
}

/* ---- what was done with it ---------------------------------------------------------------- */

bool passo_insert(struct cx *cx, const struct scadenza *before, const struct scadenza_passo *p)
{
    struct id id = cx_id(cx);
    struct bytes motivo;
    return seal(cx, before->cartella, place_of(cx, "scadenza_passo", "motivo", id), p->motivo,
                &motivo) &&
           db_do(cx, &sql[SQL_PASSO],
                 DB_ARGS(id, cx->who->ambito, before->id, scadenza_azione_name(p->azione),
                         before->giorno, p->giorno, cx->now, cx->who->utente, motivo),
                 NULL);
}

bool passo_list(struct cx *cx, const struct scadenza *s, struct list *list)
{
    struct vault_key key;
    if (!cartella_key(cx, s->cartella, &key) ||
        !db_list(cx, &sql[SQL_PASSI], DB_ARGS(cx->who->ambito, s->id, (int64_t)PASSI_MAX),
                 passo_fields, sizeof(struct passo_riga), PASSI_MAX, list))
        return false;
    LIST_EACH (list, struct passo_riga, row) {
        struct vault_place place = place_of(cx, "scadenza_passo", "motivo", row->id);
        row->motivo = NULL;
        if (row->chiuso.data != NULL &&
            !vault_unseal_text(cx, &key, &place, row->chiuso, &row->motivo))
            return false;
    }
    return true;
}

/* ---- lists ------------------------------------------------------------------------------ */

bool scadenza_days(struct cx *cx, struct day dal, struct day al, size_t max, struct list *days)
{
    static const struct field fields[] = {{"giorno", FIELD_DAY, 0}, FIELD_END};
    return db_list(cx, &sql[SQL_DAYS],
                   DB_ARGS(cx->who->ambito, cx->who->utente, dal, al, (int64_t)max), fields,
                   sizeof(struct day), max, days);
}

/* What falls due, in three rooms; the record of each has the last word on who sees it. Of the other
 * rooms' only what is not long past: what was not renewed then is no deadline any more. */
#define DUE                                                                                        \
    "SELECT s.id, s.cartella, s.giorno, s.tipo, p.cognome || ' ' || p.nome AS nome,"               \
    " '' AS luce, e.nome AS ente, u.intestazione AS responsabile FROM ("                           \
    "SELECT id, cartella, tipo, giorno FROM scadenza WHERE ambito = $1 AND stato = 'aperta'"       \
    " UNION ALL SELECT i.id, k.id, 'isee', i.scadenza FROM cartella k"                             \
    " JOIN isee i ON i.ambito = k.ambito AND i.persona = k.persona"                                \
    " WHERE k.ambito = $1 AND k.chiusa IS NULL AND i.annullata IS NULL AND i.scadenza >= $4"       \
    " AND NOT EXISTS (SELECT 1 FROM isee n WHERE n.ambito = i.ambito AND n.persona = i.persona"    \
    " AND n.tipo = i.tipo AND n.annullata IS NULL AND n.scadenza > i.scadenza)"                    \
    " UNION ALL SELECT z.id, z.cartella, 'prestazione', z.al FROM prestazione z"                   \
    " WHERE z.ambito = $1 AND z.al >= $4"                                                          \
    ") s JOIN cartella c ON c.id = s.cartella JOIN persona p ON p.id = c.persona"                  \
    " JOIN ente e ON e.id = c.ente LEFT JOIN utente u ON u.id = c.responsabile"                    \
    " WHERE c.ambito = $1"
/* Records for the team alone are in no list of others; nor those of a declared conflict. */
#define SEEN                                                                                       \
    " AND (c.riserbo < 5 OR " SEGUITO(                                                             \
        "$1", "c.id", "$2", "$3") ")"                                                              \
                                  " AND (p.riservata = 0 OR " SEGUITO(                             \
                                      "$1", "p.id", "$2",                                          \
                                      "$3") ")"                                                    \
                                            " AND NOT " HA_RELAZIONE("$1", "c.id", "$2", "$3",     \
                                                                     "'conflitto'")

/* ID_NONE when the coordinator's body is the whole ambito. */
static bool body_of(struct cx *cx, struct id *ente)
{
    struct ente own;
    *ente = cx->who->ente;
    if (ente->n == 0 || !ente_load(cx, *ente, &own))
        return ente->n == 0;
    if (strcmp(own.tipo, "ambito") == 0)
        *ente = ID_NONE;
    return true;
}

/* A worker sees what he follows; a coordinator also what his body has. */
static bool scope_add(struct cx *cx, struct db_query *q)
{
    struct id body = ID_NONE;
    if (!utente_permitted(cx->who, "cartella.coordina")) {
        db_query_add(q, " AND " SEGUITO("$1", "c.id", "$2", "$3"),
                     DB_ARGS(cx->who->ambito, cx->who->utente, cx->today));
        return true;
    }
    if (!body_of(cx, &body))
        return false;
    if (body.n != 0)
        db_query_add(q, " AND (c.ente = $4 OR " SEGUITO("$1", "c.id", "$2", "$3") ")",
                     DB_ARGS(cx->who->ambito, cx->who->utente, cx->today, body));
    return true;
}

bool scadenza_page(struct cx *cx, const struct scadenza_pagina *page, struct list *list)
{
    struct db_query q;
    db_query_start(
        &q, cx, "scadenza_page", DUE SEEN,
        DB_ARGS(cx->who->ambito, cx->who->utente, cx->today, day_add(cx->today, -ALTROVE_PRIMA)));
    if (!scope_add(cx, &q))
        return false;
    if (page->tipo != NULL)
        db_query_add(&q, " AND s.tipo = $1", DB_ARGS(page->tipo));
    if (day_known(page->dal))
        db_query_add(&q, " AND s.giorno >= $1", DB_ARGS(page->dal));
    if (day_known(page->al))
        db_query_add(&q, " AND s.giorno <= $1", DB_ARGS(page->al));
    if (page->ente.n != 0)
        db_query_add(&q, " AND c.ente = $1", DB_ARGS(page->ente));
    if (page->responsabile.n != 0)
        db_query_add(&q, " AND c.responsabile = $1", DB_ARGS(page->responsabile));
    if (day_known(page->dopo))
        db_query_add(&q, " AND (s.giorno, s.id, s.cartella) > ($1, $2, $3)",
                     DB_ARGS(page->dopo, page->dopo_id, page->dopo_cartella));
    db_query_add(&q, " ORDER BY s.giorno, s.id, s.cartella LIMIT $1",
                 DB_ARGS((int64_t)page->limit));
    if (!db_list(cx, db_query_sql(&q), db_query_args(&q), scadenza_voce_fields,
                 sizeof(struct scadenza_voce), page->limit, list))
        return false;
    LIST_EACH (list, struct scadenza_voce, row) {
        const struct scadenza_tipo *tipo = scadenza_tipo_find(row->tipo);
        row->tipo = tipo != NULL ? tipo->titolo : row->tipo;
        row->luce = scadenza_luce_title(scadenza_luce_at(row->giorno, cx->today));
    }
    return true;
}
