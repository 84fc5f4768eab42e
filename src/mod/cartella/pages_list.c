/* Records as a list; the workload of each worker; counts for the planning office. */
#include "mod/accesso/accesso.h"
#include "mod/cartella/view.h"
#include "mod/enti/enti.h"
#include "mod/utenti/utenti.h"

#include <stdlib.h>
#include <string.h>

/* ---- list ------------------------------------------------------------------------------- */

struct filtri {
    const char *stato;
    const char *tipo_utente;
    struct id ente, responsabile;
    bool mie;
};

static const struct web_choice stati[] = {
    {"segnalata", "Segnalata"},
    {"accolta", "Accolta"},
    {"in_valutazione", "In valutazione"},
    {"con_progetto", "Con progetto"},
    {"in_monitoraggio", "In monitoraggio"},
    {"sospesa", "Sospesa"},
    {"conclusa", "Conclusa"},
    {"rifiutata", "Rifiutata"},
    {"trasferita", "Trasferita"},
    {NULL, NULL},
};
static const struct web_field filter_fields[] = {
    {FIELD(filtri, stato), "Stato", INPUT_CHOICE, false, 0, 0, stati, NULL},
    {FIELD(filtri, tipo_utente), "Tipo di utente", INPUT_CHOICE, false, 0, 0, tipi_utente_choices,
     NULL},
    {FIELD(filtri, ente), "Ente", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, responsabile), "Responsabile", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, mie), "Solo le mie", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters_form = {"cartelle", filter_fields, sizeof(struct filtri), 0};

/* The body is a choice for who works for the whole ambito. */
static bool late_choices(struct cx *cx, struct web_req *req)
{
    static const struct web_choice none[] = {{NULL, NULL}};
    const struct web_choice *enti = none, *workers;
    struct id own;
    if (!cartella_scope(cx, &own) || (own.n == 0 && !ente_choices(cx, NULL, &enti)) ||
        !utente_choices(cx, "assistente", &workers))
        return false;
    web_choices(req, "ente", enti);
    web_choices(req, "responsabile", workers);
    return true;
}

static bool page_of(struct cx *cx, const struct filtri *f, struct cartella_pagina *page)
{
    *page = (struct cartella_pagina){.ordine = CARTELLE_NOME};
    if (!cartella_scope(cx, &page->ente))
        return false;
    if (f == NULL)
        return true;
    page->stato = f->stato;
    page->tipo_utente = f->tipo_utente;
    page->di = f->responsabile;
    if (page->ente.n == 0)
        page->ente = f->ente;
    if (f->mie) {
        page->responsabile = cx->who->utente;
        page->ente = f->ente;
    }
    return true;
}

static const char *list_key(struct cx *cx, const char *sort, const void *object)
{
    const struct cartella_riga *row = object;
    char id[ID_TEXT];
    id_text(row->id, id);
    if (strcmp(sort, "numero") == 0)
        return arena_printf(cx->arena, "%s %lld", id, (long long)row->numero);
    return arena_printf(cx->arena, "%s %s", id, row->chiave);
}

static bool list_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    struct cartella_pagina page;
    if (!page_of(cx, want->filters, &page))
        return false;
    page.limit = want->limit;
    if (strcmp(want->sort, "numero") == 0)
        page.ordine = CARTELLE_NUMERO;
    if (want->after != NULL) { /* what does not read as a key is the first page */
        char *text = arena_strdup(cx->arena, want->after);
        char *space = strchr(text, ' ');
        if (space != NULL) {
            *space = '\0';
            page.dopo = id_parse(text, &page.dopo_id) ? space + 1 : NULL;
            page.dopo_numero = strtoll(space + 1, NULL, 10);
        }
    }
    return cartella_page(cx, &page, rows);
}

static bool list_total(struct cx *cx, const void *filters, int64_t *total)
{
    struct cartella_pagina page;
    return page_of(cx, filters, &page) && cartella_total(cx, &page, total);
}

