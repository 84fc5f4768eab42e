/* The pages, as the worker and as two providers. */
#include "mod/prestazioni/test/scene.h"

#include <stdio.h>
#include <stdlib.h>
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

static void close_scene(void)
{
    test_web_close(&web);
}

static void as_worker(void)
{
    scene_as_worker(&s);
    test_host()->who = web.db.who;
    test_host()->refused = NULL;
}

static void as_provider(struct id ente)
{
    scene_as_provider(&s, ente);
    test_host()->who = web.db.who;
    test_host()->refused = "isee.leggi"; /* as permessi.tsv has it */
}

static const char *path_of(const char *head, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(&web.db.arena, "%s%s%s", head, id_text(id, text), tail);
}

static const char *nuova_body(const char *previsti, const char *costo)
{
    char sad[ID_TEXT], coop[ID_TEXT];
    return arena_printf(&web.db.arena,
                        "servizio=%s.feriale&erogatore=%s&dal=1/3/2025&al=&previsti=%s&costo=%s",
                        id_text(s.sad, sad), id_text(s.coop, coop), previsti, costo);
}

/* Adds the service through the form; gives back its address. */
static const char *add(void)
{
    const char *form = path_of("/cartelle/", s.cartella, "/prestazioni/nuova");
    as_worker();
    test_post(&web, form, form, nuova_body("5", "28,88"));
    assert_int_equal(web.status, 303);
    return arena_strdup(&web.db.arena, web.location);
}

static const char *sub(const char *path, const char *tail)
{
    return arena_printf(&web.db.arena, "%s%s", path, tail);
}

static void the_walk(void **state)
{
    (void)state;
    open_scene();
    as_worker();
    test_get(&web, path_of("/cartelle/", s.cartella, "/prestazioni"));
    assert_int_equal(web.status, 200);
    assert_has(web.body, "non ci sono ancora prestazioni");
    const char *service = add();
    test_get(&web, service);
    assert_int_equal(web.status, 200);
    assert_has(web.body, "D’Amèlio Nicolò");
    assert_has(web.body, "Cooperativa Primavera");
    assert_has(web.body, "5:00 ore");
    assert_has(web.body, "marzo 2025");
    assert_has(web.body, "98.000,00 €");

    as_provider(s.coop);
    test_get(&web, "/prestazioni");
    assert_has(web.body, "D’Amèlio Nicolò");
    const char *month = sub(service, "/mesi/2025-03");
    test_post(&web, month, month, "versione=0&g3=2&g5=2%3A30&g9=1%2C5");
    assert_int_equal(web.status, 303);
    test_get(&web, month);
    assert_has(web.body, "15,80 €");
    assert_has(web.body, "157,48 €");
    assert_has_not(web.body, "6.000,00"); /* the person's ISEE is not for the provider */
    assert_has_not(web.body, "INPS-ISEE");

    as_worker();
    test_get(&web, month);
    assert_has(web.body, "4:30 ore × 2,60 euro = 11,70 euro");
    assert_has(web.body, "INPS-ISEE");
    test_post(&web, month, sub(month, "/verifica"), "versione=0&quantita=60&retta=2%2C60");
    assert_int_equal(web.status, 422); /* not what stands there now */
    assert_has(web.body, "registrate 6:00 ore invece di 1:00");
    assert_has(web.body, "name=\"versione\" value=\"1\"");
    test_post(&web, month, sub(month, "/verifica"), "versione=1&quantita=360&retta=15%2C80");
    assert_int_equal(web.status, 303);
    test_get(&web, month);
    assert_has(web.body, "verificato");
    assert_has_not(web.body, "Salva il mese");
    as_provider(s.coop);
    test_post(&web, service, month, "versione=2&g3=8");
    assert_int_equal(web.status, 422);
    assert_has(web.body, "già stato verificato");
    close_scene();
}

