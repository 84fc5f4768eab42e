#include "mod/bilancio/store.h"

#include <string.h>

extern const char bilancio_model_sql[];
const struct db_schema bilancio_schema = {"bilancio", bilancio_model_sql, NULL};

/* ---- rows ------------------------------------------------------------------------------- */

static const struct field anno_fields[] = {FIELD(bilancio_anno, anno), FIELD(bilancio_anno, stato),
                                           FIELD(bilancio_anno, atto), FIELD_END};
static const struct field area_fields[] = {FIELD(area, id), FIELD(area, nome), FIELD(area, ordine),
                                           FIELD_END};
static const struct field voce_fields[] = {FIELD(voce, id),        FIELD(voce, area),
                                           FIELD(voce, nome),      FIELD(voce, ordine),
                                           FIELD(voce, stanziato), FIELD_END};
static const struct field fonte_fields[] = {
    FIELD(fonte, id),          FIELD(fonte, nome), FIELD(fonte, vincolata), FIELD(fonte, ordine),
    FIELD(fonte, disponibile), FIELD(fonte, atto), FIELD(fonte, entro),     FIELD_END};
static const struct field cella_fields[] = {FIELD(cella, voce), FIELD(cella, fonte),
                                            FIELD(cella, importo), FIELD_END};
static const struct field vincolo_fields[] = {FIELD(vincolo, fonte), FIELD(vincolo, area),
                                              FIELD(vincolo, voce), FIELD_END};
static const struct field somma_fields[] = {FIELD(voce_somma, voce), FIELD(voce_somma, impegnato),
                                            FIELD(voce_somma, speso), FIELD(voce_somma, quante),
                                            FIELD_END};
static const struct field stato_fields[] = {FIELD(voce_stato, stanziato),
                                            FIELD(voce_stato, impegnato), FIELD(voce_stato, speso),
                                            FIELD_END};
const struct field spesa_fields[] = {FIELD(spesa, id),          FIELD(spesa, voce),
                                     FIELD(spesa, anno),        FIELD(spesa, giorno),
                                     FIELD(spesa, importo),     FIELD(spesa, liquidata),
                                     FIELD(spesa, causa_tipo),  FIELD(spesa, causa),
                                     FIELD(spesa, descrizione), FIELD_END};

/* ---- statements ------------------------------------------------------------------------- */

enum {
    SQL_YEARS,
    SQL_YEAR,
    SQL_YEAR_ADD,
    SQL_AREE,
    SQL_VOCI,
    SQL_FONTI,
    SQL_CELLE,
    SQL_VINCOLI,
    SQL_AREA_FIND,
    SQL_VOCE_FIND,
    SQL_FONTE_FIND,
    SQL_AREA_ADD,
    SQL_VOCE_ADD,
    SQL_FONTE_ADD,
    SQL_VINCOLO_ADD,
    SQL_STANZIAMENTO_ADD,
    SQL_DISPONIBILITA_ADD,
    SQL_CELLA_ADD,
    SQL_VOCE_BY_NAME,
    SQL_STATO,
    SQL_SOMME,
    SQL_SPESA_SAVE,
    SQL_SPESA_DELETE,
    SQL_HAS_VOCE,
    SQL_VOCE_EXISTS,
    SQL_COUNT
};

