#include "base/csv.h"

#include "base/text.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"

/* Windows-1252 above ASCII's end; the rest of that half is as in Unicode. 0 = no character. */
static const unsigned short windows[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

static char guess_separator(const char *text, size_t size)
{
    size_t counts[3] = {0};
    static const char marks[] = ";,\t";
    bool quoted = false;
    for (size_t i = 0; i < size && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        if (text[i] == '"')
            quoted = !quoted;
        for (size_t m = 0; m < 3 && !quoted; m++)
            counts[m] += text[i] == marks[m];
    }
    size_t best = 0;
    for (size_t m = 1; m < 3; m++)
        if (counts[m] > counts[best])
            best = m;
    return marks[best];
}

void csv_open(struct csv *csv, const char *text, size_t size)
{
    if (size >= 3 && memcmp(text, BOM, 3) == 0) {
        text += 3;
        size -= 3;
    }
    bool nul = memchr(text, '\0', size) != NULL;
    *csv = (struct csv){
        .at = text,
        .end = text + size,
        .separator = guess_separator(text, size),
        .windows = !nul && !text_valid(text, size),
        .nul = nul,
        .line = 1,
    };
}

/* ---- reading ---------------------------------------------------------------------------- */

static void add_byte(struct buf *cell, bool is_windows, char byte)
{
    unsigned code = (unsigned char)byte;
    if (!is_windows || code < 0x80) {
        buf_char(cell, byte);
        return;
    }
    if (code < 0xa0)
        code = windows[code - 0x80] != 0 ? windows[code - 0x80] : 0xfffd;
    if (code < 0x800) {
        buf_char(cell, (char)(0xc0 | code >> 6));
    } else {
        buf_char(cell, (char)(0xe0 | code >> 12));
        buf_char(cell, (char)(0x80 | (code >> 6 & 0x3f)));
    }
    buf_char(cell, (char)(0x80 | (code & 0x3f)));
}

static bool at_line_end(const struct csv *csv)
{
    return csv->at == csv->end || *csv->at == '\n' || *csv->at == '\r';
}

static void skip_line_end(struct csv *csv)
{
    if (csv->at == csv->end)
        return;
    if (*csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n')
        csv->at++;
    csv->at++;
    csv->line++;
}

static void skip_line(struct csv *csv)
{
    while (!at_line_end(csv))
        csv->at++;
    skip_line_end(csv);
}

/* Behind the opening quote. False: it is never closed. */
static bool read_quoted(struct csv *csv, struct buf *cell)
{
    for (; csv->at < csv->end; csv->at++) {
        if (*csv->at == '"') {
            if (csv->at + 1 == csv->end || csv->at[1] != '"') {
                csv->at++;
                return true;
            }
            csv->at++;
        }
        csv->line += *csv->at == '\n';
        add_byte(cell, csv->windows, *csv->at);
    }
    return false;
}

static void skip_spaces(struct csv *csv)
{
    while (csv->at < csv->end && (*csv->at == ' ' || *csv->at == '\t') &&
           *csv->at != csv->separator)
        csv->at++;
}

/* An apostrophe that only keeps a spreadsheet from running the cell. */
static const char *without_guard(const char *text)
{
    bool guarded = text[0] == '\'' && text[1] != '\0' && strchr("=+-@", text[1]) != NULL;
    return guarded ? text + 1 : text;
}

static const char *trimmed(struct buf *cell)
{
    char *text = cell->data;
    size_t size = cell->size;
    while (size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL)
        text[--size] = '\0';
    return without_guard(text + strspn(text, " \t\r\n"));
}

static enum csv_state read_cell(struct csv *csv, struct arena *arena, const char **text)
{
    struct buf cell;
    buf_init(&cell, arena, CSV_CELL);
    skip_spaces(csv);
    if (csv->at < csv->end && *csv->at == '"') {
        csv->at++;
        if (!read_quoted(csv, &cell))
            return CSV_QUOTE;
        skip_spaces(csv);
        if (!at_line_end(csv) && *csv->at != csv->separator)
            return CSV_QUOTE;
    } else {
        for (; !at_line_end(csv) && *csv->at != csv->separator; csv->at++)
            add_byte(&cell, csv->windows, *csv->at);
    }
    *text = trimmed(&cell);
    return cell.full ? CSV_LIMIT : CSV_ROW;
}

static bool blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i][0] != '\0')
            return false;
    return true;
}

static enum csv_state read_row(struct csv *csv, struct arena *arena, struct csv_row *row)
{
    const char *cells[CSV_CELLS];
    row->line = csv->line;
    row->count = 0;
    for (;;) {
        if (row->count == CSV_CELLS)
            return CSV_LIMIT;
        enum csv_state state = read_cell(csv, arena, &cells[row->count]);
        if (state != CSV_ROW)
            return state;
        row->count++;
        if (at_line_end(csv))
            break;
        csv->at++; /* the separator */
    }
    skip_line_end(csv);
    row->cells = ARENA_NEWS(arena, const char *, row->count);
    memcpy(row->cells, cells, row->count * sizeof *cells);
    return CSV_ROW;
}

enum csv_state csv_next(struct csv *csv, struct arena *arena, struct csv_row *row)
{
    if (csv->nul && csv->at < csv->end) {
        row->line = csv->line;
        csv->at = csv->end;
        return CSV_NUL;
    }
    while (csv->at < csv->end) {
        enum csv_state state = read_row(csv, arena, row);
        if (state != CSV_ROW) {
            skip_line(csv);
            return state;
        }
        if (!blank(row))
            return CSV_ROW;
    }
    return CSV_END;
}

/* ---- writing ---------------------------------------------------------------------------- */

void csv_cell(struct buf *buf, char separator, bool first, const char *text)
{
    const char special[] = {separator, '"', '\n', '\r', '\0'};
    bool guard = text[0] != '\0' && strchr("=+-@", text[0]) != NULL;
    bool edges = text[0] == ' ' || (text[0] != '\0' && text[strlen(text) - 1] == ' ');
    bool mark = strncmp(text, BOM, strlen(BOM)) == 0; /* would be taken for the file's own */
    bool quote = edges || mark || strpbrk(text, special) != NULL;
    if (!first)
        buf_char(buf, separator);
    if (quote)
        buf_char(buf, '"');
    if (guard)
        buf_char(buf, '\'');
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"')
            buf_char(buf, '"');
        buf_char(buf, *at);
    }
    if (quote)
        buf_char(buf, '"');
}

void csv_line(struct buf *buf)
{
    buf_text(buf, "\r\n");
}
