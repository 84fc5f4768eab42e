/* What the command line, the local socket and the settings read: any bytes. The first byte says
 * which reader. */
#include "app/wire.h"

#include "app/place.h"
#include "base/tsv.h"
#include "kit/cli/cli.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run(struct cx *cx, struct cli *cli)
{
    struct money amount = MONEY_INVALID;
    struct day day = DAY_NONE;
    int64_t number = 0;

    (void)cx;
    return cli_money(cli, "isee", &amount) && cli_day(cli, "data", &day) &&
                   cli_int(cli, "numero", &number)
               ? EXIT_DONE
               : EXIT_USAGE;
}

static const struct cli_option options[] = {
    {"!file", NULL, "un file", true},     {"isee", "EURO", "importo", false},
    {"data", "GIORNO", "giorno", false},  {"numero", "N", "numero", false},
    {"festivo", NULL, "un segno", false}, {NULL},
};
static const struct cli_command commands[] = {
    {"rette calcola", "Calcola", NULL, options, CLI_NOTHING, run, false},
    {"serve", "Serve", NULL, NULL, CLI_OWN, run, false},
    {NULL},
};
static const struct cli_command *const tables[] = {commands, cli_commands, NULL};
static const struct cli_program program = {"zonale", "0",    "2026-01-01", "prova",
                                           "prova",  tables, NULL};

static void try_words(struct arena *arena, const char *data, size_t size)
{
    struct chance chance = {0};
    const char *version;
    struct cli *cli;
    struct cx cx;
    char **argv;
    int argc, code;

    if (!wire_words_read(arena, data, size, &version, &argc, &argv))
        return;
    FILE *null = fopen("/dev/null", "w+");
    const struct cli_io io = {null, null, null, -1, false, AT_FDCWD};
    cli_context(&cx, arena, &chance);
    if (cli_parse(&cli, arena, &program, &io, argc, argv, &code))
        code = cli_command(cli)->run(&cx, cli);
    if (code < 0 || code > 255)
        abort();
    fclose(null);
}

static void try_settings(struct arena *arena, const char *text)
{
    struct settings settings;
    struct err err = {0};

    if (!settings_parse(&settings, arena, "z.conf", text, &err) && err.code == ERR_NONE)
        abort(); /* a refusal without a reason */
}

static void try_table(struct arena *arena, const char *text)
{
    struct err err = {0};
    struct tsv tsv;

    if (!tsv_start(&tsv, arena, &err, "t.tsv", text))
        return;
    while (tsv_next(&tsv)) {
        (void)tsv_int(&tsv, tsv.columns[0]);
        (void)tsv_money(&tsv, tsv.columns[tsv.width - 1]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;

    if (size == 0)
        return 0;
    arena_init(&arena, (size_t)256 << 20);
    const char *text = arena_strndup(&arena, (const char *)data + 1, size - 1);
    switch (data[0]) {
    case 'p':
        try_words(&arena, (const char *)data + 1, size - 1);
        break;
    case 's':
        try_settings(&arena, text);
        break;
    default:
        try_table(&arena, text);
    }
    arena_release(&arena);
    return 0;
}
