/* The list of plans, putting one in force, and all routes of the room. */
#include "mod/rette/pages.h"

#include "kit/tmpl/message.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"

#include <string.h>

/* ---- list ------------------------------------------------------------------------------- */

static const struct web_choice stati[] = {
    {"bozza", "Bozza"}, {"verificato", "Verificato"}, {"vigente", "In vigore"}, {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(piani_filtro, servizio), "Servizio", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(piani_filtro, stato), "Stato", INPUT_CHOICE, false, 0, 0, stati, NULL},
    {FIELD(piani_filtro, giorno), "Vale il giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters = {"piani", filter_fields, sizeof(struct piani_filtro), 0};

static bool piani_choices(struct cx *cx, struct web_req *req)
{
    struct list servizi;
    size_t count = 0;
    if (!servizio_list(cx, &servizi))
        return false;
    struct web_choice *made = ARENA_NEWS(cx->arena, struct web_choice, servizi.count + 1);
    LIST_EACH (&servizi, struct servizio, servizio)
        made[count++] = (struct web_choice){
            servizio->codice, arena_printf(cx->arena, "%s (%s)", servizio->nome, servizio->codice)};
    web_choices(req, "servizio", made);
    return true;
}

static enum piani_ordine order_of(const char *sort)
{
    return sort != NULL && strcmp(sort, "data") == 0 ? PIANI_PER_DATA : PIANI_PER_SERVIZIO;
}

static bool piani_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    static const struct piani_filtro none = {.giorno = {INT32_MIN}};
    if (!store_piano_rows(cx, want->filters != NULL ? want->filters : &none, order_of(want->sort),
                          want->after, want->limit, rows))
        return false;
    LIST_EACH (rows, struct piano_riga, riga) { /* words for codes, but for those of the key */
        riga->nome = piano_words(cx->arena, riga->servizio, riga->nome, riga->variante);
        riga->tipo = piano_tipo_title(piano_tipo_parse(riga->tipo));
        riga->stato = piano_stato_title(piano_stato_parse(riga->stato));
    }
    return true;
}

static const char *piani_key(struct cx *cx, const char *sort, const void *row)
{
    return store_piano_key(cx, order_of(sort), row);
}

static const struct web_column columns[] = {
    {"servizio", "Servizio", NULL, false, false},
    {"nome", "Piano", "/rette/{id}", false, false},
    {"tipo", "Tipo", NULL, false, false},
    {"unita", "Unità", NULL, false, false},
    {"dal", "Dal", NULL, false, false},
    {"al", "Al", NULL, false, false},
    {"stato", "Stato", NULL, false, false},
    {"atto", NULL, NULL, false, false},
    {"variante", NULL, NULL, false, false},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"servizio", "Servizio e variante"},
                                        {"data", "I più recenti prima", "dal", true},
                                        {NULL, NULL}};

static const struct web_list piani_lista = {
    .name = "piani",
    .title = "Rette",
    .intro = "I piani tariffari: quanto si paga per un servizio secondo l’ISEE, da quando e per "
             "quale atto.",
    .empty = "Non c’è ancora nessun piano. Un piano nuovo si scrive qui, o si importa con "
             "“zonale rette importa”.",
    .create_href = "/rette/nuovo",
    .create_label = "Piano nuovo",
    .create_permission = "rette.scrivi",
    .fields = piano_riga_fields,
    .size = sizeof(struct piano_riga),
    .columns = columns,
    .filters = &filters,
    .choices = piani_choices,
    .sorts = sorts,
    .load = piani_load,
    .key = piani_key,
};

/* ---- in force --------------------------------------------------------------------------- */

