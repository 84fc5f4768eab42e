/* Reading and writing tables as text: CSV with ; or , and TSV (RFC 4180 and what spreadsheets in
 * Italy make of it).
 *
 * Reading: the separator is the one of ; , and tab that the first line has most of; a UTF-8 mark
 * at the beginning is skipped; text that is not UTF-8 is taken as Windows-1252. Cells between
 * quotes may hold separators, doubled quotes and line breaks. Lines end with LF, CRLF or CR; blank
 * ones are skipped. Bounded: CSV_CELLS cells in a row, CSV_CELL bytes in a cell.
 *
 * Writing: a cell that a spreadsheet would run as a formula (= + - @) gets an apostrophe before
 * it; reading takes that apostrophe away again.
 */
#ifndef ZONALE_BASE_CSV_H
#define ZONALE_BASE_CSV_H

#include "base/buf.h"

#include <stddef.h>

enum { CSV_CELLS = 256, CSV_CELL = 64 * 1024 };

struct csv {
    const char *at;
    const char *end;
    char separator;
    bool windows; /* not UTF-8: taken as Windows-1252 */
    bool nul;     /* holds a NUL byte */
    long line;    /* of the next row, from 1 */
};

struct csv_row {
    const char **cells; /* trimmed, UTF-8, in the arena; "" = blank */
    size_t count;
    long line; /* on which it begins */
};

enum csv_state {
    CSV_ROW,
    CSV_END,
    CSV_QUOTE, /* a quote that is never closed, or text behind a closed one; the line is skipped */
    CSV_LIMIT, /* too many cells, or too long a one; the line is skipped */
    CSV_NUL,   /* a NUL byte: this is no text; nothing more is read */
};

/* `text` stays the caller's and must outlive the reader. */
void csv_open(struct csv *csv, const char *text, size_t size);
/* CSV_ROW fills `row` from `arena`; a fault fills row->line only, and reading may go on. */
enum csv_state csv_next(struct csv *csv, struct arena *arena, struct csv_row *row);

/* A cell and, before it unless it is the first of its line, the separator. */
void csv_cell(struct buf *buf, char separator, bool first, const char *text);
void csv_line(struct buf *buf); /* CRLF */

#endif
