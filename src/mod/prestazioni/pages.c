/* Pages of one service, those of a record, and the routes of the room. */
#include "mod/prestazioni/pages.h"
#include "mod/prestazioni/commands.h"
#include "mod/prestazioni/pages_foglio.h"
#include "mod/prestazioni/pages_ricevuto.h"
#include "mod/prestazioni/pages_simula.h"

#include "mod/bilancio/bilancio.h"
#include "mod/cartella/cartella.h"
#include "mod/persone/persone.h"

#include <string.h>

/* ---- shared ------------------------------------------------------------------------------ */

bool faults_show(struct web_req *req, const struct prestazione_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        web_fault(req, faults->items[i].field, "%s", faults->items[i].text);
    return faults->count > 0;
}

void pair_show(struct tv *pairs, const char *label, const char *text, const char *href)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", href);
}

const char *prestazione_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/prestazioni/%s%s", id_text(id, text), tail);
}

const char *money_words(struct cx *cx, struct money amount)
{
    char text[MONEY_TEXT];
    return money_ok(amount) ? arena_printf(cx->arena, "%s €", money_it(amount, text)) : NULL;
}

bool prestazione_view(struct cx *cx, struct id id, struct prestazione_vista *vista)
{
    if (!prestazione_load(cx, id, &vista->p) ||
        !servizio_load(cx, vista->p.servizio, &vista->servizio) ||
        !ente_load(cx, vista->p.erogatore, &vista->erogatore) ||
        !persona_label(cx, vista->p.persona, &vista->nome))
        return false;
    vista->unita = unita_parse(vista->servizio.unita);
    return true;
}

bool voce_show(struct cx *cx, const struct web_req *req, struct tv *page,
               const struct servizio *servizio, int anno)
{
    struct voce_stato stato;
    struct id id;
    bool found = false;
    tv_text(page, "voce", NULL);
    if (servizio->voce_bilancio == NULL || !web_may(cx, req, "bilancio.leggi"))
        return true;
    if (!voce_by_name(cx, anno, servizio->voce_bilancio, &id, &found) ||
        (found && !voce_stato(cx, id, anno, &stato)))
        return false;
    struct tv *voce = tv_child(page, "voce");
    tv_text(voce, "nome", servizio->voce_bilancio);
    tv_printf(voce, "anno", "%d", anno);
    tv_bool(voce, "nota", found);
    tv_text(voce, "stanziato", found ? money_words(cx, stato.stanziato) : NULL);
    tv_text(voce, "impegnato", found ? money_words(cx, stato.impegnato) : NULL);
    tv_text(voce, "disponibile", found ? money_words(cx, stato.disponibile) : NULL);
    tv_bool(voce, "oltre", found && stato.disponibile.cents < 0);
    return true;
}

static const char *period_words(struct cx *cx, struct day dal, struct day al)
{
    char from[DAY_TEXT], to[DAY_TEXT];
    if (!day_known(al))
        return arena_printf(cx->arena, "dal %s", day_it(dal, from));
    return arena_printf(cx->arena, "dal %s al %s", day_it(dal, from), day_it(al, to));
}

/* ---- one service ------------------------------------------------------------------------- */

