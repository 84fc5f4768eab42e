/* What keeps a plan from being put in force, in the words of who writes it. */
#include "mod/rette/rules.h"

#include <stdarg.h>
#include <string.h>

void rette_fault(struct rette_faults *faults, const char *field, const char *format, ...)
{
    if (faults->count == RETTE_FAULTS)
        return;
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(faults->arena, format, args);
    va_end(args);
    faults->items[faults->count++] = (struct rette_fault){field, text};
}

/* Name of the field of the n-th band, from 0: "fascia_3". */
static const char *fascia_field(struct rette_faults *faults, size_t index)
{
    return arena_printf(faults->arena, "fascia_%zu", index + 1);
}

static bool known_not_negative(struct money amount)
{
    return money_ok(amount) && amount.cents >= 0;
}

static void fascia_check(const struct piano *piano, size_t index, struct rette_faults *faults)
{
    const struct fascia *fascia = &piano->fasce[index];
    const char *field = fascia_field(faults, index);
    size_t nr = index + 1;
    if (!known_not_negative(fascia->da))
        rette_fault(faults, field, "fascia %zu: manca l’inizio", nr);
    else if (money_ok(fascia->a) && money_cmp(fascia->a, fascia->da) < 0)
        rette_fault(faults, field, "fascia %zu: finisce prima di cominciare", nr);
    if (!money_ok(fascia->importo) && !rate_ok(fascia->quota))
        rette_fault(faults, field, "fascia %zu: indicare un importo o una percentuale", nr);
    else if (money_ok(fascia->importo) && fascia->importo.cents < 0)
        rette_fault(faults, field, "fascia %zu: l’importo è negativo", nr);
    else if (!money_ok(fascia->importo) && !money_ok(piano->costo))
        rette_fault(faults, field, "fascia %zu: la percentuale vuole il costo unitario", nr);
    if (rate_ok(fascia->quota) && (fascia->quota.num < 0 || rate_cmp(fascia->quota, RATE_ONE) > 0))
        rette_fault(faults, field, "fascia %zu: la percentuale va da 0 a 100", nr);
}

/* The two bands are named, whichever way they do not meet. */
static void fascia_follow(const struct piano *piano, size_t index, struct rette_faults *faults)
{
    const struct fascia *before = &piano->fasce[index - 1];
    const struct fascia *here = &piano->fasce[index];
    if (!money_ok(here->da) || !money_ok(before->da))
        return;
    const char *field = fascia_field(faults, index);
    const char *one = fascia_words(faults->arena, before);
    const char *two = fascia_words(faults->arena, here);
    struct money next = money_add(before->a, MONEY(1));
    int order = money_ok(before->a) ? money_cmp(here->da, next) : -1;
    if (money_cmp(here->da, before->da) < 0)
        rette_fault(faults, field, "fasce %zu e %zu non in ordine: %s viene dopo %s", index,
                    index + 1, two, one);
    else if (order < 0)
        rette_fault(faults, field, "fasce %zu e %zu sovrapposte: %s e %s", index, index + 1, one,
                    two);
    else if (order > 0)
        rette_fault(faults, field, "vuoto fra le fasce %zu e %zu: %s e %s", index, index + 1, one,
                    two);
}

static void fasce_check(const struct piano *piano, struct rette_faults *faults)
{
    if (piano->fasce_count == 0) {
        rette_fault(faults, "fascia_1", "indicare almeno una fascia");
        return;
    }
    if (piano->fasce_count > FASCE_MAX) {
        rette_fault(faults, "fascia_1", "le fasce sono più di %d", FASCE_MAX);
        return;
    }
    for (size_t i = 0; i < piano->fasce_count; i++) {
        fascia_check(piano, i, faults);
        if (i > 0)
            fascia_follow(piano, i, faults);
    }
    size_t last = piano->fasce_count - 1;
    if (money_ok(piano->fasce[0].da) && piano->fasce[0].da.cents != 0)
        rette_fault(faults, "fascia_1", "la prima fascia comincia da 0,00");
    if (money_ok(piano->fasce[last].a))
        rette_fault(faults, fascia_field(faults, last), "fascia %zu: l’ultima fascia resta aperta",
                    last + 1);
}

static void line_check(const struct piano *piano, struct rette_faults *faults)
{
    if (!known_not_negative(piano->isee_min) || !known_not_negative(piano->isee_max))
        rette_fault(faults, "isee_max", "indicare l’ISEE minimo e l’ISEE massimo");
    else if (money_cmp(piano->isee_min, piano->isee_max) >= 0)
        rette_fault(faults, "isee_max", "l’ISEE massimo deve superare il minimo");
    if (!known_not_negative(piano->retta_min) || !known_not_negative(piano->retta_max))
        rette_fault(faults, "retta_max", "indicare la retta minima e la retta massima");
    else if (money_cmp(piano->retta_min, piano->retta_max) > 0)
        rette_fault(faults, "retta_max", "la retta massima è più bassa della minima");
}

