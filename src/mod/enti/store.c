#include "mod/enti/store.h"

#include "base/text.h"

#include <string.h>

extern const char enti_model_sql[];

const struct db_schema enti_schema = {"enti", enti_model_sql, NULL};

const struct field ente_fields[] = {FIELD(ente, id),           FIELD(ente, ambito),
                                    FIELD(ente, codice),       FIELD(ente, belfiore),
                                    FIELD(ente, nome),         FIELD(ente, tipo),
                                    FIELD(ente, sotto_ambito), FIELD(ente, paga_per),
                                    FIELD(ente, attivo),       FIELD_END};

const struct field servizio_fields[] = {FIELD(servizio, id),
                                        FIELD(servizio, ambito),
                                        FIELD(servizio, codice),
                                        FIELD(servizio, nome),
                                        FIELD(servizio, unita),
                                        FIELD(servizio, area_bilancio),
                                        FIELD(servizio, voce_bilancio),
                                        FIELD_END};

const struct field popolazione_fields[] = {FIELD(popolazione, anno), FIELD(popolazione, abitanti),
                                           FIELD(popolazione, over65), FIELD(popolazione, famiglie),
                                           FIELD_END};

const struct field ente_riga_fields[] = {
    FIELD(ente_riga, id),           FIELD(ente_riga, codice), FIELD(ente_riga, belfiore),
    FIELD(ente_riga, nome),         FIELD(ente_riga, chiave), FIELD(ente_riga, tipo),
    FIELD(ente_riga, sotto_ambito), FIELD(ente_riga, paga),   FIELD(ente_riga, abitanti),
    FIELD(ente_riga, over65),       FIELD(ente_riga, attivo), FIELD_END};

enum {
    SQL_LOAD,
    SQL_BY_CODE,
    SQL_ALL,
    SQL_OF_TIPO,
    SQL_PAID_BY,
    SQL_IS_PAID,
    SQL_PUT,
    SQL_AMBITO,
    SQL_POP_AT,
    SQL_POP_LIST,
    SQL_POP_PUT,
    SQL_SERV_LOAD,
    SQL_SERV_BY_CODE,
    SQL_SERV_LIST,
    SQL_SERV_PUT,
    SQL_COUNT
};

#define ENTE     "id, ambito, codice, belfiore, nome, tipo, sotto_ambito, paga_per, attivo"
#define SERVIZIO "id, ambito, codice, nome, unita, area_bilancio, voce_bilancio"
#define FIGURE   "anno, abitanti, over65, famiglie"

static const struct db_sql sql[SQL_COUNT] = {
    [SQL_LOAD] = {"ente_load", "SELECT " ENTE " FROM ente WHERE ambito = $1 AND id = $2"},
    [SQL_BY_CODE] = {"ente_by_code", "SELECT " ENTE " FROM ente WHERE ambito = $1 AND codice = $2"},
    [SQL_ALL] = {"ente_all",
                 "SELECT " ENTE " FROM ente WHERE ambito = $1 ORDER BY chiave, id LIMIT $2"},
    [SQL_OF_TIPO] = {"ente_of_tipo", "SELECT " ENTE " FROM ente WHERE ambito = $1 AND tipo = $2"
                                     " ORDER BY chiave, id LIMIT $3"},
    [SQL_PAID_BY] = {"ente_paid_by", "SELECT " ENTE " FROM ente WHERE paga_per = $2 AND ambito = $1"
                                     " ORDER BY chiave, id LIMIT $3"},
    [SQL_IS_PAID] = {"ente_is_paid", "SELECT count(*) FROM ente"
                                     " WHERE ambito = $1 AND id = $2 AND paga_per IS NOT NULL"},
    [SQL_PUT] = {"ente_put",
                 "INSERT INTO ente (id, ambito, codice, belfiore, nome, tipo, sotto_ambito,"
                 " paga_per, attivo, chiave) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
                 " ON CONFLICT (id) DO UPDATE SET codice = excluded.codice,"
                 " belfiore = excluded.belfiore, nome = excluded.nome, chiave = excluded.chiave,"
                 " tipo = excluded.tipo, sotto_ambito = excluded.sotto_ambito,"
                 " paga_per = excluded.paga_per, attivo = excluded.attivo"
                 " WHERE ente.ambito = excluded.ambito"},
    [SQL_AMBITO] = {"ambito_first",
                    "SELECT min(id) FROM ente WHERE tipo = 'ambito' AND id = ambito"},
    [SQL_POP_AT] = {"popolazione_at", "SELECT " FIGURE " FROM popolazione WHERE ambito = $1"
                                      " AND ente = $2 AND anno <= $3 ORDER BY anno DESC LIMIT 1"},
    [SQL_POP_LIST] = {"popolazione_list", "SELECT " FIGURE " FROM popolazione WHERE ambito = $1"
                                          " AND ente = $2 ORDER BY anno DESC LIMIT $3"},
    [SQL_POP_PUT] = {"popolazione_put",
                     "INSERT INTO popolazione (ambito, ente, anno, abitanti, over65, famiglie)"
                     " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (ente, anno) DO UPDATE SET"
                     " abitanti = excluded.abitanti, over65 = excluded.over65,"
                     " famiglie = excluded.famiglie WHERE popolazione.ambito = excluded.ambito"},
    [SQL_SERV_LOAD] = {"servizio_load",
                       "SELECT " SERVIZIO " FROM servizio WHERE ambito = $1 AND id = $2"},
    [SQL_SERV_BY_CODE] = {"servizio_by_code",
                          "SELECT " SERVIZIO " FROM servizio WHERE ambito = $1 AND codice = $2"},
    [SQL_SERV_LIST] = {"servizio_list",
                       "SELECT " SERVIZIO
                       " FROM servizio WHERE ambito = $1 ORDER BY codice LIMIT $2"},
    [SQL_SERV_PUT] = {"servizio_put",
                      "INSERT INTO servizio (" SERVIZIO ") VALUES ($1, $2, $3, $4, $5, $6, $7)"
                      " ON CONFLICT (id) DO UPDATE SET codice = excluded.codice,"
                      " nome = excluded.nome, unita = excluded.unita,"
                      " area_bilancio = excluded.area_bilancio,"
                      " voce_bilancio = excluded.voce_bilancio"
                      " WHERE servizio.ambito = excluded.ambito"},
};

