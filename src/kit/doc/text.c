/* A document as plain text for terminals and mail: 78 columns, tables with aligned columns. */
#include "kit/doc/parts.h"

#include <string.h>
#include <unistr.h>
#include <uniwidth.h>

enum { WIDTH = 78, CELL_MAX = 40, PAIR_MAX = 30 };

static size_t width_of(const char *text)
{
    int width = u8_strwidth((const uint8_t *)text, "UTF-8");
    return width > 0 ? (size_t)width : 0;
}

static void spaces(struct buf *buf, size_t count)
{
    while (count--) {
        buf_char(buf, ' ');
    }
}

static void line_of(struct buf *buf, char c, size_t count)
{
    while (count--) {
        buf_char(buf, c);
    }
    buf_char(buf, '\n');
}

/* The first bytes of `text` that fit in `room` columns, up to a space where there is one; at least
 * one character, so that a caller always gets on. */
static size_t fit(const char *text, size_t room)
{
    size_t used = 0, at = 0, space = 0;
    while (text[at] && text[at] != '\n') {
        ucs4_t c;
        int step = u8_mbtoucr(&c, (const uint8_t *)text + at,
                              strlen(text + at) > 6 ? 6 : strlen(text + at));
        int wide = uc_width(c, "UTF-8");
        if (c == ' ') {
            space = at;
        }
        if (used + (wide > 0 ? (size_t)wide : 0) > room && at) {
            return space ? space : at;
        }
        used += wide > 0 ? (size_t)wide : 0;
        at += step > 0 ? (size_t)step : 1;
    }
    return at;
}

/* `indent` spaces before every line but the first. */
static void wrap(struct buf *buf, const char *text, size_t indent, size_t room)
{
    for (;;) {
        size_t size = fit(text, room);
        buf_add(buf, text, size);
        buf_char(buf, '\n');
        text += size;
        if (*text == ' ' || *text == '\n') {
            text++;
        }
        if (!*text) {
            return;
        }
        spaces(buf, indent);
    }
}

static void heading(struct buf *buf, const struct doc_block *block)
{
    static const char lines[] = {0, '=', '-', 0, 0};
    buf_char(buf, '\n');
    wrap(buf, block->text, 0, WIDTH);
    size_t width = width_of(block->text);
    if (lines[block->level]) {
        line_of(buf, lines[block->level], width < WIDTH ? width : WIDTH);
    }
    buf_char(buf, '\n');
}

static void pair(struct buf *buf, const struct doc_block *block)
{
    size_t width = width_of(block->text);
    buf_text(buf, block->text);
    buf_char(buf, ':');
    if (width + 2 > PAIR_MAX) {
        buf_char(buf, '\n');
        spaces(buf, PAIR_MAX);
    } else {
        spaces(buf, PAIR_MAX - width - 1);
    }
    wrap(buf, block->value, PAIR_MAX, WIDTH - PAIR_MAX);
}

static void widths_measure(struct arena *arena, const struct doc_table *table, size_t *widths)
{
    for (size_t i = 0; i < table->column_count; i++) {
        widths[i] = width_of(table->columns[i].label);
    }
    for (const struct doc_row *row = table->first; row; row = row->next) {
        for (size_t i = 0; i < table->column_count; i++) {
            size_t width = width_of(doc_cell_it(arena, &row->cells[i]));
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
    for (size_t i = 0; i < table->column_count; i++) {
        widths[i] = widths[i] > CELL_MAX ? CELL_MAX : widths[i];
    }
}

/* One line of a row: takes from each text what fits, and moves it on. True while there is more. */
static bool row_line(struct buf *buf, const char **texts, const bool *right, const size_t *widths,
                     size_t count)
{
    bool more = false;
    for (size_t i = 0; i < count; i++) {
        size_t size = fit(texts[i], widths[i]);
        const char *piece = arena_strndup(buf->arena, texts[i], size);
        size_t width = width_of(piece);
        size_t pad = width < widths[i] ? widths[i] - width : 0;
        buf_text(buf, i ? "  " : "");
        spaces(buf, right[i] ? pad : 0);
        buf_text(buf, piece);
        spaces(buf, right[i] || i + 1 == count ? 0 : pad);
        texts[i] += size;
        texts[i] += *texts[i] == ' ' || *texts[i] == '\n';
        more = more || *texts[i];
    }
    buf_char(buf, '\n');
    return more;
}

static void table_draw(struct buf *buf, const struct doc_block *block)
{
    const struct doc_table *table = block->table;
    const char *caption = doc_caption(block);
    size_t widths[DOC_COLUMNS_MAX], full = 0;
    bool right[DOC_COLUMNS_MAX];
    const char *texts[DOC_COLUMNS_MAX];
    widths_measure(buf->arena, table, widths);
    buf_char(buf, '\n');
    if (caption) {
        wrap(buf, caption, 0, WIDTH);
        buf_char(buf, '\n');
    }
    for (size_t i = 0; i < table->column_count; i++) {
        full += widths[i] + (i ? 2 : 0);
        right[i] = doc_type_number(table->columns[i].type);
        texts[i] = table->columns[i].label;
    }
    while (row_line(buf, texts, right, widths, table->column_count)) {
    }
    line_of(buf, '-', full);
    for (const struct doc_row *row = table->first; row; row = row->next) {
        if (row->total) {
            line_of(buf, '-', full);
        }
        for (size_t i = 0; i < table->column_count; i++) {
            right[i] = doc_type_number(row->cells[i].type);
            texts[i] = doc_cell_it(buf->arena, &row->cells[i]);
        }
        while (row_line(buf, texts, right, widths, table->column_count)) {
        }
    }
    buf_char(buf, '\n');
}

static void block_draw(struct buf *buf, const struct doc_block *block)
{
    switch (block->kind) {
    case DOC_HEADING:
        heading(buf, block);
        break;
    case DOC_PARAGRAPH:
        wrap(buf, block->text, 0, WIDTH);
        buf_char(buf, '\n');
        break;
    case DOC_PAIR:
        pair(buf, block);
        buf_text(buf, doc_continues(block) ? "" : "\n");
        break;
    case DOC_ITEM:
        buf_text(buf, "- ");
        wrap(buf, block->text, 2, WIDTH - 2);
        buf_text(buf, doc_continues(block) ? "" : "\n");
        break;
    case DOC_SIGNATURE:
        buf_printf(buf, "\n\n______________________________\n%s\n%s\n\n", block->text,
                   block->value);
        break;
    case DOC_SPACE:
        buf_char(buf, '\n');
        break;
    case DOC_PAGE_BREAK:
        line_of(buf, '-', WIDTH);
        break;
    case DOC_TABLE:
    case DOC_FIGURE:
        table_draw(buf, block);
        break;
    }
}

bool text_draw(const struct doc *doc, struct arena *arena, struct bytes *out, struct err *err)
{
    struct buf buf;
    buf_init(&buf, arena, DOC_SIZE_MAX);
    if (doc->meta.header) {
        buf_printf(&buf, "%s\n", doc->meta.header);
    }
    if (!doc_has_title(doc)) {
        heading(&buf,
                &(struct doc_block){.kind = DOC_HEADING, .level = 1, .text = doc->meta.title});
    }
    for (const struct doc_block *block = doc->first; block; block = block->next) {
        block_draw(&buf, block);
    }
    if (doc->meta.footer) {
        buf_printf(&buf, "\n%s\n", doc->meta.footer);
    }
    return doc_finish(&buf, out, err);
}
