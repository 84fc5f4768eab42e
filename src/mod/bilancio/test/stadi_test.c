/* Stages and execution on a database: amendments, state at a date, two writers, movements, the end
 * of a year; and that no sequence of acts creates or loses a cent. */
#include "kit/db/test/support.h"

#include "mod/bilancio/inside.h"
#include "mod/enti/store.h"

#include <string.h>

static const struct db_schema *const schemas[] = {&enti_schema, &bilancio_schema, NULL};
static struct test_db t;
enum { TOTAL = 644935219 };

static bool demo(struct cx *cx, void *data)
{
    (void)data;
    return bilancio_read_2025(cx);
}

static int start(void **state)
{
    (void)state;
    test_db_open(&t, schemas);
    t.who.nome = "Ufficio di Piano";
    test_write(&t, demo, NULL);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_db_close(&t);
    return 0;
}

static struct bilancio at(struct day al)
{
    struct bilancio b;
    bool found;
    test_read(&t);
    TEST_OK(&t.cx, bilancio_load_at(&t.cx, 2025, al, &b, &found));
    test_read_end(&t);
    assert_true(found);
    return b;
}

static const struct voce *item(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->voci_count; i++)
        if (strcmp(b->voci[i].nome, nome) == 0)
            return &b->voci[i];
    fail_msg("no item %s", nome);
    return NULL;
}

static struct id source(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->fonti_count; i++)
        if (strncmp(b->fonti[i].nome, nome, strlen(nome)) == 0)
            return b->fonti[i].id;
    fail_msg("no source %s", nome);
    return ID_NONE;
}

/* ---- amendments ------------------------------------------------------------------------- */

struct attempt {
    struct variazione_salvata v;
    struct variazione_riga lines[4];
    size_t count;
    int64_t base;
    struct bilancio_faults faults;
};

static bool write_draft(struct cx *cx, void *data)
{
    struct attempt *a = data;
    struct variazione lines = {.righe = a->lines, .righe_count = a->count};
    return variazione_save(cx, &a->v, &lines);
}

static bool approve(struct cx *cx, void *data)
{
    struct attempt *a = data;
    a->faults = (struct bilancio_faults){.arena = cx->arena};
    return store_variazione_load(cx, a->v.id, &a->v) &&
           variazione_approve(cx, &a->v, a->base, &a->faults);
}

static struct attempt shift(const char *from, const char *to, const char *fonte, int64_t cents,
                            struct day giorno)
{
    struct bilancio b = at(DAY_MAX);
    struct attempt a = {.v = {.anno = 2025,
                              .giorno = giorno,
                              .atto = "Assemblea, delibera 4",
                              .motivo = "Più ore di assistenza",
                              .base = b.versione},
                        .count = 2,
                        .base = b.versione};
    a.lines[0] = (struct variazione_riga){item(&b, from)->id, source(&b, fonte), MONEY(-cents)};
    a.lines[1] = (struct variazione_riga){item(&b, to)->id, source(&b, fonte), MONEY(cents)};
    return a;
}

static void an_amendment_moves_money_from_its_day_on(void **state)
{
    (void)state;
    struct attempt a =
        shift("SFA", "FONDO SAD - ANZIANI", "FONDO SOCIALE", 500000, day_of(2025, 5, 20));
    test_write(&t, write_draft, &a);
    struct bilancio b = at(DAY_MAX);
    assert_int_equal(item(&b, "SFA")->stanziato.cents, 3500000); /* a draft moves nothing */
    test_write(&t, approve, &a);
    assert_int_equal(a.faults.count, 0);
    assert_int_equal(a.v.numero, 1);
    b = at(DAY_MAX);
    assert_int_equal(item(&b, "SFA")->stanziato.cents, 3000000);
    assert_int_equal(item(&b, "FONDO SAD - ANZIANI")->stanziato.cents, 10300000);
    assert_int_equal(bilancio_uscite(&b).cents, TOTAL);
    b = at(day_of(2025, 5, 19));
    assert_int_equal(item(&b, "SFA")->stanziato.cents, 3500000);
    b = at(day_of(2025, 5, 20));
    assert_int_equal(item(&b, "SFA")->stanziato.cents, 3000000);
    b = at(DAY_MIN);
    assert_int_equal(b.celle_count, 130);
    assert_int_equal(item(&b, "FONDO SAD - ANZIANI")->stanziato.cents, 9800000);
}

