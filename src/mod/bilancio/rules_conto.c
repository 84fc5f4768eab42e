/* Execution: commitments, liquidations, payments, and the costs of services within them. */
#include "mod/bilancio/rules.h"

#include <stdarg.h>
#include <string.h>

__extension__ typedef __int128 wide; /* ISO C has no name for it */

/* ---- state of an item --------------------------------------------------------------------- */

static struct money larger(struct money a, struct money b)
{
    return money_cmp(a, b) >= 0 ? a : b;
}

struct voce_stato voce_state(struct money stanziato, const struct voce_somma *somma)
{
    struct voce_stato stato = {
        .stanziato = stanziato,
        .impegnato = money_add(somma->impegni, larger(somma->impegni_servizi, somma->spese)),
        .liquidato = money_add(somma->liquidazioni,
                               larger(somma->liquidazioni_servizi, somma->spese_liquidate)),
        .pagato = somma->mandati,
    };
    stato.disponibile = money_sub(stanziato, stato.impegnato);
    return stato;
}

struct rate voce_percent(const struct voce_stato *stato)
{
    if (!money_ok(stato->stanziato) || stato->stanziato.cents <= 0 || !money_ok(stato->liquidato))
        return RATE(0, 0);
    return rate_of(stato->liquidato.cents, stato->stanziato.cents);
}

/* ---- movements -------------------------------------------------------------------------- */

static const char *const tipi[SCRITTURA_TIPI] = {"impegno", "liquidazione", "mandato"};

const char *scrittura_tipo_name(enum scrittura_tipo tipo)
{
    return tipo < SCRITTURA_TIPI ? tipi[tipo] : "";
}

enum scrittura_tipo scrittura_tipo_parse(const char *name)
{
    for (enum scrittura_tipo i = 0; i < SCRITTURA_TIPI; i++)
        if (strcmp(name, tipi[i]) == 0)
            return i;
    return SCRITTURA_TIPI;
}

