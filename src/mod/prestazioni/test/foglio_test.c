/* The sheet of a month: many rows, each kept or refused for itself. */
#include "mod/prestazioni/foglio.h"
#include "mod/prestazioni/test/scene.h"

#include <string.h>

static struct test_web web;
static struct scene s;

static struct instant clock_at(void)
{
    return (struct instant){instant_of_day(day_of(2025, 3, 31)).us + INT64_C(36000000000)};
}

static void open_scene(void)
{
    const struct web_route *const tables[] = {prestazioni_module.routes, NULL};
    scene_web(
        &s, &web,
        &(struct test_web_parts){.schemas = scene_schemas, .routes = tables, .clock = clock_at});
}

static void as_worker(void)
{
    scene_as_worker(&s);
    test_host()->who = web.db.who;
}

static void as_provider(struct id ente)
{
    scene_as_provider(&s, ente);
    test_host()->who = web.db.who;
}

static bool add_service(struct cx *cx, void *data)
{
    struct prestazione *p = data;
    struct prestazione_faults faults = {.arena = cx->arena};
    return prestazione_add(cx, p, &faults) && faults.count == 0;
}

/* The same service by two providers, and one more by the first. */
static void three_services(struct prestazione p[static 3])
{
    as_worker();
    for (int i = 0; i < 3; i++) {
        p[i] = scene_sad(&s);
        if (i == 1)
            p[i].erogatore = s.altra;
        if (i == 2)
            p[i].variante = "festivo";
        test_write(&web.db, add_service, &p[i]);
    }
}

static const char MONTH[] = "/erogazioni/2025-03";

static const char *row(int number, struct id id, int64_t version, const char *cells)
{
    char text[ID_TEXT];
    return arena_printf(&web.db.arena, "&r%d=%s&v%d=%lld%s", number, id_text(id, text), number,
                        (long long)version, cells);
}

static void send_rows(const char *rows)
{
    test_post(&web, MONTH, MONTH, rows + 1);
}

struct logged {
    struct id id;
    int64_t quantita[GIORNI_MESE];
};

static bool read_days(struct cx *cx, void *data)
{
    struct logged *logged = data;
    struct griglia griglia;
    if (!griglia_load(cx, logged->id, day_of(2025, 3, 1), &griglia))
        return false;
    memcpy(logged->quantita, griglia.quantita, sizeof logged->quantita);
    return true;
}

static int64_t on_day(struct id id, int day)
{
    struct logged logged = {.id = id};
    test_write(&web.db, read_days, &logged);
    return logged.quantita[day - 1];
}

static void a_provider_fills_its_sheet(void **state)
{
    (void)state;
    struct prestazione p[3];
    open_scene();
    three_services(p);
    as_provider(s.coop);
    test_get(&web, MONTH);
    assert_int_equal(web.status, 200);
    assert_has(web.body, "D’Amèlio Nicolò");
    assert_has(web.body, "name=\"q2_31\"");
    assert_has_not(web.body, "name=\"q3_1\""); /* that of the other provider is not there */
    send_rows(arena_printf(&web.db.arena, "%s%s", row(1, p[0].id, 0, "&q1_3=2&q1_5=2%3A30"),
                           row(2, p[2].id, 0, "&q2_9=1%2C5")));
    assert_int_equal(web.status, 303);
    assert_int_equal(on_day(p[0].id, 3), 120);
    assert_int_equal(on_day(p[0].id, 5), 150);
    assert_int_equal(on_day(p[2].id, 9), 90);
    test_get(&web, MONTH);
    assert_has(web.body, "value=\"2:30\"");
    test_get(&web, "/erogazioni");
    assert_int_equal(web.status, 303);
    test_get(&web, "/erogazioni/2025-04"); /* all of it is still to come */
    assert_int_equal(web.status, 404);
    test_web_close(&web);
}

static void one_row_does_not_hold_the_others(void **state)
{
    (void)state;
    struct prestazione p[3];
    open_scene();
    three_services(p);
    as_provider(s.coop);
    test_get(&web, MONTH);
    send_rows(arena_printf(&web.db.arena, "%s%s", row(1, p[0].id, 0, "&q1_3=tante&q1_4=1"),
                           row(2, p[2].id, 0, "&q2_9=1")));
    assert_int_equal(web.status, 422);
    assert_has(web.body, "«tante» non sono ore");
    assert_has(web.body, "value=\"tante\"");
    assert_has(web.body, "È stata salvata una riga");
    assert_int_equal(on_day(p[0].id, 4), 0);
    assert_int_equal(on_day(p[2].id, 9), 60);
    send_rows(row(1, p[0].id, 0, "&q1_3=25"));
    assert_int_equal(web.status, 422);
    send_rows(row(1, p[0].id, 0, "&q1_3=2"));
    assert_int_equal(web.status, 303);
    send_rows(row(1, p[0].id, 0, "&q1_3=5")); /* somebody else was faster */
    assert_int_equal(web.status, 422);
    assert_has(web.body, "ha salvato 2:00 ore");
    assert_has(web.body, "value=\"5\"");
    assert_has(web.body, "ora 2");
    assert_has(web.body, "name=\"v1\" value=\"1\"");
    assert_int_equal(on_day(p[0].id, 3), 120);
    send_rows(row(1, p[0].id, 1, "&q1_3=5"));
    assert_int_equal(web.status, 303);
    assert_int_equal(on_day(p[0].id, 3), 300);
    send_rows(row(1, p[0].id, 0, "&q1_3=5")); /* the same is no clash */
    assert_int_equal(web.status, 303);
    test_web_close(&web);
}

static void nobody_writes_what_is_not_his(void **state)
{
    (void)state;
    struct prestazione p[3];
    open_scene();
    three_services(p);
    as_provider(s.coop);
    test_get(&web, MONTH);
    send_rows(row(1, p[1].id, 0, "&q1_3=2"));
    assert_int_equal(web.status, 404);
    assert_has_not(web.body, "Amèlio");
    assert_int_equal(on_day(p[1].id, 3), 0);
    send_rows("&r1=niente&q1_3=2");
    assert_int_not_equal(web.status, 303);
    as_provider(s.altra);
    test_get(&web, MONTH);
    assert_has(web.body, "name=\"q1_1\"");
    assert_has_not(web.body, "name=\"q2_1\"");
    test_web_close(&web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_provider_fills_its_sheet),
        cmocka_unit_test(one_row_does_not_hold_the_others),
        cmocka_unit_test(nobody_writes_what_is_not_his),
    };
    return cmocka_run_group_tests_name("prestazioni/foglio", tests, NULL, NULL);
}
