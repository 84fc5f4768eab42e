/* From the blocks of a document to pages. */
#ifndef ZONALE_KIT_DOC_PDF_LAYOUT_H
#define ZONALE_KIT_DOC_PDF_LAYOUT_H

#include "kit/doc/pdf_page.h"

/* Bookmarks: one for each heading. */
struct mark {
    struct mark *next;
    const char *text;
    int level, page;
    int32_t y;
};

struct layout {
    struct pages *pages;
    struct tag *list; /* the list being made of neighbouring items */
    struct mark *first_mark, *last_mark;
};

void layout_draw(struct layout *layout, const struct doc *doc);
/* Lines under the tag (NULL = artifact) from `x`, over as many pages as they take. */
void layout_lines(struct layout *layout, struct tag *tag, const struct pdf_line *lines,
                  const struct pdf_style *style, int32_t x);
void layout_figure(struct layout *layout, const struct doc_block *block);
/* `caption` NULL = none */
void layout_table(struct layout *layout, const struct doc_table *table, const char *caption);

#endif
