/* Break glass: the request, the list of them, the review. */
#include "mod/utenti/emergenza.h"
#include "mod/utenti/pages.h"

#include <stdio.h>
#include <string.h>

/* ---- the request ------------------------------------------------------------------------ */

struct chiesta {
    const char *tipo;
    struct id oggetto;
};
static const struct web_field chiesta_fields[] = {
    {FIELD(chiesta, tipo), "Tipo", INPUT_TEXT, false, 0, 20, NULL, NULL},
    {FIELD(chiesta, oggetto), "Codice", INPUT_ID, false, 0, 0, NULL, NULL},
    WEB_FIELD_END};
const struct web_form emergenza_chiesta = {"chiesta", chiesta_fields, sizeof(struct chiesta), 0};

struct richiesta {
    const char *tipo;
    struct id oggetto;
    const char *motivo, *testo;
};
static const struct web_field richiesta_fields[] = {
    {FIELD(richiesta, tipo), "Tipo", INPUT_TEXT, true, 0, 20, NULL, NULL},
    {FIELD(richiesta, oggetto), "Codice", INPUT_ID, true, 0, 0, NULL, NULL},
    {FIELD(richiesta, motivo), "Motivo", INPUT_CHOICE, true, 0, 0, emergenza_motivi, NULL},
    {FIELD(richiesta, testo), "Che cosa succede e perché serve leggere ora", INPUT_LINES, true, 0,
     2000, NULL,
     "Almeno 40 caratteri. Lo leggeranno il responsabile del caso, chi ne coordina l’ente e il "
     "revisore."},
    WEB_FIELD_END};
const struct web_form emergenza_form = {"emergenza", richiesta_fields, sizeof(struct richiesta), 0};

bool emergenza_new_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx;
    struct tv *page = web_page(res, "utenti/emergenza_nuova", "Accesso d’emergenza");
    web_crumb(res, NULL, "Accesso d’emergenza");
    tv_int(page, "minuti", EMERGENZA_MINUTES);
    web_form_show(req, page, "form", &emergenza_form, NULL);
    return true;
}

/* What is not there, and what no emergency opens, is the same: not there. */
static bool ask_object(struct cx *cx, const struct web_req *req, struct emergenza_chiesta *asked)
{
    const struct web_object *object = web_object_named(req, asked->oggetto_tipo);
    struct web_facts facts;
    if (object == NULL || emergenza_href(cx, asked->oggetto_tipo, asked->oggetto) == NULL)
        return true; /* the act says what may be asked for */
    if (!object->facts(cx, asked->oggetto, &facts))
        return false;
    if (!facts.found || facts.sensitivity == RISERVO_ANTIVIOLENZA)
        return FAIL(cx, ERR_NOT_FOUND, "nothing to be opened");
    asked->ente = facts.ente;
    return true;
}

bool emergenza_open_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct richiesta *form = web_form(req);
    struct emergenza_chiesta asked = {form->tipo, form->oggetto, ID_NONE, form->motivo,
                                      form->testo};
    struct utente_rifiuto rifiuto;
    struct id id;
    if (!ask_object(cx, req, &asked) || !emergenza_open(cx, &asked, &id, &rifiuto))
        return false;
    if (rifiuto.testo != NULL) {
        web_fault(req, rifiuto.campo, "%s", rifiuto.testo);
        return false;
    }
    web_audit_object(req, form->tipo, form->oggetto);
    web_audit_detail(req, "accesso d’emergenza: %s", form->motivo);
    web_notice(req,
               "Accesso d’emergenza aperto per %d minuti: si può leggere, non scrivere né "
               "esportare. Il responsabile e il coordinatore sono avvisati.",
               EMERGENZA_MINUTES);
    web_redirect(res, "%s", emergenza_href(cx, form->tipo, form->oggetto));
    return true;
}

/* ---- who may look at one ---------------------------------------------------------------- */

/* Who asked for it and who answers for the case read it; who coordinates the body of the case
 * reviews it, but not his own; the auditor reads all, as he reads the register. */
static bool emergenza_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct emergenza row;
    bool reviews;
    *facts = (struct web_facts){.relation = RELAZIONE_NESSUNA, .sensitivity = RISERVO_PERSONALE};
    facts->found = emergenza_load(cx, id, &row);
    if (!facts->found) {
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    if (!emergenza_coordina(cx, row.ente, &reviews))
        return false;
    facts->ente = row.ente;
    if (cx->who->ruolo == RUOLO_REVISORE) {
        facts->relation = RELAZIONE_AMBITO;
        facts->sensitivity = RISERVO_AMMINISTRATIVO;
    } else if (row.utente.n == cx->who->utente.n)
        facts->relation = RELAZIONE_RESPONSABILE;
    else if (reviews)
        facts->relation = RELAZIONE_COORDINA;
    else
        return utente_relation(cx, row.oggetto_tipo, row.oggetto, &facts->relation);
    return true;
}
const struct web_object emergenza_object = {"emergenza", emergenza_facts};

/* ---- one of them ------------------------------------------------------------------------ */

struct riesame {
    const char *esito, *nota;
};
static const struct web_field riesame_fields[] = {
    {FIELD(riesame, esito), "Esito", INPUT_CHOICE, true, 0, 0, emergenza_esiti, NULL},
    {FIELD(riesame, nota), "Nota", INPUT_LINES, false, 0, 2000, NULL, NULL},
    WEB_FIELD_END};
const struct web_form riesame_form = {"riesame", riesame_fields, sizeof(struct riesame), 0};

static const char *label_of(const struct web_choice *choices, const char *value)
{
    for (; choices->value != NULL; choices++)
        if (value != NULL && strcmp(choices->value, value) == 0)
            return choices->label;
    return value;
}

