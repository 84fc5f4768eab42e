#include "kit/doc/pdf_page.h"

#include <string.h>

const struct pdf_style pdf_body = {PDF_REGULAR, PT(10.5), PT(14.5), PDF_INK};
const struct pdf_style pdf_bold = {PDF_BOLD, PT(10.5), PT(14.5), PDF_INK};
const struct pdf_style pdf_small = {PDF_REGULAR, PT(8.5), PT(11), PDF_GREY};

enum { A4_SHORT = 595276, A4_LONG = 841890 };

void pages_init(struct pages *pages, struct pdf *pdf, const struct doc_meta *meta)
{
    *pages = (struct pages){.pdf = pdf, .meta = meta};
    pages->fonts = pdf_fonts_new(pdf);
    pages->tags = tags_new(pdf);
    pages->width = meta->landscape ? A4_LONG : A4_SHORT;
    pages->height = meta->landscape ? A4_SHORT : A4_LONG;
    pages->left = PT(56);
    pages->right = pages->width - PT(56);
    pages->top = meta->header ? PT(72) : PT(56);
    pages->bottom = pages->height - PT(64);
    buf_init(&pages->content, pdf->arena, DOC_SIZE_MAX);
}

/* ---- marks ------------------------------------------------------------------------------ */

void mark_tag(struct pages *pages, struct tag *tag)
{
    int mcid = tag_content(pages->tags, tag, pages->count - 1);
    buf_printf(&pages->content, "/%s<</MCID %d>>BDC\n", tag_type(tag), mcid);
}

void mark_artifact(struct pages *pages)
{
    buf_text(&pages->content, "/Artifact BMC\n");
}

void mark_end(struct pages *pages)
{
    buf_text(&pages->content, "EMC\n");
}

/* ---- drawing ---------------------------------------------------------------------------- */

static void colour_set(struct buf *buf, uint32_t colour, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8) {
        pdf_length(buf, (colour >> shift & 0xff) * 1000 / 255);
        buf_char(buf, ' ');
    }
    buf_printf(buf, "%s\n", operator);
}

void draw_box(struct pages *pages, int32_t x, int32_t y, int32_t width, int32_t height,
              uint32_t colour)
{
    struct buf *buf = &pages->content;
    const int32_t numbers[] = {x, pages->height - y - height, width, height};
    colour_set(buf, colour, "rg");
    for (int i = 0; i < 4; i++) {
        pdf_length(buf, numbers[i]);
        buf_char(buf, ' ');
    }
    buf_text(buf, "re f\n");
}

void draw_stroke(struct pages *pages, const int32_t ends[static 4], int32_t width, int32_t dash,
                 uint32_t colour)
{
    struct buf *buf = &pages->content;
    colour_set(buf, colour, "RG");
    buf_char(buf, '[');
    if (dash) {
        pdf_length(buf, dash);
    }
    buf_text(buf, "]0 d ");
    pdf_length(buf, width);
    buf_text(buf, " w ");
    for (int i = 0; i < 4; i++) {
        pdf_length(buf, i % 2 ? pages->height - ends[i] : ends[i]);
        buf_text(buf, i == 1 ? " m " : " ");
    }
    buf_text(buf, "l S\n");
}

/* Writes glyphs one behind the other; opens and closes text objects as it goes. */
struct pen {
    struct pages *pages;
    const struct pdf_style *style;
    int32_t x, y;  /* where the line begins; its base line */
    int64_t moved; /* since, in thousandths of the size */
    bool in_text;
    bool in_string;
    int face;
    int32_t adjust; /* owed before the next glyph: TJ counts to the left */
    int16_t rise;
};

static int32_t pen_x(const struct pen *pen)
{
    return pen->x + (int32_t)(pen->moved * pen->style->size / 1000);
}

static void array_end(struct pen *pen)
{
    if (pen->face >= 0) {
        buf_text(&pen->pages->content, pen->in_string ? ">]TJ\n" : "]TJ\n");
    }
    pen->in_string = false;
    pen->face = -1;
}

static void pen_lift(struct pen *pen)
{
    if (pen->in_text) {
        array_end(pen);
        buf_text(&pen->pages->content, pen->rise ? "0 Ts ET\n" : "ET\n");
    }
    pen->in_text = false;
    pen->adjust = 0;
    pen->rise = 0;
}

