/* Two plans beside each other: cut at the bounds of both, what is due before and after. */
#include "mod/rette/rules.h"

#include <stdlib.h>

static struct money fee(const struct piano *piano, const struct isee *isee, bool festivo,
                        bool non_residente)
{
    struct retta retta;
    retta_compute(piano,
                  &(struct retta_caso){.giorno = piano->validita.from,
                                       .festivo = festivo,
                                       .non_residente = non_residente,
                                       .isee = isee},
                  &retta);
    return retta.importo;
}

struct money piano_fee(const struct piano *piano, struct money isee, bool festivo)
{
    enum isee_tipo tipo = 0;
    while (tipo + 1 < ISEE_TIPI && (piano->isee_ammessi & ISEE_BIT(tipo)) == 0)
        tipo++;
    const struct isee shown = {.tipo = tipo,
                               .valore = isee,
                               .sottoscritta = piano->validita.from,
                               .scadenza = piano->validita.from};
    return fee(piano, &shown, festivo, false);
}

struct money piano_fee_without(const struct piano *piano, bool festivo)
{
    return fee(piano, NULL, festivo, false);
}

struct money piano_fee_non_resident(const struct piano *piano, bool festivo)
{
    return fee(piano, NULL, festivo, true);
}

struct cuts {
    int64_t from[TRATTI_MAX]; /* first cent of each stretch */
    size_t count;
};

static void cut(struct cuts *cuts, int64_t from)
{
    if (from >= 0 && cuts->count < TRATTI_MAX)
        cuts->from[cuts->count++] = from;
}

static void cut_at_bounds(const struct piano *piano, struct cuts *cuts)
{
    if (piano->tipo == PIANO_LINEARE) {
        cut(cuts, piano->isee_min.cents);
        cut(cuts, piano->isee_max.cents);
    }
    for (size_t i = 0; piano->tipo == PIANO_FASCE && i < piano->fasce_count; i++)
        cut(cuts, piano->fasce[i].da.cents);
    if (piano->tipo != PIANO_FORFAIT && money_ok(piano->isee_tetto))
        cut(cuts, piano->isee_tetto.cents + 1);
}

static int by_value(const void *a, const void *b)
{
    const int64_t *one = a, *two = b;
    return (*one > *two) - (*one < *two);
}

void piano_compare(const struct piano *prima, const struct piano *dopo, bool festivo,
                   struct confronto *out)
{
    struct cuts cuts = {.count = 0};
    *out = (struct confronto){
        .senza_prima = piano_fee_without(prima, festivo),
        .senza_dopo = piano_fee_without(dopo, festivo),
        .non_residenti_prima = piano_fee_non_resident(prima, festivo),
        .non_residenti_dopo = piano_fee_non_resident(dopo, festivo),
    };
    cut(&cuts, 0);
    cut_at_bounds(prima, &cuts);
    cut_at_bounds(dopo, &cuts);
    qsort(cuts.from, cuts.count, sizeof *cuts.from, by_value);
    for (size_t i = 0; i < cuts.count; i++) {
        if (i > 0 && cuts.from[i] == cuts.from[i - 1])
            continue;
        size_t next = i + 1;
        while (next < cuts.count && cuts.from[next] == cuts.from[i])
            next++;
        struct confronto_tratto *tratto = &out->tratti[out->count++];
        tratto->da = MONEY(cuts.from[i]);
        tratto->a = next < cuts.count ? MONEY(cuts.from[next] - 1) : MONEY_INVALID;
        const struct money ends[2] = {tratto->da, money_ok(tratto->a) ? tratto->a : tratto->da};
        for (int end = 0; end < 2; end++) {
            tratto->prima[end] = piano_fee(prima, ends[end], festivo);
            tratto->dopo[end] = piano_fee(dopo, ends[end], festivo);
        }
    }
}

struct money difference_percent(struct money prima, struct money dopo)
{
    struct money more = money_sub(dopo, prima);
    if (!money_ok(more) || prima.cents <= 0)
        return MONEY_INVALID;
    return money_share(MONEY(10000), rate_of(more.cents, prima.cents), STEP_CENT);
}
