#include "kit/doc/chart_parts.h"

#include "base/text.h"

#define PT(points) ((int32_t)((points)*1000))
enum { ROW = PT(20), GROUP_BAR = PT(9), LABEL = PT(150), AMOUNT = PT(72), LEGEND = PT(18) };
enum { PLOT = PT(190), AXIS = PT(62), AXIS_TEXT = PT(26), INK = 0x17324d, RULE = 0xd9dadb };
enum { LABEL_CHARS = 28, LEGEND_CHARS = 22, AXIS_CHARS = 12 };

static const uint32_t colours[CHART_SERIES_MAX] = {0x0066cc, 0xcc7a00, 0x008758,
                                                   0xb0306a, 0x5c6f82, 0x6a3fb5};

/* ---- drawing ---------------------------------------------------------------------------- */

static void rect(const struct chart *chart, int32_t x, int32_t y, int32_t width, int32_t height,
                 uint32_t colour)
{
    chart->pen->rect(chart->pen->data, x, y, width, height, colour);
}

static void line(const struct chart *chart, int32_t x1, int32_t y1, int32_t x2, int32_t y2,
                 int32_t width, int32_t dash, uint32_t colour)
{
    chart->pen->line(chart->pen->data, x1, y1, x2, y2, width, dash, colour);
}

static void text(const struct chart *chart, int32_t x, int32_t y, enum chart_align align,
                 const char *words)
{
    chart->pen->text(chart->pen->data, x, y, align, words);
}

/* A bar of a series: whole, or with white stripes along, across, or both. */
static void bar(const struct chart *chart, int series, int32_t x, int32_t y, int32_t width,
                int32_t height)
{
    enum { GAP = PT(4), WHITE = 0xffffff };
    rect(chart, x, y, width, height, colours[series]);
    bool along = series == 1 || series == 3 || series == 5;
    bool across = series == 2 || series == 3;
    for (int32_t at = y + GAP; along && at < y + height - PT(1); at += GAP) {
        rect(chart, x, at, width, PT(0.8), WHITE);
    }
    for (int32_t at = x + GAP; across && at < x + width - PT(1); at += GAP) {
        rect(chart, at, y, PT(0.8), height, WHITE);
    }
}

/* The mark of a point: square, hollow square, cross, plus. */
static void point(const struct chart *chart, int series, int32_t x, int32_t y)
{
    const int32_t r = PT(2.5), w = PT(1);
    uint32_t colour = colours[series];
    if (series % 4 == 0) {
        rect(chart, x - r, y - r, 2 * r, 2 * r, colour);
    } else if (series % 4 == 1) {
        rect(chart, x - r, y - r, 2 * r, 2 * r, colour);
        rect(chart, x - r + w, y - r + w, 2 * (r - w), 2 * (r - w), 0xffffff);
    } else if (series % 4 == 2) {
        line(chart, x - r, y - r, x + r, y + r, w, 0, colour);
        line(chart, x - r, y + r, x + r, y - r, w, 0, colour);
    } else {
        line(chart, x - r, y, x + r, y, w, 0, colour);
        line(chart, x, y - r, x, y + r, w, 0, colour);
    }
}

static void legend_draw(struct chart *chart, int32_t width)
{
    int32_t each = width / (chart->series_count > 3 ? 3 : chart->series_count);
    for (int i = 0; i < chart->series_count; i++) {
        int32_t x = i % 3 * each, y = i / 3 * LEGEND;
        const char *label = chart->table->columns[chart->series[i]].label;
        if (chart->kind == CHART_LINES) {
            line(chart, x, y + PT(6), x + PT(18), y + PT(6), PT(1.5), PT(3) * (i % 3), colours[i]);
            point(chart, i, x + PT(9), y + PT(6));
        } else {
            bar(chart, i, x, y + PT(1), PT(18), PT(9));
        }
        text(chart, x + PT(23), y + PT(1), ALIGN_LEFT,
             chart_shortened(chart->arena, label, LEGEND_CHARS));
    }
}

