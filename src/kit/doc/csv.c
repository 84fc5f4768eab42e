/* Tables as CSV for an Italian spreadsheet: UTF-8 with its mark, semicolons, decimal commas, CRLF.
 *
 * A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers are
 * written from typed cells and are never touched. */
#include "kit/doc/parts.h"

#include <string.h>

/* Also in their full-width forms, which some programs take for the plain ones. */
static bool dangerous(const char *text)
{
    static const char *const wide[] = {"\uff1d", "\uff0b", "\uff0d", "\uff20"};
    if (*text && strchr("=+-@\t\r\n", *text)) {
        return true;
    }
    for (unsigned i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        if (strncmp(text, wide[i], strlen(wide[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void text_add(struct buf *buf, const char *text)
{
    bool guard = dangerous(text);
    if (!guard && !strpbrk(text, ";\"\r\n")) {
        buf_text(buf, text);
        return;
    }
    buf_text(buf, guard ? "\"'" : "\"");
    for (const char *c = text; *c; c++) {
        if (*c == '"') {
            buf_char(buf, '"');
        }
        buf_char(buf, *c);
    }
    buf_char(buf, '"');
}

/* "1430038.80" to "1430038,80": no dots between thousands, they are read in too many ways. */
static void number_add(struct buf *buf, const char *machine)
{
    for (const char *c = machine; *c; c++) {
        buf_char(buf, *c == '.' ? ',' : *c);
    }
}

static void cell_add(struct buf *buf, const struct doc_cell *cell)
{
    switch (cell->type) {
    case FIELD_MONEY:
    case FIELD_INT:
        number_add(buf, doc_cell_machine(buf->arena, cell));
        break;
    case FIELD_TEXT:
    case FIELD_ID:
        text_add(buf, doc_cell_it(buf->arena, cell));
        break;
    case FIELD_NONE:
    case FIELD_BOOL:
    case FIELD_RATE:
    case FIELD_DAY:
    case FIELD_INSTANT:
    case FIELD_MINUTES:
    case FIELD_BYTES:
        buf_text(buf, doc_cell_it(buf->arena, cell));
        break;
    }
}

static void table_add(struct buf *buf, const struct doc_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        buf_text(buf, i ? ";" : "");
        text_add(buf, table->columns[i].label);
    }
    buf_text(buf, "\r\n");
    for (const struct doc_row *row = table->first; row; row = row->next) {
        for (size_t i = 0; i < table->column_count; i++) {
            buf_text(buf, i ? ";" : "");
            cell_add(buf, &row->cells[i]);
        }
        buf_text(buf, "\r\n");
    }
}

/* A document without tables still gives what it says. */
static void blocks_add(struct buf *buf, const struct doc *doc)
{
    for (const struct doc_block *block = doc->first; block; block = block->next) {
        if (block->kind == DOC_SPACE || block->kind == DOC_PAGE_BREAK) {
            continue;
        }
        text_add(buf, block->text);
        if (block->kind == DOC_PAIR || block->kind == DOC_SIGNATURE) {
            buf_char(buf, ';');
            text_add(buf, block->value);
        }
        buf_text(buf, "\r\n");
    }
}

bool csv_draw(const struct doc *doc, struct arena *arena, struct bytes *out, struct err *err)
{
    struct buf buf;
    buf_init(&buf, arena, DOC_SIZE_MAX);
    buf_text(&buf, "\ufeff");
    size_t tables = 0;
    for (const struct doc_block *block = doc->first; block; block = block->next) {
        if (block->table) {
            buf_text(&buf, tables++ ? "\r\n" : "");
            table_add(&buf, block->table);
        }
    }
    if (tables == 0) {
        blocks_add(&buf, doc);
    }
    return doc_finish(&buf, out, err);
}
