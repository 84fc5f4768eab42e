/* zonale riparto calcola | verifica */
#include "mod/riparto/commands.h"
#include "base/text.h"
#include "mod/riparto/fonte.h"
#include "mod/riparto/prospetto.h"
#include "mod/riparto/riparto.h"

#include <jansson.h>
#include <string.h>

/* ---- reading -------------------------------------------------------------------------------- */

bool read_file(struct cx *cx, struct cli *cli, const char *name, struct bytes *text)
{
    FILE *file = cli_open(cli, name, "r");
    if (file == NULL)
        return false;
    unsigned char *data = arena_alloc(cx->arena, DEFINIZIONE_SIZE + 1);
    struct bytes bytes = {data, fread(data, 1, DEFINIZIONE_SIZE + 1, file)};
    bool ok = ferror(file) == 0;
    cli_close(cli, file);
    if (!ok)
        fprintf(cli_err(cli), "%s: non si riesce a leggere\n", name);
    else if (!fonte_text(cx->arena, bytes, text, &cx->err))
        fprintf(cli_err(cli), "%s: %s\n", name, cx->err.text);
    return ok && cx->err.code == ERR_NONE;
}

static bool read_fonte(struct cx *cx, struct cli *cli, const char *name, const char *rule,
                       struct fonte *fonte)
{
    struct bytes table, rules;
    *fonte = (struct fonte){.tabella = name, .regola = rule};
    if (!read_file(cx, cli, name, &table))
        return false;
    fonte->text = (const char *)table.data;
    fonte->size = table.size;
    if (rule == NULL)
        return true;
    if (!read_file(cx, cli, rule, &rules))
        return false;
    fonte_join(cx->arena, rules, table, fonte);
    return true;
}

int print_faults(struct cx *cx, struct cli *cli, const struct fonte *fonte,
                 const struct definizione_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        fprintf(cli_err(cli), "%s: %s%s%s\n", fonte_place(cx->arena, fonte, faults->items[i].line),
                faults->items[i].column, *faults->items[i].column == '\0' ? "" : ": ",
                faults->items[i].text);
    if (faults->count == DEFINIZIONE_FAULTS)
        fprintf(cli_err(cli), "%s: … e forse altri\n", fonte->tabella);
    return EXIT_USAGE;
}

int load_text(struct cx *cx, struct cli *cli, const struct fonte *fonte, struct definizione **def)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    const char **names;
    *def = ARENA_NEW(cx->arena, struct definizione);
    if (!riparto_enti(cx, &names))
        return cli_fail(cx, cli);
    definizione_read(cx->arena, fonte->text, fonte->size, names, *def, faults);
    return faults->count > 0 ? print_faults(cx, cli, fonte, faults) : EXIT_DONE;
}

int load_quadro(struct cx *cx, struct cli *cli, const struct fonte *fonte,
                const struct definizione *def, struct quadro *quadro)
{
    const char *dove;
    enum riparto_esito esito = quadro_compute(cx->arena, def, quadro, &dove);
    if (esito == RIPARTO_OK)
        return EXIT_DONE;
    fprintf(cli_err(cli), "%s: %s%s%s\n", fonte->tabella, dove, *dove == '\0' ? "" : ": ",
            riparto_esito_text(esito));
    return EXIT_FAILED;
}

/* Definition and table of a file; EXIT_DONE, or the reason is said. */
static int load(struct cx *cx, struct cli *cli, const struct fonte *fonte, struct quadro *quadro)
{
    struct definizione *def;
    int code = load_text(cx, cli, fonte, &def);
    return code == EXIT_DONE ? load_quadro(cx, cli, fonte, def, quadro) : code;
}

static int load_file(struct cx *cx, struct cli *cli, const char *name, struct quadro *quadro)
{
    struct fonte fonte;
    if (!read_fonte(cx, cli, name, NULL, &fonte))
        return EXIT_USAGE;
    return load(cx, cli, &fonte, quadro);
}

