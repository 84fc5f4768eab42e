/* Deadlines from the form to the list, by hand of those who may, and unseen by those who may not.
 */
#include "mod/cartella/cartella.h"
#include "mod/persone/persone.h"
#include "mod/prestazioni/test/scene.h"
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
    schemas[count] = &scadenze_schema;
    tables[0] = scadenze_module.routes;
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

static const char *path(struct id id, const char *before, const char *after)
{
    char text[ID_TEXT];
    return arena_printf(&web.db.arena, "%s%s%s", before, id_text(id, text), after);
}

static const char *of_record(struct id cartella, const char *after)
{
    return path(cartella, "/cartelle/", arena_printf(&web.db.arena, "/scadenze%s", after));
}

static void send(const char *page, const char *form, int status)
{
    test_post(&web, page, page, form);
    if (web.status != status)
        fail_msg("%s %s: %d\n%s", page, form, web.status, web.body);
}

static void add(struct id cartella, const char *form)
{
    send(of_record(cartella, "/nuova"), form, 303);
    assert_string_equal(web.location, of_record(cartella, ""));
}

static void as(struct id utente, struct id ente, enum authz_role role)
{
    struct who *who = &test_host()->who;
    who->utente = utente;
    who->ente = ente;
    who->ruolo = role;
}

static void listed(const char *query, const char *text, bool yes)
{
    test_get(&web, arena_printf(&web.db.arena, "/scadenze%s", query));
    assert_int_equal(web.status, 200);
    if ((strstr(web.body, text) != NULL) != yes)
        fail_msg("%s: \"%s\" %s in:\n%s", query, text, yes ? "not" : "is", web.body);
}

/* The first address of a deadline in the last page. */
static const char *first_one(void)
{
    const char *at = strstr(web.body, "\"/scadenze/");
    assert_non_null(at);
    return arena_strndup(&web.db.arena, at + 1, strcspn(at + 1, "\""));
}

static void each_done_opens_the_next(void **state)
{
    (void)state;
    add(s.cartella, "tipo=adi_primo&da=01/12/2025&nota=Patto+firmato+in+sede");
    listed("", "31/03/2026", true);
    listed("?tipo=adi_primo", "data-label=\"Persona\"", true);
    listed("?luce=lontana", "31/03/2026", true);
    listed("?luce=trenta", "31/03/2026", false);
    listed("?tipo=ricorso", "31/03/2026", false);
    listed("?tipo=adi_primo&mie=1", "31/03/2026", true);
    test_get(&web, of_record(s.cartella, ""));
    assert_has(web.body, "Patto firmato in sede");
    const char *one = first_one();
    send(arena_printf(&web.db.arena, "%s/fatta", one), "giorno=20/12/2025&versione=1", 303);
    listed("", "31/03/2026", false);
    listed("", "20/03/2026", true); /* 90 days behind the meeting */
    listed("?tipo=adi_incontro", "20/03/2026", true);
    test_get(&web, one);
    assert_has(web.body, "20/12/2025");
    send(arena_printf(&web.db.arena, "%s/fatta", one), "giorno=20/12/2025&versione=2", 422);
    assert_has(web.body, "già chiusa");
}

static void put_off_with_a_reason(void **state)
{
    (void)state;
    add(s.cartella, "tipo=libera&giorno=10/01/2026");
    test_get(&web, of_record(s.cartella, ""));
    const char *one = first_one();
    const char *later = arena_printf(&web.db.arena, "%s/rinvia", one);
    send(later, "giorno=20/01/2026&versione=1", 422);
    assert_has(web.body, "Scrivi il motivo.");
    send(later, "giorno=20/01/2026&motivo=In+ospedale&versione=1", 303);
    listed("", "20/01/2026", true);
    listed("", "10/01/2026", false);
    /* who had the page of before is told */
    send(later, "giorno=30/01/2026&motivo=Ancora&versione=1", 422);
    assert_has(web.body, "nel frattempo");
    test_get(&web, one);
    assert_has(web.body, "In ospedale");
    assert_has(web.body, "10/01/2026");
    send(arena_printf(&web.db.arena, "%s/annulla", one), "motivo=Non+serve&versione=2", 303);
    listed("", "20/01/2026", false);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    const char *page = of_record(s.cartella, "/nuova");
    send(page, "tipo=adi_primo", 422);
    assert_has(web.body, "da cui si conta");
    send(page, "tipo=libera", 422);
    assert_has(web.body, "Scrivi il giorno della scadenza.");
    send(page, "tipo=adi_primo&da=21/12/2025", 422);
    assert_has(web.body, "non è ancora venuto");
    send(page, "tipo=isee&giorno=31/12/2025", 422);
    send(page, "tipo=&giorno=31/12/2025", 422);
    send(page, "tipo=libera&giorno=31/12/2095", 422);
    test_get(&web, of_record(s.cartella, ""));
    assert_has(web.body, "nessuna scadenza");
    test_get(&web, "/scadenze/0000000000077");
    assert_int_equal(web.status, 404);
}

