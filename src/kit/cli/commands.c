#include "kit/cli/inside.h"

#include <string.h>

static int run_help(struct cx *cx, struct cli *cli)
{
    const char *noun = cli_text(cli, "argomento"), *verb = cli_text(cli, "comando");
    const char *topic = noun && verb ? arena_printf(cx->arena, "%s %s", noun, verb)
                        : noun       ? noun
                                     : verb;

    if (cli_flag(cli, "man"))
        cli_man(cli->io.out, cx->arena, cli->program);
    else if (cli->json)
        cli_help_json(cli->io.out, cx->arena, cli->program);
    else if (!cli_help(cli->io.out, cx->arena, cli->program, topic)) {
        (void)FAIL(cx, ERR_NOT_FOUND, "nessun comando si chiama “%s”", topic);
        return cli_fail(cx, cli);
    }
    return EXIT_DONE;
}

static int run_completion(struct cx *cx, struct cli *cli)
{
    const char *shell = cli_text(cli, "shell");

    if (strcmp(shell, "bash") == 0)
        cli_completion_bash(cli->io.out, cx->arena, cli->program);
    else if (strcmp(shell, "zsh") == 0)
        cli_completion_zsh(cli->io.out, cx->arena, cli->program);
    else {
        (void)FAIL(cx, ERR_INPUT, "“%s”: la shell può essere bash o zsh", shell);
        return cli_fail(cx, cli);
    }
    return EXIT_DONE;
}

static int run_version(struct cx *cx, struct cli *cli)
{
    (void)cx;
    if (cli->json)
        fprintf(cli->io.out, "{\"programma\": \"%s\", \"versione\": \"%s\"}\n", cli->program->name,
                cli->program->version);
    else
        fprintf(cli->io.out, "%s %s\n", cli->program->name, cli->program->version);
    return EXIT_DONE;
}

static const struct cli_option help_options[] = {
    {"!argomento", NULL, "un comando, o la sua prima parola", false},
    {"!comando", NULL, "la seconda parola del comando", false},
    {"man", NULL, "pagina di manuale, per man(1)", false},
    {NULL},
};

static const struct cli_option completion_options[] = {
    {"!shell", NULL, "bash o zsh", true},
    {NULL},
};

const struct cli_command cli_commands[] = {
    {"help", "Spiega il programma o un comando",
     " zonale help rette calcola\n"
     " zonale help --man > /usr/local/share/man/it/man1/zonale.1\n",
     help_options, CLI_NOTHING, run_help},
    {"completion", "Scrive il completamento dei comandi per la shell",
     " source <(zonale completion bash)\n", completion_options, CLI_NOTHING, run_completion},
    {"version", "Dice la versione", NULL, NULL, CLI_NOTHING, run_version},
    {NULL},
};
