/* Hypotheses side by side. All is in the address: it can be sent, kept, printed. */
#include "mod/riparto/pages_prova.h"

#include "kit/tmpl/message.h"
#include "kit/web/paper.h"
#include "mod/riparto/simula.h"

#include <string.h>

enum { IPOTESI = 3 };

/* ---- what is asked ----------------------------------------------------------------------------
 */

/* Texts, so that what does not fit is said beside its field and not by an error page. */
struct domanda {
    const char *altro; /* another definition; NULL = the same */
    const char *quota, *importo, *pesi, *arrotonda, *passo, *esce;
};
struct domande {
    const char *prospetto;
    struct domanda ipotesi[IPOTESI];
    const char *formato;
};

static const struct web_choice modi[] = {
    {"riga", "Riga per riga"}, {"resti", "Secondo i resti più grandi"}, {NULL, NULL}};
static const struct web_choice passi[] = {
    {"0,01", "0,01 €"}, {"1,00", "1,00 €"}, {"10,00", "10,00 €"}, {NULL, NULL}};

/* clang-format off */
/* As the page shows them: */
#define CAMPO(k, member, label, input, max, choices, help) \
    {FIELD_AS(domande, ipotesi[(k) - 1].member, #member "_" #k), label, input, false, 0, max, choices, help}
#define CAMPI(k) \
    CAMPO(k, altro, "Un altro prospetto", INPUT_CHOICE, 0, NULL, NULL), \
    CAMPO(k, quota, "Quota pro capite (€)", INPUT_TEXT, 20, NULL, NULL), \
    CAMPO(k, importo, "Importo da ripartire (€)", INPUT_TEXT, 20, NULL, NULL), \
    CAMPO(k, pesi, "Quote dei criteri", INPUT_TEXT, 100, NULL, "Nel loro ordine: 30 % 70 %"), \
    CAMPO(k, arrotonda, "Arrotondamento", INPUT_CHOICE, 0, modi, NULL), \
    CAMPO(k, passo, "Arrotondato a", INPUT_CHOICE, 0, passi, NULL), \
    CAMPO(k, esce, "Chi esce", INPUT_TEXT, 500, NULL, "Separati da punto e virgola")
/* As they come in the address, where what does not fit is to be said beside its field: */
#define TESTO(k, member) \
    {FIELD_AS(domande, ipotesi[(k) - 1].member, #member "_" #k), #member, INPUT_TEXT, false, 0, 500, NULL, NULL}
#define TESTI(k) \
    TESTO(k, altro), TESTO(k, quota), TESTO(k, importo), TESTO(k, pesi), TESTO(k, arrotonda), \
    TESTO(k, passo), TESTO(k, esce)

static const struct web_field campi[] = {
    {FIELD(domande, prospetto), "Prospetto", INPUT_CHOICE, true, 0, 0, NULL, "Com’è: le ipotesi partono da questo"},
    CAMPI(1), CAMPI(2), CAMPI(3), WEB_FIELD_END,
};
static const struct web_field testi[] = {
    {FIELD(domande, prospetto), "Prospetto", INPUT_TEXT, false, 0, 40, NULL, NULL},
    TESTI(1), TESTI(2), TESTI(3), WEB_FIELD_END,
};
static const struct web_field esporta[] = {
    {FIELD(domande, formato), "Formato", INPUT_TEXT, true, 0, 8, NULL, NULL},
    {FIELD(domande, prospetto), "Prospetto", INPUT_TEXT, false, 0, 40, NULL, NULL},
    TESTI(1), TESTI(2), TESTI(3), WEB_FIELD_END,
};
/* clang-format on */
static const struct web_form ipotesi_form = {"simula", campi, sizeof(struct domande), 0};
const struct web_form ipotesi_query = {"simula", testi, sizeof(struct domande), 0};
const struct web_form ipotesi_file_query = {"simula", esporta, sizeof(struct domande), 0};

/* ---- from the question to the tables
 * ------------------------------------------------------------- */

static const char *field_name(struct cx *cx, const char *member, size_t k)
{
    return arena_printf(cx->arena, "%s_%zu", member, k + 1);
}

static bool read_amount(struct cx *cx, struct web_req *req, const char *member, size_t k,
                        const char *text, struct money *amount)
{
    *amount = MONEY_INVALID;
    if (text == NULL || (money_parse(text, amount) && amount->cents >= 0))
        return true;
    web_fault(req, field_name(cx, member, k), "%s", message("riparto.importo_scritto"));
    return false;
}

/* True: this hypothesis says something; `read`: and it is well written. */
static bool read_domanda(struct cx *cx, struct web_req *req, const struct domanda *asked, size_t k,
                         struct ipotesi *ipotesi, bool *read)
{
    *ipotesi = (struct ipotesi){.pesi = asked->pesi,
                                .arrotonda = asked->arrotonda,
                                .passo = asked->passo,
                                .esce = asked->esce};
    bool quota = read_amount(cx, req, "quota", k, asked->quota, &ipotesi->quota);
    *read = read_amount(cx, req, "importo", k, asked->importo, &ipotesi->importo) && quota;
    return !*read || asked->altro != NULL || ipotesi_any(ipotesi);
}

static void show_faults(struct cx *cx, struct web_req *req, size_t k,
                        const struct definizione_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const char *column = faults->items[i].column;
        bool own = strcmp(column, "quota") == 0 || strcmp(column, "importo") == 0 ||
                   strcmp(column, "pesi") == 0 || strcmp(column, "arrotonda") == 0 ||
                   strcmp(column, "passo") == 0 || strcmp(column, "esce") == 0;
        web_fault(req, own ? field_name(cx, column, k) : NULL, "Ipotesi %zu: %s", k + 1,
                  faults->items[i].text);
    }
}

/* "Fondo sociale 2025": the year once. */
static const char *titled(struct cx *cx, const struct prospetto *prospetto)
{
    const char *year = arena_printf(cx->arena, "%lld", (long long)prospetto->anno);
    return strstr(prospetto->titolo, year) != NULL
               ? prospetto->titolo
               : arena_printf(cx->arena, "%s %s", prospetto->titolo, year);
}

/* One hypothesis; a refusal becomes a fault beside its field. */
static bool add_ipotesi(struct cx *cx, struct web_req *req, const struct domanda *asked, size_t k,
                        const char *base, struct simula *simula)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    struct prospetto other;
    struct ipotesi ipotesi;
    const char *text = base;
    bool read;
    if (!read_domanda(cx, req, asked, k, &ipotesi, &read))
        return true;
    if (asked->altro != NULL &&
        !prova_text(cx, req, field_name(cx, "altro", k), asked->altro, &other, &text))
        return false;
    if (!read || text == NULL)
        return true;
    simula_add(cx->arena, simula, (struct bytes){(const unsigned char *)text, strlen(text)},
               &ipotesi, faults);
    show_faults(cx, req, k, faults);
    if (faults->count == 0 && asked->altro != NULL)
        simula->cambia[simula->count - 1] =
            arena_printf(cx->arena, "%s%s%s", titled(cx, &other), ipotesi_any(&ipotesi) ? "; " : "",
                         simula->cambia[simula->count - 1]);
    return true;
}

/* `count` 0: nothing to be compared, or what was asked is faulty. */
static bool read_domande(struct cx *cx, struct web_req *req, const struct domande *asked,
                         struct simula *simula)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    struct prospetto prospetto;
    const char *text;
    *simula = (struct simula){.titolo = "", .count = 0};
    if (asked == NULL || asked->prospetto == NULL)
        return true;
    if (!prova_text(cx, req, "prospetto", asked->prospetto, &prospetto, &text))
        return false;
    if (text == NULL)
        return true;
    simula->titolo = titled(cx, &prospetto);
    simula_add(cx->arena, simula, (struct bytes){(const unsigned char *)text, strlen(text)}, NULL,
               faults);
    for (size_t i = 0; i < faults->count; i++)
        web_fault(req, "prospetto", "%s", faults->items[i].text);
    for (size_t k = 0; k < IPOTESI && faults->count == 0; k++)
        if (!add_ipotesi(cx, req, &asked->ipotesi[k], k, text, simula))
            return false;
    if (web_faulty(req))
        simula->count = simula->count > 0;
    simula_compare(cx->arena, simula);
    return true;
}

/* ---- the page
 * ------------------------------------------------------------------------------------ */

static const char *percent(struct cx *cx, int64_t hundredths)
{
    char text[MONEY_TEXT];
    return hundredths == INT_NONE
               ? "—"
               : arena_printf(cx->arena, "%s %%", money_it(MONEY(hundredths), text));
}

static void show_row(struct cx *cx, struct tv *to, const struct ipotesi_riga *riga,
                     const struct simula *simula)
{
    struct tv *cells = tv_children(to, "celle");
    tv_text(to, "nome", riga->nome);
    tv_money(to, "comune", riga->importi[0]);
    for (size_t h = 1; h < simula->count; h++) {
        struct tv *cell = tv_push(cells);
        tv_text(cell, "nome", simula->nomi[h]);
        tv_money(cell, "importo", riga->importi[h]);
        tv_money(cell, "differenza", riga->differenze[h]);
        tv_bool(cell, "sale", riga->differenze[h].cents > 0);
        tv_text(cell, "percento", percent(cx, riga->percenti[h]));
    }
}

/* What may be changed of it, in words: "over65 20 %, ore 80 %". */
static const char *criteria_words(struct cx *cx, const struct definizione *def)
{
    char share[MONEY_TEXT];
    const char *words = "";
    for (size_t k = 0; k < def->criteri_count; k++)
        words = arena_printf(
            cx->arena, "%s%s%s %s %%", words, k > 0 ? ", " : "", def->criteri[k].nome,
            money_it(money_share(MONEY(10000), def->criteri[k].quota, STEP_CENT), share));
    return *words == '\0' ? NULL : words;
}

static void show_definition(struct cx *cx, struct tv *page, const struct simula *simula)
{
    const struct definizione *def = simula->count > 0 ? simula->quadri[0]->def : NULL;
    tv_text(page, "titolo", simula->titolo);
    tv_bool(page, "scelto", def != NULL);
    tv_money(page, "quota", def != NULL ? def->quota : MONEY_INVALID);
    tv_money(page, "importo", def != NULL ? def->importo : MONEY_INVALID);
    tv_text(page, "criteri", def != NULL ? criteria_words(cx, def) : NULL);
}

static void show_result(struct cx *cx, struct tv *page, const struct simula *simula)
{
    struct tv *rows = tv_children(page, "righe"), *names = tv_children(page, "ipotesi");
    struct buf figure;
    bool any = simula->count > 1;
    tv_bool(page, "confronto", any);
    tv_bool(page, "portati", simula->portati);
    buf_init(&figure, cx->arena, 1 << 20);
    if (any)
        doc_html_body(simula_figure(cx, simula), &figure);
    tv_markup(page, "grafico", any ? figure.data : NULL);
    for (size_t h = 1; h < simula->count; h++) {
        struct tv *name = tv_push(names);
        tv_text(name, "nome", simula->nomi[h]);
        tv_text(name, "cambia", simula->cambia[h]);
    }
    LIST_EACH (&simula->righe, struct ipotesi_riga, riga)
        show_row(cx, tv_push(rows), riga, simula);
    show_row(cx, tv_child(page, "totale"), &simula->totale, simula);
}

static void show_form(struct web_req *req, struct tv *page, const struct web_choice *choices,
                      const struct domande *asked)
{
    web_choices(req, "prospetto", choices);
    web_choices(req, "altro_1", choices);
    web_choices(req, "altro_2", choices);
    web_choices(req, "altro_3", choices);
    web_form_show(req, page, "form", &ipotesi_form, asked);
}

bool ipotesi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct domande *asked = web_form(req);
    const struct web_choice *choices;
    struct simula simula;
    if (!prova_choices(cx, &choices) || !read_domande(cx, req, asked, &simula))
        return false;
    struct tv *page = web_page(res, "riparto/simula", "Ipotesi di riparto");
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, NULL, "Ipotesi");
    tv_bool(page, "nessuno", choices[0].value == NULL);
    show_form(req, page, choices, asked);
    show_definition(cx, page, &simula);
    show_result(cx, page, &simula);
    tv_bool(page, "si_esporta", web_may(cx, req, "riparto.esporta"));
    prova_exports(cx, page,
                  arena_printf(cx->arena, "/riparti/simula/esporta?%s&", web_query_text(req)));
    return true;
}

/* ---- files
 * ----------------------------------------------------------------------------------------- */

bool ipotesi_file(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct domande *asked = web_form(req);
    struct simula simula;
    enum doc_format format;
    if (!doc_format_parse(asked->formato, &format) || format == DOC_HTML)
        return FAIL(cx, ERR_INPUT, "%s", message("riparto.formato"));
    if (!read_domande(cx, req, asked, &simula))
        return false;
    if (web_faulty(req) || simula.count < 2)
        return FAIL(cx, ERR_INPUT, "%s", message("riparto.ipotesi_mancano"));
    web_audit_detail(req, "ipotesi di riparto, %s", asked->formato);
    return web_paper(cx, res, simula_paper(cx, &simula), format, "ipotesi");
}
