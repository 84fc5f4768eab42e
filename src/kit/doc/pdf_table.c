/* Tables on pages: widths from the contents, rows that break only when a page cannot hold them,
 * the heading again on every page (as an artifact: it is read once). */
#include "kit/doc/pdf_layout.h"

#include <string.h>

static const struct pdf_style caption_style = {PDF_BOLD, PT(10.5), PT(14.5), PDF_INK};
enum {
    SIZE_MOST = PT(9),
    SIZE_LEAST = PT(5),
    ROW_PAD = PT(3),
    SAMPLE = 300,
    COLUMN_LEAST = PT(16)
};

struct grid {
    struct layout *layout;
    const struct doc_table *table;
    struct tag *tag;
    struct pdf_style cell, head;    /* smaller where there are many columns */
    int32_t pad;                    /* left and right of a text */
    int32_t x[DOC_COLUMNS_MAX + 1]; /* edges of the columns */
    struct pdf_line *labels[DOC_COLUMNS_MAX];
    int32_t head_height;
};

/* A row of cells being drawn; the lines that are left go to the next page. */
struct cells {
    const struct pdf_line *lines[DOC_COLUMNS_MAX];
    struct tag *tags[DOC_COLUMNS_MAX]; /* NULL = artifact */
    bool right[DOC_COLUMNS_MAX];
    const struct pdf_style *style;
};

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Widths that a column would like (its longest text) and needs (its longest word; the whole text
 * where it may not be broken). */
static void wish(const struct grid *grid, const char *text, const struct pdf_style *style,
                 bool whole, int32_t *liked, int32_t *needed)
{
    struct pdf_fonts *fonts = grid->layout->pages->fonts;
    struct arena *arena = grid->layout->pages->pdf->arena;
    int32_t width = text_width(fonts, text, style) + 2 * grid->pad;
    *liked = larger(*liked, width);
    *needed = whole ? larger(*needed, width) : *needed;
    const char *from = text;
    for (int words = 0; *from && !whole && words < 50; words++) {
        size_t size = strcspn(from, " \n");
        if (size) {
            const char *word = arena_strndup(arena, from, size);
            *needed = larger(*needed, text_width(fonts, word, style) + 2 * grid->pad);
        }
        from += size + (from[size] != 0);
    }
}

static void wishes(const struct grid *grid, int32_t *liked, int32_t *needed)
{
    const struct doc_table *table = grid->table;
    struct arena *arena = grid->layout->pages->pdf->arena;
    int seen = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        liked[i] = needed[i] = COLUMN_LEAST;
        wish(grid, table->columns[i].label, &grid->head, false, &liked[i], &needed[i]);
    }
    for (const struct doc_row *row = table->first; row && seen < SAMPLE; row = row->next, seen++) {
        const struct pdf_style *style = row->total ? &grid->head : &grid->cell;
        for (size_t i = 0; i < table->column_count; i++) {
            enum field_type type = row->cells[i].type;
            wish(grid, doc_cell_it(arena, &row->cells[i]), style,
                 doc_type_number(type) || type == FIELD_DAY, &liked[i], &needed[i]);
        }
    }
}

/* What the columns like and need, together; no column more than the page has. */
struct wanted {
    int32_t liked[DOC_COLUMNS_MAX], needed[DOC_COLUMNS_MAX];
    int64_t all_liked, all_needed;
};

static void sizes_set(struct grid *grid, int32_t size)
{
    grid->cell = (struct pdf_style){PDF_REGULAR, size, size * 4 / 3, PDF_INK};
    grid->head = (struct pdf_style){PDF_BOLD, size, size * 4 / 3, PDF_INK};
    grid->pad = size * 4 / 9;
}