static const struct web_column columns[] = {
    {"nome", "Persona", "/persone/{persona}/cartella", false, false},
    {"numero", "Numero", NULL, true, false},
    {"stato", "Stato", NULL, false, false},
    {"tipo_utente", "Tipo di utente", NULL, false, false},
    {"comune", "Ente", NULL, false, false},
    {"responsabile", "Responsabile", NULL, false, false},
    {"aperta", "Aperta il", NULL, false, false},
    {"id", NULL, NULL, false, true},
    {"persona", NULL, NULL, false, true},
    {"chiave", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {
    {"nome", "Cognome (A-Z)"}, {"numero", "Aperte per ultime", NULL, true}, {NULL, NULL}};

const struct web_list cartelle_lista = {
    .name = "cartelle",
    .title = "Cartelle",
    .intro = "Le cartelle del tuo ente. Ciascuno apre quelle dei casi che segue.",
    .empty =
        "Non c’è ancora nessuna cartella. Per aprirne una, cerca la persona e prendila in carico.",
    .create_href = "/cerca",
    .create_label = "Presa in carico",
    .create_permission = "cartella.apri",
    .fields = cartella_riga_fields,
    .size = sizeof(struct cartella_riga),
    .columns = columns,
    .filters = &filters_form,
    .choices = late_choices,
    .sorts = sorts,
    .load = list_load,
    .key = list_key,
    .total = list_total,
};

/* ---- workload --------------------------------------------------------------------------- */

bool carichi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct list rows;
    struct id ente;
    (void)req;
    if (!cartella_scope(cx, &ente) || !carico_list(cx, ente, &rows))
        return false;
    struct tv *page = web_page(res, "cartella/carichi", "Carichi di lavoro");
    web_crumb(res, NULL, "Carichi di lavoro");
    struct tv *list = tv_children(page, "operatori");
    struct tv *states = NULL;
    struct tv *worker = NULL;
    int64_t sum = 0;
    const struct carico *last = NULL;
    LIST_EACH (&rows, struct carico, row) {
        if (last == NULL || last->utente.n != row->utente.n) {
            worker = tv_push(list);
            tv_text(worker, "nome", row->nome != NULL ? row->nome : "Da assegnare");
            states = tv_children(worker, "stati");
            sum = 0;
        }
        last = row;
        sum += row->quante;
        tv_int(worker, "totale", sum);
        struct tv *state = tv_push(states);
        tv_text(state, "stato", presa_stato_title(presa_stato_parse(row->stato)));
        tv_int(state, "quante", row->quante);
    }
    tv_bool(page, "noti", rows.count > 0);
    return true;
}

/* ---- counts ----------------------------------------------------------------------------- */

enum { VOCI = 200 };

struct voce {
    const char *label;
    int64_t quante;
};

/* Adds to the entry of that label, made when it is not there. */
static void tally(struct voce *entries, size_t *count, const char *label, int64_t by)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(entries[i].label, label) == 0) {
            entries[i].quante += by;
            return;
        }
    if (*count < VOCI)
        entries[(*count)++] = (struct voce){label, by};
}

static void counts_show(struct cx *cx, struct tv *tables, const char *title,
                        const struct voce *entries, size_t count)
{
    int64_t counts[VOCI];
    const char *texts[VOCI];
    struct tv *table = tv_push(tables);
    struct tv *rows = tv_children(table, "righe");
    for (size_t i = 0; i < count; i++)
        counts[i] = entries[i].quante;
    tv_text(table, "titolo", title);
    tv_text(table, "totale", conteggi_text(cx->arena, counts, count, texts));
    for (size_t i = 0; i < count; i++) {
        struct tv *row = tv_push(rows);
        tv_text(row, "voce", entries[i].label);
        tv_text(row, "quante", texts[i]);
    }
}

bool conteggi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct list counters;
    size_t by_state = 0;
    size_t by_kind = 0;
    size_t by_body = 0;
    struct voce *states = ARENA_NEWS(cx->arena, struct voce, VOCI);
    struct voce *kinds = ARENA_NEWS(cx->arena, struct voce, VOCI);
    struct voce *bodies = ARENA_NEWS(cx->arena, struct voce, VOCI);
    (void)req;
    if (!cartella_count(cx, &counters))
        return false;
    LIST_EACH (&counters, struct cartella_conta, row) {
        tally(states, &by_state, presa_stato_title(presa_stato_parse(row->stato)), row->quante);
        tally(kinds, &by_kind, tipo_utente_title(row->tipo_utente), row->quante);
        tally(bodies, &by_body, row->ente_nome, row->quante);
    }
    struct tv *page = web_page(res, "cartella/conteggi", "Cartelle per stato");
    web_crumb(res, NULL, "Cartelle per stato");
    struct tv *tables = tv_children(page, "tabelle");
    counts_show(cx, tables, "Per stato", states, by_state);
    counts_show(cx, tables, "Per tipo di utente", kinds, by_kind);
    counts_show(cx, tables, "Per ente", bodies, by_body);
    return true;
}
