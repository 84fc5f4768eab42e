/* Assessments: sealed by the key of their record, a correction is a further row. */
#include "mod/valutazioni/store.h"

#include "mod/cartella/cartella.h"

struct chiusa {
    struct valutazione v;
    struct bytes risposte;
};
static const struct field chiusa_fields[] = {FIELD_AS(chiusa, v.id, "id"),
                                             FIELD_AS(chiusa, v.cartella, "cartella"),
                                             FIELD_AS(chiusa, v.presa, "presa"),
                                             FIELD_AS(chiusa, v.voce, "voce"),
                                             FIELD_AS(chiusa, v.versione, "versione"),
                                             FIELD_AS(chiusa, v.scheda, "scheda"),
                                             FIELD_AS(chiusa, v.codice, "codice"),
                                             FIELD_AS(chiusa, v.titolo, "titolo"),
                                             FIELD_AS(chiusa, v.scheda_versione, "scheda_versione"),
                                             FIELD_AS(chiusa, v.giorno, "giorno"),
                                             FIELD_AS(chiusa, v.riserbo, "riserbo"),
                                             FIELD_AS(chiusa, v.completa, "completa"),
                                             FIELD_AS(chiusa, v.autore, "autore"),
                                             FIELD_AS(chiusa, v.autore_nome, "autore_nome"),
                                             FIELD_AS(chiusa, v.scritta, "scritta"),
                                             FIELD(chiusa, risposte),
                                             FIELD_END};

static struct vault_place place_of(struct cx *cx, struct id id)
{
    return (struct vault_place){
        .table = "valutazione", .column = "risposte", .row = id, .ambito = cx->who->ambito};
}

static bool open_rows(struct cx *cx, const struct list *rows, struct list *list)
{
    struct valutazione *items = ARENA_NEWS(cx->arena, struct valutazione, rows->count + 1);
    struct vault_key key;
    struct id open = ID_NONE; /* whose key it is */
    size_t count = 0;
    LIST_EACH (rows, struct chiusa, row) {
        struct vault_place place = place_of(cx, row->v.id);
        if (open.n != row->v.cartella.n && !cartella_key(cx, row->v.cartella, &key))
            return false;
        open = row->v.cartella;
        if (!vault_unseal_text(cx, &key, &place, row->risposte, &row->v.testo))
            return false;
        items[count++] = row->v;
    }
    *list = (struct list){items, count, sizeof *items, rows->clipped};
    return true;
}

bool store_valutazioni(struct cx *cx, struct id cartella, struct list *list)
{
    struct list rows;
    return db_list(cx, &valutazioni_sql[SQL_VALUTAZIONI],
                   DB_ARGS(cx->who->ambito, cartella, VALUTAZIONI), chiusa_fields,
                   sizeof(struct chiusa), VALUTAZIONI, &rows) &&
           open_rows(cx, &rows, list);
}

bool store_valutazione_versioni(struct cx *cx, struct id voce, struct list *list)
{
    struct list rows;
    return db_list(cx, &valutazioni_sql[SQL_VALUTAZIONE_VERSIONI],
                   DB_ARGS(cx->who->ambito, voce, VALUTAZIONI), chiusa_fields,
                   sizeof(struct chiusa), VALUTAZIONI, &rows) &&
           open_rows(cx, &rows, list);
}

bool store_valutazioni_di(struct cx *cx, struct id persona, const char *codice, struct day al,
                          struct list *list)
{
    struct list rows;
    return db_list(cx, &valutazioni_sql[SQL_VALUTAZIONI_DI],
                   DB_ARGS(cx->who->ambito, persona, codice, al), chiusa_fields,
                   sizeof(struct chiusa), 1, &rows) &&
           open_rows(cx, &rows, list);
}

bool store_valutazione_add(struct cx *cx, const struct valutazione *v)
{
    struct vault_key key;
    struct bytes sealed;
    struct vault_place place = place_of(cx, v->id);
    int64_t changed = 0;
    if (!cartella_key(cx, v->cartella, &key) ||
        !vault_seal_text(cx, &key, &place, v->testo, &sealed))
        return false;
    if (v->versione > 1) {
        if (!db_do(cx, &valutazioni_sql[SQL_VALUTAZIONE_OLD],
                   DB_ARGS(cx->who->ambito, v->voce, v->versione - 1), &changed))
            return false;
        if (changed != 1)
            return FAIL(cx, ERR_CONFLICT, "la valutazione è stata corretta nel frattempo");
    }
    return db_do(cx, &valutazioni_sql[SQL_VALUTAZIONE_ADD],
                 DB_ARGS(v->id, cx->who->ambito, v->cartella, v->presa, v->voce, v->versione,
                         v->scheda, v->scheda_versione, v->giorno, v->riserbo, v->completa,
                         cx->who->utente, cx->now, sealed),
                 NULL);
}

/* ---- the list -------------------------------------------------------------------------------- */

static const struct field riga_fields[] = {FIELD(valutazione_riga, id),
                                           FIELD(valutazione_riga, cartella),
                                           FIELD(valutazione_riga, voce),
                                           FIELD(valutazione_riga, persona),
                                           FIELD(valutazione_riga, scheda),
                                           FIELD(valutazione_riga, giorno),
                                           FIELD(valutazione_riga, completa),
                                           FIELD(valutazione_riga, autore),
                                           FIELD_END};

bool store_valutazione_page(struct cx *cx, const struct valutazione_pagina *p, struct list *list)
{
    struct db_query q;
    db_query_start(&q, cx, "valutazione_page",
                   "SELECT v.id, v.cartella, v.voce, p.cognome || ' ' || p.nome AS persona,"
                   " s.titolo AS scheda, v.giorno, v.completa, u.intestazione AS autore"
                   " FROM valutazione v JOIN cartella c ON c.id = v.cartella"
                   " JOIN persona p ON p.id = c.persona JOIN scheda s ON s.id = v.scheda"
                   " JOIN utente u ON u.id = v.autore"
                   " WHERE v.ambito = $1 AND v.ultima = 1 AND v.riserbo < 4 AND c.riserbo < 4",
                   DB_ARGS(cx->who->ambito));
    if (p->responsabile.n != 0)
        db_query_add(&q, " AND c.responsabile = $1", DB_ARGS(p->responsabile));
    if (p->ente.n != 0)
        db_query_add(&q, " AND c.ente = $1", DB_ARGS(p->ente));
    if (p->scheda.n != 0)
        db_query_add(&q, " AND v.scheda = $1", DB_ARGS(p->scheda));
    if (p->completa >= 0)
        db_query_add(&q, " AND v.completa = $1", DB_ARGS((bool)(p->completa == 1)));
    if (day_known(p->dal))
        db_query_add(&q, " AND v.giorno >= $1", DB_ARGS(p->dal));
    if (day_known(p->al))
        db_query_add(&q, " AND v.giorno <= $1", DB_ARGS(p->al));
    if (day_known(p->dopo))
        db_query_add(&q, " AND (v.giorno, v.id) < ($1, $2)", DB_ARGS(p->dopo, p->dopo_id));
    db_query_add(&q, " ORDER BY v.giorno DESC, v.id DESC LIMIT $1", DB_ARGS((int64_t)p->limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), riga_fields,
                   sizeof(struct valutazione_riga), p->limit, list);
}