static void wanted_sum(struct grid *grid, struct wanted *wanted, int64_t room)
{
    wanted->all_liked = wanted->all_needed = 0;
    wishes(grid, wanted->liked, wanted->needed);
    for (size_t i = 0; i < grid->table->column_count; i++) {
        int32_t *liked = &wanted->liked[i], *needed = &wanted->needed[i];
        *needed = *needed > room / 2 ? (int32_t)(room / 2) : *needed;
        *liked = larger(*liked, *needed);
        *liked = *liked > 3 * room ? (int32_t)(3 * room) : *liked;
        wanted->all_liked += *liked;
        wanted->all_needed += *needed;
    }
}

/* All as they like where there is room, shared by what they like; else what they need and a share
 * of the rest. Where even that is too much the letters get smaller: a number is never broken as
 * long as that helps. */
static void widths_set(struct grid *grid)
{
    struct wanted wanted;
    int64_t room = grid->layout->pages->right - grid->layout->pages->left;
    int32_t size = SIZE_MOST;
    do {
        sizes_set(grid, size);
        wanted_sum(grid, &wanted, room);
        size -= PT(0.5);
    } while (wanted.all_needed > room && size >= SIZE_LEAST);
    int64_t at = grid->layout->pages->left;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        grid->x[i] = (int32_t)at;
        int64_t needed = wanted.needed[i], more = wanted.liked[i] - needed;
        if (wanted.all_liked <= room) {
            at += wanted.liked[i] * room / wanted.all_liked;
        } else if (wanted.all_needed < room) {
            at +=
                needed + more * (room - wanted.all_needed) / (wanted.all_liked - wanted.all_needed);
        } else {
            at += needed * room / wanted.all_needed;
        }
    }
    grid->x[grid->table->column_count] = (int32_t)at;
}

static struct pdf_line *cell_lines(const struct grid *grid, size_t column, const char *text,
                                   const struct pdf_style *style)
{
    int32_t width = grid->x[column + 1] - grid->x[column] - 2 * grid->pad;
    struct pages *pages = grid->layout->pages;
    return lines_break(pages->fonts, pages->pdf->arena, text, style, width);
}

static int cells_most(const struct grid *grid, const struct cells *cells)
{
    int most = 0;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        int count = lines_count(cells->lines[i]);
        most = count > most ? count : most;
    }
    return most;
}

/* At most `max` lines of each cell at `y`; moves the cells on to what is left. */
static void cells_draw(struct grid *grid, struct cells *cells, int max)
{
    struct pages *pages = grid->layout->pages;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        const struct pdf_line *line = cells->lines[i];
        if (!line) {
            continue;
        }
        if (cells->tags[i]) {
            mark_tag(pages, cells->tags[i]);
        } else {
            mark_artifact(pages);
        }
        int32_t y = pages->y + ROW_PAD;
        for (int n = 0; n < max && line; n++, line = line->next, y += cells->style->leading) {
            int32_t x = grid->x[i] + grid->pad;
            if (cells->right[i]) {
                x = grid->x[i + 1] - grid->pad - line->width;
            }
            draw_line(pages, line, cells->style, x, y);
        }
        mark_end(pages);
        cells->lines[i] = line;
    }
    pages->y += max * cells->style->leading + 2 * ROW_PAD;
}

static void rule(struct grid *grid, int32_t thickness, uint32_t colour)
{
    struct pages *pages = grid->layout->pages;
    int32_t left = grid->x[0], right = grid->x[grid->table->column_count];
    mark_artifact(pages);
    draw_box(pages, left, pages->y, right - left, thickness, colour);
    mark_end(pages);
}

/* `tag`: the TR of the first time; NULL = repeated on a later page. */
static void head_draw(struct grid *grid, struct tag *tag)
{
    struct cells cells = {.style = &grid->head};
    struct pages *pages = grid->layout->pages;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        cells.lines[i] = grid->labels[i];
        cells.right[i] = doc_type_number(grid->table->columns[i].type);
        if (tag) {
            cells.tags[i] = tag_add(pages->tags, tag, "TH");
            tag_attributes(cells.tags[i], "/A<</O/Table/Scope/Column>>");
        }
    }
    cells_draw(grid, &cells, cells_most(grid, &cells));
    rule(grid, PT(0.9), PDF_INK);
}

