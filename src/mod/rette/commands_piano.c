/* zonale rette confronta | esporta | controlla */
#include "mod/rette/commands.h"

#include "base/text.h"
#include "mod/enti/enti.h"

#include <jansson.h>
#include <string.h>

/* ---- which plan ------------------------------------------------------------------------- */

static bool version_from(struct cx *cx, const char *servizio, const char *variante, struct day dal,
                         struct piano *piano, bool *found)
{
    const struct piani_filtro filtro = {.servizio = servizio, .giorno = DAY_NONE};
    struct list rows;
    if (!store_piano_rows(cx, &filtro, PIANI_PER_SERVIZIO, NULL, PIANI_MAX, &rows))
        return false;
    LIST_EACH (&rows, struct piano_riga, riga)
        if (strcmp(riga->servizio, servizio) == 0 && strcmp(riga->variante, variante) == 0 &&
            day_cmp(riga->dal, dal) == 0) {
            *found = true;
            return retta_load_plan(cx, riga->id, piano);
        }
    return true;
}

bool piano_named(struct cx *cx, const char *words, struct piano *piano, bool *found)
{
    struct id id;
    struct day dal;
    bool festivo;
    *found = false;
    char *servizio = arena_strdup(cx->arena, words), *variante = strchr(servizio, '/');
    if (variante == NULL) {
        struct piano_salvato salvato;
        if (!id_parse(words, &id))
            return true;
        *found = store_piano_load(cx, id, &salvato);
        if (*found)
            *piano = salvato.piano;
        else if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    *variante++ = '\0';
    char *day = strchr(variante, '/');
    if (day == NULL)
        return piano_in_force(cx, servizio, variante, cx->today, piano, &festivo, found);
    *day++ = '\0';
    return !day_parse(day, &dal) || version_from(cx, servizio, variante, dal, piano, found);
}

/* EXIT_DONE, or the reason is said. */
static int read_plan(struct cx *cx, struct cli *cli, const char *option, struct piano *piano)
{
    const char *words = cli_text(cli, option);
    struct rette_faults faults = {.arena = cx->arena};
    bool found;
    if (!piano_named(cx, words, piano, &found))
        return cli_fail(cx, cli);
    if (!found) {
        fprintf(cli_err(cli), "--%s: nessun piano «%s»\n", option, words);
        return EXIT_NOT_FOUND;
    }
    piano_check(piano, &faults);
    for (size_t i = 0; i < faults.count; i++)
        fprintf(cli_err(cli), "%s: %s\n", words, faults.items[i].text);
    return faults.count == 0 ? EXIT_DONE : EXIT_FAILED;
}

/* ---- confronta -------------------------------------------------------------------------- */

static json_t *amount(struct money value)
{
    char text[MONEY_TEXT];
    return money_ok(value) ? json_string(money_machine(value, text)) : json_null();
}

static json_t *pair_json(struct money prima, struct money dopo)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "prima", amount(prima), "dopo", amount(dopo),
                     "differenza", amount(money_sub(dopo, prima)), "percento",
                     amount(difference_percent(prima, dopo)));
}

static void print_confronto(struct cli *cli, const struct confronto *c)
{
    json_t *all = json_array();
    for (size_t i = 0; i < c->count; i++) {
        const struct confronto_tratto *tratto = &c->tratti[i];
        json_array_append_new(
            all, json_pack("{s:o, s:o, s:o, s:o}", "da", amount(tratto->da), "a", amount(tratto->a),
                           "all_inizio", pair_json(tratto->prima[0], tratto->dopo[0]), "alla_fine",
                           pair_json(tratto->prima[1], tratto->dopo[1])));
    }
    json_t *root = json_pack("{s:o, s:o, s:o}", "tratti", all, "senza_isee",
                             pair_json(c->senza_prima, c->senza_dopo), "non_residenti",
                             pair_json(c->non_residenti_prima, c->non_residenti_dopo));
    json_dumpf(root, cli_out(cli), JSON_INDENT(2));
    fputc('\n', cli_out(cli));
    json_decref(root);
}

int rette_piano_confronta(struct cx *cx, struct cli *cli)
{
    struct piano prima, dopo;
    struct ente ambito;
    struct bytes text;
    bool festivo = cli_flag(cli, "festivo");
    int code = read_plan(cx, cli, "prima", &prima);
    if (code == EXIT_DONE)
        code = read_plan(cx, cli, "dopo", &dopo);
    if (code != EXIT_DONE)
        return code;
    if (cli_json(cli)) {
        struct confronto *c = ARENA_NEW(cx->arena, struct confronto);
        piano_compare(&prima, &dopo, festivo, c);
        print_confronto(cli, c);
        return EXIT_DONE;
    }
    if (!ente_load(cx, cx->who->ambito, &ambito))
        return cli_fail(cx, cli);
    const struct confronto_doc what = {ambito.nome, &prima, &dopo, festivo, cx->now};
    if (!doc_draw(rette_confronto(cx->arena, &what), DOC_TEXT, cx->arena, &text, &cx->err))
        return cli_fail(cx, cli);
    fwrite(text.data, 1, text.size, cli_out(cli));
    return EXIT_DONE;
}

