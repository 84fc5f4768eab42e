#include "mod/fatturazione/rules.h"

#include <string.h>

enum { MESE_GIORNI = 31, CENTO = 100 };

/* ---- days ---------------------------------------------------------------------------------- */

uint32_t giorni_mask(struct day mese, struct day dal, struct day al)
{
    struct day first = day_month_first(mese), last = day_month_last(mese);
    int from = day_cmp(dal, first) > 0 ? dal.n - first.n : 0;
    int to = day_known(al) && day_cmp(al, last) < 0 ? al.n - first.n : last.n - first.n;
    uint32_t mask = 0;
    for (int i = from; i <= to && i < MESE_GIORNI; i++)
        mask |= UINT32_C(1) << i;
    return mask;
}

uint32_t giorni_weekdays(struct day mese, unsigned settimana)
{
    struct day first = day_month_first(mese);
    uint32_t mask = 0;
    for (int i = 0; i <= day_month_last(mese).n - first.n; i++)
        if ((settimana >> (day_weekday(day_add(first, i)) - MONDAY) & 1U) != 0)
            mask |= UINT32_C(1) << i;
    return mask;
}

int giorni_count(uint32_t giorni)
{
    int count = 0;
    for (; giorni != 0; giorni &= giorni - 1)
        count++;
    return count;
}

/* ---- periods with a price of their own ----------------------------------------------------- */

static const struct regola *rule_of(const struct mensilita_caso *caso, const char *nome)
{
    for (size_t i = 0; i < caso->regole_count; i++)
        if (caso->regole[i].tipo == REGOLA_PERIODO && strcmp(caso->regole[i].nome, nome) == 0)
            return &caso->regole[i];
    return NULL;
}

static bool priced(const struct mensilita_caso *caso, const struct periodo *periodo)
{
    const struct regola *regola = rule_of(caso, periodo->nome);
    return regola != NULL && money_ok(regola->importo);
}

static bool begins_here(const struct mensilita_caso *caso, const struct periodo *periodo)
{
    return day_month_first(periodo->dal).n == caso->mese.n;
}

uint32_t mensilita_free(const struct mensilita_caso *caso)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < caso->periodi_count; i++)
        if (priced(caso, &caso->periodi[i]))
            mask |= giorni_mask(caso->mese, caso->periodi[i].dal, periodo_end(&caso->periodi[i]));
    return mask;
}

bool mensilita_month_free(const struct mensilita_caso *caso)
{
    for (size_t i = 0; i < caso->periodi_count; i++)
        if (priced(caso, &caso->periodi[i]) && begins_here(caso, &caso->periodi[i]))
            return true;
    return caso->forza != 0 && (caso->forza & ~mensilita_free(caso)) == 0;
}

/* ---- what absences come to ----------------------------------------------------------------- */

struct assenze {
    int singole; /* days that count one by one */
    bool lunga;  /* a run longer than the rule's lies at least partly in the month */
    int corsa;   /* the longest of those */
    bool mese;   /* the whole month, announced */
};

/* Days of one run; a long one has no single days. */
static void end_run(struct assenze *a, int run, int here, int64_t oltre)
{
    if (run > oltre && here > 0) {
        a->lunga = true;
        a->corsa = run > a->corsa ? run : a->corsa;
    } else {
        a->singole += here;
    }
}

static struct assenze count_absences(const struct mensilita_caso *caso)
{
    struct assenze a = {0};
    int64_t oltre = INT64_MAX;
    uint32_t open = caso->previsti & caso->forza & ~caso->chiusi;
    int run = caso->corsa, here = 0;
    for (size_t i = 0; i < caso->regole_count; i++)
        if (caso->regole[i].tipo == REGOLA_ASSENZA_LUNGA)
            oltre = caso->regole[i].da;
    for (int i = 0; i < MESE_GIORNI; i++) {
        uint32_t bit = UINT32_C(1) << i;
        if ((open & bit) == 0)
            continue;
        if ((caso->assenti & bit) != 0) {
            run++;
            here++;
            continue;
        }
        end_run(&a, run, here, oltre);
        run = here = 0;
    }
    end_run(&a, run, here, oltre);
    a.mese = open != 0 && (open & ~caso->annunciati) == 0;
    return a;
}

/* ---- the rules, one function a kind -------------------------------------------------------- */

