/* A document as JSON for other programs: names of columns, not labels; money as exact text
 * ("1430038.80"), days in ISO 8601, null for what is not known.
 *
 *   {"titolo": ..., "contenuto": [{"tipo": "paragrafo", "testo": ...},
 *     {"tipo": "tabella", "titolo": ..., "colonne": [...], "righe": [{...}]}]}
 *
 * Rows are built and written one at a time: the whole tree of a long list would not fit. */
#include "kit/doc/parts.h"

#include <jansson.h>
#include <string.h>

struct writer {
    struct buf buf;
    char *scratch; /* of one value */
    size_t room;
    json_t *held; /* being built or written: given back by the arena's hook if the arena ends */
};

static void writer_drop(void *data)
{
    json_decref(((struct writer *)data)->held);
}

static json_t *hold(struct writer *writer, json_t *value)
{
    return writer->held = value;
}

/* Through a piece of memory of our own: the arena must not end inside the library. */
static void held_write(struct writer *writer)
{
    size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
    size_t size = json_dumpb(writer->held, writer->scratch, writer->room, flags);
    if (size > writer->room) {
        writer->room = size * 2;
        writer->scratch = arena_alloc(writer->buf.arena, writer->room);
        size = json_dumpb(writer->held, writer->scratch, writer->room, flags);
    }
    buf_add(&writer->buf, writer->scratch, size);
    json_decref(writer->held);
    writer->held = NULL;
}

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static void text_write(struct writer *writer, const char *text)
{
    hold(writer, text_or_null(text));
    held_write(writer);
}

static json_t *cell_value(struct arena *arena, const struct doc_cell *cell)
{
    if (!doc_cell_known(cell)) {
        return json_null();
    }
    switch (cell->type) {
    case FIELD_INT:
        return json_integer(cell->value.integer);
    case FIELD_BOOL:
        return json_boolean(cell->value.truth);
    case FIELD_MINUTES:
        return json_integer(cell->value.minutes.n);
    case FIELD_TEXT:
        return json_string(cell->value.text);
    case FIELD_NONE:
    case FIELD_ID:
    case FIELD_MONEY:
    case FIELD_RATE:
    case FIELD_DAY:
    case FIELD_INSTANT:
    case FIELD_BYTES:
        break;
    }
    return json_string(doc_cell_machine(arena, cell));
}

static void columns_write(struct writer *writer, const struct doc_table *table)
{
    json_t *columns = hold(writer, json_array());
    for (size_t i = 0; i < table->column_count; i++) {
        json_t *column = json_object();
        json_object_set_new(column, "nome", json_string(table->columns[i].name));
        json_object_set_new(column, "etichetta", json_string(table->columns[i].label));
        json_array_append_new(columns, column);
    }
    held_write(writer);
}

static void table_write(struct writer *writer, const struct doc_table *table)
{
    buf_text(&writer->buf, "{\"tipo\":\"tabella\",\"titolo\":");
    text_write(writer, table->caption);
    buf_text(&writer->buf, ",\"colonne\":");
    columns_write(writer, table);
    buf_text(&writer->buf, ",\"righe\":[");
    for (const struct doc_row *row = table->first; row; row = row->next) {
        buf_text(&writer->buf, row == table->first ? "\n" : ",\n");
        json_t *object = hold(writer, json_object());
        for (size_t i = 0; i < table->column_count; i++) {
            json_object_set_new(object, table->columns[i].name,
                                cell_value(writer->buf.arena, &row->cells[i]));
        }
        held_write(writer);
    }
    buf_text(&writer->buf, "\n]}");
}

static void block_write(struct writer *writer, const struct doc_block *block)
{
    static const char *const kinds[] = {
        [DOC_HEADING] = "titolo", [DOC_PARAGRAPH] = "paragrafo", [DOC_PAIR] = "dato",
        [DOC_ITEM] = "voce",      [DOC_SIGNATURE] = "firma",
    };
    json_t *object = hold(writer, json_object());
    json_object_set_new(object, "tipo", json_string(kinds[block->kind]));
    if (block->kind == DOC_HEADING) {
        json_object_set_new(object, "livello", json_integer(block->level));
    }
    json_object_set_new(object, "testo", json_string(block->text));
    if (block->kind == DOC_PAIR || block->kind == DOC_SIGNATURE) {
        json_object_set_new(object, "valore", json_string(block->value));
    }
    held_write(writer);
}

bool json_draw(const struct doc *doc, struct arena *arena, struct bytes *out, struct err *err)
{
    struct writer *writer = ARENA_NEW(arena, struct writer);
    arena_hook(arena, writer_drop, writer);
    buf_init(&writer->buf, arena, DOC_SIZE_MAX);
    buf_text(&writer->buf, "{\"titolo\":");
    text_write(writer, doc->meta.title);
    buf_text(&writer->buf, ",\"ente\":");
    text_write(writer, doc->meta.author);
    buf_text(&writer->buf, ",\"contenuto\":[");
    bool first = true;
    for (const struct doc_block *block = doc->first; block; block = block->next) {
        if (block->kind == DOC_SPACE || block->kind == DOC_PAGE_BREAK) {
            continue;
        }
        buf_text(&writer->buf, first ? "\n" : ",\n");
        first = false;
        if (block->table) {
            table_write(writer, block->table);
        } else {
            block_write(writer, block);
        }
    }
    buf_text(&writer->buf, "]}\n");
    return doc_finish(&writer->buf, out, err);
}
