/* Controlled rounding against what must hold of every table, and, on small tables, against a search
 * through all of them. */
#include "base/test/check.h"
#include "mod/riparto/rules.h"

#include <string.h>

__extension__ typedef __int128 wide;

enum { SMALL = 4, BIG_ROWS = 200, BIG_COLS = 30 };

static uint64_t seed = 42;

static int64_t below(int64_t bound)
{
    seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (int64_t)((seed >> 33) % (uint64_t)bound);
}

/* Two margins with the same total; some rows and columns are zero, many are alike. */
static void random_margins(struct money *rows, size_t nr, struct money *cols, size_t nc,
                           int64_t most)
{
    int64_t total = 0;
    for (size_t i = 0; i < nr; i++) {
        rows[i] = MONEY(below(4) == 0 ? 0 : below(3) == 0 ? most / 2 : below(most + 1));
        total += rows[i].cents;
    }
    for (size_t j = 0; j + 1 < nc; j++) {
        int64_t part = below(5) == 0 ? 0 : below(2) ? total / (int64_t)(nc - j) : below(total + 1);
        cols[j] = MONEY(part);
        total -= part;
    }
    cols[nc - 1] = MONEY(total);
}

static int64_t total_of(const struct money *items, size_t count)
{
    int64_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += items[i].cents;
    return total;
}

static void check_table(const struct margini *m, const struct money *cells)
{
    int64_t total = total_of(m->righe, m->righe_count);
    for (size_t i = 0; i < m->righe_count; i++)
        assert_int_equal(total_of(cells + i * m->colonne_count, m->colonne_count),
                         m->righe[i].cents);
    for (size_t j = 0; j < m->colonne_count; j++) {
        int64_t sum = 0;
        for (size_t i = 0; i < m->righe_count; i++) {
            int64_t cell = cells[i * m->colonne_count + j].cents;
            wide exact = (wide)m->righe[i].cents * m->colonne[j].cents;
            sum += cell;
            int64_t whole = total > 0 ? total : 1; /* a table of zeros is all zeros */
            /* floor or ceiling of exact / whole */
            assert_true((wide)cell * whole > exact - whole);
            assert_true((wide)cell * whole < exact + whole);
        }
        assert_int_equal(sum, m->colonne[j].cents);
    }
}

/* ---- the search through all tables ---------------------------------------------------------- */

struct search {
    const struct margini *m;
    int64_t total;
    int64_t floor[SMALL * SMALL], rest[SMALL * SMALL];
    int64_t need_row[SMALL], need_col[SMALL];
    bool up[SMALL * SMALL], best[SMALL * SMALL];
    int64_t best_cost;
    bool found;
};

/* Up is tried first, so that the first of equal tables is the one with the earlier cells up. */
static void try_cell(struct search *s, size_t cell, int64_t cost)
{
    size_t nc = s->m->colonne_count;
    if (cell == s->m->righe_count * nc) {
        for (size_t i = 0; i < s->m->righe_count; i++)
            if (s->need_row[i])
                return;
        for (size_t j = 0; j < nc; j++)
            if (s->need_col[j])
                return;
        if (!s->found || cost < s->best_cost) {
            s->found = true;
            s->best_cost = cost;
            memcpy(s->best, s->up, sizeof s->best);
        }
        return;
    }
    size_t i = cell / nc, j = cell % nc;
    if (s->rest[cell] > 0 && s->need_row[i] > 0 && s->need_col[j] > 0) {
        s->up[cell] = true;
        s->need_row[i]--;
        s->need_col[j]--;
        try_cell(s, cell + 1, cost + s->total - 2 * s->rest[cell]);
        s->up[cell] = false;
        s->need_row[i]++;
        s->need_col[j]++;
    }
    try_cell(s, cell + 1, cost);
}

static void search_all(const struct margini *m, struct money *cells)
{
    struct search s = {.m = m, .total = total_of(m->righe, m->righe_count)};
    s.total = s.total ? s.total : 1;
    size_t nc = m->colonne_count;
    for (size_t i = 0; i < m->righe_count; i++)
        s.need_row[i] = m->righe[i].cents;
    for (size_t j = 0; j < nc; j++)
        s.need_col[j] = m->colonne[j].cents;
    for (size_t cell = 0; cell < m->righe_count * nc; cell++) {
        int64_t exact = m->righe[cell / nc].cents * m->colonne[cell % nc].cents;
        s.floor[cell] = exact / s.total;
        s.rest[cell] = exact % s.total;
        s.need_row[cell / nc] -= s.floor[cell];
        s.need_col[cell % nc] -= s.floor[cell];
    }
    try_cell(&s, 0, 0);
    assert_true(s.found);
    for (size_t cell = 0; cell < m->righe_count * nc; cell++)
        cells[cell] = MONEY(s.floor[cell] + s.best[cell]);
}

