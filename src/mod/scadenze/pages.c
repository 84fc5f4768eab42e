/* Deadlines of a record, a new one, what is done with one; the rows of the room's routes. */
#include "kit/module.h"
#include "kit/tmpl/message.h"
#include "mod/cartella/cartella.h"
#include "mod/persone/persone.h"
#include "mod/scadenze/commands.h"
#include "mod/scadenze/store.h"
#include "mod/scadenze/view.h"

#include <string.h>

enum { TIPI_MAX = 40 };

const struct web_choice *scadenza_choices(struct cx *cx, bool altrove)
{
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, TIPI_MAX + 1);
    size_t count = 0;
    for (size_t i = 0; scadenza_tipi[i].codice != NULL && count < TIPI_MAX; i++)
        if (altrove || !scadenza_tipi[i].altrove)
            choices[count++] =
                (struct web_choice){scadenza_tipi[i].codice, scadenza_tipi[i].titolo};
    return choices;
}

static const char *title_of(const char *tipo)
{
    const struct scadenza_tipo *found = scadenza_tipo_find(tipo);
    return found != NULL ? found->titolo : tipo;
}

/* "/cartelle/<id>/scadenze" */
static const char *list_href(struct cx *cx, struct id cartella)
{
    char id[ID_TEXT];
    return arena_printf(cx->arena, "/cartelle/%s/scadenze", id_text(cartella, id));
}

/* Title, crumbs and the header of the person, on a page about a record's deadlines. */
static bool head(struct cx *cx, struct web_req *req, struct web_res *res, struct tv *page,
                 struct id id, const char *here)
{
    struct cartella cartella;
    char text[ID_TEXT];
    if (!cartella_load(cx, id, &cartella))
        return false;
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, arena_printf(cx->arena, "/cartelle/%s", id_text(id, text)),
              arena_printf(cx->arena, "Cartella %lld", (long long)cartella.numero));
    web_crumb(res, here != NULL ? list_href(cx, id) : NULL, "Scadenze");
    if (here != NULL)
        web_crumb(res, NULL, here);
    tv_text(page, "elenco", list_href(cx, id));
    return persona_header(cx, req, page, cartella.persona, "cartella");
}

/* ---- of a record -------------------------------------------------------------------------- */

static const char *const luce_badge[LUCI] = {[LUCE_LONTANA] = "bg-secondary",
                                             [LUCE_TRENTA] = "bg-success",
                                             [LUCE_QUINDICI] = "bg-warning",
                                             [LUCE_SCADUTA] = "bg-danger"};

static void row_show(struct cx *cx, struct tv *item, const struct scadenza *s, bool write)
{
    char id[ID_TEXT];
    bool open = strcmp(s->stato, "aperta") == 0;
    enum scadenza_luce luce = scadenza_luce_at(s->giorno, cx->today);
    tv_printf(item, "href", "/scadenze/%s", id_text(s->id, id));
    tv_text(item, "tipo", title_of(s->tipo));
    tv_day(item, "giorno", s->giorno);
    tv_text(item, "nota", s->nota);
    tv_bool(item, "aperta", open);
    tv_text(item, "luce", open ? scadenza_luce_title(luce) : s->stato);
    tv_text(item, "badge", open ? luce_badge[luce] : "bg-secondary");
    tv_day(item, "chiusa", s->chiusa);
    tv_bool(item, "scrivibile", open && write);
}

static bool cartella_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct list list = {0};
    if (!web_masked(req) && !scadenza_of(cx, web_id(req), &list))
        return false;
    struct tv *page = web_page(res, "scadenze/cartella", "Scadenze");
    if (!head(cx, req, res, page, web_id(req), NULL))
        return false;
    bool write = web_may(cx, req, "scadenze.scrivi");
    struct tv *rows = tv_children(page, "scadenze");
    LIST_EACH (&list, struct scadenza, row)
        row_show(cx, tv_push(rows), row, write);
    tv_bool(page, "note", list.count > 0);
    tv_text(page, "nuova",
            write ? arena_printf(cx->arena, "%s/nuova", list_href(cx, web_id(req))) : NULL);
    return true;
}

