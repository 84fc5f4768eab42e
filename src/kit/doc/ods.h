/* The two halves of the ODS drawer: ods.c writes the sheets, ods_parts.c the values and the zip. */
#ifndef ZONALE_KIT_DOC_ODS_H
#define ZONALE_KIT_DOC_ODS_H

#include "kit/doc/sheet.h"

struct ods_entry {
    const char *name;
    struct bytes bytes;
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
