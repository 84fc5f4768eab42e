#include "mod/riparto/prospetto.h"

static const char *it(struct arena *arena, struct money amount)
{
    char text[MONEY_TEXT];
    return arena_strdup(arena, money_it(amount, text));
}

/* "20 %", "21,06 %"; what is no whole number of hundredths stays a ratio. */
static const char *share_it(struct arena *arena, struct rate rate)
{
    struct rate percent = rate_mul(rate, RATE(100, 1));
    struct rate hundredths = rate_mul(rate, RATE(10000, 1));
    if (rate_ok(percent) && percent.den == 1)
        return arena_printf(arena, "%lld %%", (long long)percent.num);
    if (rate_ok(hundredths) && hundredths.den == 1)
        return arena_printf(arena, "%s %%", it(arena, MONEY(hundredths.num)));
    return arena_printf(arena, "%lld/%lld", (long long)rate.num, (long long)rate.den);
}

/* Whole numbers without decimals: "3.313". */
static const char *weight_it(struct arena *arena, int64_t hundredths)
{
    char *text = arena_strdup(arena, it(arena, MONEY(hundredths)));
    for (char *p = text; hundredths % 100 == 0 && *p != '\0'; p++)
        if (*p == ',')
            p[0] = p[1] = '\0';
    return text;
}

static const char *explain_criteria(struct arena *arena, const struct definizione *def, size_t row)
{
    const char *text = "";
    for (size_t k = 0; k < def->criteri_count; k++) {
        int64_t sum = 0;
        for (size_t i = 0; i < def->righe_count; i++)
            sum += def->righe[i].pesi[k];
        text = arena_printf(arena, "%s%s%s × %s/%s %s", text, k > 0 ? " + " : "",
                            share_it(arena, def->criteri[k].quota),
                            weight_it(arena, def->righe[row].pesi[k]), weight_it(arena, sum),
                            def->criteri[k].nome);
    }
    return arena_printf(arena, "%s × (%s), arrotondato %s", it(arena, def->importo), text,
                        def->modo == ARROTONDA_RESTI ? "secondo i resti più grandi"
                                                     : "riga per riga");
}

static const char *explain_margins(struct arena *arena, const struct quadro *quadro, size_t row,
                                   size_t column)
{
    struct money all = MONEY(0);
    for (size_t k = 0; k < quadro->def->colonne_count; k++)
        all = money_add(all, quadro->def->colonne[k].totale);
    return arena_printf(arena, "%s × %s/%s, arrotondato fra i due margini",
                        it(arena, quadro_due(quadro, row)),
                        it(arena, quadro->def->colonne[column].totale), it(arena, all));
}

static const char *explain_due(struct arena *arena, const struct definizione *def, size_t row)
{
    const struct definizione_riga *riga = &def->righe[row];
    switch (def->metodo) {
    case METODO_PRO_CAPITE:
        return arena_printf(arena, "%s × %s abitanti", it(arena, def->quota),
                            weight_it(arena, riga->pesi[0]));
    case METODO_ORE:
        return arena_printf(arena, "%s ore × %lld settimane × %s%s%s",
                            weight_it(arena, riga->pesi[0]), (long long)def->settimane,
                            it(arena, riga->importi[0]), riga->quota.num > 0 ? " + IVA " : "",
                            riga->quota.num > 0 ? share_it(arena, riga->quota) : "");
    case METODO_UNITA:
        if (riga->pesi[0] == 0)
            return arena_printf(arena, "quota fissa %s", it(arena, riga->importi[0]));
        return arena_printf(arena, "%s%s%s × %s",
                            riga->importi[0].cents > 0 ? it(arena, riga->importi[0]) : "",
                            riga->importi[0].cents > 0 ? " + " : "",
                            weight_it(arena, riga->pesi[0]), it(arena, riga->importi[1]));
    case METODO_COSTI:
        return arena_printf(arena, "%s di %s", share_it(arena, riga->quota),
                            it(arena, riga->importi[0]));
    case METODO_CRITERI:
    case METODO_MARGINI:
    case METODI:
        break;
    }
    return explain_criteria(arena, def, row);
}

static const char *explain_rata(struct arena *arena, const struct quadro *quadro, size_t row,
                                size_t number, size_t part, size_t column)
{
    const struct definizione *def = quadro->def;
    if (part == 1)
        return arena_printf(arena, "%s − %s", it(arena, quadro_cell(quadro, row, column - 1)),
                            it(arena, quadro_cell(quadro, row, column + 1)));
    if (part == 2)
        return arena_printf(arena, "%s di %s, all’euro", share_it(arena, def->trasferimento),
                            it(arena, quadro_cell(quadro, row, column - 2)));
    if (number + 1 == def->rate_count)
        return arena_printf(arena, "quel che resta di %s", it(arena, quadro_cell(quadro, row, 0)));
    return arena_printf(arena, "%s di %s", share_it(arena, def->rate[number]),
                        it(arena, quadro_cell(quadro, row, 0)));
}

const char *quadro_explain(struct arena *arena, const struct quadro *quadro, size_t riga,
                           size_t colonna)
{
    const struct definizione *def = quadro->def;
    size_t first = def->mesi > 0 ? 2 : 1; /* of the instalments */
    if (def->metodo == METODO_MARGINI)
        return explain_margins(arena, quadro, riga, colonna);
    if (colonna == 0)
        return *def->righe[riga].per == '\0'
                   ? explain_due(arena, def, riga)
                   : arena_printf(arena, "%s (paga per %s)", explain_due(arena, def, riga),
                                  def->righe[riga].per);
    if (colonna < first)
        return arena_printf(arena, "%lld/12 di %s, arrotondato a %s", (long long)def->mesi,
                            it(arena, quadro_cell(quadro, riga, 0)),
                            it(arena, MONEY(def->mesi_passo)));
    return explain_rata(arena, quadro, riga, (colonna - first) / 3, (colonna - first) % 3, colonna);
}
