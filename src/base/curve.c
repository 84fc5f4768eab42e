#include "base/curve.h"

__extension__ typedef unsigned __int128 wide;

/* One body, compiled for every processor and once more for those with wide vectors. */
#define BODY static inline __attribute__((always_inline)) void
#if defined(__x86_64__) && defined(__GNUC__)
#define WIDE         __attribute__((target("avx2")))
#define WIDE_THERE() (__builtin_cpu_supports("avx2") != 0)
#else
#define WIDE
#define WIDE_THERE() false
#endif

enum { BLOCK = 1024, EIGHT = 8 };

/* ---- steps ------------------------------------------------------------------------------ */

static bool in_range(int64_t value)
{
    return value >= 0 && value < CURVE_MOST;
}

/* The first end is -1: below it stands CURVE_NONE. */
bool curve_steps_make(struct arena *arena, const int32_t *ends, const int64_t *values, size_t count,
                      struct curve_steps *out)
{
    if (count > CURVE_STEPS || !in_range(values[0]))
        return false;
    size_t room = (count + 1 + EIGHT - 1) / EIGHT * EIGHT;
    int32_t *to = ARENA_NEWS(arena, int32_t, room);
    uint32_t *rises = ARENA_NEWS(arena, uint32_t, room);
    for (size_t i = 0; i < room; i++) {
        to[i] = i == 0 ? -1 : i <= count ? ends[i - 1] : INT32_MAX;
        rises[i] = 0;
        if (i > 0 && i <= count && (to[i] <= to[i - 1] || !in_range(values[i])))
            return false;
        if (i <= count)
            rises[i] = (uint32_t)(values[i] - (i == 0 ? CURVE_NONE : values[i - 1]));
    }
    *out = (struct curve_steps){to, rises, room};
    return true;
}

/* Eight ends in one pass over the block, so that their numbers stay in registers. */
BODY steps_pass(const int32_t *restrict end, const uint32_t *restrict rise,
                const int32_t *restrict x, uint32_t *restrict sum, size_t count)
{
    const int32_t e0 = end[0], e1 = end[1], e2 = end[2], e3 = end[3];
    const int32_t e4 = end[4], e5 = end[5], e6 = end[6], e7 = end[7];
    const uint32_t r0 = rise[0], r1 = rise[1], r2 = rise[2], r3 = rise[3];
    const uint32_t r4 = rise[4], r5 = rise[5], r6 = rise[6], r7 = rise[7];
    for (size_t i = 0; i < count; i++)
        sum[i] += (x[i] > e0 ? r0 : 0) + (x[i] > e1 ? r1 : 0) + (x[i] > e2 ? r2 : 0) +
                  (x[i] > e3 ? r3 : 0) + (x[i] > e4 ? r4 : 0) + (x[i] > e5 ? r5 : 0) +
                  (x[i] > e6 ? r6 : 0) + (x[i] > e7 ? r7 : 0);
}

BODY steps_body(const struct curve_steps *steps, const int32_t *restrict x, int32_t *restrict y,
                size_t count)
{
    uint32_t sum[BLOCK];
    for (size_t at = 0; at < count; at += BLOCK) {
        size_t here = count - at < BLOCK ? count - at : BLOCK;
        for (size_t i = 0; i < here; i++)
            sum[i] = (uint32_t)CURVE_NONE;
        for (size_t k = 0; k < steps->count; k += EIGHT)
            steps_pass(steps->ends + k, steps->rises + k, x + at, sum, here);
        for (size_t i = 0; i < here; i++)
            y[at + i] = (int32_t)sum[i];
    }
}

WIDE static void steps_wide(const struct curve_steps *steps, const int32_t *x, int32_t *y,
                            size_t count)
{
    steps_body(steps, x, y, count);
}

void curve_steps_many(const struct curve_steps *steps, const int32_t *x, int32_t *y, size_t count)
{
    if (WIDE_THERE())
        steps_wide(steps, x, y, count);
    else
        steps_body(steps, x, y, count);
}

/* ---- line ------------------------------------------------------------------------------- */

/* num/den scaled, so that (x * scaled + half) >> bits is x * num / den rounded half up, for every x
 * from 0 to `most`. The exact value plus one half is a multiple of 1/(2 den): it is at least that
 * far below the next whole number. The scaled factor, rounded up, errs by at most x / 2^bits, which
 * is less when 2^bits > 2 * den * most. False: that has no room in 64 bits. */
static bool scaled_of(int64_t num, int64_t den, int64_t most, uint64_t *scaled, int *bits)
{
    const wide one = 1;
    wide least = (wide)2 * (uint64_t)den * (uint64_t)(most + 1);
    for (*bits = 1; *bits < 62 && (one << *bits) <= least; ++*bits)
        continue;
    wide factor = ((wide)(uint64_t)num << *bits) / (uint64_t)den + 1;
    *scaled = (uint64_t)factor;
    return (one << *bits) > least && factor <= UINT64_MAX &&
           factor * (uint64_t)(most + 1) + (one << *bits) <= UINT64_MAX;
}

bool curve_line_make(int64_t least, int64_t most, int64_t base, int64_t rise, int64_t num,
                     int64_t den, struct curve_line *out)
{
    if (least < 0 || most <= least || most >= INT32_MAX || rise < 0 || !in_range(base) ||
        !in_range(rise) || num <= 0 || den <= 0 || num - den > den)
        return false;
    int64_t highest = base + rise; /* twice it at most, as num/den is at most 2 */
    *out = (struct curve_line){.least = (int32_t)least,
                               .most = (int32_t)most,
                               .base = (uint32_t)base,
                               .scaled = num != den};
    return in_range(2 * highest) &&
           scaled_of(rise, most - least, most - least, &out->slope, &out->slope_bits) &&
           scaled_of(num, den, highest, &out->scale, &out->scale_bits);
}

BODY line_body(const struct curve_line *line, const int32_t *restrict x, int32_t *restrict y,
               size_t count)
{
    const int32_t least = line->least, most = line->most;
    const uint64_t slope = line->slope, base = line->base, scale = line->scale;
    const int bits = line->slope_bits, scale_bits = line->scale_bits;
    const uint64_t half = (uint64_t)1 << (bits - 1), scale_half = (uint64_t)1 << (scale_bits - 1);
    for (size_t at = 0; at < count; at += BLOCK) { /* the second look is at what is still at hand */
        size_t stop = count - at < BLOCK ? count : at + BLOCK;
        for (size_t i = at; i < stop; i++) {
            int32_t in = x[i] < least ? least : x[i];
            in = in > most ? most : in;
            y[i] = (int32_t)(base + (((uint64_t)(uint32_t)(in - least) * slope + half) >> bits));
        }
        if (line->scaled)
            for (size_t i = at; i < stop; i++)
                y[i] = (int32_t)(((uint64_t)(uint32_t)y[i] * scale + scale_half) >> scale_bits);
        for (size_t i = at; i < stop; i++)
            y[i] = x[i] < 0 ? CURVE_NONE : y[i];
    }
}

WIDE static void line_wide(const struct curve_line *line, const int32_t *x, int32_t *y,
                           size_t count)
{
    line_body(line, x, y, count);
}

void curve_line_many(const struct curve_line *line, const int32_t *x, int32_t *y, size_t count)
{
    if (WIDE_THERE())
        line_wide(line, x, y, count);
    else
        line_body(line, x, y, count);
}