const struct db_registry enti_registry = {"enti", sql, SQL_COUNT};

/* ---- bodies ------------------------------------------------------------------------------ */

bool ente_load(struct cx *cx, struct id id, struct ente *ente)
{
    return db_one(cx, &sql[SQL_LOAD], DB_ARGS(cx->who->ambito, id), ente_fields, ente);
}

bool ente_by_code(struct cx *cx, const char *codice, struct ente *ente, bool *found)
{
    return db_maybe(cx, &sql[SQL_BY_CODE], DB_ARGS(cx->who->ambito, codice), ente_fields, ente,
                    found);
}

bool ente_list(struct cx *cx, const char *tipo, struct list *list)
{
    struct id ambito = cx->who->ambito;

    if (tipo == NULL)
        return db_list(cx, &sql[SQL_ALL], DB_ARGS(ambito, (int64_t)ENTI_MAX), ente_fields,
                       sizeof(struct ente), ENTI_MAX, list);
    return db_list(cx, &sql[SQL_OF_TIPO], DB_ARGS(ambito, tipo, (int64_t)ENTI_MAX), ente_fields,
                   sizeof(struct ente), ENTI_MAX, list);
}

bool store_ente_paid_by(struct cx *cx, struct id payer, struct list *list)
{
    return db_list(cx, &sql[SQL_PAID_BY], DB_ARGS(cx->who->ambito, payer, (int64_t)ENTI_MAX),
                   ente_fields, sizeof(struct ente), ENTI_MAX, list);
}

bool store_ente_is_paid(struct cx *cx, struct id ente, bool *paid)
{
    int64_t count = 0;
    bool done = db_int(cx, &sql[SQL_IS_PAID], DB_ARGS(cx->who->ambito, ente), &count);

    *paid = count > 0;
    return done;
}

bool store_ente_put(struct cx *cx, const struct ente *ente)
{
    return db_do(cx, &sql[SQL_PUT],
                 DB_ARGS(ente->id, ente->ambito, ente->codice, ente->belfiore, ente->nome,
                         ente->tipo, ente->sotto_ambito, ente->paga_per, ente->attivo,
                         text_fold(cx->arena, ente->nome)),
                 NULL);
}

bool ambito_first(struct cx *cx, struct id *id)
{
    int64_t first = INT_NONE;

    if (!db_int(cx, &sql[SQL_AMBITO], DB_NO_ARGS, &first))
        return false;
    id->n = first == INT_NONE ? 0 : first;
    return true;
}

/* ---- list page --------------------------------------------------------------------------- */

