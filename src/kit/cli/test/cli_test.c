#include "base/test/check.h"

#include "kit/cli/inside.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- a small program --------------------------------------------------------------------- */

static int calcola(struct cx *cx, struct cli *cli)
{
    struct money isee = MONEY_INVALID;
    struct day data = DAY_NONE;
    char money[MONEY_TEXT], day[DAY_TEXT];

    (void)cx;
    if (!cli_money(cli, "isee", &isee) || !cli_day(cli, "data", &data))
        return EXIT_USAGE;
    fprintf(cli_out(cli), "%s isee=%s data=%s festivo=%s json=%s dati=%s\n",
            cli_text(cli, "servizio"), money_ok(isee) ? money_machine(isee, money) : "-",
            day_known(data) ? day_iso(data, day) : "-", cli_flag(cli, "festivo") ? "si" : "no",
            cli_json(cli) ? "si" : "no", cli_place(cli)->dati ? cli_place(cli)->dati : "-");
    return EXIT_DONE;
}

static int importa(struct cx *cx, struct cli *cli)
{
    const char *sheet = cli_text(cli, "foglio");

    (void)cx;
    fprintf(cli_out(cli), "file=%s foglio=%s\n", cli_text(cli, "file"), sheet ? sheet : "-");
    return EXIT_DONE;
}

static int fallisce(struct cx *cx, struct cli *cli)
{
    (void)FAIL(cx, ERR_NOT_FOUND, "non c’è");
    return cli_fail(cx, cli);
}

static const struct cli_option calcola_options[] = {
    {"servizio", "CODICE", "il servizio", true},
    {"isee", "EURO", "il valore dell’attestazione", false},
    {"data", "GIORNO", "il giorno del servizio", false},
    {"festivo", NULL, "in giorno festivo", false},
    {NULL},
};
static const struct cli_option importa_options[] = {
    {"!file", NULL, "il file da leggere", true},
    {"!foglio", NULL, "il foglio", false},
    {NULL},
};
static const struct cli_command rette[] = {
    {"rette calcola", "Calcola una retta e dice perché",
     "Un esempio, e poi una riga tanto lunga da dover andare a capo almeno una volta sullo schermo "
     "di ottanta colonne.\n\n zonale rette calcola --servizio SAD --isee 6000\n",
     calcola_options, CLI_NOTHING, calcola},
    {"rette elenco", "Elenca i piani", NULL, NULL, CLI_NOTHING, fallisce},
    {NULL},
};
static const struct cli_command persone[] = {
    {"persone importa", "Importa persone", ".prima riga con un punto\nuna \\ barra\n",
     importa_options, CLI_NOTHING, importa},
    {"serve", "Serve le pagine", NULL, NULL, CLI_OWN, fallisce},
    {NULL},
};
static const struct cli_command *const tables[] = {rette, persone, cli_commands, NULL};
static const struct cli_program program = {"zonale",
                                           "9.9",
                                           "2026-11-21",
                                           "prova della riga di comando",
                                           "Paragrafo uno.\n\nParagrafo due.",
                                           tables,
                                           NULL};

/* ---- one call ---------------------------------------------------------------------------- */

struct call {
    struct arena arena;
    char *out, *err;
    size_t out_size, err_size;
    int code;
};

static void call_run(struct call *call, int argc, char **argv)
{
    struct cli_io io = {stdin,
                        open_memstream(&call->out, &call->out_size),
                        open_memstream(&call->err, &call->err_size),
                        -1,
                        false,
                        AT_FDCWD};
    struct chance chance = {0};
    struct cli *cli;
    struct cx cx;

    arena_init(&call->arena, 1 << 24);
    if (cli_parse(&cli, &call->arena, &program, &io, argc, argv, &call->code)) {
        cli_context(&cx, &call->arena, &chance);
        call->code = cli_command(cli)->run(&cx, cli);
    }
    fclose(io.out);
    fclose(io.err);
}

static void call_end(struct call *call)
{
    arena_release(&call->arena);
    free(call->out);
    free(call->err);
}

/* ---- cases ------------------------------------------------------------------------------- */

static FILE *cases_open(void)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/src/kit/cli/test/parse.cases", getenv("ZONALE_SOURCE"));
    return fopen(path, "r");
}

static int words_of(char *line, char **words, int *want)
{
    char *arrow = strstr(line, " -> ");
    int count = 0;

    assert_non_null(arrow);
    *arrow = '\0';
    *want = atoi(arrow + 4);
    for (char *word; (word = strsep(&line, "|")) != NULL;)
        words[count++] = word;
    return count;
}

static void cases_hold(void **state)
{
    FILE *file = cases_open();
    char line[512], copy[512] = "", *words[32];
    struct call call = {0};
    int ran = 0, want;

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        if (strncmp(line, "out: ", 5) == 0 || strncmp(line, "err: ", 5) == 0) {
            const char *text = line[0] == 'o' ? call.out : call.err;

            if (strstr(text, line + 5) == NULL)
                fail_msg("%s: wanted %s\nout %s\nerr %s", copy, line, call.out, call.err);
            continue;
        }
        if (ran++ > 0)
            call_end(&call);
        call = (struct call){0};
        memcpy(copy, line, sizeof copy);
        int count = words_of(line, words, &want);
        call_run(&call, count, words);
        if (call.code != want)
            fail_msg("%s: exit %d\nout %s\nerr %s", copy, call.code, call.out, call.err);
    }
    call_end(&call);
    fclose(file);
    assert_true(ran > 30);
}