static void modifiers_check(const struct piano *piano, struct rette_faults *faults)
{
    if (piano->tipo != PIANO_FORFAIT && (piano->isee_ammessi & ISEE_QUALSIASI) == 0)
        rette_fault(faults, "isee_ammessi", "indicare almeno un tipo di ISEE ammesso");
    if (piano->senza == SENZA_IMPORTO && !known_not_negative(piano->importo_senza))
        rette_fault(faults, "importo_senza", "indicare l’importo per chi non ha un ISEE valido");
    if (money_ok(piano->importo_non_residenti) && piano->importo_non_residenti.cents < 0)
        rette_fault(faults, "importo_non_residenti", "l’importo è negativo");
    if (rate_ok(piano->festivo) &&
        (piano->festivo.num < 0 || rate_cmp(piano->festivo, RATE_ONE) > 0))
        rette_fault(faults, "festivo", "la maggiorazione va da 0 a 100 per cento");
    if (money_ok(piano->costo) && piano->costo.cents < 0)
        rette_fault(faults, "costo", "il costo è negativo");
    if (money_ok(piano->isee_tetto) && !money_ok(piano->costo))
        rette_fault(faults, "costo", "oltre il tetto di ISEE si paga il costo intero: indicarlo");
}

static bool empty(const char *text)
{
    return text == NULL || *text == '\0';
}

void piano_check(const struct piano *piano, struct rette_faults *faults)
{
    if (empty(piano->servizio))
        rette_fault(faults, "servizio", "scegliere il servizio");
    if (empty(piano->variante))
        rette_fault(faults, "variante", "indicare la variante");
    if (empty(unita_each(piano->unita)))
        rette_fault(faults, "unita", "l’unità è ora, giorno, mese o pasto");
    if (empty(piano->atto))
        rette_fault(faults, "atto", "indicare l’atto che approva il piano");
    if (!day_known(piano->validita.from))
        rette_fault(faults, "dal", "indicare da quando vale");
    else if (day_cmp(piano->validita.to, piano->validita.from) <= 0)
        rette_fault(faults, "al", "la fine viene prima dell’inizio");
    if (piano->tipo == PIANO_FASCE)
        fasce_check(piano, faults);
    else if (piano->tipo == PIANO_LINEARE)
        line_check(piano, faults);
    else if (!known_not_negative(piano->forfait))
        rette_fault(faults, "forfait", "indicare l’importo");
    modifiers_check(piano, faults);
}

static bool same_place(const struct piano *a, const struct piano *b)
{
    return strcmp(a->servizio, b->servizio) == 0 && strcmp(a->variante, b->variante) == 0;
}

static void overlap_fault(const struct piano *a, const struct piano *b, struct rette_faults *faults)
{
    char from[DAY_TEXT], other[DAY_TEXT];
    rette_fault(faults, "dal",
                "%s %s: la versione che vale dal %s (%s) si sovrappone a quella che vale dal %s "
                "(%s)",
                a->servizio, a->variante, day_it(a->validita.from, from), a->atto,
                day_it(b->validita.from, other), b->atto);
}

void piani_check(const struct piano *piani, size_t count, struct rette_faults *faults)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            if (same_place(&piani[i], &piani[k]) &&
                period_overlaps(piani[i].validita, piani[k].validita)) {
                overlap_fault(&piani[i], &piani[k], faults);
                return;
            }
}

const struct piano *piano_predecessor(const struct piano *vigenti, size_t count,
                                      const struct piano *nuovo, struct rette_faults *faults)
{
    const struct piano *before = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct piano *old = &vigenti[i];
        if (!same_place(old, nuovo) || !period_overlaps(old->validita, nuovo->validita))
            continue;
        if (day_cmp(old->validita.to, DAY_MAX) >= 0 &&
            day_cmp(old->validita.from, nuovo->validita.from) < 0)
            before = old;
        else
            overlap_fault(old, nuovo, faults);
    }
    return before;
}

/* ---- equality --------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static bool same_rate(struct rate a, struct rate b)
{
    return rate_ok(a) ? rate_ok(b) && rate_cmp(a, b) == 0 : !rate_ok(b);
}

static bool same_fascia(const struct fascia *a, const struct fascia *b)
{
    return money_cmp(a->da, b->da) == 0 && money_cmp(a->a, b->a) == 0 &&
           money_cmp(a->importo, b->importo) == 0 && same_rate(a->quota, b->quota);
}

bool piano_same(const struct piano *a, const struct piano *b)
{
    bool open = day_cmp(b->validita.to, DAY_MAX) >= 0;
    bool same = same_place(a, b) && same_text(a->nome, b->nome) && same_text(a->unita, b->unita) &&
                same_text(a->atto, b->atto) && day_cmp(a->validita.from, b->validita.from) == 0 &&
                (open || day_cmp(a->validita.to, b->validita.to) == 0) && a->tipo == b->tipo &&
                a->senza == b->senza && a->isee_ammessi == b->isee_ammessi &&
                same_rate(a->festivo, b->festivo) && a->fasce_count == b->fasce_count;
    const struct money ours[] = {a->isee_min,   a->isee_max,      a->retta_min,
                                 a->retta_max,  a->forfait,       a->costo,
                                 a->isee_tetto, a->importo_senza, a->importo_non_residenti};
    const struct money theirs[] = {b->isee_min,   b->isee_max,      b->retta_min,
                                   b->retta_max,  b->forfait,       b->costo,
                                   b->isee_tetto, b->importo_senza, b->importo_non_residenti};
    for (size_t i = 0; same && i < sizeof ours / sizeof *ours; i++)
        same = money_cmp(ours[i], theirs[i]) == 0;
    for (size_t i = 0; same && i < a->fasce_count; i++)
        same = same_fascia(&a->fasce[i], &b->fasce[i]);
    return same;
}
