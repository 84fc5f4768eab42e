/* Functions of whole numbers, for millions of arguments at a time: steps, and a rounded line.
 *
 * Loops without branches that the compiler turns into vector instructions; where the processor has
 * wider ones, they are used. Results are exact: those of the sums written one by one. Arguments and
 * results are 32-bit numbers; a negative argument has no result, which is said as -1.
 */
#ifndef ZONALE_BASE_CURVE_H
#define ZONALE_BASE_CURVE_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

enum { CURVE_NONE = -1, CURVE_MOST = 1 << 30 }; /* results are from 0 to CURVE_MOST - 1 */

/* Constant between ends: a value up to and including ends[0], then what stands after it... */
struct curve_steps {
    const int32_t *ends;   /* sorted; padded with INT32_MAX, which nothing is over */
    const uint32_t *rises; /* what is added over each end, modulo 2^32: a step may go down */
    size_t count;          /* with the padding */
};
/* `values` has one more than `ends`: values[i] up to and including ends[i], the last beyond. At
 * most CURVE_STEPS ends. False: a value is out of range, or the ends do not grow. */
enum { CURVE_STEPS = 1024 };
MUST_USE bool curve_steps_make(struct arena *arena, const int32_t *ends, const int64_t *values,
                               size_t count, struct curve_steps *out);
void curve_steps_many(const struct curve_steps *steps, const int32_t *x, int32_t *y, size_t count);

/* base + rise * (x - least) / (most - least), the quotient rounded half up; `least` and `most` hold
 * x in. Then, where the scale is not 1/1, the result times num/den, rounded half up again. */
struct curve_line {
    int32_t least, most;
    uint32_t base;
    uint64_t slope, scale; /* scaled by 2^bits: exact, see curve.c */
    int slope_bits, scale_bits;
    bool scaled;
};
/* False: the numbers are too large for an exact result. */
MUST_USE bool curve_line_make(int64_t least, int64_t most, int64_t base, int64_t rise, int64_t num,
                              int64_t den, struct curve_line *out);
void curve_line_many(const struct curve_line *line, const int32_t *x, int32_t *y, size_t count);

#endif
