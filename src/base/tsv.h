/* Tab-separated tables with a header row: figures that the program carries inside itself, and
 * files that offices hand over. Cells are named by their column. Empty lines and lines that begin
 * with "#" are passed over. A complaint names the table, the line and the column. */
#ifndef ZONALE_BASE_TSV_H
#define ZONALE_BASE_TSV_H

#include "base/arena.h"
#include "base/err.h"
#include "base/money.h"

enum { TSV_COLUMNS = 64, TSV_LINES = 2000000 };

struct tsv {
    struct arena *arena;
    struct err *err;
    const char *name; /* of the file, for complaints */
    const char *rest; /* what has not been read */
    int line;         /* of the row being read, 1-based */
    const char *columns[TSV_COLUMNS];
    const char *cells[TSV_COLUMNS];
    size_t width;
};

/* Reads the header. `text` stays as it is and must outlive the table. */
MUST_USE bool tsv_start(struct tsv *tsv, struct arena *arena, struct err *err, const char *name,
                        const char *text);
/* The next row; false at the end, and for a broken row (err is set). A row with fewer cells than
 * columns is filled with empty ones, one with more is broken. */
bool tsv_next(struct tsv *tsv);
/* Text of a cell; a column that is not there sets err and gives "". */
const char *tsv_text(struct tsv *tsv, const char *column);
/* Empty = not known. A cell that does not fit sets err. */
int64_t tsv_int(struct tsv *tsv, const char *column);
struct money tsv_money(struct tsv *tsv, const char *column);
/* "comuni.tsv, riga 3, popolazione: ..." ; always false. */
bool tsv_fail(struct tsv *tsv, const char *column, const char *why);

#endif