struct work {
    struct arena *arena;
    const struct mensilita_caso *caso;
    struct assenze assenze;
    struct mensilita *out;
};

/* Not more than there is. */
static struct money at_most(struct money amount, struct money most)
{
    return money_cmp(amount, most) > 0 ? most : amount;
}

static void add(struct work *w, struct money retta, struct money costo, const char *testo)
{
    struct mensilita *out = w->out;
    if (out->voci_count == MENSILITA_VOCI)
        return;
    out->retta = money_add(out->retta, retta);
    out->costo = money_add(out->costo, costo);
    out->voci[out->voci_count++] = (struct mensilita_voce){testo, retta, costo};
}

/* The family's part of something taken off the cost: by the share that the fee has in it. */
static struct money family_part(const struct work *w, struct money taglio)
{
    const struct mensilita_caso *caso = w->caso;
    if (caso->costo.cents <= 0 || money_cmp(caso->lorda, caso->costo) >= 0)
        return taglio;
    return money_share(taglio, rate_of(caso->lorda.cents, caso->costo.cents), STEP_CENT);
}

/* Takes `taglio` off; `come` is its formula in words. */
static void take_off(struct work *w, const struct regola *regola, struct money taglio,
                     const char *come)
{
    char a[MONEY_TEXT], b[MONEY_TEXT], c[MONEY_TEXT], d[MONEY_TEXT];
    if (regola->base == SU_RETTA) {
        struct money retta = at_most(taglio, w->out->retta);
        add(w, money_neg(retta), MONEY(0),
            arena_printf(w->arena, "%s: %s euro in meno.", come, money_it(retta, a)));
        return;
    }
    taglio = at_most(taglio, w->out->costo);
    struct money retta = at_most(family_part(w, taglio), w->out->retta);
    add(w, money_neg(retta), money_neg(taglio),
        arena_printf(w->arena,
                     "%s: %s euro in meno sul costo; alla famiglia, nella proporzione della retta "
                     "(%s su %s), %s euro in meno.",
                     come, money_it(taglio, a), money_it(w->caso->lorda, b),
                     money_it(w->caso->costo, c), money_it(retta, d)));
}

static struct money base_of(const struct work *w, const struct regola *regola)
{
    return regola->base == SU_RETTA ? w->caso->lorda : w->caso->costo;
}

static const char *days_words(struct arena *arena, int days)
{
    return days == 1 ? "1 giorno" : arena_printf(arena, "%d giorni", days);
}

static void apply_assenza(struct work *w, const struct regola *regola)
{
    char text[MONEY_TEXT];
    int64_t last = regola->a == INT_NONE ? MESE_GIORNI : regola->a;
    int64_t to = w->assenze.singole < last ? w->assenze.singole : last;
    int64_t days = to - regola->da + 1;
    if (days <= 0 || w->assenze.mese)
        return;
    take_off(w, regola, money_times(regola->importo, days),
             arena_printf(w->arena, "Assenze, %s a %s euro al giorno",
                          days_words(w->arena, (int)days), money_it(regola->importo, text)));
}

/* "25 %", "12/235" */
static const char *quota_words(struct arena *arena, struct rate quota)
{
    char text[RATE_TEXT];
    struct rate hundred = rate_mul(quota, RATE(CENTO, 1));
    if (hundred.den == 1)
        return arena_printf(arena, "%lld %%", (long long)hundred.num);
    return arena_strdup(arena, rate_machine(quota, text));
}

static const char *share_words(struct work *w, const struct regola *regola)
{
    char text[MONEY_TEXT];
    return arena_printf(w->arena, "%s di %s euro", quota_words(w->arena, regola->quota),
                        money_it(base_of(w, regola), text));
}

static void apply_lunga(struct work *w, const struct regola *regola)
{
    if (!w->assenze.lunga || w->assenze.mese)
        return;
    take_off(w, regola, money_share(base_of(w, regola), regola->quota, STEP_CENT),
             arena_printf(w->arena, "Assenza di %d giorni di servizio di fila, più di %lld: %s",
                          w->assenze.corsa, (long long)regola->da, share_words(w, regola)));
}

static void apply_mese(struct work *w, const struct regola *regola)
{
    if (w->assenze.mese)
        take_off(w, regola, money_share(base_of(w, regola), regola->quota, STEP_CENT),
                 arena_printf(w->arena, "Mese intero di assenza, annunciato prima: %s",
                              share_words(w, regola)));
}

