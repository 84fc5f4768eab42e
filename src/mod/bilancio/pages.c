/* The budget in pages, for who sees counts and money. */
#include "mod/bilancio/pages.h"
#include "mod/bilancio/store.h"

#include "kit/tmpl/message.h"

#include <stdlib.h>
#include <string.h>

/* ---- which year ------------------------------------------------------------------------- */

static const struct web_field anno_fields[] = {
    {FIELD(richiesta, anno), "Anno", INPUT_INT, false, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(richiesta, al), "Stato al giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form anno_query = {"anno", anno_fields, sizeof(struct richiesta), 0};
/* A form that is shown again carries its year. */
static int64_t typed_year(const struct web_req *req)
{
    long year = strtol(web_typed(req, "anno"), NULL, 10);
    return year >= ANNO_MIN && year <= ANNO_MAX ? year : INT_NONE;
}

/* The year asked for; else this one, if it has a budget; else the latest that has. */
static bool wanted_year(struct cx *cx, const struct web_req *req, const struct list *years,
                        int64_t *anno)
{
    const struct richiesta *asked = web_form(req);
    int64_t today = day_civil(cx->today).year;
    *anno = asked != NULL ? asked->anno : typed_year(req);
    if (*anno != INT_NONE)
        return true;
    if (years->count == 0)
        return false;
    *anno = LIST_ITEM(years, struct bilancio_anno, 0)->anno;
    LIST_EACH (years, const struct bilancio_anno, year)
        if (year->anno == today)
            *anno = today;
    return true;
}

static void show_none(struct web_res *res, const char *title, bool any)
{
    struct tv *page = web_page(res, "bilancio/vuoto", title);
    web_crumb(res, NULL, title);
    tv_text(page, "testo", message(any ? "bilancio.nessuno_anno" : "bilancio.nessuno"));
}

/* The year of the request, if it has a budget. *found false: the page says that there is none. */
bool bilancio_wanted_year(struct cx *cx, struct web_req *req, struct web_res *res,
                          const char *title, struct bilancio *head, bool *found)
{
    int64_t anno = INT_NONE;
    struct list years;
    if (!bilancio_years(cx, &years))
        return false;
    bool any = wanted_year(cx, req, &years, &anno);
    *found = false;
    LIST_EACH (&years, const struct bilancio_anno, year)
        if (year->anno == anno) {
            bilancio_head(year, head);
            *found = true;
        }
    if (!*found)
        show_none(res, title, any);
    return true;
}

/* The budget of the request. *found false: the page says that there is none. */
bool bilancio_wanted(struct cx *cx, struct web_req *req, struct web_res *res, const char *title,
                     struct list *years, struct bilancio *bilancio, bool *found)
{
    int64_t anno;
    *found = false;
    if (!bilancio_years(cx, years))
        return false;
    bool any = wanted_year(cx, req, years, &anno);
    const struct richiesta *asked = web_form(req);
    bool dated = asked != NULL && day_known(asked->al);
    if (any && !(dated ? bilancio_load_at(cx, anno, asked->al, bilancio, found)
                       : bilancio_load(cx, anno, bilancio, found)))
        return false;
    if (!*found)
        show_none(res, title, any);
    return true;
}

const char *anno_href(struct cx *cx, const char *path, int64_t anno)
{
    return arena_printf(cx->arena, "%s?anno=%lld", path, (long long)anno);
}

const char *voce_href(struct cx *cx, struct id voce, int64_t anno)
{
    char id[ID_TEXT];
    return arena_printf(cx->arena, "/bilancio/voci/%s?anno=%lld", id_text(voce, id),
                        (long long)anno);
}

const char *anno_title(struct cx *cx, const char *what, int64_t anno)
{
    return arena_printf(cx->arena, "%s %lld", what, (long long)anno);
}

const char *percent_text(struct cx *cx, struct money part, struct money whole)
{
    char text[MONEY_TEXT];
    return arena_strdup(cx->arena, money_it(bilancio_quota(part, whole), text));
}

/* ---- the year at a glance ----------------------------------------------------------------- */

struct day wanted_day(const struct web_req *req)
{
    const struct richiesta *asked = web_form(req);
    return asked != NULL && day_known(asked->al) ? asked->al : DAY_MAX;
}

void voce_show_state(struct cx *cx, struct tv *to, const struct voce_stato *stato)
{
    tv_money(to, "stanziato", stato->stanziato);
    tv_money(to, "impegnato", stato->impegnato);
    tv_money(to, "liquidato", stato->liquidato);
    tv_money(to, "pagato", stato->pagato);
    tv_money(to, "disponibile", stato->disponibile);
    tv_text(to, "percento",
            rate_ok(voce_percent(stato)) ? percent_text(cx, stato->liquidato, stato->stanziato)
                                         : NULL);
    tv_bool(to, "oltre", stato->disponibile.cents < 0);
}

static void add_state(struct voce_stato *sum, const struct voce_stato *stato)
{
    sum->stanziato = money_add(sum->stanziato, stato->stanziato);
    sum->impegnato = money_add(sum->impegnato, stato->impegnato);
    sum->liquidato = money_add(sum->liquidato, stato->liquidato);
    sum->pagato = money_add(sum->pagato, stato->pagato);
    sum->disponibile = money_add(sum->disponibile, stato->disponibile);
}

static bool area_used(const struct bilancio *b, struct id area)
{
    for (size_t i = 0; i < b->voci_count; i++)
        if (b->voci[i].area.n == area.n)
            return true;
    return false;
}

static void show_areas(struct cx *cx, struct tv *page, const struct bilancio *b,
                       const struct list *stati)
{
    struct tv *areas = tv_children(page, "aree");
    struct voce_stato all = {.stanziato = MONEY(0)};
    struct money total = bilancio_uscite(b);
    for (size_t i = 0; i < b->aree_count; i++) {
        struct money sum = bilancio_sum_area(b, b->aree[i].id);
        if (!area_used(b, b->aree[i].id))
            continue;
        struct tv *area = tv_push(areas);
        struct tv *items = tv_children(area, "voci");
        tv_text(area, "nome", b->aree[i].nome);
        tv_money(area, "stanziato", sum);
        tv_text(area, "quota", percent_text(cx, sum, total));
        for (size_t k = 0; k < b->voci_count; k++) {
            const struct voce *voce = &b->voci[k];
            if (voce->area.n != b->aree[i].id.n)
                continue;
            const struct voce_stato *stato = LIST_ITEM(stati, struct voce_stato, k);
            struct tv *item = tv_push(items);
            tv_text(item, "nome", voce->nome);
            tv_text(item, "href", voce_href(cx, voce->id, b->anno));
            voce_show_state(cx, item, stato);
            add_state(&all, stato);
        }
    }
    voce_show_state(cx, page, &all);
}

static const struct {
    const char *path, *label;
} tabs[] = {{"/bilancio", "Quadro"},
            {"/bilancio/matrice", "Voci e fonti"},
            {"/bilancio/variazioni", "Variazioni"},
            {"/bilancio/scritture", "Scritture"},
            {"/bilancio/previsione", "Fine anno"},
            {"/bilancio/fonti", "Fonti e scadenze"},
            {"/bilancio/anni", "Anni a confronto"},
            {"/bilancio/verifica", "Verifica"}};

void bilancio_tabs(struct cx *cx, struct web_res *res, struct tv *page, const char *current,
                   int64_t anno)
{
    struct tv *list = tv_children(page, "schede");
    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
        bool here = strcmp(tabs[i].path, current) == 0;
        struct tv *item = tv_push(list);
        tv_text(item, "label", tabs[i].label);
        tv_text(item, "href", anno_href(cx, tabs[i].path, anno));
        tv_bool(item, "current", here);
        if (here && i > 0) {
            web_crumb(res, anno_href(cx, "/bilancio", anno), anno_title(cx, "Bilancio", anno));
            web_crumb(res, NULL, tabs[i].label);
        }
    }
    if (strcmp(current, "/bilancio") == 0)
        web_crumb(res, NULL, "Bilancio");
}

static void show_years(struct cx *cx, struct tv *page, const struct list *years, int64_t anno)
{
    struct tv *list = tv_children(page, "anni");
    tv_bool(page, "anni_piu", years->count > 1);
    LIST_EACH (years, const struct bilancio_anno, year) {
        struct tv *item = tv_push(list);
        tv_printf(item, "anno", "%lld", (long long)year->anno);
        tv_text(item, "href", anno_href(cx, "/bilancio", year->anno));
        tv_bool(item, "current", year->anno == anno);
    }
}

static const struct {
    const char *ext, *label;
} formats[] = {{"xlsx", "Foglio di calcolo (XLSX)"},
               {"ods", "Foglio di calcolo (ODS)"},
               {"csv", "Testo (CSV)"},
               {"pdf", "Da stampare (PDF)"}};

void bilancio_show_exports(struct tv *page, const char *href)
{
    struct tv *list = tv_children(page, "esporta");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct tv *item = tv_push(list);
        tv_text(item, "label", formats[i].label);
        tv_printf(item, "href", "%s%s", href, formats[i].ext);
    }
}