static const struct db_sql sql[SQL_COUNT] = {
    [SQL_YEARS] = {"bilancio_years", "SELECT anno, stato, atto FROM bilancio WHERE ambito = $1"
                                     " ORDER BY anno DESC LIMIT $2"},
    [SQL_YEAR] = {"bilancio_year",
                  "SELECT anno, stato, atto FROM bilancio WHERE ambito = $1 AND anno = $2"},
    [SQL_YEAR_ADD] = {"bilancio_add",
                      "INSERT INTO bilancio (ambito, anno, stato, atto) VALUES ($1, $2, $3, $4)"},
    [SQL_AREE] = {"bilancio_aree",
                  "SELECT id, nome, ordine FROM area WHERE ambito = $1 ORDER BY ordine, id"
                  " LIMIT $2"},
    [SQL_VOCI] =
        {"bilancio_voci",
         "SELECT v.id, v.area, v.nome, v.ordine, s.importo AS stanziato"
         " FROM stanziamento s JOIN voce v ON v.id = s.voce JOIN area a ON a.id = v.area"
         " WHERE s.ambito = $1 AND s.anno = $2 ORDER BY a.ordine, v.ordine, v.id LIMIT $3"},
    [SQL_FONTI] = {"bilancio_fonti",
                   "SELECT f.id, f.nome, f.vincolata, f.ordine, d.importo AS disponibile, d.atto,"
                   " d.entro FROM disponibilita d JOIN fonte f ON f.id = d.fonte"
                   " WHERE d.ambito = $1 AND d.anno = $2 ORDER BY f.ordine, f.id LIMIT $3"},
    [SQL_CELLE] = {"bilancio_celle",
                   "SELECT voce, fonte, importo FROM cella WHERE ambito = $1 AND anno = $2"
                   " ORDER BY voce, fonte LIMIT $3"},
    [SQL_VINCOLI] = {"bilancio_vincoli", "SELECT fonte, area, voce FROM vincolo WHERE ambito = $1"
                                         " ORDER BY fonte, area, voce LIMIT $2"},
    [SQL_AREA_FIND] = {"area_find", "SELECT max(id) FROM area WHERE ambito = $1 AND nome = $2"},
    [SQL_VOCE_FIND] = {"voce_find", "SELECT max(id) FROM voce WHERE ambito = $1 AND nome = $2"},
    [SQL_FONTE_FIND] = {"fonte_find", "SELECT max(id) FROM fonte WHERE ambito = $1 AND nome = $2"},
    [SQL_AREA_ADD] = {"area_add",
                      "INSERT INTO area (ambito, id, nome, ordine) VALUES ($1, $2, $3, $4)"},
    [SQL_VOCE_ADD] = {"voce_add", "INSERT INTO voce (ambito, id, area, nome, ordine)"
                                  " VALUES ($1, $2, $3, $4, $5)"},
    [SQL_FONTE_ADD] = {"fonte_add", "INSERT INTO fonte (ambito, id, nome, ordine, vincolata)"
                                    " VALUES ($1, $2, $3, $4, $5)"},
    [SQL_VINCOLO_ADD] = {"vincolo_add", "INSERT INTO vincolo (ambito, fonte, area, voce)"
                                        " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"},
    [SQL_STANZIAMENTO_ADD] = {"stanziamento_add",
                              "INSERT INTO stanziamento (ambito, anno, voce, importo)"
                              " VALUES ($1, $2, $3, $4)"},
    [SQL_DISPONIBILITA_ADD] = {"disponibilita_add",
                               "INSERT INTO disponibilita (ambito, anno, fonte, importo, atto,"
                               " entro) VALUES ($1, $2, $3, $4, $5, $6)"},
    [SQL_CELLA_ADD] = {"cella_add", "INSERT INTO cella (ambito, anno, voce, fonte, importo)"
                                    " VALUES ($1, $2, $3, $4, $5)"},
    [SQL_VOCE_BY_NAME] = {"voce_by_name",
                          "SELECT max(v.id) FROM voce v JOIN stanziamento s ON s.voce = v.id"
                          " WHERE v.ambito = $1 AND v.nome = $3 AND s.ambito = $1 AND s.anno = $2"},
    [SQL_STATO] = {"voce_stato",
                   "SELECT s.importo AS stanziato,"
                   " CAST(COALESCE((SELECT SUM(p.importo) FROM spesa p WHERE p.ambito = $1"
                   " AND p.anno = $2 AND p.voce = $3), 0) AS @INT) AS impegnato,"
                   " CAST(COALESCE((SELECT SUM(p.importo) FROM spesa p WHERE p.ambito = $1"
                   " AND p.anno = $2 AND p.voce = $3 AND p.liquidata = $4), 0) AS @INT) AS speso"
                   " FROM stanziamento s WHERE s.ambito = $1 AND s.anno = $2 AND s.voce = $3"},
    [SQL_SOMME] = {"spesa_somme",
                   "SELECT voce, CAST(SUM(importo) AS @INT) AS impegnato,"
                   " CAST(SUM(CASE WHEN liquidata = $3 THEN importo ELSE 0 END) AS @INT) AS speso,"
                   " COUNT(*) AS quante FROM spesa WHERE ambito = $1 AND anno = $2"
                   " GROUP BY voce ORDER BY voce LIMIT $4"},
    [SQL_SPESA_SAVE] = {"spesa_save",
                        "INSERT INTO spesa (id, ambito, voce, anno, giorno, importo, liquidata,"
                        " causa_tipo, causa, descrizione, modificata)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                        " ON CONFLICT (ambito, causa_tipo, causa) DO UPDATE SET"
                        " voce = excluded.voce, anno = excluded.anno, giorno = excluded.giorno,"
                        " importo = excluded.importo, liquidata = excluded.liquidata,"
                        " descrizione = excluded.descrizione, modificata = excluded.modificata"
                        " RETURNING id"},
    [SQL_SPESA_DELETE] = {"spesa_delete", "DELETE FROM spesa WHERE ambito = $1 AND causa_tipo = $2"
                                          " AND causa = $3"},
    [SQL_HAS_VOCE] = {"stanziamento_has", "SELECT count(*) FROM stanziamento WHERE ambito = $1"
                                          " AND anno = $2 AND voce = $3"},
    [SQL_VOCE_EXISTS] = {"voce_exists", "SELECT count(*) FROM voce WHERE ambito = $1 AND id = $2"},
};