static void fault(struct scrittura_faults *faults, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fault(struct scrittura_faults *faults, const char *field, const char *format, ...)
{
    va_list args;
    if (faults->count == SCRITTURA_FAULTS)
        return;
    va_start(args, format);
    faults->items[faults->count++] =
        (struct scrittura_fault){field, arena_vprintf(faults->arena, format, args)};
    va_end(args);
}

static bool blank(const char *text)
{
    return text == NULL || text[strspn(text, " \t")] == '\0';
}

static void check_day(const struct scrittura *m, const struct scrittura_fatti *fatti,
                      struct scrittura_faults *faults)
{
    char day[DAY_TEXT];
    bool first = scrittura_tipo_parse(m->tipo) == SCR_IMPEGNO && m->storna.n == 0;
    if (!day_known(m->giorno))
        fault(faults, "giorno", "manca la data");
    else if (day_known(fatti->dal) && day_cmp(m->giorno, fatti->dal) < 0)
        fault(faults, "giorno", "ciò di cui è parte è del %s: non può venire prima",
              day_it(fatti->dal, day));
    else if (first && day_civil(m->giorno).year != m->anno)
        fault(faults, "giorno", "la data è fuori dall’anno del bilancio");
    else if (first && day_known(fatti->entro) && day_cmp(m->giorno, fatti->entro) > 0)
        fault(faults, "giorno", "la fonte si può spendere solo fino al %s",
              day_it(fatti->entro, day));
}

void scrittura_check(const struct scrittura *m, const struct scrittura_fatti *fatti,
                     struct scrittura_faults *faults)
{
    char asked[MONEY_TEXT], left[MONEY_TEXT];
    bool back = m->storna.n != 0;
    struct money amount = back ? money_neg(m->importo) : m->importo;
    if (scrittura_tipo_parse(m->tipo) == SCRITTURA_TIPI)
        fault(faults, "tipo", "deve essere impegno, liquidazione o mandato");
    if (blank(m->atto))
        fault(faults, "atto", "manca l’atto");
    check_day(m, fatti, faults);
    if (fatti->chiuso && scrittura_tipo_parse(m->tipo) == SCR_IMPEGNO && !back)
        fault(faults, NULL, "l’anno è chiuso dal suo consuntivo: non si impegna più nulla");
    if (!money_ok(m->importo) || amount.cents <= 0)
        fault(faults, "importo", "manca, o non è maggiore di zero");
    else if (money_cmp(amount, fatti->libero) > 0)
        fault(faults, "importo", "%s ha liberi %s euro, meno di %s", fatti->di,
              money_it(fatti->libero, left), money_it(amount, asked));
}

/* ---- parts of a whole --------------------------------------------------------------------- */

static wide sum_weights(const struct money *weights, size_t count)
{
    wide sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += weights[i].cents > 0 ? weights[i].cents : 0;
    return sum;
}

void money_spread(struct money whole, const struct money *weights, size_t count,
                  struct money *parts)
{
    wide sum = sum_weights(weights, count);
    int64_t size = whole.cents < 0 ? -whole.cents : whole.cents, left = size;
    for (size_t i = 0; i < count; i++) {
        wide weight = weights[i].cents > 0 ? weights[i].cents : 0;
        parts[i].cents = sum > 0 ? (int64_t)((wide)size * weight / sum) : 0;
        left -= parts[i].cents;
    }
    while (left > 0 && count > 0) { /* fewer rounds than parts: each floor loses less than a cent */
        size_t best = 0;
        wide most = -1;
        for (size_t i = 0; i < count && sum > 0; i++) {
            wide weight = weights[i].cents > 0 ? weights[i].cents : 0;
            wide rest = (wide)size * weight - (wide)parts[i].cents * sum;
            if (rest > most) {
                most = rest;
                best = i;
            }
        }
        parts[best].cents += sum > 0 ? 1 : left;
        left -= sum > 0 ? 1 : left;
    }
    for (size_t i = 0; i < count && whole.cents < 0; i++)
        parts[i] = money_neg(parts[i]);
}

/* ---- by source -------------------------------------------------------------------------- */

enum { SPLIT_MAX = FONTI_MAX };

/* What acts name goes where they say; the rest is shared out by `weights`. */
static void split(struct money whole, const struct money *named, const struct money *weights,
                  size_t count, struct money *out, struct money *rest_parts)
{
    struct money rest = whole;
    for (size_t i = 0; i < count; i++)
        rest = money_sub(rest, named[i]);
    money_spread(rest, weights, count, rest_parts);
    for (size_t i = 0; i < count; i++)
        out[i] = money_add(named[i], rest_parts[i]);
}

void conto_split(const struct voce_stato *stato, const struct conto_atti *atti,
                 struct conto_riga *righe, size_t count)
{
    struct money named[SPLIT_MAX] = {{0}}, weights[SPLIT_MAX] = {{0}};
    struct money out[SPLIT_MAX], rest[SPLIT_MAX];
    size_t n = count < SPLIT_MAX ? count : SPLIT_MAX;
    for (size_t i = 0; i < n; i++) {
        named[i] = atti[i].impegnato;
        weights[i] = money_sub(righe[i].assegnato, atti[i].impegnato);
    }
    split(stato->impegnato, named, weights, n, out, rest);
    for (size_t i = 0; i < n; i++) {
        righe[i].impegnato = out[i];
        righe[i].stimato = rest[i];
        named[i] = atti[i].liquidato;
        weights[i] = money_sub(righe[i].impegnato, atti[i].liquidato);
    }
    split(stato->liquidato, named, weights, n, out, rest);
    for (size_t i = 0; i < n; i++) {
        righe[i].liquidato = out[i];
        named[i] = atti[i].pagato;
        weights[i] = money_sub(righe[i].liquidato, atti[i].pagato);
    }
    split(stato->pagato, named, weights, n, out, rest);
    for (size_t i = 0; i < n; i++)
        righe[i].pagato = out[i];
}
