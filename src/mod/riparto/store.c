#include "mod/riparto/store.h"

#include "base/text.h"
#include "mod/riparto/sql.h"

#include <string.h>

extern const char riparto_model_sql[];
const struct db_schema riparto_schema = {"riparto", riparto_model_sql, NULL};

/* ---- rows ------------------------------------------------------------------------------------ */

const struct field prospetto_fields[] = {FIELD(prospetto, id),         FIELD(prospetto, anno),
                                         FIELD(prospetto, titolo),     FIELD(prospetto, chiave),
                                         FIELD(prospetto, metodo),     FIELD(prospetto, stato),
                                         FIELD(prospetto, atto),       FIELD(prospetto, approvato),
                                         FIELD(prospetto, versione),   FIELD(prospetto, totale),
                                         FIELD(prospetto, residuo),    FIELD(prospetto, origine),
                                         FIELD(prospetto, modificato), FIELD_END};
static const struct field versione_fields[] = {FIELD(prospetto_versione, versione),
                                               FIELD(prospetto_versione, testo),
                                               FIELD(prospetto_versione, totale),
                                               FIELD(prospetto_versione, residuo),
                                               FIELD(prospetto_versione, utente),
                                               FIELD(prospetto_versione, scritta),
                                               FIELD_END};
static const struct field cella_fields[] = {
    FIELD(prospetto_cella, riga),   FIELD(prospetto_cella, colonna), FIELD(prospetto_cella, nome),
    FIELD(prospetto_cella, titolo), FIELD(prospetto_cella, importo), FIELD_END};

/* ---- definitions ----------------------------------------------------------------------------- */

bool store_prospetto_add(struct cx *cx, const struct prospetto *p)
{
    return db_do(cx, &riparto_sql[SQL_PROSPETTO_ADD],
                 DB_ARGS(cx->who->ambito, p->id, p->anno, p->titolo, p->chiave, p->metodo,
                         p->versione, p->totale, p->residuo, p->origine, p->modificato),
                 NULL);
}

static bool changed_one(struct cx *cx, int64_t changed)
{
    return changed == 1 ||
           FAIL(cx, ERR_CONFLICT, "il prospetto è cambiato nel frattempo, o è già approvato");
}

bool store_prospetto_update(struct cx *cx, const struct prospetto *p)
{
    int64_t changed = 0;
    return db_do(cx, &riparto_sql[SQL_PROSPETTO_UPDATE],
                 DB_ARGS(cx->who->ambito, p->id, p->anno, p->titolo, p->chiave, p->metodo,
                         p->versione, p->totale, p->residuo, p->modificato),
                 &changed) &&
           changed_one(cx, changed);
}

bool store_prospetto_approve(struct cx *cx, const struct prospetto *p)
{
    int64_t changed = 0;
    return db_do(cx, &riparto_sql[SQL_PROSPETTO_APPROVE],
                 DB_ARGS(cx->who->ambito, p->id, p->versione, p->atto, p->approvato, p->modificato),
                 &changed) &&
           changed_one(cx, changed);
}

bool store_prospetto_load(struct cx *cx, struct id id, struct prospetto *prospetto)
{
    return db_one(cx, &riparto_sql[SQL_PROSPETTO_LOAD], DB_ARGS(cx->who->ambito, id),
                  prospetto_fields, prospetto);
}

/* ---- the list: "2025|fondo sociale|<id>", "fondo sociale|<id>" ---------------------------------
 */

const char *store_prospetto_key(struct cx *cx, enum prospetto_ordine ordine,
                                const struct prospetto *riga)
{
    char id[ID_TEXT];
    id_text(riga->id, id);
    if (ordine == PROSPETTI_PER_TITOLO)
        return arena_printf(cx->arena, "%s|%s", riga->chiave, id);
    return arena_printf(cx->arena, "%lld|%s|%s", (long long)riga->anno, riga->chiave, id);
}

