/* Home care for some of the elderly: agreed by their worker, logged by the provider for the last
 * months, the first of them checked. */
#include "app/demo/demo.h"

#include "kit/authz/authz.h"
#include "mod/fatturazione/fatturazione.h"
#include "mod/prestazioni/prestazioni.h"

#include <string.h>

enum { SERVICES_MAX = 25, MONTHS = 3 };

static bool kept(struct cx *cx, bool done, const struct prestazione_faults *faults)
{
    if (!done || faults->count == 0)
        return done;
    return FAIL(cx, ERR_INTERNAL, "prestazione: rifiuto di %s: %s",
                faults->items[0].field != NULL ? faults->items[0].field : "tutto",
                faults->items[0].text);
}

/* Visits on Monday, Wednesday and Friday, now and then on a Sunday. */
static int64_t minutes_on(struct demo *demo, struct day day)
{
    int weekday = day_weekday(day);
    bool visit = weekday == 1 || weekday == 3 || weekday == 5;

    if (weekday == SUNDAY)
        return demo_chance(demo, 15) ? 60 : 0;
    return visit && demo_chance(demo, 92) ? 60 + 30 * (int64_t)demo_draw(demo, 3) : 0;
}

static bool log_month(struct cx *cx, struct demo *demo, const struct prestazione *service,
                      struct day mese)
{
    struct prestazione_faults faults = {.arena = cx->arena};
    struct griglia grid = {.mese = mese};

    for (int i = 0; i < griglia_days(&grid); i++) {
        struct day day = day_add(mese, i);
        if (day_cmp(day, service->dal) >= 0 && day_cmp(day, instant_day(demo->now)) <= 0)
            grid.quantita[i] = minutes_on(demo, day);
    }
    demo_act_as(cx, demo, demo_user_of(demo, RUOLO_EROGATORE, 0));
    return kept(cx, griglia_save(cx, service->id, &grid, 0, &faults), &faults);
}

static bool log_months(struct cx *cx, struct demo *demo, const struct prestazione *service,
                       const struct demo_user *worker)
{
    struct prestazione_faults faults = {.arena = cx->arena};
    struct day first = day_month_first(service->dal);
    struct mensile_riga_salvata bill;
    bool found;

    for (int i = 0; i < MONTHS; i++)
        if (!log_month(cx, demo, service, day_add_months(first, i)))
            return false;
    demo_act_as(cx, demo, worker);
    if (!mensile_load(cx, service->id, first, &bill, &found) || !found)
        return cx->err.code == ERR_NONE;
    struct mensile_visto seen = {bill.versione, bill.quantita, bill.retta};
    return kept(cx, mensile_check(cx, service->id, first, true, &seen, &faults), &faults);
}

bool demo_service(struct cx *cx, struct demo *demo, const struct demo_user *worker,
                  struct id cartella)
{
    struct prestazione_faults faults = {.arena = cx->arena};
    struct servizio sad;
    bool found;

    if (demo->services == SERVICES_MAX || demo->erogatori_count == 0)
        return true;
    if (!servizio_by_code(cx, "SAD", &sad, &found) || !found)
        return cx->err.code == ERR_NONE;
    struct prestazione service = {
        .cartella = cartella,
        .servizio = sad.id,
        .variante = "feriale",
        .erogatore = demo_user_of(demo, RUOLO_EROGATORE, 0)->ente,
        .dal = day_month_first(day_add_months(instant_day(demo->now), 1 - MONTHS)),
        .al = DAY_NONE,
        .previsti = 240 + 30 * (int64_t)demo_draw(demo, 3),
        .costo = MONEY(2888), /* 27,50 and VAT at 5 %, as the ambito pays */
    };
    demo->services++;
    return kept(cx, prestazione_add(cx, &service, &faults), &faults) &&
           log_months(cx, demo, &service, worker);
}

/* The first month is billed and closed, the second on trial. */
bool demo_bills(struct cx *cx, struct demo *demo)
{
    struct fatturazione f;
    struct fatturazione_rifiuto no = {NULL};
    struct servizio sad;
    struct day first = day_month_first(day_add_months(instant_day(demo->now), 1 - MONTHS));
    bool found;

    if (demo->services == 0)
        return true;
    demo_act_as(cx, demo, demo_user_of(demo, RUOLO_RAGIONERIA, 0));
    if (!servizio_by_code(cx, "SAD", &sad, &found) || !found)
        return cx->err.code == ERR_NONE;
    if (!fatturazione_prova(cx, sad.id, first, &f, &no) ||
        (no.testo == NULL && !fatturazione_chiudi(cx, f.id, &no)))
        return false;
    if (no.testo != NULL)
        return FAIL(cx, ERR_INTERNAL, "fatturazione: %s", no.testo);
    return fatturazione_prova(cx, sad.id, day_add_months(first, 1), &f, &no) &&
           (no.testo == NULL || FAIL(cx, ERR_INTERNAL, "fatturazione: %s", no.testo));
}