static bool add_service(struct cx *cx, void *data)
{
    struct prestazione_faults faults = {.arena = cx->arena};
    return prestazione_add(cx, data, &faults) && faults.count == 0;
}

static void other_rooms_deadlines_are_listed(void **state)
{
    (void)state;
    struct prestazione p = scene_sad(&s);
    p.al = day_of(2026, 1, 15);
    test_write(&web.db, add_service, &p);
    listed("", "31/12/2025", true);
    listed("?tipo=isee", "31/12/2025", true);
    listed("?tipo=prestazione", "15/01/2026", true);
    listed("?luce=quindici", "31/12/2025", true);
    listed("?luce=quindici", "15/01/2026", false);
    listed("?luce=trenta", "15/01/2026", true);
    listed("?dal=01/01/2026&al=31/01/2026", "31/12/2025", false);
}

struct kept_apart {
    struct id cartella;
};
static bool open_apart(struct cx *cx, void *data)
{
    struct kept_apart *apart = data;
    struct persona persona = {.cognome = "Verdi",
                              .nome = "Segreta",
                              .comune = s.comune,
                              .nascita = day_of(1990, 1, 1),
                              .morte = DAY_NONE};
    if (!persona_save(cx, &persona))
        return false;
    const struct presa_nuova presa = {.persona = persona.id,
                                      .ente = s.comune,
                                      .responsabile = s.lavoratrice,
                                      .tipo_utente = "famiglia",
                                      .riserbo = RISERVO_ANTIVIOLENZA,
                                      .dal = day_of(2025, 1, 10),
                                      .motivo = "Accolta"};
    struct scadenza one = {.tipo = "libera", .da = DAY_NONE, .giorno = day_of(2025, 12, 28)};
    enum scadenza_fault fault;
    if (!presa_open(cx, &presa, &apart->cartella))
        return false;
    one.cartella = apart->cartella;
    one.chiusa = DAY_NONE;
    return scadenza_add(cx, &one, &fault) && fault == SCADENZA_OK;
}

static size_t days_out(void)
{
    struct list days;
    test_read(&web.db);
    TEST_OK(&web.db.cx,
            scadenza_days(&web.db.cx, day_of(2025, 1, 1), day_of(2026, 12, 31), 100, &days));
    test_read_end(&web.db);
    return days.count;
}

static void only_who_follows_sees(void **state)
{
    (void)state;
    struct kept_apart apart;
    struct id stranger = {4242};
    add(s.cartella, "tipo=libera&giorno=10/01/2026");
    test_write(&web.db, open_apart, &apart);
    listed("", "10/01/2026", true);
    listed("", "28/12/2025", true);  /* her own case */
    assert_int_equal(days_out(), 1); /* it does not leave the house */
    test_get(&web, of_record(s.cartella, ""));
    const char *one = first_one();
    as(stranger, s.comune, RUOLO_ASSISTENTE);
    listed("", "10/01/2026", false);
    test_get(&web, one);
    assert_int_equal(web.status, 404);
    as(stranger, s.comune, RUOLO_COORDINATORE);
    listed("", "10/01/2026", true);
    listed("", "28/12/2025", false);
    listed("", "Segreta", false);
    test_get(&web, of_record(apart.cartella, ""));
    assert_int_equal(web.status, 404);
    as(stranger, s.ambito, RUOLO_COORDINATORE);
    listed("", "10/01/2026", true);
    listed("", "28/12/2025", false);
    as(stranger, s.coop, RUOLO_COORDINATORE);
    listed("", "10/01/2026", false);
    listed("", "31/12/2025", false);
}

static void pages_by_key(void **state)
{
    (void)state;
    for (int day = 10; day < 17; day++)
        add(s.cartella, arena_printf(&web.db.arena, "tipo=libera&giorno=%d/01/2026", day));
    struct scadenza_pagina page = {
        .dal = DAY_NONE, .al = DAY_NONE, .dopo = DAY_NONE, .tipo = "libera", .limit = 2};
    int seen = 0;
    struct list rows = {0};
    test_read(&web.db);
    do {
        TEST_OK(&web.db.cx, scadenza_page(&web.db.cx, &page, &rows));
        LIST_EACH (&rows, struct scadenza_voce, row) {
            assert_int_equal(row->giorno.n, day_of(2026, 1, 10 + seen).n);
            seen++;
            page.dopo = row->giorno;
            page.dopo_id = row->id;
            page.dopo_cartella = row->cartella;
        }
    } while (rows.count == 2);
    test_read_end(&web.db);
    assert_int_equal(seen, 7);
}

static void statements_are_sound(void **state)
{
    (void)state;
    test_read(&web.db);
    TEST_OK(&web.db.cx, db_prepare_all(&web.db.cx, (const struct db_registry *const[]){
                                                       &scadenze_registry, NULL}));
    test_read_end(&web.db);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_done_opens_the_next), TEST(put_off_with_a_reason),
        TEST(what_is_wrong_is_said),    TEST(other_rooms_deadlines_are_listed),
        TEST(only_who_follows_sees),    TEST(pages_by_key),
        TEST(statements_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