const struct db_registry bilancio_registry = {"bilancio", sql, SQL_COUNT};

/* ---- budgets ---------------------------------------------------------------------------- */

bool bilancio_years(struct cx *cx, struct list *list)
{
    enum { YEARS = 60 };
    return db_list(cx, &sql[SQL_YEARS], DB_ARGS(cx->who->ambito, (int64_t)YEARS), anno_fields,
                   sizeof(struct bilancio_anno), YEARS, list);
}

bool store_bilancio_exists(struct cx *cx, int64_t anno, bool *exists)
{
    struct bilancio_anno year;
    return db_maybe(cx, &sql[SQL_YEAR], DB_ARGS(cx->who->ambito, anno), anno_fields, &year, exists);
}

static bool load_amounts(struct cx *cx, struct bilancio *b)
{
    struct id ambito = cx->who->ambito;
    struct list voci, fonti, celle;
    if (!db_list(cx, &sql[SQL_VOCI], DB_ARGS(ambito, b->anno, (int64_t)VOCI_MAX), voce_fields,
                 sizeof(struct voce), VOCI_MAX, &voci) ||
        !db_list(cx, &sql[SQL_FONTI], DB_ARGS(ambito, b->anno, (int64_t)FONTI_MAX), fonte_fields,
                 sizeof(struct fonte), FONTI_MAX, &fonti) ||
        !db_list(cx, &sql[SQL_CELLE], DB_ARGS(ambito, b->anno, (int64_t)CELLE_MAX), cella_fields,
                 sizeof(struct cella), CELLE_MAX, &celle))
        return false;
    b->voci = voci.items;
    b->voci_count = voci.count;
    b->fonti = fonti.items;
    b->fonti_count = fonti.count;
    b->celle = celle.items;
    b->celle_count = celle.count;
    return true;
}

