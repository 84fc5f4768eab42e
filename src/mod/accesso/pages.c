/* Pages of contacts: the ten-second form, the list, one contact, those of a person, counts. */
#include "kit/module.h"
#include "kit/tmpl/message.h"
#include "mod/accesso/store.h"
#include "mod/accesso/view.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"
#include "mod/utenti/utenti.h"

#include <string.h>

enum { CANDIDATI = 8, DELLA_PERSONA = 200, MINUTI_SOLITI = 15 };

/* ---- form ------------------------------------------------------------------------------- */

struct contatto_modulo {
    const char *chi;
    struct id persona;
    struct day giorno;
    const char *canale;
    const char *area;
    const char *richiesta;
    const char *esito;
    struct id inviato_a;
    int64_t minuti;
};
#define CHOICE(codice, testo) {codice, testo},
static const struct web_choice aree[] = {CONTATTO_AREE(CHOICE){NULL, NULL}};
static const struct web_choice esiti[] = {CONTATTO_ESITI(CHOICE){NULL, NULL}};
static const struct web_choice canali[] = {CONTATTO_CANALI(CHOICE){NULL, NULL}};

static const struct web_field contatto_fields[] = {
    {FIELD(contatto_modulo, chi), "Chi", INPUT_TEXT, false, 0, 100, NULL,
     "Cognome e nome, numero o codice fiscale. Vuoto se resta anonimo."},
    {FIELD(contatto_modulo, persona), "Quale persona", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(contatto_modulo, area), "Area di bisogno", INPUT_CHOICE, true, 0, 0, aree, NULL},
    {FIELD(contatto_modulo, esito), "Che cosa è stato fatto", INPUT_CHOICE, true, 0, 0, esiti,
     NULL},
    {FIELD(contatto_modulo, richiesta), "Che cosa chiede", INPUT_LINES, false, 0, 2000, NULL, NULL},
    {FIELD(contatto_modulo, canale), "Come", INPUT_CHOICE, true, 0, 0, canali, NULL},
    {FIELD(contatto_modulo, minuti), "Minuti", INPUT_INT, false, 1, 720, NULL, NULL},
    {FIELD(contatto_modulo, giorno), "Giorno", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(contatto_modulo, inviato_a), "Inviato a", INPUT_CHOICE, false, 0, 0, NULL,
     "Solo se è stato inviato a un altro ente"},
    WEB_FIELD_END,
};
static const struct web_form contatto_form = {"contatto", contatto_fields,
                                              sizeof(struct contatto_modulo), 0};

struct nuovo_query {
    struct id persona;
};
static const struct web_field nuovo_fields[] = {
    {FIELD(nuovo_query, persona), "Persona", INPUT_ID, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form nuovo_form = {"contatto_nuovo", nuovo_fields,
                                           sizeof(struct nuovo_query), 0};

static const struct web_choice *person_choices(struct cx *cx, const struct list *found)
{
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, found->count + 1);
    size_t count = 0;
    LIST_EACH (found, struct persona_trovata, row) {
        char *id = arena_alloc(cx->arena, ID_TEXT);
        char day[DAY_TEXT];
        choices[count++] = (struct web_choice){
            id_text(row->id, id),
            arena_printf(cx->arena, "%s %s %s (n. %lld)", row->cognome, row->nome,
                         day_it(row->nascita, day), (long long)row->numero)};
    }
    return choices;
}

/* The one who was asked for in the address, or those whom the typed words can mean. */
static bool candidates(struct cx *cx, struct web_req *req, struct id asked, struct list *found)
{
    struct persona persona;
    bool known;
    *found = (struct list){.size = sizeof(struct persona_trovata)};
    if (asked.n == 0)
        return persona_search(cx, web_typed(req, "chi"), CANDIDATI, found);
    if (!persona_known(cx, asked, &persona, &known))
        return false;
    if (!known)
        return true;
    struct persona_trovata *one = ARENA_NEW(cx->arena, struct persona_trovata);
    *one = (struct persona_trovata){.id = persona.id,
                                    .numero = persona.numero,
                                    .cognome = persona.cognome,
                                    .nome = persona.nome,
                                    .nascita = persona.nascita};
    found->items = one;
    found->count = 1;
    return true;
}

static struct id asked_person(const struct web_req *req)
{
    const struct nuovo_query *query = web_faulty(req) ? NULL : web_form(req);
    struct id id = query != NULL ? query->persona : ID_NONE;
    if (id.n == 0 && !id_parse(web_typed(req, "persona"), &id))
        return ID_NONE;
    return id;
}

static bool nuovo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct web_choice *enti;
    struct list found;
    struct id asked = asked_person(req);
    if (!ente_choices(cx, NULL, &enti) || !candidates(cx, req, asked, &found))
        return false;
    struct tv *page = web_page(res, "accesso/modulo", "Contatto nuovo");
    web_crumb(res, "/contatti", "Contatti");
    web_crumb(res, NULL, "Contatto nuovo");
    web_choices(req, "persona", person_choices(cx, &found));
    web_choices(req, "inviato_a", enti);
    struct contatto_modulo first = {.giorno = cx->today,
                                    .canale = "sportello",
                                    .esito = "informazione",
                                    .minuti = MINUTI_SOLITI,
                                    .persona = asked};
    web_form_show(req, page, "form", &contatto_form, &first);
    tv_bool(page, "scelta", found.count > 0);
    if (asked.n != 0)
        web_audit_object(req, "persona", asked);
    else if (found.count > 0)
        web_audit_detail(req, "ricerca: %zu risultati", found.count);
    tv_text(page, "nuova", web_may(cx, req, "persone.scrivi") ? "/persone/nuova" : NULL);
    return true;
}