struct fine_modulo {
    struct day al;
    int64_t versione;
};
static const struct web_field fine_fields[] = {
    {FIELD(fine_modulo, al), "Ultimo giorno", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(fine_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form fine_form = {"fine", fine_fields, sizeof(struct fine_modulo), 0};

enum { MESI_MOSTRATI = 24 };

static const struct mensile_riga_salvata *bill_of(const struct list *bills, struct day mese)
{
    LIST_EACH (bills, const struct mensile_riga_salvata, bill)
        if (bill->mese.n == mese.n)
            return bill;
    return NULL;
}

static void show_month(struct cx *cx, struct tv *months, const struct prestazione_vista *vista,
                       struct day mese, const struct mensile_riga_salvata *bill)
{
    struct tv *item = tv_push(months);
    char text[MESE_TEXT], iso[MESE_TEXT], id[ID_TEXT];
    int64_t expected =
        prestazione_expected(vista->unita, vista->p.previsti, vista->p.dal, vista->p.al, mese);
    tv_text(item, "mese", arena_strdup(cx->arena, mese_words(mese, text)));
    tv_printf(item, "href", "/prestazioni/%s/mesi/%s", id_text(vista->p.id, id),
              mese_iso(mese, iso));
    tv_text(item, "previste", quantita_words(cx->arena, vista->unita, expected));
    tv_text(item, "registrate",
            bill != NULL ? quantita_words(cx->arena, vista->unita, bill->quantita) : NULL);
    tv_text(item, "retta", bill != NULL ? money_words(cx, bill->retta) : NULL);
    tv_text(item, "costo", bill != NULL ? money_words(cx, bill->costo) : NULL);
    tv_text(item, "spesa", bill != NULL ? money_words(cx, bill->spesa) : NULL);
    tv_text(item, "stato",
            bill != NULL ? mensile_stato_title(mensile_stato_parse(bill->stato)) : NULL);
}

/* The months in force, the latest first: from today's, or from the last one. */
static bool show_months(struct cx *cx, struct tv *page, const struct prestazione_vista *vista)
{
    struct list bills;
    struct tv *months = tv_children(page, "mesi");
    struct day mese = day_month_first(cx->today);
    if (!mensile_list(cx, vista->p.id, &bills))
        return false;
    if (day_known(vista->p.al) && day_cmp(vista->p.al, mese) < 0)
        mese = day_month_first(vista->p.al);
    for (int i = 0; i < MESI_MOSTRATI && prestazione_in_month(vista->p.dal, vista->p.al, mese);
         i++) {
        show_month(cx, months, vista, mese, bill_of(&bills, mese));
        mese = day_add_months(mese, -1);
    }
    tv_bool(page, "comincia", day_cmp(vista->p.dal, cx->today) > 0);
    return true;
}

static void show_facts(struct cx *cx, const struct web_req *req, struct tv *page,
                       const struct prestazione_vista *vista)
{
    const struct prestazione *p = &vista->p;
    struct tv *pairs = tv_children(page, "pairs");
    char id[ID_TEXT];
    bool case_file = web_may(cx, req, "cartella.leggi");
    pair_show(pairs, "Persona", vista->nome,
              case_file ? arena_printf(cx->arena, "/cartelle/%s", id_text(p->cartella, id)) : NULL);
    pair_show(pairs, "Servizio",
              arena_printf(cx->arena, "%s (%s)", vista->servizio.nome,
                           variante_words(cx->arena, p->variante)),
              NULL);
    pair_show(pairs, "Erogatore", vista->erogatore.nome, NULL);
    pair_show(pairs, "Periodo", period_words(cx, p->dal, p->al), NULL);
    pair_show(pairs, vista->unita == UNITA_MESE ? "Previste al mese" : "Previste a settimana",
              quantita_words(cx->arena, vista->unita, p->previsti), NULL);
    pair_show(pairs, "Costo unitario (IVA compresa)", money_words(cx, p->costo), NULL);
}

static bool scheda_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct prestazione_vista vista;
    if (!prestazione_view(cx, web_id(req), &vista))
        return false;
    struct tv *page =
        web_page(res, "prestazioni/scheda",
                 arena_printf(cx->arena, "%s, %s", vista.nome, vista.servizio.codice));
    const struct fine_modulo values = {vista.p.al, vista.p.versione};
    web_crumb(res, "/prestazioni", "Prestazioni");
    web_crumb(res, NULL, vista.nome);
    show_facts(cx, req, page, &vista);
    tv_text(page, "assenze",
            web_may(cx, req, "assenze.leggi") ? prestazione_href(cx, vista.p.id, "/assenze")
                                              : NULL);
    tv_text(page, "fine",
            web_may(cx, req, "prestazioni.scrivi") ? prestazione_href(cx, vista.p.id, "/fine")
                                                   : NULL);
    tv_printf(page, "versione", "%lld", (long long)vista.p.versione);
    web_form_show(req, page, "form", &fine_form, &values);
    return show_months(cx, page, &vista) &&
           voce_show(cx, req, page, &vista.servizio, day_civil(cx->today).year);
}

static bool fine_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct fine_modulo *form = web_form(req);
    struct prestazione_faults faults = {.arena = cx->arena};
    char day[DAY_TEXT];
    if (!prestazione_end(cx, web_id(req), form->al, form->versione, &faults) ||
        faults_show(req, &faults))
        return false;
    web_notice(req, "Il servizio finisce il %s.", day_it(form->al, day));
    web_redirect(res, "%s", prestazione_href(cx, web_id(req), ""));
    return true;
}

/* ---- those of a record ------------------------------------------------------------------- */

static const char *cartella_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/cartelle/%s%s", id_text(id, text), tail);
}

