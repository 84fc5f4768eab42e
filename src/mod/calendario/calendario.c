#include "mod/calendario/calendario.h"

#include "kit/doc/ical.h"
#include "kit/sys/vault.h"
#include "mod/calendario/store.h"
#include "mod/cartella/cartella.h"
#include "mod/prestazioni/prestazioni.h"
#include "mod/progetti/progetti.h"
#include "mod/scadenze/scadenze.h"
#include "mod/utenti/utenti.h"

#include <string.h>

enum { PRIMA = 30, DOPO = 365, SCADENZE_MAX = 2000, GIORNI_MAX = 1000, CHIAVE = 43 };

/* Which rooms know of deadlines. */
static const struct fonte {
    enum calendario_tipo tipo;
    bool (*load)(struct cx *cx, struct day dal, struct day al, size_t max, struct list *days);
} fonti[] = {
    {SCADENZA_ISEE, isee_expiring},
    {SCADENZA_PRESTAZIONE, prestazione_ending},
    {SCADENZA_CARTELLA, scadenza_days},
    {SCADENZA_VERIFICA, progetto_verifiche_due},
};
enum { FONTI = sizeof fonti / sizeof *fonti };

static bool tally(struct cx *cx, struct calendario_giorno *giorni, size_t *count)
{
    struct day dal = day_add(cx->today, -PRIMA), al = day_add(cx->today, DOPO);
    for (size_t i = 0; i < FONTI; i++) {
        struct list days;
        if (!fonti[i].load(cx, dal, al, SCADENZE_MAX, &days))
            return false;
        *count = calendario_tally(fonti[i].tipo, &days, giorni, *count, GIORNI_MAX);
    }
    return true;
}

/* The part of the address that names the machine. */
static const char *host_of(const char *site)
{
    const char *host = strstr(site, "://");
    return host == NULL ? site : host + 3;
}

bool calendario_draw(struct cx *cx, const char *site, struct bytes *ics)
{
    struct calendario_giorno *giorni = ARENA_NEWS(cx->arena, struct calendario_giorno, GIORNI_MAX);
    struct ical *ical = ical_new(cx->arena, "Zonale: scadenze");
    size_t count = 0;
    char user[ID_TEXT], day[DAY_TEXT];
    if (!tally(cx, giorni, &count))
        return false;
    id_text(cx->who->utente, user);
    for (size_t i = 0; i < count; i++) {
        const struct calendario_giorno *giorno = &giorni[i];
        const struct ical_event event = {
            .uid = arena_printf(cx->arena, "%s-%s-%s@%s", calendario_code(giorno->tipo),
                                day_iso(giorno->giorno, day), user, host_of(site)),
            .stamp = cx->now,
            .first = giorno->giorno,
            .last = giorno->giorno,
            .summary = calendario_words(cx->arena, giorno->tipo, giorno->quante),
            .description = "Di chi si tratta si legge nell’agenda di Zonale.",
            .url = arena_printf(cx->arena, "%s/agenda", site),
        };
        ical_add(ical, &event);
    }
    return ical_finish(ical, ics, &cx->err);
}

bool calendario_new(struct cx *cx, const char **chiave)
{
    *chiave = vault_token(cx);
    return store_indirizzo_put(cx, vault_token_hash(cx, *chiave));
}

bool calendario_revoke(struct cx *cx)
{
    return store_indirizzo_drop(cx);
}

bool calendario_who(struct cx *cx, const char *chiave, struct who *who, bool *found)
{
    struct id utente;
    *found = false;
    if (strlen(chiave) != CHIAVE)
        return true;
    if (!store_indirizzo_owner(cx, vault_token_hash(cx, chiave), &utente, found) || !*found)
        return cx->err.code == ERR_NONE;
    return utente_who(cx, utente, who, found);
}
