/* What the files of kit/cli share. */
#ifndef ZONALE_KIT_CLI_INSIDE_H
#define ZONALE_KIT_CLI_INSIDE_H

#include "kit/cli/cli.h"

enum { CLI_VALUES = 48, CLI_COMMANDS = 256, CLI_NAME_SIZE = 64 };

struct cli_value {
    const struct cli_option *option;
    const char *text; /* "" for a switch */
};

struct cli {
    struct arena *arena;
    const struct cli_program *program;
    const struct cli_command *command;
    struct cli_value values[CLI_VALUES];
    size_t count;
    struct cli_io io;
    struct cli_place place;
    struct db *db;
    bool quiet;
    bool json;
    int percent; /* last one shown; -1 = none yet */
};

extern const struct cli_option cli_standard[]; /* --dati … --help */

/* Commands of all tables, in order, ended by NULL. */
const struct cli_command **cli_all(struct arena *arena, const struct cli_program *program);
/* The command of that exact name, or NULL. */
const struct cli_command *cli_find(const struct cli_program *program, const char *name);
/* Does any command begin with this word ("rette")? */
bool cli_is_noun(const struct cli_program *program, const char *word);
/* First word of a name, in the arena; `rest` (may be NULL) gets what follows, or NULL. */
const char *cli_noun(struct arena *arena, const char *name, const char **rest);
bool cli_positional(const struct cli_option *option);
/* Without the mark of a positional. */
const char *cli_option_name(const struct cli_option *option);

/* `topic` NULL: the program; a noun; a command's name. False: no such topic. */
bool cli_help(FILE *out, struct arena *arena, const struct cli_program *program, const char *topic);
void cli_help_json(FILE *out, struct arena *arena, const struct cli_program *program);
void cli_man(FILE *out, struct arena *arena, const struct cli_program *program);
void cli_completion_bash(FILE *out, struct arena *arena, const struct cli_program *program);
void cli_completion_zsh(FILE *out, struct arena *arena, const struct cli_program *program);
/* Words of `text` in lines of at most `width` characters, each after `indent` spaces. */
void cli_wrap(FILE *out, const char *text, int indent, int width);
/* The nearest of `words` (ended by NULL) to a mistyped one; NULL when none is near. */
const char *cli_nearest(const char *typed, const char *const *words);

#endif
