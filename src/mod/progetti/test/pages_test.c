/* The pages, as the worker, as a colleague, as two people at once. */
#include "mod/progetti/store.h"

#include "kit/module.h"
#include "mod/accesso/store.h"
#include "mod/audit/store.h"
#include "mod/bilancio/store.h"
#include "mod/cartella/cartella.h"
#include "mod/cartella/store.h"
#include "mod/enti/store.h"
#include "mod/persone/store.h"
#include "mod/prestazioni/store.h"
#include "mod/prestazioni/test/scene.h"
#include "mod/rette/store.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {
    &audit_schema, &enti_schema,     &utenti_schema,   &persone_schema,     &accesso_schema,
    &rette_schema, &bilancio_schema, &cartella_schema, &prestazioni_schema, &progetti_schema,
    NULL};

static struct test_web web;
static struct scene s;

static struct instant clock_at(void)
{
    return (struct instant){instant_of_day(day_of(2025, 3, 31)).us + INT64_C(36000000000)};
}

static void open_scene(void)
{
    static const struct web_route *tables[3];
    tables[0] = progetti_module.routes;
    tables[1] = cartella_module.routes;
    scene_web(&s, &web,
              &(struct test_web_parts){.schemas = schemas, .routes = tables, .clock = clock_at});
    scene_as_worker(&s);
    test_host()->who = web.db.who;
}

static const char *sub(const char *path, const char *tail)
{
    return arena_printf(&web.db.arena, "%s%s", path, tail);
}

static const char *sends(const char *page, const char *form)
{
    test_post(&web, page, page, form);
    if (web.status != 303)
        fail_msg("%s: %d\n%s", page, web.status, web.body);
    return arena_strdup(&web.db.arena, web.location);
}

static void refuses(const char *page, const char *form, const char *why)
{
    test_post(&web, page, page, form);
    if (web.status != 422)
        fail_msg("%s: %d, wanted 422\n%s", page, web.status, web.body);
    assert_has(web.body, why);
}

static void reads(const char *path, const char *part)
{
    test_get(&web, path);
    if (web.status != 200)
        fail_msg("%s: %d\n%s", path, web.status, web.body);
    assert_has(web.body, part);
}

static const char *nuovo_path(void)
{
    char id[ID_TEXT];
    return arena_printf(&web.db.arena, "/cartelle/%s/progetti/nuovo", id_text(s.cartella, id));
}

#define NUOVO "&titolo=Restare+a+casa&bisogni=Vive+solo.&dal=1/3/2025&al=31/8/2025"
#define OBIETTIVO                                                                                  \
    "testo=Alzarsi+in+sicurezza&indicatore=&che_cosa_1=Aiuto+al+mattino&chi_1=ente"                \
    "&nome_1=Primavera&entro_1=1/4/2025"

static const char *open_project(const char *riserbo)
{
    return sends(nuovo_path(), arena_printf(&web.db.arena, "tipo=pai&riserbo=%s" NUOVO, riserbo));
}

static void test_the_walk(void **state)
{
    (void)state;
    open_scene();
    refuses(nuovo_path(),
            "tipo=pai&riserbo=particolare&titolo=A&bisogni=B&dal=1/3/2025&al=1/2/2025",
            "prima di cominciare");
    const char *p = open_project("particolare");
    reads(p, "Serve almeno un obiettivo");
    const char *o = sub(p, "/obiettivi/nuovo");
    refuses(o, "testo=Alzarsi&che_cosa_1=Aiuto&chi_1=&entro_1=1/9/2025&versione=1",
            "Scegli chi lo fa");
    assert_has(web.body, "fuori dal periodo");
    assert_has(web.body, "value=\"Aiuto\""); /* what was typed is still there */
    refuses(o, OBIETTIVO "&prestazione_1=0000000000001&versione=1", "cartella");
    sends(o, OBIETTIVO "&versione=1");
    refuses(
        sub(p, "/costi/nuovo"),
        "che_cosa=Aiuto&importo=1200&famiglia=200&voce=&fonte_1=ambito&quota_1=999,99&versione=2",
        "la differenza è 0,01");
    sends(sub(p, "/costi/nuovo"),
          "che_cosa=Aiuto&importo=1200&famiglia=200"
          "&voce=FONDO+SAD+-+ANZIANI&fonte_1=ambito&quota_1=1000&versione=2");
    sends(sub(p, "/fasi"), "nome_1=Avvio&dal_1=1/3/2025&al_1=31/3/2025&versione=3");
    sends(sub(p, "/verifiche/nuova"), "prevista=15/5/2025&versione=4");
    reads(p, "1.200,00");
    assert_has(web.body, "FONDO SAD - ANZIANI");
    assert_has_not(web.body, "manca ancora");
    sends(sub(p, "/sposta/1/da_firmare"), "giorno=31/3/2025&motivo=&versione=5");
    test_get(&web, o);
    assert_int_equal(web.status, 404); /* what waits for signatures is not edited */
    refuses(sub(p, "/sposta/1/in_corso"), "giorno=31/3/2025&motivo=&versione=6", "Mancano firme");
    sends(sub(p, "/firma/1"),
          "ruolo=persona&nome=Nicol%C3%B2&giorno=31/3/2025&modo=autografa&versione=6");
    sends(sub(p, "/firma/1"),
          "ruolo=assistente&nome=Anna&giorno=31/3/2025&modo=digitale&versione=7");
    sends(sub(p, "/sposta/1/in_corso"), "giorno=31/3/2025&motivo=&versione=8");
    reads(p, "In corso");
    test_get(&web, sub(p, "/versioni/1/pdf"));
    assert_int_equal(web.status, 200);
    assert_memory_equal(web.body, "%PDF-", 5);
    reads("/progetti", "D’Amèlio Nicolò");
    reads("/progetti?stato=concluso", "Nessun");
    test_web_close(&web);
}

