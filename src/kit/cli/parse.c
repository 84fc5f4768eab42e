#include "kit/cli/inside.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* The state of one parse. */
struct parse {
    struct cli *cli;
    int argc;
    char **argv;
    bool taken[CLI_WORDS]; /* words that named the command or a standard option */
    bool help;
    bool version;
    bool ended; /* after "--" only positionals come */
    size_t positionals;
};

static bool wrong(struct parse *parse, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool wrong(struct parse *parse, const char *format, ...)
{
    struct cli *cli = parse->cli;
    const struct cli_command *command = cli->command;
    va_list args;

    va_start(args, format);
    fprintf(cli->io.err, "%s: %s%s", cli->program->name, command ? command->name : "",
            command ? ": " : "");
    vfprintf(cli->io.err, format, args);
    va_end(args);
    fprintf(cli->io.err, "\nProva: %s %s%s--help\n", cli->program->name,
            command ? command->name : "", command ? " " : "");
    return false;
}

static const char *suggestion(struct parse *parse, const char *typed, const char *const *words)
{
    const char *near = cli_nearest(typed, words);

    return near ? arena_printf(parse->cli->arena, " (forse “%s”?)", near) : "";
}

/* ---- options ----------------------------------------------------------------------------- */

static const struct cli_option *find_option(const struct cli_option *options, const char *name,
                                            size_t size)
{
    for (const struct cli_option *o = options; o != NULL && o->name != NULL; o++)
        if (!cli_positional(o) && strlen(o->name) == size && strncmp(o->name, name, size) == 0)
            return o;
    return NULL;
}

static const struct cli_option *known_option(const struct parse *parse, const char *word,
                                             const char **value)
{
    const char *name = word + 2;
    size_t size = strcspn(name, "=");
    const struct cli_command *command = parse->cli->command;
    const struct cli_option *found = NULL;

    *value = name[size] == '=' ? name + size + 1 : NULL;
    if (command != NULL)
        found = find_option(command->options, name, size);
    return found ? found : find_option(cli_standard, name, size);
}

static bool unknown_option(struct parse *parse, const char *word)
{
    const char *names[CLI_VALUES * 2] = {NULL};
    size_t count = 0;
    char name[CLI_NAME_SIZE];

    for (const struct cli_option *o = parse->cli->command->options; o != NULL && o->name; o++)
        if (!cli_positional(o) && count < CLI_VALUES)
            names[count++] = o->name;
    for (const struct cli_option *o = cli_standard; o->name != NULL; o++)
        names[count++] = o->name;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="), word + 2);
    const char *near = cli_nearest(name, names);
    return wrong(parse, "opzione sconosciuta “--%s”%s%s%s", name, near ? " (forse “--" : "",
                 near ? near : "", near ? "”?)" : "");
}

static bool keep(struct parse *parse, const struct cli_option *option, const char *text)
{
    struct cli *cli = parse->cli;
    bool positional = cli_positional(option);

    for (size_t i = 0; i < cli->count; i++)
        if (cli->values[i].option == option)
            return wrong(parse, "%s%s: indicato due volte", positional ? "" : "--",
                         cli_option_name(option));
    if (cli->count == CLI_VALUES)
        return wrong(parse, "troppe opzioni");
    cli->values[cli->count++] = (struct cli_value){option, text};
    return true;
}

/* Takes an option and its value; `at` moves onto the value where that is a word of its own. */
static bool take_option(struct parse *parse, int *at)
{
    const char *text;
    const struct cli_option *option = known_option(parse, parse->argv[*at], &text);

    if (option == NULL)
        return unknown_option(parse, parse->argv[*at]);
    if (option->value == NULL && text != NULL)
        return wrong(parse, "--%s: non vuole un valore", option->name);
    if (option->value != NULL && text == NULL) {
        if (*at + 1 >= parse->argc)
            return wrong(parse, "--%s: manca il valore (%s)", option->name, option->value);
        text = parse->argv[++*at];
    }
    return keep(parse, option, text ? text : "");
}

static bool take_positional(struct parse *parse, const char *word)
{
    size_t at = 0;

    for (const struct cli_option *o = parse->cli->command->options; o != NULL && o->name; o++) {
        if (!cli_positional(o))
            continue;
        if (at++ == parse->positionals) {
            parse->positionals++;
            return keep(parse, o, word);
        }
    }
    return wrong(parse, "“%s” è di troppo", word);
}

static bool take_words(struct parse *parse)
{
    for (int at = 1; at < parse->argc; at++) {
        const char *word = parse->argv[at];

        if (parse->taken[at])
            continue;
        if (!parse->ended && strcmp(word, "--") == 0)
            parse->ended = true;
        else if (!parse->ended && strncmp(word, "--", 2) == 0) {
            if (!take_option(parse, &at))
                return false;
        } else if (!take_positional(parse, word))
            return false;
    }
    return true;
}

static bool check_required(struct parse *parse)
{
    for (const struct cli_option *o = parse->cli->command->options; o != NULL && o->name; o++)
        if (o->required && cli_text(parse->cli, cli_option_name(o)) == NULL)
            return cli_positional(o)
                       ? wrong(parse, "manca %s (%s)", cli_option_name(o), o->help)
                       : wrong(parse, "manca --%s %s (%s)", o->name, o->value, o->help);
    return true;
}

/* ---- command ----------------------------------------------------------------------------- */

/* Words before the command are standard options only: "zonale --dati x rette calcola". */
static int next_word(struct parse *parse, int at)
{
    for (; at < parse->argc; at++) {
        const char *word = parse->argv[at], *value;

        if (strncmp(word, "--", 2) != 0)
            return word[0] == '-' && word[1] != '\0' ? parse->argc : at;
        const struct cli_option *option = known_option(parse, word, &value);
        if (option == NULL)
            return parse->argc;
        if (option->value != NULL && value == NULL)
            at++;
    }
    return parse->argc;
}

static bool unknown_command(struct parse *parse, const char *first, const char *second)
{
    struct arena *arena = parse->cli->arena;
    const struct cli_command **all = cli_all(arena, parse->cli->program);
    const char **words = ARENA_NEWS(arena, const char *, CLI_COMMANDS);
    bool noun = cli_is_noun(parse->cli->program, first);
    size_t count = 0;

    for (size_t i = 0; all[i] != NULL; i++) {
        const char *rest, *own = cli_noun(arena, all[i]->name, &rest);

        if (!noun)
            words[count++] = own;
        else if (strcmp(own, first) == 0 && rest != NULL)
            words[count++] = rest;
    }
    if (!noun)
        return wrong(parse, "comando sconosciuto “%s”%s", first, suggestion(parse, first, words));
    if (second == NULL)
        return wrong(parse, "%s: manca il comando; vedi “%s help %s”", first,
                     parse->cli->program->name, first);
    return wrong(parse, "%s: comando sconosciuto “%s”%s", first, second,
                 suggestion(parse, second, words));
}

static bool find_command(struct parse *parse)
{
    struct cli *cli = parse->cli;
    int first = next_word(parse, 1), second = next_word(parse, first + 1);
    const char *a = first < parse->argc ? parse->argv[first] : NULL;
    const char *b = second < parse->argc ? parse->argv[second] : NULL;

    if (a == NULL)
        return false;
    parse->taken[first] = true;
    if (b != NULL) {
        cli->command = cli_find(cli->program, arena_printf(cli->arena, "%s %s", a, b));
        parse->taken[second] = cli->command != NULL;
    }
    if (cli->command == NULL)
        cli->command = cli_find(cli->program, a);
    if (cli->command != NULL)
        return true;
    if (parse->help && b == NULL && cli_is_noun(cli->program, a))
        (void)cli_help(cli->io.out, cli->arena, cli->program, a);
    else
        parse->help = unknown_command(parse, a, b); /* always false: the help is not shown */
    return false;
}

/* ---- whole ------------------------------------------------------------------------------- */

static bool check_words(struct parse *parse)
{
    if (parse->argc > CLI_WORDS)
        return wrong(parse, "troppe parole (al massimo %d)", CLI_WORDS);
    for (int at = 1; at < parse->argc; at++) {
        const char *word = parse->argv[at];
        size_t size = strnlen(word, CLI_WORD_SIZE + 1);

        if (size > CLI_WORD_SIZE)
            return wrong(parse, "parola %d troppo lunga", at);
        if (!text_valid(word, size))
            return wrong(parse, "parola %d: non è testo UTF-8", at);
        if (strcmp(word, "--") == 0)
            break;
        parse->help |= strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
        parse->version |= strcmp(word, "--version") == 0;
    }
    return true;
}

static void take_standard(struct cli *cli)
{
    const char *folder = getenv("ZONALE_DATI");

    cli->json = cli_flag(cli, "json");
    cli->quiet = cli_flag(cli, "quiet");
    cli->place.dati = cli_text(cli, "dati");
    if (cli->place.dati == NULL && folder != NULL && folder[0] != '\0')
        cli->place.dati = folder;
    cli->place.database = cli_text(cli, "database");
    cli->place.chiave = cli_text(cli, "chiave");
}

/* Neither a command nor a noun's help: the program's own help, or nothing left to say. */
static int without_command(struct parse *parse)
{
    struct cli *cli = parse->cli;
    int first = next_word(parse, 1);

    if (first < parse->argc)
        return parse->help ? EXIT_DONE : EXIT_USAGE;
    if (parse->help || parse->argc > 1) {
        if (!parse->help) {
            (void)wrong(parse, "manca il comando, o l’opzione non è nota");
            return EXIT_USAGE;
        }
        (void)cli_help(cli->io.out, cli->arena, cli->program, NULL);
        return EXIT_DONE;
    }
    (void)cli_help(cli->io.err, cli->arena, cli->program, NULL);
    return EXIT_USAGE;
}

bool cli_parse(struct cli **made, struct arena *arena, const struct cli_program *program,
               const struct cli_io *io, int argc, char **argv, int *code)
{
    struct cli *cli = ARENA_NEW(arena, struct cli);
    struct parse parse = {.cli = cli, .argc = argc, .argv = argv};

    *cli = (struct cli){.arena = arena, .program = program, .io = *io, .percent = -1};
    *made = cli;
    *code = EXIT_USAGE;
    if (!check_words(&parse))
        return false;
    if (parse.version && next_word(&parse, 1) >= argc) {
        fprintf(io->out, "%s %s\n", program->name, program->version);
        *code = EXIT_DONE;
        return false;
    }
    if (!find_command(&parse)) {
        *code = without_command(&parse);
        return false;
    }
    if (parse.help) {
        (void)cli_help(io->out, arena, program, cli->command->name);
        *code = EXIT_DONE;
        return false;
    }
    if (!take_words(&parse) || !check_required(&parse))
        return false;
    take_standard(cli);
    return true;
}