/* How many amendments are in the state that is shown. */
static bool amendments(struct cx *cx, const struct bilancio *b, struct day al, int64_t *count)
{
    struct list list;
    *count = 0;
    if (!store_variazione_list(cx, b->anno, &list))
        return false;
    LIST_EACH (&list, const struct variazione_salvata, v)
        *count += v->numero != INT_NONE && day_cmp(v->giorno, al) <= 0;
    return true;
}

bool bilancio_show_stage(struct cx *cx, struct web_req *req, struct tv *page,
                         const struct bilancio *b)
{
    char day[DAY_TEXT];
    int64_t count;
    struct day al = wanted_day(req);
    const char *path = web_route(req)->path;
    bool dated = day_cmp(al, DAY_MAX) < 0, closed = strcmp(b->stato, "chiuso") == 0;
    if (!amendments(cx, b, al, &count))
        return false;
    struct tv *to = tv_child(page, "stadio");
    const char *name = closed && !dated                       ? "consuntivo"
                       : strcmp(b->stato, "provvisorio") == 0 ? "provvisorio"
                       : count > 0                            ? "assestato"
                                                              : "previsione";
    tv_text(to, "nome", name);
    tv_text(to, "classe", strcmp(name, "provvisorio") == 0 ? "bg-warning" : "bg-success");
    tv_text(to, "atto", closed && !dated ? b->consuntivo_atto : b->atto);
    tv_text(to, "variazioni",
            count > 0 ? arena_printf(cx->arena, count == 1 ? "una variazione" : "%lld variazioni",
                                     (long long)count)
                      : NULL);
    tv_text(to, "percorso", path);
    tv_printf(to, "anno", "%lld", (long long)b->anno);
    tv_text(to, "al", dated ? day_it(al, day) : NULL);
    tv_text(to, "tolto", dated ? anno_href(cx, path, b->anno) : NULL);
    return true;
}

