/* The pages of the room, through a real socket. */
#include "kit/web/test/support.h"

#include "mod/audit/store.h"
#include "mod/enti/enti.h"
#include "mod/enti/store.h"
#include "mod/riparto/pages.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&audit_schema, &enti_schema, &utenti_schema,
                                                  &riparto_schema, NULL};
static const struct web_route *const tables[] = {riparto_routes, NULL};
static struct test_web t;

static bool build(struct cx *cx, void *data)
{
    struct id *ambito = data;
    struct who who = *cx->who;
    if (!ambito_create(cx, "A1", "Valle Seriana Superiore", ambito))
        return false;
    who.ambito = *ambito;
    who.utente = ID_NONE;
    struct cx inside = *cx;
    inside.who = &who;
    bool done = enti_demo(&inside);
    cx->err = inside.err;
    return done;
}

static int start(void **state)
{
    (void)state;
    test_web_open(&t, &(struct test_web_parts){.schemas = schemas, .routes = tables});
    test_write(&t.db, build, &test_host()->who.ambito);
    t.db.who.ambito = test_host()->who.ambito;
    test_host()->who.ruolo = RUOLO_UFFICIO_PIANO;
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_web_close(&t);
    return 0;
}

#define SMALL                                                                                      \
    "metodo%09criteri%0D%0Atitolo%09Prova+2025%0D%0Aimporto%09100,00%0D%0Acriterio%09ore%09100+%"  \
    "25"                                                                                           \
    "%0D%0Arata%0950+%25%0931/03/2025%0D%0Arata%0950+%25%0930/09/2025%0D%0Atrasferimento%0932+%25" \
    "%0D%0Aente%09ore%0D%0AArdesio%091%0D%0AClusone%092%0D%0A"

/* "/riparti/<id>" of a new one. */
static const char *made(void)
{
    static char path[600];
    test_post(&t, "/riparti/nuovo", "/riparti/nuovo", "anno=2025&testo=" SMALL);
    assert_int_equal(t.status, 303);
    snprintf(path, sizeof path, "%s", t.location);
    return path;
}

static const char *under(const char *path, const char *tail)
{
    static char made_path[700];
    snprintf(made_path, sizeof made_path, "%s%s", path, tail);
    return made_path;
}

static void a_model_is_the_beginning(void **state)
{
    (void)state;
    test_get(&t, "/riparti/nuovo");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "Fondo sociale: quota pro capite e rate");
    test_get(&t, "/riparti/nuovo?modello=fondo_sociale");
    assert_has(t.body, "quota\t34,20");
    test_get(&t, "/riparti/nuovo?modello=boh");
    assert_int_equal(t.status, 200);
}

static void tabs_are_kept_and_cells_explain_themselves(void **state)
{
    (void)state;
    const char *path = made();
    test_get(&t, path);
    assert_int_equal(t.status, 200);
    assert_has(t.body, "Prova 2025");
    assert_has(t.body, ">33,33<");
    assert_has(t.body, ">66,67<");
    test_get(&t, under(path, "?riga=1&colonna=1"));
    assert_has(t.body, "33,333333… €");
    assert_has(t.body, "−0,003333… €");
    assert_has(t.body, "riga per riga");
    test_get(&t, under(path, "?riga=1&colonna=4")); /* the transfer of the first instalment */
    assert_has(t.body, "5,3344 €");
    assert_has(t.body, "all’euro, mezzo euro in su");
    test_get(&t, under(path, "?riga=99&colonna=9"));
    assert_int_equal(t.status, 200);
    test_get(&t, "/riparti?titolo=prova&anno=2025&stato=bozza");
    assert_has(t.body, "Prova 2025");
    test_get(&t, "/riparti?titolo=prova&anno=2024");
    assert_has(t.body, "Nessuna riga corrisponde ai filtri");
}

