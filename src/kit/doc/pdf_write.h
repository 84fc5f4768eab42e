/* PDF as objects in a file: numbers, streams, cross references, trailer. Knows nothing of pages.
 *
 * Part 2 (PDF/A-2, on PDF 1.7) packs the objects that are no streams into object streams: a tree of
 * tags shrinks to a tenth. Part 1 (PDF/A-1, on PDF 1.4) has no such thing; the same document is
 * drawn with it in tests, for the only validator at hand.
 *
 * Lengths everywhere are thousandths of a point in whole numbers: the same on every machine.
 */
#ifndef ZONALE_KIT_DOC_PDF_WRITE_H
#define ZONALE_KIT_DOC_PDF_WRITE_H

#include "base/buf.h"
#include "base/field.h"

#include <zlib.h>

enum { PDF_OBJECTS_MAX = 4000000, PDF_PACK = 200 };

struct pdf {
    struct arena *arena;
    int part; /* of ISO 19005: 2; 1 in tests */
    struct buf out;
    struct buf packed; /* bodies of the objects waiting for an object stream */
    struct buf index;  /* their numbers and places */
    struct buf body;   /* of the object stream being closed */
    int packed_numbers[PDF_PACK];
    int packed_count;
    struct pdf_place *places; /* by number of object */
    int count, room;
    int open; /* the object being written */
    z_stream zip;
    struct buf squeezed; /* of the last stream */
};

void pdf_init(struct pdf *pdf, struct arena *arena, int part);
/* A number for an object that comes later. */
int pdf_reserve(struct pdf *pdf);
/* The body of an object between begin and end; they do not nest. */
struct buf *pdf_begin(struct pdf *pdf, int number);
void pdf_end(struct pdf *pdf);
/* A stream; `dict` has its further entries ("/Type/XObject"). */
void pdf_stream(struct pdf *pdf, int number, const char *dict, struct bytes bytes);
void pdf_stream_plain(struct pdf *pdf, int number, const char *dict, struct bytes bytes);
/* Cross references and trailer. */
MUST_USE bool pdf_close(struct pdf *pdf, int catalog, int info, struct bytes *out, struct err *err);

/* A length: "12.5" */
void pdf_length(struct buf *buf, int64_t thousandths);
/* A text string, "<FEFF0041>". */
void pdf_text(struct buf *buf, const char *text);
/* UTF-16BE in hexadecimal digits, without the brackets. */
void pdf_utf16(struct buf *buf, const char *text);

#endif
