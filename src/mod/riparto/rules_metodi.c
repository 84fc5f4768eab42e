#include "mod/riparto/rules.h"

/* Quantities and weeks beyond these are slips of the pen, and keep the products in range. */
enum { WEEKS = 53 };
#define HUNDREDTHS (INT64_C(1) << 40)

static enum riparto_esito outcome(struct money amount)
{
    return money_ok(amount) ? RIPARTO_OK : RIPARTO_SMISURATO;
}

static bool is_share(struct rate rate)
{
    return rate_ok(rate) && rate.num >= 0 && rate_cmp(rate, RATE_ONE) <= 0;
}

enum riparto_esito mesi_compute(struct money anno, int64_t mesi, int64_t passo,
                                struct money *dovuto)
{
    if (mesi < 1 || mesi > 12)
        return RIPARTO_MESI;
    if (money_ok(anno) && anno.cents < 0)
        return RIPARTO_NEGATIVO;
    *dovuto = money_share(anno, RATE(mesi, 12), passo);
    return outcome(*dovuto);
}

enum riparto_esito ore_compute(int64_t ore, int64_t settimane, struct money costo, struct rate iva,
                               struct money *dovuto)
{
    if (ore < 0 || settimane < 0 || (money_ok(costo) && costo.cents < 0))
        return RIPARTO_NEGATIVO;
    if (!is_share(iva))
        return RIPARTO_PERCENTO;
    if (ore > HUNDREDTHS || settimane > WEEKS)
        return RIPARTO_SMISURATO;
    *dovuto = money_share(money_times(costo, ore * settimane),
                          rate_mul(rate_add(RATE_ONE, iva), RATE(1, 100)), STEP_CENT);
    return outcome(*dovuto);
}

enum riparto_esito unita_compute(struct money fisso, int64_t quantita, struct money importo,
                                 struct money *dovuto)
{
    if ((money_ok(fisso) && fisso.cents < 0) || quantita < 0 ||
        (money_ok(importo) && importo.cents < 0))
        return RIPARTO_NEGATIVO;
    if (quantita > HUNDREDTHS)
        return RIPARTO_SMISURATO;
    *dovuto =
        money_add(fisso, money_share(money_times(importo, quantita), RATE(1, 100), STEP_CENT));
    return outcome(*dovuto);
}

enum riparto_esito costo_compute(struct money costo, struct rate quota, struct money *dovuto)
{
    if (money_ok(costo) && costo.cents < 0)
        return RIPARTO_NEGATIVO;
    if (!is_share(quota))
        return RIPARTO_PERCENTO;
    *dovuto = money_share(costo, quota, STEP_CENT);
    return outcome(*dovuto);
}

int64_t riparto_percento(struct money parte, struct money totale)
{
    if (!money_ok(parte) || !money_ok(totale) || totale.cents <= 0)
        return 0;
    struct rate share = rate_of(parte.cents, totale.cents);
    struct money hundredths = money_share(MONEY(10000), share, 1);
    return money_ok(hundredths) ? hundredths.cents : 0;
}

enum riparto_esito tetto_check(struct money parte, struct money totale, struct rate tetto,
                               struct money *massimo)
{
    enum riparto_esito esito = costo_compute(totale, tetto, massimo);
    if (esito == RIPARTO_OK && money_cmp(parte, *massimo) > 0)
        esito = RIPARTO_TETTO;
    return esito;
}