static void one_that_does_not_hold_is_not_approved(void **state)
{
    (void)state;
    struct attempt a =
        shift("STA", "FONDO SAD - ANZIANI", "VOUCHER AUTISMO", 100, day_of(2025, 6, 1));
    test_write(&t, write_draft, &a);
    test_write(&t, approve, &a);
    assert_int_equal(a.faults.count, 1);
    assert_int_equal(a.faults.items[0].invariante, INV_VINCOLO);
    struct bilancio b = at(DAY_MAX);
    assert_int_equal(item(&b, "STA")->stanziato.cents, 19500000);
    a = shift("SFA", "SIL", "FONDO SOCIALE", 100, day_of(2025, 5, 19)); /* before the last */
    test_write(&t, write_draft, &a);
    test_write(&t, approve, &a);
    assert_int_equal(a.faults.items[0].invariante, INV_ATTO);
}

static void the_second_of_two_is_told_and_nothing_is_overwritten(void **state)
{
    (void)state;
    struct attempt mine = shift("SFA", "SIL", "FONDO SOCIALE", 1000, day_of(2025, 6, 10));
    struct attempt theirs = shift("SFA", "TIS", "FONDO SOCIALE", 2000, day_of(2025, 6, 10));
    test_write(&t, write_draft, &mine);
    test_write(&t, write_draft, &theirs);
    test_write(&t, approve, &theirs);
    assert_int_equal(theirs.faults.count, 0);
    assert_int_equal(test_write_fails(&t, approve, &mine), ERR_CONFLICT);
    struct bilancio b = at(DAY_MAX);
    assert_int_equal(item(&b, "SFA")->stanziato.cents, 3000000 - 2000);
    struct list since;
    test_read(&t);
    TEST_OK(&t.cx, variazione_since(&t.cx, 2025, mine.base, &since));
    test_read_end(&t);
    assert_int_equal(since.count, 1);
    assert_int_equal(LIST_ITEM(&since, struct variazione_salvata, 0)->numero, theirs.v.numero);
    mine.base = b.versione; /* having seen it */
    test_write(&t, approve, &mine);
    assert_int_equal(mine.faults.count, 0);
    /* two on the same draft: the second save is refused */
    struct attempt one = shift("SFA", "SIL", "FONDO SOCIALE", 1000, day_of(2025, 6, 20));
    test_write(&t, write_draft, &one);
    struct attempt two = one;
    test_write(&t, write_draft, &one);
    assert_int_equal(test_write_fails(&t, write_draft, &two), ERR_CONFLICT);
    one = two;
    assert_int_equal(test_write_fails(&t, write_draft, &one), ERR_CONFLICT);
}

/* ---- movements -------------------------------------------------------------------------- */

struct entry {
    struct scrittura m;
    struct scrittura_faults faults;
};

static bool write_movement(struct cx *cx, void *data)
{
    struct entry *e = data;
    e->faults = (struct scrittura_faults){.arena = cx->arena};
    return scrittura_save(cx, &e->m, &e->faults);
}

static struct entry commit(const char *voce, const char *fonte, int64_t cents)
{
    struct bilancio b = at(DAY_MAX);
    struct entry e = {.m = {.anno = 2025,
                            .tipo = "impegno",
                            .voce = item(&b, voce)->id,
                            .giorno = day_of(2025, 2, 1),
                            .atto = "Determina 12",
                            .importo = MONEY(cents)}};
    if (fonte != NULL)
        e.m.fonte = source(&b, fonte);
    return e;
}

static struct entry part(const struct entry *of, struct day giorno, int64_t cents)
{
    return (struct entry){
        .m = {.padre = of->m.id, .giorno = giorno, .atto = "Atto 30", .importo = MONEY(cents)}};
}

static struct entry back(const struct entry *of, struct day giorno, int64_t cents)
{
    return (struct entry){
        .m = {.storna = of->m.id, .giorno = giorno, .atto = "Atto 31", .importo = MONEY(-cents)}};
}

static size_t enter(struct entry *e)
{
    test_write(&t, write_movement, e);
    return e->faults.count;
}

static struct voce_stato state_of(const char *voce)
{
    struct bilancio b = at(DAY_MAX);
    struct voce_stato stato;
    test_read(&t);
    TEST_OK(&t.cx, voce_stato(&t.cx, item(&b, voce)->id, 2025, &stato));
    test_read_end(&t);
    return stato;
}