static void apply_chiusura(struct work *w, const struct regola *regola)
{
    const struct mensilita_caso *caso = w->caso;
    int days = giorni_count(caso->chiusi & caso->previsti & caso->forza);
    if (days == 0)
        return;
    struct rate quota = rate_mul(regola->quota, RATE(days, 1));
    take_off(w, regola, money_share(base_of(w, regola), quota, STEP_CENT),
             arena_printf(w->arena, "Servizio chiuso %s: %s al giorno", days_words(w->arena, days),
                          share_words(w, regola)));
}

static void apply_periodo(struct work *w, const struct regola *regola)
{
    const struct mensilita_caso *caso = w->caso;
    char day[DAY_TEXT], text[MONEY_TEXT];
    for (size_t i = 0; i < caso->periodi_count; i++) {
        const struct periodo *periodo = &caso->periodi[i];
        if (strcmp(periodo->nome, regola->nome) != 0 || !money_ok(regola->importo) ||
            !begins_here(caso, periodo))
            continue;
        bool outside = caso->non_residente && money_ok(regola->non_residenti);
        struct money importo = outside ? regola->non_residenti : regola->importo;
        add(w, importo, MONEY(0),
            arena_printf(w->arena, "Periodo «%s» dal %s%s: %s.",
                         periodo_words(w->arena, regola->nome), day_it(periodo->dal, day),
                         outside ? ", per chi non risiede nell’ambito" : "",
                         importo.cents == 0 ? "gratuito"
                                            : arena_printf(w->arena, "%s euro in tutto",
                                                           money_it(importo, text))));
    }
}

static void (*const appliers[REGOLA_TIPI])(struct work *w, const struct regola *regola) = {
    [REGOLA_ASSENZA] = apply_assenza,   [REGOLA_ASSENZA_LUNGA] = apply_lunga,
    [REGOLA_ASSENZA_MESE] = apply_mese, [REGOLA_CHIUSURA] = apply_chiusura,
    [REGOLA_PERIODO] = apply_periodo,
};

/* ---- the month ----------------------------------------------------------------------------- */

/* What the fee leaves: the municipality's share, then the ambito's. */
static void split_rest(const struct mensilita_caso *caso, struct mensilita *out)
{
    struct money rest = money_sub(out->costo, out->retta);
    if (money_ok(rest) && rest.cents < 0)
        rest = MONEY(0);
    out->comune = MONEY(0);
    for (size_t i = 0; i < caso->regole_count; i++)
        if (caso->regole[i].tipo == REGOLA_COMUNE)
            out->comune = money_share(rest, caso->regole[i].quota, STEP_CENT);
    out->ambito = money_sub(rest, out->comune);
}

void mensilita_compute(struct arena *arena, const struct mensilita_caso *caso,
                       struct mensilita *out)
{
    struct work work = {arena, caso, count_absences(caso), out};
    *out = (struct mensilita){.lorda = caso->lorda, .retta = caso->lorda, .costo = caso->costo};
    if (!money_ok(caso->lorda) || !money_ok(caso->costo)) {
        out->retta = out->comune = out->ambito = MONEY_INVALID;
        return;
    }
    for (int tipo = 0; tipo < REGOLA_TIPI; tipo++)
        for (size_t i = 0; i < caso->regole_count; i++)
            if ((int)caso->regole[i].tipo == tipo && appliers[tipo] != NULL)
                appliers[tipo](&work, &caso->regole[i]);
    split_rest(caso, out);
}

/* ---- payers -------------------------------------------------------------------------------- */

void pagante_split(struct money importo, const struct rate *quote, size_t count,
                   struct money parti[static PAGANTI_MAX + 1])
{
    struct rate sum = RATE(0, 1);
    struct money before = MONEY(0);
    if (count > PAGANTI_MAX)
        count = PAGANTI_MAX;
    /* rounding the running sums: the parts are their steps, and cannot miss the whole */
    for (size_t i = 0; i < count; i++) {
        sum = rate_add(sum, quote[i]);
        struct money upto = money_share(importo, sum, STEP_CENT);
        parti[i] = money_sub(upto, before);
        before = upto;
    }
    parti[count] = money_sub(importo, before);
}
