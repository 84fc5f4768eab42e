/* What a document is made of, as the drawers of this folder read it. Not for the rooms.
 *
 * Texts in a document are well-formed UTF-8 without control characters but '\n': doc_keep sees to
 * it when they come in, so that no drawer has to.
 */
#ifndef ZONALE_KIT_DOC_PARTS_H
#define ZONALE_KIT_DOC_PARTS_H

#include "kit/doc/doc.h"

enum { DOC_LEVELS = 4, DOC_COLUMNS_MAX = 200, DOC_ROWS_MAX = 1000000 };
/* A document larger than this is a mistake; the reader gets an error, not a dead server. */
#define DOC_SIZE_MAX ((size_t)512 << 20)

enum doc_kind {
    DOC_HEADING,
    DOC_PARAGRAPH,
    DOC_PAIR,
    DOC_ITEM,
    DOC_SIGNATURE,
    DOC_SPACE,
    DOC_PAGE_BREAK,
    DOC_TABLE,
    DOC_FIGURE,
};

struct doc_block {
    struct doc_block *next;
    enum doc_kind kind;
    int level;               /* of a heading, made to follow the one before without a gap */
    const char *text;        /* heading, paragraph, item; label of a pair; who signs */
    const char *value;       /* of a pair; role of who signs */
    struct doc_table *table; /* of a table or a figure; NULL in the others */
    bool said;               /* its caption is the heading just before: not said twice on a page */
    enum doc_chart chart;    /* of a figure, whose text is its alternative (may be "") */
};

struct doc {
    struct arena *arena;
    struct doc_meta meta;
    struct doc_block *first, *last;
    int level; /* of the last heading */
};

union doc_value {
    const char *text;
    struct id id;
    int64_t integer;
    bool truth;
    struct money money;
    struct rate rate;
    struct day day;
    struct instant instant;
    struct minutes minutes;
};

struct doc_cell {
    union doc_value value;
    const char *formula;  /* NULL = a plain value */
    enum field_type type; /* FIELD_NONE = blank */
};

struct doc_row {
    struct doc_row *next;
    bool total;
    size_t count;
    struct doc_cell cells[]; /* as many as the table has columns */
};

struct doc_column {
    const char *name;
    const char *label;
    enum field_type type;
};

struct doc_table {
    struct arena *arena;
    const char *caption; /* NULL = none */
    struct doc_column columns[DOC_COLUMNS_MAX];
    size_t column_count;
    struct doc_row *first, *last;
    size_t row_count;
    bool total_next;
};

/* A clean copy; NULL stays NULL. */
const char *doc_keep(struct arena *arena, const char *text);
/* NULL becomes "". */
const char *doc_or_empty(const char *text);
/* Neighbours of the same kind are drawn together (a list, a block of pairs). */
bool doc_continues(const struct doc_block *block);

/* Of a table on a page; NULL where it has none or the heading before says it. */
const char *doc_caption(const struct doc_block *block);
/* Does the document begin with a heading of level 1? Otherwise the drawers put its title there. */
bool doc_has_title(const struct doc *doc);

bool doc_cell_known(const struct doc_cell *cell);
/* Numbers, money, rates, minutes: to the right, with figures of one width. */
bool doc_type_number(enum field_type type);
/* "" for what is not known. In the arena or in the cell. */
const char *doc_cell_it(struct arena *arena, const struct doc_cell *cell);
const char *doc_cell_machine(struct arena *arena, const struct doc_cell *cell);

/* One function a format; doc_draw calls them through a table. */
typedef bool doc_drawer(const struct doc *doc, struct arena *arena, struct bytes *out,
                        struct err *err);
doc_drawer html_draw, text_draw, csv_draw, json_draw, xlsx_draw, ods_draw, pdf_draw;

/* Also right for XML. */
void html_escape(struct buf *buf, const char *text);

/* The bytes of a buffer; false when it was full. */
MUST_USE bool doc_finish(const struct buf *buf, struct bytes *out, struct err *err);

#endif
