/* Rules of the plans as a table of text (TSV, columns as in demo/regole_2025.tsv). Each fault names
 * line and column. */
#ifndef ZONALE_MOD_FATTURAZIONE_REGOLE_H
#define ZONALE_MOD_FATTURAZIONE_REGOLE_H

#include "mod/fatturazione/rules.h"

enum { REGOLE_MAX = 512, REGOLE_SIZE = 1 << 20 };

/* The rules of a table, in the arena. False: the first fault is in `err`, with line and column. */
MUST_USE bool regole_read(struct arena *arena, struct err *err, const char *name, const char *text,
                          struct regola **regole, size_t *count);

#endif
