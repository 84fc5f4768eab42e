#include "mod/bilancio/store_sql.h"

#include <string.h>

/* ---- rows ------------------------------------------------------------------------------- */

static const struct field anno_fields[] = {FIELD(bilancio_anno, anno),
                                           FIELD(bilancio_anno, stato),
                                           FIELD(bilancio_anno, atto),
                                           FIELD(bilancio_anno, giorno),
                                           FIELD(bilancio_anno, versione),
                                           FIELD(bilancio_anno, consuntivo_atto),
                                           FIELD(bilancio_anno, consuntivo_giorno),
                                           FIELD_END};
static const struct field area_fields[] = {FIELD(area, id), FIELD(area, nome), FIELD(area, ordine),
                                           FIELD_END};
static const struct field voce_fields[] = {FIELD(voce, id),        FIELD(voce, area),
                                           FIELD(voce, nome),      FIELD(voce, ordine),
                                           FIELD(voce, stanziato), FIELD_END};
static const struct field fonte_fields[] = {
    FIELD(fonte, id),         FIELD(fonte, nome),   FIELD(fonte, vincolata),   FIELD(fonte, natura),
    FIELD(fonte, avanzo),     FIELD(fonte, ordine), FIELD(fonte, disponibile), FIELD(fonte, atto),
    FIELD(fonte, competenza), FIELD(fonte, entro),  FIELD(fonte, rendiconto),  FIELD_END};
static const struct field cella_fields[] = {FIELD(cella, voce), FIELD(cella, fonte),
                                            FIELD(cella, importo), FIELD_END};
static const struct field vincolo_fields[] = {FIELD(vincolo, fonte), FIELD(vincolo, area),
                                              FIELD(vincolo, voce), FIELD_END};
const struct field spesa_fields[] = {FIELD(spesa, id),          FIELD(spesa, voce),
                                     FIELD(spesa, anno),        FIELD(spesa, giorno),
                                     FIELD(spesa, importo),     FIELD(spesa, liquidata),
                                     FIELD(spesa, causa_tipo),  FIELD(spesa, causa),
                                     FIELD(spesa, descrizione), FIELD_END};

/* ---- budgets ---------------------------------------------------------------------------- */

bool bilancio_years(struct cx *cx, struct list *list)
{
    enum { YEARS = 60 };
    return db_list(cx, &bilancio_sql[SQL_YEARS], DB_ARGS(cx->who->ambito, (int64_t)YEARS),
                   anno_fields, sizeof(struct bilancio_anno), YEARS, list);
}

bool store_bilancio_exists(struct cx *cx, int64_t anno, bool *exists)
{
    struct bilancio_anno year;
    return db_maybe(cx, &bilancio_sql[SQL_YEAR], DB_ARGS(cx->who->ambito, anno), anno_fields, &year,
                    exists);
}

static bool load_amounts(struct cx *cx, struct bilancio *b)
{
    struct id ambito = cx->who->ambito;
    struct list voci, fonti, celle;
    if (!db_list(cx, &bilancio_sql[SQL_VOCI], DB_ARGS(ambito, b->anno, (int64_t)VOCI_MAX),
                 voce_fields, sizeof(struct voce), VOCI_MAX, &voci) ||
        !db_list(cx, &bilancio_sql[SQL_FONTI], DB_ARGS(ambito, b->anno, (int64_t)FONTI_MAX),
                 fonte_fields, sizeof(struct fonte), FONTI_MAX, &fonti) ||
        !db_list(cx, &bilancio_sql[SQL_CELLE], DB_ARGS(ambito, b->anno, (int64_t)CELLE_MAX),
                 cella_fields, sizeof(struct cella), CELLE_MAX, &celle))
        return false;
    b->voci = voci.items;
    b->voci_count = voci.count;
    b->fonti = fonti.items;
    b->fonti_count = fonti.count;
    b->celle = celle.items;
    b->celle_count = celle.count;
    return true;
}

void bilancio_head(const struct bilancio_anno *year, struct bilancio *bilancio)
{
    *bilancio = (struct bilancio){.anno = year->anno,
                                  .stato = year->stato,
                                  .atto = year->atto,
                                  .giorno = year->giorno,
                                  .versione = year->versione,
                                  .consuntivo_atto = year->consuntivo_atto,
                                  .consuntivo_giorno = year->consuntivo_giorno};
}

bool bilancio_load(struct cx *cx, int64_t anno, struct bilancio *bilancio, bool *found)
{
    struct id ambito = cx->who->ambito;
    struct bilancio_anno year;
    struct list aree, vincoli;
    *bilancio = (struct bilancio){.anno = anno};
    if (!db_maybe(cx, &bilancio_sql[SQL_YEAR], DB_ARGS(ambito, anno), anno_fields, &year, found))
        return false;
    if (!*found)
        return true;
    if (!db_list(cx, &bilancio_sql[SQL_AREE], DB_ARGS(ambito, (int64_t)AREE_MAX), area_fields,
                 sizeof(struct area), AREE_MAX, &aree) ||
        !db_list(cx, &bilancio_sql[SQL_VINCOLI], DB_ARGS(ambito, (int64_t)VINCOLI_MAX),
                 vincolo_fields, sizeof(struct vincolo), VINCOLI_MAX, &vincoli))
        return false;
    bilancio_head(&year, bilancio);
    bilancio->aree = aree.items;
    bilancio->aree_count = aree.count;
    bilancio->vincoli = vincoli.items;
    bilancio->vincoli_count = vincoli.count;
    return load_amounts(cx, bilancio);
}

