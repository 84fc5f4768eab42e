/* Movements of all years as a list: filters, two orders, page by key. */
#include "mod/bilancio/store_sql.h"

#include <stdlib.h>
#include <string.h>

static const struct field riga_fields[] = {
    FIELD(scrittura_riga, id),          FIELD(scrittura_riga, anno),
    FIELD(scrittura_riga, numero),      FIELD(scrittura_riga, giorno),
    FIELD(scrittura_riga, tipo),        FIELD(scrittura_riga, voce),
    FIELD(scrittura_riga, fonte),       FIELD(scrittura_riga, atto),
    FIELD(scrittura_riga, descrizione), FIELD(scrittura_riga, storna),
    FIELD(scrittura_riga, importo),     FIELD_END};
static const struct field nome_fields[] = {FIELD(bilancio_nome, id), FIELD(bilancio_nome, nome),
                                           FIELD_END};

bool store_voce_names(struct cx *cx, struct list *list)
{
    return db_list(cx, &bilancio_sql[SQL_VOCE_NAMES], DB_ARGS(cx->who->ambito, (int64_t)VOCI_MAX),
                   nome_fields, sizeof(struct bilancio_nome), VOCI_MAX, list);
}

bool store_fonte_names(struct cx *cx, struct list *list)
{
    return db_list(cx, &bilancio_sql[SQL_FONTE_NAMES], DB_ARGS(cx->who->ambito, (int64_t)FONTI_MAX),
                   nome_fields, sizeof(struct bilancio_nome), FONTI_MAX, list);
}

/* ---- key of a page: "2025|12" by number, "2025-03-31|<id>" by day ------------------------- */

const char *store_scrittura_key(struct cx *cx, enum scrittura_ordine ordine,
                                const struct scrittura_riga *row)
{
    char day[DAY_TEXT], id[ID_TEXT];
    if (ordine == SCRITTURE_PER_GIORNO)
        return arena_printf(cx->arena, "%s|%s", day_iso(row->giorno, day), id_text(row->id, id));
    return arena_printf(cx->arena, "%lld|%lld", (long long)row->anno, (long long)row->numero);
}

static bool read_int(const char *text, int64_t *value)
{
    char *end;
    *value = strtoll(text, &end, 10);
    return end != text && *end == '\0';
}

static bool add_key(struct cx *cx, struct db_query *q, enum scrittura_ordine ordine,
                    const char *after)
{
    const char *bar = strchr(after, '|');
    const char *first = bar != NULL ? arena_strndup(cx->arena, after, (size_t)(bar - after)) : "";
    struct day day;
    struct id id;
    int64_t anno, numero;
    if (ordine == SCRITTURE_PER_GIORNO) {
        if (bar == NULL || !day_parse_iso(first, &day) || !id_parse(bar + 1, &id))
            return FAIL(cx, ERR_INPUT, "segno di pagina sconosciuto");
        db_query_add(q, " AND (s.giorno, s.id) < ($1, $2)", DB_ARGS(day, id));
        return true;
    }
    if (bar == NULL || !read_int(first, &anno) || !read_int(bar + 1, &numero))
        return FAIL(cx, ERR_INPUT, "segno di pagina sconosciuto");
    db_query_add(q, " AND (s.anno, s.numero) < ($1, $2)", DB_ARGS(anno, numero));
    return true;
}

/* ---- rows ------------------------------------------------------------------------------- */

static void add_filters(struct db_query *q, const struct scrittura_filtro *f, struct id voce,
                        struct id fonte)
{
    if (f->anno != INT_NONE)
        db_query_add(q, " AND s.anno = $1", DB_ARGS(f->anno));
    if (voce.n != 0)
        db_query_add(q, " AND s.voce = $1", DB_ARGS(voce));
    if (fonte.n != 0)
        db_query_add(q, " AND s.fonte = $1", DB_ARGS(fonte));
    if (f->tipo != NULL && *f->tipo != '\0')
        db_query_add(q, " AND s.tipo = $1", DB_ARGS(f->tipo));
    if (day_known(f->dal))
        db_query_add(q, " AND s.giorno >= $1", DB_ARGS(f->dal));
    if (day_known(f->al))
        db_query_add(q, " AND s.giorno <= $1", DB_ARGS(f->al));
}

static bool wanted_id(struct cx *cx, const char *text, struct id *id)
{
    *id = ID_NONE;
    return text == NULL || *text == '\0' || id_parse(text, id) ||
           FAIL(cx, ERR_INPUT, "voce o fonte sconosciuta");
}

bool store_scrittura_query(struct cx *cx, const struct scrittura_filtro *filtro,
                           enum scrittura_ordine ordine, const char *after, size_t limit,
                           struct db_query *q)
{
    struct id voce, fonte;
    if (!wanted_id(cx, filtro->voce, &voce) || !wanted_id(cx, filtro->fonte, &fonte))
        return false;
    db_query_start(q, cx, "scrittura_rows",
                   "SELECT s.id, s.anno, s.numero, s.giorno, s.tipo, v.nome AS voce,"
                   " f.nome AS fonte, s.atto, s.descrizione, s.storna, s.importo"
                   " FROM scrittura s JOIN voce v ON v.id = s.voce"
                   " LEFT JOIN fonte f ON f.id = s.fonte WHERE s.ambito = $1",
                   DB_ARGS(cx->who->ambito));
    add_filters(q, filtro, voce, fonte);
    if (after != NULL && !add_key(cx, q, ordine, after))
        return false;
    if (ordine == SCRITTURE_PER_GIORNO)
        db_query_add(q, " ORDER BY s.giorno DESC, s.id DESC LIMIT $1", DB_ARGS((int64_t)limit));
    else
        db_query_add(q, " ORDER BY s.anno DESC, s.numero DESC LIMIT $1", DB_ARGS((int64_t)limit));
    return true;
}

bool store_scrittura_rows(struct cx *cx, const struct scrittura_filtro *filtro,
                          enum scrittura_ordine ordine, const char *after, size_t limit,
                          struct list *rows)
{
    struct db_query q;
    return store_scrittura_query(cx, filtro, ordine, after, limit, &q) &&
           db_list(cx, db_query_sql(&q), db_query_args(&q), riga_fields,
                   sizeof(struct scrittura_riga), limit, rows);
}
