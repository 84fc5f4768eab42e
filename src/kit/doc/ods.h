/* The two halves of the ODS drawer: ods.c writes the sheets, ods_parts.c the values and the zip. */
#ifndef ZONALE_KIT_DOC_ODS_H
#define ZONALE_KIT_DOC_ODS_H

#include "kit/doc/sheet.h"

/* Text in pieces: a sheet of a hundred thousand rows is never copied to a larger place. */
struct ods_text {
    struct buf buf; /* what is being written */
    struct bytes *pieces;
    size_t count, room;
};
void ods_text_init(struct ods_text *text, struct arena *arena);
/* Puts a piece away when there is a good deal of it; `all`: whatever there is. */
void ods_text_turn(struct ods_text *text, bool all);

struct ods_entry {
    const char *name;
    const struct bytes *pieces;
    size_t count;
};

/* Letter of the cell style of a type; 'S' = text. */
char ods_style(enum field_type type);
/* The attributes office:value-type and office:…value of a known cell that is no text. */
void ods_value(struct buf *buf, const struct doc_cell *cell);
/* "=SUM(B2:B9)" to OpenFormula: "of:=SUM([.B2:.B9])", commas between arguments to semicolons. */
const char *ods_formula(struct arena *arena, const char *formula);
/* 0 = "A", 26 = "AA" */
const char *ods_column(struct arena *arena, size_t index);
/* A zip of the entries; the first is stored, the others are compressed. */
MUST_USE bool ods_zip(const struct ods_entry *entries, size_t count, struct arena *arena,
                      struct bytes *out, struct err *err);

#endif