static int32_t legend_height(int series_count)
{
    return series_count > 1 ? (series_count + 2) / 3 * LEGEND + PT(4) : PT(4);
}

static int32_t row_height(enum doc_chart kind, int series_count)
{
    bool group = kind == CHART_BARS && series_count > 1;
    return group ? series_count * GROUP_BAR + PT(8) : ROW;
}

static void bars_of_row(const struct chart *chart, const struct doc_row *row, int32_t y)
{
    int32_t thick = chart->series_count > 1 ? GROUP_BAR : PT(12);
    int32_t zero = chart_place(chart, 0, chart->left, chart->right);
    for (int i = 0; i < chart->series_count; i++, y += thick) {
        int64_t value = chart_amount(chart, row, i);
        int32_t end = chart_place(chart, value, chart->left, chart->right);
        bar(chart, i, end < zero ? end : zero, y, end < zero ? zero - end : end - zero,
            thick - PT(1));
        if (doc_cell_known(&row->cells[chart->series[i]])) {
            text(chart, (end > zero ? end : zero) + PT(4), y + thick / 2 - PT(5.5), ALIGN_LEFT,
                 chart_shown(chart, value));
        }
    }
}

static void stack_of_row(const struct chart *chart, const struct doc_row *row, int32_t y)
{
    int64_t up = 0, down = 0;
    for (int i = 0; i < chart->series_count; i++) {
        int64_t value = chart_amount(chart, row, i);
        int64_t *base = value < 0 ? &down : &up;
        int32_t from = chart_place(chart, *base, chart->left, chart->right);
        *base += value;
        int32_t to = chart_place(chart, *base, chart->left, chart->right);
        int32_t gap = to - from > PT(2) ? PT(0.6) : 0;
        bar(chart, i, from < to ? from : to, y, (from < to ? to - from : from - to) - gap, PT(12));
    }
    int32_t end = chart_place(chart, up, chart->left, chart->right);
    text(chart, end + PT(4), y + PT(0.5), ALIGN_LEFT, chart_shown(chart, up + down));
}

static void bars_draw(struct chart *chart, int32_t width)
{
    int32_t height = row_height(chart->kind, chart->series_count), y = chart->top;
    chart->left = LABEL;
    chart->right = width - AMOUNT;
    int32_t zero = chart_place(chart, 0, chart->left, chart->right);
    const struct doc_row *row = chart_row(chart->table->first);
    for (int i = 0; i < chart->row_count; i++, row = chart_row(row->next), y += height) {
        text(chart, LABEL - PT(6), y + height / 2 - PT(6), ALIGN_RIGHT,
             chart_label(chart, row, LABEL_CHARS));
        if (chart->kind == CHART_STACKED) {
            stack_of_row(chart, row, y + PT(3));
        } else {
            bars_of_row(chart, row, y + PT(4));
        }
    }
    line(chart, zero, chart->top, zero, y, PT(0.8), 0, INK);
    int more = chart_rows(chart->table) - chart->row_count;
    if (more > 0) {
        text(chart, LABEL + PT(4), y + PT(4), ALIGN_LEFT,
             arena_printf(chart->arena, "e altre %d voci, nella tabella", more));
    }
}

static void scale_draw(const struct chart *chart, int32_t bottom, int32_t top)
{
    int64_t step = chart_step(chart);
    for (int64_t value = chart->low; value <= chart->high; value += step) {
        int32_t y = chart_place(chart, value, bottom, top);
        line(chart, chart->left, y, chart->right, y, PT(0.5), 0, value ? RULE : INK);
        text(chart, chart->left - PT(6), y - PT(5), ALIGN_RIGHT, chart_shown(chart, value));
    }
}