static void faults_are_said_with_their_line(void **state)
{
    (void)state;
    test_post(&t, "/riparti/nuovo", "/riparti/nuovo",
              "anno=2025&testo=metodo%09pro_capite%0D%0Atitolo%09x%0D%0Aquota%0934,20%0D%0A"
              "comune%09abitanti%0D%0AAtlantide%0910%0D%0AArdesio%09-3%0D%0A");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "Che cosa non va");
    assert_has(t.body, "Atlantide\t10");
    assert_has(t.body, "riga 5");
    assert_has(t.body, "riga 6");
    test_post(&t, "/riparti/nuovo", "/riparti/nuovo", "anno=2025&testo=");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "Manca il prospetto");
    test_post(&t, "/riparti/nuovo", "/riparti/nuovo",
              "anno=2025&testo=%3Cscript%3Ealert(1)%3C/script%3E");
    assert_int_equal(t.status, 422);
    assert_has_not(t.body, "<script>alert");
}

static void two_who_write_are_told(void **state)
{
    (void)state;
    char path[600], edit[640];
    snprintf(path, sizeof path, "%s", made());
    snprintf(edit, sizeof edit, "%s/modifica", path);
    test_post(&t, edit, edit, "anno=2025&versione=1&testo=" SMALL "Gorno%093%0D%0A");
    assert_int_equal(t.status, 303);
    test_get(&t, path);
    assert_has(t.body, "versione 2");
    assert_has(t.body, ">16,67<");
    test_post(&t, edit, edit, "anno=2025&versione=1&testo=" SMALL "Onore%091%0D%0A");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "ha salvato la versione 2");
    assert_has(t.body, "Onore\t1");
    test_get(&t, under(path, "?versione=1"));
    assert_has(t.body, ">33,33<");
    test_get(&t, under(path, "?versione=9"));
    assert_int_equal(t.status, 404);
}

static void approval_needs_its_act(void **state)
{
    (void)state;
    char path[600], approve[640], copy[640];
    snprintf(path, sizeof path, "%s", made());
    snprintf(approve, sizeof approve, "%s/approva", path);
    snprintf(copy, sizeof copy, "%s/copia", path);
    test_post(&t, path, approve, "atto=&giorno=01/02/2025&versione=1");
    assert_int_equal(t.status, 422);
    test_post(&t, path, approve, "atto=Delibera+3/2025&giorno=01/02/2999&versione=1");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "deve ancora venire");
    test_post(&t, path, approve, "atto=Delibera+3/2025&giorno=01/02/2025&versione=1");
    assert_int_equal(t.status, 303);
    test_get(&t, path);
    assert_has(t.body, "Delibera 3/2025, 01/02/2025");
    assert_has_not(t.body, "Approva la versione");
    test_get(&t, under(path, "/modifica"));
    assert_int_equal(t.status, 400);
    test_post(&t, path, copy, "anno=2026");
    assert_int_equal(t.status, 303);
    test_get(&t, t.location);
    assert_has(t.body, "Prova 2026");
    assert_has(t.body, "31/03/2026");
}

static void another_ambito_finds_nothing(void **state)
{
    (void)state;
    char path[600];
    snprintf(path, sizeof path, "%s", made());
    struct id ours = test_host()->who.ambito;
    test_host()->who.ambito.n++;
    test_get(&t, path);
    assert_int_equal(t.status, 404);
    test_get(&t, "/riparti");
    assert_has_not(t.body, "Prova 2025");
    test_host()->who.ambito = ours;
    test_get(&t, "/riparti/0000000000001");
    assert_int_equal(t.status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_is_the_beginning),
        cmocka_unit_test(tabs_are_kept_and_cells_explain_themselves),
        cmocka_unit_test(faults_are_said_with_their_line),
        cmocka_unit_test(two_who_write_are_told),
        cmocka_unit_test(approval_needs_its_act),
        cmocka_unit_test(another_ambito_finds_nothing),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