/* ---- a new one ---------------------------------------------------------------------------- */

struct nuova_modulo {
    const char *tipo;
    struct day da;
    struct day giorno;
    const char *nota;
};
static const struct web_field nuova_fields[] = {
    {FIELD(nuova_modulo, tipo), "Tipo", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(nuova_modulo, da), "Si conta dal", INPUT_DAY, false, 0, 0, NULL,
     "Il giorno scritto sotto, per il tipo scelto"},
    {FIELD(nuova_modulo, giorno), "Giorno della scadenza", INPUT_DAY, false, 0, 0, NULL,
     "Solo per “Altra scadenza”: per gli altri tipi si calcola"},
    {FIELD(nuova_modulo, nota), "Nota", INPUT_LINES, false, 0, 2000, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form nuova_form = {"scadenza_nuova", nuova_fields,
                                           sizeof(struct nuova_modulo), 0};

static void rules_show(struct cx *cx, struct tv *page)
{
    struct tv *list = tv_children(page, "regole");
    for (size_t i = 0; scadenza_tipi[i].codice != NULL; i++) {
        const struct scadenza_tipo *tipo = &scadenza_tipi[i];
        if (tipo->da == NULL)
            continue;
        struct tv *item = tv_push(list);
        tv_text(item, "tipo", tipo->titolo);
        tv_text(item, "da", tipo->da);
        tv_text(item, "quanto",
                tipo->mesi != 0 ? arena_printf(cx->arena, "%d mesi", tipo->mesi)
                                : arena_printf(cx->arena, "%d giorni", tipo->giorni));
        tv_text(item, "fonte", tipo->fonte);
    }
}

static bool nuova_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct tv *page = web_page(res, "scadenze/nuova", "Scadenza nuova");
    if (!head(cx, req, res, page, web_id(req), "Scadenza nuova"))
        return false;
    struct nuova_modulo first = {.da = DAY_NONE, .giorno = DAY_NONE};
    web_choices(req, "tipo", scadenza_choices(cx, false));
    web_form_show(req, page, "form", &nuova_form, &first);
    rules_show(cx, page);
    return true;
}

static const struct {
    const char *campo, *chiave;
} faults[] = {
    [SCADENZA_TIPO] = {"tipo", "scadenze.tipo"},
    [SCADENZA_DA] = {"da", "scadenze.da"},
    [SCADENZA_FUTURO] = {"da", "scadenze.futuro"},
    [SCADENZA_LONTANA] = {"giorno", "scadenze.lontana"},
    [SCADENZA_MOTIVO] = {"motivo", "scadenze.motivo"},
    [SCADENZA_PRIMA] = {"giorno", "scadenze.prima"},
    [SCADENZA_CHIUSA] = {NULL, "scadenze.chiusa"},
};

static bool nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nuova_modulo *form = web_form(req);
    enum scadenza_fault fault;
    char day[DAY_TEXT];
    struct scadenza scadenza = {.cartella = web_id(req),
                                .tipo = form->tipo,
                                .da = form->da,
                                .giorno = form->giorno,
                                .chiusa = DAY_NONE,
                                .nota = form->nota};
    if (!scadenza_add(cx, &scadenza, &fault))
        return false;
    if (fault != SCADENZA_OK) {
        const struct scadenza_tipo *tipo = scadenza_tipo_find(form->tipo);
        bool given = fault == SCADENZA_DA && tipo != NULL && tipo->da == NULL;
        web_fault(req, given ? "giorno" : faults[fault].campo, "%s",
                  message(given ? "scadenze.giorno" : faults[fault].chiave));
        return false;
    }
    web_audit_detail(req, "scadenza %s", scadenza.tipo);
    web_notice(req, "%s: entro il %s.", title_of(scadenza.tipo), day_it(scadenza.giorno, day));
    web_redirect(res, "%s", list_href(cx, scadenza.cartella));
    return true;
}

