#include "mod/audit/commands.h"

#include "mod/audit/store.h"

#include <jansson.h>

enum { LIST_DEFAULT = 50, LIST_MAX = 100000, PAGE = 500 };

/* ---- verify ----------------------------------------------------------------------------- */

static void progress(int64_t done, int64_t total, void *data)
{
    cli_progress(data, "registro", done, total);
}

static void verdict_json(FILE *out, const struct audit_verdict *verdict)
{
    json_t *root = json_object();
    json_object_set_new(root, "integro", json_boolean(verdict->motivo == NULL));
    json_object_set_new(root, "righe", json_integer(verdict->righe));
    json_object_set_new(root, "riga_guasta",
                        verdict->guasta > 0 ? json_integer(verdict->guasta) : json_null());
    json_object_set_new(root, "motivo",
                        verdict->motivo != NULL ? json_string(verdict->motivo) : json_null());
    json_object_set_new(root, "punti_di_controllo", json_integer(verdict->punti));
    json_object_set_new(root, "righe_scoperte", json_integer(verdict->scoperte));
    json_dumpf(root, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(root);
}

static void verdict_text(FILE *out, const struct audit_verdict *verdict)
{
    if (verdict->motivo == NULL)
        fprintf(out, "Registro integro: %lld righe, %lld punti di controllo concordi.\n",
                (long long)verdict->righe, (long long)verdict->punti);
    else if (verdict->guasta > 0)
        fprintf(out, "REGISTRO NON INTEGRO alla riga %lld: %s.\n", (long long)verdict->guasta,
                verdict->motivo);
    else
        fprintf(out, "REGISTRO NON INTEGRO: %s.\n", verdict->motivo);
    if (verdict->scoperte > 0)
        fprintf(out, "%lld righe dopo l’ultimo punto di controllo firmato.\n",
                (long long)verdict->scoperte);
}

static int verify(struct cx *cx, struct cli *cli)
{
    struct audit_verdict verdict;
    if (!audit_verify(cx, &verdict, progress, cli))
        return cli_fail(cx, cli);
    if (cli_json(cli))
        verdict_json(cli_out(cli), &verdict);
    else
        verdict_text(cli_out(cli), &verdict);
    return verdict.motivo == NULL ? EXIT_DONE : EXIT_FAILED;
}

/* ---- list ------------------------------------------------------------------------------- */

static const char *or_dash(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : "-";
}

static void row_text(FILE *out, const struct audit_row *row)
{
    char when[INSTANT_TEXT], id[ID_TEXT];
    fprintf(out, "%lld\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", (long long)row->seq,
            instant_iso(row->quando, when), or_dash(row->chi), or_dash(row->ruolo),
            or_dash(row->azione), or_dash(row->oggetto), or_dash(id_text(row->oggetto_id, id)),
            or_dash(row->esito), or_dash(row->regola), or_dash(row->rotta));
}

static void row_json(struct cx *cx, FILE *out, const struct audit_row *row)
{
    json_t *root = json_object();
    for (const struct field *field = audit_fields; field->name != NULL; field++) {
        json_t *value = NULL;
        if (field->type == FIELD_BYTES)
            continue;
        if (!field_known(field, row))
            value = json_null();
        else if (field->type == FIELD_INT) /* seq */
            value = json_integer(row->seq);
        else
            value = json_string(field_machine(cx->arena, field, row));
        json_object_set_new(root, field->name, value);
    }
    json_dumpf(root, out, JSON_COMPACT);
    fputc('\n', out);
    json_decref(root);
}

static bool filter_read(struct cli *cli, struct registro_filtro *filtro, int64_t *max)
{
    const char *oggetto = cli_text(cli, "oggetto");
    *filtro = (struct registro_filtro){.dal = DAY_NONE,
                                       .al = DAY_NONE,
                                       .chi = cli_text(cli, "chi"),
                                       .azione = cli_text(cli, "azione"),
                                       .esito = cli_text(cli, "esito")};
    *max = LIST_DEFAULT;
    if (oggetto != NULL && !id_parse(oggetto, &filtro->oggetto)) {
        fprintf(cli_err(cli), "--oggetto: non è un codice\n");
        return false;
    }
    if (!cli_day(cli, "dal", &filtro->dal) || !cli_day(cli, "al", &filtro->al) ||
        !cli_int(cli, "max", max))
        return false;
    if (*max < 1 || *max > LIST_MAX) {
        fprintf(cli_err(cli), "--max: da 1 a %d\n", LIST_MAX);
        return false;
    }
    return true;
}

static int list(struct cx *cx, struct cli *cli)
{
    struct registro_filtro filtro;
    struct audit_key after = {.seq = 0};
    int64_t left;
    if (!filter_read(cli, &filtro, &left))
        return EXIT_USAGE;
    while (left > 0) {
        struct list rows;
        size_t want = left < PAGE ? (size_t)left : PAGE;
        if (!audit_list(cx, &filtro, &after, want, &rows))
            return cli_fail(cx, cli);
        LIST_EACH (&rows, struct audit_row, row) {
            if (cli_json(cli))
                row_json(cx, cli_out(cli), row);
            else
                row_text(cli_out(cli), row);
            after = (struct audit_key){row->quando, row->seq};
        }
        left = rows.count < want ? 0 : left - (int64_t)want;
    }
    return EXIT_DONE;
}

static const struct cli_option list_options[] = {
    {"chi", "NOME", "solo le righe di questo utente", false},
    {"oggetto", "CODICE", "solo le righe di questo oggetto (persona, cartella…)", false},
    {"azione", "AZIONE", "elenca, leggi, crea, modifica, chiudi, esporta, amministra", false},
    {"esito", "ESITO", "permesso, mascherato, negato", false},
    {"dal", "GIORNO", "dal giorno, compreso", false},
    {"al", "GIORNO", "al giorno, compreso", false},
    {"max", "NUMERO", "quante righe al più (50)", false},
    {NULL}};

const struct cli_command audit_commands[] = {
    {.name = "audit verify",
     .summary = "Verifica la catena del registro degli accessi",
     .help = " zonale audit verify\n"
             " zonale audit verify --json\n\n"
             "Rilegge tutto il registro: numeri senza buchi, ogni riga legata alla precedente, "
             "punti di controllo firmati. Esce con 0 se è integro, con 1 se una riga è stata "
             "cambiata, tolta o aggiunta: dice qual è la prima.\n",
     .need = CLI_READ,
     .run = verify},
    {.name = "audit list",
     .summary = "Elenca chi ha letto o cambiato che cosa, dal più recente",
     .help = " zonale audit list --max 20\n"
             " zonale audit list --oggetto 01jd3k5m9x2qa --json\n\n"
             "Una riga per accesso: numero, quando, chi, ruolo, azione, oggetto, codice, esito, "
             "regola, pagina. Con --json una riga JSON per accesso.\n",
     .options = list_options,
     .need = CLI_READ,
     .run = list},
    {NULL}};