/* Who amends may approve a provisional year, and close an approved one when it is over. */
static void show_acts(struct cx *cx, struct web_req *req, struct tv *page, const struct bilancio *b)
{
    bool may = web_may(cx, req, "bilancio.scrivi");
    bool open = may && strcmp(b->stato, "provvisorio") == 0;
    bool over = may && strcmp(b->stato, "approvato") == 0 && day_civil(cx->today).year > b->anno;
    tv_bool(page, "agisce", open || over);
    tv_text(page, "azione", open ? "/bilancio/approva" : "/bilancio/chiudi");
    tv_text(page, "azione_nome", open ? "Approva il bilancio" : "Chiudi l’anno con il consuntivo");
    tv_printf(page, "anno", "%lld", (long long)b->anno);
    web_form_show(req, page, "form", &atto_form, NULL);
}

/* Each area's share of the whole, and how much it is for each inhabitant. */
static bool show_shares(struct cx *cx, struct tv *page, const struct bilancio *b)
{
    struct money total = bilancio_uscite(b);
    struct doc *doc = doc_new(cx->arena, &(struct doc_meta){.title = "Aree"});
    struct doc_table *table = doc_figure(doc, CHART_BARS, "Stanziato per area", NULL);
    struct tv *rows = tv_children(page, "quote");
    struct buf svg;
    int64_t people;
    if (!abitanti(cx, b->anno, &people))
        return false;
    doc_column(table, "area", "Area", FIELD_TEXT);
    doc_column(table, "stanziato", "Stanziato", FIELD_MONEY);
    for (size_t i = 0; i <= b->aree_count; i++) {
        bool last = i == b->aree_count;
        struct money sum = last ? total : bilancio_sum_area(b, b->aree[i].id);
        if (!last && sum.cents == 0) /* an area of other years */
            continue;
        struct tv *row = tv_push(rows);
        if (!last) {
            doc_row(table);
            doc_cell_text(table, b->aree[i].nome);
            doc_cell_money(table, sum);
        }
        tv_text(row, "nome", last ? "Totale" : b->aree[i].nome);
        tv_money(row, "stanziato", sum);
        tv_text(row, "quota", percent_text(cx, sum, total));
        tv_money(row, "testa",
                 people > 0 ? money_share(sum, rate_of(1, people), STEP_CENT) : MONEY_INVALID);
    }
    buf_init(&svg, cx->arena, 1024 * 1024);
    doc_html_body(doc, &svg);
    tv_markup(page, "grafico", svg.data);
    tv_int(page, "abitanti", people);
    return true;
}

