/* The ledger in the database: instalments, entries, their lines. */
#include "mod/riparto/store.h"

#include "mod/riparto/sql.h"

#include <string.h>

const struct field rata_riga_fields[] = {FIELD(rata_riga, id),
                                         FIELD(rata_riga, prospetto),
                                         FIELD(rata_riga, ente),
                                         FIELD(rata_riga, pagante),
                                         FIELD(rata_riga, titolo),
                                         FIELD(rata_riga, anno),
                                         FIELD(rata_riga, numero),
                                         FIELD(rata_riga, scadenza),
                                         FIELD(rata_riga, fattura),
                                         FIELD(rata_riga, trasferimento),
                                         FIELD(rata_riga, fatturato),
                                         FIELD(rata_riga, incassato_fattura),
                                         FIELD(rata_riga, incassato_trasferimento),
                                         FIELD_END};
const struct field movimento_fields[] = {FIELD(movimento, id),
                                         FIELD(movimento, prospetto),
                                         FIELD(movimento, pagante),
                                         FIELD(movimento, tipo),
                                         FIELD(movimento, giorno),
                                         FIELD(movimento, importo),
                                         FIELD(movimento, riferimento),
                                         FIELD(movimento, storna),
                                         FIELD(movimento, stornato),
                                         FIELD(movimento, motivo),
                                         FIELD(movimento, utente),
                                         FIELD(movimento, scritto),
                                         FIELD_END};
static const struct field riga_fields[] = {
    FIELD(movimento_riga, rata), FIELD(movimento_riga, numero), FIELD(movimento_riga, parte),
    FIELD(movimento_riga, importo), FIELD_END};

/* ---- instalments ----------------------------------------------------------------------------- */

bool store_rata_add(struct cx *cx, const struct conto *conto)
{
    return db_do(cx, &riparto_sql[SQL_RATA_ADD],
                 DB_ARGS(cx->who->ambito, conto->id, conto->prospetto, conto->pagante, conto->ente,
                         conto->numero, conto->scadenza, conto->dovuto[PARTE_FATTURA],
                         conto->dovuto[PARTE_TRASFERIMENTO]),
                 NULL);
}

bool store_rata_list(struct cx *cx, const struct rata_filtro *filtro, struct list *list)
{
    struct db_query q;
    db_query_start(&q, cx, "rata_list", RATA_COLUMNS, DB_ARGS(cx->who->ambito));
    if (filtro->prospetto.n != 0)
        db_query_add(&q, " AND r.prospetto = $1", DB_ARGS(filtro->prospetto));
    if (filtro->anno != INT_NONE)
        db_query_add(&q, " AND p.anno = $1", DB_ARGS(filtro->anno));
    if (filtro->pagante != NULL)
        db_query_add(&q, " AND r.pagante = $1", DB_ARGS(filtro->pagante));
    db_query_add(&q, " ORDER BY r.scadenza, r.pagante, r.numero, r.id LIMIT $1",
                 DB_ARGS((int64_t)RATE_MAX));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), rata_riga_fields,
                   sizeof(struct rata_riga), RATE_MAX, list);
}

/* "2025-03-15|<id>" */
static bool after_rata(struct cx *cx, struct db_query *q, const char *after)
{
    const char *bar = strchr(after, '|');
    struct day day;
    struct id id;
    if (bar == NULL ||
        !day_parse_iso(arena_strndup(cx->arena, after, (size_t)(bar - after)), &day) ||
        !id_parse(bar + 1, &id))
        return FAIL(cx, ERR_INPUT, "segno di pagina sconosciuto");
    db_query_add(q, " AND (r.scadenza, r.id) > ($1, $2)", DB_ARGS(day, id));
    return true;
}

bool store_rata_query(struct cx *cx, const struct rata_filtro *filtro, const char *after,
                      size_t limit, struct db_query *q)
{
    const char *stato = filtro->stato != NULL ? filtro->stato : "";
    db_query_start(q, cx, "rata_rows", RATA_COLUMNS, DB_ARGS(cx->who->ambito));
    if (filtro->prospetto.n != 0)
        db_query_add(q, " AND r.prospetto = $1", DB_ARGS(filtro->prospetto));
    if (filtro->anno != INT_NONE)
        db_query_add(q, " AND p.anno = $1", DB_ARGS(filtro->anno));
    if (filtro->pagante != NULL)
        db_query_add(q, " AND r.pagante >= $1 AND r.pagante < $2",
                     DB_ARGS(filtro->pagante,
                             arena_printf(cx->arena, "%s\xF4\x8F\xBF\xBF", filtro->pagante)));
    if (strcmp(stato, "scadute") == 0)
        db_query_add(q, " AND r.scadenza < $1", DB_ARGS(cx->today));
    if (strcmp(stato, "pagate") == 0)
        db_query_add(q, " AND r.fattura + r.trasferimento =" RATA_PAID, DB_NO_ARGS);
    else if (*stato != '\0')
        db_query_add(q, " AND r.fattura + r.trasferimento >" RATA_PAID, DB_NO_ARGS);
    if (after != NULL && !after_rata(cx, q, after))
        return false;
    db_query_add(q, " ORDER BY r.scadenza, r.id LIMIT $1", DB_ARGS((int64_t)limit));
    return true;
}

