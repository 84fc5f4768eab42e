/* The administrator's pages: the list of accounts, and a new one. */
#include "mod/enti/enti.h"
#include "mod/utenti/pages.h"

#include <string.h>

/* ---- what an account is to the rules ---------------------------------------------------- */

static bool utente_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct utente utente;
    *facts =
        (struct web_facts){.relation = RELAZIONE_AMBITO, .sensitivity = RISERVO_AMMINISTRATIVO};
    facts->found = utente_load(cx, id, &utente);
    if (!facts->found && cx->err.code == ERR_NOT_FOUND) {
        err_clear(&cx->err);
        return true;
    }
    return facts->found;
}
const struct web_object utente_object = {"utente", utente_facts};

/* ---- list ------------------------------------------------------------------------------- */

static const struct web_choice stato_choices[] = {{"attivi", "Attivi"},
                                                  {"disattivati", "Disattivati"},
                                                  {"senza", "Attivi, senza un incarico oggi"},
                                                  {"fermi", "Attivi, non entrano da 90 giorni"},
                                                  {"un_passaggio", "Attivi, senza i due passaggi"},
                                                  {NULL, NULL}};
const struct web_choice ruolo_choices[] = {{"sportello", "Operatore di sportello"},
                                           {"assistente", "Assistente sociale"},
                                           {"coordinatore", "Coordinatore"},
                                           {"erogatore", "Operatore del gestore"},
                                           {"ufficiopiano", "Ufficio di piano"},
                                           {"ragioneria", "Ragioneria"},
                                           {"sindaco", "Sindaco o delegato"},
                                           {"revisore", "Revisore (protezione dei dati)"},
                                           {"amministratore", "Amministratore"},
                                           {"cittadino", "Cittadino"},
                                           {NULL, NULL}};
static const struct web_field filtro_fields[] = {
    {FIELD(utente_filtro, cerca), "Nome", INPUT_TEXT, false, 0, 100, NULL, NULL},
    {FIELD(utente_filtro, ruolo), "Ruolo", INPUT_CHOICE, false, 0, 0, ruolo_choices, NULL},
    {FIELD(utente_filtro, ente), "Ente", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(utente_filtro, stato), "Stato", INPUT_CHOICE, false, 0, 0, stato_choices, NULL},
    WEB_FIELD_END};
static const struct web_form filtro_form = {"utenti", filtro_fields, sizeof(struct utente_filtro),
                                            0};

bool utente_body_choices(struct cx *cx, struct web_req *req)
{
    const struct web_choice *enti;
    if (!ente_choices(cx, NULL, &enti))
        return false;
    web_choices(req, "ente", enti);
    return true;
}

static const char *roles_text(struct cx *cx, const struct utente_elenco *row)
{
    if (row->ruoli == NULL)
        return NULL;
    const char *title = authz_role_title(authz_role_parse(row->ruoli));
    if (row->quanti < 2)
        return title;
    return arena_printf(cx->arena, "%s (e altri %lld)", title, (long long)row->quanti - 1);
}

static bool utenti_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    struct utente_chiave after = {NULL, ID_NONE};
    if (want->after != NULL) {
        const char *space = strrchr(want->after, ' ');
        if (space == NULL || !id_parse(space + 1, &after.id))
            return FAIL(cx, ERR_INPUT, "Pagina dell’elenco non valida.");
        after.chiave = arena_strndup(cx->arena, want->after, (size_t)(space - want->after));
    }
    if (!utente_list(cx, want->filters, &after, want->limit, rows))
        return false;
    LIST_EACH (rows, struct utente_elenco, row)
        row->ruoli = roles_text(cx, row);
    return true;
}

