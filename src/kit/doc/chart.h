/* Charts as shapes: bars, stacked bars and lines from the rows of a table, for a pen that draws SVG
 * or PDF. First column: the categories; each column of numbers after it: a series. Rows of totals
 * are not drawn.
 *
 * Series differ by stripes, dashes and marks as well as by colour; amounts are written beside the
 * bars. The data table always stands with the chart: what is shortened here is whole there.
 * Lengths are thousandths of a point, from the upper left corner.
 */
#ifndef ZONALE_KIT_DOC_CHART_H
#define ZONALE_KIT_DOC_CHART_H

#include "kit/doc/parts.h"

enum { CHART_SERIES_MAX = 6, CHART_ROWS_MAX = 400 };
enum chart_align { ALIGN_LEFT, ALIGN_MIDDLE, ALIGN_RIGHT };

struct chart_pen {
    void *data;
    void (*rect)(void *data, int32_t x, int32_t y, int32_t width, int32_t height, uint32_t colour);
    /* `dash`: 0 = whole, otherwise the length of dashes and gaps */
    void (*line)(void *data, int32_t x1, int32_t y1, int32_t x2, int32_t y2, int32_t width,
                 int32_t dash, uint32_t colour);
    /* `y`: the upper edge of a line of text 10 points high */
    void (*text)(void *data, int32_t x, int32_t y, enum chart_align align, const char *text);
};

/* A place for a drawing. Rows that do not fit in `height` are counted in its last line. */
struct chart_room {
    int32_t width, height;
};
/* The height that the drawing takes of its place. */
int32_t chart_height(enum doc_chart kind, const struct doc_table *table, struct chart_room room);
void chart_draw(enum doc_chart kind, const struct doc_table *table, struct arena *arena,
                struct chart_room room, const struct chart_pen *pen);
/* What is seen, in words: for those who give no text of their own. */
const char *chart_alt(enum doc_chart kind, const struct doc_table *table, struct arena *arena);
/* <svg>; `alt` NULL = chart_alt */
void chart_svg(enum doc_chart kind, const struct doc_table *table, const char *alt,
               struct buf *out);

#endif
