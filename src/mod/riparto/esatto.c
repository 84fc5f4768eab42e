#include "mod/riparto/esatto.h"

#include <string.h>

__extension__ typedef __int128 wide;

static struct rate amount(struct money money)
{
    return rate_of(money.cents, 1);
}

static struct rate by_criteria(const struct definizione *def, size_t row)
{
    struct rate sum = RATE(0, 1);
    for (size_t k = 0; k < def->criteri_count; k++) {
        int64_t all = 0;
        for (size_t i = 0; i < def->righe_count; i++)
            all += def->righe[i].pesi[k];
        if (all == 0)
            return RATE(0, 0);
        sum = rate_add(sum, rate_mul(def->criteri[k].quota, rate_of(def->righe[row].pesi[k], all)));
    }
    return rate_mul(amount(def->importo), sum);
}

static struct rate between_margins(const struct quadro *quadro, size_t row, size_t column)
{
    const struct definizione *def = quadro->def;
    struct money all = MONEY(0);
    for (size_t k = 0; k < def->colonne_count; k++)
        all = money_add(all, def->colonne[k].totale);
    if (all.cents == 0)
        return RATE(0, 1);
    return rate_mul(amount(quadro_due(quadro, row)),
                    rate_of(def->colonne[column].totale.cents, all.cents));
}

static struct rate due(const struct definizione *def, size_t row)
{
    const struct definizione_riga *riga = &def->righe[row];
    struct rate weight = rate_of(riga->pesi[0], 100);
    switch (def->metodo) {
    case METODO_PRO_CAPITE:
        return rate_mul(amount(def->quota), weight);
    case METODO_ORE:
        return rate_mul(
            rate_mul(rate_mul(weight, rate_of(def->settimane, 1)), amount(riga->importi[0])),
            rate_add(RATE_ONE, rate_ok(riga->quota) ? riga->quota : RATE(0, 1)));
    case METODO_UNITA:
        return rate_add(money_ok(riga->importi[0]) ? amount(riga->importi[0]) : RATE(0, 1),
                        money_ok(riga->importi[1]) ? rate_mul(weight, amount(riga->importi[1]))
                                                   : RATE(0, 1));
    case METODO_COSTI:
        return rate_mul(amount(riga->importi[0]), riga->quota);
    case METODO_CRITERI:
    case METODO_MARGINI:
    case METODI:
        break;
    }
    return by_criteria(def, row);
}

static const char *due_rule(const struct definizione *def)
{
    if (def->metodo == METODO_MARGINI)
        return "al centesimo, in basso o in alto, così che righe e colonne tornino";
    if (def->metodo != METODO_CRITERI)
        return "al centesimo, mezzo centesimo in su";
    if (def->modo == ARROTONDA_RESTI)
        return "al passo, i resti più grandi in su: la somma torna";
    return "al passo, riga per riga: la somma può non tornare";
}

/* Number and part (total, invoice, transfer) of an instalment's column. */
static void rata_exact(const struct quadro *quadro, size_t row, size_t column, size_t first,
                       struct esatto *esatto)
{
    const struct definizione *def = quadro->def;
    size_t number = (column - first) / 3, part = (column - first) % 3;
    *esatto = (struct esatto){amount(quadro_cell(quadro, row, column)),
                              "una differenza: non si arrotonda"};
    if (part == 2)
        *esatto = (struct esatto){
            rate_mul(amount(quadro_cell(quadro, row, column - 2)), def->trasferimento),
            "all’euro, mezzo euro in su"};
    else if (part == 0 && number + 1 < def->rate_count)
        *esatto = (struct esatto){rate_mul(amount(quadro_cell(quadro, row, 0)), def->rate[number]),
                                  "al centesimo, mezzo centesimo in su"};
}

void quadro_exact(const struct quadro *quadro, size_t riga, size_t colonna, struct esatto *esatto)
{
    const struct definizione *def = quadro->def;
    size_t first = def->mesi > 0 ? 2 : 1;
    if (def->metodo == METODO_MARGINI)
        *esatto = (struct esatto){between_margins(quadro, riga, colonna), due_rule(def)};
    else if (colonna == 0)
        *esatto = (struct esatto){due(def, riga), due_rule(def)};
    else if (colonna < first)
        *esatto =
            (struct esatto){rate_mul(amount(quadro_cell(quadro, riga, 0)), rate_of(def->mesi, 12)),
                            "al passo detto, metà in su"};
    else
        rata_exact(quadro, riga, colonna, first, esatto);
}

const char *exact_it(struct arena *arena, struct rate centesimi)
{
    enum { DECIMALS = 6 };
    if (!rate_ok(centesimi))
        return "troppo lungo per essere scritto";
    char whole[MONEY_TEXT], digits[DECIMALS + 1];
    bool minus = centesimi.num < 0;
    wide num = minus ? -(wide)centesimi.num : centesimi.num;
    wide den = (wide)centesimi.den * 100, rest = num % den;
    size_t count = 0;
    while (count < DECIMALS && (rest != 0 || count < 2)) {
        rest *= 10;
        digits[count++] = (char)('0' + (int)(rest / den));
        rest %= den;
    }
    digits[count] = '\0';
    money_it(MONEY((int64_t)(num / den) * 100), whole);
    whole[strlen(whole) - 2] = '\0'; /* its own decimals */
    return arena_printf(arena, "%s%s%s%s", minus ? "−" : "", whole, digits, rest != 0 ? "…" : "");
}

struct rate exact_residue(struct money importo, struct rate centesimi)
{
    return rate_sub(amount(importo), centesimi);
}

const char *colonna_title(struct arena *arena, const struct definizione *def, size_t colonna)
{
    size_t first = def->mesi > 0 ? 2 : 1;
    if (def->metodo == METODO_MARGINI)
        return def->nomi[colonna];
    if (colonna == 0)
        return "Dovuto";
    if (colonna < first)
        return arena_printf(arena, "%lld mesi", (long long)def->mesi);
    static const char *const parts[] = {"", ", fattura", ", trasferimento"};
    return arena_printf(arena, "%zuª rata%s", (colonna - first) / 3 + 1,
                        parts[(colonna - first) % 3]);
}
