/* The secret address: made, read without a login, replaced, revoked, dead with its user. */
#include "mod/calendario/calendario.h"
#include "mod/calendario/store.h"
#include "mod/prestazioni/test/scene.h"
#include "mod/progetti/store.h"
#include "mod/scadenze/store.h"
#include "mod/utenti/utenti.h"

#include <string.h>

static struct test_web web;
static struct scene s;
static const struct db_schema *schemas[20];

static struct instant clock_at(void)
{
    return (struct instant){instant_of_day(day_of(2025, 12, 20)).us + INT64_C(36000000000)};
}

static int open_scene(void **state)
{
    static const struct web_route *tables[2];
    size_t count = 0;
    (void)state;
    while (scene_schemas[count] != NULL) {
        schemas[count] = scene_schemas[count];
        count++;
    }
    schemas[count++] = &progetti_schema;
    schemas[count++] = &scadenze_schema;
    schemas[count] = &calendario_schema;
    tables[0] = calendario_module.routes;
    scene_web(&s, &web,
              &(struct test_web_parts){.schemas = schemas, .routes = tables, .clock = clock_at});
    return 0;
}

static int close_scene(void **state)
{
    (void)state;
    test_web_close(&web);
    return 0;
}

/* The address that the page shows, without its site. */
static const char *make_address(void)
{
    test_post(&web, "/calendario", "/calendario", "");
    assert_int_equal(web.status, 200);
    const char *at = strstr(web.body, "/calendario/");
    while (at != NULL && strncmp(at, "/calendario/revoca", 18) == 0)
        at = strstr(at + 1, "/calendario/");
    assert_non_null(at);
    const char *address = arena_strndup(&web.db.arena, at, strcspn(at, "<\""));
    assert_non_null(strstr(address, ".ics"));
    return address;
}

/* As a calendar program does: no cookie. */
static void read_address(const char *address, int status)
{
    char cookies[sizeof web.cookies];
    memcpy(cookies, web.cookies, sizeof cookies);
    web.cookies[0] = '\0';
    test_get(&web, address);
    memcpy(web.cookies, cookies, sizeof cookies);
    assert_int_equal(web.status, status);
}

static bool add_service(struct cx *cx, void *data)
{
    struct prestazione *p = data;
    struct prestazione_faults faults = {.arena = cx->arena};
    return prestazione_add(cx, p, &faults);
}

static bool add_deadline(struct cx *cx, void *data)
{
    enum scadenza_fault fault;
    return scadenza_add(cx, data, &fault) && fault == SCADENZA_OK;
}

static void deadlines_name_nobody(void **state)
{
    (void)state;
    struct prestazione p = scene_sad(&s);
    p.al = day_of(2026, 1, 15);
    struct scadenza written = {.cartella = s.cartella,
                               .tipo = "ricorso",
                               .da = day_of(2025, 3, 1),
                               .giorno = DAY_NONE,
                               .chiusa = DAY_NONE};
    struct scadenza later = written;
    later.tipo = "libera";
    later.giorno = day_of(2026, 2, 1);
    test_write(&web.db, add_service, &p);
    test_write(&web.db, add_deadline, &written); /* long past: not told again */
    test_write(&web.db, add_deadline, &later);
    test_get(&web, "/calendario");
    assert_has(web.body, "Non hai un indirizzo");
    const char *address = make_address();
    int before = test_host()->audited;
    read_address(address, 200);
    assert_string_equal(test_header(&web, "Content-Type"), "text/calendar; charset=utf-8");
    assert_has(web.body, "SUMMARY:Un ISEE in scadenza");
    assert_has(web.body, "DTSTART;VALUE=DATE:20251231");
    assert_has(web.body, "SUMMARY:Una prestazione finisce");
    assert_has(web.body, "DTSTART;VALUE=DATE:20260115");
    assert_has(web.body, "SUMMARY:Una scadenza in cartella");
    assert_has(web.body, "DTSTART;VALUE=DATE:20260201");
    assert_has_not(web.body, "20250530");
    assert_has_not(web.body, "icorso");
    assert_has_not(web.body, "Rossi");
    assert_has_not(web.body, "SAD");
    assert_int_equal(test_host()->audited, before + 1);
    assert_string_equal(test_host()->last_object, "calendario");
    /* the address is told once */
    test_get(&web, "/calendario");
    assert_has(web.body, "in uso");
    assert_has_not(web.body, ".ics");
}

static void another_address_ends_the_first(void **state)
{
    (void)state;
    const char *first = make_address(), *second = make_address();
    assert_string_not_equal(first, second);
    read_address(first, 404);
    read_address(second, 200);
    test_post(&web, "/calendario", "/calendario/revoca", "");
    assert_int_equal(web.status, 303);
    read_address(second, 404);
}

static void guesses_find_nothing(void **state)
{
    (void)state;
    const char *address = make_address();
    char *near = arena_strdup(&web.db.arena, address);
    near[strlen("/calendario/")] ^= 1;
    read_address(near, 404);
    read_address("/calendario/.ics", 404);
    read_address("/calendario/x.ics", 404);
    read_address(arena_strndup(&web.db.arena, address, strlen(address) - 4), 404);
}

static bool disable(struct cx *cx, void *data)
{
    (void)data;
    struct utente_rifiuto rifiuto = {0};
    const struct who *outer = cx->who;
    struct who capo = *outer;
    capo.utente = (struct id){999}; /* nobody locks himself out */
    cx->who = &capo;
    bool done = utente_disable(cx, s.lavoratrice, &rifiuto) && rifiuto.testo == NULL;
    cx->who = outer;
    return done;
}

static void it_ends_with_its_user(void **state)
{
    (void)state;
    const char *address = make_address();
    test_write(&web.db, disable, NULL);
    read_address(address, 404);
}

static void statements_are_sound(void **state)
{
    (void)state;
    test_read(&web.db);
    TEST_OK(&web.db.cx, db_prepare_all(&web.db.cx, (const struct db_registry *const[]){
                                                       &calendario_registry, NULL}));
    test_read_end(&web.db);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(deadlines_name_nobody), TEST(another_address_ends_the_first),
        TEST(guesses_find_nothing),  TEST(it_ends_with_its_user),
        TEST(statements_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