/* ---- writing -------------------------------------------------------------------------------- */

json_t *amount_json(struct money value)
{
    char text[MONEY_TEXT];
    return money_ok(value) ? json_string(money_machine(value, text)) : json_null();
}

json_t *percent_json(int64_t hundredths)
{
    return hundredths == INT_NONE ? json_null() : amount_json(MONEY(hundredths));
}

void print_json(struct cli *cli, json_t *root)
{
    json_dumpf(root, cli_out(cli), JSON_INDENT(2));
    fputc('\n', cli_out(cli));
    json_decref(root);
}

/* Left-aligned by characters, which printf counts as bytes. */
void print_name(struct cli *cli, const char *text, size_t width)
{
    size_t length = text_length(text);
    fputs(text, cli_out(cli));
    for (size_t i = length; i < width; i++)
        fputc(' ', cli_out(cli));
}

/* ---- calcola -------------------------------------------------------------------------------- */

static json_t *riga_json(struct cx *cx, const struct quadro *quadro, size_t row)
{
    const struct definizione *def = quadro->def;
    json_t *cells = json_array();
    for (size_t k = 0; k < def->nomi_count; k++)
        json_array_append_new(cells,
                              json_pack("{s:s, s:o, s:s}", "colonna", def->nomi[k], "importo",
                                        amount_json(quadro_cell(quadro, row, k)), "perche",
                                        quadro_explain(cx->arena, quadro, row, k)));
    return json_pack("{s:s, s:s, s:s, s:o, s:o}", "nome", def->righe[row].nome, "gruppo",
                     def->righe[row].gruppo, "paga_per", def->righe[row].per, "dovuto",
                     amount_json(quadro_due(quadro, row)), "celle", cells);
}

static json_t *gruppi_json(const struct quadro *quadro)
{
    json_t *groups = json_array();
    for (size_t i = 0; i < quadro->gruppi_count; i++)
        if (*quadro->gruppi[i].nome != '\0')
            json_array_append_new(groups,
                                  json_pack("{s:s, s:o, s:o}", "nome", quadro->gruppi[i].nome,
                                            "totale", amount_json(quadro->gruppi[i].totale),
                                            "percento", percent_json(quadro->gruppi[i].percento)));
    return groups;
}

static json_t *rate_json(const struct definizione *def)
{
    json_t *dates = json_array();
    char text[DAY_TEXT];
    for (size_t i = 0; i < def->rate_count; i++)
        json_array_append_new(dates, day_known(def->scadenze[i])
                                         ? json_string(day_iso(def->scadenze[i], text))
                                         : json_null());
    return dates;
}

static void calcola_json(struct cx *cx, struct cli *cli, const struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    json_t *rows = json_array(), *totals = json_object();
    for (size_t i = 0; i < def->righe_count; i++)
        json_array_append_new(rows, riga_json(cx, quadro, i));
    for (size_t k = 0; k < def->nomi_count; k++)
        json_object_set_new(totals, def->nomi[k], amount_json(quadro->totali[k]));
    print_json(cli,
               json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "metodo",
                         metodo_name(def->metodo), "titolo", def->titolo, "atto", def->atto,
                         "righe", rows, "totali", totals, "residuo", amount_json(quadro->residuo),
                         "gruppi", gruppi_json(quadro), "scadenze", rate_json(def)));
}

