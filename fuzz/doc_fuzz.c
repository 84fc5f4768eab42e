/* Documents made of any bytes, drawn to every format: nothing that people write may stop a paper.
 * The bytes are cut at 0x1e; the first of each piece says what it becomes. */
#include "kit/doc/doc.h"
#include "kit/doc/ical.h"
#include "kit/doc/ods.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void cell_add(struct doc_table *table, const char *text)
{
    int64_t number = 0;
    memcpy(&number, text, strlen(text) < sizeof number ? strlen(text) : sizeof number);
    doc_row(table);
    doc_cell_text(table, text);
    doc_cell_money(table, MONEY(number));
    doc_cell_minutes(table, (struct minutes){(int32_t)number});
    doc_cell_rate(table, rate_of(number >> 8, (number & 0xff) + 1));
    doc_cell_day(table, (struct day){(int32_t)(number % 3000000)});
}

static struct doc_table *columns(struct doc_table *table, const char *text)
{
    doc_column(table, "testo", text, FIELD_TEXT);
    doc_column(table, "importo", "Importo", FIELD_MONEY);
    doc_column(table, "ore", "Ore", FIELD_MINUTES);
    doc_column(table, "quota", text, FIELD_RATE);
    doc_column(table, "giorno", "Giorno", FIELD_DAY);
    return table;
}

static void block_add(struct doc *doc, struct doc_table **table, const char *text)
{
    const char *rest = *text ? text + 1 : text;
    switch (*text % 10) {
    case 0:
        doc_heading(doc, 1 + (unsigned char)*rest % 4, rest);
        break;
    case 1:
        doc_pair(doc, rest, rest);
        break;
    case 2:
        doc_item(doc, rest);
        break;
    case 3:
        doc_signature(doc, rest, rest);
        break;
    case 4:
        *table = columns(doc_table(doc, rest), rest);
        break;
    case 5:
        *table =
            columns(doc_figure(doc, (enum doc_chart)((unsigned char)*rest % 3), rest, NULL), rest);
        break;
    case 6:
    case 7:
        if (*table) {
            cell_add(*table, rest);
        }
        break;
    case 8:
        doc_page_break(doc);
        break;
    default:
        doc_paragraph(doc, rest);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct err err = {0};
    struct bytes out;
    arena_init(&arena, (size_t)256 << 20);
    char *text = arena_strndup(&arena, (const char *)data, size > 4096 ? 4096 : size);
    struct doc_meta meta = {.title = text, .header = text, .landscape = size % 2};
    struct doc *doc = doc_new(&arena, &meta);
    struct doc_table *table = NULL;
    ods_formula(&arena, text);
    struct ical *ical = ical_new(&arena, text);
    struct ical_event event = {
        .uid = text, .stamp = {1}, .start = {(int64_t)size << 40}, .summary = text, .url = text};
    ical_add(ical, &event);
    if (!ical_finish(ical, &out, &err)) {
        abort();
    }
    for (char *piece = text; piece;) {
        char *end = strchr(piece, 0x1e);
        if (end) {
            *end++ = 0;
        }
        block_add(doc, &table, piece);
        piece = end;
    }
    for (int format = DOC_HTML; format <= DOC_JSON; format++) {
        if (format != DOC_XLSX && !doc_draw(doc, (enum doc_format)format, &arena, &out, &err)) {
            abort(); /* XLSX writes files: too slow here, and the library's own */
        }
    }
    arena_release(&arena);
    return 0;
}
