/* What is to come: services at work, day by day to the end of the year. */
#include "mod/bilancio/rules.h"

#include <string.h>

static struct day later(struct day a, struct day b)
{
    return day_cmp(a, b) >= 0 ? a : b;
}

static struct day earlier(struct day a, struct day b)
{
    return day_cmp(a, b) <= 0 ? a : b;
}

/* Months as an exact number: 10 days of April are a third of one. */
static struct rate months_between(struct day from, struct day to)
{
    enum { MONTHS = 24 };
    struct rate sum = RATE(0, 1);
    for (int i = 0; i < MONTHS && day_cmp(from, to) <= 0; i++) {
        struct day last = day_month_last(from), end = earlier(last, to);
        int whole = day_civil(last).day;
        sum = rate_add(sum, rate_of(end.n - from.n + 1, whole));
        from = day_add(last, 1);
    }
    return sum;
}

struct money attesa_cost(const struct attesa *attesa, struct day from, struct day to)
{
    from = later(from, attesa->dal);
    if (day_known(attesa->al))
        to = earlier(to, attesa->al);
    if (day_cmp(from, to) > 0 || attesa->quantita <= 0 || attesa->divisore <= 0)
        return MONEY(0);
    struct rate times = strcmp(attesa->ogni, "mese") == 0 ? months_between(from, to)
                                                          : rate_of(to.n - from.n + 1, 7);
    times = rate_mul(times, rate_of(attesa->quantita, attesa->divisore));
    return money_share(attesa->costo, times, STEP_CENT);
}

static struct money cost_until(const struct attesa *attese, size_t count, struct day from,
                               struct day to)
{
    struct money sum = MONEY(0);
    for (size_t i = 0; i < count; i++)
        sum = money_add(sum, attesa_cost(&attese[i], from, to));
    return sum;
}

/* What will be committed once services have cost so much more. */
static struct money committed(const struct voce_somma *somma, struct money more)
{
    struct voce_somma then = *somma;
    then.spese = money_add(then.spese, more);
    return voce_state(MONEY(0), &then).impegnato;
}

/* The first day on which what is committed is more than what was given: costs only grow. */
static struct day first_beyond(const struct voce *voce, const struct voce_somma *somma,
                               const struct attesa *attese, size_t count, struct day from,
                               struct day to)
{
    struct day low = from, high = to;
    while (day_cmp(low, high) < 0) {
        struct day middle = day_add(low, (high.n - low.n) / 2);
        struct money then = committed(somma, cost_until(attese, count, from, middle));
        if (money_cmp(then, voce->stanziato) > 0)
            high = middle;
        else
            low = day_add(middle, 1);
    }
    return low;
}

void previsione_compute(const struct voce *voce, const struct voce_somma *somma,
                        const struct attesa *attese, size_t count, int64_t anno, struct day oggi,
                        struct previsione *previsione)
{
    struct day first = day_of((int)anno, 1, 1), last = day_of((int)anno, 12, 31);
    struct day from = later(first, day_add(oggi, 1));
    *previsione = (struct previsione){.voce = voce->id,
                                      .oggi = voce_state(voce->stanziato, somma),
                                      .attese = MONEY(0),
                                      .finisce = DAY_NONE};
    /* what has not been billed yet counts from its first day, also when that is past */
    for (size_t i = 0; i < count; i++) {
        struct money cost = attesa_cost(&attese[i], first, last);
        previsione->attese = money_add(previsione->attese, cost);
        previsione->servizi += money_ok(attesa_cost(&attese[i], from, last)) &&
                               attesa_cost(&attese[i], from, last).cents > 0;
    }
    previsione->fine_anno = committed(somma, previsione->attese);
    previsione->avanzo = money_sub(voce->stanziato, previsione->fine_anno);
    if (previsione->oggi.disponibile.cents < 0)
        previsione->finisce = earlier(oggi, last);
    else if (previsione->avanzo.cents < 0)
        previsione->finisce = first_beyond(voce, somma, attese, count, first, last);
}
