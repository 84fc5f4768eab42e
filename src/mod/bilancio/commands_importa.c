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

static bool read_table(struct cx *cx, struct cli *cli, int64_t anno, struct bilancio *bilancio)
{
    struct prospetto_faults read = {.count = 0};
    const char *name = cli_text(cli, "file"), *bonds = cli_text(cli, "vincoli");
    const char *text = bilancio_cli_file(cx, cli, name);
    if (text == NULL)
        return false;
    prospetto_read(cx->arena, name, text, anno, bilancio, &read);
    const char *more = bonds != NULL ? bilancio_cli_file(cx, cli, bonds) : "";
    if (more == NULL)
        return false;
    if (bonds != NULL)
        prospetto_read_vincoli(cx->arena, bonds, more, bilancio, &read);
    for (size_t i = 0; i < read.count; i++)
        fprintf(cli_err(cli), "%s\n", read.items[i]);
    return read.count == 0;
}

int bilancio_run_importa(struct cx *cx, struct cli *cli)
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

const struct cli_option bilancio_importa_options[] = {
    {"!file", "FILE", "prospetto (TSV: area, voce_spesa, fonte, importo); «-» è l’ingresso", true},
    {"anno", "ANNO", "l’anno del bilancio, che non deve averne già uno", true},
    {"vincoli", "FILE", "che cosa può pagare ogni fonte vincolata (TSV: fonte, area, voce)", false},
    {"prova", NULL, "controlla e dice che cosa non va, senza scrivere", false},
    {NULL, NULL, NULL, false}};