bool store_rata_rows(struct cx *cx, const struct rata_filtro *filtro, const char *after,
                     size_t limit, struct list *rows)
{
    struct db_query q;
    return store_rata_query(cx, filtro, after, limit, &q) &&
           db_list(cx, db_query_sql(&q), db_query_args(&q), rata_riga_fields,
                   sizeof(struct rata_riga), limit, rows);
}

bool store_rata_load(struct cx *cx, struct id id, struct rata_riga *rata)
{
    return db_one(cx, &riparto_sql[SQL_RATA_LOAD], DB_ARGS(cx->who->ambito, id), rata_riga_fields,
                  rata);
}

struct conto rata_conto(const struct rata_riga *r)
{
    return (struct conto){.id = r->id,
                          .prospetto = r->prospetto,
                          .ente = r->ente,
                          .pagante = r->pagante,
                          .numero = r->numero,
                          .scadenza = r->scadenza,
                          .dovuto = {r->fattura, r->trasferimento},
                          .fatturato = r->fatturato,
                          .incassato = {r->incassato_fattura, r->incassato_trasferimento}};
}

/* ---- entries --------------------------------------------------------------------------------- */

bool store_movimento_add(struct cx *cx, const struct movimento *m)
{
    return db_do(cx, &riparto_sql[SQL_MOVIMENTO_ADD],
                 DB_ARGS(cx->who->ambito, m->id, m->prospetto, m->pagante, m->tipo, m->giorno,
                         m->importo, m->riferimento, m->storna, m->motivo, m->utente, m->scritto),
                 NULL);
}

bool store_movimento_load(struct cx *cx, struct id id, struct movimento *movimento)
{
    return db_one(cx, &riparto_sql[SQL_MOVIMENTO_LOAD], DB_ARGS(cx->who->ambito, id),
                  movimento_fields, movimento);
}

bool store_movimento_list(struct cx *cx, struct id prospetto, const char *pagante,
                          struct list *list)
{
    struct db_query q;
    db_query_start(&q, cx, "rata_movimento_list", MOVIMENTO_COLUMNS, DB_ARGS(cx->who->ambito));
    if (prospetto.n != 0)
        db_query_add(&q, " AND m.prospetto = $1", DB_ARGS(prospetto));
    if (pagante != NULL)
        db_query_add(&q, " AND m.pagante = $1", DB_ARGS(pagante));
    db_query_add(&q, " ORDER BY m.giorno DESC, m.id DESC LIMIT $1",
                 DB_ARGS((int64_t)MOVIMENTI_MAX));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), movimento_fields,
                   sizeof(struct movimento), MOVIMENTI_MAX, list);
}

bool store_movimento_riga_add(struct cx *cx, struct id movimento, const struct imputazione *riga)
{
    return db_do(
        cx, &riparto_sql[SQL_MOVIMENTO_RIGA_ADD],
        DB_ARGS(cx->who->ambito, movimento, riga->rata, parte_name(riga->parte), riga->importo),
        NULL);
}

bool store_movimento_righe(struct cx *cx, struct id movimento, struct list *list)
{
    enum { RIGHE = PARTI * RIPARTO_RATE };
    return db_list(cx, &riparto_sql[SQL_MOVIMENTO_RIGHE],
                   DB_ARGS(cx->who->ambito, movimento, (int64_t)RIGHE), riga_fields,
                   sizeof(struct movimento_riga), RIGHE, list);
}

bool store_movimento_same(struct cx *cx, const struct movimento *m, bool *same)
{
    int64_t count = 0;
    if (!db_int(cx, &riparto_sql[SQL_MOVIMENTO_SAME],
                DB_ARGS(cx->who->ambito, m->prospetto, m->pagante, m->tipo, m->giorno, m->importo,
                        m->riferimento != NULL ? m->riferimento : ""),
                &count))
        return false;
    *same = count > 0;
    return true;
}
