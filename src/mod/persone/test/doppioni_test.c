#include "mod/persone/doppioni.h"

#include "kit/db/test/support.h"
#include "kit/sys/vault.h"
#include "mod/enti/store.h"
#include "mod/persone/store.h"
#include "mod/utenti/store.h"

#include <stdlib.h>
#include <string.h>

enum { CROWD = 220, QUEUE = 5000 };

static const struct db_schema *const schemas[] = {&job_schema, &utenti_schema, &enti_schema,
                                                  &persone_schema, NULL};

struct fixture {
    struct test_db db;
    struct cx *cx;
};

static void start(struct fixture *f)
{
    test_db_open(&f->db, schemas);
    f->cx = &f->db.cx;
    test_vault(&f->db);
}

static bool save(struct cx *cx, void *data)
{
    return persona_save(cx, data);
}

static bool enqueue(struct cx *cx, void *data)
{
    return job_enqueue(cx, &doppioni_kind, "{}", NULL, data);
}

static void search(struct fixture *f)
{
    struct id job;
    struct job_row row;
    f->cx->now.us += 60 * 1000000LL;
    test_write(&f->db, enqueue, &job);
    TEST_OK(f->cx, job_run_waiting(f->db.db, f->cx, persone_jobs));
    test_read(&f->db);
    TEST_OK(f->cx, job_load(f->cx, job, &row));
    assert_string_equal(row.state, "fatto");
    test_read_end(&f->db);
}

static struct list queue(struct fixture *f, const char *stato)
{
    struct doppione_pagina page = {.stato = stato, .limit = QUEUE};
    struct list list;
    test_read(&f->db);
    TEST_OK(f->cx, doppione_page(f->cx, &page, &list));
    test_read_end(&f->db);
    return list;
}

static struct persona add(struct fixture *f, const char *cognome, const char *nome,
                          const char *telefono, bool riservata)
{
    struct persona p = {.cognome = cognome,
                        .nome = nome,
                        .telefono = telefono,
                        .riservata = riservata,
                        .nascita = day_of(1980, 1, 1),
                        .morte = DAY_NONE};
    test_write(&f->db, save, &p);
    return p;
}

/* Who is kept apart stands in no pair, neither found nor shown once she was found. */
static void test_kept_apart_is_in_no_pair(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct persona a = add(&f, "Rossi", "Anna", NULL, false);
    add(&f, "Rossi", "Anna", NULL, true);
    search(&f);
    assert_int_equal(queue(&f, "aperto").count, 0);
    struct persona b = add(&f, "Anna", "Rossi", NULL, false);
    search(&f);
    struct list list = queue(&f, "aperto");
    assert_int_equal(list.count, 1);
    const struct doppione *pair = LIST_ITEM(&list, struct doppione, 0);
    assert_int_equal(pair->a.n, a.id.n < b.id.n ? a.id.n : b.id.n);
    assert_int_equal(pair->punti, 64);
    b.riservata = true;
    test_write(&f.db, save, &b);
    assert_int_equal(queue(&f, "aperto").count, 0);
    test_db_close(&f.db);
}

struct decision {
    const struct persona *a, *b;
    bool two;
};

static bool decide(struct cx *cx, void *data)
{
    const struct decision *d = data;
    return doppione_decide(cx, d->a, d->b, d->two);
}

/* What somebody decided stays; what is no longer alike goes. */
static void test_searched_again(void **state)
{
    (void)state;
    struct fixture f;
    bool two;
    start(&f);
    struct persona a = add(&f, "Rossi", "Anna", NULL, false);
    struct persona b = add(&f, "Rossi", "Anna", NULL, false);
    struct persona c = add(&f, "Verdi", "Luca", NULL, false);
    struct persona d = add(&f, "Verdi", "Luca", NULL, false);
    search(&f);
    assert_int_equal(queue(&f, "aperto").count, 2);
    struct decision no = {&b, &a, true};
    test_write(&f.db, decide, &no);
    d.nascita = day_of(1955, 7, 9);
    test_write(&f.db, save, &d);
    search(&f);
    assert_int_equal(queue(&f, "aperto").count, 0);
    assert_int_equal(queue(&f, "diverse").count, 1);
    test_read(&f.db);
    TEST_OK(f.cx, doppione_diverse(f.cx, a.id, b.id, &two));
    assert_true(two);
    TEST_OK(f.cx, doppione_diverse(f.cx, c.id, d.id, &two));
    assert_false(two);
    test_read_end(&f.db);
    /* of another ambito nothing is seen */
    f.db.who.ambito = (struct id){2};
    assert_int_equal(queue(&f, "diverse").count, 0);
    test_db_close(&f.db);
}

