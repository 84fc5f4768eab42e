/* zonale riparto simula */
#include "mod/riparto/commands.h"
#include "mod/riparto/ipotesi.h"

struct simula {
    const struct quadro *quadri[IPOTESI_MAX];
    const char *nomi[IPOTESI_MAX];
    size_t count;
};

static json_t *row_json(const struct ipotesi_riga *row, size_t count)
{
    json_t *amounts = json_array(), *apart = json_array(), *percents = json_array();
    for (size_t h = 0; h < count; h++) {
        json_array_append_new(amounts, amount_json(row->importi[h]));
        json_array_append_new(apart, amount_json(row->differenze[h]));
        json_array_append_new(percents, percent_json(row->percenti[h]));
    }
    return json_pack("{s:s, s:o, s:o, s:o}", "nome", row->nome, "importi", amounts, "differenze",
                     apart, "percenti", percents);
}

static void simula_json(struct cli *cli, const struct simula *simula, const struct list *rows,
                        const struct ipotesi_riga *total)
{
    json_t *names = json_array(), *all = json_array();
    for (size_t h = 0; h < simula->count; h++)
        json_array_append_new(names, json_string(simula->nomi[h]));
    LIST_EACH (rows, struct ipotesi_riga, row)
        json_array_append_new(all, row_json(row, simula->count));
    print_json(cli, json_pack("{s:o, s:o, s:o}", "ipotesi", names, "righe", all, "totale",
                              row_json(total, simula->count)));
}

static void print_row(struct cli *cli, const struct ipotesi_riga *row, size_t count)
{
    char text[MONEY_TEXT];
    print_name(cli, row->nome, NAME_WIDTH);
    for (size_t h = 0; h < count; h++) {
        fprintf(cli_out(cli), " %15s", money_it(row->importi[h], text));
        if (h == 0)
            continue;
        fprintf(cli_out(cli), " %15s", money_it(row->differenze[h], text));
        fprintf(cli_out(cli), " %9s",
                row->percenti[h] == INT_NONE ? "" : money_it(MONEY(row->percenti[h]), text));
    }
    fputc('\n', cli_out(cli));
}

static void simula_text(struct cli *cli, const struct simula *simula, const struct list *rows,
                        const struct ipotesi_riga *total)
{
    for (size_t h = 0; h < simula->count; h++)
        fprintf(cli_out(cli), "%s %zu: %s\n", h == 0 ? "com’è   " : "ipotesi", h, simula->nomi[h]);
    print_name(cli, "", NAME_WIDTH);
    fprintf(cli_out(cli), " %15s", "com’è");
    for (size_t h = 1; h < simula->count; h++)
        fprintf(cli_out(cli), "       ipotesi %zu      differenza         %%", h);
    fputc('\n', cli_out(cli));
    LIST_EACH (rows, struct ipotesi_riga, row)
        print_row(cli, row, simula->count);
    print_row(cli, total, simula->count);
}

/* ---- what is compared -------------------------------------------------------------------------
 */

static int add_text(struct cx *cx, struct cli *cli, const struct fonte *fonte,
                    struct simula *simula)
{
    struct quadro *quadro = ARENA_NEW(cx->arena, struct quadro);
    struct definizione *def;
    int code = load_text(cx, cli, fonte, &def);
    if (code != EXIT_DONE)
        return code;
    if (simula->count > 0)
        ipotesi_balance(cx->arena, def);
    code = load_quadro(cx, cli, fonte, def, quadro);
    simula->nomi[simula->count] = fonte->tabella;
    simula->quadri[simula->count++] = quadro;
    return code;
}

static bool read_changes(struct cli *cli, struct ipotesi *ipotesi)
{
    *ipotesi = (struct ipotesi){.quota = MONEY_INVALID,
                                .importo = MONEY_INVALID,
                                .pesi = cli_text(cli, "pesi"),
                                .arrotonda = cli_text(cli, "arrotonda"),
                                .passo = cli_text(cli, "passo"),
                                .esce = cli_text(cli, "senza")};
    return cli_money(cli, "quota", &ipotesi->quota) && cli_money(cli, "importo", &ipotesi->importo);
}

/* The first file with the changes that the options say. */
static int add_changed(struct cx *cx, struct cli *cli, struct bytes text, const char *name,
                       struct simula *simula)
{
    struct ipotesi ipotesi;
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    struct bytes changed;
    if (!read_changes(cli, &ipotesi))
        return EXIT_USAGE;
    if (!ipotesi_any(&ipotesi))
        return EXIT_DONE;
    ipotesi_apply(cx->arena, text, &ipotesi, &changed, faults);
    const struct fonte fonte = {.text = (const char *)changed.data,
                                .size = changed.size,
                                .tabella = arena_printf(cx->arena, "%s, cambiato", name)};
    return faults->count > 0 ? print_faults(cx, cli, &fonte, faults)
                             : add_text(cx, cli, &fonte, simula);
}

static int add_file(struct cx *cx, struct cli *cli, const char *name, struct bytes *text,
                    struct simula *simula)
{
    if (!read_file(cx, cli, name, text))
        return EXIT_USAGE;
    const struct fonte fonte = {
        .text = (const char *)text->data, .size = text->size, .tabella = name};
    return add_text(cx, cli, &fonte, simula);
}

int run_simula(struct cx *cx, struct cli *cli)
{
    static const char *const files[] = {"altra", "terza", "quarta"};
    struct simula simula = {.count = 0};
    struct ipotesi_riga total;
    struct bytes first, other;
    struct list rows;
    int code = add_file(cx, cli, cli_text(cli, "file"), &first, &simula);
    for (size_t i = 0; code == EXIT_DONE && i < sizeof files / sizeof *files; i++)
        if (cli_text(cli, files[i]) != NULL)
            code = add_file(cx, cli, cli_text(cli, files[i]), &other, &simula);
    if (code == EXIT_DONE)
        code = add_changed(cx, cli, first, cli_text(cli, "file"), &simula);
    if (code != EXIT_DONE)
        return code;
    if (simula.count < 2) {
        fprintf(cli_err(cli), "manca l’ipotesi: un altro prospetto, o che cosa cambia (--quota,"
                              " --importo, --pesi, --arrotonda, --passo, --senza)\n");
        return EXIT_USAGE;
    }
    ipotesi_compare(cx->arena, simula.quadri, simula.count, &rows, &total);
    if (cli_json(cli))
        simula_json(cli, &simula, &rows, &total);
    else
        simula_text(cli, &simula, &rows, &total);
    return EXIT_DONE;
}