static const struct {
    const char *campo;
    const char *chiave;
} faults[] = {
    [CONTATTO_FUTURO] = {"giorno", "accesso.futuro"},
    [CONTATTO_REMOTO] = {"giorno", "accesso.remoto"},
    [CONTATTO_CANALE] = {"canale", "accesso.canale"},
    [CONTATTO_AREA] = {"area", "accesso.area"},
    [CONTATTO_ESITO] = {"esito", "accesso.esito"},
    [CONTATTO_ANONIMO] = {"chi", "accesso.anonimo"},
    [CONTATTO_MINUTI] = {"minuti", "accesso.minuti"},
};

/* Who came: chosen, or the only one that number or codice fiscale can mean. Words that may mean
 * several people are asked about, never guessed. */
static bool who_came(struct cx *cx, struct web_req *req, const struct contatto_modulo *form,
                     struct id *persona)
{
    struct persona chosen;
    bool known = false;
    *persona = form->persona;
    if (form->persona.n != 0) {
        if (!persona_known(cx, form->persona, &chosen, &known))
            return false;
        if (!known)
            web_fault(req, "persona", "Questa persona non c’è.");
        return known;
    }
    if (form->chi == NULL)
        return true;
    struct list found;
    if (!persona_search(cx, form->chi, CANDIDATI, &found))
        return false;
    if (found.count == 1 && persona_exact(cx->arena, form->chi)) {
        *persona = LIST_ITEM(&found, struct persona_trovata, 0)->id;
        return true;
    }
    web_fault(req, found.count > 0 ? "persona" : "chi", "%s",
              found.count > 0
                  ? "Scegli la persona, o svuota “Chi” perché il contatto resti anonimo."
                  : "Nessuna persona trovata: registrala, o lascia vuoto.");
    return false;
}

static bool nuovo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct contatto_modulo *form = web_form(req);
    struct contatto contatto = {
        .ente = cx->who->ente,
        .giorno = form->giorno,
        .canale = form->canale,
        .area = form->area,
        .esito = form->esito,
        .inviato_a = form->inviato_a,
        .minuti = form->minuti == INT_NONE ? MINUTES_NONE : (struct minutes){(int32_t)form->minuti},
        .richiesta = form->richiesta,
    };
    if (!who_came(cx, req, form, &contatto.persona))
        return false;
    enum contatto_fault fault = contatto_check(&contatto, cx->today);
    if (fault != CONTATTO_OK) {
        web_fault(req, faults[fault].campo, "%s", message(faults[fault].chiave));
        return false;
    }
    if (strcmp(contatto.esito, "cartella") == 0 && !web_may(cx, req, "cartella.apri")) {
        web_fault(req, "esito", "%s", message("accesso.cartella"));
        return false;
    }
    if (!contatto_save(cx, &contatto))
        return false;
    char id[ID_TEXT];
    web_audit_object(req, "contatto", contatto.id);
    web_notice(req, "Contatto registrato.");
    if (strcmp(contatto.esito, "cartella") == 0)
        web_redirect(res, "/cartelle/nuova?persona=%s", id_text(contatto.persona, id));
    else if (contatto.persona.n != 0)
        web_redirect(res, "/persone/%s/contatti", id_text(contatto.persona, id));
    else
        web_redirect(res, "/contatti");
    return true;
}

/* ---- one contact, and those of a person ---------------------------------------------------- */

static bool contatto_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct contatto contatto;
    *facts = (struct web_facts){.found = false};
    if (!contatto_load(cx, id, &contatto)) {
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    /* A contact is as close as its person; an anonymous one as its body. */
    if (contatto.persona.n != 0)
        return persona_object.facts(cx, contatto.persona, facts);
    struct id scope;
    if (!contatto_scope(cx, &scope))
        return false;
    facts->found = true;
    facts->sensitivity = RISERVO_PERSONALE;
    facts->relation =
        scope.n == 0 || scope.n == contatto.ente.n ? RELAZIONE_ENTE : RELAZIONE_AMBITO;
    return true;
}
const struct web_object contatto_object = {"contatto", contatto_facts};

