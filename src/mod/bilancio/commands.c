/* zonale bilancio mostra | verifica | importa */
#include "mod/bilancio/inside.h"
#include "mod/bilancio/store.h"

#include <jansson.h>
#include <string.h>

/* The budget of --anno, or the latest; false: said, with *code. */
static bool wanted(struct cx *cx, struct cli *cli, struct bilancio *bilancio, int *code)
{
    struct list years;
    int64_t anno = INT_NONE;
    bool found;
    *code = EXIT_USAGE;
    if (!cli_int(cli, "anno", &anno))
        return false;
    if (!bilancio_years(cx, &years)) {
        *code = cli_fail(cx, cli);
        return false;
    }
    if (anno == INT_NONE && years.count > 0)
        anno = LIST_ITEM(&years, struct bilancio_anno, 0)->anno;
    if (!bilancio_load(cx, anno, bilancio, &found)) {
        *code = cli_fail(cx, cli);
        return false;
    }
    if (!found) {
        fprintf(cli_err(cli), "non c’è un bilancio per quell’anno\n");
        *code = EXIT_NOT_FOUND;
    }
    return found;
}

static json_t *amount(struct money value)
{
    char text[MONEY_TEXT];
    return money_ok(value) ? json_string(money_machine(value, text)) : json_null();
}

static void print_json(struct cli *cli, json_t *root)
{
    json_dumpf(root, cli_out(cli), JSON_INDENT(2));
    fputc('\n', cli_out(cli));
    json_decref(root);
}

/* ---- mostra ----------------------------------------------------------------------------- */

static struct voce_stato state_of(const struct voce *voce, const struct list *somme)
{
    LIST_EACH (somme, const struct voce_somma, somma) {
        if (somma->voce.n == voce->id.n)
            return voce_state(voce->stanziato, somma->impegnato, somma->speso);
    }
    return voce_state(voce->stanziato, MONEY(0), MONEY(0));
}

static json_t *voce_json(const struct bilancio *bilancio, const struct voce *voce,
                         const struct list *somme)
{
    const struct area *area = bilancio_area(bilancio, voce->area);
    struct voce_stato stato = state_of(voce, somme);
    json_t *sources = json_array();
    for (size_t i = 0; i < bilancio->celle_count; i++) {
        const struct cella *cella = &bilancio->celle[i];
        const struct fonte *fonte = bilancio_fonte(bilancio, cella->fonte);
        if (cella->voce.n == voce->id.n && fonte != NULL)
            json_array_append_new(sources, json_pack("{s:s, s:o}", "fonte", fonte->nome, "importo",
                                                     amount(cella->importo)));
    }
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "area", area != NULL ? area->nome : "",
                     "voce", voce->nome, "stanziato", amount(stato.stanziato), "impegnato",
                     amount(stato.impegnato), "speso", amount(stato.speso), "disponibile",
                     amount(stato.disponibile), "fonti", sources);
}

static void mostra_json(struct cli *cli, const struct bilancio *bilancio, const struct list *somme)
{
    json_t *items = json_array();
    for (size_t i = 0; i < bilancio->voci_count; i++)
        json_array_append_new(items, voce_json(bilancio, &bilancio->voci[i], somme));
    print_json(cli, json_pack("{s:I, s:s, s:o, s:o}", "anno", (json_int_t)bilancio->anno, "stato",
                              bilancio->stato, "totale", amount(bilancio_uscite(bilancio)), "voci",
                              items));
}

static void mostra_text(struct cli *cli, const struct bilancio *bilancio, const struct list *somme)
{
    char a[MONEY_TEXT], b[MONEY_TEXT], c[MONEY_TEXT];
    struct id area = ID_NONE;
    for (size_t i = 0; i < bilancio->voci_count; i++) {
        const struct voce *voce = &bilancio->voci[i];
        struct voce_stato stato = state_of(voce, somme);
        if (voce->area.n != area.n) {
            const struct area *head = bilancio_area(bilancio, voce->area);
            area = voce->area;
            fprintf(cli_out(cli), "\n%15s %15s %15s  %s\n", "stanziato", "impegnato", "disponibile",
                    head != NULL ? head->nome : "");
        }
        fprintf(cli_out(cli), "%15s %15s %15s  %s\n", money_it(stato.stanziato, a),
                money_it(stato.impegnato, b), money_it(stato.disponibile, c), voce->nome);
    }
    fprintf(cli_out(cli), "\n%15s  totale %lld\n", money_it(bilancio_uscite(bilancio), a),
            (long long)bilancio->anno);
}

