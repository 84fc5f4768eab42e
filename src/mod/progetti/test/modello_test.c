/* Versions of a project in random sequences of thousands, against a reference that keeps them in
 * another way: not a state for each, but which one runs and which one is being prepared. */
#include "mod/progetti/rules.h"

#include "base/test/check.h"

#include <string.h>

enum { SEQUENCES = 4000, STEPS = 40, NONE = -1 };

/* ---- the reference ----------------------------------------------------------------------------
 */

struct reference {
    int count;
    int running, pending; /* a version, or NONE */
    bool paused, proposed;
    bool over;           /* the project has ended */
    char end[STEPS + 2]; /* of those that are over: s, c, a */
};

static const char *said(const struct reference *r, int version)
{
    if (version == r->running)
        return r->paused ? "sospeso" : "in_corso";
    if (version == r->pending)
        return r->proposed ? "da_firmare" : "bozza";
    return r->end[version] == 's'   ? "sostituito"
           : r->end[version] == 'c' ? "concluso"
                                    : "annullato";
}

static void pending_ends(struct reference *r)
{
    if (r->pending != NONE)
        r->end[r->pending] = 'a';
    r->pending = NONE;
}

/* False: it may not be. */
static bool follow(struct reference *r, int version, const char *to, bool complete, bool has_signed,
                   bool valued)
{
    if (version == r->pending && strcmp(to, "annullato") == 0) {
        pending_ends(r);
        return true;
    }
    if (version == r->pending && strcmp(to, r->proposed ? "bozza" : "da_firmare") == 0) {
        if (!r->proposed && !complete)
            return false;
        r->proposed = !r->proposed;
        return true;
    }
    if (version == r->pending && r->proposed && strcmp(to, "in_corso") == 0) {
        if (!complete || !has_signed)
            return false;
        if (r->running != NONE)
            r->end[r->running] = 's';
        r->running = version;
        r->pending = NONE;
        r->paused = false;
        return true;
    }
    if (version == r->running && strcmp(to, r->paused ? "in_corso" : "sospeso") == 0) {
        r->paused = !r->paused;
        return true;
    }
    if (version == r->running && strcmp(to, "concluso") == 0 && valued) {
        r->end[version] = 'c';
        r->running = NONE;
        pending_ends(r);
        return true;
    }
    return false;
}

static bool follow_new(struct reference *r)
{
    if (r->pending != NONE || r->running == NONE)
        return false;
    r->pending = r->count++;
    r->proposed = false;
    return true;
}

/* ---- sequences --------------------------------------------------------------------------------
 */

static uint64_t seed;
static unsigned draw(unsigned bound)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % bound;
}

struct project {
    enum progetto_stato stati[PROGETTO_VERSIONI];
    size_t count;
};

static void compare(const struct project *p, const struct reference *r)
{
    size_t running = 0, pending = 0;
    assert_int_equal(p->count, r->count);
    for (size_t i = 0; i < p->count; i++) {
        assert_string_equal(progetto_stato_name(p->stati[i]), said(r, (int)i));
        running += progetto_stato_running(p->stati[i]);
        pending += !progetto_stato_running(p->stati[i]) && !progetto_stato_closed(p->stati[i]);
    }
    assert_true(running <= 1 && pending <= 1);
    size_t shown = progetto_corrente(p->stati, p->count);
    if (r->running != NONE)
        assert_int_equal(shown, r->running);
    else if (r->pending != NONE)
        assert_int_equal(shown, r->pending);
}

/* Half of them from the table, so that the sequences get somewhere; ends are rarer. */
static enum progetto_stato target(enum progetto_stato from)
{
    for (int i = 0; i < 20 && draw(8) > 0; i++) {
        const struct progetto_mossa *move = &progetto_mosse[draw((unsigned)progetto_mosse_count)];
        if (move->da == from && (!progetto_stato_closed(move->a) || draw(6) == 0))
            return move->a;
    }
    return (enum progetto_stato)draw(PROGETTO_STATI);
}

static int step(struct project *p, struct reference *r)
{
    if (draw(6) == 0) {
        enum progetto_guasto fault = progetto_nuova_check(p->stati, p->count);
        assert_int_equal(fault == PROGETTO_OK, follow_new(r));
        if (fault == PROGETTO_OK)
            p->stati[p->count++] = PROGETTO_BOZZA;
        return fault == PROGETTO_OK;
    }
    size_t version = draw(3) == 0 ? draw((unsigned)p->count) : p->count - 1;
    struct day today = day_of(2026, 11, 21);
    struct progetto_chiesta asked = {.da = p->stati[version],
                                     .a = target(p->stati[version]),
                                     .motivo = "perché sì",
                                     .giorno = today,
                                     .ultima = DAY_NONE,
                                     .oggi = today,
                                     .completo = draw(5) > 0,
                                     .firmato = draw(5) > 0,
                                     .valutato = draw(3) == 0};
    enum progetto_guasto fault = progetto_mossa_check(&asked);
    bool may = follow(r, (int)version, progetto_stato_name(asked.a), asked.completo, asked.firmato,
                      asked.valutato);
    assert_int_equal(fault == PROGETTO_OK, may);
    if (may)
        progetto_apply(p->stati, p->count, version, asked.a);
    return may;
}

static void test_sequences(void **state)
{
    (void)state;
    int done = 0, replaced = 0, ended = 0;
    for (seed = 1; seed <= SEQUENCES; seed++) {
        uint64_t keep = seed;
        struct project p = {.stati = {PROGETTO_BOZZA}, .count = 1};
        struct reference r = {.count = 1, .running = NONE, .pending = 0};
        for (int i = 0; i < STEPS; i++) {
            done += step(&p, &r);
            compare(&p, &r);
        }
        for (size_t i = 0; i < p.count; i++) {
            replaced += p.stati[i] == PROGETTO_SOSTITUITO;
            ended += p.stati[i] == PROGETTO_CONCLUSO;
        }
        seed = keep;
    }
    print_message("# %d moves, %d replaced, %d ended\n", done, replaced, ended);
    /* the sequences did get somewhere */
    assert_true(done > 5 * SEQUENCES / 2);
    assert_true(replaced > SEQUENCES / 20);
    assert_true(ended > SEQUENCES / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sequences)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