bool bilancio_load(struct cx *cx, int64_t anno, struct bilancio *bilancio, bool *found)
{
    struct id ambito = cx->who->ambito;
    struct bilancio_anno year;
    struct list aree, vincoli;
    *bilancio = (struct bilancio){.anno = anno};
    if (!db_maybe(cx, &sql[SQL_YEAR], DB_ARGS(ambito, anno), anno_fields, &year, found))
        return false;
    if (!*found)
        return true;
    if (!db_list(cx, &sql[SQL_AREE], DB_ARGS(ambito, (int64_t)AREE_MAX), area_fields,
                 sizeof(struct area), AREE_MAX, &aree) ||
        !db_list(cx, &sql[SQL_VINCOLI], DB_ARGS(ambito, (int64_t)VINCOLI_MAX), vincolo_fields,
                 sizeof(struct vincolo), VINCOLI_MAX, &vincoli))
        return false;
    bilancio->stato = year.stato;
    bilancio->atto = year.atto;
    bilancio->aree = aree.items;
    bilancio->aree_count = aree.count;
    bilancio->vincoli = vincoli.items;
    bilancio->vincoli_count = vincoli.count;
    return load_amounts(cx, bilancio);
}

bool store_bilancio_add(struct cx *cx, const struct bilancio *b)
{
    struct id ambito = cx->who->ambito;
    if (!db_do(cx, &sql[SQL_YEAR_ADD], DB_ARGS(ambito, b->anno, b->stato, b->atto), NULL))
        return false;
    for (size_t i = 0; i < b->voci_count; i++)
        if (!db_do(cx, &sql[SQL_STANZIAMENTO_ADD],
                   DB_ARGS(ambito, b->anno, b->voci[i].id, b->voci[i].stanziato), NULL))
            return false;
    for (size_t i = 0; i < b->fonti_count; i++) {
        const struct fonte *fonte = &b->fonti[i];
        if (!db_do(
                cx, &sql[SQL_DISPONIBILITA_ADD],
                DB_ARGS(ambito, b->anno, fonte->id, fonte->disponibile, fonte->atto, fonte->entro),
                NULL))
            return false;
    }
    for (size_t i = 0; i < b->celle_count; i++)
        if (!db_do(
                cx, &sql[SQL_CELLA_ADD],
                DB_ARGS(ambito, b->anno, b->celle[i].voce, b->celle[i].fonte, b->celle[i].importo),
                NULL))
            return false;
    for (size_t i = 0; i < b->vincoli_count; i++)
        if (!db_do(cx, &sql[SQL_VINCOLO_ADD],
                   DB_ARGS(ambito, b->vincoli[i].fonte, b->vincoli[i].area, b->vincoli[i].voce),
                   NULL))
            return false;
    return true;
}

/* ---- areas, items, sources -------------------------------------------------------------- */

static bool find(struct cx *cx, const struct db_sql *statement, const char *nome, struct id *id)
{
    int64_t found = INT_NONE;
    if (!db_int(cx, statement, DB_ARGS(cx->who->ambito, nome), &found))
        return false;
    id->n = found == INT_NONE ? 0 : found;
    return true;
}

bool store_area_find(struct cx *cx, const char *nome, struct id *id)
{
    return find(cx, &sql[SQL_AREA_FIND], nome, id);
}

bool store_voce_find(struct cx *cx, const char *nome, struct id *id)
{
    return find(cx, &sql[SQL_VOCE_FIND], nome, id);
}

bool store_fonte_find(struct cx *cx, const char *nome, struct id *id)
{
    return find(cx, &sql[SQL_FONTE_FIND], nome, id);
}

bool store_area_add(struct cx *cx, const struct area *area)
{
    return db_do(cx, &sql[SQL_AREA_ADD],
                 DB_ARGS(cx->who->ambito, area->id, area->nome, area->ordine), NULL);
}

bool store_voce_add(struct cx *cx, const struct voce *voce)
{
    return db_do(cx, &sql[SQL_VOCE_ADD],
                 DB_ARGS(cx->who->ambito, voce->id, voce->area, voce->nome, voce->ordine), NULL);
}

bool store_fonte_add(struct cx *cx, const struct fonte *fonte)
{
    return db_do(cx, &sql[SQL_FONTE_ADD],
                 DB_ARGS(cx->who->ambito, fonte->id, fonte->nome, fonte->ordine, fonte->vincolata),
                 NULL);
}

