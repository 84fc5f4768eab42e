/* A chart in a PDF: a Figure with its text, and behind it the table of its data. */
#include "kit/doc/chart.h"
#include "kit/doc/pdf_layout.h"

static const struct pdf_style label = {PDF_REGULAR, PT(8.5), PT(10), PDF_INK};
static const struct pdf_style caption = {PDF_BOLD, PT(10.5), PT(14.5), PDF_INK};

struct canvas {
    struct pages *pages;
    int32_t x, y; /* upper left corner on the page */
};

static void rect(void *data, int32_t x, int32_t y, int32_t width, int32_t height, uint32_t colour)
{
    struct canvas *canvas = data;
    draw_box(canvas->pages, canvas->x + x, canvas->y + y, width, height, colour);
}

static void line(void *data, int32_t x1, int32_t y1, int32_t x2, int32_t y2, int32_t width,
                 int32_t dash, uint32_t colour)
{
    struct canvas *canvas = data;
    const int32_t ends[] = {canvas->x + x1, canvas->y + y1, canvas->x + x2, canvas->y + y2};
    draw_stroke(canvas->pages, ends, width, dash, colour);
}

static void text(void *data, int32_t x, int32_t y, enum chart_align align, const char *words)
{
    struct canvas *canvas = data;
    struct pages *pages = canvas->pages;
    const struct pdf_line *first =
        lines_break(pages->fonts, pages->pdf->arena, words, &label, PT(400));
    if (!first) {
        return;
    }
    int32_t back = align == ALIGN_LEFT     ? 0
                   : align == ALIGN_MIDDLE ? first->width / 2
                                           : first->width;
    draw_line(pages, first, &label, canvas->x + x - back, canvas->y + y);
}

/* The attributes of a Figure: what it shows, and where it stands (ISO 32000-1, 14.8.5.4). */
static const char *attributes(struct pages *pages, const char *alt, int32_t height)
{
    struct buf buf;
    buf_init(&buf, pages->pdf->arena, 1 << 20);
    buf_text(&buf, "/Alt");
    pdf_text(&buf, alt);
    buf_text(&buf, "/A<</O/Layout/Placement/Block/BBox[");
    const int32_t box[] = {pages->left, pages->height - pages->y - height, pages->right,
                           pages->height - pages->y};
    for (int i = 0; i < 4; i++) {
        pdf_length(&buf, box[i]);
        buf_char(&buf, ' ');
    }
    buf_text(&buf, "]>>");
    return buf.data;
}

void layout_figure(struct layout *layout, const struct doc_block *block)
{
    struct pages *pages = layout->pages;
    struct arena *arena = pages->pdf->arena;
    /* a chart stands on one page, with its title */
    struct chart_room room = {pages->right - pages->left, pages->bottom - pages->top - PT(60)};
    int32_t height = chart_height(block->chart, block->table, room);
    const char *title = block->table->caption ? block->table->caption : "";
    struct pdf_line *lines = lines_break(pages->fonts, arena, title, &caption, room.width);
    pages_want(pages, height + lines_count(lines) * caption.leading + PT(8));
    if (lines) {
        struct tag *tag = tag_add(pages->tags, tags_document(pages->tags), "P");
        layout_lines(layout, tag, lines, &caption, pages->left);
    }
    const char *alt = *block->text ? block->text : chart_alt(block->chart, block->table, arena);
    struct tag *figure = tag_add(pages->tags, tags_document(pages->tags), "Figure");
    pages->y += PT(4);
    tag_attributes(figure, attributes(pages, alt, height));
    struct canvas canvas = {pages, pages->left, pages->y};
    const struct chart_pen pen = {&canvas, rect, line, text};
    mark_tag(pages, figure);
    chart_draw(block->chart, block->table, arena, room, &pen);
    mark_end(pages);
    pages->y += height + PT(8);
    const char *caption_of_data = *title ? arena_printf(arena, "Dati: %s", title) : NULL;
    layout_table(layout, block->table, caption_of_data);
}
