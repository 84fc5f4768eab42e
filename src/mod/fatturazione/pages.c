/* Who may see what of a run, and the routes of the room. */
#include "mod/fatturazione/pages.h"

#include "mod/persone/persone.h"

/* ---- objects ------------------------------------------------------------------------------- */

static bool missing(struct cx *cx)
{
    if (cx->err.code != ERR_NOT_FOUND)
        return false;
    err_clear(&cx->err);
    return true;
}

static bool run_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct fatturazione f;
    *facts = (struct web_facts){.found = false};
    if (!fatturazione_load(cx, id, &f))
        return missing(cx);
    *facts = (struct web_facts){true, RELAZIONE_AMBITO, RISERVO_AMMINISTRATIVO};
    return true;
}

/* Billing is assigned to the accounting office: it has to know who pays. */
static void name_facts(const struct cx *cx, struct web_facts *facts)
{
    bool office = cx->who->ruolo == RUOLO_RAGIONERIA;
    *facts =
        (struct web_facts){true, office ? RELAZIONE_EQUIPE : RELAZIONE_AMBITO, RISERVO_PERSONALE};
}

static bool names_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    if (!run_facts(cx, id, facts))
        return false;
    if (facts->found)
        name_facts(cx, facts);
    return true;
}

static bool line_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct addebito a;
    *facts = (struct web_facts){.found = false};
    if (!store_addebito_load(cx, id, &a))
        return missing(cx);
    name_facts(cx, facts);
    return true;
}

const struct web_object fatturazione_object = {"fatturazione", run_facts};
const struct web_object nominativi_object = {"fatturazione", names_facts};
const struct web_object addebito_object = {"addebito", line_facts};

/* ---- shared -------------------------------------------------------------------------------- */

bool corsa_view(struct cx *cx, struct id id, struct corsa_vista *vista)
{
    char month[MESE_TEXT];
    if (!fatturazione_load(cx, id, &vista->f) ||
        !servizio_load(cx, vista->f.servizio, &vista->servizio))
        return false;
    vista->titolo =
        arena_printf(cx->arena, "%s, %s", vista->servizio.codice, mese_words(vista->f.mese, month));
    return true;
}

const char *corsa_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/fatturazione/%s%s", id_text(id, text), tail);
}

void fatto(struct tv *pairs, const char *label, const char *text, const char *href)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", href);
}

const char *euro(struct cx *cx, struct money amount)
{
    char text[MONEY_TEXT];
    return money_ok(amount) ? arena_printf(cx->arena, "%s €", money_it(amount, text)) : NULL;
}

bool fault_show(struct web_req *req, const struct fatturazione_fault *fault)
{
    if (fault->testo != NULL)
        web_fault(req, fault->campo, "%s", fault->testo);
    return fault->testo != NULL;
}

/* ---- routes -------------------------------------------------------------------------------- */

/* clang-format off */
#define LEGGE(path, handler, permission, audit, object, form)                                      \
    {WEB_GET, path, handler, permission, FINE_PROCEDIMENTO, AZIONE_LEGGI, audit, object, form,     \
     NULL, NULL, 0, NULL}
#define SCRIVE(path, handler, permission, action, object, form, again)                             \
    {WEB_POST, path, handler, permission, FINE_PROCEDIMENTO, action, AUDIT_WRITE, object, form,    \
     again, NULL, 0, NULL}
