/* What the files that read spreadsheets share. */
#ifndef ZONALE_KIT_DOC_SHEET_PARTS_H
#define ZONALE_KIT_DOC_SHEET_PARTS_H

#include "kit/doc/sheet_read.h"

#include <zip.h>

struct sheet_reader {
    struct arena *arena;
    struct err *err;
    zip_t *zip;
    size_t unpacked; /* bytes so far */
    size_t most;
    struct buf out;
    int64_t row, column; /* of the next cell to be written, from 0 */
};

/* ---- sheet_read.c: the archive and its XML ----------------------------------------------------
 */

struct sheet_xml {
    struct sheet_reader *reader;
    void *data;
    /* Names without their prefix; attributes as expat gives them. False stops: err is set. */
    bool (*start)(struct sheet_xml *xml, const char *name, const char **attributes);
    bool (*end)(struct sheet_xml *xml, const char *name);
    struct buf *text; /* where the text between tags goes; NULL = nowhere */
    void *parser;
    bool stopped;
};

bool sheet_has(const struct sheet_reader *reader, const char *member);
MUST_USE bool sheet_parse(struct sheet_reader *reader, const char *member, struct sheet_xml *xml);
/* NULL when there is none; the name is compared without its prefix. */
const char *sheet_attribute(const char **attributes, const char *name);
/* A whole number of 0 to 2^31-1; `otherwise` for anything else. */
int64_t sheet_number(const char *text, int64_t otherwise);
/* Puts a cell at its place; what is blank takes no place. Cells come in the order of the sheet. */
MUST_USE bool sheet_put(struct sheet_reader *reader, int64_t row, int64_t column, const char *text);

/* ---- sheet_value.c: numbers as they are shown --------------------------------------------------
 */

enum { SHOWN_PLAIN = -1, SHOWN_DAY = -2 }; /* or the decimals that the format shows */
/* What a number format of a spreadsheet shows. */
int sheet_shown(const char *format);
/* One of those that a spreadsheet knows by number. */
int sheet_shown_built_in(int64_t number);
/* A decimal number to `decimals` (SHOWN_PLAIN: to 15 digits); text that is no number stays. */
const char *sheet_round(struct arena *arena, const char *number, int decimals);
/* A count of days as a day; `text` where it is none. */
const char *sheet_day(struct arena *arena, const char *text, bool since_1904);

/* ---- the two formats --------------------------------------------------------------------------
 */

MUST_USE bool sheet_read_xlsx(struct sheet_reader *reader);
MUST_USE bool sheet_read_ods(struct sheet_reader *reader);

#endif