bool store_voce_exists(struct cx *cx, struct id voce, bool *exists)
{
    int64_t count = 0;
    bool done = db_int(cx, &sql[SQL_VOCE_EXISTS], DB_ARGS(cx->who->ambito, voce), &count);
    *exists = count > 0;
    return done;
}

bool voce_by_name(struct cx *cx, int64_t anno, const char *nome, struct id *id, bool *found)
{
    int64_t voce = INT_NONE;
    if (!db_int(cx, &sql[SQL_VOCE_BY_NAME], DB_ARGS(cx->who->ambito, anno, nome), &voce))
        return false;
    *found = voce != INT_NONE;
    id->n = *found ? voce : 0;
    return true;
}

/* ---- costs ------------------------------------------------------------------------------ */

bool voce_stato(struct cx *cx, struct id voce, int64_t anno, struct voce_stato *stato)
{
    struct voce_stato read;
    if (!db_one(cx, &sql[SQL_STATO], DB_ARGS(cx->who->ambito, anno, voce, true), stato_fields,
                &read))
        return false;
    *stato = voce_state(read.stanziato, read.impegnato, read.speso);
    return true;
}

bool store_somme(struct cx *cx, int64_t anno, struct list *list)
{
    return db_list(cx, &sql[SQL_SOMME], DB_ARGS(cx->who->ambito, anno, true, (int64_t)VOCI_MAX),
                   somma_fields, sizeof(struct voce_somma), VOCI_MAX, list);
}

bool spesa_save(struct cx *cx, struct spesa *spesa)
{
    int64_t given = 0;
    if (!db_int(cx, &sql[SQL_HAS_VOCE], DB_ARGS(cx->who->ambito, spesa->anno, spesa->voce), &given))
        return false;
    if (given == 0)
        return FAIL(cx, ERR_INPUT, "nel %lld la voce non ha uno stanziamento",
                    (long long)spesa->anno);
    return db_int(cx, &sql[SQL_SPESA_SAVE],
                  DB_ARGS(cx_id(cx), cx->who->ambito, spesa->voce, spesa->anno, spesa->giorno,
                          spesa->importo, spesa->liquidata, spesa->causa_tipo, spesa->causa,
                          spesa->descrizione, cx->now),
                  &spesa->id.n);
}

bool spesa_delete(struct cx *cx, const char *causa_tipo, struct id causa)
{
    return db_do(cx, &sql[SQL_SPESA_DELETE], DB_ARGS(cx->who->ambito, causa_tipo, causa), NULL);
}

/* Key of a page: "2025-03-31|<id>". */
const char *store_spesa_key(struct cx *cx, const struct spesa *spesa)
{
    char day[DAY_TEXT], id[ID_TEXT];
    return arena_printf(cx->arena, "%s|%s", day_iso(spesa->giorno, day), id_text(spesa->id, id));
}

bool store_spesa_rows(struct cx *cx, struct id voce, int64_t anno, const char *after, size_t limit,
                      struct list *rows)
{
    struct db_query q;
    db_query_start(&q, cx, "spesa_rows",
                   "SELECT id, voce, anno, giorno, importo, liquidata, causa_tipo, causa,"
                   " descrizione FROM spesa WHERE ambito = $1 AND anno = $2 AND voce = $3",
                   DB_ARGS(cx->who->ambito, anno, voce));
    if (after != NULL) {
        const char *bar = strchr(after, '|');
        struct day day;
        struct id id;
        if (bar == NULL ||
            !day_parse_iso(arena_strndup(cx->arena, after, (size_t)(bar - after)), &day) ||
            !id_parse(bar + 1, &id))
            return FAIL(cx, ERR_INPUT, "segno di pagina sconosciuto");
        db_query_add(&q, " AND (giorno, id) < ($1, $2)", DB_ARGS(day, id));
    }
    db_query_add(&q, " ORDER BY giorno DESC, id DESC LIMIT $1", DB_ARGS((int64_t)limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), spesa_fields, sizeof(struct spesa),
                   limit, rows);
}