static const char *utenti_key(struct cx *cx, const char *sort, const void *object)
{
    const struct utente_elenco *row = object;
    char id[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s %s", row->chiave, id_text(row->id, id));
}

static const struct web_column columns[] = {
    {"intestazione", "Nome", "/utenti/{id}", false, false},
    {"nome", "Nome utente", NULL, false, false},
    {"ruoli", "Ruolo", NULL, false, false},
    {"al", "Fino al (escluso)", NULL, false, false},
    {"attivo", "Attivo", NULL, false, false},
    {"totp_attivo", "Due passaggi", NULL, false, false},
    {"ultimo_accesso", "Ultimo accesso", NULL, false, false},
    {"email", NULL, NULL, false, false},
    {"quanti", NULL, NULL, false, true},
    {"id", NULL, NULL, false, true},
    {"chiave", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false}};
static const struct web_sort sorts[] = {{"intestazione", "Nome (A-Z)"}, {NULL, NULL}};
const struct web_list utenti_lista = {
    .name = "utenti",
    .title = "Utenti",
    .intro = "Chi entra nel sistema, con quale ruolo e per quale ente.",
    .empty = "Non c’è ancora nessun utente.",
    .create_href = "/utenti/nuovo",
    .create_label = "Utente nuovo",
    .create_permission = "utenti.gestisci",
    .fields = utente_elenco_fields,
    .size = sizeof(struct utente_elenco),
    .columns = columns,
    .filters = &filtro_form,
    .choices = utente_body_choices,
    .sorts = sorts,
    .load = utenti_load,
    .key = utenti_key,
};

/* ---- a new one -------------------------------------------------------------------------- */

struct utente_modulo {
    const char *intestazione, *nome, *email, *ruolo, *ente;
    struct day dal;
};
static const struct web_field nuovo_fields[] = {
    {FIELD(utente_modulo, intestazione), "Nome e cognome", INPUT_TEXT, true, 1, 120, NULL, NULL},
    {FIELD(utente_modulo, nome), "Nome utente", INPUT_TEXT, true, 3, ACCOUNT_MOST, NULL,
     "Per entrare: lettere minuscole, cifre, punto e trattino; per esempio anna.rossi"},
    {FIELD(utente_modulo, email), "Posta elettronica", INPUT_TEXT, false, 0, 200, NULL, NULL},
    {FIELD(utente_modulo, ruolo), "Ruolo", INPUT_CHOICE, true, 0, 0, ruolo_choices, NULL},
    {FIELD(utente_modulo, ente), "Ente per cui lavora", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(utente_modulo, dal), "Dal giorno", INPUT_DAY, false, 0, 0, NULL, "Vuoto: da oggi"},
    WEB_FIELD_END};
const struct web_form utente_form = {"utente", nuovo_fields, sizeof(struct utente_modulo), 0};

/* The chosen body, of this ambito. False: a fault stands beside the field, or a failure. */
bool utente_body_of(struct cx *cx, struct web_req *req, const char *text, struct id *ente)
{
    struct ente found;
    if (id_parse(text, ente) && ente_load(cx, *ente, &found))
        return true;
    if (cx->err.code == ERR_NONE || cx->err.code == ERR_NOT_FOUND) {
        err_clear(&cx->err);
        web_fault(req, "ente", "Scegli un ente dell’elenco.");
    }
    return false;
}

bool utente_new_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct tv *page = web_page(res, "utenti/modulo", "Utente nuovo");
    web_crumb(res, "/utenti", "Utenti");
    web_crumb(res, NULL, "Utente nuovo");
    tv_text(page, "annulla", "/utenti");
    if (!utente_body_choices(cx, req))
        return false;
    web_form_show(req, page, "form", &utente_form, NULL);
    return true;
}

bool utente_new_check(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct first_password *made = ARENA_NEW(cx->arena, struct first_password);
    (void)res;
    web_carry(req, made);
    return utente_prepare_password(cx, &made->password, &made->hash);
}

/* Shown once, here: it is nowhere else. */
void utente_show_password(struct web_res *res, const char *nome, const char *password,
                          const char *back)
{
    struct tv *page = web_page(res, "utenti/prima", "Password da consegnare");
    web_crumb(res, "/utenti", "Utenti");
    web_crumb(res, NULL, "Password da consegnare");
    tv_text(page, "nome", nome);
    tv_text(page, "password", password);
    tv_text(page, "avanti", back);
}

const char *utente_href(struct cx *cx, struct id id)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/utenti/%s", id_text(id, text));
}

bool utente_new_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct utente_modulo *form = web_form(req);
    const struct first_password *first = web_carried(req);
    struct utente_nuovo nuovo = {.nome = form->nome,
                                 .intestazione = form->intestazione,
                                 .email = form->email,
                                 .ruolo = form->ruolo,
                                 .dal = form->dal,
                                 .password = first->password,
                                 .hash = first->hash};
    struct utente_rifiuto rifiuto;
    const char *none;
    struct id id;
    if (!utente_body_of(cx, req, form->ente, &nuovo.ente) ||
        !utente_create(cx, &nuovo, &id, &none, &rifiuto))
        return false;
    if (rifiuto.testo != NULL) {
        web_fault(req, rifiuto.campo, "%s", rifiuto.testo);
        return false;
    }
    web_audit_object(req, "utente", id);
    web_audit_detail(req, "%s, %s", nuovo.nome, nuovo.ruolo);
    utente_show_password(res, nuovo.nome, first->password, utente_href(cx, id));
    return true;
}