/* A place for `height`; on a new page the heading comes first. */
static void row_place(struct grid *grid, int32_t height)
{
    struct pages *pages = grid->layout->pages;
    int before = pages->count;
    bool open = pages->open;
    pages_want(pages, height);
    bool repeat = grid->head_height < (pages->bottom - pages->top) / 3;
    if (open && pages->count != before && repeat) {
        head_draw(grid, NULL);
    }
}

static void row_draw(struct grid *grid, const struct doc_row *row, struct tag *body)
{
    struct pages *pages = grid->layout->pages;
    struct tag *tag = tag_add(pages->tags, body, "TR");
    struct cells cells = {.style = row->total ? &grid->head : &grid->cell};
    for (size_t i = 0; i < grid->table->column_count; i++) {
        const char *text = doc_cell_it(pages->pdf->arena, &row->cells[i]);
        cells.lines[i] = cell_lines(grid, i, text, cells.style);
        cells.tags[i] = tag_add(pages->tags, tag, "TD");
        cells.right[i] = doc_type_number(row->cells[i].type);
    }
    int left = cells_most(grid, &cells);
    int32_t leading = cells.style->leading;
    int32_t page = pages->bottom - pages->top - grid->head_height - 2 * ROW_PAD;
    left = left ? left : 1;
    /* a row that a page can hold is not torn */
    row_place(grid, left * leading <= page ? left * leading + 2 * ROW_PAD : 3 * leading);
    if (row->total) {
        rule(grid, PT(0.9), PDF_INK);
    }
    while (left > 0) {
        int fit = (pages_left(pages) - 2 * ROW_PAD) / leading;
        fit = fit < 1 ? 1 : fit > left ? left : fit;
        cells_draw(grid, &cells, fit);
        left -= fit;
        if (left > 0) {
            row_place(grid, PT(10000));
        }
    }
    rule(grid, PT(0.4), PDF_PALE);
}

static void caption_draw(struct grid *grid, const char *caption)
{
    struct pages *pages = grid->layout->pages;
    struct pdf_line *lines = lines_break(pages->fonts, pages->pdf->arena, caption, &caption_style,
                                         pages->right - pages->left);
    if (lines) {
        pages_want(pages, lines_count(lines) * caption_style.leading + grid->head_height + PT(40));
        layout_lines(grid->layout, tag_add(pages->tags, grid->tag, "Caption"), lines,
                     &caption_style, pages->left);
        pages->y += PT(2);
    }
}

void layout_table(struct layout *layout, const struct doc_table *table, const char *caption)
{
    struct pages *pages = layout->pages;
    if (table->column_count == 0) {
        return;
    }
    struct grid *grid = ARENA_NEW(pages->pdf->arena, struct grid);
    *grid = (struct grid){.layout = layout, .table = table};
    widths_set(grid);
    struct cells measure = {.style = &grid->head};
    for (size_t i = 0; i < table->column_count; i++) {
        measure.lines[i] = grid->labels[i] =
            cell_lines(grid, i, table->columns[i].label, &grid->head);
    }
    grid->head_height = cells_most(grid, &measure) * grid->head.leading + 2 * ROW_PAD;
    grid->tag = tag_add(pages->tags, tags_document(pages->tags), "Table");
    if (caption) {
        caption_draw(grid, caption);
    }
    pages_want(pages, grid->head_height + PT(20));
    struct tag *head = tag_add(pages->tags, grid->tag, "THead");
    head_draw(grid, tag_add(pages->tags, head, "TR"));
    struct tag *body = table->first ? tag_add(pages->tags, grid->tag, "TBody") : NULL;
    for (const struct doc_row *row = table->first; row && !pages->pdf->out.full; row = row->next) {
        row_draw(grid, row, body);
    }
    pages->y += PT(10);
}
