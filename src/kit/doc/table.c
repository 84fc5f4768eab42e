/* Tables of a document: columns, rows, cells. A row is one piece of memory, and the rows hang one
 * behind the other: a hundred thousand of them cost what they hold. */
#include "kit/doc/parts.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide; /* ISO C has no name for it */

void doc_column(struct doc_table *table, const char *name, const char *label, enum field_type type)
{
    if (table->column_count == DOC_COLUMNS_MAX || table->first) {
        abort(); /* columns come first, and are written in the program */
    }
    struct doc_column *column = &table->columns[table->column_count++];
    column->name = arena_strdup(table->arena, name);
    column->label = label ? doc_keep(table->arena, label) : column->name;
    column->type = type;
}

void doc_row(struct doc_table *table)
{
    size_t size = sizeof(struct doc_row) + table->column_count * sizeof(struct doc_cell);
    struct doc_row *row = arena_alloc(table->arena, size);
    row->total = table->total_next;
    table->total_next = false;
    if (table->last) {
        table->last->next = row;
    } else {
        table->first = row;
    }
    table->last = row;
    table->row_count++;
}

void doc_total(struct doc_table *table)
{
    table->total_next = true;
}

static struct doc_cell *cell_add(struct doc_table *table, enum field_type type)
{
    struct doc_row *row = table->last;
    if (!row || row->count == table->column_count) {
        abort(); /* a cell without a row, or more cells than columns */
    }
    struct doc_cell *cell = &row->cells[row->count++];
    cell->type = type;
    return cell;
}

void doc_cell_text(struct doc_table *table, const char *text)
{
    cell_add(table, FIELD_TEXT)->value.text = doc_keep(table->arena, text);
}

void doc_cell_money(struct doc_table *table, struct money amount)
{
    cell_add(table, FIELD_MONEY)->value.money = amount;
}

void doc_cell_int(struct doc_table *table, int64_t value)
{
    cell_add(table, FIELD_INT)->value.integer = value;
}

void doc_cell_day(struct doc_table *table, struct day day)
{
    cell_add(table, FIELD_DAY)->value.day = day;
}

void doc_cell_rate(struct doc_table *table, struct rate rate)
{
    cell_add(table, FIELD_RATE)->value.rate = rate;
}

void doc_cell_minutes(struct doc_table *table, struct minutes minutes)
{
    cell_add(table, FIELD_MINUTES)->value.minutes = minutes;
}

void doc_cell_formula(struct doc_table *table, const char *formula, struct money value)
{
    struct doc_cell *cell = cell_add(table, FIELD_MONEY);
    cell->value.money = value;
    cell->formula = arena_strdup(table->arena, formula);
}

static void cell_take(struct doc_table *table, const struct field *field, const void *object)
{
    static const size_t sizes[] = {
        [FIELD_ID] = sizeof(struct id),
        [FIELD_INT] = sizeof(int64_t),
        [FIELD_BOOL] = sizeof(bool),
        [FIELD_TEXT] = sizeof(const char *),
        [FIELD_MONEY] = sizeof(struct money),
        [FIELD_RATE] = sizeof(struct rate),
        [FIELD_DAY] = sizeof(struct day),
        [FIELD_INSTANT] = sizeof(struct instant),
        [FIELD_MINUTES] = sizeof(struct minutes),
        [FIELD_BYTES] = 0,
    };
    /* bytes are sealed or binary: there is nothing to print */
    struct doc_cell *cell = cell_add(table, field->type == FIELD_BYTES ? FIELD_NONE : field->type);
    memcpy(&cell->value, (const char *)object + field->offset, sizes[field->type]);
    if (cell->type == FIELD_TEXT) {
        cell->value.text = doc_keep(table->arena, cell->value.text);
    }
}

void doc_rows(struct doc_table *table, const struct field *fields, const struct list *rows)
{
    if (table->column_count == 0) {
        for (const struct field *field = fields; field->type != FIELD_NONE; field++) {
            doc_column(table, field->name, NULL, field->type);
        }
    }
    const struct field *chosen[DOC_COLUMNS_MAX];
    for (size_t i = 0; i < table->column_count; i++) {
        chosen[i] = field_find(fields, table->columns[i].name);
        if (!chosen[i]) {
            abort(); /* a column that the rows do not have */
        }
    }
    for (size_t r = 0; r < rows->count; r++) {
        doc_row(table);
        for (size_t i = 0; i < table->column_count; i++) {
            cell_take(table, chosen[i], (const char *)rows->items + r * rows->size);
        }
    }
}

static struct field cell_field(const struct doc_cell *cell)
{
    return (struct field){"", cell->type, 0};
}

bool doc_cell_known(const struct doc_cell *cell)
{
    struct field field = cell_field(cell);
    return cell->type != FIELD_NONE && field_known(&field, &cell->value);
}

bool doc_type_number(enum field_type type)
{
    return type == FIELD_INT || type == FIELD_MONEY || type == FIELD_RATE || type == FIELD_MINUTES;
}

/* "18,09 %": people compare shares as percentages; programs get the exact ratio. */
static const char *rate_it(struct arena *arena, struct rate rate)
{
    wide size = rate.num < 0 ? -(wide)rate.num : rate.num;
    wide points = (size * 20000 + rate.den) / ((wide)rate.den * 2); /* hundredths of 1 % */
    if (points > INT64_MAX) {
        return "";
    }
    return arena_printf(arena, "%s%lld,%02lld %%", rate.num < 0 ? "-" : "",
                        (long long)(points / 100), (long long)(points % 100));
}

const char *doc_cell_it(struct arena *arena, const struct doc_cell *cell)
{
    struct field field = cell_field(cell);
    if (cell->type == FIELD_RATE && doc_cell_known(cell)) {
        return rate_it(arena, cell->value.rate);
    }
    return doc_cell_known(cell) ? field_it(arena, &field, &cell->value) : "";
}

const char *doc_cell_machine(struct arena *arena, const struct doc_cell *cell)
{
    struct field field = cell_field(cell);
    return doc_cell_known(cell) ? field_machine(arena, &field, &cell->value) : "";
}
