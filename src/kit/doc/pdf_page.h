/* Pages and what is drawn on them. Places are counted in thousandths of a point from the upper left
 * corner, as one reads; only this file knows that PDF counts from below. */
#ifndef ZONALE_KIT_DOC_PDF_PAGE_H
#define ZONALE_KIT_DOC_PDF_PAGE_H

#include "kit/doc/parts.h"
#include "kit/doc/pdf_font.h"
#include "kit/doc/pdf_tags.h"

#define PT(points) ((int32_t)((points)*1000))
enum { PDF_PAGES_MAX = 20000 };

struct pdf_style {
    enum pdf_face face;
    int32_t size;
    int32_t leading; /* from line to line */
    uint32_t colour; /* 0xRRGGBB */
};
extern const struct pdf_style pdf_body, pdf_bold, pdf_small;
enum { PDF_INK = 0x17324d, PDF_GREY = 0x455b71, PDF_PALE = 0xb1b6bc };

struct pdf_piece {
    const struct pdf_word *word;
    bool space; /* before it */
};

struct pdf_line {
    struct pdf_line *next;
    struct pdf_piece *pieces;
    int count;
    int32_t width;
};

/* A text broken into lines of at most `width`: at spaces, and inside words that are longer. */
struct pdf_line *lines_break(struct pdf_fonts *fonts, struct arena *arena, const char *text,
                             const struct pdf_style *style, int32_t width);
int lines_count(const struct pdf_line *lines);
int32_t text_width(struct pdf_fonts *fonts, const char *text, const struct pdf_style *style);

struct pages {
    struct pdf *pdf;
    struct pdf_fonts *fonts;
    struct tags *tags;
    const struct doc_meta *meta;
    int32_t width, height, left, right, top, bottom;
    int32_t y; /* where the next thing goes */
    bool open;
    struct buf content; /* of the open page */
    int *numbers, *contents;
    int count, room;
};

void pages_init(struct pages *pages, struct pdf *pdf, const struct doc_meta *meta);
/* A page with `height` free below `y`: the open one, or a new one. */
void pages_want(struct pages *pages, int32_t height);
/* Room left on the open page. */
int32_t pages_left(const struct pages *pages);
void pages_break(struct pages *pages);
/* What is drawn between belongs to the tag, or (mark_artifact) to nobody: lines, running heads. */
void mark_tag(struct pages *pages, struct tag *tag);
void mark_artifact(struct pages *pages);
void mark_end(struct pages *pages);
/* One line with its upper edge at `y`. */
void draw_line(struct pages *pages, const struct pdf_line *line, const struct pdf_style *style,
               int32_t x, int32_t y);
/* A filled rectangle: rules, bars. */
void draw_box(struct pages *pages, int32_t x, int32_t y, int32_t width, int32_t height,
              uint32_t colour);
/* A line between two points: x1, y1, x2, y2. `dash` 0 = whole. */
void draw_stroke(struct pages *pages, const int32_t ends[static 4], int32_t width, int32_t dash,
                 uint32_t colour);
/* Footers ("pagina 1 di 3"), page objects; the number of their tree. `fonts`: resources. */
int pages_write(struct pages *pages);

#endif
