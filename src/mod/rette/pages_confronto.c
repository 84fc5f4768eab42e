/* Two plans beside each other: page, and the same as PDF or sheet. */
#include "mod/rette/pages.h"

#include "kit/tmpl/message.h"
#include "kit/web/paper.h"
#include "mod/enti/enti.h"

#include <string.h>

struct confronto_query {
    const char *prima, *dopo; /* ids */
    const char *formato;
    bool festivo;
};
static const struct web_field query_fields[] = {
    {FIELD(confronto_query, prima), "Prima", INPUT_CHOICE, false, 0, 0, NULL,
     "Il piano da cui si parte"},
    {FIELD(confronto_query, dopo), "Dopo", INPUT_CHOICE, false, 0, 0, NULL,
     "Il piano che ne prenderebbe il posto"},
    {FIELD(confronto_query, festivo), "Nei giorni festivi", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(confronto_query, formato), "Formato", INPUT_TEXT, false, 0, 8, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form confronto_query = {"confronto", query_fields, sizeof(struct confronto_query),
                                         0};
static const struct web_field shown_fields[] = {
    {FIELD(confronto_query, prima), "Prima", INPUT_CHOICE, true, 0, 0, NULL,
     "Il piano da cui si parte"},
    {FIELD(confronto_query, dopo), "Dopo", INPUT_CHOICE, true, 0, 0, NULL,
     "Il piano che ne prenderebbe il posto"},
    {FIELD(confronto_query, festivo), "Nei giorni festivi", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form shown_form = {"confronto", shown_fields,
                                           sizeof(struct confronto_query), 0};

bool piano_choices(struct cx *cx, const struct web_choice **choices)
{
    static const struct piani_filtro all = {.giorno = {INT32_MIN}};
    struct list rows;
    char id[ID_TEXT], day[DAY_TEXT];
    if (!store_piano_rows(cx, &all, PIANI_PER_SERVIZIO, NULL, PIANI_MAX, &rows))
        return false;
    struct web_choice *made = ARENA_NEWS(cx->arena, struct web_choice, rows.count + 1);
    size_t count = 0;
    LIST_EACH (&rows, struct piano_riga, riga)
        made[count++] = (struct web_choice){
            arena_strdup(cx->arena, id_text(riga->id, id)),
            arena_printf(cx->arena, "%s, %s, dal %s (%s)", riga->servizio,
                         piano_words(cx->arena, riga->servizio, riga->nome, riga->variante),
                         day_it(riga->dal, day),
                         piano_stato_title(piano_stato_parse(riga->stato)))};
    *choices = made;
    return true;
}

bool piano_sound(struct cx *cx, struct web_req *req, const char *field, const char *text,
                 struct piano *piano)
{
    struct piano_salvato salvato;
    struct rette_faults faults = {.arena = cx->arena};
    struct id id;
    if (!id_parse(text, &id))
        return FAIL(cx, ERR_NOT_FOUND, "no such plan");
    if (!store_piano_load(cx, id, &salvato))
        return false;
    piano_check(&salvato.piano, &faults);
    if (faults.count > 0)
        web_fault(req, field, "%s %s", message("rette.non_in_ordine"), faults.items[0].text);
    *piano = salvato.piano;
    return true;
}

static void show_exports(struct cx *cx, struct tv *page, const struct confronto_query *query)
{
    static const char *const formats[][2] = {{"pdf", "PDF"}, {"xlsx", "XLSX"}, {"ods", "ODS"}};
    struct tv *exports = tv_children(page, "esporta");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct tv *item = tv_push(exports);
        tv_text(item, "label", formats[i][1]);
        tv_text(item, "href",
                arena_printf(cx->arena, "/rette/confronto?prima=%s&dopo=%s%s&formato=%s",
                             query->prima, query->dopo, query->festivo ? "&festivo=1" : "",
                             formats[i][0]));
    }
}

bool confronto_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct confronto_query *query = web_form(req);
    const struct web_choice *choices;
    struct piano prima, dopo;
    struct ente ambito;
    bool both = query != NULL && query->prima != NULL && query->dopo != NULL;
    if (!ente_load(cx, cx->who->ambito, &ambito) || !piano_choices(cx, &choices))
        return false;
    if (both && (!piano_sound(cx, req, "prima", query->prima, &prima) ||
                 !piano_sound(cx, req, "dopo", query->dopo, &dopo)))
        return false;
    both = both && !web_faulty(req);
    struct doc *doc = NULL;
    if (both)
        doc = rette_confronto(cx->arena, &(struct confronto_doc){ambito.nome, &prima, &dopo,
                                                                 query->festivo, cx->now});
    if (both && query->formato != NULL)
        return web_paper_named(cx, res, doc, query->formato, "confronto");
    struct tv *page = web_page(res, "rette/confronto", "Confronto di due piani");
    web_crumb(res, "/rette", "Rette");
    web_crumb(res, NULL, "Confronto");
    web_choices(req, "prima", choices);
    web_choices(req, "dopo", choices);
    web_form_show(req, page, "form", &shown_form, query);
    tv_bool(page, "confrontati", both);
    tv_text(page, "documento", NULL);
    if (both)
        show_exports(cx, page, query);
    return !both || web_paper_show(cx, page, "documento", doc);
}
