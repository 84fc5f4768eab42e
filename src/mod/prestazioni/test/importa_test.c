/* Hours from a table: tried, written, written again, and back. */
#include "mod/prestazioni/importa.h"
#include "mod/prestazioni/test/scene.h"

#include <string.h>

static struct test_web web;
static struct scene s;
static struct prestazione sad, altra;
static const char MONTH[] = "/erogazioni/2025-03", IMPORT[] = "/erogazioni/2025-03/importa";

static struct instant clock_at(void)
{
    return (struct instant){instant_of_day(day_of(2025, 3, 31)).us + INT64_C(36000000000)};
}

static bool add_service(struct cx *cx, void *data)
{
    struct prestazione_faults faults = {.arena = cx->arena};
    return prestazione_add(cx, data, &faults) && faults.count == 0;
}

static void as_provider(struct id ente)
{
    scene_as_provider(&s, ente);
    test_host()->who = web.db.who;
}

static void open_scene(void)
{
    const struct web_route *const tables[] = {prestazioni_module.routes, NULL};
    scene_web(
        &s, &web,
        &(struct test_web_parts){.schemas = scene_schemas, .routes = tables, .clock = clock_at});
    sad = altra = scene_sad(&s);
    altra.erogatore = s.altra;
    test_write(&web.db, add_service, &sad);
    test_write(&web.db, add_service, &altra);
    as_provider(s.coop);
}

struct given {
    const char *text;
    struct ore_import import;
};

static bool reads(struct cx *cx, void *data)
{
    struct given *given = data;
    given->import.mese = day_of(2025, 3, 1);
    return ore_import(cx, given->text, strlen(given->text), &given->import);
}

static struct ore_import imported(const char *text, bool prova)
{
    struct given given = {text, {.prova = prova}};
    test_write(&web.db, reads, &given);
    return given.import;
}

static bool read_days(struct cx *cx, void *data)
{
    struct griglia *griglia = data;
    return griglia_load(cx, sad.id, day_of(2025, 3, 1), griglia);
}

static int64_t on_day(int day)
{
    struct griglia griglia;
    test_write(&web.db, read_days, &griglia);
    return griglia.quantita[day - 1];
}

static const char *why(const struct ore_import *import, size_t i)
{
    assert_true(i < import->detti.count);
    return LIST_ITEM(&import->detti, struct ore_detto, i)->motivo;
}

static void a_row_for_each_service(void **state)
{
    (void)state;
    static const char table[] = "Persona;Servizio;1;3;5\r\nd'amelio NICOLO;SAD;;2;2,5\r\n";
    open_scene();
    struct ore_import tried = imported(table, true);
    assert_int_equal(tried.nuove, 1);
    assert_int_equal(tried.rifiutate, 0);
    assert_int_equal(on_day(3), 0); /* a trial writes nothing */
    assert_string_equal(LIST_ITEM(&tried.cambi, struct ore_cambio, 0)->dopo, "4:30 ore");
    assert_int_equal(imported(table, false).nuove, 1);
    assert_int_equal(on_day(3), 120);
    assert_int_equal(on_day(5), 150);
    struct ore_import again = imported(table, false);
    assert_int_equal(again.nuove, 0);
    assert_int_equal(again.uguali, 1);
    imported("Persona\t3\nD’Amèlio Nicolò\t\n", false); /* a blank takes it away */
    assert_int_equal(on_day(3), 0);
    assert_int_equal(on_day(5), 150);
    test_web_close(&web);
}

static void a_row_for_each_visit(void **state)
{
    (void)state;
    open_scene();
    struct ore_import import = imported("Utente,Data,Ore\nD'Amelio Nicolo,03/03/2025,1.5\n"
                                        "D'Amelio Nicolo,2025-03-03,1\nD'Amelio Nicolo,7,0:30\n",
                                        false);
    assert_int_equal(import.righe, 3);
    assert_int_equal(import.rifiutate, 0);
    assert_int_equal(on_day(3), 150); /* two visits of a day */
    assert_int_equal(on_day(7), 30);
    imported("Persona;Giorno;Quantità\nD'Amelio Nicolo;8;1\n", false);
    assert_int_equal(on_day(3), 150); /* not named: stays */
    assert_int_equal(on_day(8), 60);
    test_web_close(&web);
}

