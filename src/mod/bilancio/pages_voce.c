/* The page of an item: what it has, who pays for it, the costs and their causes. */
#include "mod/bilancio/pages.h"
#include "mod/bilancio/store.h"

#include <string.h>

static const struct web_field voce_fields[] = {
    {FIELD(richiesta, anno), "Anno", INPUT_INT, false, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(richiesta, dopo), "Dopo", INPUT_TEXT, false, 0, 60, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form voce_query = {"voce", voce_fields, sizeof(struct richiesta), 0};
static bool voce_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    *facts =
        (struct web_facts){.sensitivity = RISERVO_AMMINISTRATIVO, .relation = RELAZIONE_AMBITO};
    return store_voce_exists(cx, id, &facts->found);
}

const struct web_object voce_object = {"voce", voce_facts};

/* Where the causes of costs are shown, and to whom. */
static const struct {
    const char *tipo, *path, *permission;
} causes[] = {{"prestazione", "/prestazioni/", "prestazioni.leggi"}};

static const char *cause_href(struct cx *cx, const struct web_req *req, const struct spesa *spesa)
{
    char id[ID_TEXT];
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (strcmp(causes[i].tipo, spesa->causa_tipo) == 0 &&
            web_may(cx, req, causes[i].permission))
            return arena_printf(cx->arena, "%s%s", causes[i].path, id_text(spesa->causa, id));
    return NULL;
}

static bool show_costs(struct cx *cx, struct web_req *req, struct tv *page, struct id voce,
                       int64_t anno)
{
    const struct richiesta *asked = web_form(req);
    const char *after = asked != NULL ? asked->dopo : NULL;
    struct list rows;
    struct tv *list = tv_children(page, "spese");
    const struct spesa *last = NULL;
    size_t shown = 0;
    if (!store_spesa_rows(cx, voce, anno, after, SPESE_PAGE + 1, &rows))
        return false;
    LIST_EACH (&rows, const struct spesa, spesa) {
        if (shown++ == SPESE_PAGE)
            break;
        struct tv *item = tv_push(list);
        tv_day(item, "giorno", spesa->giorno);
        tv_text(item, "descrizione", spesa->descrizione);
        tv_money(item, "importo", spesa->importo);
        tv_bool(item, "liquidata", spesa->liquidata);
        tv_text(item, "href", cause_href(cx, req, spesa));
        last = spesa;
    }
    tv_bool(page, "any", last != NULL);
    tv_text(page, "prime", after != NULL ? voce_href(cx, voce, anno) : NULL);
    tv_text(page, "dopo",
            rows.count > SPESE_PAGE
                ? arena_printf(cx->arena, "%s&dopo=%s", voce_href(cx, voce, anno),
                               store_spesa_key(cx, last))
                : NULL);
    return true;
}

static void show_sources(struct tv *page, const struct bilancio *b, const struct voce *voce)
{
    struct tv *list = tv_children(page, "fonti");
    for (size_t i = 0; i < b->fonti_count; i++) {
        struct money amount = bilancio_cella(b, voce->id, b->fonti[i].id);
        if (!money_ok(amount))
            continue;
        struct tv *item = tv_push(list);
        char v[ID_TEXT], f[ID_TEXT];
        tv_text(item, "nome", b->fonti[i].nome);
        tv_printf(item, "href", "/bilancio/celle/%s-%s-%lld", id_text(voce->id, v),
                  id_text(b->fonti[i].id, f), (long long)b->anno);
        tv_money(item, "importo", amount);
        tv_bool(item, "vincolata", b->fonti[i].vincolata);
    }
}

static bool show_entries(struct cx *cx, struct tv *page, struct id voce, int64_t anno)
{
    struct list list;
    struct tv *rows = tv_children(page, "scritture");
    if (!store_scrittura_list(cx, anno, voce, &list))
        return false;
    tv_bool(page, "scritture_nessuna", list.count == 0);
    LIST_EACH (&list, const struct scrittura, m)
        scrittura_show(cx, tv_push(rows), m);
    return true;
}

bool voce_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list years;
    struct voce_stato stato;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Voce", &years, &b, &found))
        return false;
    const struct voce *voce = found ? bilancio_voce(&b, web_id(req)) : NULL;
    if (voce == NULL)
        return FAIL(cx, ERR_NOT_FOUND, "in quell’anno la voce non ha uno stanziamento");
    if (!voce_stato(cx, voce->id, b.anno, &stato))
        return false;
    const struct area *area = bilancio_area(&b, voce->area);
    struct tv *page = web_page(res, "bilancio/voce", voce->nome);
    web_crumb(res, anno_href(cx, "/bilancio", b.anno), anno_title(cx, "Bilancio", b.anno));
    web_crumb(res, NULL, voce->nome);
    tv_text(page, "area", area != NULL ? area->nome : NULL);
    tv_printf(page, "anno", "%lld", (long long)b.anno);
    voce_show_state(cx, page, &stato);
    show_sources(page, &b, voce);
    return show_entries(cx, page, voce->id, b.anno) && show_costs(cx, req, page, voce->id, b.anno);
}
