/* zonale bilancio importa */
#include "mod/bilancio/commands.h"

#include <string.h>

const char *bilancio_cli_file(struct cx *cx, struct cli *cli, const char *name)
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

/* A whole file as bytes: a spreadsheet, or text. */
static bool read_bytes(struct cx *cx, struct cli *cli, const char *name, struct bytes *bytes)
{
    FILE *file = cli_open(cli, name, "r");
    if (file == NULL)
        return false;
    unsigned char *data = arena_alloc(cx->arena, PROSPETTO_SIZE + 2);
    size_t size = fread(data, 1, PROSPETTO_SIZE + 1, file);
    bool ok = ferror(file) == 0;
    cli_close(cli, file);
    *bytes = (struct bytes){data, size};
    if (!ok)
        fprintf(cli_err(cli), "%s: non si riesce a leggere\n", name);
    return ok;
}

static bool read_bonds(struct cx *cx, struct cli *cli, struct importazione *in)
{
    const char *bonds = cli_text(cli, "vincoli"), *fonti = cli_text(cli, "fonti"), *text;
    if (bonds != NULL) {
        if ((text = bilancio_cli_file(cx, cli, bonds)) == NULL)
            return false;
        prospetto_read_vincoli(cx->arena, bonds, text, &in->file, &in->read);
    }
    if (fonti != NULL) {
        if ((text = bilancio_cli_file(cx, cli, fonti)) == NULL)
            return false;
        prospetto_read_fonti(cx->arena, fonti, text, &in->file, &in->read);
    }
    return true;
}

static json_t *left_out(const struct importazione *in)
{
    json_t *list = json_array();
    for (size_t i = 0; i < in->read.count; i++)
        json_array_append_new(list, json_string(in->read.items[i]));
    return list;
}

static void say_new(struct cli *cli, const struct importazione *in, bool prova)
{
    char total[MONEY_TEXT];
    struct money sum = bilancio_uscite(&in->file);
    if (cli_json(cli))
        cli_print_json(cli, json_pack("{s:I, s:b, s:b, s:I, s:o, s:o}", "anno",
                                      (json_int_t)in->file.anno, "nuovo", 1, "scritto", !prova,
                                      "celle", (json_int_t)in->file.celle_count, "totale",
                                      cli_amount(sum), "lasciate_fuori", left_out(in)));
    else
        fprintf(cli_out(cli), "%zu celle, totale %s euro: %s\n", in->file.celle_count,
                money_it(sum, total), prova ? "in ordine, non scritto" : "scritto");
}

/* Lines onto a year that is there: listed in a dry run, else kept as a draft to be approved. */
static int say_lines(struct cx *cx, struct cli *cli, struct importazione *in, bool prova)
{
    struct variazione_salvata v = {.anno = in->righe.anno,
                                   .numero = INT_NONE,
                                   .giorno = DAY_NONE,
                                   .motivo = "Importata da un foglio",
                                   .base = in->versione};
    char id[ID_TEXT];
    bool writes = !prova && in->righe.righe_count > 0;
    if (writes && !variazione_save(cx, &v, &in->righe))
        return cli_fail(cx, cli);
    id_text(v.id, id);
    if (cli_json(cli)) {
        cli_print_json(cli, json_pack("{s:I, s:b, s:b, s:o, s:o, s:o}", "anno", (json_int_t)v.anno,
                                      "nuovo", 0, "scritto", writes, "bozza",
                                      writes ? json_string(id) : json_null(), "righe",
                                      bilancio_lines_json(in->b, &in->righe), "lasciate_fuori",
                                      left_out(in)));
        return EXIT_DONE;
    }
    for (size_t i = 0; i < in->righe.righe_count; i++)
        fprintf(cli_out(cli), "%s\n", variazione_riga_words(cx, in->b, &in->righe.righe[i]));
    if (writes)
        fprintf(cli_out(cli), "%zu differenze, in una bozza da approvare: %s\n",
                in->righe.righe_count, id);
    else
        fprintf(cli_out(cli), "%zu differenze: non scritto\n", in->righe.righe_count);
    return EXIT_DONE;
}

static int apply(struct cx *cx, struct cli *cli, struct importazione *in, int64_t anno)
{
    struct bilancio_faults faults = {.arena = cx->arena};
    bool prova = cli_flag(cli, "prova"), parziale = cli_flag(cli, "anche-parziale");
    for (size_t i = 0; i < in->read.count; i++)
        fprintf(cli_err(cli), "%s\n", in->read.items[i]);
    if (in->read.count > 0 && (!parziale || in->file.celle_count == 0)) {
        fprintf(cli_err(cli), "non è stato importato nulla\n");
        return EXIT_USAGE;
    }
    if (!importa_apply(cx, in, anno, prova, parziale, &faults))
        return cli_fail(cx, cli);
    for (size_t i = 0; i < faults.count && i < BILANCIO_FAULTS; i++)
        fprintf(cli_err(cli), "%s: %s\n", invariante_name(faults.items[i].invariante),
                faults.items[i].text);
    if (faults.count > 0)
        return EXIT_USAGE;
    int code = EXIT_DONE;
    if (!in->nuovo)
        code = say_lines(cx, cli, in, prova);
    else
        say_new(cli, in, prova);
    if (code == EXIT_DONE && in->read.count > 0) {
        fprintf(cli_err(cli), "lasciate fuori: %zu righe, dette sopra\n", in->read.count);
        code = EXIT_PARTLY;
    }
    return code;
}

int bilancio_run_importa(struct cx *cx, struct cli *cli)
{
    struct importazione in;
    struct bytes bytes;
    int64_t anno = INT_NONE;
    const char *name = cli_text(cli, "file");
    if (!cli_int(cli, "anno", &anno))
        return EXIT_USAGE;
    if (anno < ANNO_MIN || anno > ANNO_MAX) {
        fprintf(cli_err(cli), "--anno: da %d a %d\n", ANNO_MIN, ANNO_MAX);
        return EXIT_USAGE;
    }
    if (!read_bytes(cx, cli, name, &bytes))
        return EXIT_USAGE;
    if (!importa_read(cx, name, bytes, anno, &in))
        return cli_fail(cx, cli);
    if (!read_bonds(cx, cli, &in))
        return EXIT_USAGE;
    return apply(cx, cli, &in, anno);
}

/* ---- table ------------------------------------------------------------------------------ */

const struct cli_option bilancio_importa_options[] = {
    {"!file", "FILE",
     "prospetto: XLSX, ODS o testo; righe (area, voce_spesa, fonte, importo) o matrice come si"
     " esporta; «-» è l’ingresso",
     true},
    {"anno", "ANNO", "l’anno del bilancio", true},
    {"vincoli", "FILE", "che cosa può pagare ogni fonte vincolata (TSV: fonte, area, voce)", false},
    {"fonti", "FILE",
     "atto, competenza, scadenze delle fonti (TSV: fonte, natura, avanzo, atto, competenza, entro,"
     " rendiconto)",
     false},
    {"prova", NULL, "controlla e dice che cosa non va, o che cosa cambia, senza scrivere", false},
    {"anche-parziale", NULL, "lascia fuori le righe sbagliate, e le dice (esce con 3)", false},
    {NULL, NULL, NULL, false}};