static void test_two_editors_see_both(void **state)
{
    (void)state;
    open_scene();
    const char *p = open_project("particolare");
    sends(sub(p, "/obiettivi/nuovo"), OBIETTIVO "&versione=1");
    const char *o = sub(p, "/obiettivi/1");
    sends(o, "testo=Alzarsi+da+solo&indicatore=&versione=2");
    refuses(o, "testo=Alzarsi+con+il+bastone&indicatore=&versione=2", "Un’altra persona");
    assert_has(web.body, "Alzarsi da solo");
    assert_has(web.body, "Alzarsi con il bastone");
    assert_has(web.body, "Anna Rossi");
    sends(o, "testo=Alzarsi+con+il+bastone&indicatore=&versione=3");
    sends(o, "testo=Alzarsi&indicatore=&togli=1&versione=4");
    reads(p, "Nessun obiettivo");
    test_web_close(&web);
}

static const char *run_project(void)
{
    const char *p = open_project("particolare");
    sends(sub(p, "/obiettivi/nuovo"), OBIETTIVO "&versione=1");
    sends(sub(p, "/verifiche/nuova"), "prevista=15/5/2025&versione=2");
    sends(sub(p, "/sposta/1/da_firmare"), "giorno=31/3/2025&motivo=&versione=3");
    sends(sub(p, "/firma/1"), "ruolo=persona&nome=N&giorno=31/3/2025&modo=autografa&versione=4");
    sends(sub(p, "/firma/1"), "ruolo=assistente&nome=A&giorno=31/3/2025&modo=spid&versione=5");
    sends(sub(p, "/sposta/1/in_corso"), "giorno=31/3/2025&motivo=&versione=6");
    return p;
}

static const char *link_in(const char *prefix)
{
    const char *at = strstr(web.body, prefix);
    assert_non_null(at);
    return arena_strndup(&web.db.arena, at, strcspn(at, "\""));
}

static void test_check_version_end(void **state)
{
    (void)state;
    open_scene();
    const char *p = run_project();
    refuses(sub(p, "/sposta/1/concluso"), "giorno=31/3/2025&motivo=fine&versione=7",
            "esito di ogni obiettivo");
    reads(p, "15/05/2025");
    const char *check = link_in(sub(p, "/verifiche/"));
    reads(check, "Registra la verifica");
    sends(check, "fatta=31/3/2025&presenti=la+figlia&testo=Va+meglio&esito_1=in_parte"
                 "&stato_1_1=fatta&versione=7");
    reads(check, "Va meglio");
    reads(p, "Raggiunto in parte");
    test_post(&web, p, sub(p, "/versioni"), "versione=8");
    assert_int_equal(web.status, 303);
    const char *v2 = arena_strdup(&web.db.arena, web.location);
    sends(sub(p, "/modifica"),
          "titolo=Restare+a+casa&bisogni=Vive+con+la+figlia.&dal=1/3/2025&al=31/8/2025&versione=9");
    reads(v2, "Vive con la figlia.");
    assert_has(web.body, "<del>");
    reads(p, "Vive solo.");
    sends(sub(p, "/sposta/1/concluso"), "giorno=31/3/2025&motivo=fine&versione=10");
    reads(p, "Concluso");
    reads(v2, "Annullato");
    test_web_close(&web);
}

static void test_who_may(void **state)
{
    (void)state;
    char id[ID_TEXT];
    open_scene();
    const char *p = open_project("giudiziario");
    const char *list =
        arena_printf(&web.db.arena, "/cartelle/%s/progetti", id_text(s.cartella, id));
    reads(list, "Piano assistenziale");
    test_host()->who.utente.n = 4242; /* a colleague */
    test_get(&web, p);
    assert_int_equal(web.status, 404);
    test_get(&web, "/progetti");
    assert_has_not(web.body, "D’Amèlio");
    test_host()->who.ruolo = RUOLO_COORDINATORE; /* knows that it is there, not what it says */
    reads(p, "atti di tribunale");
    assert_has_not(web.body, "Restare");
    assert_has_not(web.body, "D’Amèlio");
    reads(list, "Progetto riservato");
    assert_has_not(web.body, "Piano assistenziale");
    static const char *const tails[] = {"/versioni/1",      "/versioni/1/pdf", "/modifica",
                                        "/obiettivi/nuovo", "/fasi",           "/firma/1"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        test_get(&web, sub(p, tails[i]));
        assert_int_equal(web.status, 404);
    }
    test_web_close(&web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_walk),
        cmocka_unit_test(test_two_editors_see_both),
        cmocka_unit_test(test_check_version_end),
        cmocka_unit_test(test_who_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