/* ---- the blocks lose nothing ---------------------------------------------------------------- */

static struct persona draw(struct cx *cx)
{
    static const char *const surnames[] = {"Rossi", "Rosso", "Verdi", "Anna", "Mario"};
    static const char *const names[] = {"Anna", "Mario", "Maria", "Luca", "Rossi"};
    static const char *const codes[] = {"RSSMRA80A01F205X", "RSSMRA80A41F205B", NULL, NULL, NULL};
    static const char *const phones[] = {"035 1", "035 2", "035 3", NULL, NULL, NULL};
    return (struct persona){.cognome = surnames[cx_random_below(cx, 5)],
                            .nome = names[cx_random_below(cx, 5)],
                            .codfis = codes[cx_random_below(cx, 5)],
                            .telefono = phones[cx_random_below(cx, 6)],
                            .sesso = cx_random_below(cx, 2) == 0 ? "F" : "M",
                            .nascita = cx_random_below(cx, 5) == 0
                                           ? DAY_NONE
                                           : day_of(1980 + (int)cx_random_below(cx, 5),
                                                    1 + (int)cx_random_below(cx, 3),
                                                    1 + (int)cx_random_below(cx, 3)),
                            .morte = DAY_NONE};
}

static bool save_all(struct cx *cx, void *data)
{
    struct persona *crowd = data;
    for (int i = 0; i < CROWD; i++)
        if (!persona_save(cx, &crowd[i]))
            return false;
    return true;
}

/* Every pair that the rule would have looked at, compared one by one with all the others, is in
 * the queue with the same points, and no other. */
static void test_blocks_lose_nothing(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct persona *crowd = ARENA_NEWS(f.cx->arena, struct persona, CROWD);
    size_t due = 0;
    for (int i = 0; i < CROWD; i++)
        crowd[i] = draw(f.cx);
    test_write(&f.db, save_all, crowd);
    search(&f);
    struct list list = queue(&f, "aperto");
    for (int i = 0; i < CROWD; i++)
        for (int k = i + 1; k < CROWD; k++) {
            struct doppione_giudizio judged = doppione_judge(f.cx->arena, &crowd[i], &crowd[k]);
            if (judged.punti < DOPPIONE_SOGLIA)
                continue;
            due++;
            bool there = false;
            LIST_EACH (&list, struct doppione, pair) {
                bool same = (pair->a.n == crowd[i].id.n && pair->b.n == crowd[k].id.n) ||
                            (pair->a.n == crowd[k].id.n && pair->b.n == crowd[i].id.n);
                there = there || (same && pair->punti == judged.punti);
            }
            if (!there)
                fail_msg("%s %s and %s %s (%d) are missing", crowd[i].cognome, crowd[i].nome,
                         crowd[k].cognome, crowd[k].nome, judged.punti);
        }
    assert_true(due > 100);
    assert_int_equal(list.count, due);
    test_db_close(&f.db);
}

static void test_pages_by_key(void **state)
{
    (void)state;
    struct fixture f;
    struct list list;
    size_t seen = 0;
    start(&f);
    for (int i = 0; i < 4; i++)
        add(&f, "Rossi", "Anna", i < 2 ? "035 1" : NULL, false);
    search(&f);
    struct doppione_pagina page = {.stato = "aperto", .limit = 2};
    int64_t last = 100;
    test_read(&f.db);
    for (int i = 0; i < 5; i++) {
        TEST_OK(f.cx, doppione_page(f.cx, &page, &list));
        LIST_EACH (&list, struct doppione, pair) {
            assert_true(pair->punti <= last);
            last = page.dopo_punti = pair->punti;
            page.dopo_a = pair->a;
            page.dopo_b = pair->b;
            page.dopo = "";
            seen++;
        }
    }
    test_read_end(&f.db);
    assert_int_equal(seen, 6);
    test_db_close(&f.db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_apart_is_in_no_pair), cmocka_unit_test(test_searched_again),
        cmocka_unit_test(test_blocks_lose_nothing), cmocka_unit_test(test_pages_by_key)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