static void text_begin(struct pen *pen)
{
    struct buf *buf = &pen->pages->content;
    buf_text(buf, "BT ");
    colour_set(buf, pen->style->colour, "rg");
    buf_text(buf, "1 0 0 1 ");
    pdf_length(buf, pen_x(pen));
    buf_char(buf, ' ');
    pdf_length(buf, pen->pages->height - pen->y);
    buf_text(buf, " Tm\n");
    pen->in_text = true;
    pen->face = -1;
}

static void pen_glyph(struct pen *pen, struct pdf_glyph glyph)
{
    struct buf *buf = &pen->pages->content;
    if (!pen->in_text) {
        text_begin(pen);
    }
    if (pen->face != glyph.face || pen->rise != glyph.dy) {
        array_end(pen);
        buf_printf(buf, "/F%d ", glyph.face);
        pdf_length(buf, pen->style->size);
        buf_text(buf, " Tf ");
        if (pen->rise != glyph.dy) {
            pdf_length(buf, (int64_t)glyph.dy * pen->style->size / 1000);
            buf_text(buf, " Ts ");
        }
        buf_char(buf, '[');
        pen->face = glyph.face;
        pen->rise = glyph.dy;
    }
    pen->adjust -= glyph.dx;
    if (pen->adjust) {
        buf_printf(buf, "%s%d", pen->in_string ? ">" : "", pen->adjust);
        pen->in_string = false;
    }
    buf_printf(buf, "%s%04X", pen->in_string ? "" : "<", glyph.id);
    pen->in_string = true;
    pen->adjust = pdf_glyph_width(pen->pages->fonts, glyph) - glyph.advance + glyph.dx;
    pen->moved += glyph.advance;
}

/* A character that no font has. A blank stands beneath the box: programs that copy text replace
 * what was written, and would find nothing. */
static void pen_box(struct pen *pen, struct pdf_glyph glyph)
{
    struct buf *buf = &pen->pages->content;
    int32_t size = pen->style->size;
    int32_t numbers[] = {pen_x(pen) + size / 10, pen->pages->height - pen->y,
                         glyph.advance * size / 1000 - size / 5, size * 7 / 10};
    pen_lift(pen);
    colour_set(buf, pen->style->colour, "RG");
    buf_text(buf, "[]0 d 0.5 w ");
    for (int i = 0; i < 4; i++) {
        pdf_length(buf, numbers[i]);
        buf_char(buf, ' ');
    }
    buf_text(buf, "re S\n");
    struct pdf_glyph blank = pdf_space(pen->pages->fonts, PDF_REGULAR);
    blank.advance = glyph.advance;
    pen_glyph(pen, blank);
}

static void pen_word(struct pen *pen, const struct pdf_word *word)
{
    for (uint32_t i = 0; i < word->count; i++) {
        if (word->glyphs[i].face == PDF_BOX) {
            pen_box(pen, word->glyphs[i]);
        } else {
            pen_glyph(pen, word->glyphs[i]);
        }
    }
}

/* A word whose glyphs do not tell its text carries it along, for those who do not see it. */
static void word_draw(struct pen *pen, const struct pdf_word *word)
{
    struct buf *buf = &pen->pages->content;
    if (!word->actual) {
        pen_word(pen, word);
        return;
    }
    pen_lift(pen);
    buf_text(buf, "/Span<</ActualText");
    pdf_text(buf, word->text);
    buf_text(buf, ">>BDC\n");
    pen_word(pen, word);
    pen_lift(pen);
    mark_end(pen->pages);
}

static void space_draw(struct pen *pen)
{
    pen_glyph(pen, pdf_space(pen->pages->fonts, pen->style->face));
}

/* Neighbouring words that are read from the right stand in the reverse order. */
static int pieces_draw(struct pen *pen, const struct pdf_line *line, int from)
{
    const struct pdf_piece *pieces = line->pieces;
    int to = from + 1;
    if (pieces[from].space) {
        space_draw(pen);
    }
    while (pieces[from].word->rtl && to < line->count && pieces[to].word->rtl) {
        to++;
    }
    for (int i = to - 1; i >= from; i--) {
        word_draw(pen, pieces[i].word);
        if (i > from && pieces[i].space) {
            space_draw(pen);
        }
    }
    return to;
}

void draw_line(struct pages *pages, const struct pdf_line *line, const struct pdf_style *style,
               int32_t x, int32_t y)
{
    int32_t base = y + style->leading / 2 + style->size * 3 / 10;
    struct pen pen = {.pages = pages, .style = style, .x = x, .y = base, .face = -1};
    for (int i = 0; i < line->count;) {
        i = pieces_draw(&pen, line, i);
    }
    pen_lift(&pen);
}

