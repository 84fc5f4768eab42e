/* What a service will still cost the ambito, for the forecast of the budget. */
#include "mod/prestazioni/attesa.h"

#include "mod/bilancio/bilancio.h"
#include "mod/enti/enti.h"
#include "mod/prestazioni/store.h"

#include <string.h>

static const char CAUSA[] = "prestazione";
enum { MINUTES = 60 };

/* What a unit costs the ambito: as in the latest month with a bill, else the whole cost. */
static bool unit_cost(struct cx *cx, const struct prestazione *p, int64_t divisore,
                      struct money *costo)
{
    struct list bills;
    *costo = p->costo;
    if (!mensile_list(cx, p->id, &bills))
        return false;
    LIST_EACH (&bills, const struct mensile_riga_salvata, bill)
        if (bill->quantita > 0 && money_ok(bill->spesa)) {
            *costo = money_share(bill->spesa, rate_of(divisore, bill->quantita), STEP_CENT);
            return true;
        }
    return true;
}

/* The first day that is in no bill yet; a month is billed whole. */
static bool first_day(struct cx *cx, const struct prestazione *p, bool monthly, struct day *dal)
{
    struct day last;
    if (!store_last_logged(cx, p->id, &last))
        return false;
    *dal = p->dal;
    if (day_known(last))
        *dal = day_add(monthly ? day_month_last(last) : last, 1);
    return true;
}

bool attesa_tell(struct cx *cx, const struct prestazione *p)
{
    struct servizio servizio;
    bool found = false;
    struct attesa attesa = {.al = p->al, .quantita = p->previsti, .ogni = "settimana"};
    if (!servizio_load(cx, p->servizio, &servizio))
        return false;
    enum unita unita = unita_parse(servizio.unita);
    attesa.divisore = unita == UNITA_ORA ? MINUTES : 1;
    if (unita == UNITA_MESE)
        attesa.ogni = "mese";
    if (servizio.voce_bilancio != NULL &&
        !voce_by_name(cx, day_civil(cx->today).year, servizio.voce_bilancio, &attesa.voce, &found))
        return false;
    if (!found || p->previsti <= 0)
        return attesa_delete(cx, CAUSA, p->id);
    if (!first_day(cx, p, unita == UNITA_MESE, &attesa.dal) ||
        !unit_cost(cx, p, attesa.divisore, &attesa.costo))
        return false;
    if (day_known(p->al) && day_cmp(p->al, attesa.dal) < 0)
        return attesa_delete(cx, CAUSA, p->id);
    return attesa_save(cx, CAUSA, p->id, &attesa);
}
