/* A fee plan tried on all who use its service: sums without names, as page and as file. */
#include "mod/prestazioni/pages_simula.h"

#include "kit/tmpl/message.h"
#include "kit/web/paper.h"

#include <string.h>

static const struct web_field query_fields[] = {
    {FIELD(simula_query, piano), "Piano da provare", INPUT_CHOICE, false, 0, 0, NULL,
     "Anche una bozza, se è in ordine"},
    {FIELD(simula_query, piano2), "Seconda ipotesi", INPUT_CHOICE, false, 0, 0, NULL,
     "Facoltativa: un altro piano dello stesso servizio"},
    {FIELD(simula_query, piano3), "Terza ipotesi", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(simula_query, formato), "Formato", INPUT_TEXT, false, 0, 8, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form simula_query = {"simula", query_fields, sizeof(struct simula_query), 0};
static const struct web_field shown_fields[] = {
    {FIELD(simula_query, piano), "Piano da provare", INPUT_CHOICE, true, 0, 0, NULL,
     "Anche una bozza, se è in ordine"},
    {FIELD(simula_query, piano2), "Seconda ipotesi", INPUT_CHOICE, false, 0, 0, NULL,
     "Facoltativa: un altro piano dello stesso servizio"},
    {FIELD(simula_query, piano3), "Terza ipotesi", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form shown_form = {"simula", shown_fields, sizeof(struct simula_query), 0};

/* The plans that were asked for; a fault stands beside the field of one that cannot be tried. */
static bool read_plans(struct cx *cx, struct web_req *req, const struct simula_query *query,
                       struct piano *piani, size_t *count)
{
    static const char *const fields[] = {"piano", "piano2", "piano3"};
    const char *const texts[] = {query->piano, query->piano2, query->piano3};
    *count = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i] == NULL)
            continue;
        struct piano *piano = &piani[(*count)++];
        if (!piano_sound(cx, req, fields[i], texts[i], piano))
            return false;
        if (strcmp(piano->servizio, piani[0].servizio) != 0 ||
            strcmp(piano->variante, piani[0].variante) != 0)
            web_fault(req, fields[i], "%s", message("prestazioni.altro_servizio"));
    }
    return true;
}

bool simula_open(struct cx *cx, bool *tutti)
{
    struct ente own;
    if (!ente_load(cx, cx->who->ente, &own))
        return false;
    *tutti = ente_tipo_parse(own.tipo) == TIPO_AMBITO;
    return true;
}

static bool make_doc(struct cx *cx, const struct web_req *req, const struct piano *piani,
                     size_t count, struct doc **doc, bool *found)
{
    struct simula_caricati caricati;
    struct simula_esito *esiti = ARENA_NEWS(cx->arena, struct simula_esito, count);
    struct ente ambito;
    bool tutti;
    if (!ente_load(cx, cx->who->ambito, &ambito) || !simula_open(cx, &tutti) ||
        !simula_load(cx, &piani[0], cx->today, &caricati, found))
        return false;
    if (!*found)
        return true;
    for (size_t i = 0; i < count; i++)
        simula_run(cx->arena, &caricati.dati, &caricati.prima, &piani[i], &esiti[i]);
    *doc = simula_document(cx->arena, &(struct simula_doc){
                                          .ente = ambito.nome,
                                          .caricati = &caricati,
                                          .piani = piani,
                                          .esiti = esiti,
                                          .count = count,
                                          .nascondi = !tutti || !web_may(cx, req, "rette.nomi"),
                                          .scritto = cx->now,
                                      });
    return true;
}

static const char *same_query(struct cx *cx, const struct simula_query *query)
{
    return arena_printf(
        cx->arena, "piano=%s%s%s%s%s", query->piano, query->piano2 != NULL ? "&piano2=" : "",
        query->piano2 != NULL ? query->piano2 : "", query->piano3 != NULL ? "&piano3=" : "",
        query->piano3 != NULL ? query->piano3 : "");
}

static void show_links(struct cx *cx, const struct web_req *req, struct tv *page,
                       const struct simula_query *query)
{
    static const char *const formats[][2] = {{"pdf", "PDF"}, {"xlsx", "XLSX"}, {"ods", "ODS"}};
    struct tv *exports = tv_children(page, "esporta");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct tv *item = tv_push(exports);
        tv_text(item, "label", formats[i][1]);
        tv_text(item, "href",
                arena_printf(cx->arena, "/rette/simula?%s&formato=%s", same_query(cx, query),
                             formats[i][0]));
    }
    tv_text(page, "persone",
            web_may(cx, req, "rette.nomi")
                ? arena_printf(cx->arena, "/rette/simula/persone?piano=%s", query->piano)
                : NULL);
}

static bool show_form(struct cx *cx, struct web_req *req, struct tv *page)
{
    const struct web_choice *choices;
    if (!piano_choices(cx, &choices))
        return false;
    web_choices(req, "piano", choices);
    web_choices(req, "piano2", choices);
    web_choices(req, "piano3", choices);
    web_form_show(req, page, "form", &shown_form, web_form(req));
    return true;
}

bool simula_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct simula_query *query = web_form(req);
    struct piano piani[IPOTESI_MAX];
    struct doc *doc = NULL;
    size_t count = 0;
    bool found = true;
    if (query != NULL && query->piano != NULL && !read_plans(cx, req, query, piani, &count))
        return false;
    bool ready = count > 0 && !web_faulty(req);
    if (ready && !make_doc(cx, req, piani, count, &doc, &found))
        return false;
    if (!found)
        web_fault(req, "piano", "%s", message("prestazioni.nessun_piano"));
    ready = ready && found;
    if (ready && query->formato != NULL)
        return web_paper_named(cx, res, doc, query->formato, "prova-tariffe");
    struct tv *page = web_page(res, "prestazioni/simula", "Prova di un piano tariffario");
    web_crumb(res, "/rette", "Rette");
    web_crumb(res, NULL, "Prova di un piano");
    tv_bool(page, "provati", ready);
    tv_text(page, "documento", NULL);
    if (ready)
        show_links(cx, req, page, query);
    return show_form(cx, req, page) && (!ready || web_paper_show(cx, page, "documento", doc));
}