static void bad_rows_say_why(void **state)
{
    (void)state;
    open_scene();
    struct ore_import bad = imported("Persona;3;4\nD'Amelio Nicolo;2;tante\nNessuno Proprio;1;\n"
                                     "D'Amelio Nicolo;2;2\n",
                                     false);
    assert_int_equal(bad.nuove, 0);
    assert_int_equal(bad.rifiutate, 2);
    assert_int_equal(bad.detti.count, 3);
    assert_has(why(&bad, 0), "«tante» non sono ore");
    assert_has(why(&bad, 1), "nessun servizio tuo");
    assert_has(why(&bad, 2), "già alla riga 2");
    assert_int_equal(on_day(3), 0);
    bad = imported("Persona;Giorno;Ore\nD'Amelio Nicolo;1/4/2025;2\n", false);
    assert_has(why(&bad, 0), "non è un giorno di questo mese");
    bad = imported("Persona;3\nD'Amelio Nicolo;24,5\n", false);
    assert_int_equal(bad.rifiutate, 1);
    /* the code of another provider's service is as good as none */
    char id[ID_TEXT];
    bad = imported(arena_printf(&web.db.arena, "Codice;3\n%s;2\nzzz!;2\n", id_text(altra.id, id)),
                   false);
    assert_has(why(&bad, 0), "nessun servizio tuo");
    assert_has(why(&bad, 1), "non è un codice");
    test_web_close(&web);
}

static void a_table_without_sense_is_refused(void **state)
{
    (void)state;
    static const char *const tables[] = {"", "\n\n", "Persona;Servizio\nx;y\n", "1;2;3\n1;1;1\n",
                                         "\"aperta;3\n"};
    open_scene();
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct given given = {.text = tables[i]};
        assert_int_equal(test_write_fails(&web.db, reads, &given), ERR_INPUT);
    }
    test_web_close(&web);
}

static void the_page_tries_first(void **state)
{
    (void)state;
    open_scene();
    test_get(&web, IMPORT);
    assert_int_equal(web.status, 200);
    test_post(&web, IMPORT, IMPORT, "testo=Persona%093%0AD%27Amelio+Nicolo%092%0ANessuno%091");
    assert_int_equal(web.status, 200);
    assert_has(web.body, "niente è stato ancora scritto");
    assert_has(web.body, "nessun servizio tuo");
    assert_int_equal(on_day(3), 0);
    test_post(&web, IMPORT, IMPORT,
              "registra=1&testo=Persona%093%0AD%27Amelio+Nicolo%092%0ANessuno%091");
    assert_int_equal(web.status, 200);
    assert_has(web.body, "servizi cambiati: 1");
    assert_int_equal(on_day(3), 120);
    test_post(&web, IMPORT, IMPORT, "testo=");
    assert_int_equal(web.status, 422);
    test_post(&web, IMPORT, IMPORT, "testo=boh");
    assert_int_equal(web.status, 422);
    assert_has(web.body, "manca la colonna");
    test_web_close(&web);
}

static void what_is_exported_is_read_again(void **state)
{
    (void)state;
    open_scene();
    imported("Persona;3;5\nD'Amelio Nicolo;2;2:30\n", false);
    test_get(&web, "/erogazioni/2025-03/foglio");
    assert_int_equal(web.status, 200);
    const char *table = arena_strdup(&web.db.arena, web.body);
    assert_has(table, "Codice;Persona;Servizio;1;2;3");
    struct ore_import again = imported(table, false);
    assert_int_equal(again.uguali, 1);
    assert_int_equal(again.nuove + again.rifiutate, 0);
    as_provider(s.altra);
    assert_has(why(&(struct ore_import[]){imported(table, false)}[0], 0), "nessun servizio tuo");
    assert_int_equal(on_day(3), 120);
    test_get(&web, MONTH);
    assert_has_not(web.body, "value=\"2:30\"");
    test_web_close(&web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_for_each_service),
        cmocka_unit_test(a_row_for_each_visit),
        cmocka_unit_test(bad_rows_say_why),
        cmocka_unit_test(a_table_without_sense_is_refused),
        cmocka_unit_test(the_page_tries_first),
        cmocka_unit_test(what_is_exported_is_read_again),
    };
    return cmocka_run_group_tests_name("prestazioni/importa", tests, NULL, NULL);
}