static void show_line(struct cx *cx, struct tv *lines, const struct prestazione_riga *riga,
                      struct day mese)
{
    struct tv *item = tv_push(lines);
    enum unita unita = unita_parse(riga->unita);
    tv_text(item, "href", prestazione_href(cx, riga->id, ""));
    tv_text(item, "servizio",
            arena_printf(cx->arena, "%s (%s)", riga->servizio,
                         variante_words(cx->arena, riga->variante)));
    tv_text(item, "erogatore", riga->erogatore);
    tv_text(item, "periodo", period_words(cx, riga->dal, riga->al));
    tv_text(item, "previste",
            quantita_words(cx->arena, unita,
                           prestazione_expected(unita, riga->previsti, riga->dal, riga->al, mese)));
    tv_text(item, "registrate",
            quantita_words(cx->arena, unita, riga->quantita == INT_NONE ? 0 : riga->quantita));
}

static bool cartella_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct list list;
    const char *nome;
    struct day mese = day_month_first(cx->today);
    struct tv *page = web_page(res, "prestazioni/cartella", "Prestazioni");
    if (!cartella_load(cx, web_id(req), &cartella) || !persona_label(cx, cartella.persona, &nome) ||
        !prestazione_of(cx, cartella.id, mese, &list))
        return false;
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, cartella_href(cx, cartella.id, ""), nome);
    web_crumb(res, NULL, "Prestazioni");
    if (!persona_header(cx, req, page, cartella.persona, "cartella"))
        return false;
    struct tv *lines = tv_children(page, "prestazioni");
    LIST_EACH (&list, struct prestazione_riga, riga)
        show_line(cx, lines, riga, mese);
    tv_bool(page, "alcune", list.count > 0);
    tv_text(page, "ricevuto", cartella_href(cx, cartella.id, "/ricevuto"));
    tv_text(page, "nuova",
            !day_known(cartella.chiusa) && web_may(cx, req, "prestazioni.scrivi")
                ? cartella_href(cx, cartella.id, "/prestazioni/nuova")
                : NULL);
    return true;
}

/* ---- a new one --------------------------------------------------------------------------- */

struct nuova_modulo {
    const char *servizio; /* "<id>.feriale" */
    const char *erogatore;
    struct day dal, al;
    const char *previsti;
    struct money costo;
};
static const struct web_field nuova_fields[] = {
    {FIELD(nuova_modulo, servizio), "Servizio", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(nuova_modulo, erogatore), "Erogatore", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(nuova_modulo, dal), "Dal", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(nuova_modulo, al), "Al", INPUT_DAY, false, 0, 0, NULL, "Vuoto: fino a nuovo ordine"},
    {FIELD(nuova_modulo, previsti), "Quantità prevista a settimana", INPUT_TEXT, true, 1, 8, NULL,
     "Ore (5, 2,5 o 2:30), oppure giorni o pasti; per i servizi a mese scrivi 1"},
    {FIELD(nuova_modulo, costo), "Costo unitario", INPUT_MONEY, false, 0, 1000000, NULL,
     "Di un’ora, un giorno, un pasto o un mese, IVA compresa. Vuoto: come l’ultima volta."},
    WEB_FIELD_END,
};
static const struct web_form nuova_form = {"prestazione", nuova_fields, sizeof(struct nuova_modulo),
                                           0};