/* ---- esporta ---------------------------------------------------------------------------- */

/* The plans of the options, with their bands. */
static bool plans_wanted(struct cx *cx, struct cli *cli, struct piano **piani, size_t *count)
{
    struct piani_filtro filtro = {.servizio = cli_text(cli, "servizio"),
                                  .stato = cli_flag(cli, "bozze") ? NULL : "vigente",
                                  .giorno = DAY_NONE};
    struct list rows;
    *count = 0;
    if (!cli_day(cli, "data", &filtro.giorno) ||
        !store_piano_rows(cx, &filtro, PIANI_PER_SERVIZIO, NULL, PIANI_MAX, &rows))
        return false;
    *piani = ARENA_NEWS(cx->arena, struct piano, rows.count);
    LIST_EACH (&rows, struct piano_riga, riga)
        if (!retta_load_plan(cx, riga->id, &(*piani)[(*count)++]))
            return false;
    return true;
}

int rette_piano_esporta(struct cx *cx, struct cli *cli)
{
    struct piano *piani;
    size_t count;
    if (!plans_wanted(cx, cli, &piani, &count))
        return cx->err.code == ERR_NONE ? EXIT_USAGE : cli_fail(cx, cli);
    if (count == 0) {
        fprintf(cli_err(cli), "nessun piano da esportare\n");
        return EXIT_NOT_FOUND;
    }
    const char *text = tariffe_write(cx->arena, piani, count);
    FILE *file = cli_open(cli, cli_text(cli, "file") != NULL ? cli_text(cli, "file") : "-", "w");
    if (text == NULL || file == NULL)
        return EXIT_FAILED;
    bool ok = fputs(text, file) >= 0;
    cli_close(cli, file);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

/* ---- controlla -------------------------------------------------------------------------- */

static void print_check(struct cli *cli, const char *name, const struct tariffe *tariffe)
{
    if (!cli_json(cli)) {
        tariffe_print_faults(cli, name, tariffe);
        if (tariffe->fault_count == 0)
            fprintf(cli_out(cli), "%zu piani, %zu righe: tutto in ordine\n", tariffe->count,
                    tariffe->lines);
        return;
    }
    json_t *faults = json_array();
    for (size_t i = 0; i < tariffe->fault_count; i++)
        json_array_append_new(faults, json_pack("{s:s, s:I, s:s, s:s}", "file", name, "riga",
                                                (json_int_t)tariffe->faults[i].line, "colonna",
                                                tariffe->faults[i].column, "errore",
                                                tariffe->faults[i].text));
    json_t *root = json_pack("{s:I, s:I, s:o}", "piani", (json_int_t)tariffe->count, "righe",
                             (json_int_t)tariffe->lines, "errori", faults);
    json_dumpf(root, cli_out(cli), JSON_INDENT(2));
    fputc('\n', cli_out(cli));
    json_decref(root);
}

int rette_piano_controlla(struct cx *cx, struct cli *cli)
{
    const char *name = cli_text(cli, "file");
    struct tariffe tariffe;
    struct day dal = DAY_NONE;
    char *text;
    size_t size;
    if (!cli_day(cli, "dal", &dal) || !tariffe_file(cx, cli, name, &text, &size))
        return EXIT_USAGE;
    tariffe_read(cx->arena, text, size, cli_text(cli, "atto"), dal, &tariffe);
    print_check(cli, name, &tariffe);
    return tariffe.fault_count == 0 ? EXIT_DONE : EXIT_USAGE;
}

/* ---- options ---------------------------------------------------------------------------- */

const struct cli_option rette_confronta_options[] = {
    {"prima", "PIANO", "sigla/variante (quello in vigore oggi), sigla/variante/dal, oppure l’id",
     true},
    {"dopo", "PIANO", "il piano che ne prenderebbe il posto, nello stesso modo", true},
    {"festivo", NULL, "confronta le tariffe dei giorni festivi", false},
    {NULL, NULL, NULL, false}};

const struct cli_option rette_esporta_options[] = {
    {"!file", "FILE", "dove scrivere; se manca o è «-», sull’uscita", false},
    {"servizio", "SIGLA", "solo i piani di questo servizio", false},
    {"data", "DATA", "solo i piani che valgono in questo giorno", false},
    {"bozze", NULL, "anche i piani non ancora in vigore", false},
    {NULL, NULL, NULL, false}};

const struct cli_option rette_controlla_options[] = {
    {"!file", "FILE", "tabella di tariffe (TSV); «-» è l’ingresso", true},
    {"atto", "TESTO", "l’atto che approva, per i piani che non lo dicono", false},
    {"dal", "DATA", "da quando valgono i piani che non lo dicono", false},
    {NULL, NULL, NULL, false}};
