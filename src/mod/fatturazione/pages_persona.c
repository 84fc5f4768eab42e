/* What a new ISEE, or anything else recorded late, changes in the closed months of a person: shown
 * to who follows it, confirmed by the accounting office. */
#include "mod/fatturazione/pages.h"

#include "mod/persone/persone.h"

bool persona_conguagli_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct list list;
    const char *name;
    char id[ID_TEXT], month[MESE_TEXT];
    struct money sum = MONEY(0);
    if (web_masked(req))
        return FAIL(cx, ERR_NOT_FOUND, "amounts are not for who sees only a name");
    if (!persona_label(cx, web_id(req), &name) || !differenze_persona(cx, web_id(req), &list))
        return false;
    struct tv *page =
        web_page(res, "fatturazione/persona", arena_printf(cx->arena, "Conguagli di %s", name));
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, arena_printf(cx->arena, "/persone/%s", id_text(web_id(req), id)), name);
    web_crumb(res, NULL, "Conguagli");
    struct tv *rows = tv_children(page, "differenze");
    LIST_EACH (&list, const struct differenza, d) {
        struct tv *item = tv_push(rows);
        tv_text(item, "mese", arena_strdup(cx->arena, mese_words(d->mese, month)));
        tv_money(item, "prima", d->prima);
        tv_money(item, "dopo", d->dopo);
        tv_money(item, "retta", d->retta);
        tv_text(item, "spiegazione", d->spiegazione);
        sum = money_add(sum, d->retta);
    }
    tv_bool(page, "any", list.count > 0);
    tv_bool(page, "credito", sum.cents < 0);
    tv_text(page, "totale", euro(cx, sum.cents < 0 ? money_neg(sum) : sum));
    return true;
}
