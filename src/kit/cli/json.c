#include "kit/cli/inside.h"

#include <jansson.h>

static json_t *text(const char *value)
{
    return value ? json_string(value) : json_null();
}

static json_t *option_json(const struct cli_option *o)
{
    json_t *made = json_object();

    json_object_set_new(made, "nome", text(cli_option_name(o)));
    json_object_set_new(made, "posizione", json_boolean(cli_positional(o)));
    json_object_set_new(made, "valore", text(o->value));
    json_object_set_new(made, "spiegazione", text(o->help));
    json_object_set_new(made, "obbligatoria", json_boolean(o->required));
    return made;
}

static json_t *options_json(const struct cli_option *options)
{
    json_t *made = json_array();

    for (const struct cli_option *o = options; o != NULL && o->name != NULL; o++)
        json_array_append_new(made, option_json(o));
    return made;
}

void cli_help_json(FILE *out, struct arena *arena, const struct cli_program *program)
{
    const struct cli_command **all = cli_all(arena, program);
    json_t *root = json_object(), *commands = json_array();

    json_object_set_new(root, "programma", text(program->name));
    json_object_set_new(root, "versione", text(program->version));
    json_object_set_new(root, "opzioni", options_json(cli_standard));
    for (size_t i = 0; all[i] != NULL; i++) {
        json_t *made = json_object();

        json_object_set_new(made, "comando", text(all[i]->name));
        json_object_set_new(made, "riassunto", text(all[i]->summary));
        json_object_set_new(made, "spiegazione", text(all[i]->help));
        json_object_set_new(made, "opzioni", options_json(all[i]->options));
        json_object_set_new(made, "scrive", json_boolean(all[i]->need == CLI_WRITE));
        json_array_append_new(commands, made);
    }
    json_object_set_new(root, "comandi", commands);
    (void)json_dumpf(root, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(root);
}
