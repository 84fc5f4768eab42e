#include "kit/doc/pdf_layout.h"

static const struct {
    const char *tag;
    struct pdf_style style;
    int32_t before, after;
} headings[] = {
    [1] = {"H1", {PDF_BOLD, PT(20), PT(25), PDF_INK}, PT(4), PT(10)},
    [2] = {"H2", {PDF_BOLD, PT(15), PT(20), PDF_INK}, PT(12), PT(5)},
    [3] = {"H3", {PDF_BOLD, PT(12), PT(16), PDF_INK}, PT(8), PT(4)},
    [4] = {"H4", {PDF_BOLD, PT(10.5), PT(14.5), PDF_INK}, PT(6), PT(3)},
};
enum { AFTER = PT(6), KEEP = PT(48), LABEL_WIDTH = PT(150), BULLET = PT(14) };

static int32_t text_room(const struct layout *layout)
{
    return layout->pages->right - layout->pages->left;
}

static struct pdf_line *broken(struct layout *layout, const char *text,
                               const struct pdf_style *style, int32_t width)
{
    return lines_break(layout->pages->fonts, layout->pages->pdf->arena, text, style, width);
}

static struct tag *tag_new(struct layout *layout, const char *type)
{
    return tag_add(layout->pages->tags, tags_document(layout->pages->tags), type);
}

/* One mark a page: what goes on overleaf belongs to the same tag. */
void layout_lines(struct layout *layout, struct tag *tag, const struct pdf_line *lines,
                  const struct pdf_style *style, int32_t x)
{
    struct pages *pages = layout->pages;
    bool marked = false;
    for (const struct pdf_line *line = lines; line; line = line->next) {
        if (marked && pages_left(pages) < style->leading) {
            mark_end(pages);
            marked = false;
        }
        pages_want(pages, style->leading);
        if (!marked) {
            mark_tag(pages, tag);
            marked = true;
        }
        draw_line(pages, line, style, x, pages->y);
        pages->y += style->leading;
    }
    if (marked) {
        mark_end(pages);
    }
}

static void bookmark(struct layout *layout, const char *text, int level)
{
    struct mark *mark = ARENA_NEW(layout->pages->pdf->arena, struct mark);
    *mark = (struct mark){.text = text, .level = level};
    mark->page = layout->pages->count - 1;
    mark->y = layout->pages->y;
    if (layout->last_mark) {
        layout->last_mark->next = mark;
    } else {
        layout->first_mark = mark;
    }
    layout->last_mark = mark;
}

/* A heading stays with the first lines of what it announces. */
static void heading(struct layout *layout, const char *text, int level)
{
    struct pages *pages = layout->pages;
    const struct pdf_style *style = &headings[level].style;
    struct pdf_line *lines = broken(layout, text, style, text_room(layout));
    if (!lines) {
        return; /* an empty heading would only stop those who move by headings */
    }
    pages_want(pages, headings[level].before + lines_count(lines) * style->leading + KEEP);
    pages->y += pages->y > pages->top ? headings[level].before : 0;
    bookmark(layout, text, level);
    layout_lines(layout, tag_new(layout, headings[level].tag), lines, style, pages->left);
    pages->y += headings[level].after;
}

static void paragraph(struct layout *layout, const char *text)
{
    struct pdf_line *lines = broken(layout, text, &pdf_body, text_room(layout));
    if (lines) {
        layout_lines(layout, tag_new(layout, "P"), lines, &pdf_body, layout->pages->left);
        layout->pages->y += AFTER;
    }
}

