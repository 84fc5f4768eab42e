/* Pages of one person: entry, what is known, change. The rows of all routes of the room. */
#include "kit/cx.h"
#include "kit/module.h"
#include "kit/tmpl/message.h"
#include "mod/persone/doppioni.h"
#include "mod/persone/pages_doppioni.h"
#include "mod/persone/store.h"
#include "mod/persone/view.h"
#include "mod/utenti/utenti.h"

#include <stdlib.h>
#include <string.h>

/* ---- entry ------------------------------------------------------------------------------ */

/* What was typed, as a person: for the likely duplicates when the form is shown again. */
static void typed_person(struct cx *cx, const struct web_req *req, struct persona *persona)
{
    *persona = (struct persona){.nascita = DAY_NONE, .morte = DAY_NONE};
    persona->cognome = web_typed(req, "cognome");
    persona->nome = web_typed(req, "nome");
    persona->telefono = web_typed(req, "telefono");
    if (!day_parse(web_typed(req, "nascita"), &persona->nascita))
        persona->nascita = DAY_NONE;
    char clean[CODFIS_SIZE];
    int at;
    if (codfis_check(web_typed(req, "codfis"), clean, &at) == CODFIS_OK)
        persona->codfis = arena_strdup(cx->arena, clean);
}

/* ---- kept apart -------------------------------------------------------------------------- */

static bool is_social(const struct cx *cx)
{
    return cx->who->ruolo == RUOLO_ASSISTENTE || cx->who->ruolo == RUOLO_COORDINATORE;
}

/* Who follows the person may keep her apart, and a coordinator; for a new person (ID_NONE) whoever
 * may come to follow her. */
static bool reservable(struct cx *cx, struct id id, bool *yes)
{
    *yes = cx->who->ruolo == RUOLO_COORDINATORE || (id.n == 0 && is_social(cx));
    return *yes || id.n == 0 || utente_follows(cx, "persona", id, yes);
}

static bool reserve_refused(struct cx *cx, struct web_req *req, struct id id, bool *refused)
{
    bool may;
    if (!reservable(cx, id, &may))
        return false;
    *refused = !may;
    if (*refused)
        web_fault(req, "riservata", "%s", message("persone.riservata_chi"));
    return true;
}

/* Nobody can be kept apart from everybody: where no one follows her, who does it now does. */
static bool follow_reserved(struct cx *cx, struct web_req *req, struct id id)
{
    bool followed;
    struct relazione relation = {.utente = cx->who->utente,
                                 .tipo = RELAZIONE_RESPONSABILE,
                                 .oggetto_tipo = "persona",
                                 .oggetto = id,
                                 .dal = cx->today,
                                 .al = DAY_NONE};
    struct id made;
    web_audit_detail(req, "da tenere riservata");
    if (!utente_followed(cx, id, &followed))
        return false;
    return followed || relazione_save(cx, &relation, &made);
}

static void form_page(struct web_req *req, struct tv *page, const void *values, int64_t versione,
                      const char *annulla)
{
    tv_bool(page, "riservabile", false);
    tv_int(page, "versione", versione);
    tv_text(page, "percorso", web_route(req)->path);
    tv_text(page, "annulla", annulla);
    tv_bool(page, "aperto", false);
    tv_bool(page, "simili_noti", false);
    tv_bool(page, "conflitto_noto", false);
    tv_children(page, "simili");
    tv_children(page, "conflitto");
    web_form_show(req, page, "form", &persona_form, values);
}

static bool nuova_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct tv *page = web_page(res, "persone/modulo", "Persona nuova");
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, NULL, "Persona nuova");
    if (!persona_form_choices(cx, req))
        return false;
    form_page(req, page, NULL, 0, "/persone");
    tv_bool(page, "riservabile", is_social(cx));
    if (!web_faulty(req))
        return true;
    struct persona typed;
    struct list similar;
    typed_person(cx, req, &typed);
    if (!persona_similar(cx, &typed, &similar))
        return false;
    tv_bool(page, "simili_noti", similar.count > 0);
    persona_similar_show(cx, page, &similar, ID_NONE);
    web_audit_detail(req, "ricerca: %zu risultati", similar.count);
    return true;
}