static void money_is_committed_found_due_and_paid(void **state)
{
    (void)state;
    struct entry i = commit("GESTIONE CDD PIARIO", NULL, 10000000);
    assert_int_equal(enter(&i), 0);
    struct entry l = part(&i, day_of(2025, 3, 1), 4000000);
    assert_int_equal(enter(&l), 0);
    assert_string_equal(l.m.tipo, "liquidazione");
    struct entry m = part(&l, day_of(2025, 3, 15), 4000000);
    assert_int_equal(enter(&m), 0);
    assert_string_equal(m.m.tipo, "mandato");
    struct voce_stato s = state_of("GESTIONE CDD PIARIO");
    assert_int_equal(s.impegnato.cents, 10000000);
    assert_int_equal(s.liquidato.cents, 4000000);
    assert_int_equal(s.pagato.cents, 4000000);
    assert_int_equal(s.disponibile.cents, 63800000 - 10000000);
    struct entry more = part(&i, day_of(2025, 4, 1), 6000001);
    assert_int_equal(enter(&more), 1);
    more = part(&m, day_of(2025, 4, 1), 1); /* a payment has no parts */
    assert_int_equal(test_write_fails(&t, write_movement, &more), ERR_INPUT);
    struct entry r = back(&l, day_of(2025, 4, 1), 1); /* paid already */
    assert_int_equal(enter(&r), 1);
    r = back(&m, day_of(2025, 4, 1), 1500000);
    assert_int_equal(enter(&r), 0);
    struct entry twice = back(&r, day_of(2025, 4, 2), 1);
    assert_int_equal(test_write_fails(&t, write_movement, &twice), ERR_INPUT);
    assert_int_equal(state_of("GESTIONE CDD PIARIO").pagato.cents, 2500000);
    r = back(&i, day_of(2025, 4, 1), 6000000); /* what was not found due is free again */
    assert_int_equal(enter(&r), 0);
    assert_int_equal(state_of("GESTIONE CDD PIARIO").impegnato.cents, 4000000);
    struct entry over = commit("GESTIONE CDD PIARIO", NULL, 63800000 - 4000000 + 1);
    assert_int_equal(enter(&over), 1);
    over = commit("GESTIONE CDD PIARIO", "UTENTI", 6700001); /* of one source, a cent too much */
    assert_int_equal(enter(&over), 1);
    over = commit("GESTIONE CDD PIARIO", "NIDI GRATIS", 1);
    assert_int_equal(test_write_fails(&t, write_movement, &over), ERR_INPUT);
}

static bool spend(struct cx *cx, void *data)
{
    struct spesa *spesa = data;
    return spesa_save(cx, spesa);
}

static void costs_of_services_lie_within_their_commitment(void **state)
{
    (void)state;
    struct bilancio b = at(DAY_MAX);
    struct spesa spesa = {.voce = item(&b, "SIL")->id,
                          .anno = 2025,
                          .giorno = day_of(2025, 3, 31),
                          .importo = MONEY(100000),
                          .causa_tipo = "mensile",
                          .causa = {77},
                          .descrizione = "SIL, marzo"};
    test_write(&t, spend, &spesa);
    assert_int_equal(state_of("SIL").impegnato.cents, 100000);
    struct entry e = commit("SIL", NULL, 300000);
    e.m.servizi = true;
    assert_int_equal(enter(&e), 0);
    assert_int_equal(state_of("SIL").impegnato.cents, 300000);
    spesa.importo = MONEY(350000);
    test_write(&t, spend, &spesa);
    assert_int_equal(state_of("SIL").impegnato.cents, 350000);
}

static void an_item_is_not_amended_below_what_is_committed(void **state)
{
    (void)state;
    struct entry e = commit("STA", NULL, 19500000);
    assert_int_equal(enter(&e), 0);
    struct attempt a = shift("STA", "SFA", "FONDO SOCIALE", 1, day_of(2025, 9, 1));
    test_write(&t, write_draft, &a);
    test_write(&t, approve, &a);
    assert_int_equal(a.faults.count, 1);
    assert_int_equal(a.faults.items[0].invariante, INV_IMPEGNATO);
}

/* ---- any sequence of acts ------------------------------------------------------------------- */

static uint64_t seed = 99;

static uint64_t next(uint64_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (seed >> 33) % below;
}

/* What the books say, counted by hand from the movements themselves. */
static void check_books(void)
{
    struct bilancio b = at(DAY_MAX);
    struct list all, stati, conto;
    struct bilancio_faults faults = {.arena = &t.arena};
    test_read(&t);
    TEST_OK(&t.cx, store_scrittura_list(&t.cx, 2025, ID_NONE, &all));
    TEST_OK(&t.cx, stati_load(&t.cx, &b, DAY_MAX, &stati));
    TEST_OK(&t.cx, conto_load(&t.cx, &b, DAY_MAX, &conto));
    TEST_OK(&t.cx, bilancio_check_all(&t.cx, &b, &faults));
    test_read_end(&t);
    assert_int_equal(faults.count, 0);
    assert_int_equal(bilancio_uscite(&b).cents, TOTAL);
    assert_int_equal(bilancio_entrate(&b).cents, TOTAL);
    int64_t sum[SCRITTURA_TIPI] = {0}, spread = 0, kept = 0;
    LIST_EACH (&all, const struct scrittura, m)
        sum[scrittura_tipo_parse(m->tipo)] += m->importo.cents;
    assert_true(sum[SCR_MANDATO] <= sum[SCR_LIQUIDAZIONE]);
    assert_true(sum[SCR_LIQUIDAZIONE] <= sum[SCR_IMPEGNO]);
    LIST_EACH (&conto, const struct conto_riga, riga)
        spread += riga->pagato.cents;
    LIST_EACH (&stati, const struct voce_stato, s)
        kept += s->pagato.cents;
    assert_int_equal(kept, sum[SCR_MANDATO]);
    assert_int_equal(spread, sum[SCR_MANDATO]);
}

