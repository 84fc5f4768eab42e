#include "mod/riparto/rules.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

/* ---- the exact share of a row --------------------------------------------------------------- */

/* share = importo x (sum over criteria of quota x peso / sum of pesi). All shares are brought to
 * one denominator, den; the numerator of a row is a sum of products. Sizes are checked so that all
 * of it fits in 127 bits. */
struct exact {
    wide den;                     /* of every row */
    wide factor[RIPARTO_CRITERI]; /* of a criterion's weight, over den */
};

static wide gcd(wide a, wide b)
{
    while (b != 0) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static enum riparto_esito sum_weights(const struct criterio *criterio, size_t rows, int64_t *sum)
{
    *sum = 0;
    for (size_t i = 0; i < rows; i++) {
        if (criterio->pesi[i] < 0)
            return RIPARTO_NEGATIVO;
        if (criterio->pesi[i] >= INT64_C(1) << RIPARTO_PESO_BIT)
            return RIPARTO_SMISURATO;
        *sum += criterio->pesi[i]; /* 2^12 rows x 2^40 */
    }
    return *sum > 0 ? RIPARTO_OK : RIPARTO_SENZA_PESO;
}

/* Least common multiple of the criteria's denominators (quota.den x sum of weights), kept small
 * enough to be multiplied by an amount. */
static enum riparto_esito make_exact(const struct riparto *r, struct exact *exact, size_t *where)
{
    int64_t sum[RIPARTO_CRITERI];
    wide part[RIPARTO_CRITERI];
    exact->den = 1;
    for (size_t k = 0; k < r->criteri_count; k++) {
        *where = k;
        enum riparto_esito esito = sum_weights(&r->criteri[k], r->righe, &sum[k]);
        if (esito != RIPARTO_OK)
            return esito;
        part[k] = (wide)r->criteri[k].quota.den * sum[k];
        wide lcm = exact->den / gcd(exact->den, part[k]);
        if (part[k] > ((wide)1 << 72) / lcm)
            return RIPARTO_SMISURATO;
        exact->den = lcm * part[k];
    }
    for (size_t k = 0; k < r->criteri_count; k++)
        exact->factor[k] = exact->den / part[k] * r->criteri[k].quota.num;
    return RIPARTO_OK;
}

static enum riparto_esito check(const struct riparto *r)
{
    struct rate sum = RATE(0, 1);
    if (r->righe == 0 || r->criteri_count == 0)
        return RIPARTO_VUOTO;
    if (r->righe > RIPARTO_RIGHE || r->criteri_count > RIPARTO_CRITERI)
        return RIPARTO_TROPPI;
    if (!money_ok(r->importo) || r->importo.cents >= INT64_C(1) << 53)
        return RIPARTO_SMISURATO;
    if (r->importo.cents < 0)
        return RIPARTO_NEGATIVO;
    for (size_t k = 0; k < r->criteri_count; k++) {
        if (!rate_ok(r->criteri[k].quota) || r->criteri[k].quota.num < 0)
            return RIPARTO_QUOTE;
        sum = rate_add(sum, r->criteri[k].quota);
    }
    return rate_ok(sum) && rate_cmp(sum, RATE_ONE) == 0 ? RIPARTO_OK : RIPARTO_QUOTE;
}

/* Numerator of the share of a row; over exact.den, between 0 and 1. */
static wide row_share(const struct riparto *r, const struct exact *exact, size_t row)
{
    wide share = 0;
    for (size_t k = 0; k < r->criteri_count; k++)
        share += exact->factor[k] * r->criteri[k].pesi[row];
    return share;
}

/* ---- rounding ------------------------------------------------------------------------------- */

struct remainder {
    wide rest; /* over step x den */
    size_t row;
};

static int by_rest(const void *a, const void *b)
{
    const struct remainder *x = a;
    const struct remainder *y = b;
    if (x->rest != y->rest)
        return x->rest < y->rest ? 1 : -1;
    return (x->row > y->row) - (x->row < y->row);
}

/* The steps that are still missing go to the largest remainders. */
static void give_rest(const struct riparto *r, struct remainder *rests, struct money *due)
{
    int64_t missing = r->importo.cents;
    for (size_t i = 0; i < r->righe; i++)
        missing -= due[i].cents;
    qsort(rests, r->righe, sizeof *rests, by_rest);
    for (size_t i = 0; i < r->righe && missing >= r->passo; i++, missing -= r->passo)
        due[rests[i].row].cents += r->passo;
}

enum riparto_esito riparto_compute(struct arena *arena, const struct riparto *riparto,
                                   struct money *dovuto, struct money *residuo, size_t *dove)
{
    struct exact exact;
    size_t where = 0;
    enum riparto_esito esito = check(riparto);
    if (esito == RIPARTO_OK)
        esito = make_exact(riparto, &exact, &where);
    if (dove)
        *dove = where;
    if (esito != RIPARTO_OK)
        return esito;
    struct remainder *rests = ARENA_NEWS(arena, struct remainder, riparto->righe);
    wide unit = exact.den * riparto->passo; /* one step, in the numerators' measure */
    int64_t given = 0;
    for (size_t i = 0; i < riparto->righe; i++) {
        wide exactly = row_share(riparto, &exact, i) * riparto->importo.cents;
        wide steps = exactly / unit;
        rests[i] = (struct remainder){exactly % unit, i};
        if (riparto->modo == ARROTONDA_RIGA && rests[i].rest * 2 >= unit)
            steps++;
        dovuto[i] = MONEY((int64_t)steps * riparto->passo);
        given += dovuto[i].cents;
    }
    if (riparto->modo == ARROTONDA_RESTI) {
        give_rest(riparto, rests, dovuto);
        given = 0;
        for (size_t i = 0; i < riparto->righe; i++)
            given += dovuto[i].cents;
    }
    *residuo = MONEY(given - riparto->importo.cents);
    return RIPARTO_OK;
}

enum riparto_esito riparto_pro_capite(struct money quota, const int64_t *abitanti, size_t righe,
                                      struct money *dovuto)
{
    for (size_t i = 0; i < righe; i++) {
        if (abitanti[i] < 0 || quota.cents < 0)
            return RIPARTO_NEGATIVO;
        dovuto[i] = money_times(quota, abitanti[i]);
        if (!money_ok(dovuto[i]))
            return RIPARTO_SMISURATO;
    }
    return righe > 0 ? RIPARTO_OK : RIPARTO_VUOTO;
}

enum riparto_esito rate_compute(struct money totale, const struct rate *quote, size_t count,
                                struct rate trasferimento, struct rata *rate)
{
    struct rate sum = RATE(0, 1);
    struct money left = totale;
    if (count == 0)
        return RIPARTO_VUOTO;
    if (count > RIPARTO_RATE)
        return RIPARTO_TROPPI;
    for (size_t i = 0; i < count; i++)
        sum = quote[i].num < 0 ? RATE(0, 0) : rate_add(sum, quote[i]);
    if (!rate_ok(sum) || rate_cmp(sum, RATE_ONE) != 0 || !rate_ok(trasferimento) ||
        trasferimento.num < 0 || rate_cmp(trasferimento, RATE_ONE) > 0)
        return RIPARTO_QUOTE;
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count;
        rate[i].totale = last ? left : money_share(totale, quote[i], STEP_CENT);
        rate[i].trasferimento = money_share(rate[i].totale, trasferimento, STEP_EURO);
        rate[i].fattura = money_sub(rate[i].totale, rate[i].trasferimento);
        left = money_sub(left, rate[i].totale);
        if (!money_ok(rate[i].fattura))
            return RIPARTO_SMISURATO;
    }
    return RIPARTO_OK;
}
