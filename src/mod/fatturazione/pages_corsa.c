/* Runs: the list, a month to be tried, one run by its totals. */
#include "mod/fatturazione/calcolo.h"
#include "mod/fatturazione/pages.h"

#include "kit/tmpl/message.h"

#include <string.h>

/* ---- list ---------------------------------------------------------------------------------- */

static const struct web_choice stati[] = {
    {"prova", "In prova"}, {"chiusa", "Chiusa"}, {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(fatturazioni_filtro, codice), "Servizio", INPUT_TEXT, false, 0, 20, NULL,
     "La sigla: SAD"},
    {FIELD(fatturazioni_filtro, stato), "Stato", INPUT_CHOICE, false, 0, 0, stati, NULL},
    {FIELD(fatturazioni_filtro, mese), "Mese del giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters = {"fatturazioni", filter_fields,
                                        sizeof(struct fatturazioni_filtro), 0};

/* "2025-03-01|<id>" */
static bool runs_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    static const struct fatturazioni_filtro none = {.mese = {INT32_MIN}};
    struct day after = DAY_NONE;
    struct id id = ID_NONE;
    if (want->after != NULL) {
        const char *bar = strrchr(want->after, '|');
        if (bar == NULL || !id_parse(bar + 1, &id) ||
            !day_parse_iso(arena_strndup(cx->arena, want->after, (size_t)(bar - want->after)),
                           &after))
            return FAIL(cx, ERR_INPUT, "l’elenco non comincia da qui");
    }
    return store_runs_page(cx, want->filters != NULL ? want->filters : &none, after, id,
                           want->limit, rows);
}

static const char *runs_key(struct cx *cx, const char *sort, const void *object)
{
    const struct fatturazione_riga *row = object;
    char day[DAY_TEXT], id[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s|%s", day_iso(row->mese, day), id_text(row->id, id));
}

static const struct web_column columns[] = {
    {"servizio", "Servizio", "/fatturazione/{id}", false, false},
    {"mese", "Mese", NULL, false, false},
    {"stato", "Stato", NULL, false, false},
    {"utenti", "Utenti", NULL, true, false},
    {"anomalie", "Anomalie", NULL, true, false},
    {"retta", "Rette", NULL, true, false},
    {"costo", "Costo", NULL, true, false},
    {"comune", "Comuni", NULL, true, false},
    {"quota_ambito", "Ambito", NULL, true, false},
    {"codice", NULL, NULL, false, false},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"mese", "I mesi più recenti prima"}, {NULL, NULL}};

const struct web_list fatturazioni_lista = {
    .name = "fatturazioni",
    .title = "Fatturazione",
    .intro = "Per ogni servizio e mese: che cosa devono le famiglie, che cosa resta ai comuni e "
             "all’Ambito. Si prova quante volte serve; chiusa, non cambia più.",
    .empty = "Nessuna fatturazione con questi filtri. Se ne prova una con il pulsante qui sopra.",
    .create_href = "/fatturazione/nuova",
    .create_label = "Prova un mese",
    .create_permission = "fatturazione.scrivi",
    .fields = fatturazione_riga_fields,
    .size = sizeof(struct fatturazione_riga),
    .columns = columns,
    .filters = &filters,
    .sorts = sorts,
    .load = runs_load,
    .key = runs_key,
};

/* ---- trying a month ------------------------------------------------------------------------ */

struct nuova_modulo {
    const char *servizio, *mese;
};
static const struct web_field nuova_fields[] = {
    {FIELD(nuova_modulo, servizio), "Servizio", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(nuova_modulo, mese), "Mese", INPUT_TEXT, true, 6, 10, NULL,
     "Per esempio 2025-03 o 03/2025"},
    WEB_FIELD_END,
};
const struct web_form nuova_form = {"nuova", nuova_fields, sizeof(struct nuova_modulo), 0};

