/* Millions of fees: all that does not depend on the ISEE is worked out when the table is made. */
#include "base/curve.h"
#include "mod/rette/rules.h"

#include <stdlib.h>

/* One version of the plan: sorted ends of its bands, padded to a power of two with an end that is
 * never passed, so that each search takes the same few steps; or the numbers of its line. */
struct table_span {
    int64_t *ends;    /* last ISEE of each band, cents */
    int64_t *amounts; /* due in it, cents, holiday rate included */
    size_t room;      /* power of two */
    bool line;
    int64_t isee_min, isee_max, retta_min, rise;
    int64_t up_num, up_den; /* the holiday rate: 21/20, or 1/1 */
    int64_t ceiling, beyond;
    bool fast; /* the numbers fit base/curve.h: they do, but for absurd plans */
    struct curve_steps steps;
    struct curve_line along;
};

struct retta_table {
    const struct table_span *spans;
    const int32_t *from, *to; /* days, sorted, apart */
    size_t count;
    bool fast; /* all of them are able */
};

/* How many bands end before the ISEE: a lower bound in log2(room) steps. */
static inline int64_t search(const struct table_span *span, int64_t isee)
{
    const int64_t *ends = span->ends;
    size_t at = 0;
    for (size_t step = span->room / 2; step > 0; step /= 2)
        at += ends[at + step - 1] < isee ? step : 0;
    return span->amounts[at];
}

/* numerator / denominator, half away from zero; both positive and small: see span_line. */
static inline int64_t half_up(int64_t num, int64_t den)
{
    return (2 * num + den) / (2 * den);
}

static inline int64_t along_line(const struct table_span *span, int64_t isee)
{
    int64_t x = isee < span->isee_min ? span->isee_min : isee;
    x = x > span->isee_max ? span->isee_max : x;
    int64_t rise = half_up((x - span->isee_min) * span->rise, span->isee_max - span->isee_min);
    int64_t base = span->retta_min + rise;
    return span->up_den == 1 ? base * span->up_num : half_up(base * span->up_num, span->up_den);
}

/* One at a time: the way of retta_compute, for any plan. */
static inline int64_t span_answer(const struct table_span *span, int64_t isee)
{
    int64_t amount = span->line ? along_line(span, isee) : search(span, isee);
    return isee > span->ceiling ? span->beyond : amount;
}

/* ---- making ------------------------------------------------------------------------------ */

static struct rate uplift(const struct piano *piano, bool festivo)
{
    return festivo ? rate_add(RATE_ONE, piano->festivo) : RATE_ONE;
}

static bool span_line(const struct piano *piano, struct table_span *span)
{
    span->line = true;
    span->isee_min = piano->isee_min.cents;
    span->isee_max = piano->isee_max.cents;
    span->retta_min = piano->retta_min.cents;
    span->rise = piano->retta_max.cents - piano->retta_min.cents;
    int64_t widest, highest;
    return !__builtin_mul_overflow(span->isee_max - span->isee_min, span->rise + 1, &widest) &&
           widest < INT64_MAX / 4 &&
           !__builtin_mul_overflow(piano->retta_max.cents + 1, span->up_num + 1, &highest) &&
           highest < INT64_MAX / 4;
}

static void span_fasce(struct arena *arena, const struct piano *piano, struct table_span *span)
{
    struct rate up = RATE(span->up_num, span->up_den);
    span->room = 1;
    while (span->room < piano->fasce_count)
        span->room *= 2;
    span->ends = ARENA_NEWS(arena, int64_t, span->room);
    span->amounts = ARENA_NEWS(arena, int64_t, span->room);
    for (size_t i = 0; i < span->room; i++) {
        size_t at = i < piano->fasce_count ? i : piano->fasce_count - 1;
        const struct fascia *fascia = &piano->fasce[at];
        span->ends[i] = money_ok(fascia->a) ? fascia->a.cents : INT64_MAX;
        span->amounts[i] = money_share(fascia_amount(piano, fascia), up, STEP_CENT).cents;
    }
}

static bool span_make(struct arena *arena, const struct piano *piano, bool festivo,
                      struct table_span *span)
{
    struct rate up = uplift(piano, festivo);
    if (!rate_ok(up))
        return false;
    span->up_num = up.num;
    span->up_den = up.den;
    span->ceiling = INT64_MAX;
    if (money_ok(piano->isee_tetto)) {
        span->ceiling = piano->isee_tetto.cents;
        span->beyond = money_share(piano->costo, up, STEP_CENT).cents;
    }
    if (piano->tipo == PIANO_LINEARE)
        return span_line(piano, span);
    const struct fascia flat = {MONEY(0), MONEY_INVALID, piano->forfait, RATE(0, 0)};
    struct piano bands = *piano;
    if (piano->tipo == PIANO_FORFAIT) {
        bands.fasce = &flat;
        bands.fasce_count = 1;
        span->ceiling = INT64_MAX; /* a flat amount does not look at the ISEE */
    }
    span_fasce(arena, &bands, span);
    return true;
}

static int by_value(const void *a, const void *b)
{
    const int32_t *one = a, *two = b;
    return (*one > *two) - (*one < *two);
}

/* The ends at which the fee changes: those of the bands, and the ceiling. What is due between them
 * is asked of the way that answers one at a time. */