static void what_was_typed_stays(void **state)
{
    (void)state;
    open_scene();
    const char *service = add(), *month = sub(service, "/mesi/2025-03");
    as_provider(s.coop);
    test_post(&web, month, month, "versione=0&g3=tante&g4=25&g5=2&g6=%3Cb%3E");
    assert_int_equal(web.status, 422);
    assert_has(web.body, "«tante» non sono ore");
    assert_has(web.body, "value=\"tante\"");
    assert_has(web.body, "&lt;b&gt;");
    assert_has(web.body, "id=\"g31\" name=\"g31\"");
    test_get(&web, sub(service, "/mesi/2025-04")); /* all of it is still to come */
    assert_int_equal(web.status, 200);
    assert_has_not(web.body, "name=\"g1\"");
    test_post(&web, month, month, "versione=0&g31=1&g32=1");
    assert_int_equal(web.status, 400); /* no such field */
    const char *february = sub(service, "/mesi/2025-02");
    test_get(&web, february);
    assert_int_equal(web.status, 404); /* not in force */
    static const char *const wrong[] = {"2025-13", "marzo", "2025-3", "0000-00", "9999-12"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        test_get(&web, arena_printf(&web.db.arena, "%s/mesi/%s", service, wrong[i]));
        if (i < 4)
            assert_int_equal(web.status, 404);
    }
    test_post(&web, month, month, "versione=0&g3=1");
    assert_int_equal(web.status, 303);
    test_post(&web, month, month, "versione=0&g3=9"); /* somebody else was faster */
    assert_int_equal(web.status, 409);
    assert_has(web.body, "value=\"9\"");
    close_scene();
}

static void a_bad_service_is_refused(void **state)
{
    (void)state;
    open_scene();
    as_worker();
    const char *form = path_of("/cartelle/", s.cartella, "/prestazioni/nuova");
    test_post(&web, form, form, nuova_body("molte", "28,88"));
    assert_int_equal(web.status, 422);
    assert_has(web.body, "value=\"molte\"");
    test_post(&web, form, form, nuova_body("5", "")); /* no cost known from before */
    assert_int_equal(web.status, 422);
    assert_has(web.body, "indica il costo unitario");
    test_post(&web, form, form, "servizio=x.y&erogatore=zzz&dal=1/3/2025&previsti=5&costo=1");
    assert_int_equal(web.status, 422);
    assert_has(web.body, "Scegli un servizio");
    add();
    test_post(&web, form, form, nuova_body("5", ""));
    assert_int_equal(web.status, 422);
    assert_has(web.body, "c’è già dal 01/03/2025");
    close_scene();
}

static void others_find_nothing(void **state)
{
    (void)state;
    open_scene();
    const char *service = add(), *month = sub(service, "/mesi/2025-03");
    as_provider(s.coop);
    test_get(&web, month);
    assert_int_equal(web.status, 200);
    as_provider(s.altra);
    test_get(&web, service);
    assert_int_equal(web.status, 404);
    test_get(&web, month);
    assert_int_equal(web.status, 404);
    assert_has_not(web.body, "Amèlio");
    test_get(&web, "/prestazioni");
    assert_int_equal(web.status, 200);
    assert_has_not(web.body, "Amèlio");
    test_post(&web, "/prestazioni", month, "versione=0&g3=1");
    assert_int_not_equal(web.status, 303);
    test_get(&web, path_of("/cartelle/", s.cartella, "/prestazioni"));
    assert_int_equal(web.status, 404);
    as_provider(s.coop); /* its own service, not the record */
    test_get(&web, path_of("/cartelle/", s.cartella, "/prestazioni"));
    assert_int_equal(web.status, 404);
    close_scene();
}

/* Ended long ago: the provider neither opens it nor lists it. */
static void a_provider_forgets(void **state)
{
    (void)state;
    open_scene();
    as_worker();
    const char *form = path_of("/cartelle/", s.cartella, "/prestazioni/nuova");
    char sad[ID_TEXT], coop[ID_TEXT];
    test_post(&web, form, form,
              arena_printf(&web.db.arena,
                           "servizio=%s.feriale&erogatore=%s&dal=10/1/2025&al=20/1/2025&previsti=5"
                           "&costo=28",
                           id_text(s.sad, sad), id_text(s.coop, coop)));
    assert_int_equal(web.status, 303);
    const char *service = arena_strdup(&web.db.arena, web.location);
    as_provider(s.coop);
    test_get(&web, service);
    assert_int_equal(web.status, 404);
    test_get(&web, "/prestazioni?quali=tutte");
    assert_int_equal(web.status, 200);
    assert_has_not(web.body, "Amèlio");
    as_worker();
    test_get(&web, "/prestazioni?quali=tutte");
    assert_has(web.body, "Amèlio");
    close_scene();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_walk),
        cmocka_unit_test(what_was_typed_stays),
        cmocka_unit_test(a_bad_service_is_refused),
        cmocka_unit_test(others_find_nothing),
        cmocka_unit_test(a_provider_forgets),
    };
    return cmocka_run_group_tests_name("prestazioni/pages", tests, NULL, NULL);
}
