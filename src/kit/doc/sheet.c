#include "kit/doc/sheet.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>
#include <unistr.h>

/* The first `max` characters of `text`. */
static const char *cut(struct arena *arena, const char *text, size_t max)
{
    size_t at = 0;
    for (size_t count = 0; text[at] && count < max; count++) {
        int step = u8_mblen((const uint8_t *)text + at, strlen(text + at));
        at += step > 0 ? (size_t)step : 1;
    }
    return arena_strndup(arena, text, at);
}

static bool taken(const struct sheets *sheets, const char *name)
{
    for (size_t i = 0; i < sheets->count; i++) {
        if (strcasecmp(sheets->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static const char *name_of(struct arena *arena, const struct sheets *sheets, const char *text)
{
    char *clean = arena_strdup(arena, text && *text ? text : "Tabella");
    for (char *c = clean; *c; c++) {
        if (strchr("[]:*?/\\'\n", *c)) {
            *c = ' ';
        }
    }
    const char *name = cut(arena, clean, SHEET_NAME_MAX);
    for (int i = 2; taken(sheets, name); i++) {
        name = arena_printf(arena, "%s (%d)", cut(arena, clean, SHEET_NAME_MAX - 6), i);
    }
    return name;
}

bool sheet_note(const struct doc_block *block)
{
    return !block->table && block->kind != DOC_SPACE && block->kind != DOC_PAGE_BREAK;
}

bool sheets_collect(const struct doc *doc, struct arena *arena, struct sheets *sheets,
                    struct err *err)
{
    bool notes = false;
    for (const struct doc_block *block = doc->first; block; block = block->next) {
        notes = notes || sheet_note(block);
        if (!block->table) {
            continue;
        }
        if (sheets->count == SHEETS_MAX || block->table->row_count >= SHEET_ROWS_MAX) {
            return err_set(err, ERR_INPUT, "Troppe tabelle o righe per un foglio di calcolo.");
        }
        const char *name = block->table->caption;
        name = name_of(arena, sheets, name ? name : doc->meta.title);
        sheets->tables[sheets->count] = block->table;
        sheets->names[sheets->count++] = name;
    }
    if (notes || sheets->count == 0) {
        sheets->notes = name_of(arena, sheets, "Note");
    }
    return true;
}

int sheet_width(struct arena *arena, const struct doc_table *table, size_t column)
{
    enum { SAMPLE = 1000 };
    size_t width = text_length(table->columns[column].label) + 3; /* the filter's button */
    int seen = 0;
    for (const struct doc_row *row = table->first; row && seen < SAMPLE; row = row->next, seen++) {
        size_t length = text_length(doc_cell_it(arena, &row->cells[column])) + 2;
        width = length > width ? length : width;
    }
    if (width < SHEET_WIDTH_LEAST) {
        return SHEET_WIDTH_LEAST;
    }
    return width > SHEET_WIDTH_MOST ? SHEET_WIDTH_MOST : (int)width;
}

const char *sheet_text(struct arena *arena, const char *text)
{
    return strlen(text) <= SHEET_TEXT_MAX ? text : cut(arena, text, SHEET_TEXT_MAX);
}