const struct web_route fatturazione_routes[] = {
    {WEB_GET, "/fatturazione", web_list_page, "fatturazione.leggi", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_NO, NULL, NULL, NULL, NULL, 0, &fatturazioni_lista},
    {WEB_GET, "/fatturazione/nuova", nuova_page, "fatturazione.scrivi", FINE_PROCEDIMENTO,
     AZIONE_CREA, AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    SCRIVE("/fatturazione/nuova", nuova_save, "fatturazione.scrivi", AZIONE_CREA, NULL,
           &nuova_form, "/fatturazione/nuova"),
    LEGGE("/fatturazione/{id}", corsa_page, "fatturazione.leggi", AUDIT_NO, &fatturazione_object,
          NULL),
    SCRIVE("/fatturazione/{id}/prova", corsa_prova, "fatturazione.scrivi", AZIONE_MODIFICA,
           &fatturazione_object, NULL, "/fatturazione/{id}"),
    SCRIVE("/fatturazione/{id}/chiudi", corsa_chiudi, "fatturazione.chiudi", AZIONE_CHIUDI,
           &fatturazione_object, NULL, "/fatturazione/{id}"),
    LEGGE("/fatturazione/{id}/addebiti", addebiti_page, "fatturazione.nomi", AUDIT_READ,
          &nominativi_object, &addebiti_query),
    LEGGE("/fatturazione/{id}/esporta", addebiti_esporta, "fatturazione.nomi", AUDIT_READ,
          &nominativi_object, &addebiti_formato),
    LEGGE("/fatturazione/{id}/conguagli", conguagli_page, "fatturazione.nomi", AUDIT_READ,
          &nominativi_object, NULL),
    SCRIVE("/fatturazione/{id}/conguagli", conguagli_save, "fatturazione.chiudi", AZIONE_MODIFICA,
           &fatturazione_object, &conguagli_form, "/fatturazione/{id}/conguagli"),
    SCRIVE("/fatturazione/{id}/avvisi", corsa_avvisi, "fatturazione.nomi", AZIONE_MODIFICA,
           &fatturazione_object, NULL, "/fatturazione/{id}"),
    LEGGE("/addebiti/{id}", addebito_page, "fatturazione.nomi", AUDIT_READ, &addebito_object,
          NULL),
    LEGGE("/addebiti/{id}/avviso", addebito_avviso_page, "fatturazione.nomi", AUDIT_READ,
          &addebito_object, NULL),

    LEGGE("/persone/{id}/conguagli", persona_conguagli_page, "conguagli.leggi", AUDIT_READ,
          &persona_object, NULL),
    LEGGE("/prestazioni/{id}/assenze", assenze_page, "assenze.leggi", AUDIT_READ,
          &prestazione_object, NULL),
    SCRIVE("/prestazioni/{id}/assenze", assenza_save, "assenze.scrivi", AZIONE_CREA,
           &prestazione_object, &assenza_form, "/prestazioni/{id}/assenze"),
    SCRIVE("/prestazioni/{id}/assenze/annulla", assenza_annulla, "assenze.scrivi",
           AZIONE_MODIFICA, &prestazione_object, &annulla_form, "/prestazioni/{id}/assenze"),
    SCRIVE("/prestazioni/{id}/periodi", periodo_save, "periodi.scrivi", AZIONE_CREA,
           &prestazione_object, &periodo_form, "/prestazioni/{id}/assenze"),
    SCRIVE("/prestazioni/{id}/periodi/annulla", periodo_annulla, "periodi.scrivi",
           AZIONE_MODIFICA, &prestazione_object, &annulla_form, "/prestazioni/{id}/assenze"),
    SCRIVE("/prestazioni/{id}/paganti", pagante_save, "periodi.scrivi", AZIONE_CREA,
           &prestazione_object, &pagante_form, "/prestazioni/{id}/assenze"),
    SCRIVE("/prestazioni/{id}/paganti/fine", pagante_fine, "periodi.scrivi", AZIONE_MODIFICA,
           &prestazione_object, &annulla_form, "/prestazioni/{id}/assenze"),

    {WEB_GET, "/fatturazione/calendari", calendari_page, "calendari.leggi", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/fatturazione/calendari/{servizio}", calendario_page, "calendari.leggi",
     FINE_PROCEDIMENTO, AZIONE_ELENCA, AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    SCRIVE("/fatturazione/calendari/{servizio}", chiusura_save, "calendari.scrivi", AZIONE_CREA,
           NULL, &chiusura_form, "/fatturazione/calendari/{servizio}"),
    SCRIVE("/fatturazione/calendari/{servizio}/togli", chiusura_togli, "calendari.scrivi",
           AZIONE_MODIFICA, NULL, &riapri_form, "/fatturazione/calendari/{servizio}"),
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

const struct menu_item fatturazione_menu[] = {
    {"Numeri", "Fatturazione", "/fatturazione", "fatturazione.leggi", "it-file"},
    {"Numeri", "Calendari dei servizi", "/fatturazione/calendari", "calendari.leggi",
     "it-calendar"},
    {NULL, NULL, NULL, NULL, NULL},
};