bool nuova_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct web_choice *choices;
    char month[MESE_TEXT];
    if (!servizio_choices(cx, &choices))
        return false;
    struct day last = day_add(day_month_first(cx->today), -1);
    const struct nuova_modulo values = {
        NULL, arena_strdup(cx->arena, mese_iso(day_month_first(last), month))};
    struct tv *page = web_page(res, "fatturazione/nuova", "Prova un mese");
    web_crumb(res, "/fatturazione", "Fatturazione");
    web_crumb(res, NULL, "Prova un mese");
    web_choices(req, "servizio", choices);
    web_form_show(req, page, "form", &nuova_form, &values);
    return true;
}

/* Also as it is said: 03/2025. */
static bool month_of(struct cx *cx, const char *text, struct day *mese)
{
    return mese_parse(text, mese) || day_parse(arena_printf(cx->arena, "01/%s", text), mese);
}

static void to_job(struct cx *cx, struct web_req *req, struct web_res *res, struct id job,
                   const char *notice)
{
    char text[ID_TEXT];
    (void)cx;
    web_notice(req, "%s", notice);
    web_redirect(res, "/lavori/%s", id_text(job, text));
}

bool nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nuova_modulo *form = web_form(req);
    struct servizio servizio;
    struct fatturazione f;
    struct day mese;
    struct id id, job;
    bool found = false;
    if (!id_parse(form->servizio, &id) || !servizio_load(cx, id, &servizio)) {
        err_clear(&cx->err);
        web_fault(req, "servizio", "%s", message("fatturazione.servizio"));
        return false;
    }
    if (!month_of(cx, form->mese, &mese))
        web_fault(req, "mese", "%s", message("fatturazione.mese"));
    else if (day_cmp(day_month_last(mese), cx->today) > 0)
        web_fault(req, "mese", "%s", message("fatturazione.futuro"));
    else if (!fatturazione_find(cx, id, day_month_first(mese), &f, &found))
        return false;
    if (found && fatturazione_closed(&f))
        web_fault(req, "mese", "%s", message("fatturazione.chiusa"));
    if (web_faulty(req) || !job_prova(cx, id, mese, &job))
        return false;
    to_job(cx, req, res, job, message("fatturazione.in_prova"));
    return true;
}

/* ---- one run ------------------------------------------------------------------------------- */

static bool show_comuni(struct cx *cx, struct tv *page, struct id id)
{
    struct list comuni;
    struct tv *list = tv_children(page, "comuni");
    if (!store_comuni(cx, id, &comuni))
        return false;
    LIST_EACH (&comuni, const struct comune_somma, c) {
        struct tv *item = tv_push(list);
        tv_text(item, "nome", c->nome != NULL ? c->nome : "Non indicato");
        tv_int(item, "utenti", c->utenti);
        tv_money(item, "retta", c->retta);
        tv_money(item, "costo", c->costo);
        tv_money(item, "comune", c->comune_quota);
        tv_money(item, "ambito", c->quota_ambito);
    }
    return true;
}

/* How many of each kind: names are on the page of the lines. */
static bool show_anomalies(struct cx *cx, struct tv *page, struct id id)
{
    struct list list;
    struct tv *kinds = tv_children(page, "anomalie");
    int64_t counts[ANOMALIE] = {0};
    if (!store_anomalie(cx, id, 0, FATTURAZIONE_MAX, &list))
        return false;
    LIST_EACH (&list, const struct anomalia_riga, a)
        for (int tipo = 0; tipo < ANOMALIE; tipo++)
            counts[tipo] += strcmp(a->tipo, anomalia_name((enum anomalia_tipo)tipo)) == 0;
    for (int tipo = 0; tipo < ANOMALIE; tipo++)
        if (counts[tipo] > 0) {
            struct tv *item = tv_push(kinds);
            const char *name = anomalia_name((enum anomalia_tipo)tipo);
            tv_text(item, "titolo", anomalia_title(name));
            tv_int(item, "quante", counts[tipo]);
            tv_bool(item, "esclude", anomalia_blocks(name));
        }
    tv_bool(page, "con_anomalie", list.count > 0);
    return true;
}

