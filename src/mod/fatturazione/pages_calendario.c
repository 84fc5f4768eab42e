/* Calendars of the services: weekdays, and the days on which one is closed. */
#include "mod/fatturazione/pages.h"

#include "kit/tmpl/message.h"

struct chiusura_modulo {
    struct day giorno, fino;
    const char *motivo;
};
static const struct web_field chiusura_fields_form[] = {
    {FIELD(chiusura_modulo, giorno), "Chiuso il", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(chiusura_modulo, fino), "Fino al", INPUT_DAY, false, 0, 0, NULL,
     "Vuoto: un giorno solo"},
    {FIELD(chiusura_modulo, motivo), "Motivo", INPUT_TEXT, false, 0, 100, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form chiusura_form = {"chiusura", chiusura_fields_form,
                                       sizeof(struct chiusura_modulo), 0};
struct riapri_modulo {
    struct day giorno;
};
static const struct web_field riapri_fields[] = {
    {FIELD(riapri_modulo, giorno), "Giorno", INPUT_DAY, true, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form riapri_form = {"riapri", riapri_fields, sizeof(struct riapri_modulo), 0};

enum { GIORNI_CHIUSI = 92 };

static const char *const settimana[] = {"lunedì",  "martedì", "mercoledì", "giovedì",
                                        "venerdì", "sabato",  "domenica"};

/* "lunedì, martedì, mercoledì" */
static const char *week_words(struct arena *arena, unsigned bits)
{
    const char *text = "";
    for (int i = 0; i < SUNDAY; i++)
        if ((bits >> i & 1U) != 0)
            text = arena_printf(arena, "%s%s%s", text, *text != '\0' ? ", " : "", settimana[i]);
    return text;
}

bool calendari_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct list services;
    (void)req;
    if (!servizio_list(cx, &services))
        return false;
    struct tv *page = web_page(res, "fatturazione/calendari", "Calendari dei servizi");
    struct tv *list = tv_children(page, "servizi");
    web_crumb(res, NULL, "Calendari dei servizi");
    LIST_EACH (&services, const struct servizio, s) {
        struct tv *item = tv_push(list);
        unsigned bits;
        struct list closed;
        int year = day_civil(cx->today).year;
        if (!calendario_at(cx, s->id, &bits) ||
            !chiusura_list(cx, s->id, day_of(year, 1, 1), day_of(year, 12, 31), &closed))
            return false;
        tv_text(item, "nome", s->nome);
        tv_printf(item, "href", "/fatturazione/calendari/%s", s->codice);
        tv_text(item, "giorni", week_words(cx->arena, bits));
        tv_int(item, "chiusure", (int64_t)closed.count);
    }
    return true;
}

static bool service_of(struct cx *cx, struct web_req *req, struct servizio *servizio)
{
    bool found;
    return servizio_by_code(cx, web_segment(req, "servizio"), servizio, &found) &&
           (found || FAIL(cx, ERR_NOT_FOUND, "no such service"));
}

static bool show_rules(struct cx *cx, struct tv *page, const struct servizio *servizio)
{
    struct list rules;
    struct tv *list = tv_children(page, "regole");
    if (!regola_list(cx, servizio->codice, cx->today, &rules))
        return false;
    LIST_EACH (&rules, const struct regola, r) {
        struct tv *item = tv_push(list);
        tv_text(item, "testo", regola_words(cx->arena, r));
        tv_text(item, "variante", r->variante);
        tv_day(item, "dal", r->validita.from);
        tv_text(item, "atto", r->atto);
    }
    tv_bool(page, "con_regole", rules.count > 0);
    return true;
}

bool calendario_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct servizio servizio;
    struct list closed;
    unsigned bits;
    struct day from = day_of(day_civil(cx->today).year - 1, 1, 1);
    if (!service_of(cx, req, &servizio) || !calendario_at(cx, servizio.id, &bits) ||
        !chiusura_list(cx, servizio.id, from, DAY_MAX, &closed))
        return false;
    struct tv *page = web_page(res, "fatturazione/calendario",
                               arena_printf(cx->arena, "Calendario: %s", servizio.nome));
    web_crumb(res, "/fatturazione/calendari", "Calendari dei servizi");
    web_crumb(res, NULL, servizio.codice);
    bool writes = web_may(cx, req, "calendari.scrivi");
    struct tv *list = tv_children(page, "chiusure");
    LIST_EACH (&closed, const struct chiusura, c) {
        struct tv *item = tv_push(list);
        char iso[DAY_TEXT];
        tv_day(item, "giorno", c->giorno);
        tv_text(item, "iso", arena_strdup(cx->arena, day_iso(c->giorno, iso)));
        tv_text(item, "settimana", settimana[day_weekday(c->giorno) - MONDAY]);
        tv_text(item, "motivo", c->motivo);
    }
    tv_bool(page, "any", closed.count > 0);
    tv_text(page, "giorni", week_words(cx->arena, bits));
    tv_text(page, "salva",
            writes ? arena_printf(cx->arena, "/fatturazione/calendari/%s", servizio.codice) : NULL);
    web_form_show(req, page, "form", &chiusura_form, NULL);
    return show_rules(cx, page, &servizio);
}

bool chiusura_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct chiusura_modulo *form = web_form(req);
    struct servizio servizio;
    struct day last = day_known(form->fino) ? form->fino : form->giorno;
    if (!service_of(cx, req, &servizio))
        return false;
    if (day_cmp(last, form->giorno) < 0 || last.n - form->giorno.n >= GIORNI_CHIUSI) {
        web_fault(req, "fino", "%s", message("fatturazione.troppo_chiuso"));
        return false;
    }
    for (struct day day = form->giorno; day_cmp(day, last) <= 0; day = day_add(day, 1)) {
        const struct chiusura closed = {day, form->motivo};
        if (!chiusura_record(cx, servizio.id, &closed))
            return false;
    }
    web_audit_detail(req, "%s", servizio.codice);
    web_notice(req, "%s", message("fatturazione.chiusura"));
    web_redirect(res, "/fatturazione/calendari/%s", servizio.codice);
    return true;
}

bool chiusura_togli(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct riapri_modulo *form = web_form(req);
    struct servizio servizio;
    if (!service_of(cx, req, &servizio) || !chiusura_remove(cx, servizio.id, form->giorno))
        return false;
    web_audit_detail(req, "%s", servizio.codice);
    web_notice(req, "%s", message("fatturazione.riaperto"));
    web_redirect(res, "/fatturazione/calendari/%s", servizio.codice);
    return true;
}
