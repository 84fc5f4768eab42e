/* What the services know of the people: contacts and ISEE attestations of the last months. */
#include "app/demo/demo.h"

#include "kit/authz/authz.h"
#include "mod/accesso/accesso.h"
#include "mod/rette/rette.h"

#include <string.h>

/* Words of the statutory form for each kind of need. */
const char *demo_need_name(enum demo_need need)
{
    static const char *const names[DEMO_NEEDS] = {"", "anziani", "disabili", "famiglia", "poverta"};

    return names[need];
}

const char *demo_text(struct demo *demo, enum demo_need need, const char *use)
{
    const char *kind = arena_printf(demo->arena, "%s %s", demo_need_name(need), use);

    return demo_pick(demo, &demo->testi, kind, 0, 0)->text;
}

void demo_act_as(struct cx *cx, struct demo *demo, const struct demo_user *user)
{
    cx->who = &demo->who;
    if (user == NULL)
        return;
    demo->acting = (struct who){.utente = user->id,
                                .ente = user->ente,
                                .ambito = demo->who.ambito,
                                .ruolo = user->ruolo,
                                .nome = user->nome};
    cx->who = &demo->acting;
}

const struct demo_user *demo_user_of(struct demo *demo, int ruolo, uint64_t which)
{
    uint64_t seen = 0, count = 0;

    for (size_t i = 0; i < demo->users_count; i++)
        count += demo->users[i].ruolo == ruolo;
    for (size_t i = 0; i < demo->users_count; i++)
        if (demo->users[i].ruolo == ruolo && seen++ == which % count)
            return &demo->users[i];
    return demo->users;
}

/* ---- contacts ---------------------------------------------------------------------------- */

static bool save_contact(struct cx *cx, struct demo *demo, const struct demo_person *person)
{
    static const char *const channels[] = {"sportello", "sportello", "telefono",    "telefono",
                                           "posta",     "domicilio", "segnalazione"};
    static const char *const outcomes[] = {"informazione", "orientamento", "appuntamento",
                                           "appuntamento"};
    bool desk = demo_chance(demo, 60);
    const struct demo_user *user =
        demo_user_of(demo, desk ? RUOLO_SPORTELLO : RUOLO_ASSISTENTE, demo_draw(demo, 100));
    struct contatto contact = {
        .persona = demo_chance(demo, 85) ? person->id : ID_NONE,
        .giorno = day_add(instant_day(demo->now), -(int)demo_draw(demo, 330)),
        .canale = channels[demo_draw(demo, sizeof channels / sizeof *channels)],
        .area = demo_need_name(person->need),
        .esito = outcomes[demo_draw(demo, sizeof outcomes / sizeof *outcomes)],
        .minuti = {5 + 5 * (int)demo_draw(demo, 8)},
        .richiesta = demo_text(demo, person->need, "richiesta"),
    };
    bool done;

    demo_act_as(cx, demo, user);
    contact.ente = user->ente;
    contact.utente = user->id;
    done = contatto_save(cx, &contact);
    demo_act_as(cx, demo, NULL);
    return done;
}

/* ---- ISEE -------------------------------------------------------------------------------- */

/* Many low, few high. */
static struct money draw_isee(struct demo *demo, enum demo_need need)
{
    uint64_t most = need == NEED_POVERTY ? 9360 : 24000;
    int64_t a = (int64_t)demo_draw(demo, most), b = (int64_t)demo_draw(demo, most);

    return MONEY((a < b ? a : b) * 100 + (int64_t)demo_draw(demo, 100));
}

static enum isee_tipo isee_kind(enum demo_need need)
{
    return need == NEED_MINOR      ? ISEE_MINORENNI
           : need == NEED_DISABLED ? ISEE_SOCIOSANITARIO
                                   : ISEE_ORDINARIO;
}

static bool save_isee(struct cx *cx, struct demo *demo, const struct demo_person *person, int year)
{
    struct day today = instant_day(demo->now);
    struct day signed_on = day_add(day_of(year, 1, 8), (int)demo_draw(demo, 80));
    struct isee isee = {.persona = person->id,
                        .tipo = isee_kind(person->need),
                        .valore = draw_isee(demo, person->need),
                        .sottoscritta = day_cmp(signed_on, today) < 0 ? signed_on : today,
                        .scadenza = DAY_NONE};
    struct rette_faults faults = {.arena = cx->arena};
    int number = (int)demo_draw(demo, 100000000);

    isee.protocollo =
        arena_printf(cx->arena, "INPS-ISEE-%d-%08d%c-00", year, number, (char)('A' + number % 26));
    if (!isee_record(cx, &isee, &faults))
        return false;
    return faults.count == 0 || FAIL(cx, ERR_INTERNAL, "ISEE: %s", faults.items[0].text);
}

bool demo_history(struct cx *cx, struct demo *demo, const struct demo_person *person)
{
    int year = day_civil(instant_day(demo->now)).year;

    if (person->need == NEED_NONE)
        return true;
    for (uint64_t i = demo_draw(demo, 3); i > 0; i--)
        if (!save_contact(cx, demo, person))
            return false;
    if (demo_chance(demo, 50) && !save_isee(cx, demo, person, year - 1))
        return false;
    return !demo_chance(demo, 70) || save_isee(cx, demo, person, year);
}