static bool nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct persona_modulo *form = web_form(req);
    struct persona persona = {.nascita = DAY_NONE, .morte = DAY_NONE};
    struct list similar;
    persona_from_form(form, &persona);
    bool refused = false;
    if (form->riservata && !reserve_refused(cx, req, ID_NONE, &refused))
        return false;
    if (!persona_judge(cx, req, &persona) || refused)
        return false;
    if (!form->conferma) {
        if (!persona_similar(cx, &persona, &similar))
            return false;
        if (similar.count > 0) {
            web_fault(req, "conferma",
                      "Forse è già registrata: apri la sua scheda, o conferma che è un’altra.");
            return false;
        }
    }
    if (!persona_save(cx, &persona) || (persona.riservata && !follow_reserved(cx, req, persona.id)))
        return false;
    char id[ID_TEXT];
    web_audit_object(req, "persona", persona.id);
    web_notice(req, "%s %s è registrata con il numero %lld.", persona.cognome, persona.nome,
               (long long)persona.numero);
    web_redirect(res, "/persone/%s", id_text(persona.id, id));
    return true;
}

/* ---- one person ------------------------------------------------------------------------- */

static void pair(struct tv *pairs, const char *label, const char *text)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", NULL);
}

static void scheda_pairs(struct cx *cx, struct tv *page, const struct persona *p, bool masked)
{
    struct tv *pairs = tv_children(page, "pairs");
    char day[DAY_TEXT];
    pair(pairs, "Cognome", p->cognome);
    pair(pairs, "Nome", p->nome);
    pair(pairs, "Data di nascita", arena_strdup(cx->arena, day_it(p->nascita, day)));
    if (masked)
        return;
    pair(pairs, "Sesso", p->sesso == NULL ? NULL : p->sesso[0] == 'F' ? "Femmina" : "Maschio");
    pair(pairs, "Luogo di nascita", p->nascita_luogo != NULL ? p->nascita_luogo : p->belfiore);
    pair(pairs, "Codice fiscale", p->codfis);
    pair(pairs, "Indirizzo", p->indirizzo);
    pair(pairs, "Telefono", p->telefono);
    pair(pairs, "Posta elettronica", p->email);
    pair(pairs, "Cittadinanza", p->cittadinanza);
    pair(pairs, "Tutela giuridica", p->tutela);
}

static bool any_warning(struct cx *cx, const struct persona *persona, bool heavy)
{
    struct persona_avviso warnings[PERSONA_AVVISI];
    size_t count = persona_check(persona, cx->today, warnings);
    for (size_t i = 0; i < count; i++)
        if ((warnings[i].peso != PESO_NOTA) == heavy)
            return true;
    return false;
}

/* Without those of whom somebody has said that they are another person. */
static bool drop_distinct(struct cx *cx, struct id id, struct list *similar)
{
    struct persona_simile *items = similar->items;
    size_t kept = 0;
    for (size_t i = 0; i < similar->count; i++) {
        bool two;
        if (!doppione_diverse(cx, id, items[i].chi.id, &two))
            return false;
        if (!two)
            items[kept++] = items[i];
    }
    similar->count = kept;
    return true;
}

static bool scheda_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct persona persona;
    struct list similar = {0};
    struct id id = web_id(req);
    char text[ID_TEXT];
    bool masked = web_masked(req);
    if (!persona_load(cx, id, &persona))
        return false;
    bool write = !masked && web_may(cx, req, "persone.scrivi");
    if (write && (!persona_similar(cx, &persona, &similar) || !drop_distinct(cx, id, &similar)))
        return false;
    struct tv *page = web_page(res, "persone/scheda",
                               arena_printf(cx->arena, "%s %s", persona.cognome, persona.nome));
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, NULL, arena_printf(cx->arena, "%s %s", persona.cognome, persona.nome));
    if (!persona_header(cx, req, page, id, "dati"))
        return false;
    scheda_pairs(cx, page, &persona, masked);
    persona_warnings_show(cx, page, &persona);
    tv_bool(page, "avvisi_gravi", !masked && any_warning(cx, &persona, true));
    tv_bool(page, "note", !masked && any_warning(cx, &persona, false));
    tv_text(page, "modifica",
            write ? arena_printf(cx->arena, "/persone/%s/modifica", id_text(id, text)) : NULL);
    tv_bool(page, "simili_noti", similar.count > 0);
    bool merge = write && web_may(cx, req, "persone.unisci");
    persona_similar_show(cx, page, &similar, merge ? id : ID_NONE);
    tv_bool(page, "unita", false);
    tv_text(page, "separa",
            merge ? arena_printf(cx->arena, "/persone/%s/separa", id_text(id, text)) : NULL);
    return !merge || fusioni_show(cx, page, id);
}

