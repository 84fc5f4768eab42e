/* Records: cases taken in charge by the workers of the demonstration, moved on, with a diary. */
#include "app/demo/demo.h"

#include "kit/authz/authz.h"
#include "mod/cartella/cartella.h"

#include <string.h>

struct story {
    const struct demo_person *person;
    const struct demo_user *worker;
    struct id cartella;
    struct day day; /* of the last thing that happened */
};

static struct day later(struct demo *demo, struct story *story, int most)
{
    struct day today = instant_day(demo->now);
    struct day day = day_add(story->day, 1 + (int)demo_draw(demo, (uint64_t)most));

    story->day = day_cmp(day, today) < 0 ? day : today;
    return story->day;
}

static bool open_case(struct cx *cx, struct demo *demo, struct story *story)
{
    struct presa_nuova nuova = {
        .persona = story->person->id,
        .ente = story->worker->ente,
        .responsabile = story->worker->id,
        .tipo_utente = demo_need_name(story->person->need),
        .riserbo = demo_chance(demo, 1) ? RISERVO_ANTIVIOLENZA : RISERVO_PARTICOLARE,
        .dal = story->day,
        .motivo = demo_text(demo, story->person->need, "richiesta"),
    };

    return presa_open(cx, &nuova, &story->cartella);
}

/* Some way along: assessment, project, monitoring; a few are closed. */
static bool move_case(struct cx *cx, struct demo *demo, struct story *story)
{
    static const enum presa_stato path[] = {STATO_IN_VALUTAZIONE, STATO_CON_PROGETTO,
                                            STATO_IN_MONITORAGGIO, STATO_CONCLUSA};
    static const uint64_t shares[] = {85, 75, 60, 15};
    struct presa_in_carico *presa;
    enum mossa_fault fault;
    struct list list;

    for (size_t i = 0; i < sizeof path / sizeof *path; i++) {
        if (demo_draw(demo, 100) >= shares[i])
            return true;
        if (!presa_list(cx, story->cartella, &list) || list.count == 0)
            return false;
        presa = LIST_ITEM(&list, struct presa_in_carico, 0);
        if (!presa_move(cx, presa->id, presa->versione, path[i], later(demo, story, 60),
                        "Secondo il progetto", &fault))
            return false;
        if (fault != MOSSA_OK)
            return FAIL(cx, ERR_INTERNAL, "mossa verso %s: rifiuto %d", presa_stato_name(path[i]),
                        (int)fault);
    }
    return true;
}

static bool write_diary(struct cx *cx, struct demo *demo, struct story *story)
{
    static const char *const kinds[] = {"colloquio", "visita", "telefonata", "equipe"};

    for (uint64_t i = 1 + demo_draw(demo, 5); i > 0; i--) {
        struct diario note = {.cartella = story->cartella,
                              .giorno = later(demo, story, 45),
                              .tipo = kinds[demo_draw(demo, 4)],
                              .riserbo = RISERVO_PARTICOLARE,
                              .testo = demo_text(demo, story->person->need, "diario")};
        enum diario_fault fault;

        if (!diario_save(cx, &note, &fault))
            return false;
        if (fault != DIARIO_OK)
            return FAIL(cx, ERR_INTERNAL, "nota di diario: rifiuto %d", (int)fault);
    }
    return true;
}

/* Home care begins on the first of a month that is past: the record must be older, and open. */
static bool serve_case(struct cx *cx, struct demo *demo, const struct story *story)
{
    struct cartella cartella;

    if (story->person->need != NEED_ELDERLY || !demo_chance(demo, 60))
        return true;
    if (!cartella_load(cx, story->cartella, &cartella))
        return false;
    bool fit = !day_known(cartella.chiusa) && cartella.riserbo == RISERVO_PARTICOLARE &&
               day_cmp(cartella.aperta, day_add(instant_day(demo->now), -100)) < 0;
    return !fit || demo_service(cx, demo, story->worker, story->cartella);
}

bool demo_case(struct cx *cx, struct demo *demo, const struct demo_person *person)
{
    struct story story = {
        .person = person,
        .worker = demo_user_of(demo, RUOLO_ASSISTENTE, demo_draw(demo, 100)),
        .day = day_add(instant_day(demo->now), -30 - (int)demo_draw(demo, 700)),
    };
    bool done;

    if (person->need == NEED_NONE || !demo_chance(demo, 45))
        return true;
    if (day_cmp(story.day, person->nascita) < 0)
        return true;
    demo_act_as(cx, demo, story.worker);
    done = open_case(cx, demo, &story) && write_diary(cx, demo, &story) &&
           move_case(cx, demo, &story) && serve_case(cx, demo, &story);
    demo_act_as(cx, demo, NULL);
    return done;
}
