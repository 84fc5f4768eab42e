/* Office Open XML (ECMA-376): workbook > relationships > styles, shared strings, sheet. */
#include "kit/doc/sheet_parts.h"

#include <string.h>

enum { STYLES_MAX = 65536, FORMATS_MAX = 4096, STRINGS_MAX = 1 << 20, CELL_MAX = 32 * 1024 };

struct format {
    int64_t number;
    int shown;
};

struct xlsx {
    struct sheet_reader *reader;
    const char *relation, *place; /* of the sheet */
    bool since_1904;
    struct format *formats;
    size_t formats_count;
    signed char *styles;
    size_t styles_count;
    bool in_cell_styles;
    const char **strings;
    size_t strings_count, strings_room, strings_size;
    struct buf text;
    bool phonetic;

    /* the cell being read */
    int64_t row, column;
    char type[12];
    int shown;
};

static bool too_much(struct sheet_reader *reader, const char *what)
{
    return err_set(reader->err, ERR_INPUT, "il foglio ha troppi %s", what);
}

/* ---- workbook
 * ------------------------------------------------------------------------------------ */

static bool workbook_start(struct sheet_xml *xml, const char *name, const char **attributes)
{
    struct xlsx *x = xml->data;
    if (strcmp(name, "workbookPr") == 0) {
        const char *since = sheet_attribute(attributes, "date1904");
        x->since_1904 = since != NULL && (strcmp(since, "1") == 0 || strcmp(since, "true") == 0);
    } else if (strcmp(name, "sheet") == 0 && x->relation == NULL) {
        const char *state = sheet_attribute(attributes, "state");
        const char *id = sheet_attribute(attributes, "id");
        if (id != NULL && (state == NULL || strcmp(state, "visible") == 0))
            x->relation = arena_strdup(xml->reader->arena, id);
    }
    return true;
}

static bool relations_start(struct sheet_xml *xml, const char *name, const char **attributes)
{
    struct xlsx *x = xml->data;
    const char *id = sheet_attribute(attributes, "Id");
    const char *target = sheet_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") == 0 && id != NULL && target != NULL &&
        strcmp(id, x->relation) == 0)
        x->place = *target == '/' ? arena_strdup(xml->reader->arena, target + 1)
                                  : arena_printf(xml->reader->arena, "xl/%s", target);
    return true;
}

/* ---- styles
 * -------------------------------------------------------------------------------------- */

static int shown_of(const struct xlsx *x, int64_t number)
{
    for (size_t i = 0; i < x->formats_count; i++)
        if (x->formats[i].number == number)
            return x->formats[i].shown;
    return sheet_shown_built_in(number);
}

static bool styles_start(struct sheet_xml *xml, const char *name, const char **attributes)
{
    struct xlsx *x = xml->data;
    int64_t number = sheet_number(sheet_attribute(attributes, "numFmtId"), 0);
    if (strcmp(name, "numFmt") == 0) {
        const char *code = sheet_attribute(attributes, "formatCode");
        if (x->formats_count == FORMATS_MAX)
            return too_much(xml->reader, "formati");
        x->formats[x->formats_count++] =
            (struct format){number, sheet_shown(code != NULL ? code : "")};
    } else if (strcmp(name, "cellXfs") == 0) {
        x->in_cell_styles = true;
    } else if (strcmp(name, "xf") == 0 && x->in_cell_styles) {
        if (x->styles_count == STYLES_MAX)
            return too_much(xml->reader, "stili");
        x->styles[x->styles_count++] = (signed char)shown_of(x, number);
    }
    return true;
}

static bool styles_end(struct sheet_xml *xml, const char *name)
{
    struct xlsx *x = xml->data;
    if (strcmp(name, "cellXfs") == 0)
        x->in_cell_styles = false;
    return true;
}

/* ---- shared strings
 * ------------------------------------------------------------------------------ */

static bool text_start(struct sheet_xml *xml, const char *name)
{
    struct xlsx *x = xml->data;
    x->phonetic = x->phonetic || strcmp(name, "rPh") == 0;
    if (strcmp(name, "t") == 0 && !x->phonetic)
        xml->text = &x->text;
    return true;
}

static void text_end(struct sheet_xml *xml, const char *name)
{
    struct xlsx *x = xml->data;
    if (strcmp(name, "rPh") == 0)
        x->phonetic = false;
    if (strcmp(name, "t") == 0)
        xml->text = NULL;
}

static void text_new(struct xlsx *x)
{
    x->text.size = 0;
    x->text.full = false;
    if (x->text.data != NULL)
        x->text.data[0] = '\0';
}

static const char *text_of(const struct xlsx *x)
{
    return x->text.data != NULL ? x->text.data : "";
}

static bool strings_start(struct sheet_xml *xml, const char *name, const char **attributes)
{
    (void)attributes;
    if (strcmp(name, "si") == 0)
        text_new(xml->data);
    return text_start(xml, name);
}