static bool rows_after(struct cx *cx, struct db_query *q, enum prospetto_ordine ordine,
                       const char *after)
{
    struct prospetto mark = {.anno = 0};
    char *text = arena_strdup(cx->arena, after), *bar = strrchr(text, '|');
    bool read = bar != NULL && id_parse(bar + 1, &mark.id);
    if (read)
        *bar = '\0';
    mark.chiave = text;
    if (read && ordine == PROSPETTI_PER_ANNO) {
        char *end = strchr(text, '|');
        for (const char *p = text; read && p != end; p++)
            read = end != NULL && end - text <= 4 && *p >= '0' && *p <= '9';
        for (const char *p = text; read && p != end; p++)
            mark.anno = mark.anno * 10 + (*p - '0');
        mark.chiave = read ? end + 1 : "";
    }
    if (!read)
        return FAIL(cx, ERR_INPUT, "segno di pagina sconosciuto");
    if (ordine == PROSPETTI_PER_ANNO)
        db_query_add(q, " AND (anno < $1 OR (anno = $1 AND (chiave, id) > ($2, $3)))",
                     DB_ARGS(mark.anno, mark.chiave, mark.id));
    else
        db_query_add(q, " AND (chiave, id) > ($1, $2)", DB_ARGS(mark.chiave, mark.id));
    return true;
}

bool store_prospetto_query(struct cx *cx, const struct prospetto_filtro *filtro,
                           enum prospetto_ordine ordine, const char *after, size_t limit,
                           struct db_query *q)
{
    db_query_start(q, cx, "prospetto_rows", PROSPETTO_COLUMNS, DB_ARGS(cx->who->ambito));
    if (filtro->anno != INT_NONE)
        db_query_add(q, " AND anno = $1", DB_ARGS(filtro->anno));
    if (filtro->stato != NULL)
        db_query_add(q, " AND stato = $1", DB_ARGS(filtro->stato));
    if (filtro->titolo != NULL) {
        const char *key = text_fold(cx->arena, filtro->titolo);
        db_query_add(q, " AND chiave >= $1 AND chiave < $2",
                     DB_ARGS(key, arena_printf(cx->arena, "%s\xF4\x8F\xBF\xBF", key)));
    }
    if (after != NULL && !rows_after(cx, q, ordine, after))
        return false;
    if (ordine == PROSPETTI_PER_ANNO)
        db_query_add(q, " ORDER BY anno DESC, chiave, id LIMIT $1", DB_ARGS((int64_t)limit));
    else
        db_query_add(q, " ORDER BY chiave, id LIMIT $1", DB_ARGS((int64_t)limit));
    return true;
}

bool store_prospetto_rows(struct cx *cx, const struct prospetto_filtro *filtro,
                          enum prospetto_ordine ordine, const char *after, size_t limit,
                          struct list *rows)
{
    struct db_query q;
    return store_prospetto_query(cx, filtro, ordine, after, limit, &q) &&
           db_list(cx, db_query_sql(&q), db_query_args(&q), prospetto_fields,
                   sizeof(struct prospetto), limit, rows);
}

/* ---- versions -------------------------------------------------------------------------------- */

bool store_versione_add(struct cx *cx, struct id prospetto, const struct prospetto_versione *v)
{
    return db_do(cx, &riparto_sql[SQL_VERSIONE_ADD],
                 DB_ARGS(cx->who->ambito, prospetto, v->versione, v->testo, v->totale, v->residuo,
                         v->utente, v->scritta),
                 NULL);
}

bool store_versione_load(struct cx *cx, struct id prospetto, int64_t numero,
                         struct prospetto_versione *versione)
{
    return db_one(cx, &riparto_sql[SQL_VERSIONE_LOAD], DB_ARGS(cx->who->ambito, prospetto, numero),
                  versione_fields, versione);
}

bool store_versione_list(struct cx *cx, struct id prospetto, struct list *list)
{
    return db_list(cx, &riparto_sql[SQL_VERSIONI],
                   DB_ARGS(cx->who->ambito, prospetto, (int64_t)VERSIONI_MAX), versione_fields,
                   sizeof(struct prospetto_versione), VERSIONI_MAX, list);
}

bool store_cella_add(struct cx *cx, struct id prospetto, int64_t versione,
                     const struct prospetto_cella *c)
{
    return db_do(cx, &riparto_sql[SQL_CELLA_ADD],
                 DB_ARGS(cx->who->ambito, prospetto, versione, c->riga, c->colonna, c->nome,
                         c->titolo, c->importo),
                 NULL);
}

bool store_cella_list(struct cx *cx, struct id prospetto, int64_t versione, struct list *list)
{
    enum { CELLE = RIPARTO_RIGHE * QUADRO_COLONNE };
    return db_list(cx, &riparto_sql[SQL_CELLE],
                   DB_ARGS(cx->who->ambito, prospetto, versione, (int64_t)CELLE), cella_fields,
                   sizeof(struct prospetto_cella), CELLE, list);
}
