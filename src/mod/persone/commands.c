/* zonale import persone, zonale export persone */
#include "kit/cli/cli.h"
#include "mod/audit/audit.h"
#include "mod/persone/import.h"
#include "mod/persone/view.h"

#include <jansson.h>
#include <string.h>

enum { FILE_MASSIMO = 256 << 20, DETTI_MASSIMO = 10000 };

/* ---- import ------------------------------------------------------------------------------- */

struct said {
    struct cli *cli;
    json_t *rows; /* NULL: for people, on stderr */
    int64_t count;
};

static void said_row(void *data, const struct import_detto *detto)
{
    struct said *said = data;
    if (said->count++ >= DETTI_MASSIMO)
        return;
    if (said->rows != NULL) {
        json_array_append_new(said->rows,
                              json_pack("{s:I, s:s?, s:s, s:b}", "riga", (json_int_t)detto->riga,
                                        "colonna", detto->colonna, "motivo", detto->motivo,
                                        "avviso", detto->avviso));
        return;
    }
    fprintf(cli_err(said->cli), "riga %ld%s%s: %s%s\n", detto->riga,
            detto->colonna != NULL ? ", " : "", detto->colonna != NULL ? detto->colonna : "",
            detto->avviso ? "(avviso) " : "", detto->motivo);
}

static void said_progress(void *data, int64_t done, int64_t total)
{
    const struct said *said = data;
    cli_progress(said->cli, "Persone", done, total);
}

/* The whole file of the user's; false: the reason is in cx->err, or was said. */
static bool read_file(struct cx *cx, struct cli *cli, const char *name, struct buf *text)
{
    char part[64 * 1024];
    size_t size;
    FILE *file = cli_open(cli, name, "r");
    if (file == NULL)
        return false;
    buf_init(text, cx->arena, FILE_MASSIMO);
    while ((size = fread(part, 1, sizeof part, file)) > 0 && !text->full)
        buf_add(text, part, size);
    bool broken = ferror(file) != 0;
    cli_close(cli, file);
    if (broken)
        return FAIL(cx, ERR_IO, "%s: il file non si legge", name);
    return !text->full || FAIL(cx, ERR_INPUT, "%s: il file supera 256 MiB", name);
}

static void outcome(struct cli *cli, const struct import_persone *import, const struct said *said,
                    bool kept)
{
    if (said->rows != NULL) {
        json_t *all =
            json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:O}", "scritto", kept, "righe",
                      (json_int_t)import->righe, "nuove", (json_int_t)import->nuove, "cambiate",
                      (json_int_t)import->cambiate, "uguali", (json_int_t)import->uguali,
                      "rifiutate", (json_int_t)import->rifiutate, "avvisi",
                      (json_int_t)import->avvisi, "detti", said->rows);
        json_dumpf(all, cli_out(cli), JSON_INDENT(1));
        fputc('\n', cli_out(cli));
        json_decref(all);
        return;
    }
    if (said->count > DETTI_MASSIMO)
        fprintf(cli_err(cli), "… e altre %lld segnalazioni\n",
                (long long)(said->count - DETTI_MASSIMO));
    fprintf(cli_out(cli), "%lld righe: %lld nuove, %lld cambiate, %lld uguali, %lld rifiutate.%s\n",
            (long long)import->righe, (long long)import->nuove, (long long)import->cambiate,
            (long long)import->uguali, (long long)import->rifiutate,
            kept            ? ""
            : import->prova ? " Prova: non è stato scritto niente."
                            : " Non è stato scritto niente: correggi il file, o usa --solo-buone.");
}

static int import_run(struct cx *cx, struct cli *cli, struct said *said)
{
    struct buf text;
    struct import_persone import = {
        .prova = cli_flag(cli, "prova"), .dice = said_row, .avanza = said_progress, .data = said};
    if (!read_file(cx, cli, cli_text(cli, "file"), &text))
        return cx->err.code != ERR_NONE ? cli_fail(cx, cli) : EXIT_USAGE;
    if (!persone_import(cx, text.data, text.size, &import))
        return cli_fail(cx, cli);
    bool whole = import.rifiutate == 0;
    bool kept = !import.prova && (whole || cli_flag(cli, "solo-buone"));
    struct audit_row row = {
        .fine = "gestione",
        .azione = "crea",
        .oggetto = "persona",
        .rotta = "import persone",
        .dettaglio = arena_printf(cx->arena, "%lld nuove, %lld cambiate, %lld rifiutate",
                                  (long long)import.nuove, (long long)import.cambiate,
                                  (long long)import.rifiutate),
    };
    if (kept && !audit_append(cx, &row))
        return cli_fail(cx, cli);
    outcome(cli, &import, said, kept);
    if (whole)
        return EXIT_DONE;
    return kept || import.prova ? EXIT_PARTLY : EXIT_FAILED;
}

static int import_command(struct cx *cx, struct cli *cli)
{
    struct said said = {.cli = cli, .rows = cli_json(cli) ? json_array() : NULL};
    int code = import_run(cx, cli, &said);
    json_decref(said.rows);
    return code;
}

/* ---- export ------------------------------------------------------------------------------- */

static bool write_line(void *data, const char *text, size_t size)
{
    return fwrite(text, 1, size, data) == size;
}

static int export_command(struct cx *cx, struct cli *cli)
{
    int64_t count;
    const char *name = cli_text(cli, "file");
    FILE *file = cli_open(cli, name != NULL ? name : "-", "w");
    if (file == NULL)
        return EXIT_FAILED;
    struct audit_row row = {
        .fine = "gestione", .azione = "esporta", .oggetto = "persona", .rotta = "export persone"};
    bool ok = audit_append(cx, &row) && persone_export(cx, write_line, file, &count);
    if (fflush(file) != 0 && ok)
        ok = FAIL(cx, ERR_IO, "il file non si può scrivere");
    cli_close(cli, file);
    if (!ok)
        return cli_fail(cx, cli);
    fprintf(cli_err(cli), "%lld persone.\n", (long long)count);
    return EXIT_DONE;
}

static const struct cli_option import_options[] = {
    {"!file", NULL, "CSV o TSV con una riga di intestazioni; - per lo standard input", true},
    {"prova", NULL, "legge e controlla tutto, senza scrivere niente", false},
    {"solo-buone", NULL, "scrive le righe buone e rifiuta le altre (altrimenti: tutto o niente)",
     false},
    {NULL},
};
static const struct cli_option export_options[] = {
    {"!file", NULL, "dove scrivere (standard output)", false},
    {NULL},
};

const struct cli_command persone_commands[] = {
    {"import persone", "Importa persone da una tabella",
     " zonale import persone anagrafe.csv --prova\n"
     " zonale import persone anagrafe.csv --solo-buone\n"
     "\n"
     "Le colonne si riconoscono dalle intestazioni: Cognome e Nome (obbligatorie), Chiave esterna, "
     "Codice fiscale, Sesso, Data di nascita, Luogo di nascita, Codice catastale, Comune di "
     "residenza, Indirizzo, Telefono, Posta elettronica, Cittadinanza, Tutela giuridica, Data del "
     "decesso. Ogni errore dice riga e colonna.\n"
     "\n"
     "Una persona si riconosce dalla chiave esterna, altrimenti dal codice fiscale, altrimenti da "
     "nomi e nascita: lo stesso file due volte non cambia niente. Una cella vuota lascia quello "
     "che c’è.\n",
     import_options, CLI_WRITE, import_command, true},
    {"export persone", "Esporta le persone nel formato che import legge",
     " zonale export persone persone.csv\n", export_options, CLI_WRITE, export_command, false},
    {NULL},
};
