#include "mod/fatturazione/regole.h"

#include "base/tsv.h"

static bool read_day(struct tsv *tsv, const char *column, struct day *day)
{
    const char *text = tsv_text(tsv, column);
    *day = DAY_NONE;
    return *text == '\0' || day_parse(text, day) ||
           tsv_fail(tsv, column, "non è una data: si scrive 2025-01-31");
}

static bool read_rate(struct tsv *tsv, const char *column, struct rate *rate)
{
    const char *text = tsv_text(tsv, column);
    *rate = (struct rate){0, 0};
    return *text == '\0' || rate_parse(text, rate) ||
           tsv_fail(tsv, column, "non è una quota: si scrive 25 % oppure 12/235");
}

static const char *text_or_null(struct tsv *tsv, const char *column)
{
    const char *text = tsv_text(tsv, column);
    return *text != '\0' ? arena_strdup(tsv->arena, text) : NULL;
}

static bool read_row(struct tsv *tsv, struct regola *r)
{
    struct day dal, al;
    const char *campo, *fault;
    *r = (struct regola){
        .servizio = text_or_null(tsv, "servizio"),
        .variante = text_or_null(tsv, "variante"),
        .tipo = regola_tipo_parse(tsv_text(tsv, "regola")),
        .nome = text_or_null(tsv, "nome"),
        .base = regola_base_parse(tsv_text(tsv, "base")),
        .da = tsv_int(tsv, "da"),
        .a = tsv_int(tsv, "a"),
        .importo = tsv_money(tsv, "importo"),
        .non_residenti = tsv_money(tsv, "non_residenti"),
        .giorni = tsv_int(tsv, "giorni"),
        .proroghe = tsv_int(tsv, "proroghe"),
        .atto = text_or_null(tsv, "atto"),
    };
    if (tsv->err->code != ERR_NONE || !read_rate(tsv, "quota", &r->quota) ||
        !read_day(tsv, "dal", &dal) || !read_day(tsv, "al", &al))
        return false;
    if (r->servizio == NULL)
        return tsv_fail(tsv, "servizio", "manca");
    if (!day_known(dal))
        return tsv_fail(tsv, "dal", "manca");
    r->validita = (struct period){dal, day_known(al) ? day_add(al, 1) : DAY_MAX};
    fault = regola_check(r, &campo);
    return fault == NULL || tsv_fail(tsv, campo, fault);
}

bool regole_read(struct arena *arena, struct err *err, const char *name, const char *text,
                 struct regola **regole, size_t *count)
{
    struct tsv tsv;
    *regole = ARENA_NEWS(arena, struct regola, REGOLE_MAX);
    *count = 0;
    if (!tsv_start(&tsv, arena, err, name, text))
        return false;
    while (tsv_next(&tsv)) {
        if (*count == REGOLE_MAX)
            return tsv_fail(&tsv, "regola", "troppe regole in una tabella");
        if (!read_row(&tsv, &(*regole)[*count]))
            return false;
        (*count)++;
    }
    return err->code == ERR_NONE;
}
