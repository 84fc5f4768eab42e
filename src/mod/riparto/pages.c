/* Routes of the room, and what its pages share. */
#include "mod/riparto/pages.h"
#include "mod/riparto/pages_prova.h"

#include "mod/riparto/sql.h"

#include <string.h>

/* ---- objects --------------------------------------------------------------------------------- */

/* What the assembly approves is published; who may open the pages is said by the permission. */
static const struct web_facts published = {
    .found = true, .relation = RELAZIONE_AMBITO, .sensitivity = RISERVO_PUBBLICO};

static bool found_or_not(struct cx *cx, bool loaded, struct web_facts *facts)
{
    *facts = published;
    facts->found = loaded;
    if (loaded || cx->err.code != ERR_NOT_FOUND)
        return loaded;
    err_clear(&cx->err);
    return true;
}

static bool prospetto_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct prospetto prospetto;
    return found_or_not(cx, store_prospetto_load(cx, id, &prospetto), facts);
}

static bool rata_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct rata_riga rata;
    return found_or_not(cx, store_rata_load(cx, id, &rata), facts);
}

static bool movimento_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct movimento movimento;
    return found_or_not(cx, store_movimento_load(cx, id, &movimento), facts);
}

const struct web_object prospetto_object = {"prospetto", prospetto_facts};
const struct web_object rata_object = {"rata", rata_facts};
const struct web_object movimento_object = {"movimento", movimento_facts};

/* ---- words ----------------------------------------------------------------------------------- */

const char *riparto_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/riparti/%s%s", id_text(id, text), tail);
}

void riparto_pair(struct tv *pairs, const char *label, const char *text, const char *href)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", href);
}

const char *euro_text(struct cx *cx, struct money amount)
{
    char text[MONEY_TEXT];
    return arena_printf(cx->arena, "%s €", money_it(amount, text));
}

const char *metodo_title(const char *name)
{
    static const char *const titles[METODI] = {
        [METODO_PRO_CAPITE] = "Quota pro capite",
        [METODO_CRITERI] = "Una somma per uno o più criteri",
        [METODO_MARGINI] = "Fra due margini: enti e aree",
        [METODO_ORE] = "Ore × settimane × costo orario",
        [METODO_UNITA] = "Unità × importo",
        [METODO_COSTI] = "Quota di costi",
    };
    for (enum metodo m = 0; m < METODI; m++)
        if (strcmp(metodo_name(m), name) == 0)
            return titles[m];
    return name;
}

/* ---- routes ---------------------------------------------------------------------------------- */

