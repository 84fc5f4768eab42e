/* OpenDocument spreadsheets (ISO/IEC 26300): content.xml > table > row > cell. */
#include "kit/doc/sheet_parts.h"

#include <string.h>

enum { CELL_MAX = 128 * 1024 };

struct ods {
    int depth; /* of tables: 1 inside the first; those within cells are deeper */
    bool done; /* the first is over */
    int notes; /* inside an annotation */
    int64_t row, column;
    int64_t rows, columns; /* how often the row and the cell count */
    bool any;              /* the row has a value */
    char type[16];
    const char *value; /* as the file has it; NULL = the text that is shown */
    struct buf text;
};

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool is_cell(const char *name)
{
    return is(name, "table-cell") || is(name, "covered-table-cell");
}

static void cell_start(struct sheet_xml *xml, struct ods *o, const char **attributes)
{
    const char *type = sheet_attribute(attributes, "value-type");
    const char *day = sheet_attribute(attributes, "date-value");
    const char *value = day != NULL ? day : sheet_attribute(attributes, "value");
    o->columns = sheet_number(sheet_attribute(attributes, "number-columns-repeated"), 1);
    snprintf(o->type, sizeof o->type, "%s", type != NULL ? type : "");
    o->value = value == NULL ? NULL : arena_strdup(xml->reader->arena, value);
    o->text.size = 0;
    o->text.full = false;
    if (o->text.data != NULL)
        o->text.data[0] = '\0';
}

/* Paragraphs of a cell are parted by a space. */
static void text_start(struct sheet_xml *xml, struct ods *o, const char *name,
                       const char **attributes)
{
    if (is(name, "p")) {
        if (o->text.size > 0)
            buf_char(&o->text, ' ');
        xml->text = &o->text;
    } else if (is(name, "s") && xml->text != NULL) {
        int64_t count = sheet_number(sheet_attribute(attributes, "c"), 1);
        for (int64_t i = 0; i < count && i < 64; i++)
            buf_char(&o->text, ' ');
    } else if ((is(name, "tab") || is(name, "line-break")) && xml->text != NULL) {
        buf_char(&o->text, ' ');
    }
}

static bool ods_start(struct sheet_xml *xml, const char *name, const char **attributes)
{
    struct ods *o = xml->data;
    o->depth += is(name, "table");
    o->notes += is(name, "annotation");
    if (o->done || o->depth != 1 || o->notes > 0) {
        xml->text = NULL;
        return true;
    }
    if (is(name, "table-row")) {
        o->rows = sheet_number(sheet_attribute(attributes, "number-rows-repeated"), 1);
        o->column = 0;
        o->any = false;
    } else if (is_cell(name)) {
        cell_start(xml, o, attributes);
    } else {
        text_start(xml, o, name, attributes);
    }
    return true;
}

/* The decimals of what is shown; the mark is the last point or comma. */
static int decimals_of(const char *shown)
{
    const char *mark = NULL;
    int digits = 0;
    for (const char *c = shown; *c != '\0'; c++)
        if (*c == ',' || *c == '.')
            mark = c;
    for (const char *c = mark; c != NULL && *c != '\0'; c++)
        digits += *c >= '0' && *c <= '9';
    return strpbrk(shown, "0123456789") == NULL || strpbrk(shown, "Ee") != NULL ? SHOWN_PLAIN
                                                                                : digits;
}

static const char *cell_text(struct sheet_reader *reader, struct ods *o)
{
    const char *shown = o->text.data != NULL ? o->text.data : "";
    if (o->value == NULL || is(o->type, "string"))
        return shown;
    if (is(o->type, "date"))
        return arena_strndup(reader->arena, o->value, strcspn(o->value, "T"));
    if (is(o->type, "float") || is(o->type, "currency"))
        return sheet_round(reader->arena, o->value, decimals_of(shown));
    return is(o->type, "percentage") ? sheet_round(reader->arena, o->value, SHOWN_PLAIN) : shown;
}

static bool cell_end(struct sheet_xml *xml, struct ods *o)
{
    const char *text = cell_text(xml->reader, o);
    bool filled = text[strspn(text, " \t\r\n")] != '\0';
    if (o->text.full || (filled && o->columns > SHEET_READ_COLUMNS))
        return err_set(xml->reader->err, ERR_INPUT,
                       "una cella della riga %lld è troppo lunga o ripetuta troppe volte",
                       (long long)o->row + 1);
    for (int64_t i = 0; i < o->columns && filled; i++)
        if (!sheet_put(xml->reader, o->row, o->column + i, text))
            return false;
    o->any = o->any || filled;
    o->column += o->columns;
    return true;
}

/* Rows that are alike stand once in the file. */
static bool repeat_row(struct sheet_reader *reader, int64_t times)
{
    struct buf *out = &reader->out;
    const char *start = memrchr(out->data, '\n', out->size);
    const char *line = arena_strdup(reader->arena, start == NULL ? out->data : start + 1);
    if (reader->row + times > SHEET_READ_ROWS)
        return err_set(reader->err, ERR_INPUT, "la riga %lld è ripetuta troppe volte",
                       (long long)reader->row + 1);
    for (int64_t i = 1; i < times && !out->full; i++, reader->row++) {
        buf_char(out, '\n');
        buf_text(out, line);
    }
    return !out->full || err_set(reader->err, ERR_INPUT, "il foglio ha più di %zu KB di testo",
                                 reader->most / 1024);
}

static bool ods_end(struct sheet_xml *xml, const char *name)
{
    struct ods *o = xml->data;
    bool inside = !o->done && o->depth == 1 && o->notes == 0;
    if (is(name, "p"))
        xml->text = NULL;
    o->notes -= is(name, "annotation");
    if (is(name, "table")) {
        o->done = o->done || o->depth == 1;
        o->depth--;
    }
    if (inside && is(name, "table-row")) {
        if (o->any && o->rows > 1 && !repeat_row(xml->reader, o->rows))
            return false;
        o->row += o->rows;
    }
    return !inside || !is_cell(name) || cell_end(xml, o);
}

bool sheet_read_ods(struct sheet_reader *reader)
{
    struct ods *o = ARENA_NEW(reader->arena, struct ods);
    buf_init(&o->text, reader->arena, CELL_MAX);
    o->columns = o->rows = 1;
    return sheet_parse(reader, "content.xml",
                       &(struct sheet_xml){.data = o, .start = ods_start, .end = ods_end});
}