static void test_small_equal_the_search(void **state)
{
    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct arena arena;
        arena_init(&arena, 1 << 20);
        struct money rows[SMALL], cols[SMALL], cells[SMALL * SMALL], due[SMALL * SMALL];
        struct margini m = {rows, (size_t)(1 + below(SMALL)), cols, (size_t)(1 + below(SMALL))};
        random_margins(rows, m.righe_count, cols, m.colonne_count, 1 + below(round % 3 ? 6 : 900));
        assert_int_equal(margini_round(&arena, &m, cells), RIPARTO_OK);
        search_all(&m, due);
        for (size_t cell = 0; cell < m.righe_count * m.colonne_count; cell++)
            if (cells[cell].cents != due[cell].cents)
                fail_msg("round %d cell %zu: %lld, due %lld", round, cell,
                         (long long)cells[cell].cents, (long long)due[cell].cents);
        arena_release(&arena);
    }
}

static void test_big_hold_their_margins(void **state)
{
    (void)state;
    static struct money rows[BIG_ROWS], cols[BIG_COLS], cells[BIG_ROWS * BIG_COLS];
    for (int round = 0; round < 2000; round++) {
        struct arena arena;
        arena_init(&arena, 8 << 20);
        int64_t most_rows = round % 5 == 0 ? BIG_ROWS : BIG_ROWS / 5; /* the largest take long */
        struct margini m = {rows, (size_t)(1 + below(most_rows)), cols,
                            (size_t)(1 + below(BIG_COLS))};
        int64_t most = round % 4 == 0 ? 3 : round % 4 == 1 ? 100 : 20000000;
        random_margins(rows, m.righe_count, cols, m.colonne_count, most);
        assert_int_equal(margini_round(&arena, &m, cells), RIPARTO_OK);
        check_table(&m, cells);
        arena_release(&arena);
    }
}

/* Rows all alike: every cell ties with every other of its column. */
static void test_ties_go_to_the_first(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct money rows[] = {MONEY(1), MONEY(1), MONEY(1)};
    struct money cols[] = {MONEY(1), MONEY(1), MONEY(1)};
    struct money cells[9];
    struct margini m = {rows, 3, cols, 3};
    static const int64_t due[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    assert_int_equal(margini_round(&arena, &m, cells), RIPARTO_OK);
    for (int i = 0; i < 9; i++)
        assert_int_equal(cells[i].cents, due[i]);
    arena_release(&arena);
}

/* Budget 2025: 34,20 euro a head of the 24 municipalities, six areas. */
static void test_the_ambito_of_2025(void **state)
{
    (void)state;
    static const int64_t people[] = {3313, 357,  3287, 1648, 8623, 1105, 1147, 963,
                                     1477, 1139, 136,  557,  939,  2684, 994,  1699,
                                     1058, 4133, 1112, 717,  945,  567,  1779, 1435};
    struct money cols[] = {MONEY(7193147),  MONEY(62644029), MONEY(16700000),
                           MONEY(30252025), MONEY(3301138),  MONEY(22913541)};
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct money rows[24], cells[24 * 6];
    assert_int_equal(riparto_pro_capite(MONEY(3420), people, 24, rows), RIPARTO_OK);
    struct margini m = {rows, 24, cols, 6};
    int64_t missing = total_of(cols, 6) - total_of(rows, 24);
    assert_int_equal(missing, 0);
    assert_int_equal(margini_round(&arena, &m, cells), RIPARTO_OK);
    check_table(&m, cells);
    arena_release(&arena);
}

static void test_refusals(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct money cells[4];
    struct money two[] = {MONEY(5), MONEY(7)}, other[] = {MONEY(5), MONEY(8)};
    struct money minus[] = {MONEY(-1), MONEY(13)}, zero[] = {MONEY(0), MONEY(0)};
    struct money big[] = {MONEY(INT64_C(1) << 62), MONEY(1)};
    struct money none[] = {MONEY_INVALID, MONEY(1)};
    assert_int_equal(margini_round(&arena, &(struct margini){two, 2, other, 2}, cells),
                     RIPARTO_SOMME);
    assert_int_equal(margini_round(&arena, &(struct margini){two, 2, minus, 2}, cells),
                     RIPARTO_NEGATIVO);
    assert_int_equal(margini_round(&arena, &(struct margini){big, 2, big, 2}, cells),
                     RIPARTO_SMISURATO);
    assert_int_equal(margini_round(&arena, &(struct margini){none, 2, big, 2}, cells),
                     RIPARTO_SMISURATO);
    assert_int_equal(margini_round(&arena, &(struct margini){two, 0, two, 2}, cells),
                     RIPARTO_VUOTO);
    assert_int_equal(
        margini_round(&arena, &(struct margini){two, RIPARTO_RIGHE + 1, two, 2}, cells),
        RIPARTO_TROPPI);
    assert_int_equal(margini_round(&arena, &(struct margini){zero, 2, zero, 2}, cells), RIPARTO_OK);
    assert_int_equal(cells[3].cents, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_equal_the_search),
        cmocka_unit_test(test_big_hold_their_margins),
        cmocka_unit_test(test_ties_go_to_the_first),
        cmocka_unit_test(test_the_ambito_of_2025),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