static void any_act(struct entry *known, size_t *count, size_t most)
{
    struct entry e;
    struct day day = day_of(2025, 10, 1 + (int)next(28));
    static const char *const voci[] = {"SFA", "TIS", "GESTIONE CDD PIARIO", "AFFITTO STABILE CDD"};
    if (*count == 0 || next(3) == 0)
        e = commit(voci[next(4)], next(2) == 0 ? "FONDO SOCIALE" : NULL, (int64_t)next(3000000));
    else if (next(3) == 0)
        e = back(&known[next(*count)], day, (int64_t)next(2000000));
    else
        e = part(&known[next(*count)], day, (int64_t)next(2000000));
    if (e.m.padre.n != 0) {
        struct scrittura whole;
        test_read(&t);
        TEST_OK(&t.cx, store_scrittura_load(&t.cx, e.m.padre, &whole));
        test_read_end(&t);
        if (scrittura_tipo_parse(whole.tipo) == SCR_MANDATO)
            return;
    }
    if (enter(&e) == 0 && e.m.storna.n == 0 && *count < most)
        known[(*count)++] = e;
}

static void no_sequence_of_acts_creates_or_loses_a_cent(void **state)
{
    (void)state;
    enum { STEPS = 120 };
    static struct entry known[STEPS];
    size_t count = 0;
    for (int step = 0; step < STEPS; step++) {
        any_act(known, &count, STEPS);
        if (step % 10 == 0) {
            struct attempt a = shift("SFA", "SIL", "FONDO SOCIALE", (int64_t)next(300000),
                                     day_of(2025, 10, 1 + step / 10));
            test_write(&t, write_draft, &a);
            test_write(&t, approve, &a);
            check_books();
        }
    }
    assert_true(count > 20);
    check_books();
}

/* ---- the end ---------------------------------------------------------------------------- */

static bool close_year(struct cx *cx, void *data)
{
    struct bilancio_faults *faults = data;
    *faults = (struct bilancio_faults){.arena = cx->arena};
    return bilancio_close(cx, 2025, "Assemblea, delibera 9", day_of(2026, 4, 30), faults);
}

static void a_closed_year_stays_as_it_was_closed(void **state)
{
    (void)state;
    struct bilancio_faults faults;
    test_write(&t, close_year, &faults);
    assert_int_equal(faults.count, 0);
    struct bilancio b = at(DAY_MAX);
    assert_string_equal(b.stato, "chiuso");
    struct attempt a = shift("SFA", "SIL", "FONDO SOCIALE", 1, day_of(2025, 12, 30));
    test_write(&t, write_draft, &a);
    test_write(&t, approve, &a);
    assert_true(a.faults.count > 0);
    struct entry e = commit("TIS", NULL, 1);
    assert_int_equal(enter(&e), 1);
    struct spesa late = {.voce = item(&b, "SIL")->id,
                         .anno = 2025,
                         .giorno = day_of(2025, 12, 31),
                         .importo = MONEY(990000),
                         .causa_tipo = "mensile",
                         .causa = {78},
                         .descrizione = "SIL, dicembre"};
    test_write(&t, spend, &late); /* it happened: it is kept, and it shows */
    struct bilancio_faults seen = {.arena = &t.arena};
    test_read(&t);
    TEST_OK(&t.cx, bilancio_check_all(&t.cx, &b, &seen));
    test_read_end(&t);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.items[0].invariante, INV_CONSUNTIVO);
    test_write(&t, close_year, &faults);
    assert_true(faults.count > 0); /* once */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amendment_moves_money_from_its_day_on),
        cmocka_unit_test(one_that_does_not_hold_is_not_approved),
        cmocka_unit_test(the_second_of_two_is_told_and_nothing_is_overwritten),
        cmocka_unit_test(money_is_committed_found_due_and_paid),
        cmocka_unit_test(costs_of_services_lie_within_their_commitment),
        cmocka_unit_test(an_item_is_not_amended_below_what_is_committed),
        cmocka_unit_test(no_sequence_of_acts_creates_or_loses_a_cent),
        cmocka_unit_test(a_closed_year_stays_as_it_was_closed),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
