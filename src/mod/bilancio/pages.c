/* The budget in pages, for who sees counts and money. */
#include "mod/bilancio/pages.h"
#include "mod/bilancio/store.h"

#include "kit/tmpl/message.h"

#include <string.h>

/* ---- which year ------------------------------------------------------------------------- */

static const struct web_field anno_fields[] = {
    {FIELD(richiesta, anno), "Anno", INPUT_INT, false, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(richiesta, al), "Stato al giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form anno_query = {"anno", anno_fields, sizeof(struct richiesta), 0};
static const struct web_field esporta_fields[] = {
    {FIELD(richiesta, anno), "Anno", INPUT_INT, false, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(richiesta, al), "Stato al giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(richiesta, formato), "Formato", INPUT_TEXT, true, 1, 8, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form esporta_query = {"esporta", esporta_fields, sizeof(struct richiesta),
                                              0};

/* The year asked for; else this one, if it has a budget; else the latest that has. */
static bool wanted_year(struct cx *cx, const struct web_req *req, const struct list *years,
                        int64_t *anno)
{
    const struct richiesta *asked = web_form(req);
    int64_t today = day_civil(cx->today).year;
    *anno = asked != NULL ? asked->anno : INT_NONE;
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
    if (*found)
        return true;
    struct tv *page = web_page(res, "bilancio/vuoto", title);
    web_crumb(res, NULL, title);
    tv_text(page, "testo", message(any ? "bilancio.nessuno_anno" : "bilancio.nessuno"));
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

static void show_areas(struct cx *cx, struct tv *page, const struct bilancio *b,
                       const struct list *stati)
{
    struct tv *areas = tv_children(page, "aree");
    struct voce_stato all = {.stanziato = MONEY(0)};
    struct money total = bilancio_uscite(b);
    for (size_t i = 0; i < b->aree_count; i++) {
        struct money sum = bilancio_sum_area(b, b->aree[i].id);
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

static void show_exports(struct tv *page, int64_t anno)
{
    struct tv *list = tv_children(page, "esporta");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct tv *item = tv_push(list);
        tv_text(item, "label", formats[i].label);
        tv_printf(item, "href", "/bilancio/esporta?anno=%lld&formato=%s", (long long)anno,
                  formats[i].ext);
    }
}

static bool quadro_page(struct cx *cx, struct web_req *req, struct web_res *res)
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
    web_crumb(res, NULL, "Bilancio");
    bool approved = strcmp(b.stato, "approvato") == 0;
    tv_text(page, "stato", b.stato);
    tv_text(page, "stato_classe", approved ? "bg-success" : "bg-warning");
    tv_text(page, "atto", b.atto);
    tv_bool(page, "in_ordine", faults.count == 0);
    tv_text(page, "matrice", anno_href(cx, "/bilancio/matrice", b.anno));
    tv_text(page, "verifica", anno_href(cx, "/bilancio/verifica", b.anno));
    show_years(cx, page, &years, b.anno);
    show_exports(page, b.anno);
    show_areas(cx, page, &b, &stati);
    return true;
}

/* ---- matrix ----------------------------------------------------------------------------- */

static void show_matrix_row(struct cx *cx, struct tv *items, const struct bilancio *b,
                            const struct voce *voce)
{
    struct tv *item = tv_push(items);
    struct tv *cells = tv_children(item, "celle");
    tv_text(item, "nome", voce->nome);
    tv_text(item, "href", voce_href(cx, voce->id, b->anno));
    tv_money(item, "totale", bilancio_sum_voce(b, voce->id));
    for (size_t i = 0; i < b->fonti_count; i++)
        tv_money(tv_push(cells), "importo", bilancio_cella(b, voce->id, b->fonti[i].id));
}

static bool matrice_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list years;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Voci e fonti", &years, &b, &found))
        return false;
    if (!found)
        return true;
    struct tv *page = web_page(res, "bilancio/matrice", anno_title(cx, "Voci e fonti", b.anno));
    web_crumb(res, anno_href(cx, "/bilancio", b.anno), anno_title(cx, "Bilancio", b.anno));
    web_crumb(res, NULL, "Voci e fonti");
    struct tv *sources = tv_children(page, "fonti"), *areas = tv_children(page, "aree");
    for (size_t i = 0; i < b.fonti_count; i++) {
        struct tv *source = tv_push(sources);
        tv_text(source, "nome", b.fonti[i].nome);
        tv_bool(source, "vincolata", b.fonti[i].vincolata);
        tv_money(source, "totale", bilancio_sum_fonte(&b, b.fonti[i].id));
    }
    for (size_t i = 0; i < b.aree_count; i++) {
        struct tv *area = tv_push(areas);
        struct tv *items = tv_children(area, "voci");
        tv_text(area, "nome", b.aree[i].nome);
        tv_money(area, "totale", bilancio_sum_area(&b, b.aree[i].id));
        for (size_t k = 0; k < b.voci_count; k++)
            if (b.voci[k].area.n == b.aree[i].id.n)
                show_matrix_row(cx, items, &b, &b.voci[k]);
    }
    tv_printf(page, "colonne", "%zu", b.fonti_count + 2);
    tv_money(page, "totale", bilancio_uscite(&b));
    tv_text(page, "quadro", anno_href(cx, "/bilancio", b.anno));
    return true;
}

/* ---- checks ----------------------------------------------------------------------------- */

static bool verifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct bilancio_faults faults = {.arena = cx->arena};
    struct list years;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Verifica", &years, &b, &found))
        return false;
    if (!found)
        return true;
    bilancio_check(&b, &faults);
    size_t kept = faults.count < BILANCIO_FAULTS ? faults.count : BILANCIO_FAULTS;
    struct tv *page = web_page(res, "bilancio/verifica", anno_title(cx, "Verifica", b.anno));
    web_crumb(res, anno_href(cx, "/bilancio", b.anno), anno_title(cx, "Bilancio", b.anno));
    web_crumb(res, NULL, "Verifica");
    tv_printf(page, "anno", "%lld", (long long)b.anno);
    tv_int(page, "celle", (int64_t)b.celle_count);
    tv_money(page, "totale", bilancio_uscite(&b));
    tv_text(page, "quadro", anno_href(cx, "/bilancio", b.anno));
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

/* ---- files ------------------------------------------------------------------------------ */

static bool esporta_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct richiesta *asked = web_form(req);
    struct bilancio b;
    struct list years;
    struct bytes bytes;
    enum doc_format format;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Bilancio", &years, &b, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "%s", message("bilancio.nessuno_anno"));
    if (!doc_format_parse(asked->formato, &format) || format == DOC_HTML)
        return FAIL(cx, ERR_INPUT, "%s", message("bilancio.formato"));
    struct doc *doc = format == DOC_PDF ? bilancio_paper(cx, &b) : bilancio_matrix(cx, &b);
    if (!doc_draw(doc, format, cx->arena, &bytes, &cx->err))
        return false;
    web_audit_detail(req, "bilancio %lld, %s", (long long)b.anno, asked->formato);
    web_bytes(
        res, doc_format_type(format), bytes,
        arena_printf(cx->arena, "bilancio-%lld.%s", (long long)b.anno, doc_format_ext(format)));
    return true;
}

/* ---- routes ----------------------------------------------------------------------------- */

/* clang-format off */
const struct web_route bilancio_routes[] = {
    {WEB_GET, "/bilancio", quadro_page, "bilancio.leggi", FINE_PROGRAMMAZIONE, AZIONE_ELENCA,
     AUDIT_NO, NULL, &anno_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/bilancio/matrice", matrice_page, "bilancio.leggi", FINE_PROGRAMMAZIONE,
     AZIONE_ELENCA, AUDIT_NO, NULL, &anno_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/bilancio/verifica", verifica_page, "bilancio.leggi", FINE_PROGRAMMAZIONE,
     AZIONE_ELENCA, AUDIT_NO, NULL, &anno_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/bilancio/voci/{id}", voce_page, "bilancio.leggi", FINE_PROGRAMMAZIONE,
     AZIONE_LEGGI, AUDIT_NO, &voce_object, &voce_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/bilancio/esporta", esporta_page, "bilancio.leggi", FINE_PROGRAMMAZIONE,
     AZIONE_ESPORTA, AUDIT_READ, NULL, &esporta_query, NULL, NULL, 0, NULL},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

const struct menu_item bilancio_menu[] = {
    {"Numeri", "Bilancio", "/bilancio", "bilancio.leggi", "it-chart-line"},
    {NULL, NULL, NULL, NULL, NULL},
};
