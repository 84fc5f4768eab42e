/* The data of a chart, found once, as both halves of the drawer see them. */
#ifndef ZONALE_KIT_DOC_CHART_PARTS_H
#define ZONALE_KIT_DOC_CHART_PARTS_H

#include "kit/doc/chart.h"

struct chart {
    enum doc_chart kind;
    struct arena *arena;
    const struct chart_pen *pen;
    const struct doc_table *table;
    size_t series[CHART_SERIES_MAX]; /* columns */
    int series_count;
    int row_count;
    int64_t low, high; /* of the axis */
    int32_t left, right;
    int32_t top;
};

void chart_init(struct chart *chart, enum doc_chart kind, const struct doc_table *table,
                struct arena *arena);
/* How many rows are no totals. */
int chart_rows(const struct doc_table *table);
/* The first row from here that is drawn; NULL at the end. */
const struct doc_row *chart_row(const struct doc_row *row);
/* 0 for what is not known. */
int64_t chart_amount(const struct chart *chart, const struct doc_row *row, int series);
/* An amount as the table writes it. */
const char *chart_shown(const struct chart *chart, int64_t value);
const char *chart_label(const struct chart *chart, const struct doc_row *row, size_t max);
const char *chart_shortened(struct arena *arena, const char *text, size_t max);
/* From one mark of the axis to the next: 1, 2 or 5 of some power of ten. */
int64_t chart_step(const struct chart *chart);
/* Where an amount lies between two ends. */
int32_t chart_place(const struct chart *chart, int64_t value, int32_t from, int32_t to);

#endif