static bool offers_show(struct cx *cx, struct web_req *req)
{
    const struct web_choice *providers;
    struct list offers;
    char id[ID_TEXT];
    if (!store_offers(cx, &offers) || !ente_choices(cx, "erogatore", &providers))
        return false;
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, offers.count + 1);
    for (size_t i = 0; i < offers.count; i++) {
        const struct offerta *offer = LIST_ITEM(&offers, struct offerta, i);
        choices[i].value =
            arena_printf(cx->arena, "%s.%s", id_text(offer->servizio, id), offer->variante);
        choices[i].label = arena_printf(cx->arena, "%s – %s, a %s", offer->nome,
                                        variante_words(cx->arena, offer->variante), offer->unita);
    }
    web_choices(req, "servizio", choices);
    web_choices(req, "erogatore", providers);
    return true;
}

static bool nuova_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    const char *nome;
    struct tv *page = web_page(res, "prestazioni/nuova", "Prestazione nuova");
    struct nuova_modulo values = {.dal = cx->today, .al = DAY_NONE, .costo = MONEY_INVALID};
    if (!cartella_load(cx, web_id(req), &cartella) || !persona_label(cx, cartella.persona, &nome) ||
        !offers_show(cx, req))
        return false;
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, cartella_href(cx, cartella.id, ""), nome);
    web_crumb(res, cartella_href(cx, cartella.id, "/prestazioni"), "Prestazioni");
    web_crumb(res, NULL, "Prestazione nuova");
    tv_text(page, "nome", nome);
    tv_text(page, "annulla", cartella_href(cx, cartella.id, "/prestazioni"));
    web_form_show(req, page, "form", &nuova_form, &values);
    return true;
}

/* What was chosen must exist: the choices came from the database, the answer from a browser. */
static bool read_service(struct cx *cx, struct web_req *req, const char *text,
                         struct prestazione *p, struct servizio *servizio)
{
    const char *dot = strchr(text, '.');
    if (dot != NULL &&
        id_parse(arena_strndup(cx->arena, text, (size_t)(dot - text)), &p->servizio) &&
        servizio_load(cx, p->servizio, servizio)) {
        p->variante = dot + 1;
        return true;
    }
    if (cx->err.code != ERR_NONE && cx->err.code != ERR_NOT_FOUND)
        return false;
    err_clear(&cx->err);
    web_fault(req, "servizio", "Scegli un servizio dell’elenco");
    return false;
}

static bool read_provider(struct cx *cx, struct web_req *req, const char *text,
                          struct prestazione *p)
{
    struct ente ente;
    if (id_parse(text, &p->erogatore) && ente_load(cx, p->erogatore, &ente) &&
        ente_tipo_parse(ente.tipo) == TIPO_EROGATORE)
        return true;
    if (cx->err.code != ERR_NONE && cx->err.code != ERR_NOT_FOUND)
        return false;
    err_clear(&cx->err);
    web_fault(req, "erogatore", "Scegli un erogatore dell’elenco");
    return false;
}

static bool nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nuova_modulo *form = web_form(req);
    struct prestazione_faults faults = {.arena = cx->arena};
    struct servizio servizio;
    struct prestazione p = {
        .cartella = web_id(req), .dal = form->dal, .al = form->al, .costo = form->costo};
    if (!read_service(cx, req, form->servizio, &p, &servizio) ||
        !read_provider(cx, req, form->erogatore, &p))
        return false;
    if (!previsti_parse(unita_parse(servizio.unita), form->previsti, &p.previsti)) {
        web_fault(req, "previsti", "Scrivi quanto: 5, 2,5 o 2:30");
        return false;
    }
    if (!money_ok(p.costo) && !store_last_cost(cx, p.servizio, &p.costo))
        return false;
    if (!prestazione_add(cx, &p, &faults) || faults_show(req, &faults))
        return false;
    web_audit_object(req, "prestazione", p.id);
    web_notice(req, "Prestazione aggiunta: l’erogatore la vede da ora.");
    web_redirect(res, "%s", prestazione_href(cx, p.id, ""));
    return true;
}

/* ---- routes ------------------------------------------------------------------------------ */

