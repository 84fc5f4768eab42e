/* One font of a PDF: opened from the program's own bytes, written as a subset. */
#ifndef ZONALE_KIT_DOC_PDF_FACE_H
#define ZONALE_KIT_DOC_PDF_FACE_H

#include "kit/doc/pdf_font.h"

#include <hb.h>

struct pdf_font {
    hb_face_t *face;
    hb_font_t *font;
    const char *name;
    int units; /* of the em square */
    unsigned glyph_count;
    const char **texts; /* what each glyph stands for; NULL = not used */
    bool used;
};

void pdf_font_open(struct pdf_font *font, struct arena *arena, enum pdf_face face);
/* The number of the Type 0 font. */
int pdf_font_write(const struct pdf_font *font, struct pdf *pdf);

#endif