static void pair(struct tv *pairs, const char *label, const char *text, const char *href)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", href);
}

static const char *when(struct cx *cx, struct instant instant)
{
    char text[INSTANT_TEXT];
    return instant.us == 0 ? NULL : arena_strdup(cx->arena, instant_it(instant, text));
}

static void show_pairs(struct cx *cx, const struct web_req *req, struct tv *page,
                       const struct emergenza *row)
{
    struct tv *pairs = tv_children(page, "pairs");
    pair(pairs, "Chi", row->intestazione, NULL);
    pair(pairs, "Che cosa", row->oggetto_tipo,
         web_may(cx, req, "persone.leggi") ? emergenza_href(cx, row->oggetto_tipo, row->oggetto)
                                           : NULL);
    pair(pairs, "Motivo", label_of(emergenza_motivi, row->motivo), NULL);
    pair(pairs, "Dal", when(cx, row->inizio), NULL);
    pair(pairs, "Al", when(cx, row->chiusa.us != 0 ? row->chiusa : row->fine), NULL);
    pair(pairs, "Riesame", label_of(emergenza_esiti, row->esito), NULL);
    pair(pairs, "Nota del riesame", row->nota, NULL);
}

bool emergenza_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct emergenza row;
    if (!emergenza_load(cx, web_id(req), &row))
        return false;
    bool own = row.utente.n == cx->who->utente.n;
    struct tv *page = web_page(res, "utenti/emergenza", "Accesso d’emergenza");
    web_crumb(res, web_may(cx, req, "emergenza.elenca") ? "/emergenze" : NULL,
              "Accessi d’emergenza");
    show_pairs(cx, req, page, &row);
    tv_id(page, "id", row.id);
    tv_text(page, "testo", row.testo);
    tv_bool(page, "da_chiudere", own && row.chiusa.us == 0 && row.fine.us > cx->now.us);
    tv_bool(page, "da_riesaminare",
            !own && row.riesaminata.us == 0 && web_may(cx, req, "emergenza.riesamina"));
    web_form_show(req, page, "form", &riesame_form, NULL);
    return true;
}

static const char *href_of(struct cx *cx, struct id id)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/emergenze/%s", id_text(id, text));
}

bool emergenza_close_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    web_audit_detail(req, "accesso d’emergenza chiuso");
    web_notice(req, "L’accesso d’emergenza è chiuso.");
    web_redirect(res, "%s", href_of(cx, web_id(req)));
    return emergenza_close(cx, web_id(req));
}

bool emergenza_review_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct riesame *form = web_form(req);
    struct utente_rifiuto rifiuto;
    if (!emergenza_review(cx, web_id(req), form->esito, form->nota, &rifiuto))
        return false;
    if (rifiuto.testo != NULL) {
        web_fault(req, rifiuto.campo, "%s", rifiuto.testo);
        return false;
    }
    web_audit_detail(req, "riesame: %s", form->esito);
    web_notice(req, "Il riesame è registrato.");
    web_redirect(res, "%s", href_of(cx, web_id(req)));
    return true;
}

/* ---- all of them ------------------------------------------------------------------------ */

static const struct web_choice stato_choices[] = {
    {"attesa", "Da riesaminare"}, {"riesaminate", "Riesaminati"}, {NULL, NULL}};
static const struct web_field filtro_fields[] = {
    {FIELD(emergenza_filtro, stato), "Stato", INPUT_CHOICE, false, 0, 0, stato_choices, NULL},
    WEB_FIELD_END};
static const struct web_form filtro_form = {"emergenze", filtro_fields,
                                            sizeof(struct emergenza_filtro), 0};

static bool load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    struct emergenza_chiave after = {.id = ID_NONE};
    long long us, id;
    if (want->after != NULL) {
        if (sscanf(want->after, "%lld.%lld", &us, &id) != 2)
            return FAIL(cx, ERR_INPUT, "Pagina dell’elenco non valida.");
        after = (struct emergenza_chiave){{us}, {id}};
    }
    if (!emergenza_list(cx, want->filters, &after, want->limit, rows))
        return false;
    LIST_EACH (rows, struct emergenza, row) {
        row->motivo = label_of(emergenza_motivi, row->motivo);
        row->esito = row->esito != NULL ? label_of(emergenza_esiti, row->esito) : "da riesaminare";
    }
    return true;
}

static const char *key(struct cx *cx, const char *sort, const void *object)
{
    const struct emergenza *row = object;
    (void)sort;
    return arena_printf(cx->arena, "%lld.%lld", (long long)row->inizio.us, (long long)row->id.n);
}

static const struct web_column columns[] = {{"inizio", "Quando", "/emergenze/{id}", false, false},
                                            {"intestazione", "Chi", NULL, false, false},
                                            {"oggetto_tipo", "Che cosa", NULL, false, false},
                                            {"motivo", "Motivo", NULL, false, false},
                                            {"esito", "Riesame", NULL, false, false},
                                            {"id", NULL, NULL, false, true},
                                            {NULL, NULL, NULL, false, false}};
static const struct web_sort sorts[] = {{"recenti", "Dal più recente", "inizio", true},
                                        {NULL, NULL}};
const struct web_list emergenze_lista = {
    .name = "emergenze",
    .title = "Accessi d’emergenza",
    .intro =
        "Letture senza una relazione con il caso: ciascuna va riesaminata da chi coordina l’ente.",
    .empty = "Nessun accesso d’emergenza.",
    .fields = emergenza_fields,
    .size = sizeof(struct emergenza),
    .columns = columns,
    .filters = &filtro_form,
    .sorts = sorts,
    .load = load,
    .key = key,
};