/* ---- one, and what is done with it ---------------------------------------------------------- */

static void pair(struct tv *pairs, const char *label, const char *text)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", NULL);
}

static void pair_day(struct cx *cx, struct tv *pairs, const char *label, struct day day)
{
    char text[DAY_TEXT];
    if (day_known(day))
        pair(pairs, label, arena_strdup(cx->arena, day_it(day, text)));
}

static void pairs_show(struct cx *cx, struct tv *page, const struct scadenza *s)
{
    const struct scadenza_tipo *tipo = scadenza_tipo_find(s->tipo);
    struct tv *pairs = tv_children(page, "pairs");
    pair(pairs, "Tipo", title_of(s->tipo));
    if (tipo != NULL && tipo->da != NULL)
        pair_day(cx, pairs, tipo->da, s->da);
    pair_day(cx, pairs, "Scade il", s->giorno);
    if (tipo != NULL && tipo->fonte != NULL)
        pair(pairs, "Regola", tipo->fonte);
    pair(pairs, "Stato", s->stato);
    pair_day(cx, pairs, "Chiusa il", s->chiusa);
}

static bool steps_show(struct cx *cx, struct tv *page, const struct scadenza *s)
{
    struct list steps;
    if (!passo_list(cx, s, &steps))
        return false;
    struct tv *list = tv_children(page, "passi");
    LIST_EACH (&steps, struct passo_riga, step) {
        struct tv *item = tv_push(list);
        tv_instant(item, "quando", step->quando);
        tv_text(item, "azione", step->azione);
        tv_day(item, "da", step->da);
        tv_day(item, "a", step->a);
        tv_text(item, "chi", step->chi);
        tv_text(item, "motivo", step->motivo);
    }
    tv_bool(page, "passi_noti", steps.count > 0);
    return true;
}

static bool scheda_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct scadenza s;
    if (!scadenza_load(cx, web_id(req), &s))
        return false;
    struct tv *page = web_page(res, "scadenze/scheda", title_of(s.tipo));
    if (!head(cx, req, res, page, s.cartella, title_of(s.tipo)))
        return false;
    row_show(cx, page, &s, web_may(cx, req, "scadenze.scrivi"));
    if (web_masked(req))
        tv_text(page, "nota", NULL);
    pairs_show(cx, page, &s);
    return web_masked(req) || steps_show(cx, page, &s);
}

