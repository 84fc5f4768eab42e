/* zonale demo: fills an empty place, step by step. */
#include "app/demo/demo.h"

#include "app/commands.h"

#include "kit/authz/authz.h"
#include "mod/riparto/riparto.h"

#include <string.h>

/* ---- steps: each write is a transaction of its own ------------------------------------------ */

static bool bodies_work(struct cx *cx, void *data)
{
    return demo_bodies(cx, data);
}

static bool users_work(struct cx *cx, void *data)
{
    return demo_users(cx, data);
}

static bool people_work(struct cx *cx, void *data)
{
    struct demo *demo = data;
    size_t target = demo->people_count + DEMO_BATCH;

    if (target > demo->people_wanted)
        target = demo->people_wanted;
    while (demo->people_count < target)
        if (!demo_household(cx, demo))
            return false;
    return true;
}

static bool stories_work(struct cx *cx, void *data)
{
    struct demo *demo = data;

    for (size_t i = 0; i < DEMO_BATCH && demo->told < demo->people_count; i++) {
        const struct demo_person *person = &demo->people[demo->told++];

        if (!demo_history(cx, demo, person) || !demo_case(cx, demo, person))
            return false;
    }
    return true;
}

/* Last, so that what is drawn for people stays as it is. */
static bool shares_work(struct cx *cx, void *data)
{
    (void)data;
    return riparto_demo(cx);
}

static bool bills_work(struct cx *cx, void *data)
{
    return demo_bills(cx, data);
}

struct step {
    struct demo *demo;
    db_work *work;
    struct demo before; /* where it began: the writer may call it again */
};

static bool step_work(struct cx *cx, void *data)
{
    struct step *step = data;

    *step->demo = step->before;
    return step->work(cx, step->demo);
}

/* A write with an arena of its own: what a batch takes is given back. */
static bool run_step(struct db *db, struct cx *cx, struct demo *demo, db_work *work)
{
    struct arena arena, *outer = cx->arena;
    struct step step = {demo, work, *demo};
    bool done;

    arena_init(&arena, 512 << 20);
    cx->arena = &arena;
    done = db_write(db, cx, step_work, &step);
    cx->arena = outer;
    arena_release(&arena);
    return done;
}

static bool fill(struct db *db, struct cx *cx, struct demo *demo)
{
    struct chance kernel = {0}, *seeded = cx->chance;
    bool done;

    cli_progress(demo->cli, "Enti, rette e bilancio", 0, 1);
    if (!run_step(db, cx, demo, bodies_work))
        return false;
    cli_progress(demo->cli, "Enti, rette e bilancio", 1, 1);
    cx->chance = &kernel; /* passwords never come from a seed */
    done = run_step(db, cx, demo, users_work);
    cx->chance = seeded;
    while (done && demo->people_count < demo->people_wanted) {
        done = run_step(db, cx, demo, people_work);
        cli_progress(demo->cli, "Persone", (int64_t)demo->people_count,
                     (int64_t)demo->people_wanted);
    }
    while (done && demo->told < demo->people_count) {
        done = run_step(db, cx, demo, stories_work);
        cli_progress(demo->cli, "Contatti, ISEE e cartelle", (int64_t)demo->told,
                     (int64_t)demo->people_count);
    }
    return done && run_step(db, cx, demo, shares_work) && run_step(db, cx, demo, bills_work);
}

/* ---- command ----------------------------------------------------------------------------- */

/* Four groups of four: 80 bits, letters that are not mistaken for each other. */
static const char *draw_password(struct arena *arena)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    struct chance kernel = {0};
    struct cx cx = {.chance = &kernel, .arena = arena};
    char *text = arena_alloc(arena, 20);

    for (size_t i = 0; i < 19; i++)
        text[i] = i % 5 == 4 ? '-' : letters[cx_random_below(&cx, sizeof letters - 1)];
    return text;
}

static bool read_options(struct cx *cx, struct cli *cli, struct demo *demo)
{
    int64_t seed = 2025, people = DEMO_PEOPLE;
    struct day day = cx->today;

    if (!cli_int(cli, "seme", &seed) || !cli_int(cli, "persone", &people) ||
        !cli_day(cli, "data", &day))
        return false;
    if (people < 0 || people > DEMO_PEOPLE_MAX) {
        fprintf(cli_err(cli), "zonale: demo: --persone: da 0 a %d\n", DEMO_PEOPLE_MAX);
        return false;
    }
    demo->cli = cli;
    demo->arena = cx->arena;
    demo->people_wanted = (size_t)people;
    demo->people = ARENA_NEWS(cx->arena, struct demo_person, (size_t)people + 16);
    demo->codes = ARENA_NEWS(cx->arena, uint64_t, DEMO_CODES);
    demo->now.us = instant_of_day(day).us + INT64_C(8) * 3600 * 1000000;
    demo->who = (struct who){.ruolo = RUOLO_AMMINISTRATORE, .nome = "dimostrazione"};
    demo->password = draw_password(cx->arena);
    chance_seed(&demo->chance, (uint64_t)seed);
    return true;
}

static void tell(struct cli *cli, const struct demo *demo, const struct place *place)
{
    FILE *out = cli_out(cli);

    if (cli_json(cli)) {
        fprintf(out, "{\"cartella\": \"%s\", \"persone\": %zu, \"password\": \"%s\", \"utenti\": [",
                place->folder, demo->people_count, demo->password);
        for (size_t i = 0; i < demo->users_count; i++)
            fprintf(out, "%s\"%s\"", i > 0 ? ", " : "", demo->users[i].nome);
        fputs("]}\n", out);
        return;
    }
    fprintf(out, "Ambito di dimostrazione in %s: %zu persone inventate.\n", place->folder,
            demo->people_count);
    fputs("Utenti:", out);
    for (size_t i = 0; i < demo->users_count; i++)
        fprintf(out, " %s", demo->users[i].nome);
    fprintf(out, "\nPassword di tutti: %s (si cambia al primo ingresso)\n", demo->password);
}

int run_demo(struct cx *cx, struct cli *cli)
{
    struct demo *demo = ARENA_NEW(cx->arena, struct demo);
    struct chance *outer = cx->chance;
    struct opened opened;
    struct place place;
    bool done;

    if (!read_options(cx, cli, demo))
        return EXIT_USAGE;
    done = opened_new(&opened, &place, cx, cli) && demo_words_load(demo, &cx->err);
    cx->now = demo->now;
    cx->today = instant_day(demo->now);
    cx->chance = &demo->chance;
    cx->who = &demo->who;
    done = done && fill(opened.db, cx, demo);
    cx->who = NULL;
    cx->chance = outer;
    if (!opened_end(&opened, &place, cx, done))
        return cli_fail(cx, cli);
    tell(cli, demo, &place);
    return EXIT_DONE;
}
