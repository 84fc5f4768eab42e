/* Differences to a closed run: shown, then confirmed for one person or all. */
#include "mod/fatturazione/pages.h"

#include "kit/tmpl/message.h"

struct conguagli_modulo {
    struct id persona;
};
static const struct web_field conguagli_fields[] = {
    {FIELD(conguagli_modulo, persona), "Persona", INPUT_ID, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form conguagli_form = {"conguagli", conguagli_fields,
                                        sizeof(struct conguagli_modulo), 0};

enum { DIFFERENZE_MOSTRATE = 300 };

/* What is shown, copied out of the scratch memory. */
struct mostrate {
    struct id fatturazione;
    struct arena *arena;
    struct differenza *items;
    size_t count, all;
    struct money retta, quota_ambito;
};

static bool collect(struct cx *cx, void *data)
{
    struct mostrate *m = data;
    struct list list;
    if (!differenze_of(cx, m->fatturazione, ID_NONE, &list))
        return false;
    m->all = list.count;
    m->items = ARENA_NEWS(m->arena, struct differenza, DIFFERENZE_MOSTRATE);
    LIST_EACH (&list, const struct differenza, d) {
        m->retta = money_add(m->retta, d->retta);
        m->quota_ambito = money_add(m->quota_ambito, d->quota_ambito);
        if (m->count == DIFFERENZE_MOSTRATE)
            continue;
        struct differenza *copy = &m->items[m->count++];
        *copy = *d;
        copy->nome = arena_strdup(m->arena, d->nome);
        copy->spiegazione = arena_strdup(m->arena, d->spiegazione);
    }
    return true;
}

bool conguagli_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct corsa_vista vista;
    struct mostrate m = {.fatturazione = web_id(req),
                         .arena = cx->arena,
                         .retta = MONEY(0),
                         .quota_ambito = MONEY(0)};
    if (!corsa_view(cx, web_id(req), &vista) || !in_scratch(cx, collect, &m))
        return false;
    struct tv *page = web_page(res, "fatturazione/conguagli",
                               arena_printf(cx->arena, "Conguagli %s", vista.titolo));
    web_crumb(res, "/fatturazione", "Fatturazione");
    web_crumb(res, corsa_href(cx, vista.f.id, ""), vista.titolo);
    web_crumb(res, NULL, "Conguagli");
    struct tv *list = tv_children(page, "differenze");
    for (size_t i = 0; i < m.count; i++) {
        const struct differenza *d = &m.items[i];
        struct tv *item = tv_push(list);
        tv_text(item, "nome", d->nome);
        tv_id(item, "persona", d->persona);
        tv_money(item, "prima", d->prima);
        tv_money(item, "dopo", d->dopo);
        tv_money(item, "retta", d->retta);
        tv_money(item, "ambito", d->quota_ambito);
        tv_text(item, "spiegazione", d->spiegazione);
        tv_bool(item, "credito", d->retta.cents < 0);
    }
    tv_bool(page, "any", m.all > 0);
    tv_int(page, "quante", (int64_t)m.all);
    tv_bool(page, "altre", m.all > m.count);
    tv_text(page, "retta", euro(cx, m.retta));
    tv_text(page, "ambito", euro(cx, m.quota_ambito));
    tv_text(page, "conferma",
            web_may(cx, req, "fatturazione.chiudi") ? corsa_href(cx, vista.f.id, "/conguagli")
                                                    : NULL);
    web_form_show(req, page, "form", &conguagli_form, NULL);
    return true;
}

bool conguagli_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct conguagli_modulo *form = web_form(req);
    size_t count;
    if (!differenze_conferma(cx, web_id(req), form->persona, &count))
        return false;
    if (count == 0)
        web_notice(req, "%s", message("fatturazione.nessuna_differenza"));
    else
        web_notice(req, "%zu %s", count,
                   count == 1 ? "conguaglio confermato: entra nella prossima fatturazione."
                              : "conguagli confermati: entrano nella prossima fatturazione.");
    web_audit_detail(req, "%zu conguagli", count);
    web_redirect(res, "%s", corsa_href(cx, web_id(req), "/conguagli"));
    return true;
}