bool quadro_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct bilancio_faults faults = {.arena = cx->arena};
    struct list years, stati;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Bilancio", &years, &b, &found))
        return false;
    if (!found)
        return true;
    if (!stati_load(cx, &b, wanted_day(req), &stati))
        return false;
    bilancio_check(&b, &faults);
    struct tv *page = web_page(res, "bilancio/quadro", anno_title(cx, "Bilancio", b.anno));
    bilancio_tabs(cx, res, page, "/bilancio", b.anno);
    if (!bilancio_show_stage(cx, req, page, &b))
        return false;
    tv_bool(page, "in_ordine", faults.count == 0);
    tv_text(page, "verifica", anno_href(cx, "/bilancio/verifica", b.anno));
    show_years(cx, page, &years, b.anno);
    bilancio_show_exports(
        page, arena_printf(cx->arena, "/bilancio/esporta?anno=%lld&formato=", (long long)b.anno));
    show_areas(cx, page, &b, &stati);
    show_acts(cx, req, page, &b);
    return show_shares(cx, page, &b);
}

/* ---- checks ----------------------------------------------------------------------------- */

bool verifica_bilancio_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct bilancio_faults faults = {.arena = cx->arena};
    struct list years;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Verifica", &years, &b, &found))
        return false;
    if (!found)
        return true;
    if (!bilancio_check_all(cx, &b, &faults))
        return false;
    size_t kept = faults.count < BILANCIO_FAULTS ? faults.count : BILANCIO_FAULTS;
    struct tv *page = web_page(res, "bilancio/verifica", anno_title(cx, "Verifica", b.anno));
    bilancio_tabs(cx, res, page, "/bilancio/verifica", b.anno);
    tv_printf(page, "anno", "%lld", (long long)b.anno);
    tv_int(page, "celle", (int64_t)b.celle_count);
    tv_money(page, "totale", bilancio_uscite(&b));
    struct tv *rules = tv_children(page, "regole");
    for (enum invariante i = 0; i < INVARIANTI; i++) {
        struct tv *rule = tv_push(rules);
        struct tv *list = tv_children(rule, "guasti");
        bool holds = true;
        for (size_t k = 0; k < kept; k++)
            if (faults.items[k].invariante == i) {
                tv_push_text(list, faults.items[k].text);
                holds = false;
            }
        tv_text(rule, "titolo", invariante_title(i));
        tv_bool(rule, "vale", holds);
    }
    return true;
}
