/* What one payer owes of one apportionment: its instalments, what was entered, new entries,
 * reversals. */
#include "mod/riparto/pages.h"

#include "mod/utenti/utenti.h"

#include <stdio.h>
#include <string.h>

/* ---- forms ----------------------------------------------------------------------------------- */

struct registra {
    const char *tipo, *parte, *riferimento;
    struct day giorno;
    struct money importo;
    int64_t numero;
};
static const struct web_choice tipi[] = {
    {"incasso", "Incasso: è arrivato un pagamento"}, {"fattura", "Fattura emessa"}, {NULL, NULL}};
static const struct web_choice parti[] = {
    {"fattura", "Quella con fattura"}, {"trasferimento", "Quella con trasferimento"}, {NULL, NULL}};
enum { EURO_MAX = 1000000000 }; /* cents: ten million euro, as elsewhere */
/* clang-format off */
static const struct web_field registra_fields[] = {
    {FIELD(registra, tipo), "Che cosa si registra", INPUT_CHOICE, true, 0, 0, tipi, NULL},
    {FIELD(registra, giorno), "Giorno", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(registra, importo), "Importo", INPUT_MONEY, true, 1, EURO_MAX, NULL, NULL},
    {FIELD(registra, numero), "Rata", INPUT_INT, false, 1, RIPARTO_RATE, NULL, "Il numero; vuoto: prima le rate più vecchie"},
    {FIELD(registra, parte), "Parte", INPUT_CHOICE, false, 0, 0, parti, "Vuoto: prima quella con fattura"},
    {FIELD(registra, riferimento), "Riferimento", INPUT_TEXT, true, 1, 80, NULL, "Numero della fattura o della reversale"},
    WEB_FIELD_END,
};
/* clang-format on */
const struct web_form registra_form = {"registra", registra_fields, sizeof(struct registra), 0};

struct storna {
    const char *motivo;
};
static const struct web_field storna_fields[] = {
    {FIELD(storna, motivo), "Perché si storna", INPUT_TEXT, true, 3, 200, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form storna_form = {"storna", storna_fields, sizeof(struct storna), 0};

/* ---- account --------------------------------------------------------------------------------- */

static const char *movimento_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/riparti/movimenti/%s%s", id_text(id, text), tail);
}

static const char *const stato_classi[CONTO_STATI] = {"bg-success", "bg-danger", "bg-warning",
                                                      "bg-secondary"};

static void show_conti(struct cx *cx, struct tv *page, const struct list *conti)
{
    struct tv *list = tv_children(page, "rate");
    struct anticipo a;
    anticipo_compute(conti->items, conti->count, cx->today, &a);
    tv_money(page, "dovuto", a.dovuto);
    tv_money(page, "incassato", money_sub(a.dovuto, a.resto));
    tv_money(page, "resto", a.resto);
    tv_money(page, "scaduto", a.anticipato);
    LIST_EACH (conti, const struct conto, conto) {
        struct tv *item = tv_push(list);
        enum conto_stato stato = conto_stato(conto, cx->today);
        int late = conto_ritardo(conto, cx->today);
        tv_int(item, "numero", conto->numero);
        tv_day(item, "scadenza", conto->scadenza);
        tv_money(item, "totale", conto_dovuto(conto));
        tv_money(item, "fattura", conto->dovuto[PARTE_FATTURA]);
        tv_money(item, "trasferimento", conto->dovuto[PARTE_TRASFERIMENTO]);
        tv_money(item, "fatturato", conto->fatturato);
        tv_money(item, "incassato", conto_incassato(conto));
        tv_money(item, "resto", conto_resto(conto));
        tv_text(item, "stato", conto_stato_name(stato));
        tv_text(item, "classe", stato_classi[stato]);
        tv_int(item, "giorni", late > 0 ? late : INT_NONE);
    }
}

static void show_movimento(struct cx *cx, struct tv *item, const struct movimento *m)
{
    tv_text(item, "href", movimento_href(cx, m->id, ""));
    tv_day(item, "giorno", m->giorno);
    tv_text(item, "tipo",
            m->storna.n != 0                  ? "storno"
            : strcmp(m->tipo, "fattura") == 0 ? "fattura emessa"
                                              : "incasso");
    tv_money(item, "importo", m->importo);
    tv_text(item, "riferimento", m->riferimento);
    tv_text(item, "motivo", m->motivo);
    tv_bool(item, "stornato", m->stornato.n != 0);
}

bool conto_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct rata_riga rata;
    struct list conti, movimenti;
    if (!store_rata_load(cx, web_id(req), &rata))
        return false;
    const struct rata_filtro filtro = {rata.prospetto, INT_NONE, rata.pagante};
    if (!conto_list(cx, &filtro, &conti) ||
        !store_movimento_list(cx, rata.prospetto, rata.pagante, &movimenti))
        return false;
    struct registra values = {
        .tipo = "incasso", .giorno = cx->today, .importo = MONEY_INVALID, .numero = INT_NONE};
    struct tv *page = web_page(res, "riparto/conto", rata.pagante);
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, "/riparti/scadenzario", "Scadenzario delle rate");
    web_crumb(res, NULL, rata.pagante);
    tv_text(page, "prospetto", rata.titolo);
    tv_text(page, "prospetto_href", riparto_href(cx, rata.prospetto, ""));
    tv_text(page, "registra",
            web_may(cx, req, "riparto.scrivi")
                ? arena_printf(cx->arena, "%s/registra", rata_href(cx, rata.id))
                : NULL);
    show_conti(cx, page, &conti);
    struct tv *list = tv_children(page, "movimenti");
    LIST_EACH (&movimenti, const struct movimento, m)
        show_movimento(cx, tv_push(list), m);
    tv_bool(page, "movimenti_noti", movimenti.count > 0);
    web_form_show(req, page, "form", &registra_form, &values);
    return true;
}