/* clang-format off */
const struct web_route riparto_routes[] = {
    {WEB_GET, "/riparti", web_list_page, "riparto.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA, AUDIT_NO,
     NULL, NULL, NULL, NULL, 0, &prospetti_lista},
    {WEB_GET, "/riparti/nuovo", riparto_nuovo_page, "riparto.scrivi", FINE_PROCEDIMENTO, AZIONE_CREA,
     AUDIT_NO, NULL, &riparto_nuovo_query, NULL, NULL, 0, NULL},
    {WEB_POST, "/riparti/nuovo", riparto_nuovo_save, "riparto.scrivi", FINE_PROCEDIMENTO, AZIONE_CREA,
     AUDIT_WRITE, NULL, &riparto_nuovo_form, "/riparti/nuovo", NULL, WEB_UPLOAD, NULL},
    {WEB_GET, "/riparti/verifica", tabella_page, "riparto.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA,
     AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/riparti/verifica", tabella_show, "riparto.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA,
     AUDIT_NO, NULL, &tabella_form, "/riparti/verifica", tabella_before, WEB_UPLOAD | WEB_SLOW, NULL},
    {WEB_GET, "/riparti/simula", ipotesi_page, "riparto.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA,
     AUDIT_NO, NULL, &ipotesi_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/riparti/simula/esporta", ipotesi_file, "riparto.esporta", FINE_PROCEDIMENTO,
     AZIONE_ESPORTA, AUDIT_READ, NULL, &ipotesi_file_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/riparti/{id}", prospetto_page, "riparto.leggi", FINE_PROCEDIMENTO, AZIONE_LEGGI,
     AUDIT_NO, &prospetto_object, &prospetto_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/riparti/{id}/confronto", riparto_confronto_page, "riparto.leggi", FINE_PROCEDIMENTO,
     AZIONE_LEGGI, AUDIT_NO, &prospetto_object, &riparto_confronto_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/riparti/{id}/modifica", riparto_modifica_page, "riparto.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_NO, &prospetto_object, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/riparti/{id}/modifica", riparto_modifica_save, "riparto.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &prospetto_object, &prospetto_form, "/riparti/{id}/modifica",
     NULL, 0, NULL},
    {WEB_POST, "/riparti/{id}/approva", riparto_approva_save, "riparto.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &prospetto_object, &riparto_approva_form, "/riparti/{id}", NULL, 0, NULL},
    {WEB_POST, "/riparti/{id}/copia", riparto_copia_save, "riparto.scrivi", FINE_PROCEDIMENTO, AZIONE_CREA,
     AUDIT_WRITE, &prospetto_object, &riparto_copia_form, "/riparti/{id}", NULL, 0, NULL},
    {WEB_GET, "/riparti/{id}/esporta", riparto_esporta_page, "riparto.esporta", FINE_PROCEDIMENTO,
     AZIONE_ESPORTA, AUDIT_READ, &prospetto_object, &riparto_carta_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/riparti/{id}/lettere", riparto_lettere_page, "riparto.esporta", FINE_PROCEDIMENTO,
     AZIONE_ESPORTA, AUDIT_READ, &prospetto_object, &riparto_lettera_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/riparti/scadenzario", scadenzario_page, "riparto.leggi", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_NO, NULL, &scadenzario_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/riparti/solleciti", solleciti_page, "riparto.leggi", FINE_PROCEDIMENTO,
     AZIONE_ELENCA, AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/riparti/solleciti/lettere", solleciti_lettere_page, "riparto.esporta",
     FINE_PROCEDIMENTO, AZIONE_ESPORTA, AUDIT_READ, NULL, &sollecito_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/riparti/rate", web_list_page, "riparto.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA,
     AUDIT_NO, NULL, NULL, NULL, NULL, 0, &rate_lista},
    {WEB_GET, "/riparti/rate/{id}", conto_page, "riparto.leggi", FINE_PROCEDIMENTO, AZIONE_LEGGI,
     AUDIT_NO, &rata_object, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/riparti/rate/{id}/registra", registra_save, "riparto.scrivi", FINE_PROCEDIMENTO,
     AZIONE_CREA, AUDIT_WRITE, &rata_object, &registra_form, "/riparti/rate/{id}", NULL, 0, NULL},
    {WEB_GET, "/riparti/movimenti/{id}", movimento_page, "riparto.leggi", FINE_PROCEDIMENTO,
     AZIONE_LEGGI, AUDIT_NO, &movimento_object, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/riparti/movimenti/{id}/storna", storna_save, "riparto.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &movimento_object, &storna_form, "/riparti/movimenti/{id}", NULL,
     0, NULL},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

const struct menu_item riparto_menu[] = {
    {"Numeri", "Riparti", "/riparti", "riparto.leggi", "it-chart-line"},
    {"Numeri", "Rate degli enti", "/riparti/scadenzario", "riparto.leggi", "it-calendar"},
    {"Numeri", "Ipotesi di riparto", "/riparti/simula", "riparto.leggi", "it-chart-line"},
    {"Numeri", "Verifica di una tabella", "/riparti/verifica", "riparto.leggi", "it-check-circle"},
    {NULL, NULL, NULL, NULL, NULL},
};