/* Both texts, field by field, for whoever was second. */
static void conflict_show(struct cx *cx, struct web_req *req, struct tv *page,
                          const struct persona_modulo *saved)
{
    struct tv *list = tv_children(page, "conflitto");
    for (const struct web_field *field = persona_form.fields; field->at.name != NULL; field++) {
        if (field->input == INPUT_CHECK || strcmp(field->at.name, "versione") == 0)
            continue;
        const char *now = field_it(cx->arena, &field->at, saved);
        const char *typed = web_typed(req, field->at.name);
        if (field->input == INPUT_CHOICE)
            now = field_machine(cx->arena, &field->at, saved);
        if (strcmp(now, typed) == 0)
            continue;
        struct tv *item = tv_push(list);
        tv_text(item, "campo", field->label);
        tv_text(item, "salvato", field->at.type == FIELD_ID ? "un altro valore" : now);
        tv_text(item, "scritto", field->at.type == FIELD_ID ? "il tuo valore" : typed);
    }
    tv_bool(page, "conflitto_noto", true);
}

static bool modifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct persona persona;
    char id[ID_TEXT];
    bool may_reserve;
    if (!persona_load(cx, web_id(req), &persona) || !persona_form_choices(cx, req) ||
        !reservable(cx, web_id(req), &may_reserve))
        return false;
    struct persona_modulo saved = persona_to_form(&persona);
    const char *name = arena_printf(cx->arena, "%s %s", persona.cognome, persona.nome);
    const char *href = arena_printf(cx->arena, "/persone/%s", id_text(persona.id, id));
    struct tv *page = web_page(res, "persone/modulo", arena_printf(cx->arena, "Modifica %s", name));
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, href, name);
    web_crumb(res, NULL, "Modifica");
    form_page(req, page, &saved, persona.versione, href);
    tv_bool(page, "riservabile", may_reserve);
    tv_text(page, "percorso", arena_printf(cx->arena, "%s/modifica", href));
    if (web_faulty(req) && strtoll(web_typed(req, "versione"), NULL, 10) != persona.versione)
        conflict_show(cx, req, page, &saved);
    return true;
}

static bool modifica_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct persona_modulo *form = web_form(req);
    struct persona persona;
    char id[ID_TEXT];
    if (!persona_load(cx, web_id(req), &persona))
        return false;
    if (form->versione != persona.versione) {
        web_fault(req, NULL, "Un’altra persona ha salvato modifiche mentre scrivevi.");
        return false;
    }
    bool refused = false, known, apart = form->riservata && !persona.riservata;
    persona_from_form(form, &persona);
    if (apart && !reserve_refused(cx, req, persona.id, &refused))
        return false;
    if (!persona_judge(cx, req, &persona) || refused || !persona_save(cx, &persona) ||
        (apart && !follow_reserved(cx, req, persona.id)) ||
        !persona_known(cx, persona.id, &persona, &known))
        return false;
    web_notice(req, "%s", message(known ? "persone.salvata" : "persone.salvata_riservata"));
    if (known)
        web_redirect(res, "/persone/%s", id_text(persona.id, id));
    else /* a coordinator kept apart whom another follows */
        web_redirect(res, "/persone");
    return true;
}

/* ---- routes ----------------------------------------------------------------------------- */

