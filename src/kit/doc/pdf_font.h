/* Text as glyphs, and the fonts of one PDF: shaping by HarfBuzz, subsets by hb-subset.
 *
 * Two faces of Titillium Web carry Latin; what they do not have comes from DejaVu Sans (Greek,
 * Cyrillic, Arabic, Hebrew, signs); what neither has is a drawn box whose text is still there for
 * copying and for readers of the screen: a font's own "missing" glyph is not allowed in PDF/UA.
 */
#ifndef ZONALE_KIT_DOC_PDF_FONT_H
#define ZONALE_KIT_DOC_PDF_FONT_H

#include "kit/doc/pdf_write.h"

enum pdf_face { PDF_REGULAR, PDF_BOLD, PDF_FALLBACK, PDF_FACES, PDF_BOX = PDF_FACES };

/* Lengths in thousandths of the size of the font. */
struct pdf_glyph {
    uint16_t id;
    uint8_t face;
    int32_t advance;
    int16_t dx, dy;
};

struct pdf_word {
    struct pdf_word *next; /* in the table of words seen */
    const char *text;
    size_t size;
    struct pdf_glyph *glyphs;
    uint32_t count;
    int32_t width;
    uint8_t face; /* as asked for */
    bool rtl;     /* right to left: its glyphs stand in the order of the page */
    bool actual;  /* the glyphs alone do not tell the text */
};

struct pdf_fonts;
struct pdf_fonts *pdf_fonts_new(struct pdf *pdf);
/* A word, without spaces; shaped once however often it comes. */
const struct pdf_word *pdf_shape(struct pdf_fonts *fonts, enum pdf_face face, const char *text,
                                 size_t size);
/* A space of the face. */
struct pdf_glyph pdf_space(struct pdf_fonts *fonts, enum pdf_face face);
/* Width of a glyph as the font has it, before kerning. */
int32_t pdf_glyph_width(struct pdf_fonts *fonts, struct pdf_glyph glyph);
/* "/F0 5 0 R/F2 9 0 R": the fonts in use, for the resources of the pages. Writes their objects. */
const char *pdf_fonts_write(struct pdf_fonts *fonts);

#endif