static void series_draw(const struct chart *chart, int series, int32_t bottom, int32_t top)
{
    int32_t room = chart->right - chart->left;
    int32_t last_x = -1, last_y = 0;
    const struct doc_row *row = chart_row(chart->table->first);
    for (int i = 0; i < chart->row_count; i++, row = chart_row(row->next)) {
        int32_t x = chart->left + (int32_t)((int64_t)room * (2 * i + 1) / (2 * chart->row_count));
        int32_t y = chart_place(chart, chart_amount(chart, row, series), bottom, top);
        if (!doc_cell_known(&row->cells[chart->series[series]])) {
            last_x = -1; /* not known is a gap, not zero */
            continue;
        }
        if (last_x >= 0) {
            line(chart, last_x, last_y, x, y, PT(1.5), PT(3) * (series % 3), colours[series]);
        }
        point(chart, series, x, y);
        last_x = x;
        last_y = y;
    }
}

/* Every how many points a label fits beside the next. */
static int labels_apart(const struct chart *chart, int32_t room)
{
    size_t longest = 1;
    const struct doc_row *row = chart_row(chart->table->first);
    for (int i = 0; i < chart->row_count; i++, row = chart_row(row->next)) {
        size_t length = text_length(chart_label(chart, row, AXIS_CHARS));
        longest = length > longest ? length : longest;
    }
    int64_t width = (int64_t)longest * PT(5.5) + PT(6);
    int every = (int)((chart->row_count * width + room - 1) / room);
    return every ? every : 1;
}

static void lines_draw(struct chart *chart, int32_t width)
{
    int32_t top = chart->top + PT(6), bottom = chart->top + PLOT;
    chart->left = AXIS;
    chart->right = width - PT(6);
    scale_draw(chart, bottom, top);
    int32_t room = chart->right - chart->left;
    int every = labels_apart(chart, room);
    const struct doc_row *row = chart_row(chart->table->first);
    for (int i = 0; i < chart->row_count; i++, row = chart_row(row->next)) {
        int32_t x = chart->left + (int32_t)((int64_t)room * (2 * i + 1) / (2 * chart->row_count));
        if (i % every == 0) {
            text(chart, x, bottom + PT(6), ALIGN_MIDDLE, chart_label(chart, row, AXIS_CHARS));
        }
    }
    for (int i = 0; i < chart->series_count; i++) {
        series_draw(chart, i, bottom, top);
    }
}

/* Rows of bars that fit below the legend; one line is kept for what does not. */
static int rows_fitting(const struct chart *chart, struct chart_room room)
{
    int32_t each = row_height(chart->kind, chart->series_count);
    int32_t free = room.height - legend_height(chart->series_count) - PT(4);
    if (chart->row_count * (int64_t)each <= free) {
        return chart->row_count;
    }
    return free < each + ROW ? 1 : (free - ROW) / each;
}

int32_t chart_height(enum doc_chart kind, const struct doc_table *table, struct chart_room room)
{
    struct chart chart;
    chart_init(&chart, kind, table, NULL);
    int32_t height = legend_height(chart.series_count) + PT(4);
    if (chart.row_count == 0) {
        return height + ROW;
    }
    if (kind == CHART_LINES) {
        return height + PLOT + AXIS_TEXT;
    }
    int rows = rows_fitting(&chart, room);
    return height + rows * row_height(kind, chart.series_count) +
           (rows < chart_rows(table) ? ROW : 0);
}

void chart_draw(enum doc_chart kind, const struct doc_table *table, struct arena *arena,
                struct chart_room room, const struct chart_pen *pen)
{
    struct chart chart;
    chart_init(&chart, kind, table, arena);
    chart.pen = pen;
    chart.top = legend_height(chart.series_count);
    if (chart.series_count > 1) {
        legend_draw(&chart, room.width);
    }
    if (chart.row_count == 0) {
        text(&chart, 0, chart.top, ALIGN_LEFT, "Nessun dato");
    } else if (kind == CHART_LINES) {
        lines_draw(&chart, room.width);
    } else {
        chart.row_count = rows_fitting(&chart, room);
        bars_draw(&chart, room.width);
    }
}