/* clang-format off */
static const struct web_route routes[] = {
    {WEB_GET, "/cerca", persona_cerca_page, "persone.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA, AUDIT_READ,
     NULL, &persona_cerca_form, NULL, NULL, 0, NULL},
    {WEB_GET, "/persone", web_list_page, "persone.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA,
     AUDIT_READ, NULL, NULL, NULL, NULL, 0, &persona_lista},
    {WEB_GET, "/persone/nuova", nuova_page, "persone.scrivi", FINE_CURA, AZIONE_CREA, AUDIT_READ,
     NULL, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/persone/nuova", nuova_save, "persone.scrivi", FINE_CURA, AZIONE_CREA, AUDIT_WRITE,
     NULL, &persona_form, "/persone/nuova", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/persone/doppioni", web_list_page, "persone.unisci", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_READ, NULL, NULL, NULL, NULL, 0, &doppioni_lista},
    {WEB_GET, "/persone/doppioni/cerca", doppioni_cerca_page, "persone.unisci", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/persone/doppioni/cerca", doppioni_cerca_start, "persone.unisci", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_WRITE, NULL, NULL, "/persone/doppioni/cerca", NULL, 0, NULL},
    {WEB_GET, "/persone/{id}/doppione/{altra}", doppione_confronto, "persone.unisci", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_READ, &persona_object, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/persone/{id}/doppione/{altra}", doppione_unisci, "persone.unisci",
     FINE_PROCEDIMENTO, AZIONE_MODIFICA, AUDIT_WRITE, &persona_object, &doppione_form,
     "/persone/{id}/doppione/{altra}", NULL, 0, NULL},
    {WEB_POST, "/persone/{id}/doppione/{altra}/diverse", doppione_distingui, "persone.unisci",
     FINE_PROCEDIMENTO, AZIONE_MODIFICA, AUDIT_WRITE, &persona_object, NULL,
     "/persone/{id}/doppione/{altra}", NULL, 0, NULL},
    {WEB_POST, "/persone/{id}/separa", fusione_separa, "persone.unisci", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &persona_object, &separa_form, "/persone/{id}", NULL, 0, NULL},
    {WEB_GET, "/persone/{id}", scheda_page, "persone.leggi", FINE_PROCEDIMENTO, AZIONE_LEGGI,
     AUDIT_READ, &persona_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/persone/{id}/modifica", modifica_page, "persone.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_READ, &persona_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/persone/{id}/modifica", modifica_save, "persone.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &persona_object, &persona_form, "/persone/{id}/modifica", NULL,
     WEB_DRAFT, NULL},
    {WEB_GET, "/persone/{id}/nucleo", persona_nucleo_page, "persone.leggi", FINE_PROCEDIMENTO,
     AZIONE_LEGGI, AUDIT_READ, &persona_object, &nucleo_day_form, NULL, NULL, 0, NULL},
    {WEB_POST, "/persone/{id}/nucleo", persona_nucleo_add, "persone.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &persona_object, &nucleo_form, "/persone/{id}/nucleo", NULL, 0,
     NULL},
    {WEB_POST, "/persone/{id}/nucleo/uscita", persona_nucleo_end, "persone.scrivi",
     FINE_PROCEDIMENTO, AZIONE_MODIFICA, AUDIT_WRITE, &persona_object, &nucleo_end_form,
     "/persone/{id}/nucleo", NULL, 0, NULL},
    {WEB_POST, "/persone/{id}/nucleo/correggi", persona_nucleo_correct, "persone.scrivi",
     FINE_PROCEDIMENTO, AZIONE_MODIFICA, AUDIT_WRITE, &persona_object, &nucleo_correct_form,
     "/persone/{id}/nucleo", NULL, 0, NULL},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Persone", "Persone", "/persone", "persone.leggi", "it-user"},
    {"Persone", "Doppioni", "/persone/doppioni", "persone.unisci", "it-list"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module persone_module = {
    .name = "persone",
    .schema = &persone_schema,
    .registry = &persone_registry,
    .routes = routes,
    .commands = persone_commands,
    .jobs = persone_jobs,
    .menu = menu,
};
