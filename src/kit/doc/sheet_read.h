/* Reading spreadsheets: the first sheet that is shown of an XLSX or ODS file, as the text that
 * base/csv.h reads: a tab between cells, one line for each row (empty ones too), so that line 12
 * of the text is row 12 of the sheet.
 *
 * Values, not formulas: what the spreadsheet last computed. A number is written as machines do
 * ("113304.6"), to the decimals that its format shows, because that is the figure that was
 * published; without such a format, to the 15 digits that a spreadsheet holds. Percentages are
 * written as shares ("0.2"), days as "2025-03-15". A line break in a cell becomes a space.
 *
 * A file from outside is hostile until read: what is unpacked, rows, columns and text are bounded,
 * a document type definition is refused, nothing that the file names is fetched.
 */
#ifndef ZONALE_KIT_DOC_SHEET_READ_H
#define ZONALE_KIT_DOC_SHEET_READ_H

#include "base/buf.h"
#include "base/field.h"

enum { SHEET_READ_ROWS = 200000, SHEET_READ_COLUMNS = 256 };
enum { SHEET_READ_UNPACKED = 64 << 20 }; /* bytes, of all that is read of a file */

/* A zip archive, by its first bytes. */
bool sheet_is(struct bytes file);
/* `most`: bytes of text at most. False: not a spreadsheet, damaged, or larger than the limits
 * (ERR_INPUT, in the user's words). */
MUST_USE bool sheet_to_text(struct arena *arena, struct bytes file, size_t most, struct bytes *text,
                            struct err *err);

#endif
