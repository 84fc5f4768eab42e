#ifndef ZONALE_KIT_DOC_PDF_H
#define ZONALE_KIT_DOC_PDF_H

#include "kit/doc/parts.h"

/* Part 2 is what we give out; part 1 is for the tests (pdf_write.h). */
MUST_USE bool pdf_draw_part(const struct doc *doc, int part, struct arena *arena, struct bytes *out,
                            struct err *err);
const char *pdf_title(const struct doc_meta *meta);

#endif
