#include "kit/doc/chart_parts.h"

#include "base/text.h"

#include <string.h>
#include <unistr.h>

__extension__ typedef __int128 wide; /* ISO C has no name for it */

enum { TICKS = 5 };

static int64_t amount(const struct doc_cell *cell)
{
    const int64_t most = (int64_t)1 << 56; /* sums and ranges stay in 64 bits */
    int64_t value = 0;
    if (!doc_cell_known(cell)) {
        return 0;
    }
    switch (cell->type) {
    case FIELD_MONEY:
        value = cell->value.money.cents;
        break;
    case FIELD_INT:
        value = cell->value.integer;
        break;
    case FIELD_MINUTES:
        value = cell->value.minutes.n;
        break;
    case FIELD_RATE:
        value = (int64_t)((wide)cell->value.rate.num * 10000 / cell->value.rate.den);
        break;
    case FIELD_NONE:
    case FIELD_ID:
    case FIELD_BOOL:
    case FIELD_TEXT:
    case FIELD_DAY:
    case FIELD_INSTANT:
    case FIELD_BYTES:
        break;
    }
    return value > most ? most : value < -most ? -most : value;
}

int64_t chart_amount(const struct chart *chart, const struct doc_row *row, int series)
{
    return amount(&row->cells[chart->series[series]]);
}

const char *chart_shown(const struct chart *chart, int64_t value)
{
    struct doc_cell cell = {.type = chart->table->columns[chart->series[0]].type};
    switch (cell.type) {
    case FIELD_MONEY:
        cell.value.money = MONEY(value);
        break;
    case FIELD_MINUTES:
        cell.value.minutes.n = value > INT32_MAX ? INT32_MAX : (int32_t)value;
        break;
    case FIELD_RATE:
        cell.value.rate = rate_of(value, 10000);
        break;
    case FIELD_INT:
    case FIELD_NONE:
    case FIELD_ID:
    case FIELD_BOOL:
    case FIELD_TEXT:
    case FIELD_DAY:
    case FIELD_INSTANT:
    case FIELD_BYTES:
        cell.type = FIELD_INT;
        cell.value.integer = value;
        break;
    }
    return doc_cell_it(chart->arena, &cell);
}

const char *chart_shortened(struct arena *arena, const char *text, size_t max)
{
    if (text_length(text) <= max) {
        return text;
    }
    size_t at = 0;
    for (size_t count = 1; text[at] && count < max; count++) {
        int step = u8_mblen((const uint8_t *)text + at, strlen(text + at));
        at += step > 0 ? (size_t)step : 1;
    }
    return arena_printf(arena, "%.*s…", (int)at, text);
}

const char *chart_label(const struct chart *chart, const struct doc_row *row, size_t max)
{
    return chart_shortened(chart->arena, doc_cell_it(chart->arena, &row->cells[0]), max);
}

const struct doc_row *chart_row(const struct doc_row *row)
{
    while (row && row->total) {
        row = row->next;
    }
    return row;
}

int chart_rows(const struct doc_table *table)
{
    int count = 0;
    for (const struct doc_row *row = chart_row(table->first); row; row = chart_row(row->next)) {
        count++;
    }
    return count;
}

static int64_t rounded_step(int64_t range)
{
    int64_t step = 1;
    while (range / step > TICKS) {
        int64_t of_ten = step;
        while (of_ten % 10 == 0) {
            of_ten /= 10;
        }
        step = of_ten == 2 ? step / 2 * 5 : step * 2; /* 1, 2, 5, 10, ... */
    }
    return step;
}

int64_t chart_step(const struct chart *chart)
{
    return rounded_step(chart->high - chart->low);
}

/* The axis holds zero and every amount, up to a whole step. */
static void range_find(struct chart *chart)
{
    int left = chart->row_count;
    for (const struct doc_row *row = chart_row(chart->table->first); row && left;
         row = chart_row(row->next), left--) {
        int64_t up = 0, down = 0;
        for (int i = 0; i < chart->series_count; i++) {
            int64_t value = chart_amount(chart, row, i);
            bool stack = chart->kind == CHART_STACKED;
            up = value > 0 && stack ? up + value : value > up ? value : up;
            down = value < 0 && stack ? down + value : value < down ? value : down;
        }
        chart->high = up > chart->high ? up : chart->high;
        chart->low = down < chart->low ? down : chart->low;
    }
    if (chart->high == chart->low) {
        chart->high = 1;
    }
    int64_t step = chart_step(chart);
    chart->high = (chart->high + step - 1) / step * step;
    chart->low = -((-chart->low + step - 1) / step * step);
}

void chart_init(struct chart *chart, enum doc_chart kind, const struct doc_table *table,
                struct arena *arena)
{
    *chart = (struct chart){.kind = kind, .arena = arena, .table = table};
    for (size_t i = 1; i < table->column_count && chart->series_count < CHART_SERIES_MAX; i++) {
        if (doc_type_number(table->columns[i].type)) {
            chart->series[chart->series_count++] = i;
        }
    }
    chart->row_count = chart->series_count ? chart_rows(table) : 0;
    if (chart->row_count > CHART_ROWS_MAX) {
        chart->row_count = CHART_ROWS_MAX;
    }
    range_find(chart);
}

int32_t chart_place(const struct chart *chart, int64_t value, int32_t from, int32_t to)
{
    wide part = (wide)(value - chart->low) * (to - from);
    return from + (int32_t)(part / (chart->high - chart->low));
}

static void series_tell(struct buf *buf, const struct chart *chart, int series)
{
    const struct doc_row *most = NULL, *least = NULL, *row = chart_row(chart->table->first);
    size_t column = chart->series[series];
    for (int i = 0; i < chart->row_count; i++, row = chart_row(row->next)) {
        if (!doc_cell_known(&row->cells[column])) {
            continue;
        }
        int64_t value = chart_amount(chart, row, series);
        most = !most || value > chart_amount(chart, most, series) ? row : most;
        least = !least || value < chart_amount(chart, least, series) ? row : least;
    }
    if (most) {
        buf_printf(buf, "%s: massimo %s (%s), ", chart->table->columns[column].label,
                   doc_cell_it(buf->arena, &most->cells[column]), chart_label(chart, most, 80));
        buf_printf(buf, "minimo %s (%s). ", doc_cell_it(buf->arena, &least->cells[column]),
                   chart_label(chart, least, 80));
    }
}

const char *chart_alt(enum doc_chart kind, const struct doc_table *table, struct arena *arena)
{
    static const char *const names[] = {
        [CHART_BARS] = "Grafico a barre",
        [CHART_STACKED] = "Grafico a barre in pila",
        [CHART_LINES] = "Grafico a linee",
    };
    struct chart chart;
    struct buf buf;
    chart_init(&chart, kind, table, arena);
    buf_init(&buf, arena, 64 * 1024);
    buf_printf(&buf, "%s: %s. ", names[kind], table->caption ? table->caption : "");
    for (int i = 0; i < chart.series_count; i++) {
        series_tell(&buf, &chart, i);
    }
    buf_text(&buf, "I dati sono nella tabella.");
    return buf.data;
}