static void fast_fasce(struct arena *arena, struct table_span *span)
{
    int32_t *ends = ARENA_NEWS(arena, int32_t, span->room + 1);
    int64_t *due = ARENA_NEWS(arena, int64_t, span->room + 2);
    size_t all = 0, count = 0;
    for (size_t i = 0; i <= span->room; i++) {
        int64_t end = i < span->room ? span->ends[i] : span->ceiling;
        if (end < INT32_MAX)
            ends[all++] = (int32_t)end;
    }
    qsort(ends, all, sizeof *ends, by_value);
    due[0] = span_answer(span, 0);
    for (size_t i = 0; i < all; i++)
        if (i == 0 || ends[i] != ends[i - 1]) {
            ends[count] = ends[i];
            due[++count] = span_answer(span, (int64_t)ends[i] + 1);
        }
    span->fast = curve_steps_make(arena, ends, due, count, &span->steps);
}

static void fast_make(struct arena *arena, struct table_span *span)
{
    if (!span->line)
        fast_fasce(arena, span);
    else
        span->fast =
            curve_line_make(span->isee_min, span->isee_max, span->retta_min, span->rise,
                            span->up_num, span->up_den, &span->along) &&
            (span->ceiling == INT64_MAX || (span->beyond >= 0 && span->beyond < CURVE_MOST));
}

static int by_start(const void *a, const void *b)
{
    const struct piano *const *one = a, *const *two = b;
    return day_cmp((*one)->validita.from, (*two)->validita.from);
}

static bool sound(struct arena *arena, const struct piano *piani, size_t count)
{
    struct rette_faults faults = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        piano_check(&piani[i], &faults);
    piani_check(piani, count, &faults);
    return faults.count == 0;
}

const struct retta_table *retta_table_make(struct arena *arena, const struct piano *piani,
                                           size_t count, bool festivo)
{
    if (count == 0 || count > PIANI_MAX || !sound(arena, piani, count))
        return NULL;
    const struct piano **order = ARENA_NEWS(arena, const struct piano *, count);
    for (size_t i = 0; i < count; i++)
        order[i] = &piani[i];
    qsort(order, count, sizeof(*order), by_start);
    struct table_span *spans = ARENA_NEWS(arena, struct table_span, count);
    int32_t *from = ARENA_NEWS(arena, int32_t, count);
    int32_t *to = ARENA_NEWS(arena, int32_t, count);
    for (size_t i = 0; i < count; i++) {
        if (!span_make(arena, order[i], festivo, &spans[i]))
            return NULL;
        fast_make(arena, &spans[i]);
        from[i] = order[i]->validita.from.n;
        to[i] = order[i]->validita.to.n;
    }
    struct retta_table *table = ARENA_NEW(arena, struct retta_table);
    *table = (struct retta_table){spans, from, to, count, true};
    for (size_t i = 0; i < count; i++)
        table->fast = table->fast && spans[i].fast;
    return table;
}

/* ---- many at a time ----------------------------------------------------------------------- */

enum { BLOCK = 1024 };

static void span_many(const struct table_span *span, const int32_t *isee, int32_t *out,
                      size_t count)
{
    if (!span->line) {
        curve_steps_many(&span->steps, isee, out, count);
        return;
    }
    curve_line_many(&span->along, isee, out, count);
    if (span->ceiling < INT32_MAX) {
        const int32_t ceiling = (int32_t)span->ceiling, beyond = (int32_t)span->beyond;
        for (size_t i = 0; i < count; i++)
            out[i] = isee[i] > ceiling ? beyond : out[i];
    }
}

static void block_slow(const struct retta_table *table, const struct money *isee,
                       const struct day *giorni, struct money *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int32_t day = giorni[i].n;
        size_t at = 0;
        for (size_t k = 1; k < table->count; k++)
            at += table->from[k] <= day;
        bool asked = isee[i].cents >= 0 && day >= table->from[at] && day < table->to[at];
        out[i] = asked ? MONEY(span_answer(&table->spans[at], isee[i].cents)) : MONEY_INVALID;
    }
}

/* Days of several versions, or of none: each version answers for all, and counts on its days. */
static void block_fast(const struct retta_table *table, const struct money *restrict isee,
                       const struct day *restrict giorni, struct money *restrict out, size_t count)
{
    int32_t asked[BLOCK], due[BLOCK];
    for (size_t i = 0; i < count; i++) {
        asked[i] = (int32_t)isee[i].cents;
        out[i] = MONEY_INVALID;
    }
    for (size_t k = 0; k < table->count; k++) {
        const int32_t from = table->from[k], to = table->to[k];
        span_many(&table->spans[k], asked, due, count);
        for (size_t i = 0; i < count; i++)
            out[i].cents = giorni[i].n >= from && giorni[i].n < to ? due[i] : out[i].cents;
    }
}

void retta_table_many(const struct retta_table *table, const struct money *isee,
                      const struct day *giorni, struct money *out, size_t count)
{
    enum { VERSIONS = 6 }; /* with more of them it is quicker to look for the one of each day */
    for (size_t at = 0; at < count; at += BLOCK) {
        size_t here = count - at < BLOCK ? count - at : BLOCK;
        uint64_t bits = 0; /* of all: the sign's too */
        for (size_t i = at; i < at + here; i++)
            bits |= (uint64_t)isee[i].cents;
        if (bits < INT32_MAX && table->fast && table->count <= VERSIONS)
            block_fast(table, isee + at, giorni + at, out + at, here);
        else
            block_slow(table, isee + at, giorni + at, out + at, here);
    }
}

bool retta_table_day(const struct retta_table *table, struct day giorno, const int32_t *isee,
                     int32_t *out, size_t count)
{
    for (size_t k = 0; k < table->count; k++)
        if (giorno.n >= table->from[k] && giorno.n < table->to[k] && table->spans[k].fast) {
            span_many(&table->spans[k], isee, out, count);
            return true;
        }
    return false;
}
