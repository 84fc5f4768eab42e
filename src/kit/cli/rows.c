#include "kit/cli/inside.h"

#include "base/text.h"

#include <jansson.h>
#include <string.h>

enum { COLUMNS = 64 };

/* ---- machines ---------------------------------------------------------------------------- */

static json_t *value_of(struct arena *arena, const struct field *field, const void *row)
{
    const char *text;

    if (!field_known(field, row))
        return json_null();
    text = field_machine(arena, field, row);
    if (field->type == FIELD_BOOL)
        return json_boolean(*(const bool *)((const char *)row + field->offset));
    if (field->type == FIELD_INT) {
        int64_t number;

        memcpy(&number, (const char *)row + field->offset, sizeof number);
        return json_integer(number);
    }
    return json_string(text);
}

static void rows_json(struct cx *cx, FILE *out, const struct field *fields, const struct list *rows)
{
    fputc('[', out);
    for (size_t i = 0; i < rows->count; i++) {
        const void *row = (const char *)rows->items + i * rows->size;
        json_t *object = json_object();

        for (const struct field *f = fields; f->type != FIELD_NONE; f++)
            json_object_set_new(object, f->name, value_of(cx->arena, f, row));
        fputs(i > 0 ? ",\n " : "\n ", out);
        (void)json_dumpf(object, out, JSON_COMPACT);
        json_decref(object);
    }
    fputs(rows->count > 0 ? "\n]\n" : "]\n", out);
}

/* ---- people ------------------------------------------------------------------------------ */

static bool to_the_right(enum field_type type)
{
    return type == FIELD_INT || type == FIELD_MONEY || type == FIELD_RATE || type == FIELD_MINUTES;
}

static void cell(FILE *out, const char *text, size_t width, bool right, bool last)
{
    int blank = (int)(width - text_length(text));

    if (right)
        fprintf(out, "%*s%s", blank, "", text);
    else
        fprintf(out, "%s%*s", text, last ? 0 : blank, "");
    fputs(last ? "\n" : "  ", out);
}

static void rows_text(struct cx *cx, FILE *out, const struct field *fields, const struct list *rows)
{
    size_t widths[COLUMNS] = {0}, count = 0;

    for (; count < COLUMNS && fields[count].type != FIELD_NONE; count++) {
        widths[count] = text_length(fields[count].name);
        for (size_t i = 0; i < rows->count; i++) {
            const void *row = (const char *)rows->items + i * rows->size;
            size_t size = text_length(field_it(cx->arena, &fields[count], row));

            widths[count] = size > widths[count] ? size : widths[count];
        }
    }
    for (size_t c = 0; c < count; c++)
        cell(out, fields[c].name, widths[c], to_the_right(fields[c].type), c + 1 == count);
    for (size_t i = 0; i < rows->count; i++)
        for (size_t c = 0; c < count; c++) {
            const void *row = (const char *)rows->items + i * rows->size;

            cell(out, field_it(cx->arena, &fields[c], row), widths[c], to_the_right(fields[c].type),
                 c + 1 == count);
        }
}

void cli_rows(struct cx *cx, struct cli *cli, const struct field *fields, const struct list *rows)
{
    if (cli->json)
        rows_json(cx, cli->io.out, fields, rows);
    else
        rows_text(cx, cli->io.out, fields, rows);
}