static void show_doors(struct cx *cx, struct web_req *req, struct tv *page,
                       const struct fatturazione *f)
{
    bool closed = fatturazione_closed(f), names = web_may(cx, req, "fatturazione.nomi");
    bool may_try = !closed && web_may(cx, req, "fatturazione.scrivi");
    bool may_close = !closed && web_may(cx, req, "fatturazione.chiudi");
    tv_text(page, "prova", may_try ? corsa_href(cx, f->id, "/prova") : NULL);
    tv_text(page, "chiudi", may_close ? corsa_href(cx, f->id, "/chiudi") : NULL);
    tv_text(page, "addebiti", names ? corsa_href(cx, f->id, "/addebiti") : NULL);
    tv_text(page, "esporta", names ? corsa_href(cx, f->id, "/esporta") : NULL);
    tv_text(page, "avvisi", names && closed ? corsa_href(cx, f->id, "/avvisi") : NULL);
    tv_text(page, "conguagli", names && closed ? corsa_href(cx, f->id, "/conguagli") : NULL);
    tv_bool(page, "chiusa", closed);
}

bool corsa_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct corsa_vista vista;
    char made[INSTANT_TEXT], closed[INSTANT_TEXT];
    if (!corsa_view(cx, web_id(req), &vista))
        return false;
    const struct fatturazione *f = &vista.f;
    struct tv *page = web_page(res, "fatturazione/corsa",
                               arena_printf(cx->arena, "Fatturazione %s", vista.titolo));
    web_crumb(res, "/fatturazione", "Fatturazione");
    web_crumb(res, NULL, vista.titolo);
    struct tv *pairs = tv_children(page, "pairs");
    fatto(pairs, "Servizio", vista.servizio.nome, NULL);
    fatto(pairs, "Stato", fatturazione_closed(f) ? "chiusa" : "in prova", NULL);
    fatto(pairs, "Provata il", arena_strdup(cx->arena, instant_it(f->fatta, made)), NULL);
    if (fatturazione_closed(f))
        fatto(pairs, "Chiusa il", arena_strdup(cx->arena, instant_it(f->chiusa, closed)), NULL);
    fatto(pairs, "Utenti", arena_printf(cx->arena, "%lld", (long long)f->utenti), NULL);
    tv_text(page, "retta", euro(cx, f->retta));
    tv_text(page, "costo", euro(cx, f->costo));
    tv_text(page, "comune", euro(cx, f->comune));
    tv_text(page, "ambito", euro(cx, f->quota_ambito));
    show_doors(cx, req, page, f);
    return show_comuni(cx, page, f->id) && show_anomalies(cx, page, f->id);
}

bool corsa_prova(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct fatturazione f;
    struct id job;
    if (!fatturazione_load(cx, web_id(req), &f))
        return false;
    if (fatturazione_closed(&f)) {
        web_fault(req, NULL, "%s", message("fatturazione.chiusa"));
        return false;
    }
    if (!job_prova(cx, f.servizio, f.mese, &job))
        return false;
    to_job(cx, req, res, job, message("fatturazione.in_prova"));
    return true;
}

bool corsa_chiudi(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct fatturazione f;
    struct id job;
    if (!fatturazione_load(cx, web_id(req), &f))
        return false;
    if (fatturazione_closed(&f)) {
        web_fault(req, NULL, "%s", message("fatturazione.chiusa"));
        return false;
    }
    if (!job_chiudi(cx, f.id, &job))
        return false;
    to_job(cx, req, res, job, message("fatturazione.si_chiude"));
    return true;
}

bool corsa_avvisi(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct id job;
    if (!job_avvisi(cx, web_id(req), &job))
        return false;
    to_job(cx, req, res, job, message("fatturazione.avvisi"));
    return true;
}