bool store_bilancio_add(struct cx *cx, const struct bilancio *b)
{
    struct id ambito = cx->who->ambito;
    if (!db_do(cx, &bilancio_sql[SQL_YEAR_ADD],
               DB_ARGS(ambito, b->anno, b->stato, b->atto, b->giorno), NULL))
        return false;
    for (size_t i = 0; i < b->voci_count; i++)
        if (!db_do(cx, &bilancio_sql[SQL_STANZIAMENTO_ADD],
                   DB_ARGS(ambito, b->anno, b->voci[i].id, b->voci[i].stanziato), NULL))
            return false;
    for (size_t i = 0; i < b->fonti_count; i++) {
        const struct fonte *fonte = &b->fonti[i];
        if (!db_do(cx, &bilancio_sql[SQL_DISPONIBILITA_ADD],
                   DB_ARGS(ambito, b->anno, fonte->id, fonte->disponibile, fonte->atto,
                           fonte->competenza, fonte->entro, fonte->rendiconto),
                   NULL))
            return false;
    }
    for (size_t i = 0; i < b->celle_count; i++)
        if (!db_do(
                cx, &bilancio_sql[SQL_CELLA_ADD],
                DB_ARGS(ambito, b->anno, b->celle[i].voce, b->celle[i].fonte, b->celle[i].importo),
                NULL))
            return false;
    for (size_t i = 0; i < b->vincoli_count; i++)
        if (!db_do(cx, &bilancio_sql[SQL_VINCOLO_ADD],
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
    return find(cx, &bilancio_sql[SQL_AREA_FIND], nome, id);
}

bool store_voce_find(struct cx *cx, const char *nome, struct id *id)
{
    return find(cx, &bilancio_sql[SQL_VOCE_FIND], nome, id);
}

bool store_fonte_find(struct cx *cx, const char *nome, struct id *id)
{
    return find(cx, &bilancio_sql[SQL_FONTE_FIND], nome, id);
}

bool store_area_add(struct cx *cx, const struct area *area)
{
    return db_do(cx, &bilancio_sql[SQL_AREA_ADD],
                 DB_ARGS(cx->who->ambito, area->id, area->nome, area->ordine), NULL);
}

bool store_voce_add(struct cx *cx, const struct voce *voce)
{
    return db_do(cx, &bilancio_sql[SQL_VOCE_ADD],
                 DB_ARGS(cx->who->ambito, voce->id, voce->area, voce->nome, voce->ordine), NULL);
}

bool store_fonte_add(struct cx *cx, const struct fonte *fonte)
{
    return db_do(cx, &bilancio_sql[SQL_FONTE_ADD],
                 DB_ARGS(cx->who->ambito, fonte->id, fonte->nome, fonte->ordine, fonte->vincolata,
                         fonte->natura, fonte->avanzo),
                 NULL);
}

bool store_voce_exists(struct cx *cx, struct id voce, bool *exists)
{
    int64_t count = 0;
    bool done = db_int(cx, &bilancio_sql[SQL_VOCE_EXISTS], DB_ARGS(cx->who->ambito, voce), &count);
    *exists = count > 0;
    return done;
}

bool store_fonte_exists(struct cx *cx, struct id fonte, bool *exists)
{
    int64_t count = 0;
    bool done =
        db_int(cx, &bilancio_sql[SQL_FONTE_EXISTS], DB_ARGS(cx->who->ambito, fonte), &count);
    *exists = count > 0;
    return done;
}

bool voce_by_name(struct cx *cx, int64_t anno, const char *nome, struct id *id, bool *found)
{
    int64_t voce = INT_NONE;
    if (!db_int(cx, &bilancio_sql[SQL_VOCE_BY_NAME], DB_ARGS(cx->who->ambito, anno, nome), &voce))
        return false;
    *found = voce != INT_NONE;
    id->n = *found ? voce : 0;
    return true;
}

/* ---- costs ------------------------------------------------------------------------------ */

bool spesa_save(struct cx *cx, struct spesa *spesa)
{
    int64_t given = 0;
    if (!db_int(cx, &bilancio_sql[SQL_HAS_VOCE], DB_ARGS(cx->who->ambito, spesa->anno, spesa->voce),
                &given))
        return false;
    if (given == 0)
        return FAIL(cx, ERR_INPUT, "nel %lld la voce non ha uno stanziamento",
                    (long long)spesa->anno);
    return db_int(cx, &bilancio_sql[SQL_SPESA_SAVE],
                  DB_ARGS(cx_id(cx), cx->who->ambito, spesa->voce, spesa->anno, spesa->giorno,
                          spesa->importo, spesa->liquidata, spesa->causa_tipo, spesa->causa,
                          spesa->descrizione, cx->now),
                  &spesa->id.n);
}

bool spesa_delete(struct cx *cx, const char *causa_tipo, struct id causa)
{
    return db_do(cx, &bilancio_sql[SQL_SPESA_DELETE], DB_ARGS(cx->who->ambito, causa_tipo, causa),
                 NULL);
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