/* clang-format off */
static const struct web_route routes[] = {
    {WEB_GET, "/prestazioni", web_list_page, "prestazioni.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA,
     AUDIT_READ, NULL, NULL, NULL, NULL, 0, &prestazioni_lista},
    {WEB_GET, "/prestazioni/{id}", scheda_page, "prestazioni.leggi", FINE_PROCEDIMENTO,
     AZIONE_LEGGI, AUDIT_READ, &prestazione_object, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/prestazioni/{id}/fine", fine_save, "prestazioni.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &prestazione_object, &fine_form, "/prestazioni/{id}", NULL, 0,
     NULL},
    {WEB_GET, "/prestazioni/{id}/mesi/{mese}", mese_page, "prestazioni.leggi", FINE_PROCEDIMENTO,
     AZIONE_LEGGI, AUDIT_READ, &prestazione_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/prestazioni/{id}/mesi/{mese}", mese_save, "prestazioni.eroga", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &prestazione_object, &mese_form,
     "/prestazioni/{id}/mesi/{mese}", NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/prestazioni/{id}/mesi/{mese}/verifica", mese_verifica, "prestazioni.scrivi",
     FINE_PROCEDIMENTO, AZIONE_MODIFICA, AUDIT_WRITE, &prestazione_object, &visto_form,
     "/prestazioni/{id}/mesi/{mese}", NULL, 0, NULL},
    {WEB_POST, "/prestazioni/{id}/mesi/{mese}/riapri", mese_riapri, "prestazioni.scrivi",
     FINE_PROCEDIMENTO, AZIONE_MODIFICA, AUDIT_WRITE, &prestazione_object, &visto_form,
     "/prestazioni/{id}/mesi/{mese}", NULL, 0, NULL},
    {WEB_POST, "/prestazioni/{id}/mesi/{mese}/ricalcola", mese_ricalcola, "prestazioni.scrivi",
     FINE_PROCEDIMENTO, AZIONE_MODIFICA, AUDIT_WRITE, &prestazione_object, NULL,
     "/prestazioni/{id}/mesi/{mese}", NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/prestazioni", cartella_page, "prestazioni.leggi", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/prestazioni/nuova", nuova_page, "prestazioni.scrivi",
     FINE_PROCEDIMENTO, AZIONE_CREA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, WEB_DRAFT,
     NULL},
    {WEB_POST, "/cartelle/{id}/prestazioni/nuova", nuova_save, "prestazioni.scrivi",
     FINE_PROCEDIMENTO, AZIONE_CREA, AUDIT_WRITE, &cartella_object, &nuova_form,
     "/cartelle/{id}/prestazioni/nuova", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/cartelle/{id}/ricevuto", ricevuto_page, "prestazioni.leggi", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/ricevuto/foglio", ricevuto_file, "prestazioni.leggi",
     FINE_PROCEDIMENTO, AZIONE_LEGGI, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/erogazioni", foglio_today, "prestazioni.eroga", FINE_PROCEDIMENTO, AZIONE_ELENCA,
     AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/erogazioni/{mese}", foglio_page, "prestazioni.eroga", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_READ, NULL, &foglio_query, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/erogazioni/{mese}", foglio_post, "prestazioni.eroga", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, NULL, &foglio_form, "/erogazioni/{mese}", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/erogazioni/{mese}/foglio", foglio_file, "prestazioni.esporta", FINE_PROCEDIMENTO,
     AZIONE_ESPORTA, AUDIT_READ, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/erogazioni/{mese}/importa", ore_page, "prestazioni.eroga", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/erogazioni/{mese}/importa", ore_post, "prestazioni.eroga", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, NULL, &ore_form, "/erogazioni/{mese}/importa",
     ore_before, WEB_UPLOAD | WEB_SLOW, NULL},
    {WEB_GET, "/rette/simula", simula_page, "rette.simula", FINE_PROCEDIMENTO, AZIONE_LEGGI,
     AUDIT_READ, NULL, &simula_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/rette/simula/persone", web_list_page, "rette.nomi", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_READ, NULL, NULL, NULL, NULL, 0, &simula_lista},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Persone", "Prestazioni", "/prestazioni", "prestazioni.leggi", "it-calendar"},
    {"Persone", "Ore del mese", "/erogazioni", "prestazioni.eroga", "it-clock"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module prestazioni_module = {
    .name = "prestazioni",
    .schema = &prestazioni_schema,
    .registry = &prestazioni_registry,
    .routes = routes,
    .commands = prestazioni_commands,
    .menu = menu,
};
