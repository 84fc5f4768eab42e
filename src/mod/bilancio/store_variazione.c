/* Amendments as they are kept, and the amounts that they move. */
#include "mod/bilancio/store_sql.h"

const struct field variazione_fields[] = {
    FIELD(variazione_salvata, id),         FIELD(variazione_salvata, anno),
    FIELD(variazione_salvata, numero),     FIELD(variazione_salvata, giorno),
    FIELD(variazione_salvata, atto),       FIELD(variazione_salvata, motivo),
    FIELD(variazione_salvata, base),       FIELD(variazione_salvata, esito),
    FIELD(variazione_salvata, versione),   FIELD(variazione_salvata, scritta),
    FIELD(variazione_salvata, scritta_da), FIELD_END};
static const struct field salvata_fields[] = {
    FIELD(variazione_riga_salvata, variazione), FIELD(variazione_riga_salvata, voce),
    FIELD(variazione_riga_salvata, fonte), FIELD(variazione_riga_salvata, importo), FIELD_END};

/* ---- reading ---------------------------------------------------------------------------- */

bool store_variazione_load(struct cx *cx, struct id id, struct variazione_salvata *v)
{
    return db_one(cx, &bilancio_sql[SQL_VAR_LOAD], DB_ARGS(cx->who->ambito, id), variazione_fields,
                  v);
}

bool store_variazione_list(struct cx *cx, int64_t anno, struct list *list)
{
    return db_list(cx, &bilancio_sql[SQL_VAR_LIST],
                   DB_ARGS(cx->who->ambito, anno, (int64_t)VARIAZIONI_MAX), variazione_fields,
                   sizeof(struct variazione_salvata), VARIAZIONI_MAX, list);
}

bool store_variazioni_righe(struct cx *cx, int64_t anno, struct list *list)
{
    enum { MOST = CELLE_MAX };
    return db_list(cx, &bilancio_sql[SQL_VAR_YEAR_RIGHE],
                   DB_ARGS(cx->who->ambito, anno, (int64_t)MOST), salvata_fields,
                   sizeof(struct variazione_riga_salvata), MOST, list);
}

bool store_variazione_righe(struct cx *cx, struct id id, struct variazione *lines)
{
    struct list list;
    if (!db_list(cx, &bilancio_sql[SQL_VAR_RIGHE], DB_ARGS(cx->who->ambito, id, (int64_t)RIGHE_MAX),
                 salvata_fields, sizeof(struct variazione_riga_salvata), RIGHE_MAX, &list))
        return false;
    lines->righe = ARENA_NEWS(cx->arena, struct variazione_riga, list.count + 1);
    lines->righe_count = 0;
    LIST_EACH (&list, const struct variazione_riga_salvata, riga)
        lines->righe[lines->righe_count++] =
            (struct variazione_riga){riga->voce, riga->fonte, riga->importo};
    return true;
}

/* ---- drafts ----------------------------------------------------------------------------- */

static bool add_lines(struct cx *cx, struct id id, const struct variazione *lines)
{
    for (size_t i = 0; i < lines->righe_count; i++)
        if (!db_do(cx, &bilancio_sql[SQL_VAR_RIGA_ADD],
                   DB_ARGS(cx->who->ambito, id, (int64_t)i + 1, lines->righe[i].voce,
                           lines->righe[i].fonte, lines->righe[i].importo),
                   NULL))
            return false;
    return true;
}

bool store_variazione_add(struct cx *cx, const struct variazione_salvata *v,
                          const struct variazione *lines)
{
    return db_do(cx, &bilancio_sql[SQL_VAR_ADD],
                 DB_ARGS(v->id, cx->who->ambito, v->anno, v->giorno, v->atto, v->motivo, v->base,
                         cx->now, v->scritta_da),
                 NULL) &&
           add_lines(cx, v->id, lines);
}

static bool changed_one(struct cx *cx, int64_t changed)
{
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "la bozza è cambiata nel frattempo");
}

bool store_variazione_set(struct cx *cx, const struct variazione_salvata *v,
                          const struct variazione *lines)
{
    int64_t changed = 0;
    return db_do(cx, &bilancio_sql[SQL_VAR_SET],
                 DB_ARGS(cx->who->ambito, v->id, v->giorno, v->atto, v->motivo, v->base, cx->now,
                         v->scritta_da, v->versione),
                 &changed) &&
           changed_one(cx, changed) &&
           db_do(cx, &bilancio_sql[SQL_VAR_RIGHE_DROP], DB_ARGS(cx->who->ambito, v->id), NULL) &&
           add_lines(cx, v->id, lines);
}

bool store_variazione_drop(struct cx *cx, struct id id, int64_t versione)
{
    int64_t changed = 0;
    return db_do(cx, &bilancio_sql[SQL_VAR_RIGHE_DROP], DB_ARGS(cx->who->ambito, id), NULL) &&
           db_do(cx, &bilancio_sql[SQL_VAR_DROP], DB_ARGS(cx->who->ambito, id, versione),
                 &changed) &&
           changed_one(cx, changed);
}