static void pair(struct tv *pairs, const char *label, const char *text, const char *href)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", href);
}

static bool scheda_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct contatto contatto;
    struct ente ente;
    const char *nome = "Anonimo";
    const char *href = NULL;
    char id[ID_TEXT];
    char text[MINUTES_TEXT];
    char day[DAY_TEXT];
    if (!contatto_load(cx, web_id(req), &contatto) || !ente_load(cx, contatto.ente, &ente))
        return false;
    if (contatto.persona.n != 0) {
        if (!persona_label(cx, contatto.persona, &nome))
            return false;
        href = arena_printf(cx->arena, "/persone/%s", id_text(contatto.persona, id));
    }
    struct tv *page = web_page(res, "accesso/scheda", "Contatto");
    web_crumb(res, "/contatti", "Contatti");
    web_crumb(res, NULL, "Contatto");
    struct tv *pairs = tv_children(page, "pairs");
    pair(pairs, "Giorno", arena_strdup(cx->arena, day_it(contatto.giorno, day)), NULL);
    pair(pairs, "Persona", nome, href);
    pair(pairs, "Come", parola_text(contatto_canali, contatto.canale), NULL);
    pair(pairs, "Area di bisogno", parola_text(contatto_aree, contatto.area), NULL);
    pair(pairs, "Che cosa è stato fatto", parola_text(contatto_esiti, contatto.esito), NULL);
    pair(pairs, "Durata", arena_strdup(cx->arena, minutes_it(contatto.minuti, text)), NULL);
    pair(pairs, "Ente", ente.nome, NULL);
    tv_text(page, "richiesta", web_masked(req) ? NULL : contatto.richiesta);
    tv_text(page, "invia",
            !web_masked(req) && web_may(cx, req, "invii.scrivi")
                ? arena_printf(cx->arena, "/contatti/%s/invia", id_text(contatto.id, id))
                : NULL);
    return true;
}

static bool persona_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct list list = {0};
    const char *name;
    char id[ID_TEXT];
    if (!persona_label(cx, web_id(req), &name) ||
        (!web_masked(req) && !contatto_of(cx, web_id(req), DELLA_PERSONA, &list)))
        return false;
    struct tv *page = web_page(res, "accesso/persona", name);
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, arena_printf(cx->arena, "/persone/%s", id_text(web_id(req), id)), name);
    web_crumb(res, NULL, "Contatti");
    if (!persona_header(cx, req, page, web_id(req), "contatti"))
        return false;
    contatti_show(page, &list);
    tv_text(page, "nuovo",
            web_may(cx, req, "accesso.scrivi")
                ? arena_printf(cx->arena, "/contatti/nuovo?persona=%s", id_text(web_id(req), id))
                : NULL);
    return true;
}

/* ---- routes ----------------------------------------------------------------------------- */

/* clang-format off */
static const struct web_route routes[] = {
    {WEB_GET, "/contatti", web_list_page, "accesso.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA,
     AUDIT_READ, NULL, NULL, NULL, NULL, 0, &contatti_lista},
    {WEB_GET, "/contatti/nuovo", nuovo_page, "accesso.scrivi", FINE_CURA, AZIONE_CREA, AUDIT_READ,
     NULL, &nuovo_form, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/contatti/nuovo", nuovo_save, "accesso.scrivi", FINE_CURA, AZIONE_CREA,
     AUDIT_WRITE, NULL, &contatto_form, "/contatti/nuovo", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/contatti/conteggi", contatti_conteggi_page, "statistiche.leggi",
     FINE_PROGRAMMAZIONE, AZIONE_ELENCA, AUDIT_NO, NULL, &contatti_conteggi_form, NULL, NULL, 0,
     NULL},
    {WEB_GET, "/contatti/{id}", scheda_page, "accesso.leggi", FINE_PROCEDIMENTO, AZIONE_LEGGI,
     AUDIT_READ, &contatto_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/persone/{id}/contatti", persona_page, "accesso.leggi", FINE_PROCEDIMENTO,
     AZIONE_LEGGI, AUDIT_READ, &persona_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Oggi", "Contatto nuovo", "/contatti/nuovo", "accesso.scrivi", "it-telephone"},
    {"Persone", "Contatti", "/contatti", "accesso.leggi", "it-list"},
    {"Numeri", "Contatti per area", "/contatti/conteggi", "statistiche.leggi", "it-chart-line"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module accesso_module = {
    .name = "accesso",
    .schema = &accesso_schema,
    .registry = &accesso_registry,
    .routes = routes,
    .menu = menu,
};
