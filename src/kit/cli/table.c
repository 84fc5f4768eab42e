#include "kit/cli/inside.h"

#include "base/text.h"

#include <string.h>

const struct cli_option cli_standard[] = {
    {"dati", "CARTELLA", "cartella dei dati (altrimenti ZONALE_DATI)", false},
    {"database", "URL", "file SQLite o postgresql://… (altrimenti quello configurato)", false},
    {"chiave", "FILE", "file della chiave, fuori dalla cartella dei dati", false},
    {"json", NULL, "risultato in JSON sullo standard output", false},
    {"quiet", NULL, "nessun avanzamento né messaggio che non sia un errore", false},
    {"help", NULL, "spiegazione", false},
    {NULL},
};

const struct cli_command **cli_all(struct arena *arena, const struct cli_program *program)
{
    const struct cli_command **all = ARENA_NEWS(arena, const struct cli_command *, CLI_COMMANDS);
    size_t count = 0;

    for (size_t t = 0; program->commands[t] != NULL; t++)
        for (const struct cli_command *c = program->commands[t]; c->name != NULL; c++)
            if (count < CLI_COMMANDS - 1)
                all[count++] = c;
    return all;
}

const struct cli_command *cli_find(const struct cli_program *program, const char *name)
{
    for (size_t t = 0; program->commands[t] != NULL; t++)
        for (const struct cli_command *c = program->commands[t]; c->name != NULL; c++)
            if (strcmp(c->name, name) == 0)
                return c;
    return NULL;
}

bool cli_is_noun(const struct cli_program *program, const char *word)
{
    size_t size = strlen(word);

    for (size_t t = 0; program->commands[t] != NULL; t++)
        for (const struct cli_command *c = program->commands[t]; c->name != NULL; c++)
            if (strncmp(c->name, word, size) == 0 && c->name[size] == ' ')
                return true;
    return false;
}

const char *cli_noun(struct arena *arena, const char *name, const char **rest)
{
    size_t size = strcspn(name, " ");

    if (rest != NULL)
        *rest = name[size] == ' ' ? name + size + 1 : NULL;
    return arena_strndup(arena, name, size);
}

bool cli_positional(const struct cli_option *option)
{
    return option->name[0] == '!';
}

const char *cli_option_name(const struct cli_option *option)
{
    return option->name + (cli_positional(option) ? 1 : 0);
}

const char *cli_nearest(const char *typed, const char *const *words)
{
    const char *best = NULL;
    int most = (int)(text_length(typed) / 3) + 1;
    int least = most + 1;

    for (size_t i = 0; words[i] != NULL; i++) {
        int distance = text_distance(typed, words[i], most);

        if (distance < least) {
            least = distance;
            best = words[i];
        }
    }
    return best;
}
