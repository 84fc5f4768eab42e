/* zonale user add | list | disable | enable | password | role. Each change is in the register. */
#include "mod/utenti/commands.h"

#include "mod/audit/audit.h"
#include "mod/enti/enti.h"
#include "mod/utenti/store.h"

#include <jansson.h>

static bool record(struct cx *cx, const char *command, struct id utente, const char *azione,
                   const char *detail)
{
    struct audit_row row = {.azione = azione,
                            .fine = authz_purpose_name(FINE_GESTIONE),
                            .oggetto = "utente",
                            .oggetto_id = utente,
                            .rotta = command,
                            .dettaglio = detail};
    return audit_append(cx, &row);
}

static bool body_of(struct cx *cx, struct cli *cli, struct id *id)
{
    const char *codice = cli_text(cli, "ente");
    struct ente ente;
    bool found;
    *id = cx->who->ambito; /* the ambito's own body */
    if (codice == NULL)
        return true;
    if (!ente_by_code(cx, codice, &ente, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "--ente: nessun ente ha il codice %s", codice);
    *id = ente.id;
    return true;
}

static bool user_of(struct cx *cx, struct cli *cli, struct utente *utente)
{
    const char *nome = cli_text(cli, "utente");
    bool found;
    if (!utente_by_name(cx, nome, utente, &found))
        return false;
    return found || FAIL(cx, ERR_NOT_FOUND, "nessun utente si chiama %s", nome);
}

/* A refusal of the rules as a message. */
static bool accepted(struct cx *cx, const struct utente_rifiuto *rifiuto)
{
    if (rifiuto->testo == NULL)
        return true;
    if (rifiuto->campo == NULL)
        return FAIL(cx, ERR_INPUT, "%s", rifiuto->testo);
    return FAIL(cx, ERR_INPUT, "%s: %s", rifiuto->campo, rifiuto->testo);
}

static void tell_password(struct cli *cli, const char *nome, const char *password)
{
    if (!cli_json(cli)) {
        fprintf(cli_out(cli), "utente    %s\npassword  %s (si cambia al primo accesso)\n", nome,
                password);
        return;
    }
    json_t *root = json_pack("{s:s, s:s}", "utente", nome, "password", password);
    json_dumpf(root, cli_out(cli), JSON_COMPACT);
    fputc('\n', cli_out(cli));
    json_decref(root);
}

/* ---- add, list -------------------------------------------------------------------------- */

static bool add_user(struct cx *cx, struct cli *cli, const char **password)
{
    struct utente_nuovo nuovo = {.nome = cli_text(cli, "utente"),
                                 .intestazione = cli_text(cli, "nome"),
                                 .email = cli_text(cli, "email"),
                                 .ruolo = cli_text(cli, "ruolo"),
                                 .dal = DAY_NONE};
    struct utente_rifiuto rifiuto;
    struct id id;
    return body_of(cx, cli, &nuovo.ente) && utente_create(cx, &nuovo, &id, password, &rifiuto) &&
           accepted(cx, &rifiuto) &&
           record(cx, "zonale user add", id, authz_action_name(AZIONE_CREA), nuovo.nome);
}

static int add(struct cx *cx, struct cli *cli)
{
    const char *password;
    if (!add_user(cx, cli, &password))
        return cli_fail(cx, cli);
    tell_password(cli, cli_text(cli, "utente"), password);
    return EXIT_DONE;
}

static int list(struct cx *cx, struct cli *cli)
{
    struct utente_filtro filtro = {.cerca = cli_text(cli, "cerca"),
                                   .stato = cli_flag(cli, "disattivati") ? "disattivati" : NULL};
    struct utente_chiave first = {NULL, ID_NONE};
    struct list rows;
    if (!utente_list(cx, &filtro, &first, UTENTI_MAX, &rows))
        return cli_fail(cx, cli);
    cli_rows(cx, cli, utente_elenco_fields, &rows);
    return EXIT_DONE;
}

/* ---- disable, enable, password ---------------------------------------------------------- */

static int disable(struct cx *cx, struct cli *cli)
{
    struct utente utente;
    struct utente_rifiuto rifiuto;
    if (!user_of(cx, cli, &utente) || !utente_disable(cx, utente.id, &rifiuto) ||
        !accepted(cx, &rifiuto) ||
        !record(cx, "zonale user disable", utente.id, authz_action_name(AZIONE_CHIUDI),
                utente.nome))
        return cli_fail(cx, cli);
    return EXIT_DONE;
}

static int enable(struct cx *cx, struct cli *cli)
{
    struct utente utente;
    if (!user_of(cx, cli, &utente) || !utente_enable(cx, utente.id) ||
        !record(cx, "zonale user enable", utente.id, authz_action_name(AZIONE_MODIFICA),
                utente.nome))
        return cli_fail(cx, cli);
    return EXIT_DONE;
}

static int password(struct cx *cx, struct cli *cli)
{
    struct utente utente;
    const char *made, *hash;
    bool totp = cli_flag(cli, "togli-verifica");
    if (!user_of(cx, cli, &utente) || !utente_prepare_password(cx, &made, &hash) ||
        !utente_reset(cx, utente.id, hash, totp) ||
        !record(cx, "zonale user password", utente.id, authz_action_name(AZIONE_AMMINISTRA),
                totp ? "password nuova, secondo fattore tolto" : "password nuova"))
        return cli_fail(cx, cli);
    tell_password(cli, utente.nome, made);
    return EXIT_DONE;
}

/* ---- role ------------------------------------------------------------------------------- */

static bool role_end(struct cx *cx, struct id utente, const char *ruolo, struct id ente)
{
    struct list held;
    struct utente_rifiuto rifiuto;
    int ended = 0;
    if (!incarico_list(cx, utente, &held))
        return false;
    LIST_EACH (&held, struct incarico, row) {
        bool open = !day_known(row->al) || day_cmp(row->al, cx->today) > 0;
        if (!open || row->ente.n != ente.n ||
            authz_role_parse(row->ruolo) != authz_role_parse(ruolo))
            continue;
        ended++;
        if (!incarico_end(cx, row->id, cx->today, &rifiuto) || !accepted(cx, &rifiuto))
            return false;
    }
    return ended > 0 || FAIL(cx, ERR_NOT_FOUND, "non ha questo incarico");
}

static bool change_role(struct cx *cx, struct cli *cli, const struct utente *utente)
{
    struct incarico incarico = {
        .utente = utente->id, .ruolo = cli_text(cli, "ruolo"), .dal = DAY_NONE, .al = DAY_NONE};
    struct utente_rifiuto rifiuto = {NULL, NULL};
    if (!body_of(cx, cli, &incarico.ente))
        return false;
    if (cli_flag(cli, "fine")) {
        if (!role_end(cx, utente->id, incarico.ruolo, incarico.ente))
            return false;
    } else if (!incarico_save(cx, &incarico, &rifiuto) || !accepted(cx, &rifiuto)) {
        return false;
    }
    return record(
        cx, "zonale user role", utente->id, authz_action_name(AZIONE_AMMINISTRA),
        arena_printf(cx->arena, "%s%s", incarico.ruolo, cli_flag(cli, "fine") ? ", fine" : ""));
}

static int role(struct cx *cx, struct cli *cli)
{
    struct utente utente;
    if (!user_of(cx, cli, &utente) || !change_role(cx, cli, &utente))
        return cli_fail(cx, cli);
    return EXIT_DONE;
}

/* ---- rows ------------------------------------------------------------------------------- */

#define ROLES                                                                                      \
    "sportello, assistente, coordinatore, erogatore, ufficiopiano, ragioneria, sindaco, "          \
    "revisore, "                                                                                   \
    "amministratore, cittadino"

static const struct cli_option add_options[] = {
    {"!utente", "UTENTE", "nome per entrare: anna.rossi", true},
    {"nome", "TESTO", "nome e cognome", true},
    {"ruolo", "RUOLO", ROLES, true},
    {"ente", "CODICE", "ente per cui lavora (altrimenti l’ambito)", false},
    {"email", "INDIRIZZO", "posta elettronica", false},
    {NULL}};
static const struct cli_option list_options[] = {
    {"cerca", "TESTO", "solo chi si chiama così (inizio del nome)", false},
    {"disattivati", NULL, "solo i disattivati", false},
    {NULL}};
static const struct cli_option one_option[] = {{"!utente", "UTENTE", "nome con cui entra", true},
                                               {NULL}};
static const struct cli_option password_options[] = {
    {"!utente", "UTENTE", "nome con cui entra", true},
    {"togli-verifica", NULL, "toglie anche la verifica in due passaggi", false},
    {NULL}};
static const struct cli_option role_options[] = {
    {"!utente", "UTENTE", "nome con cui entra", true},
    {"ruolo", "RUOLO", ROLES, true},
    {"ente", "CODICE", "ente dell’incarico (altrimenti l’ambito)", false},
    {"fine", NULL, "l’incarico finisce oggi, invece di cominciare", false},
    {NULL}};

const struct cli_command utenti_commands[] = {
    {.name = "user add",
     .summary = "Aggiunge un utente e ne dice la prima password",
     .help =
         " zonale user add anna.rossi --nome \"Anna Rossi\" --ruolo assistente --ente 016077\n\n"
         "La password è detta una volta sola e si cambia al primo accesso.\n",
     .options = add_options,
     .need = CLI_WRITE,
     .run = add},
    {.name = "user list",
     .summary = "Elenca gli utenti",
     .help = " zonale user list\n zonale user list --disattivati --json\n",
     .options = list_options,
     .need = CLI_READ,
     .run = list},
    {.name = "user disable",
     .summary = "Disattiva un utente e chiude i suoi accessi",
     .help = " zonale user disable anna.rossi\n\n"
             "L’ultimo amministratore non si può disattivare.\n",
     .options = one_option,
     .need = CLI_WRITE,
     .run = disable},
    {.name = "user enable",
     .summary = "Riattiva un utente",
     .help = " zonale user enable anna.rossi\n",
     .options = one_option,
     .need = CLI_WRITE,
     .run = enable},
    {.name = "user password",
     .summary = "Dà a un utente una password nuova e chiude i suoi accessi",
     .help = " zonale user password anna.rossi\n"
             " zonale user password anna.rossi --togli-verifica\n\n"
             "La password è detta una volta sola e si cambia al primo accesso. Con "
             "--togli-verifica anche la verifica in due passaggi va attivata di nuovo.\n",
     .options = password_options,
     .need = CLI_WRITE,
     .run = password},
    {.name = "user role",
     .summary = "Dà o toglie un incarico a un utente",
     .help = " zonale user role anna.rossi --ruolo coordinatore --ente 016077\n"
             " zonale user role anna.rossi --ruolo assistente --ente 016077 --fine\n",
     .options = role_options,
     .need = CLI_WRITE,
     .run = role},
    {NULL}};