/* Key of a page: "<folded name>|<id>". */
static bool after_key(struct cx *cx, const char *after, const char **chiave, struct id *id)
{
    const char *bar = strrchr(after, '|');

    if (bar == NULL || !id_parse(bar + 1, id))
        return FAIL(cx, ERR_INPUT, "segno di pagina sconosciuto");
    *chiave = arena_strndup(cx->arena, after, (size_t)(bar - after));
    return true;
}

bool store_ente_rows(struct cx *cx, const struct enti_filtro *filter, const char *after,
                     size_t limit, struct list *rows)
{
    const char *key;
    struct db_query q;
    struct id id;

    db_query_start(&q, cx, "ente_rows",
                   "SELECT e.id, e.codice, e.belfiore, e.nome, e.chiave, e.tipo, e.sotto_ambito,"
                   " p.nome AS paga, e.attivo, a.abitanti, a.over65"
                   " FROM ente e LEFT JOIN ente p ON p.id = e.paga_per"
                   " LEFT JOIN popolazione a ON a.ente = e.id AND a.anno ="
                   " (SELECT max(anno) FROM popolazione WHERE ente = e.id)"
                   " WHERE e.ambito = $1",
                   DB_ARGS(cx->who->ambito));
    if (filter->tipo != NULL)
        db_query_add(&q, " AND e.tipo = $1", DB_ARGS(filter->tipo));
    if (filter->sotto_ambito != NULL)
        db_query_add(&q, " AND e.sotto_ambito = $1", DB_ARGS(filter->sotto_ambito));
    if (filter->cerca != NULL) {
        const char *from = text_fold(cx->arena, filter->cerca);

        db_query_add(&q, " AND e.chiave >= $1 AND e.chiave < $2",
                     DB_ARGS(from, arena_printf(cx->arena, "%s\xF4\x8F\xBF\xBF", from)));
    }
    if (after != NULL) {
        if (!after_key(cx, after, &key, &id))
            return false;
        db_query_add(&q, " AND (e.chiave, e.id) > ($1, $2)", DB_ARGS(key, id));
    }
    db_query_add(&q, " ORDER BY e.chiave, e.id LIMIT $1", DB_ARGS((int64_t)limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), ente_riga_fields,
                   sizeof(struct ente_riga), limit, rows);
}

/* ---- population -------------------------------------------------------------------------- */

bool popolazione_at(struct cx *cx, struct id ente, int anno, struct popolazione *figure,
                    bool *found)
{
    return db_maybe(cx, &sql[SQL_POP_AT], DB_ARGS(cx->who->ambito, ente, anno), popolazione_fields,
                    figure, found);
}

bool store_popolazione_list(struct cx *cx, struct id ente, struct list *list)
{
    enum { YEARS = 60 };

    return db_list(cx, &sql[SQL_POP_LIST], DB_ARGS(cx->who->ambito, ente, (int64_t)YEARS),
                   popolazione_fields, sizeof(struct popolazione), YEARS, list);
}

bool popolazione_save(struct cx *cx, struct id ente, const struct popolazione *figure)
{
    return db_do(cx, &sql[SQL_POP_PUT],
                 DB_ARGS(cx->who->ambito, ente, figure->anno, figure->abitanti, figure->over65,
                         figure->famiglie),
                 NULL);
}

/* ---- services ---------------------------------------------------------------------------- */

bool servizio_load(struct cx *cx, struct id id, struct servizio *servizio)
{
    return db_one(cx, &sql[SQL_SERV_LOAD], DB_ARGS(cx->who->ambito, id), servizio_fields, servizio);
}

bool servizio_by_code(struct cx *cx, const char *codice, struct servizio *servizio, bool *found)
{
    return db_maybe(cx, &sql[SQL_SERV_BY_CODE], DB_ARGS(cx->who->ambito, codice), servizio_fields,
                    servizio, found);
}

bool servizio_list(struct cx *cx, struct list *list)
{
    return db_list(cx, &sql[SQL_SERV_LIST], DB_ARGS(cx->who->ambito, (int64_t)SERVIZI_MAX),
                   servizio_fields, sizeof(struct servizio), SERVIZI_MAX, list);
}

bool servizio_save(struct cx *cx, struct servizio *servizio)
{
    if (servizio->id.n == 0)
        servizio->id = cx_id(cx);
    servizio->ambito = cx->who->ambito;
    return db_do(cx, &sql[SQL_SERV_PUT],
                 DB_ARGS(servizio->id, servizio->ambito, servizio->codice, servizio->nome,
                         servizio->unita, servizio->area_bilancio, servizio->voce_bilancio),
                 NULL);
}
