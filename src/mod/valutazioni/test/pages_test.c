/* The pages, as the worker of the case, a colleague, a coordinator. */
#include "mod/valutazioni/test/scene.h"

#include "kit/module.h"

#include <string.h>

static struct test_web web;
static struct scene s;

static struct instant clock_at(void)
{
    return (struct instant){instant_of_day(day_of(2025, 6, 30)).us + INT64_C(36000000000)};
}

static void open_scene(void)
{
    static const struct web_route *tables[3];
    tables[0] = valutazioni_module.routes;
    tables[1] = cartella_module.routes;
    test_web_open(
        &web, &(struct test_web_parts){
                  .schemas = scene_schemas, .routes = tables, .clock = clock_at, .sealed = true});
    scene_build(&s, &web.db);
}

static const char *path(const char *tail)
{
    char id[ID_TEXT];
    return arena_printf(&web.db.arena, "/cartelle/%s/valutazioni%s", id_text(s.cartella, id), tail);
}

static const char *sub(const char *head, const char *tail)
{
    return arena_printf(&web.db.arena, "%s%s", head, tail);
}

static const char *body(const char *giorno, const char *riserbo, const char *risposte)
{
    char id[ID_TEXT];
    return arena_printf(&web.db.arena, "giorno=%s&presa=%s&riserbo=%s&versione=%s", giorno,
                        id_text(s.presa, id), riserbo, risposte);
}

static const char *add(const char *scheda, const char *giorno, const char *risposte)
{
    const char *form = path(sub("/nuova/", sub(scheda, "/1")));
    test_post(&web, form, form, body(giorno, "particolare", risposte));
    if (web.status != 303)
        fail_msg("%s: %d\n%s", form, web.status, web.body);
    return arena_strdup(&web.db.arena, web.location);
}

static const char *history(void)
{
    char id[ID_TEXT];
    return arena_printf(&web.db.arena, "/persone/%s/storia", id_text(s.persona, id));
}

static void is_there(const char *where, const char *part)
{
    test_get(&web, where);
    if (web.status != 200)
        fail_msg("%s: %d\n%s", where, web.status, web.body);
    assert_has(web.body, part);
}

#define TUTTE "&v1=1&v2=1&v3=1&v4=1&v5=1&v6=1"

static void the_walk(void **state)
{
    (void)state;
    open_scene();
    is_there(path(""), "non ci sono ancora valutazioni");
    assert_has(web.body, "/nuova/adl/1");
    is_there(path("/nuova/adl/1"), "Non ancora valutata");
    const char *first = add("adl", "10/01/2025", "&v1=1&v2=1&v3=1&v4=1&v5=1&v6=");
    is_there(first, "incompleto: manca una risposta");
    assert_has(web.body, "non ancora valutata");
    const char *fix = sub(first, "/correggi");
    test_post(&web, fix, fix, sub(body("10/01/2025", "particolare", "1"), TUTTE));
    assert_int_equal(web.status, 303);
    is_there(first, "Autonomia");
    assert_has(web.body, "Tutte le versioni");
    add("adl", "10/06/2025", "&v1=2&v2=2&v3=1&v4=1&v5=1&v6=1");
    is_there(path(""), "Punteggi nel tempo");
    assert_has(web.body, "4 (Dipendenza moderata)");
    assert_has(web.body, "cambiata");
    test_get(&web, sub(first, "/pdf"));
    assert_int_equal(web.status, 200);
    assert_true(memcmp(web.body, "%PDF", 4) == 0);
    is_there("/valutazioni", "D’Amèlio Nicolò");
    is_there("/valutazioni?stato=incompleta", "Nessun");
    is_there("/valutazioni?scheda=adl&dal=01/06/2025", "10/06/2025");
    assert_has_not(web.body, "10/01/2025</td>");
    test_web_close(&web);
}

static void what_was_typed_stays(void **state)
{
    (void)state;
    open_scene();
    const char *form = path("/nuova/sociale/1");
    test_post(&web, form, form,
              body("10/01/2025", "particolare", "&v1=3&v14=99&v16=Una+parola%0ae+un%27altra"));
    assert_int_equal(web.status, 422);
    assert_has(web.body, "è fuori dai limiti");
    assert_has(web.body, "id=\"v1-3\" name=\"v1\" value=\"3\" checked");
    assert_has(web.body, "value=\"99\"");
    assert_has(web.body, "Una parola\ne un&#39;altra");
    test_post(&web, form, form, body("01/07/2025", "particolare", "&v1=3"));
    assert_int_equal(web.status, 422);
    assert_has(web.body, "non è ancora venuto");
    test_post(&web, form, form, body("01/06/2025", "particolare", ""));
    assert_has(web.body, "Rispondi almeno a una domanda");
    test_post(&web, form, form, body("01/06/2025", "particolare", "&v1=77"));
    assert_has(web.body, "scegli una delle risposte");
    test_web_close(&web);
}