static void calcola_text(struct cx *cx, struct cli *cli, const struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    char text[MONEY_TEXT];
    if (*def->titolo != '\0')
        fprintf(cli_out(cli), "%s\n\n", def->titolo);
    for (size_t i = 0; i < def->righe_count; i++) {
        for (size_t k = 0; k < def->nomi_count; k++) {
            print_name(cli, k == 0 ? def->righe[i].nome : "", NAME_WIDTH);
            fprintf(cli_out(cli), " %-20s %15s  %s\n", def->nomi[k],
                    money_it(quadro_cell(quadro, i, k), text),
                    quadro_explain(cx->arena, quadro, i, k));
        }
    }
    for (size_t k = 0; k < def->nomi_count; k++) {
        print_name(cli, k == 0 ? "TOTALE" : "", NAME_WIDTH);
        fprintf(cli_out(cli), " %-20s %15s\n", def->nomi[k], money_it(quadro->totali[k], text));
    }
    if (quadro->residuo.cents != 0)
        fprintf(cli_out(cli), "residuo dell’arrotondamento: %s\n", money_it(quadro->residuo, text));
    for (size_t i = 0; i < quadro->gruppi_count; i++) {
        if (*quadro->gruppi[i].nome == '\0')
            continue;
        print_name(cli, quadro->gruppi[i].nome, NAME_WIDTH + 21);
        fprintf(cli_out(cli), " %15s", money_it(quadro->gruppi[i].totale, text));
        fprintf(cli_out(cli), "  %s %%\n", money_it(MONEY(quadro->gruppi[i].percento), text));
    }
}

int run_calcola(struct cx *cx, struct cli *cli)
{
    struct quadro *quadro = ARENA_NEW(cx->arena, struct quadro);
    int code = load_file(cx, cli, cli_text(cli, "file"), quadro);
    if (code != EXIT_DONE)
        return code;
    if (cli_json(cli))
        calcola_json(cx, cli, quadro);
    else
        calcola_text(cx, cli, quadro);
    return EXIT_DONE;
}

/* ---- verifica ------------------------------------------------------------------------------- */

static void verifica_json(struct cli *cli, const struct fonte *fonte, const struct list *scarti)
{
    json_t *all = json_array();
    LIST_EACH (scarti, struct scarto, scarto)
        json_array_append_new(
            all, json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:s}", "linea",
                           (json_int_t)fonte_line(fonte, scarto->line), "riga", scarto->riga,
                           "colonna", scarto->colonna, "trovato", amount_json(scarto->trovato),
                           "dovuto", amount_json(scarto->dovuto), "differenza",
                           amount_json(money_sub(scarto->trovato, scarto->dovuto)), "perche",
                           scarto->perche));
    print_json(cli, json_pack("{s:b, s:I, s:o}", "in_ordine", scarti->count == 0, "scarti",
                              (json_int_t)scarti->count, "elenco", all));
}

static void verifica_text(struct cx *cx, struct cli *cli, const struct fonte *fonte,
                          const struct list *scarti)
{
    char found[MONEY_TEXT], due[MONEY_TEXT], apart[MONEY_TEXT];
    LIST_EACH (scarti, struct scarto, scarto)
        fprintf(cli_out(cli), "%s: %s, %s: trovato %s, dovuto %s, differenza %s: %s\n",
                fonte_place(cx->arena, fonte, scarto->line), scarto->riga, scarto->colonna,
                money_it(scarto->trovato, found), money_it(scarto->dovuto, due),
                money_it(money_sub(scarto->trovato, scarto->dovuto), apart), scarto->perche);
    if (scarti->count == 0)
        fprintf(cli_out(cli), "%s: tutto segue dalla regola\n", fonte->tabella);
    else
        fprintf(cli_out(cli), "%zu cifre non tornano%s\n", scarti->count,
                scarti->clipped ? ", e forse altre" : "");
}

int run_verifica(struct cx *cx, struct cli *cli)
{
    struct quadro *quadro = ARENA_NEW(cx->arena, struct quadro);
    struct fonte fonte;
    struct list scarti;
    if (!read_fonte(cx, cli, cli_text(cli, "file"), cli_text(cli, "regola"), &fonte))
        return EXIT_USAGE;
    int code = load(cx, cli, &fonte, quadro);
    if (code != EXIT_DONE)
        return code;
    quadro_verify(cx->arena, quadro, &scarti);
    if (cli_json(cli))
        verifica_json(cli, &fonte, &scarti);
    else
        verifica_text(cx, cli, &fonte, &scarti);
    return scarti.count == 0 ? EXIT_DONE : EXIT_FAILED;
}
