/* The list of plans: filters, two orders, pages by key. */
#include "mod/rette/store.h"

#include <string.h>

const struct field piano_riga_fields[] = {FIELD(piano_riga, id),
                                          FIELD(piano_riga, servizio),
                                          FIELD(piano_riga, variante),
                                          FIELD(piano_riga, nome),
                                          FIELD(piano_riga, tipo),
                                          FIELD(piano_riga, unita),
                                          FIELD(piano_riga, atto),
                                          FIELD(piano_riga, dal),
                                          FIELD(piano_riga, al),
                                          FIELD(piano_riga, stato),
                                          FIELD_END};

/* Keys of a page: "SAD|feriale|2025-01-01|<id>", "2025-01-01|<id>". */
const char *store_piano_key(struct cx *cx, enum piani_ordine ordine, const struct piano_riga *riga)
{
    char id[ID_TEXT], day[DAY_TEXT];
    day_iso(riga->dal, day);
    id_text(riga->id, id);
    if (ordine == PIANI_PER_DATA)
        return arena_printf(cx->arena, "%s|%s", day, id);
    return arena_printf(cx->arena, "%s|%s|%s|%s", riga->servizio, riga->variante, day, id);
}

struct piano_segno {
    const char *parts[4];
    struct day dal;
    struct id id;
};

static bool key_split(struct cx *cx, const char *after, size_t wanted, struct piano_segno *segno)
{
    char *text = arena_strdup(cx->arena, after);
    size_t count = 0;
    for (char *at = text; at != NULL && count < wanted; count++) {
        segno->parts[count] = at;
        at = strchr(at, '|');
        if (at != NULL)
            *at++ = '\0';
    }
    if (count == wanted && day_parse_iso(segno->parts[wanted - 2], &segno->dal) &&
        id_parse(segno->parts[wanted - 1], &segno->id))
        return true;
    return FAIL(cx, ERR_INPUT, "segno di pagina sconosciuto");
}

static bool rows_after(struct cx *cx, struct db_query *q, enum piani_ordine ordine,
                       const char *after)
{
    struct piano_segno segno;
    if (after == NULL)
        return true;
    if (ordine == PIANI_PER_DATA) {
        if (!key_split(cx, after, 2, &segno))
            return false;
        db_query_add(q, " AND (dal, id) < ($1, $2)", DB_ARGS(segno.dal, segno.id));
        return true;
    }
    if (!key_split(cx, after, 4, &segno))
        return false;
    db_query_add(q, " AND (servizio, variante, dal, id) > ($1, $2, $3, $4)",
                 DB_ARGS(segno.parts[0], segno.parts[1], segno.dal, segno.id));
    return true;
}

bool store_piano_rows(struct cx *cx, const struct piani_filtro *filtro, enum piani_ordine ordine,
                      const char *after, size_t limit, struct list *rows)
{
    struct db_query q;
    db_query_start(&q, cx, "piano_rows",
                   "SELECT id, servizio, variante, nome, tipo, unita, atto, dal, al, stato"
                   " FROM piano WHERE ambito = $1",
                   DB_ARGS(cx->who->ambito));
    if (filtro->servizio != NULL)
        db_query_add(&q, " AND servizio = $1", DB_ARGS(filtro->servizio));
    if (filtro->stato != NULL)
        db_query_add(&q, " AND stato = $1", DB_ARGS(filtro->stato));
    if (day_known(filtro->giorno))
        db_query_add(&q, " AND dal <= $1 AND (al IS NULL OR al >= $1)", DB_ARGS(filtro->giorno));
    if (!rows_after(cx, &q, ordine, after))
        return false;
    if (ordine == PIANI_PER_DATA)
        db_query_add(&q, " ORDER BY dal DESC, id DESC LIMIT $1", DB_ARGS((int64_t)limit));
    else
        db_query_add(&q, " ORDER BY servizio, variante, dal, id LIMIT $1", DB_ARGS((int64_t)limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), piano_riga_fields,
                   sizeof(struct piano_riga), limit, rows);
}