static int run_mostra(struct cx *cx, struct cli *cli)
{
    struct bilancio bilancio;
    struct list somme;
    int code;
    if (!wanted(cx, cli, &bilancio, &code))
        return code;
    if (!store_somme(cx, bilancio.anno, &somme))
        return cli_fail(cx, cli);
    if (cli_json(cli))
        mostra_json(cli, &bilancio, &somme);
    else
        mostra_text(cli, &bilancio, &somme);
    return EXIT_DONE;
}

/* ---- verifica --------------------------------------------------------------------------- */

static void verifica_json(struct cli *cli, const struct bilancio *bilancio,
                          const struct bilancio_faults *faults, size_t kept)
{
    json_t *list = json_array();
    for (size_t i = 0; i < kept; i++) {
        const struct bilancio_fault *fault = &faults->items[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o}", "invariante",
                                              invariante_name(fault->invariante), "testo",
                                              fault->text, "trovato", amount(fault->trovato),
                                              "dovuto", amount(fault->dovuto)));
    }
    print_json(cli,
               json_pack("{s:I, s:o, s:b, s:I, s:o}", "anno", (json_int_t)bilancio->anno, "totale",
                         amount(bilancio_uscite(bilancio)), "in_ordine", faults->count == 0,
                         "guasti", (json_int_t)faults->count, "elenco", list));
}

static void verifica_text(struct cli *cli, const struct bilancio *bilancio,
                          const struct bilancio_faults *faults, size_t kept)
{
    char total[MONEY_TEXT];
    for (enum invariante i = 0; i < INVARIANTI; i++) {
        size_t count = 0;
        for (size_t k = 0; k < kept; k++)
            count += faults->items[k].invariante == i;
        fprintf(cli_out(cli), "%-3s %s\n", count == 0 ? "sì" : "NO", invariante_title(i));
        for (size_t k = 0; k < kept; k++)
            if (faults->items[k].invariante == i)
                fprintf(cli_out(cli), "      %s\n", faults->items[k].text);
    }
    fprintf(cli_out(cli), "%zu celle, totale %s euro\n", bilancio->celle_count,
            money_it(bilancio_uscite(bilancio), total));
}

static int run_verifica(struct cx *cx, struct cli *cli)
{
    struct bilancio bilancio;
    struct bilancio_faults faults = {.arena = cx->arena};
    int code;
    if (!wanted(cx, cli, &bilancio, &code))
        return code;
    bilancio_check(&bilancio, &faults);
    size_t kept = faults.count < BILANCIO_FAULTS ? faults.count : BILANCIO_FAULTS;
    if (cli_json(cli))
        verifica_json(cli, &bilancio, &faults, kept);
    else
        verifica_text(cli, &bilancio, &faults, kept);
    return faults.count == 0 ? EXIT_DONE : EXIT_FAILED;
}

/* ---- importa ---------------------------------------------------------------------------- */

/* A whole file as text; NULL: said on stderr. */
static const char *read_file(struct cx *cx, struct cli *cli, const char *name)
{
    FILE *file = cli_open(cli, name, "r");
    if (file == NULL)
        return NULL;
    char *text = arena_alloc(cx->arena, PROSPETTO_SIZE + 2);
    size_t size = fread(text, 1, PROSPETTO_SIZE + 1, file);
    bool ok = ferror(file) == 0 && memchr(text, '\0', size) == NULL;
    cli_close(cli, file);
    if (!ok)
        fprintf(cli_err(cli), "%s: non si riesce a leggere, o non è testo\n", name);
    return ok ? text : NULL;
}

