/* Rules of the plans: kept, listed, imported. */
#include "mod/enti/enti.h"
#include "mod/fatturazione/store.h"

#include <string.h>

/* A rule as its table has it. */
struct regola_tabella {
    struct id id;
    const char *servizio, *variante, *tipo, *nome, *base, *atto;
    int64_t da, a, giorni, proroghe;
    struct money importo, non_residenti;
    struct rate quota;
    struct day dal, al;
};
#define R(member) FIELD(regola_tabella, member)
static const struct field regola_fields[] = {
    R(id),       R(servizio), R(variante), R(tipo),          R(nome),  R(base),
    R(da),       R(a),        R(importo),  R(non_residenti), R(quota), R(giorni),
    R(proroghe), R(dal),      R(al),       R(atto),          FIELD_END};
#undef R

#define REGOLA                                                                                     \
    "SELECT id, servizio, variante, tipo, nome, base, da, a, importo, non_residenti, quota,"       \
    " giorni, proroghe, dal, al, atto FROM regola "

enum { SQL_REGOLE, SQL_REGOLA_TWINS, SQL_REGOLA_ADD, SQL_REGOLA_END, STATEMENTS };
static const struct db_sql sql[STATEMENTS] = {
    [SQL_REGOLE] = {"regola_list", REGOLA "WHERE ambito = $1 AND (servizio = $2 OR $2 = '') AND"
                                          " dal <= $3 AND (al IS NULL OR al >= $3)"
                                          " ORDER BY servizio, dal, id LIMIT $4"},
    [SQL_REGOLA_TWINS] = {"regola_twins",
                          REGOLA "WHERE ambito = $1 AND servizio = $2 AND tipo = $3 AND"
                                 " coalesce(variante, '') = $4 AND coalesce(nome, '') = $5"
                                 " ORDER BY dal, id LIMIT $6"},
    [SQL_REGOLA_ADD] = {"regola_add",
                        "INSERT INTO regola (id, ambito, servizio, variante, tipo, nome, base, da,"
                        " a, importo, non_residenti, quota, giorni, proroghe, dal, al, atto) VALUES"
                        " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
                        " $17)"},
    [SQL_REGOLA_END] = {"regola_end", "UPDATE regola SET al = $3 WHERE ambito = $1 AND id = $2"},
};
const struct db_registry regola_registry = {"fatturazione/regola", sql, STATEMENTS};

/* ---- rules --------------------------------------------------------------------------------- */

static void of_tabella(const struct list *rows, struct arena *arena, struct list *list)
{
    struct regola *items = ARENA_NEWS(arena, struct regola, rows->count + 1);
    size_t count = 0;
    LIST_EACH (rows, const struct regola_tabella, r)
        items[count++] =
            (struct regola){.id = r->id,
                            .servizio = r->servizio,
                            .variante = r->variante,
                            .tipo = regola_tipo_parse(r->tipo),
                            .nome = r->nome,
                            .base = regola_base_parse(r->base),
                            .da = r->da,
                            .a = r->a,
                            .importo = r->importo,
                            .non_residenti = r->non_residenti,
                            .quota = r->quota,
                            .giorni = r->giorni,
                            .proroghe = r->proroghe,
                            .validita = {r->dal, day_known(r->al) ? day_add(r->al, 1) : DAY_MAX},
                            .atto = r->atto};
    *list = (struct list){items, count, sizeof *items, rows->clipped};
}

bool regola_list(struct cx *cx, const char *servizio, struct day giorno, struct list *list)
{
    struct list rows;
    if (!db_list(
            cx, &sql[SQL_REGOLE],
            DB_ARGS(cx->who->ambito, servizio != NULL ? servizio : "", giorno, (int64_t)REGOLE_MAX),
            regola_fields, sizeof(struct regola_tabella), REGOLE_MAX, &rows))
        return false;
    of_tabella(&rows, cx->arena, list);
    return true;
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static struct day last_day(const struct regola *r)
{
    return day_cmp(r->validita.to, DAY_MAX) >= 0 ? DAY_NONE : day_add(r->validita.to, -1);
}

static bool same_rule(const struct regola *a, const struct regola *b)
{
    return a->base == b->base && a->da == b->da && a->a == b->a &&
           a->importo.cents == b->importo.cents &&
           a->non_residenti.cents == b->non_residenti.cents && a->quota.num == b->quota.num &&
           a->quota.den == b->quota.den && a->giorni == b->giorni && a->proroghe == b->proroghe &&
           a->validita.from.n == b->validita.from.n &&
           strcmp(or_empty(a->atto), or_empty(b->atto)) == 0;
}

/* The open one before a new rule ends the day before; others may not share a day with it. */
static bool make_room(struct cx *cx, const struct regola *r, const struct list *twins, bool *there)
{
    LIST_EACH (twins, const struct regola, old) {
        if (same_rule(old, r)) {
            *there = true;
            return true;
        }
        if (!period_overlaps(old->validita, r->validita))
            continue;
        if (day_cmp(old->validita.from, r->validita.from) >= 0 || day_known(last_day(old)))
            return FAIL(cx, ERR_INPUT, "%s, %s: c’è già una regola che vale negli stessi giorni",
                        r->servizio, regola_tipo_name(r->tipo));
        if (!db_do(cx, &sql[SQL_REGOLA_END],
                   DB_ARGS(cx->who->ambito, old->id, day_add(r->validita.from, -1)), NULL))
            return false;
    }
    return true;
}

static bool import_rule(struct cx *cx, const struct regola *r, size_t *nuove)
{
    struct list rows, twins;
    struct servizio servizio;
    bool there = false, found;
    if (!servizio_by_code(cx, r->servizio, &servizio, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_INPUT, "non c’è un servizio «%s»", r->servizio);
    if (!db_list(cx, &sql[SQL_REGOLA_TWINS],
                 DB_ARGS(cx->who->ambito, r->servizio, regola_tipo_name(r->tipo),
                         or_empty(r->variante), or_empty(r->nome), (int64_t)REGOLE_MAX),
                 regola_fields, sizeof(struct regola_tabella), REGOLE_MAX, &rows))
        return false;
    of_tabella(&rows, cx->arena, &twins);
    if (!make_room(cx, r, &twins, &there) || there)
        return there;
    (*nuove)++;
    return db_do(cx, &sql[SQL_REGOLA_ADD],
                 DB_ARGS(cx_id(cx), cx->who->ambito, r->servizio, r->variante,
                         regola_tipo_name(r->tipo), r->nome, regola_base_name(r->base), r->da, r->a,
                         r->importo, r->non_residenti, r->quota, r->giorni, r->proroghe,
                         r->validita.from, last_day(r), r->atto),
                 NULL);
}

bool regole_import(struct cx *cx, const struct regola *regole, size_t count, size_t *nuove)
{
    *nuove = 0;
    for (size_t i = 0; i < count; i++)
        if (!import_rule(cx, &regole[i], nuove))
            return false;
    return true;
}

extern const char regole_2025_tsv[];

bool fatturazione_demo(struct cx *cx)
{
    struct regola *regole;
    size_t count, nuove;
    return regole_read(cx->arena, &cx->err, "regole_2025.tsv", regole_2025_tsv, &regole, &count) &&
           regole_import(cx, regole, count, &nuove);
}
