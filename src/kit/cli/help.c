#include "kit/cli/inside.h"

#include "base/text.h"

#include <string.h>

enum { WIDTH = 78, COLUMN = 26 };

static size_t line_end(const char *text, size_t width)
{
    size_t at = 0, last = 0, shown = 0;

    while (text[at] != '\0' && text[at] != '\n') {
        if (text[at] == ' ')
            last = at;
        if (((unsigned char)text[at] & 0xC0U) != 0x80U && ++shown > width)
            return last > 0 ? last : at;
        at++;
    }
    return at;
}

/* A line that begins with a space is an example and is left as it is. */
void cli_wrap(FILE *out, const char *text, int indent, int width)
{
    size_t room = (size_t)(width - indent);

    while (*text != '\0') {
        size_t end = *text == ' ' ? strcspn(text, "\n") : line_end(text, room);

        fprintf(out, "%*s%.*s\n", end > 0 ? indent : 0, "", (int)end, text);
        text += end;
        if (*text == '\n' || *text == ' ')
            text++;
    }
}

static void show_pair(FILE *out, const char *left, const char *right)
{
    size_t size = text_length(left);

    if (size + 4 > COLUMN) {
        fprintf(out, "  %s\n", left);
        cli_wrap(out, right, COLUMN, WIDTH);
        return;
    }
    size_t end = line_end(right, WIDTH - COLUMN);
    fprintf(out, "  %s%*s%.*s\n", left, COLUMN - 2 - (int)size, "", (int)end, right);
    if (right[end] != '\0')
        cli_wrap(out, right + end + 1, COLUMN, WIDTH);
}

static void show_option(FILE *out, struct arena *arena, const struct cli_option *option)
{
    const char *left = cli_positional(option) ? cli_option_name(option)
                       : option->value ? arena_printf(arena, "--%s %s", option->name, option->value)
                                       : arena_printf(arena, "--%s", option->name);

    show_pair(out, left, option->help);
}

static void show_synopsis(FILE *out, const struct cli_program *program,
                          const struct cli_command *command)
{
    fprintf(out, "Uso: %s %s", program->name, command->name);
    for (const struct cli_option *o = command->options; o != NULL && o->name != NULL; o++) {
        bool positional = cli_positional(o);

        fprintf(out, " %s%s%s%s%s%s", o->required ? "" : "[", positional ? "" : "--",
                cli_option_name(o), !positional && o->value ? " " : "",
                !positional && o->value ? o->value : "", o->required ? "" : "]");
    }
    fputs("\n\n", out);
}

static void help_command(FILE *out, struct arena *arena, const struct cli_program *program,
                         const struct cli_command *command)
{
    show_synopsis(out, program, command);
    cli_wrap(out, arena_printf(arena, "%s.", command->summary), 0, WIDTH);
    if (command->help != NULL) {
        fputc('\n', out);
        cli_wrap(out, command->help, 0, WIDTH);
    }
    if (command->options != NULL && command->options[0].name != NULL)
        fputs("\nOpzioni:\n", out);
    for (const struct cli_option *o = command->options; o != NULL && o->name != NULL; o++)
        show_option(out, arena, o);
    fputs("\nOpzioni di tutti i comandi:\n", out);
    for (const struct cli_option *o = cli_standard; o->name != NULL; o++)
        show_option(out, arena, o);
}

static bool help_noun(FILE *out, struct arena *arena, const struct cli_program *program,
                      const char *noun)
{
    const struct cli_command **all = cli_all(arena, program);
    const char *rest;

    if (!cli_is_noun(program, noun))
        return false;
    fprintf(out, "Uso: %s %s COMANDO [OPZIONI]\n\nComandi:\n", program->name, noun);
    for (size_t i = 0; all[i] != NULL; i++)
        if (strcmp(cli_noun(arena, all[i]->name, &rest), noun) == 0)
            show_pair(out, all[i]->name, all[i]->summary);
    fprintf(out, "\nPer ogni comando: %s %s COMANDO --help\n", program->name, noun);
    return true;
}

static void help_program(FILE *out, struct arena *arena, const struct cli_program *program)
{
    const struct cli_command **all = cli_all(arena, program);

    fprintf(out, "%s %s — %s\n\nUso: %s COMANDO [OPZIONI]\n\n", program->name, program->version,
            program->summary, program->name);
    cli_wrap(out, program->help, 0, WIDTH);
    fputs("\nComandi:\n", out);
    for (size_t i = 0; all[i] != NULL; i++)
        show_pair(out, all[i]->name, all[i]->summary);
    fputs("\nOpzioni di tutti i comandi:\n", out);
    for (const struct cli_option *o = cli_standard; o->name != NULL; o++)
        show_option(out, arena, o);
    fprintf(out,
            "\nStato di uscita: 0 fatto, 1 non riuscito, 2 uso sbagliato, 3 fatto in parte,\n"
            "4 non trovato, 75 occupato (riprovare).\n"
            "Per ogni comando: %s COMANDO --help\n",
            program->name);
}

bool cli_help(FILE *out, struct arena *arena, const struct cli_program *program, const char *topic)
{
    const struct cli_command *command = topic ? cli_find(program, topic) : NULL;

    if (topic == NULL)
        help_program(out, arena, program);
    else if (command != NULL)
        help_command(out, arena, program, command);
    else
        return help_noun(out, arena, program, topic);
    return true;
}
