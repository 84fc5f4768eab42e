#include "kit/doc/sheet_parts.h"

#include "base/csv.h"

#include <expat.h>
#include <string.h>

enum {
    MEMBERS_MAX = 4096,
    CHUNK = 16 * 1024,
};

bool sheet_is(struct bytes file)
{
    return file.size > 4 && memcmp(file.data, "PK\x03\x04", 4) == 0;
}

/* ---- XML ------------------------------------------------------------------------------------- */

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

static void stop(struct sheet_xml *xml)
{
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct sheet_xml *xml = data;
    if (!xml->stopped && !xml->start(xml, local(name), attributes))
        stop(xml);
}

static void on_end(void *data, const char *name)
{
    struct sheet_xml *xml = data;
    if (!xml->stopped && xml->end != NULL && !xml->end(xml, local(name)))
        stop(xml);
}

static void on_text(void *data, const char *text, int size)
{
    struct sheet_xml *xml = data;
    if (xml->text != NULL && !xml->stopped)
        buf_add(xml->text, text, (size_t)size);
}

/* Definitions of entities are how a small file becomes a large one, or reads others. */
static void on_doctype(void *data, const char *name, const char *system, const char *public,
                       int internal)
{
    struct sheet_xml *xml = data;
    (void)name, (void)system, (void)public, (void)internal;
    err_set(xml->reader->err, ERR_INPUT,
            "il foglio porta definizioni proprie (DOCTYPE): non si legge");
    stop(xml);
}

static bool feed(struct sheet_reader *reader, zip_file_t *file, XML_Parser parser)
{
    char chunk[CHUNK];
    for (;;) {
        zip_int64_t size = zip_fread(file, chunk, sizeof chunk);
        if (size < 0)
            return err_set(reader->err, ERR_INPUT, "il foglio è rovinato: non si apre per intero");
        reader->unpacked += (size_t)size;
        if (reader->unpacked > SHEET_READ_UNPACKED)
            return err_set(reader->err, ERR_INPUT, "il foglio, aperto, supera %d MB",
                           SHEET_READ_UNPACKED >> 20);
        if (XML_Parse(parser, chunk, (int)size, size == 0) == XML_STATUS_ERROR)
            return err_set(reader->err, ERR_INPUT,
                           "il foglio è rovinato: il suo testo non è XML ben formato");
        if (size == 0)
            return true;
    }
}

bool sheet_has(const struct sheet_reader *reader, const char *member)
{
    return zip_name_locate(reader->zip, member, 0) >= 0;
}

/* Hooks of the arena and not plain frees: memory may come to its end within the parser. */
static void close_file(void *data)
{
    zip_fclose(data);
}

static void free_parser(void *data)
{
    XML_ParserFree(data);
}

bool sheet_parse(struct sheet_reader *reader, const char *member, struct sheet_xml *xml)
{
    zip_file_t *file = zip_fopen(reader->zip, member, 0);
    if (file == NULL)
        return err_set(reader->err, ERR_INPUT, "il foglio è rovinato: manca «%.100s»", member);
    arena_hook(reader->arena, close_file, file);
    XML_Parser parser = XML_ParserCreate(NULL);
    if (parser == NULL)
        return err_set(reader->err, ERR_BUSY, "no memory for a parser");
    arena_hook(reader->arena, free_parser, parser);
    xml->reader = reader;
    xml->parser = parser;
    XML_SetUserData(parser, xml);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    return feed(reader, file, parser);
}

const char *sheet_attribute(const char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

int64_t sheet_number(const char *text, int64_t otherwise)
{
    int64_t number = 0;
    if (text == NULL || *text == '\0')
        return otherwise;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9' || number > (INT32_MAX - 9) / 10)
            return otherwise;
        number = number * 10 + (*text - '0');
    }
    return number;
}

/* ---- text out -------------------------------------------------------------------------------- */

static const char *one_line(struct arena *arena, const char *text)
{
    char *line = arena_strdup(arena, text);
    for (char *c = line; *c != '\0'; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
    return line;
}

bool sheet_put(struct sheet_reader *reader, int64_t row, int64_t column, const char *text)
{
    if (text[strspn(text, " \t\r\n")] == '\0')
        return true;
    if (row >= SHEET_READ_ROWS || column >= SHEET_READ_COLUMNS)
        return err_set(reader->err, ERR_INPUT,
                       "il foglio ha celle oltre la riga %d o la colonna %d", SHEET_READ_ROWS,
                       SHEET_READ_COLUMNS);
    if (row < reader->row || (row == reader->row && column < reader->column))
        return err_set(reader->err, ERR_INPUT, "il foglio è rovinato: le celle non sono in ordine");
    for (; reader->row < row; reader->row++, reader->column = 0)
        buf_char(&reader->out, '\n');
    for (; reader->column < column; reader->column++)
        buf_char(&reader->out, '\t');
    csv_cell(&reader->out, '\t', true, one_line(reader->arena, text));
    if (reader->out.full)
        return err_set(reader->err, ERR_INPUT, "il foglio ha più di %zu KB di testo",
                       reader->most / 1024);
    return true;
}

/* ---- the file -------------------------------------------------------------------------------- */

static bool read_archive(struct sheet_reader *reader)
{
    if (zip_get_num_entries(reader->zip, 0) > MEMBERS_MAX)
        return err_set(reader->err, ERR_INPUT, "il file contiene troppe parti");
    if (sheet_has(reader, "xl/workbook.xml"))
        return sheet_read_xlsx(reader);
    if (sheet_has(reader, "content.xml"))
        return sheet_read_ods(reader);
    return err_set(reader->err, ERR_INPUT, "il file non è un foglio XLSX o ODS");
}

static void close_zip(void *data)
{
    zip_discard(data);
}

bool sheet_to_text(struct arena *arena, struct bytes file, size_t most, struct bytes *text,
                   struct err *err)
{
    struct sheet_reader *reader = ARENA_NEW(arena, struct sheet_reader);
    *reader = (struct sheet_reader){.arena = arena, .err = err, .most = most};
    zip_source_t *source = zip_source_buffer_create(file.data, file.size, 0, NULL);
    reader->zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (reader->zip == NULL) {
        zip_source_free(source);
        return err_set(err, ERR_INPUT, "il foglio è rovinato: non si apre");
    }
    arena_hook(arena, close_zip, reader->zip);
    buf_init(&reader->out, arena, most);
    if (!read_archive(reader))
        return false;
    buf_char(&reader->out, '\n');
    *text = (struct bytes){(const unsigned char *)reader->out.data, reader->out.size};
    return true;
}
