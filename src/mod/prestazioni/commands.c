/* zonale rette simula: a plan, or the plans of a file, on all who use the service now. */
#include "mod/prestazioni/commands.h"

#include "mod/enti/enti.h"
#include "mod/prestazioni/simula.h"

#include <jansson.h>
#include <string.h>
#include <time.h>

struct ipotesi {
    struct piano piani[IPOTESI_MAX];
    size_t count;
};

/* ---- which plans ------------------------------------------------------------------------ */

static int add_piano(struct cx *cx, struct cli *cli, struct ipotesi *ipotesi, const char *words,
                     const struct piano *piano)
{
    struct rette_faults faults = {.arena = cx->arena};
    piano_check(piano, &faults);
    for (size_t i = 0; i < faults.count; i++)
        fprintf(cli_err(cli), "%s: %s\n", words, faults.items[i].text);
    if (faults.count > 0)
        return EXIT_FAILED;
    const struct piano *first = &ipotesi->piani[0];
    if (ipotesi->count == IPOTESI_MAX) {
        fprintf(cli_err(cli), "le ipotesi sono più di %d\n", IPOTESI_MAX);
        return EXIT_USAGE;
    }
    if (ipotesi->count > 0 && (strcmp(first->servizio, piano->servizio) != 0 ||
                               strcmp(first->variante, piano->variante) != 0)) {
        fprintf(cli_err(cli), "%s: le ipotesi sono piani di uno stesso servizio e variante\n",
                words);
        return EXIT_USAGE;
    }
    ipotesi->piani[ipotesi->count++] = *piano;
    return EXIT_DONE;
}

/* "SAD/feriale/2026-01-01,SAD/feriale/2026-07-01" */
static int from_words(struct cx *cx, struct cli *cli, const char *words, struct ipotesi *ipotesi)
{
    int code = EXIT_DONE;
    for (const char *at = words; code == EXIT_DONE && *at != '\0';) {
        size_t size = strcspn(at, ",");
        const char *one = arena_strndup(cx->arena, at, size);
        struct piano piano;
        bool found;
        if (!piano_named(cx, one, &piano, &found))
            return cli_fail(cx, cli);
        if (!found) {
            fprintf(cli_err(cli), "--piano: nessun piano «%s»\n", one);
            return EXIT_NOT_FOUND;
        }
        code = add_piano(cx, cli, ipotesi, one, &piano);
        at += size + (at[size] == ',');
    }
    return code;
}

static int from_file(struct cx *cx, struct cli *cli, const char *name, struct ipotesi *ipotesi)
{
    struct tariffe *tariffe = ARENA_NEW(cx->arena, struct tariffe);
    char *text;
    size_t size;
    if (!tariffe_file(cx, cli, name, &text, &size))
        return EXIT_USAGE;
    tariffe_read(cx->arena, text, size, "ipotesi", cx->today, tariffe);
    if (tariffe->fault_count > 0) {
        tariffe_print_faults(cli, name, tariffe);
        return EXIT_USAGE;
    }
    int code = EXIT_DONE;
    for (size_t i = 0; i < tariffe->count && code == EXIT_DONE; i++)
        code = add_piano(cx, cli, ipotesi, name, &tariffe->piani[i]);
    return code;
}

static int read_ipotesi(struct cx *cx, struct cli *cli, struct ipotesi *ipotesi)
{
    const char *words = cli_text(cli, "piano"), *file = cli_text(cli, "tabella");
    ipotesi->count = 0;
    if ((words == NULL) == (file == NULL)) {
        fprintf(cli_err(cli), "dire --piano oppure --tabella\n");
        return EXIT_USAGE;
    }
    return words != NULL ? from_words(cx, cli, words, ipotesi) : from_file(cx, cli, file, ipotesi);
}

/* ---- output ----------------------------------------------------------------------------- */

static json_t *amount(struct money value)
{
    char text[MONEY_TEXT];
    return money_ok(value) ? json_string(money_machine(value, text)) : json_null();
}

static json_t *cifra_json(const char *nome, const struct simula_cifra *cifra)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:o, s:o, s:o}", "nome", nome, "utenti",
                     (json_int_t)cifra->utenti, "piu", (json_int_t)cifra->piu, "meno",
                     (json_int_t)cifra->meno, "prima", amount(cifra->prima), "dopo",
                     amount(cifra->dopo), "differenza",
                     amount(money_sub(cifra->dopo, cifra->prima)));
}

static json_t *cifre_json(const char *const *nomi, const struct simula_cifra *cifre, size_t count)
{
    json_t *all = json_array();
    for (size_t i = 0; i < count; i++)
        if (cifre[i].utenti > 0)
            json_array_append_new(all, cifra_json(nomi[i], &cifre[i]));
    return all;
}