/* ---- pages ------------------------------------------------------------------------------ */

static void small_text(struct pages *pages, const char *text, int32_t y, bool right)
{
    int32_t width = pages->right - pages->left;
    const struct pdf_line *line =
        lines_break(pages->fonts, pages->pdf->arena, text, &pdf_small, width);
    if (line) {
        draw_line(pages, line, &pdf_small, right ? pages->right - line->width : pages->left, y);
    }
}

static void page_header(struct pages *pages)
{
    buf_text(&pages->content, "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n");
    small_text(pages, pages->meta->header, PT(36), false);
    draw_box(pages, pages->left, PT(50), pages->right - pages->left, PT(0.5), PDF_PALE);
    mark_end(pages);
}

static void page_open(struct pages *pages)
{
    if (pages->count == pages->room) {
        int room = pages->room ? pages->room * 2 : 16;
        int *both = ARENA_NEWS(pages->pdf->arena, int, (size_t)room * 2);
        if (pages->count) {
            memcpy(both, pages->numbers, (size_t)pages->count * sizeof *both);
            memcpy(both + room, pages->contents, (size_t)pages->count * sizeof *both);
        }
        pages->numbers = both;
        pages->contents = both + room;
        pages->room = room;
    }
    if (pages->count == PDF_PAGES_MAX) {
        pages->pdf->out.full = true;
    }
    pages->numbers[pages->count] = pdf_reserve(pages->pdf);
    pages->contents[pages->count++] = pdf_reserve(pages->pdf);
    pages->open = true;
    pages->y = pages->top;
    if (pages->meta->header) {
        page_header(pages);
    }
}

static void content_write(struct pages *pages, int number)
{
    struct bytes bytes = {(unsigned char *)pages->content.data, pages->content.size};
    pdf_stream(pages->pdf, number, "", bytes);
    pages->content.size = 0;
}

void pages_break(struct pages *pages)
{
    if (pages->open) {
        content_write(pages, pages->contents[pages->count - 1]);
        pages->open = false;
    }
}

int32_t pages_left(const struct pages *pages)
{
    return pages->open ? pages->bottom - pages->y : 0;
}

void pages_want(struct pages *pages, int32_t height)
{
    if (pages->open && pages->y > pages->top && pages_left(pages) < height) {
        pages_break(pages);
    }
    if (!pages->open) {
        page_open(pages);
    }
}

static void page_footer(struct pages *pages, int page)
{
    const char *text = arena_printf(pages->pdf->arena, "pagina %d di %d", page + 1, pages->count);
    buf_text(&pages->content, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
    if (pages->meta->footer) {
        small_text(pages, pages->meta->footer, pages->height - PT(44), false);
    }
    small_text(pages, text, pages->height - PT(44), true);
    mark_end(pages);
}

int pages_write(struct pages *pages)
{
    pages_break(pages);
    struct pdf *pdf = pages->pdf;
    int tree = pdf_reserve(pdf), resources = pdf_reserve(pdf);
    for (int i = 0; i < pages->count; i++) {
        int footer = pdf_reserve(pdf);
        page_footer(pages, i);
        content_write(pages, footer);
        struct buf *buf = pdf_begin(pdf, pages->numbers[i]);
        buf_printf(buf,
                   "<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents[%d 0 R %d 0 R]"
                   "/StructParents %d/Tabs/S/MediaBox[0 0 ",
                   tree, resources, pages->contents[i], footer, i);
        pdf_length(buf, pages->width);
        buf_char(buf, ' ');
        pdf_length(buf, pages->height);
        buf_text(buf, "]>>");
        pdf_end(pdf);
    }
    const char *fonts = pdf_fonts_write(pages->fonts);
    struct buf *buf = pdf_begin(pdf, resources);
    buf_printf(buf, "<</Font<<%s>>>>", fonts);
    pdf_end(pdf);
    buf = pdf_begin(pdf, tree);
    buf_printf(buf, "<</Type/Pages/Count %d/Kids[", pages->count);
    for (int i = 0; i < pages->count; i++) {
        buf_printf(buf, "%d 0 R ", pages->numbers[i]);
    }
    buf_text(buf, "]>>");
    pdf_end(pdf);
    return tree;
}