struct passo_modulo {
    struct day giorno;
    const char *motivo;
    int64_t versione;
};
static const struct web_field passo_fields[] = {
    {FIELD(passo_modulo, giorno), "Giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(passo_modulo, motivo), "Motivo", INPUT_LINES, false, 0, 2000, NULL, NULL},
    {FIELD(passo_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form passo_form = {"scadenza_passo", passo_fields,
                                           sizeof(struct passo_modulo), 0};

/* What a route of a step does: its `data`. */
struct passo_tipo {
    enum scadenza_azione azione;
    const char *titolo, *bottone, *avviso;
    bool giorno;
};
static const struct passo_tipo fatta = {PASSO_FATTA, "Scadenza fatta", "Segna come fatta",
                                        "Segnata come fatta.", true};
static const struct passo_tipo rinvia = {PASSO_RINVIATA, "Rinvia la scadenza", "Rinvia",
                                         "Scadenza rinviata.", true};
static const struct passo_tipo annulla = {PASSO_ANNULLATA, "Annulla la scadenza",
                                          "Annulla la scadenza", "Scadenza annullata.", false};

static bool passo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct passo_tipo *what = web_route(req)->data;
    struct scadenza s;
    if (!scadenza_load(cx, web_id(req), &s))
        return false;
    struct tv *page = web_page(res, "scadenze/passo", what->titolo);
    if (!head(cx, req, res, page, s.cartella, what->titolo))
        return false;
    struct passo_modulo first = {.giorno = what->azione == PASSO_FATTA ? cx->today : DAY_NONE,
                                 .versione = s.versione};
    tv_text(page, "tipo", title_of(s.tipo));
    tv_day(page, "scade", s.giorno);
    tv_text(page, "bottone", what->bottone);
    tv_bool(page, "con_giorno", what->giorno);
    tv_bool(page, "motivo_chiesto", what->azione != PASSO_FATTA);
    tv_int(page, "versione", s.versione);
    web_form_show(req, page, "form", &passo_form, &first);
    return true;
}

static bool passo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct passo_tipo *what = web_route(req)->data;
    const struct passo_modulo *form = web_form(req);
    struct scadenza s;
    struct id poi;
    enum scadenza_fault fault;
    const struct scadenza_passo passo = {.scadenza = web_id(req),
                                         .azione = what->azione,
                                         .giorno = what->giorno ? form->giorno : DAY_NONE,
                                         .motivo = form->motivo,
                                         .versione = form->versione};
    if (!scadenza_load(cx, web_id(req), &s))
        return false;
    if (s.versione != form->versione) {
        web_fault(req, NULL, "%s", message("scadenze.conflitto"));
        return false;
    }
    if (!scadenza_act(cx, &passo, &poi, &fault))
        return false;
    if (fault != SCADENZA_OK) {
        web_fault(req, fault == SCADENZA_FUTURO ? "giorno" : faults[fault].campo, "%s",
                  message(faults[fault].chiave));
        return false;
    }
    web_audit_detail(req, "%s", scadenza_azione_name(what->azione));
    web_notice(req, "%s%s", what->avviso, poi.n != 0 ? " La prossima è già in elenco." : "");
    web_redirect(res, "%s", list_href(cx, s.cartella));
    return true;
}

/* ---- routes ----------------------------------------------------------------------------- */

#define LEGGI  "scadenze.leggi", FINE_CURA
#define SCRIVI "scadenze.scrivi", FINE_CURA, AZIONE_MODIFICA
/* clang-format off */
#define PASSO(verbo, tipo)                                                                         \
    {WEB_GET, "/scadenze/{id}/" verbo, passo_page, SCRIVI, AUDIT_READ, &scadenza_object, NULL, NULL,  \
     NULL, 0, &tipo},                                                                              \
    {WEB_POST, "/scadenze/{id}/" verbo, passo_save, SCRIVI, AUDIT_WRITE, &scadenza_object,            \
     &passo_form, "/scadenze/{id}/" verbo, NULL, 0, &tipo}
static const struct web_route routes[] = {
    {WEB_GET, "/scadenze", web_list_page, LEGGI, AZIONE_ELENCA, AUDIT_READ, NULL, NULL, NULL, NULL,
     0, &scadenze_elenco},
    {WEB_GET, "/cartelle/{id}/scadenze", cartella_page, LEGGI, AZIONE_LEGGI, AUDIT_READ,
     &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/scadenze/nuova", nuova_page, "scadenze.scrivi", FINE_CURA,
     AZIONE_CREA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/cartelle/{id}/scadenze/nuova", nuova_save, "scadenze.scrivi", FINE_CURA,
     AZIONE_CREA, AUDIT_WRITE, &cartella_object, &nuova_form, "/cartelle/{id}/scadenze/nuova", NULL,
     WEB_DRAFT, NULL},
    {WEB_GET, "/scadenze/{id}", scheda_page, LEGGI, AZIONE_LEGGI, AUDIT_READ, &scadenza_object,
     NULL, NULL, NULL, 0, NULL},
    PASSO("fatta", fatta),
    PASSO("rinvia", rinvia),
    PASSO("annulla", annulla),
    {.path = NULL}};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Oggi", "Scadenze", "/scadenze", "scadenze.leggi", "it-clock"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module scadenze_module = {
    .name = "scadenze",
    .schema = &scadenze_schema,
    .registry = &scadenze_registry,
    .routes = routes,
    .commands = scadenze_commands,
    .menu = menu,
};