/* Label and value side by side, one paragraph: read as one sentence. */
static void pair(struct layout *layout, const struct doc_block *block)
{
    struct pages *pages = layout->pages;
    const char *text = arena_printf(pages->pdf->arena, "%s:", block->text);
    struct pdf_line *label = broken(layout, text, &pdf_bold, LABEL_WIDTH - PT(8));
    struct pdf_line *value =
        broken(layout, block->value, &pdf_body, text_room(layout) - LABEL_WIDTH);
    if (!*block->text && !value) {
        return;
    }
    int32_t label_height = lines_count(label) * pdf_bold.leading;
    struct tag *tag = tag_new(layout, "P");
    pages_want(pages, label_height);
    int32_t start = pages->y;
    layout_lines(layout, tag, label, &pdf_bold, pages->left);
    int page = pages->count;
    int32_t end = pages->y;
    /* a label that filled a page has its value behind it, not beside */
    pages->y = end - start == label_height ? start : end;
    layout_lines(layout, tag, value, &pdf_body, pages->left + LABEL_WIDTH);
    pages->y = page == pages->count && pages->y < end ? end : pages->y;
    pages->y += doc_continues(block) ? PT(1.5) : AFTER;
}

static void item(struct layout *layout, const struct doc_block *block)
{
    struct pages *pages = layout->pages;
    struct pdf_line *lines = broken(layout, block->text, &pdf_body, text_room(layout) - BULLET);
    if (!layout->list) {
        layout->list = tag_new(layout, "L");
        tag_attributes(layout->list, "/A<</O/List/ListNumbering/Disc>>");
    }
    if (lines) {
        struct tag *entry = tag_add(pages->tags, layout->list, "LI");
        pages_want(pages, pdf_body.leading);
        mark_tag(pages, tag_add(pages->tags, entry, "Lbl"));
        draw_line(pages, broken(layout, "•", &pdf_body, BULLET), &pdf_body, pages->left + PT(3),
                  pages->y);
        mark_end(pages);
        layout_lines(layout, tag_add(pages->tags, entry, "LBody"), lines, &pdf_body,
                     pages->left + BULLET);
    }
    pages->y += doc_continues(block) ? PT(2) : AFTER;
}

/* To the right, with a line to write on. */
static void signature(struct layout *layout, const struct doc_block *block)
{
    struct pages *pages = layout->pages;
    int32_t width = PT(220), x = pages->right - width;
    struct pdf_line *who = broken(layout, block->text, &pdf_bold, width);
    struct pdf_line *role = broken(layout, block->value, &pdf_body, width);
    int count = lines_count(who) + lines_count(role);
    pages_want(pages, PT(54) + count * pdf_body.leading);
    pages->y += PT(12);
    if (role) {
        layout_lines(layout, tag_new(layout, "P"), role, &pdf_body, x);
    }
    if (who) {
        layout_lines(layout, tag_new(layout, "P"), who, &pdf_bold, x);
    }
    pages_want(pages, PT(40));
    pages->y += PT(32);
    mark_artifact(pages);
    draw_box(pages, x, pages->y, width, PT(0.6), PDF_INK);
    mark_end(pages);
    pages->y += AFTER;
}

static void block_draw(struct layout *layout, const struct doc_block *block)
{
    layout->list = block->kind == DOC_ITEM ? layout->list : NULL;
    switch (block->kind) {
    case DOC_HEADING:
        heading(layout, block->text, block->level);
        break;
    case DOC_PARAGRAPH:
        paragraph(layout, block->text);
        break;
    case DOC_PAIR:
        pair(layout, block);
        break;
    case DOC_ITEM:
        item(layout, block);
        break;
    case DOC_SIGNATURE:
        signature(layout, block);
        break;
    case DOC_SPACE:
        layout->pages->y += pdf_body.leading;
        break;
    case DOC_PAGE_BREAK:
        pages_break(layout->pages);
        break;
    case DOC_TABLE:
        layout_table(layout, block->table, doc_caption(block));
        break;
    case DOC_FIGURE:
        layout_figure(layout, block);
        break;
    }
}

void layout_draw(struct layout *layout, const struct doc *doc)
{
    if (!doc_has_title(doc)) {
        heading(layout, doc->meta.title, 1);
    }
    for (const struct doc_block *block = doc->first; block; block = block->next) {
        if (layout->pages->pdf->out.full) {
            return; /* too large: the writer says so */
        }
        block_draw(layout, block);
    }
    pages_want(layout->pages, 0); /* at least one page */
}