static bool read_table(struct cx *cx, struct cli *cli, int64_t anno, struct bilancio *bilancio)
{
    struct prospetto_faults read = {.count = 0};
    const char *name = cli_text(cli, "file"), *bonds = cli_text(cli, "vincoli");
    const char *text = read_file(cx, cli, name);
    if (text == NULL)
        return false;
    prospetto_read(cx->arena, name, text, anno, bilancio, &read);
    const char *more = bonds != NULL ? read_file(cx, cli, bonds) : "";
    if (more == NULL)
        return false;
    if (bonds != NULL)
        prospetto_read_vincoli(cx->arena, bonds, more, bilancio, &read);
    for (size_t i = 0; i < read.count; i++)
        fprintf(cli_err(cli), "%s\n", read.items[i]);
    return read.count == 0;
}

static int run_importa(struct cx *cx, struct cli *cli)
{
    struct bilancio bilancio;
    struct bilancio_faults faults = {.arena = cx->arena};
    bool prova = cli_flag(cli, "prova"), exists;
    int64_t anno = INT_NONE;
    char total[MONEY_TEXT];
    if (!cli_int(cli, "anno", &anno))
        return EXIT_USAGE;
    if (anno < ANNO_MIN || anno > ANNO_MAX) {
        fprintf(cli_err(cli), "--anno: da %d a %d\n", ANNO_MIN, ANNO_MAX);
        return EXIT_USAGE;
    }
    if (!read_table(cx, cli, anno, &bilancio)) {
        fprintf(cli_err(cli), "non è stato importato nulla\n");
        return EXIT_USAGE;
    }
    if (!store_bilancio_exists(cx, anno, &exists))
        return cli_fail(cx, cli);
    if (prova && !exists)
        bilancio_check(&bilancio, &faults);
    else if (!bilancio_save(cx, &bilancio, &faults))
        return cli_fail(cx, cli);
    for (size_t i = 0; i < faults.count && i < BILANCIO_FAULTS; i++)
        fprintf(cli_err(cli), "%s: %s\n", invariante_name(faults.items[i].invariante),
                faults.items[i].text);
    if (faults.count > 0)
        return EXIT_USAGE;
    fprintf(cli_out(cli), "%zu celle, totale %s euro: %s\n", bilancio.celle_count,
            money_it(bilancio_uscite(&bilancio), total),
            prova ? "in ordine, non scritto" : "scritto");
    return EXIT_DONE;
}

/* ---- table ------------------------------------------------------------------------------ */

static const struct cli_option importa_options[] = {
    {"!file", "FILE", "prospetto (TSV: area, voce_spesa, fonte, importo); «-» è l’ingresso", true},
    {"anno", "ANNO", "l’anno del bilancio, che non deve averne già uno", true},
    {"vincoli", "FILE", "che cosa può pagare ogni fonte vincolata (TSV: fonte, area, voce)", false},
    {"prova", NULL, "controlla e dice che cosa non va, senza scrivere", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option options[] = {
    {"anno", "ANNO", "l’anno; se manca, l’ultimo che ha un bilancio", false},
    {NULL, NULL, NULL, false}};

const struct cli_command bilancio_commands[] = {
    {.name = "bilancio mostra",
     .summary = "Mostra le voci di un anno: stanziato, impegnato, disponibile",
     .help = "  zonale bilancio mostra --anno 2025 --json\n\n"
             "Con --json ogni voce ha le fonti che la pagano.",
     .options = options,
     .need = CLI_READ,
     .run = run_mostra},
    {.name = "bilancio verifica",
     .summary = "Controlla che il bilancio di un anno stia in piedi",
     .help = "  zonale bilancio verifica --anno 2025\n\n"
             "Ogni voce è la somma delle sue fonti; nessuna fonte dà più di quanto ha; una fonte"
             " vincolata paga solo ciò che può; entrate e uscite sono in pareggio. Esce con 1 se"
             " qualcosa non torna, e dice quale cifra.",
     .options = options,
     .need = CLI_READ,
     .run = run_verifica},
    {.name = "bilancio importa",
     .summary = "Scrive il bilancio di un anno da una tabella",
     .help = "  zonale bilancio importa bilancio_2026.tsv --anno 2026 --prova\n\n"
             "Tutto o niente: ogni riga sbagliata è detta con file, riga e colonna, ogni regola che"
             " non vale con le sue due cifre.",
     .options = importa_options,
     .need = CLI_WRITE,
     .run = run_importa,
     .input = true},
    {.name = NULL}};
