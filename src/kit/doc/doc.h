/* Documents as values, drawn to HTML, text, PDF (PDF/A-2a + PDF/UA-1, own writer), XLSX, ODS, CSV.
 *
 * A room builds a struct doc (a letter, a bill, a table) and knows nothing of formats.
 */
#ifndef ZONALE_KIT_DOC_DOC_H
#define ZONALE_KIT_DOC_DOC_H

#include "base/buf.h"
#include "base/field.h"

enum doc_format { DOC_HTML, DOC_TEXT, DOC_PDF, DOC_XLSX, DOC_ODS, DOC_CSV, DOC_JSON };
const char *doc_format_type(enum doc_format format); /* "application/pdf" */
const char *doc_format_ext(enum doc_format format);  /* "pdf" */
MUST_USE bool doc_format_parse(const char *ext, enum doc_format *format);

struct doc;
struct doc_table;

struct doc_meta {
    const char *title;   /* required: shown in the window's title */
    const char *author;  /* the body that issues it */
    const char *subject; /* NULL */
    struct instant date; /* of the document: the same data make the same bytes */
    const char *header;  /* small, on each page: name of the body */
    const char *footer;  /* small, on each page, before "pagina 1 di 3" */
    bool landscape;
};

/* Texts are copied: what is given may go. Bytes that are no UTF-8 become U+FFFD, control characters
 * are dropped. Where the first block is no heading of level 1, drawers put the title there. */
struct doc *doc_new(struct arena *arena, const struct doc_meta *meta);
void doc_heading(struct doc *doc, int level, const char *text); /* 1-4, in order */
void doc_paragraph(struct doc *doc, const char *text);
/* Pairs "label: value", aligned. */
void doc_pair(struct doc *doc, const char *label, const char *value);
void doc_item(struct doc *doc, const char *text); /* a bullet; neighbours make a list */
void doc_signature(struct doc *doc, const char *who, const char *role); /* a line to sign on */
void doc_space(struct doc *doc);
void doc_page_break(struct doc *doc);

/* A table: columns first, then rows cell by cell. Types decide alignment and number format; money
 * and numbers are numbers in XLSX and ODS. */
struct doc_table *doc_table(struct doc *doc, const char *caption);
void doc_column(struct doc_table *table, const char *name, const char *label, enum field_type type);
void doc_row(struct doc_table *table);
void doc_cell_text(struct doc_table *table, const char *text);
void doc_cell_money(struct doc_table *table, struct money amount);
void doc_cell_int(struct doc_table *table, int64_t value);
void doc_cell_day(struct doc_table *table, struct day day);
void doc_cell_rate(struct doc_table *table, struct rate rate);
void doc_cell_minutes(struct doc_table *table, struct minutes minutes);
/* A value with a live formula in XLSX and ODS: "=SUM(B2:B9)" ({col}{row} of the sheet). */
void doc_cell_formula(struct doc_table *table, const char *formula, struct money value);
void doc_total(struct doc_table *table); /* the next row is a total: bold, with a line above */
/* All rows of a list, columns from the fields. */
void doc_rows(struct doc_table *table, const struct field *fields, const struct list *rows);

/* A chart drawn from the table that is returned: its first column names the categories, each column
 * of numbers after it is a series (at most 6); totals are not drawn. The table goes with the chart:
 * beside it in HTML and PDF, alone in the other formats. `alt`: what is to be seen, in a sentence,
 * for those who do not see it; NULL = the largest and the smallest of each series. */
enum doc_chart { CHART_BARS, CHART_STACKED, CHART_LINES };
struct doc_table *doc_figure(struct doc *doc, enum doc_chart kind, const char *caption,
                             const char *alt);

/* The blocks of the document as HTML, to stand inside a page of the site: no <html>, no title. */
void doc_html_body(const struct doc *doc, struct buf *out);
/* Whole document in the arena. False: too large (ERR_INPUT), no space (ERR_IO, ERR_FULL). */
MUST_USE bool doc_draw(const struct doc *doc, enum doc_format format, struct arena *arena,
                       struct bytes *out, struct err *err);

#endif