static bool keep_string(struct xlsx *x)
{
    struct sheet_reader *reader = x->reader;
    x->strings_size += x->text.size;
    if (x->strings_count == STRINGS_MAX || x->strings_size > reader->most)
        return too_much(reader, "testi");
    if (x->strings_count == x->strings_room) {
        size_t room = x->strings_room > 0 ? x->strings_room * 2 : 256;
        const char **more = ARENA_NEWS(reader->arena, const char *, room);
        if (x->strings_count > 0)
            memcpy(more, x->strings, x->strings_count * sizeof *more);
        x->strings = more;
        x->strings_room = room;
    }
    x->strings[x->strings_count++] = arena_strdup(reader->arena, text_of(x));
    return true;
}

static bool strings_end(struct sheet_xml *xml, const char *name)
{
    text_end(xml, name);
    return strcmp(name, "si") != 0 || keep_string(xml->data);
}

/* ---- sheet
 * --------------------------------------------------------------------------------------- */

/* "AB12" to column 27, row 11; without letters or digits they stay as they are. */
static void read_place(const char *text, int64_t *row, int64_t *column)
{
    int64_t letters = 0;
    for (; *text >= 'A' && *text <= 'Z' && letters < 1 << 20; text++)
        letters = letters * 26 + (*text - 'A' + 1);
    if (letters > 0)
        *column = letters - 1;
    *row = sheet_number(text, *row + 1) - 1;
}

static bool sheet_start(struct sheet_xml *xml, const char *name, const char **attributes)
{
    struct xlsx *x = xml->data;
    if (strcmp(name, "row") == 0) {
        x->row = sheet_number(sheet_attribute(attributes, "r"), x->row + 2) - 1;
        x->column = -1;
    } else if (strcmp(name, "c") == 0) {
        const char *place = sheet_attribute(attributes, "r");
        const char *type = sheet_attribute(attributes, "t");
        int64_t style = sheet_number(sheet_attribute(attributes, "s"), -1);
        x->column++;
        if (place != NULL)
            read_place(place, &x->row, &x->column);
        snprintf(x->type, sizeof x->type, "%s", type != NULL ? type : "n");
        x->shown = style >= 0 && (size_t)style < x->styles_count ? x->styles[style] : SHOWN_PLAIN;
        text_new(x);
    } else if (strcmp(name, "v") == 0) {
        xml->text = &x->text;
    }
    return strcmp(x->type, "inlineStr") != 0 || text_start(xml, name);
}

static const char *cell_text(struct xlsx *x)
{
    struct arena *arena = x->reader->arena;
    const char *text = text_of(x);
    if (strcmp(x->type, "s") == 0) {
        int64_t index = sheet_number(text, -1);
        return index >= 0 && (size_t)index < x->strings_count ? x->strings[index] : "";
    }
    if (strcmp(x->type, "n") != 0)
        return text;
    return x->shown == SHOWN_DAY ? sheet_day(arena, text, x->since_1904)
                                 : sheet_round(arena, text, x->shown);
}

static bool sheet_end(struct sheet_xml *xml, const char *name)
{
    struct xlsx *x = xml->data;
    text_end(xml, name);
    if (strcmp(name, "v") == 0)
        xml->text = NULL;
    if (strcmp(name, "c") != 0)
        return true;
    if (x->text.full)
        return err_set(xml->reader->err, ERR_INPUT, "una cella della riga %lld è troppo lunga",
                       (long long)x->row + 1);
    return sheet_put(xml->reader, x->row, x->column, cell_text(x));
}

bool sheet_read_xlsx(struct sheet_reader *reader)
{
    struct xlsx *x = ARENA_NEW(reader->arena, struct xlsx);
    *x = (struct xlsx){.reader = reader, .row = -1, .column = -1};
    x->formats = ARENA_NEWS(reader->arena, struct format, FORMATS_MAX);
    x->styles = ARENA_NEWS(reader->arena, signed char, STYLES_MAX);
    buf_init(&x->text, reader->arena, CELL_MAX * 4);
    if (!sheet_parse(reader, "xl/workbook.xml",
                     &(struct sheet_xml){.data = x, .start = workbook_start}))
        return false;
    if (x->relation == NULL)
        return err_set(reader->err, ERR_INPUT, "il file non ha un foglio che si veda");
    if (!sheet_parse(reader, "xl/_rels/workbook.xml.rels",
                     &(struct sheet_xml){.data = x, .start = relations_start}))
        return false;
    if (sheet_has(reader, "xl/styles.xml") &&
        !sheet_parse(reader, "xl/styles.xml",
                     &(struct sheet_xml){.data = x, .start = styles_start, .end = styles_end}))
        return false;
    if (sheet_has(reader, "xl/sharedStrings.xml") &&
        !sheet_parse(reader, "xl/sharedStrings.xml",
                     &(struct sheet_xml){.data = x, .start = strings_start, .end = strings_end}))
        return false;
    return sheet_parse(reader, x->place != NULL ? x->place : "xl/worksheets/sheet1.xml",
                       &(struct sheet_xml){.data = x, .start = sheet_start, .end = sheet_end});
}
