/* Documents as values: the blocks, and the table of the formats. */
#include "kit/doc/parts.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

static const struct {
    const char *ext;
    const char *type;
    doc_drawer *draw;
} formats[] = {
    [DOC_HTML] = {"html", "text/html; charset=utf-8", html_draw},
    [DOC_TEXT] = {"txt", "text/plain; charset=utf-8", text_draw},
    [DOC_PDF] = {"pdf", "application/pdf", pdf_draw},
    [DOC_XLSX] = {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  xlsx_draw},
    [DOC_ODS] = {"ods", "application/vnd.oasis.opendocument.spreadsheet", ods_draw},
    [DOC_CSV] = {"csv", "text/csv; charset=utf-8", csv_draw},
    [DOC_JSON] = {"json", "application/json", json_draw},
};
enum { FORMATS = sizeof formats / sizeof formats[0] };

const char *doc_format_type(enum doc_format format)
{
    return formats[format].type;
}

const char *doc_format_ext(enum doc_format format)
{
    return formats[format].ext;
}

bool doc_format_parse(const char *ext, enum doc_format *format)
{
    for (unsigned i = 0; i < FORMATS; i++) {
        if (ext && strcmp(ext, formats[i].ext) == 0) {
            *format = (enum doc_format)i;
            return true;
        }
    }
    return false;
}

bool doc_draw(const struct doc *doc, enum doc_format format, struct arena *arena, struct bytes *out,
              struct err *err)
{
    return formats[format].draw(doc, arena, out, err);
}

bool doc_finish(const struct buf *buf, struct bytes *out, struct err *err)
{
    if (buf->full) {
        return err_set(err, ERR_INPUT, "Il documento è troppo grande: restringere i filtri.");
    }
    out->data = (const unsigned char *)(buf->data ? buf->data : "");
    out->size = buf->size;
    return true;
}

/* XML knows no control characters, and U+FFFE and U+FFFF only as faults. */
static bool allowed(ucs4_t c)
{
    return c == '\n' ||
           (c >= 0x20 && c != 0x7f && (c < 0x80 || c > 0x9f) && (c & 0xfffe) != 0xfffe);
}

/* Writes the clean form of `text` to `out`, or only measures it where `out` is NULL. */
static size_t clean(const char *text, size_t size, char *out)
{
    size_t used = 0;
    for (size_t at = 0; at < size;) {
        ucs4_t c = 0;
        int step = u8_mbtoucr(&c, (const uint8_t *)text + at, size - at);
        const char *piece = text + at;
        size_t width = step > 0 ? (size_t)step : 0;
        at += step > 0 ? (size_t)step : 1;
        if (step <= 0) {
            piece = "\xef\xbf\xbd"; /* U+FFFD for each byte that makes no character */
            width = 3;
        } else if (c == '\t') {
            piece = " ";
        } else if (!allowed(c)) {
            continue;
        }
        if (out) {
            memcpy(out + used, piece, width);
        }
        used += width;
    }
    return used;
}

const char *doc_keep(struct arena *arena, const char *text)
{
    if (!text) {
        return NULL;
    }
    size_t size = strlen(text);
    char *copy = arena_alloc(arena, clean(text, size, NULL) + 1);
    copy[clean(text, size, copy)] = 0;
    return copy;
}

const char *doc_or_empty(const char *text)
{
    return text ? text : "";
}

struct doc *doc_new(struct arena *arena, const struct doc_meta *meta)
{
    struct doc *doc = ARENA_NEW(arena, struct doc);
    doc->arena = arena;
    doc->meta = *meta;
    doc->meta.title = doc_or_empty(doc_keep(arena, meta->title));
    doc->meta.author = doc_keep(arena, meta->author);
    doc->meta.subject = doc_keep(arena, meta->subject);
    doc->meta.header = doc_keep(arena, meta->header);
    doc->meta.footer = doc_keep(arena, meta->footer);
    return doc;
}

static struct doc_block *block_add(struct doc *doc, enum doc_kind kind, const char *text,
                                   const char *value)
{
    struct doc_block *block = ARENA_NEW(doc->arena, struct doc_block);
    block->kind = kind;
    block->text = doc_or_empty(doc_keep(doc->arena, text));
    block->value = doc_or_empty(doc_keep(doc->arena, value));
    if (doc->last) {
        doc->last->next = block;
    } else {
        doc->first = block;
    }
    doc->last = block;
    return block;
}

void doc_heading(struct doc *doc, int level, const char *text)
{
    if (!doc->level && (doc->first || level > 1)) {
        doc->level = 1; /* the title, which the drawers put first */
    }
    /* A gap in the levels loses those who move by headings: the second level is never the fourth.
     */
    int most = doc->level + 1 < DOC_LEVELS ? doc->level + 1 : DOC_LEVELS;
    int least = 1;
    doc->level = level > most ? most : level < least ? least : level;
    block_add(doc, DOC_HEADING, text, NULL)->level = doc->level;
}

void doc_paragraph(struct doc *doc, const char *text)
{
    block_add(doc, DOC_PARAGRAPH, text, NULL);
}

void doc_pair(struct doc *doc, const char *label, const char *value)
{
    block_add(doc, DOC_PAIR, label, value);
}

void doc_item(struct doc *doc, const char *text)
{
    block_add(doc, DOC_ITEM, text, NULL);
}

void doc_signature(struct doc *doc, const char *who, const char *role)
{
    block_add(doc, DOC_SIGNATURE, who, role);
}

void doc_space(struct doc *doc)
{
    block_add(doc, DOC_SPACE, NULL, NULL);
}

void doc_page_break(struct doc *doc)
{
    block_add(doc, DOC_PAGE_BREAK, NULL, NULL);
}

struct doc_table *doc_table(struct doc *doc, const char *caption)
{
    struct doc_table *table = ARENA_NEW(doc->arena, struct doc_table);
    table->arena = doc->arena;
    table->caption = doc_keep(doc->arena, caption);
    const struct doc_block *before = doc->last;
    struct doc_block *block = block_add(doc, DOC_TABLE, NULL, NULL);
    block->table = table;
    block->said = before && before->kind == DOC_HEADING && table->caption &&
                  strcmp(before->text, table->caption) == 0;
    return table;
}

const char *doc_caption(const struct doc_block *block)
{
    return block->said ? NULL : block->table->caption;
}

struct doc_table *doc_figure(struct doc *doc, enum doc_chart kind, const char *caption,
                             const char *alt)
{
    struct doc_table *table = ARENA_NEW(doc->arena, struct doc_table);
    table->arena = doc->arena;
    table->caption = doc_keep(doc->arena, caption);
    struct doc_block *block = block_add(doc, DOC_FIGURE, alt, NULL);
    block->table = table;
    block->chart = kind;
    return table;
}

bool doc_continues(const struct doc_block *block)
{
    return block->next && block->next->kind == block->kind;
}

bool doc_has_title(const struct doc *doc)
{
    return doc->first && doc->first->kind == DOC_HEADING && doc->first->level == 1;
}