static void who_comes_second_sees_both(void **state)
{
    (void)state;
    open_scene();
    const char *first = add("adl", "10/01/2025", TUTTE), *fix = sub(first, "/correggi");
    test_post(&web, fix, fix, sub(body("10/01/2025", "particolare", "1"), "&v1=2&v2=2"));
    assert_int_equal(web.status, 303);
    test_post(&web, fix, fix, sub(body("10/01/2025", "particolare", "1"), "&v1=1&v2=2&v3=1"));
    assert_int_equal(web.status, 422);
    assert_has(web.body, "Salvata ora da Anna Verdi");
    assert_has(web.body, "id=\"v3-1\" name=\"v3\" value=\"1\" checked");
    test_web_close(&web);
}

/* A colleague of the same body does not read it; nobody finds it under another record. */
static void only_who_follows_the_case_reads(void **state)
{
    (void)state;
    open_scene();
    const char *first = add("adl", "10/01/2025", TUTTE);
    scene_as(&s, s.bruno, RUOLO_ASSISTENTE);
    test_get(&web, first);
    assert_int_equal(web.status, 404);
    test_get(&web, path(""));
    assert_int_equal(web.status, 404);
    test_get(&web, path("/nuova/adl/1"));
    assert_int_equal(web.status, 404);
    test_get(&web, "/valutazioni");
    assert_has_not(web.body, "D’Amèlio");
    scene_as(&s, s.anna, RUOLO_ASSISTENTE);
    test_get(&web, path("/nessuna"));
    assert_int_equal(web.status, 404);
    test_get(&web, path("/nuova/adl/2"));
    assert_int_equal(web.status, 404);
    test_get(&web, path("/nuova/mai/1"));
    assert_int_equal(web.status, 404);
    test_get(&web, path("/nuova/adl/uno"));
    assert_int_equal(web.status, 404);
    test_web_close(&web);
}

/* What is kept apart is not there for the coordinator, neither by its absence. */
static void violence_is_for_its_team(void **state)
{
    (void)state;
    open_scene();
    const char *form = path("/nuova/adl/1");
    add("adl", "10/01/2025", TUTTE);
    test_post(&web, form, form, sub(body("11/02/2025", "antiviolenza", ""), TUTTE));
    assert_int_equal(web.status, 303);
    const char *secret = arena_strdup(&web.db.arena, web.location);
    is_there(secret, "solo équipe");
    is_there(history(), "11/02/2025");
    assert_has(web.body, "Valutazione: ADL");
    scene_as(&s, s.carla, RUOLO_COORDINATORE);
    is_there("/valutazioni", "10/01/2025");
    assert_has_not(web.body, "11/02/2025");
    is_there(path(""), "10/01/2025");
    assert_has_not(web.body, "11/02/2025");
    is_there(history(), "10/01/2025");
    assert_has_not(web.body, "11/02/2025");
    test_get(&web, secret);
    assert_int_equal(web.status, 404);
    test_get(&web, sub(secret, "/pdf"));
    assert_int_equal(web.status, 404);
    test_web_close(&web);
}

/* ---- forms ----------------------------------------------------------------------------------- */

#define TESTA "scheda%09prova%0atitolo%09Prova%0avoce%09a%09Domanda%0a"

static void forms_are_written_in_the_page(void **state)
{
    (void)state;
    open_scene();
    is_there("/schede", "IADL: attività strumentali");
    is_there("/schede/iadl", "Usa il telefono");
    is_there("/schede/nuova", "Scheda di prova");
    test_post(&web, "/schede/nuova", "/schede/nuova", "versione=&testo=" TESTA "scelta%09x%09No");
    assert_int_equal(web.status, 422);
    assert_has(web.body, "«x» non è un numero");
    assert_has(web.body, "<span class=\"z-code\">scelta\tx\tNo</span>");
    test_post(&web, "/schede/nuova", "/schede/nuova",
              "versione=&testo=" TESTA "scelta%090%09No%0ascelta%091%09Si%0a"
              "totale%09t%09Totale%09somma");
    assert_int_equal(web.status, 303);
    is_there("/schede/prova", "Domanda");
    test_post(&web, "/schede/nuova", "/schede/nuova",
              "versione=&testo=" TESTA "scelta%090%09No%0ascelta%091%09Si");
    assert_int_equal(web.status, 422);
    assert_has(web.body, "già una scheda con questo codice");
    test_post(&web, "/schede/prova/modifica", "/schede/prova/modifica",
              "versione=1&testo=" TESTA "scelta%090%09No%0ascelta%095%09Forse");
    assert_int_equal(web.status, 303);
    is_there("/schede/prova", "Forse");
    test_post(&web, "/schede/prova/modifica", "/schede/adl/modifica",
              "versione=1&testo=" TESTA "scelta%090%09No%0ascelta%095%09Forse");
    assert_int_equal(web.status, 422);
    assert_has(web.body, "Il codice della scheda non si cambia");
    test_post(&web, "/schede/prova", "/schede/prova/offri", "");
    assert_int_equal(web.status, 303);
    is_there("/schede/prova", "non si usa più");
    is_there(path(""), "/nuova/adl/1");
    assert_has_not(web.body, "/nuova/prova/");
    test_get(&web, "/schede/mai");
    assert_int_equal(web.status, 404);
    test_web_close(&web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_walk),
        cmocka_unit_test(what_was_typed_stays),
        cmocka_unit_test(who_comes_second_sees_both),
        cmocka_unit_test(only_who_follows_the_case_reads),
        cmocka_unit_test(violence_is_for_its_team),
        cmocka_unit_test(forms_are_written_in_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
