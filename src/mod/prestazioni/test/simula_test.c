/* A plan tried on those who are served, from the database to the pages. */
#include "mod/prestazioni/test/scene.h"

#include "mod/prestazioni/simula.h"
#include "mod/prestazioni/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct test_web web;
static struct scene s;

static struct instant clock_at(void)
{
    return (struct instant){instant_of_day(day_of(2025, 3, 31)).us + INT64_C(36000000000)};
}

static bool add_service(struct cx *cx, void *data)
{
    struct prestazione p = scene_sad(&s);
    struct prestazione_faults faults = {.arena = cx->arena};
    (void)data;
    return prestazione_add(cx, &p, &faults) && faults.count == 0;
}

static void open_scene(void)
{
    const struct web_route *const tables[] = {prestazioni_module.routes, NULL};
    scene_web(
        &s, &web,
        &(struct test_web_parts){.schemas = scene_schemas, .routes = tables, .clock = clock_at});
    test_write(&web.db, add_service, NULL);
}

static void close_scene(void)
{
    test_web_close(&web);
}

/* Five hours a week, 260 in a year; ISEE 6.000,00: 2,60 an hour now, 3,00 with the flat plan. */
static void the_served_are_loaded_with_their_isee(void **state)
{
    (void)state;
    struct simula_caricati caricati;
    struct simula_esito esito;
    struct piano piano;
    struct cx *cx = &web.db.cx;
    bool festivo, found;
    test_read(&web.db);
    TEST_OK(cx, piano_in_force(cx, "SAD", "feriale", cx->today, &piano, &festivo, &found));
    assert_true(found);
    piano.tipo = PIANO_FORFAIT;
    piano.forfait = MONEY(300);
    TEST_OK(cx, simula_load(cx, &piano, cx->today, &caricati, &found));
    assert_true(found);
    assert_int_equal(caricati.dati.count, 1);
    assert_int_equal(caricati.dati.utenti[0].isee_count, 1);
    simula_run(&web.db.arena, &caricati.dati, &caricati.prima, &piano, &esito);
    assert_int_equal(esito.totale.prima.cents, 260 * 260);
    assert_int_equal(esito.totale.dopo.cents, 260 * 300);
    assert_int_equal(esito.totale.piu, 1);
    piano.variante = "notturno"; /* nothing of that in force: nothing to compare with */
    TEST_OK(cx, simula_load(cx, &piano, cx->today, &caricati, &found));
    assert_false(found);
    test_read_end(&web.db);
}

static void loading_uses_its_index(void **state)
{
    (void)state;
    struct db_query q;
    const char *plan;
    const struct utenti_di di = {s.sad, "feriale", "festivo", day_of(2025, 3, 31)};
    if (db_kind(web.db.db) != DB_SQLITE)
        return; /* PostgreSQL scans small tables whatever their indexes */
    test_read(&web.db);
    store_users_query(&web.db.cx, &di, &q);
    TEST_OK(&web.db.cx, db_plan(&web.db.cx, db_query_sql(&q), db_query_args(&q), &plan));
    if (strstr(plan, "SCAN") != NULL || strstr(plan, "TEMP B-TREE") != NULL)
        fail_msg("%s", plan);
    test_read_end(&web.db);
}

static const char *plan_id(void)
{
    struct piano piano;
    char text[ID_TEXT];
    bool festivo, found;
    test_read(&web.db);
    TEST_OK(&web.db.cx, piano_in_force(&web.db.cx, "SAD", "feriale", day_of(2025, 3, 31), &piano,
                                       &festivo, &found));
    test_read_end(&web.db);
    return arena_strdup(&web.db.arena, id_text(piano.id, text));
}

static void one_person_is_not_told_of_by_the_sums(void **state)
{
    (void)state;
    const char *path = arena_printf(&web.db.arena, "/rette/simula?piano=%s", plan_id());
    test_host()->refused = "rette.nomi";
    test_get(&web, path);
    assert_int_equal(web.status, 200);
    assert_has(web.body, "Oggi si paga con");
    assert_has_not(web.body, "676,00");
    assert_has_not(web.body, "simula/persone");
    test_host()->refused = NULL;
    test_get(&web, arena_printf(&web.db.arena, "%s&formato=xlsx", path));
    assert_int_equal(web.status, 200);
    test_get(&web, arena_printf(&web.db.arena, "%s&formato=exe", path));
    assert_int_equal(web.status, 400);
}

static void names_stand_in_a_list_of_their_own(void **state)
{
    (void)state;
    const char *path = arena_printf(&web.db.arena, "/rette/simula/persone?piano=%s", plan_id());
    test_get(&web, path);
    assert_int_equal(web.status, 200);
    assert_has(web.body, "676,00");
    test_get(&web, arena_printf(&web.db.arena, "%s&esito=piu", path));
    assert_has_not(web.body, "676,00");
    test_get(&web, "/rette/simula/persone");
    assert_int_equal(web.status, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_served_are_loaded_with_their_isee),
        cmocka_unit_test(loading_uses_its_index),
        cmocka_unit_test(one_person_is_not_told_of_by_the_sums),
        cmocka_unit_test(names_stand_in_a_list_of_their_own),
    };
    open_scene();
    int failed = cmocka_run_group_tests_name("prestazioni/simula", tests, NULL, NULL);
    close_scene();
    return failed;
}