static void refuse(struct web_req *req, enum movimento_esito esito, struct money fits)
{
    char text[MONEY_TEXT];
    const char *field = esito == MOVIMENTO_FUTURO    ? "giorno"
                        : esito == MOVIMENTO_NESSUNO ? "numero"
                        : esito == MOVIMENTO_DOPPIO  ? "riferimento"
                                                     : "importo";
    if (esito == MOVIMENTO_ECCEDE)
        web_fault(req, field, "%s Al massimo %s €.", movimento_esito_text(esito),
                  money_it(fits, text));
    else
        web_fault(req, field, "%s", movimento_esito_text(esito));
}

bool registra_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct registra *form = web_form(req);
    struct rata_riga rata;
    enum movimento_esito esito;
    struct money fits;
    struct id id;
    char text[MONEY_TEXT];
    if (!store_rata_load(cx, web_id(req), &rata))
        return false;
    const struct movimento_nuovo nuovo = {.prospetto = rata.prospetto,
                                          .pagante = rata.pagante,
                                          .tipo = movimento_tipo_parse(form->tipo),
                                          .giorno = form->giorno,
                                          .importo = form->importo,
                                          .numero = form->numero == INT_NONE ? 0 : form->numero,
                                          .parte = parte_parse(form->parte),
                                          .riferimento = form->riferimento};
    if (!movimento_add(cx, &nuovo, &id, &esito, &fits))
        return false;
    if (esito != MOVIMENTO_OK) {
        refuse(req, esito, fits);
        return false;
    }
    web_audit_object(req, "movimento", id);
    web_audit_detail(req, "%s, %s, %s", form->tipo, rata.pagante, money_it(form->importo, text));
    web_notice(req, "Registrato: %s di %s €.", form->tipo, text);
    web_redirect(res, "%s", rata_href(cx, rata.id));
    return true;
}

/* ---- an entry -------------------------------------------------------------------------------- */

static bool show_entry(struct cx *cx, struct tv *page, const struct movimento *m, struct id *rata)
{
    struct list rows;
    const char *who = "";
    struct tv *pairs = tv_children(page, "pairs"), *list = tv_children(page, "righe");
    char text[INSTANT_TEXT];
    if (!store_movimento_righe(cx, m->id, &rows) ||
        (m->utente.n != 0 && !utente_label(cx, m->utente, &who)))
        return false;
    riparto_pair(pairs, "Ente", m->pagante, NULL);
    riparto_pair(pairs, "Riferimento", m->riferimento, NULL);
    riparto_pair(pairs, "Importo", euro_text(cx, m->importo), NULL);
    riparto_pair(pairs, "Registrato",
                 arena_printf(cx->arena, "%s%s%s", instant_it(m->scritto, text),
                              *who == '\0' ? "" : ", ", who),
                 NULL);
    if (m->motivo != NULL)
        riparto_pair(pairs, "Perché", m->motivo, NULL);
    if (m->storna.n != 0)
        riparto_pair(pairs, "Storna", "la registrazione di prima",
                     movimento_href(cx, m->storna, ""));
    if (m->stornato.n != 0)
        riparto_pair(pairs, "Stornata da", "un’altra registrazione",
                     movimento_href(cx, m->stornato, ""));
    LIST_EACH (&rows, const struct movimento_riga, row) {
        struct tv *item = tv_push(list);
        *rata = row->rata;
        tv_int(item, "numero", row->numero);
        tv_text(item, "parte", row->parte);
        tv_money(item, "importo", row->importo);
    }
    return true;
}

bool movimento_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct movimento m;
    struct id rata = ID_NONE;
    char day[DAY_TEXT];
    if (!store_movimento_load(cx, web_id(req), &m))
        return false;
    const char *title = arena_printf(cx->arena, "%s del %s",
                                     m.storna.n != 0    ? "Storno"
                                     : m.tipo[0] == 'f' ? "Fattura"
                                                        : "Incasso",
                                     day_it(m.giorno, day));
    struct tv *page = web_page(res, "riparto/movimento", title);
    if (!show_entry(cx, page, &m, &rata))
        return false;
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, "/riparti/scadenzario", "Scadenzario delle rate");
    web_crumb(res, rata_href(cx, rata), m.pagante);
    web_crumb(res, NULL, title);
    bool may = web_may(cx, req, "riparto.scrivi") && m.storna.n == 0 && m.stornato.n == 0;
    tv_text(page, "storna", may ? movimento_href(cx, m.id, "/storna") : NULL);
    web_form_show(req, page, "form", &storna_form, NULL);
    return true;
}

bool storna_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct storna *form = web_form(req);
    enum movimento_esito esito;
    if (!movimento_reverse(cx, web_id(req), form->motivo, &esito))
        return false;
    if (esito != MOVIMENTO_OK) {
        web_fault(req, NULL, "%s", movimento_esito_text(esito));
        return false;
    }
    web_audit_detail(req, "storno: %s", form->motivo);
    web_notice(req, "Stornato: la registrazione resta scritta e non conta più.");
    web_redirect(res, "%s", movimento_href(cx, web_id(req), ""));
    return true;
}
