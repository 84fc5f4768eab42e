/* Fee tables as text: tab-separated, a heading, one line a band. Pure: text in, plans out.
 *
 * Columns, in any order:
 *   servizio variante isee_da isee_a percentuale importo unita       asked for
 *   nome atto dal al costo isee_ammessi                              where a plan needs them
 * Numbers as machines write them (1000.01), days as 2025-01-01. An empty isee_a is an open end.
 * A word in isee_da makes the line a rule of its plan instead of a band:
 *   senza_isee     importo for who has no valid ISEE
 *   non_residenti  importo for who does not live in the ambito
 *   festivo        percentuale added on holidays
 *   tetto          over the ISEE in isee_a the full costo is due
 *   forfait        one importo for all
 * An importo "320.00-500.00" makes the plan linear between isee_da and isee_a.
 */
#ifndef ZONALE_MOD_RETTE_TARIFFE_H
#define ZONALE_MOD_RETTE_TARIFFE_H

#include "base/buf.h"
#include "mod/rette/rules.h"

enum { TARIFFE_FAULTS = 100, TARIFFE_SIZE = 4 * 1024 * 1024 };

struct tariffe_fault {
    size_t line; /* of the file, from 1 */
    const char *column;
    const char *text;
};

struct tariffe {
    struct piano *piani; /* ids not given; those without a fault of theirs are sound */
    size_t count;
    size_t lines; /* of bands and rules */
    struct tariffe_fault faults[TARIFFE_FAULTS];
    size_t fault_count;
};

/* `atto` and `dal` stand in where the file does not say; NULL and DAY_NONE: nothing stands in. */
void tariffe_read(struct arena *arena, const char *text, size_t size, const char *atto,
                  struct day dal, struct tariffe *out);

/* The same format out: what tariffe_read makes of it is the same plan (ids apart). NULL: more than
 * TARIFFE_SIZE. */
const char *tariffe_write(struct arena *arena, const struct piano *piani, size_t count);

#endif