static json_t *esito_json(const struct simula_caricati *caricati, const struct piano *piano,
                          const struct simula_esito *esito)
{
    const char *scarti[SIMULA_SCARTI];
    char day[DAY_TEXT];
    for (size_t i = 0; i < SIMULA_SCARTI; i++)
        scarti[i] = simula_scarto_name(i);
    return json_pack("{s:s, s:s?, s:o, s:I, s:o, s:o, s:o}", "dal",
                     day_iso(piano->validita.from, day), "atto", piano->atto, "totale",
                     cifra_json("totale", &esito->totale), "incalcolati",
                     (json_int_t)esito->incalcolati, "comuni",
                     cifre_json(caricati->comuni, esito->comuni, caricati->dati.comuni), "fasce",
                     cifre_json(esito->fasce_nomi, esito->fasce, esito->fasce_count), "scarti",
                     cifre_json(scarti, esito->scarti, SIMULA_SCARTI));
}

static int64_t microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct tempi {
    int64_t carico, calcolo; /* microseconds */
};

static int print_json(struct cli *cli, const struct simula_doc *what, const struct tempi *tempi)
{
    json_t *all = json_array();
    for (size_t i = 0; i < what->count; i++)
        json_array_append_new(all, esito_json(what->caricati, &what->piani[i], &what->esiti[i]));
    json_t *root = json_pack("{s:s, s:s, s:o}", "servizio", what->piani[0].servizio, "variante",
                             what->piani[0].variante, "ipotesi", all);
    if (cli_flag(cli, "tempi"))
        json_object_set_new(root, "tempi",
                            json_pack("{s:I, s:I}", "carico_us", (json_int_t)tempi->carico,
                                      "calcolo_us", (json_int_t)tempi->calcolo));
    json_dumpf(root, cli_out(cli), JSON_INDENT(2));
    fputc('\n', cli_out(cli));
    json_decref(root);
    return EXIT_DONE;
}

static int print_text(struct cx *cx, struct cli *cli, struct simula_doc *what,
                      const struct tempi *tempi)
{
    struct ente ambito;
    struct bytes text;
    if (!ente_load(cx, cx->who->ambito, &ambito))
        return cli_fail(cx, cli);
    what->ente = ambito.nome;
    if (!doc_draw(simula_document(cx->arena, what), DOC_TEXT, cx->arena, &text, &cx->err))
        return cli_fail(cx, cli);
    fwrite(text.data, 1, text.size, cli_out(cli));
    if (cli_flag(cli, "tempi"))
        fprintf(cli_out(cli), "letti in %lld ms, calcolati in %lld ms\n",
                (long long)(tempi->carico / 1000), (long long)(tempi->calcolo / 1000));
    return EXIT_DONE;
}

static int run_simula(struct cx *cx, struct cli *cli)
{
    struct ipotesi *ipotesi = ARENA_NEW(cx->arena, struct ipotesi);
    struct simula_caricati caricati;
    struct tempi tempi;
    bool found;
    struct day giorno = cx->today;
    int code = read_ipotesi(cx, cli, ipotesi);
    if (code != EXIT_DONE)
        return code;
    if (!cli_day(cli, "data", &giorno))
        return EXIT_USAGE;
    int64_t start = microseconds();
    if (!simula_load(cx, &ipotesi->piani[0], giorno, &caricati, &found))
        return cli_fail(cx, cli);
    if (!found) {
        fprintf(cli_err(cli),
                "nessun piano di %s, variante %s, è in vigore: non c’è con che "
                "confrontare\n",
                ipotesi->piani[0].servizio, ipotesi->piani[0].variante);
        return EXIT_NOT_FOUND;
    }
    tempi.carico = microseconds() - start;
    struct simula_esito *esiti = ARENA_NEWS(cx->arena, struct simula_esito, ipotesi->count);
    for (size_t i = 0; i < ipotesi->count; i++)
        simula_run(cx->arena, &caricati.dati, &caricati.prima, &ipotesi->piani[i], &esiti[i]);
    tempi.calcolo = microseconds() - start - tempi.carico;
    struct simula_doc what = {.caricati = &caricati,
                              .piani = ipotesi->piani,
                              .esiti = esiti,
                              .count = ipotesi->count,
                              .scritto = cx->now};
    return cli_json(cli) ? print_json(cli, &what, &tempi) : print_text(cx, cli, &what, &tempi);
}

/* ---- table ------------------------------------------------------------------------------ */

static const struct cli_option simula_options[] = {
    {"piano", "PIANO",
     "il piano da provare, come sigla/variante/dal o id; più d’uno con la virgola", false},
    {"tabella", "FILE", "i piani da provare in una tabella di tariffe, senza importarla", false},
    {"data", "DATA", "giorno di cui si prendono utenti e ISEE; se manca, oggi", false},
    {"tempi", NULL, "dice anche in quanto tempo ha letto e calcolato", false},
    {NULL, NULL, NULL, false}};

const struct cli_command prestazioni_commands[] = {
    {.name = "rette simula",
     .summary = "Prova un piano tariffario su chi usa oggi il servizio",
     .help = "  zonale rette simula --tabella tariffe_2026.tsv --json\n"
             "  zonale rette simula --piano SAD/feriale/2026-01-01\n\n"
             "Quanti pagherebbero di più o di meno e di quanto, e quanto entrerebbe in un anno, per"
             " comune e per fascia di ISEE. Non cambia nulla e non dice nomi.",
     .options = simula_options,
     .need = CLI_READ,
     .run = run_simula},
    {.name = NULL}};
