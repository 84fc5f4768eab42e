/* A chart as SVG in a page: an image with a name for those who do not see it, without style
 * attributes, which the policy of our pages forbids. */
#include "kit/doc/chart.h"
#include "kit/doc/pdf_write.h"

static const struct chart_room room = {640000, 1000000};

static void numbers(struct buf *buf, const char *const *names, const int32_t *values, int count)
{
    for (int i = 0; i < count; i++) {
        buf_printf(buf, " %s=\"", names[i]);
        pdf_length(buf, values[i]);
        buf_char(buf, '"');
    }
}

static void rect(void *data, int32_t x, int32_t y, int32_t width, int32_t height, uint32_t colour)
{
    static const char *const names[] = {"x", "y", "width", "height"};
    buf_text(data, "<rect");
    numbers(data, names, (const int32_t[]){x, y, width, height}, 4);
    buf_printf(data, " fill=\"#%06x\"/>\n", colour);
}

static void line(void *data, int32_t x1, int32_t y1, int32_t x2, int32_t y2, int32_t width,
                 int32_t dash, uint32_t colour)
{
    static const char *const names[] = {"x1", "y1", "x2", "y2", "stroke-width", "stroke-dasharray"};
    buf_text(data, "<line");
    numbers(data, names, (const int32_t[]){x1, y1, x2, y2, width, dash}, dash ? 6 : 5);
    buf_printf(data, " stroke=\"#%06x\"/>\n", colour);
}

static void text(void *data, int32_t x, int32_t y, enum chart_align align, const char *words)
{
    static const char *const anchors[] = {
        [ALIGN_LEFT] = "start", [ALIGN_MIDDLE] = "middle", [ALIGN_RIGHT] = "end"};
    static const char *const names[] = {"x", "y"};
    buf_text(data, "<text");
    numbers(data, names, (const int32_t[]){x, y + 8200}, 2);
    buf_printf(data, " text-anchor=\"%s\">", anchors[align]);
    html_escape(data, words);
    buf_text(data, "</text>\n");
}

void chart_svg(enum doc_chart kind, const struct doc_table *table, const char *alt, struct buf *out)
{
    const struct chart_pen pen = {out, rect, line, text};
    buf_printf(out, "<svg class=\"grafico\" role=\"img\" viewBox=\"0 0 %d ", room.width / 1000);
    pdf_length(out, chart_height(kind, table, room));
    buf_text(out, "\" width=\"100%\" font-size=\"9\" fill=\"#17324d\" aria-label=\"");
    html_escape(out, alt ? alt : chart_alt(kind, table, out->arena));
    buf_text(out, "\">\n");
    chart_draw(kind, table, out->arena, room, &pen);
    buf_text(out, "</svg>\n");
}
