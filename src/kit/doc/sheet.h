/* What spreadsheets have in common: names of sheets, values as a spreadsheet counts them. */
#ifndef ZONALE_KIT_DOC_SHEET_H
#define ZONALE_KIT_DOC_SHEET_H

#include "kit/doc/parts.h"

enum { SHEETS_MAX = 100, SHEET_NAME_MAX = 31, SHEET_ROWS_MAX = 1048576, SHEET_TEXT_MAX = 32767 };
enum { SHEET_WIDTH_LEAST = 8, SHEET_WIDTH_MOST = 60 };

struct sheets {
    const struct doc_table *tables[SHEETS_MAX];
    const char *names[SHEETS_MAX];
    size_t count;
    const char *notes; /* name of the sheet for what is no table; NULL = there is none */
};

/* The tables of a document, each with a name of at most 31 characters, without []:*?/\ and unlike
 * the others. False: too many tables or rows for a spreadsheet. */
MUST_USE bool sheets_collect(const struct doc *doc, struct arena *arena, struct sheets *sheets,
                             struct err *err);
/* Width of a column in characters, from its label and its first thousand rows; 8 to 60. */
int sheet_width(struct arena *arena, const struct doc_table *table, size_t column);
/* At most SHEET_TEXT_MAX characters. */
const char *sheet_text(struct arena *arena, const char *text);
/* Is this block one of the sheet of notes? */
bool sheet_note(const struct doc_block *block);

#endif
