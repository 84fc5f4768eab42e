/* Millions of fees: all that does not depend on the ISEE is worked out when the table is made. */
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
};

struct retta_table {
    const struct table_span *spans;
    const int32_t *from, *to; /* days, sorted, apart */
    size_t count;
};

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
        from[i] = order[i]->validita.from.n;
        to[i] = order[i]->validita.to.n;
    }
    struct retta_table *table = ARENA_NEW(arena, struct retta_table);
    *table = (struct retta_table){spans, from, to, count};
    return table;
}

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

void retta_table_many(const struct retta_table *table, const struct money *isee,
                      const struct day *giorni, struct money *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int32_t day = giorni[i].n;
        int64_t value = isee[i].cents;
        size_t at = 0;
        for (size_t k = 1; k < table->count; k++)
            at += table->from[k] <= day;
        const struct table_span *span = &table->spans[at];
        int64_t amount = span->line ? along_line(span, value) : search(span, value);
        amount = value > span->ceiling ? span->beyond : amount;
        bool asked = value >= 0 && day >= table->from[at] && day < table->to[at];
        out[i] = asked ? MONEY(amount) : MONEY_INVALID;
    }
}
