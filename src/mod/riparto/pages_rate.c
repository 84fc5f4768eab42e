/* The ledger at a glance: what the lead body advances today and how that is made, payer by payer;
 * who is to be reminded. */
#include "mod/riparto/pages.h"

#include <string.h>

struct scadenzario_richiesta {
    int64_t anno;
};
static const struct web_field query_fields[] = {
    {FIELD(scadenzario_richiesta, anno), "Anno", INPUT_INT, false, PROSPETTO_ANNO_MIN,
     PROSPETTO_ANNO_MAX, NULL, "Del prospetto; vuoto: tutti"},
    WEB_FIELD_END,
};
const struct web_form scadenzario_query = {"scadenzario", query_fields,
                                           sizeof(struct scadenzario_richiesta), 0};

/* ---- by payer -------------------------------------------------------------------------------- */

const char *rata_href(struct cx *cx, struct id id)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/riparti/rate/%s", id_text(id, text));
}

/* All instalments of the same payer and apportionment as `first`, from there on. */
static size_t of_payer(const struct list *conti, size_t first, struct conto *out, bool *taken)
{
    const struct conto *head = LIST_ITEM(conti, const struct conto, first);
    size_t count = 0;
    for (size_t i = first; i < conti->count; i++) {
        const struct conto *conto = LIST_ITEM(conti, const struct conto, i);
        if (taken[i] || conto->prospetto.n != head->prospetto.n ||
            strcmp(conto->pagante, head->pagante) != 0)
            continue;
        taken[i] = true;
        out[count++] = *conto;
    }
    return count;
}

static void show_payer(struct cx *cx, struct tv *to, const struct conto *conti, size_t count)
{
    struct anticipo a;
    struct money invoiced = MONEY(0), paid = MONEY(0);
    int late = 0;
    anticipo_compute(conti, count, cx->today, &a);
    for (size_t i = 0; i < count; i++) {
        int days = conto_ritardo(&conti[i], cx->today);
        late = days > late ? days : late;
        invoiced = money_add(invoiced, conti[i].fatturato);
        paid = money_add(paid, conto_incassato(&conti[i]));
    }
    tv_text(to, "nome", conti[0].pagante);
    tv_text(to, "href", rata_href(cx, conti[0].id));
    tv_money(to, "dovuto", a.dovuto);
    tv_money(to, "fatturato", invoiced);
    tv_money(to, "incassato", paid);
    tv_money(to, "resto", a.resto);
    tv_money(to, "scaduto", a.anticipato);
    tv_int(to, "giorni", late > 0 ? late : INT_NONE);
}

static void show_payers(struct cx *cx, struct tv *page, const struct list *conti)
{
    bool *taken = ARENA_NEWS(cx->arena, bool, conti->count + 1);
    struct conto *own = ARENA_NEWS(cx->arena, struct conto, conti->count + 1);
    struct tv *list = tv_children(page, "paganti");
    for (size_t i = 0; i < conti->count; i++)
        if (!taken[i])
            show_payer(cx, tv_push(list), own, of_payer(conti, i, own, taken));
    tv_bool(page, "rate", conti->count > 0);
}

static void show_making(struct tv *page, const struct anticipo *a)
{
    tv_money(page, "dovuto", a->dovuto);
    tv_money(page, "scaduto", a->scaduto);
    tv_money(page, "incassato", a->incassato);
    tv_money(page, "anticipato", a->anticipato);
    tv_money(page, "anzitempo", a->anzitempo);
    tv_money(page, "netto", a->netto);
    tv_money(page, "resto", a->resto);
}

bool scadenzario_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct scadenzario_richiesta *asked = web_form(req);
    const struct rata_filtro filtro = {.anno = asked != NULL ? asked->anno : INT_NONE};
    struct list conti;
    struct anticipo a;
    if (!conto_list(cx, &filtro, &conti))
        return false;
    anticipo_compute(conti.items, conti.count, cx->today, &a);
    struct tv *page = web_page(res, "riparto/scadenzario", "Scadenzario delle rate");
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, NULL, "Scadenzario delle rate");
    tv_day(page, "oggi", cx->today);
    tv_bool(page, "troppe", conti.clipped);
    show_making(page, &a);
    show_payers(cx, page, &conti);
    web_form_show(req, page, "filtri", &scadenzario_query, asked);
    return true;
}

/* ---- reminders ------------------------------------------------------------------------------- */

static void show_reminders(struct cx *cx, struct tv *page, const char *name, const char *path,
                           const struct list *conti, bool scadute)
{
    struct tv *list = tv_children(page, name);
    struct money sum = MONEY(0);
    bool any = false;
    LIST_EACH (conti, const struct conto, conto) {
        if (!conto_sollecito(conto, cx->today, scadute))
            continue;
        struct tv *item = tv_push(list);
        any = true;
        sum = money_add(sum, conto_resto(conto));
        tv_text(item, "nome", conto->pagante);
        tv_text(item, "href", rata_href(cx, conto->id));
        tv_int(item, "numero", conto->numero);
        tv_day(item, "scadenza", conto->scadenza);
        tv_money(item, "resto", conto_resto(conto));
        tv_int(item, "giorni",
               scadute ? conto_ritardo(conto, cx->today) : conto->scadenza.n - cx->today.n);
        char id[ID_TEXT];
        tv_printf(item, "lettera", "%s&rata=%s", path, id_text(conto->id, id));
    }
    tv_bool(page, arena_printf(cx->arena, "%s_ci_sono", name), any);
    tv_money(page, arena_printf(cx->arena, "%s_somma", name), sum);
}

bool solleciti_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct rata_filtro filtro = {.anno = INT_NONE};
    struct list conti;
    if (!conto_list(cx, &filtro, &conti))
        return false;
    struct tv *page = web_page(res, "riparto/solleciti", "Preavvisi e solleciti");
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, "/riparti/scadenzario", "Scadenzario delle rate");
    web_crumb(res, NULL, "Preavvisi e solleciti");
    tv_day(page, "oggi", cx->today);
    tv_int(page, "preavviso", PREAVVISO_GIORNI);
    tv_bool(page, "lettere", web_may(cx, req, "riparto.esporta"));
    show_reminders(cx, page, "scadute", "/riparti/solleciti/lettere?quali=scadute", &conti, true);
    show_reminders(cx, page, "vicine", "/riparti/solleciti/lettere?quali=vicine", &conti, false);
    return true;
}