/* ---- the rest ---------------------------------------------------------------------------- */

static void run_words(struct call *call, const char *words)
{
    char copy[512], *list[32], *rest = copy;
    int count = 0;

    snprintf(copy, sizeof copy, "%s", words);
    for (char *word; (word = strsep(&rest, " ")) != NULL;)
        list[count++] = word;
    *call = (struct call){0};
    call_run(call, count, list);
}

static void code_of_failure(void **state)
{
    struct call call;

    (void)state;
    run_words(&call, "zonale rette elenco");
    assert_int_equal(call.code, EXIT_NOT_FOUND);
    assert_string_equal(call.err, "zonale: rette elenco: non c’è\n");
    call_end(&call);
}

static void help_fits_the_screen(void **state)
{
    static const char *const topics[] = {"zonale --help", "zonale help rette",
                                         "zonale rette calcola --help", "zonale serve --help"};
    struct call call;

    (void)state;
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        run_words(&call, topics[i]);
        assert_int_equal(call.code, 0);
        for (char *rest = call.out, *line; (line = strsep(&rest, "\n")) != NULL;) {
            /* text_length counts characters, as the screen does */
            size_t cells = 0;
            for (const char *at = line; *at != '\0'; at++)
                cells += ((unsigned char)*at & 0xC0U) != 0x80U;
            if (strncmp(line, "Uso:", 4) != 0)
                assert_true(cells <= 80);
        }
        call_end(&call);
    }
}

static void hostile_words_are_refused(void **state)
{
    char bad[] = "\xC3\x28", zonale[] = "zonale", persone_word[] = "persone", verb[] = "importa";
    char *words[] = {zonale, persone_word, verb, bad};
    char *many[CLI_WORDS + 1];
    struct call call = {0};

    (void)state;
    call_run(&call, 4, words);
    assert_int_equal(call.code, EXIT_USAGE);
    assert_non_null(strstr(call.err, "UTF-8"));
    call_end(&call);

    for (size_t i = 0; i < CLI_WORDS + 1; i++)
        many[i] = zonale;
    call = (struct call){0};
    call_run(&call, CLI_WORDS + 1, many);
    assert_int_equal(call.code, EXIT_USAGE);
    call_end(&call);

    char *longest = malloc(CLI_WORD_SIZE + 2);
    memset(longest, 'a', CLI_WORD_SIZE + 1);
    longest[CLI_WORD_SIZE + 1] = '\0';
    words[3] = longest;
    call = (struct call){0};
    call_run(&call, 4, words);
    assert_int_equal(call.code, EXIT_USAGE);
    call_end(&call);
    free(longest);
}

static int pipe_run(const char *command, const char *input)
{
    FILE *pipe = popen(command, "w");

    assert_non_null(pipe);
    fputs(input, pipe);
    return pclose(pipe);
}

static void man_page_is_clean(void **state)
{
    struct call call;

    (void)state;
    if (system("command -v mandoc >/dev/null") != 0)
        skip();
    run_words(&call, "zonale help --man");
    assert_int_equal(pipe_run("mandoc -Tlint -Wall >&2", call.out), 0);
    assert_non_null(strstr(call.out, "\\&.prima riga"));
    assert_non_null(strstr(call.out, "una \\e barra"));
    call_end(&call);
}

static void completion_completes(void **state)
{
    struct call call;
    char script[65536];

    (void)state;
    run_words(&call, "zonale completion bash");
    snprintf(
        script, sizeof script,
        "%s\n"
        "t() { COMP_WORDS=(\"${@:2}\"); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _zonale;"
        " [ \"${COMPREPLY[*]}\" = \"$1\" ] || { echo \"$*: ${COMPREPLY[*]}\" >&2; exit 1; }; }\n"
        "t 'rette' zonale ret\n"
        "t 'calcola elenco' zonale rette ''\n"
        "t 'elenco' zonale rette e\n"
        "t '--isee' zonale rette calcola --is\n"
        "t '--dati --database' zonale serve --dat\n",
        call.out);
    assert_int_equal(pipe_run("bash", script), 0);
    call_end(&call);
    run_words(&call, "zonale completion zsh");
    if (system("command -v zsh >/dev/null") == 0)
        assert_int_equal(pipe_run("zsh -n", call.out), 0);
    assert_non_null(strstr(call.out, "#compdef zonale"));
    call_end(&call);
}

static void progress_speaks_each_tenth(void **state)
{
    struct cli cli = {.percent = -1};
    char text[512] = "";
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    cli.io.progress = ends[1];
    for (int i = 0; i <= 1000; i++)
        cli_progress(&cli, "prova", i, 1000);
    assert_true(read(ends[0], text, sizeof text - 1) > 0);
    int lines = 0;
    for (const char *at = text; *at != '\0'; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 11);
    assert_memory_equal(text, "prova: 0 %\nprova: 10 %\n", 23);

    cli.quiet = true;
    cli_progress(&cli, "prova", 1, 2);
    cli.quiet = false;
    (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
    assert_int_equal(read(ends[0], text, sizeof text), -1);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_hold),
        cmocka_unit_test(code_of_failure),
        cmocka_unit_test(help_fits_the_screen),
        cmocka_unit_test(hostile_words_are_refused),
        cmocka_unit_test(man_page_is_clean),
        cmocka_unit_test(completion_completes),
        cmocka_unit_test(progress_speaks_each_tenth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