/* ---- amounts ---------------------------------------------------------------------------- */

bool store_stanziamento_open(struct cx *cx, int64_t anno, struct id voce)
{
    return db_do(cx, &bilancio_sql[SQL_STANZIAMENTO_MOVE],
                 DB_ARGS(cx->who->ambito, anno, voce, MONEY(0)), NULL);
}

bool store_disponibilita_open(struct cx *cx, int64_t anno, struct id fonte)
{
    return db_do(cx, &bilancio_sql[SQL_DISPONIBILITA_MOVE],
                 DB_ARGS(cx->who->ambito, anno, fonte, MONEY(0)), NULL);
}

static bool move_line(struct cx *cx, int64_t anno, const struct variazione_riga *riga)
{
    struct id ambito = cx->who->ambito;
    if (riga->voce.n == 0)
        return db_do(cx, &bilancio_sql[SQL_DISPONIBILITA_MOVE],
                     DB_ARGS(ambito, anno, riga->fonte, riga->importo), NULL);
    return db_do(cx, &bilancio_sql[SQL_STANZIAMENTO_MOVE],
                 DB_ARGS(ambito, anno, riga->voce, riga->importo), NULL) &&
           store_disponibilita_open(cx, anno, riga->fonte) &&
           db_do(cx, &bilancio_sql[SQL_CELLA_MOVE],
                 DB_ARGS(ambito, anno, riga->voce, riga->fonte, riga->importo), NULL);
}

static bool drop_zero(struct cx *cx, int64_t anno, const struct variazione_riga *riga)
{
    return riga->voce.n == 0 ||
           db_do(cx, &bilancio_sql[SQL_CELLA_ZERO],
                 DB_ARGS(cx->who->ambito, anno, riga->voce, riga->fonte), NULL);
}

bool store_bilancio_touch(struct cx *cx, int64_t anno, int64_t versione)
{
    int64_t changed = 0;
    if (!db_do(cx, &bilancio_sql[SQL_TOUCH], DB_ARGS(cx->who->ambito, anno, versione), &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "il bilancio è cambiato nel frattempo");
}

bool store_variazione_close(struct cx *cx, struct variazione_salvata *v,
                            const struct variazione *lines)
{
    int64_t changed = 0;
    if (!store_bilancio_touch(cx, v->anno, v->base) ||
        !db_int(cx, &bilancio_sql[SQL_VAR_NUMERO], DB_ARGS(cx->who->ambito, v->anno), &v->numero))
        return false;
    v->esito = v->base + 1;
    if (!db_do(cx, &bilancio_sql[SQL_VAR_CLOSE],
               DB_ARGS(cx->who->ambito, v->id, v->numero, v->base, v->esito, cx->now, v->scritta_da,
                       v->versione),
               &changed) ||
        !changed_one(cx, changed))
        return false;
    for (size_t i = 0; i < lines->righe_count; i++)
        if (!move_line(cx, v->anno, &lines->righe[i]))
            return false;
    for (size_t i = 0; i < lines->righe_count; i++)
        if (!drop_zero(cx, v->anno, &lines->righe[i]))
            return false;
    return true;
}

/* ---- state of the year, sources ----------------------------------------------------------- */

bool store_bilancio_state(struct cx *cx, const struct bilancio *b)
{
    return db_do(cx, &bilancio_sql[SQL_STATE],
                 DB_ARGS(cx->who->ambito, b->anno, b->stato, b->atto, b->giorno, b->consuntivo_atto,
                         b->consuntivo_giorno),
                 NULL);
}

bool store_fonte_set(struct cx *cx, int64_t anno, const struct fonte *fonte,
                     const struct vincolo *vincoli, size_t count)
{
    struct id ambito = cx->who->ambito;
    if (!db_do(cx, &bilancio_sql[SQL_FONTE_SET],
               DB_ARGS(ambito, fonte->id, fonte->vincolata, fonte->natura, fonte->avanzo), NULL) ||
        !db_do(cx, &bilancio_sql[SQL_FONTE_ANNO],
               DB_ARGS(ambito, anno, fonte->id, fonte->atto, fonte->competenza, fonte->entro,
                       fonte->rendiconto),
               NULL) ||
        !db_do(cx, &bilancio_sql[SQL_TOUCH_FONTE], DB_ARGS(ambito, anno, fonte->id), NULL) ||
        !db_do(cx, &bilancio_sql[SQL_VINCOLI_DROP], DB_ARGS(ambito, fonte->id), NULL))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!db_do(cx, &bilancio_sql[SQL_VINCOLO_ADD],
                   DB_ARGS(ambito, fonte->id, vincoli[i].area, vincoli[i].voce), NULL))
            return false;
    return true;
}
