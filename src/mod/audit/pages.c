#include "mod/audit/pages.h"

#include <stdio.h>

/* ---- who read what ---------------------------------------------------------------------- */

/* As typed: the code of an object is text until it is looked at. */
struct registro_ricerca {
    struct day dal, al;
    const char *chi, *oggetto, *azione, *esito;
};
static const struct web_choice azione_choices[] = {
    {"elenca", "Elenco"},     {"leggi", "Lettura"},       {"crea", "Creazione"},
    {"modifica", "Modifica"}, {"chiudi", "Chiusura"},     {"esporta", "Esportazione"},
    {"entra", "Accesso"},     {"amministra", "Gestione"}, {NULL, NULL}};
static const struct web_choice esito_choices[] = {{AUDIT_PERMESSO, "Permesso"},
                                                  {AUDIT_MASCHERATO, "Permesso in parte"},
                                                  {AUDIT_NEGATO, "Negato"},
                                                  {NULL, NULL}};
static const struct web_field ricerca_fields[] = {
    {FIELD(registro_ricerca, dal), "Dal giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(registro_ricerca, al), "Al giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(registro_ricerca, chi), "Utente", INPUT_TEXT, false, 0, 200, NULL,
     "Nome e cognome, come nell’elenco"},
    {FIELD(registro_ricerca, oggetto), "Codice", INPUT_TEXT, false, 0, 20, NULL,
     "Della persona, della cartella…"},
    {FIELD(registro_ricerca, azione), "Azione", INPUT_CHOICE, false, 0, 0, azione_choices, NULL},
    {FIELD(registro_ricerca, esito), "Esito", INPUT_CHOICE, false, 0, 0, esito_choices, NULL},
    WEB_FIELD_END};
static const struct web_form ricerca_form = {"registro", ricerca_fields,
                                             sizeof(struct registro_ricerca), 0};

static bool registro_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct registro_ricerca *typed = want->filters;
    struct registro_filtro filtro = {.dal = typed->dal,
                                     .al = typed->al,
                                     .chi = typed->chi,
                                     .azione = typed->azione,
                                     .esito = typed->esito};
    struct audit_key after = {.seq = 0};
    long long us, seq;
    *rows = (struct list){.size = sizeof(struct audit_row)};
    if (typed->oggetto != NULL && !id_parse(typed->oggetto, &filtro.oggetto))
        return true; /* such a code nothing has */
    if (want->after != NULL) {
        if (sscanf(want->after, "%lld.%lld", &us, &seq) != 2)
            return FAIL(cx, ERR_INPUT, "Pagina dell’elenco non valida.");
        after = (struct audit_key){{us}, seq};
    }
    return audit_list(cx, &filtro, &after, want->limit, rows);
}

static const char *registro_key(struct cx *cx, const char *sort, const void *object)
{
    const struct audit_row *row = object;
    (void)sort;
    return arena_printf(cx->arena, "%lld.%lld", (long long)row->quando.us, (long long)row->seq);
}

static const struct web_column registro_columns[] = {
    {"quando", "Quando", NULL, false, false},
    {"chi", "Chi", "/registro?chi={chi}", false, false},
    {"ruolo", "Ruolo", NULL, false, false},
    {"azione", "Azione", NULL, false, false},
    {"oggetto", "Che cosa", NULL, false, false},
    {"oggetto_id", "Codice", "/registro?oggetto={oggetto_id}", false, false},
    {"esito", "Esito", NULL, false, false},
    {"regola", "Regola", NULL, false, false},
    {"rotta", "Pagina", NULL, false, false},
    {"dettaglio", "Dettaglio", NULL, false, false},
    {"relazione", NULL, NULL, false, false},
    {"fine", NULL, NULL, false, false},
    {"rete", NULL, NULL, false, false},
    {"richiesta", NULL, NULL, false, false},
    {"seq", NULL, NULL, false, false},
    {NULL, NULL, NULL, false, false}};
static const struct web_sort registro_sorts[] = {{"recenti", "Dal più recente", "quando", true},
                                                 {NULL, NULL}};
static const struct web_list registro_lista = {
    .name = "registro",
    .title = "Registro degli accessi",
    .intro = "Chi ha letto o cambiato che cosa, quando e per quale regola. Mai che cosa c’era "
             "scritto.",
    .empty = "Il registro è vuoto: nessuno ha ancora letto o scritto niente.",
    .fields = audit_fields,
    .size = sizeof(struct audit_row),
    .columns = registro_columns,
    .filters = &ricerca_form,
    .sorts = registro_sorts,
    .load = registro_load,
    .key = registro_key,
};

/* ---- who read one object, on the pages of other rooms ------------------------------------ */

bool audit_show(struct cx *cx, struct tv *page, struct id oggetto, size_t max)
{
    struct list list;
    if (!audit_of(cx, oggetto, max, &list))
        return false;
    struct tv *rows = tv_children(page, "accessi");
    LIST_EACH (&list, struct audit_row, row)
        tv_fields(tv_push(rows), audit_fields, row);
    tv_bool(page, "accessi_noti", list.count > 0);
    tv_bool(page, "accessi_altri", list.count == max);
    return true;
}

/* ---- verification ----------------------------------------------------------------------- */

enum { VERDICTS = 20 };

static bool verifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct list list;
    (void)req;
    if (!audit_verifica_list(cx, VERDICTS, &list))
        return false;
    struct tv *page = web_page(res, "audit/verifica", "Verifica del registro");
    web_crumb(res, "/registro", "Registro degli accessi");
    web_crumb(res, NULL, "Verifica");
    struct tv *rows = tv_children(page, "verifiche");
    LIST_EACH (&list, struct audit_verifica, row) {
        struct tv *item = tv_push(rows);
        tv_fields(item, audit_verifica_fields, row);
        tv_bool(item, "integro", row->motivo == NULL);
        tv_int(item, "guasta", row->guasta > 0 ? row->guasta : INT_NONE);
    }
    tv_bool(page, "ce_ne", list.count > 0);
    return true;
}

static bool verifica_read(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct audit_verdict *verdict = ARENA_NEW(cx->arena, struct audit_verdict);
    (void)res;
    web_carry(req, verdict);
    return audit_verify(cx, verdict, NULL, NULL);
}

static bool verifica_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct audit_verdict *verdict = web_carried(req);
    web_audit_detail(req, "%s, %lld righe", verdict->motivo == NULL ? "integro" : "NON integro",
                     (long long)verdict->righe);
    web_redirect(res, "/registro/verifica");
    return audit_verifica_save(cx, verdict);
}

/* ---- routes ----------------------------------------------------------------------------- */

/* clang-format off */
const struct web_route audit_routes[] = {
    {WEB_GET, "/registro", web_list_page, "registro.leggi", FINE_CONTROLLO, AZIONE_ELENCA,
     AUDIT_READ, .data = &registro_lista},
    {WEB_GET, "/registro/verifica", verifica_page, "registro.verifica", FINE_CONTROLLO,
     AZIONE_LEGGI, AUDIT_NO},
    {WEB_POST, "/registro/verifica", verifica_post, "registro.verifica", FINE_CONTROLLO,
     AZIONE_LEGGI, AUDIT_WRITE, .before = verifica_read, .flags = WEB_SLOW},
    {.path = NULL}};
/* clang-format on */

const struct menu_item audit_menu[] = {
    {"Controllo", "Registro degli accessi", "/registro", "registro.leggi", "it-list"},
    {"Controllo", "Verifica del registro", "/registro/verifica", "registro.verifica",
     "it-check-circle"},
    {.label = NULL},
};