struct vigore_modulo {
    int64_t versione;
};
static const struct web_field vigore_fields[] = {
    {FIELD(vigore_modulo, versione), "Versione", INPUT_INT, true, 1, INT32_MAX, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form vigore_form = {"vigore", vigore_fields, sizeof(struct vigore_modulo),
                                            0};

static bool vigore_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct vigore_modulo *form = web_form(req);
    struct rette_faults faults = {.arena = cx->arena};
    struct piano_salvato salvato;
    if (!store_piano_load(cx, web_id(req), &salvato))
        return false;
    if (salvato.versione != form->versione) {
        web_fault(req, NULL, "%s", message("rette.versione"));
        return false;
    }
    if (!piano_enact(cx, salvato.piano.id, &faults))
        return false;
    for (size_t i = 0; i < faults.count; i++)
        web_fault(req, NULL, "%s", faults.items[i].text);
    if (faults.count > 0)
        return false;
    web_audit_detail(req, "%s %s", salvato.piano.servizio, salvato.piano.variante);
    web_notice(req, "%s", message("rette.in_vigore"));
    web_redirect(res, "%s", piano_href(cx, salvato.piano.id, ""));
    return true;
}

/* ---- routes ----------------------------------------------------------------------------- */

/* clang-format off */
const struct web_route rette_routes[] = {
    {WEB_GET, "/rette", web_list_page, "rette.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA, AUDIT_NO,
     NULL, NULL, NULL, NULL, 0, &piani_lista},
    {WEB_GET, "/rette/nuovo", piano_nuovo_page, "rette.scrivi", FINE_PROCEDIMENTO, AZIONE_CREA,
     AUDIT_NO, NULL, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/rette/nuovo", piano_nuovo_save, "rette.scrivi", FINE_PROCEDIMENTO, AZIONE_CREA,
     AUDIT_WRITE, NULL, &piano_form, "/rette/nuovo", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/rette/confronto", confronto_page, "rette.leggi", FINE_PROCEDIMENTO, AZIONE_LEGGI,
     AUDIT_NO, NULL, &confronto_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/rette/{id}", piano_page, "rette.leggi", FINE_PROCEDIMENTO, AZIONE_LEGGI, AUDIT_NO,
     &piano_object, &prova_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/rette/{id}/tabella", piano_tabella_page, "rette.leggi", FINE_PROCEDIMENTO,
     AZIONE_LEGGI, AUDIT_NO, &piano_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/rette/{id}/copia", piano_copia_page, "rette.scrivi", FINE_PROCEDIMENTO,
     AZIONE_CREA, AUDIT_NO, &piano_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/rette/{id}/modifica", piano_modifica_page, "rette.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_NO, &piano_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/rette/{id}/modifica", piano_modifica_save, "rette.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &piano_object, &piano_form, "/rette/{id}/modifica", NULL,
     WEB_DRAFT, NULL},
    {WEB_POST, "/rette/{id}/vigore", vigore_save, "rette.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &piano_object, &vigore_form, "/rette/{id}", NULL, 0, NULL},
    {WEB_GET, "/persone/{id}/isee", isee_page, "isee.leggi", FINE_PROCEDIMENTO, AZIONE_LEGGI,
     AUDIT_READ, &persona_object, &isee_query, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/persone/{id}/isee", isee_save, "isee.scrivi", FINE_PROCEDIMENTO, AZIONE_CREA,
     AUDIT_WRITE, &persona_object, &isee_form, "/persone/{id}/isee", NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/persone/{id}/isee/annulla", isee_annul_save, "isee.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &persona_object, &isee_annul_form, "/persone/{id}/isee", NULL, 0,
     NULL},
    {WEB_GET, "/persone/{id}/isee/avviso", avviso_page, "isee.leggi", FINE_PROCEDIMENTO,
     AZIONE_LEGGI, AUDIT_READ, &persona_object, &avviso_query, NULL, NULL, 0, NULL},
    {WEB_GET, "/persone/{id}/isee/promemoria", promemoria_page, "isee.leggi", FINE_PROCEDIMENTO,
     AZIONE_LEGGI, AUDIT_READ, &persona_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/isee/scadenze", web_list_page, "isee.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA,
     AUDIT_READ, NULL, NULL, NULL, NULL, 0, &scadenze_lista},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

const struct menu_item rette_menu[] = {
    {"Numeri", "Rette", "/rette", "rette.leggi", "it-card"},
    {"Numeri", "ISEE in scadenza", "/isee/scadenze", "isee.leggi", "it-calendar"},
    {NULL, NULL, NULL, NULL, NULL},
};
