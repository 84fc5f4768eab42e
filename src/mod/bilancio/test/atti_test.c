/* Amendments, movements and imports through a real socket. */
#include "kit/web/test/support.h"

#include "mod/bilancio/inside.h"
#include "mod/enti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&enti_schema, &bilancio_schema, NULL};
static const struct web_route *const tables[] = {bilancio_routes, NULL};
static struct test_web t;

static bool build(struct cx *cx, void *data)
{
    (void)data;
    return bilancio_read_2025(cx);
}

static int start(void **state)
{
    (void)state;
    test_web_open(&t, &(struct test_web_parts){.schemas = schemas, .routes = tables});
    test_host()->who.ruolo = RUOLO_UFFICIO_PIANO;
    test_host()->who.nome = "Ufficio";
    test_write(&t.db, build, NULL);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_web_close(&t);
    return 0;
}

#define FONDO "FONDO+SOCIALE+D%27AMBITO+%2834%2C20+%E2%82%AC%2FAB.%29"

/* Writes a draft that moves so much from SFA to an item; its page. */
static const char *draft(const char *to, const char *amount, int base)
{
    static char path[4][200];
    static int turn = 0;
    char form[2000];
    snprintf(form, sizeof form,
             "anno=2025&versione=0&base=%d&giorno=20%%2F05%%2F2025&atto=Delibera+4&motivo=Prova"
             "&voce_1=SFA&fonte_1=%s&importo_1=-%s&voce_2=%s&fonte_2=%s&importo_2=%s",
             base, FONDO, amount, to, FONDO, amount);
    test_post(&t, "/bilancio/variazioni/nuova?anno=2025", "/bilancio/variazioni/nuova", form);
    assert_int_equal(t.status, 303);
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s", test_header(&t, "Location"));
    return path[turn];
}

static void approve(const char *path, int base)
{
    char to[250], form[100];
    snprintf(to, sizeof to, "%s/approva", path);
    snprintf(form, sizeof form, "versione=1&base=%d", base);
    test_post(&t, path, to, form);
}

static void the_second_of_two_is_told_what_changed(void **state)
{
    (void)state;
    const char *first = draft("SIL", "1000%2C00", 1), *second = draft("TIS", "2000%2C00", 1);
    approve(first, 1);
    assert_int_equal(t.status, 303);
    approve(second, 1);
    assert_int_equal(t.status, 422);
    assert_has(t.body, "Nel frattempo il bilancio è cambiato");
    assert_has(t.body, "variazione n. 1, Delibera 4: Prova");
    test_get(&t, second);
    assert_has(t.body, "tocca anche questa bozza");
    approve(second, 2);
    assert_int_equal(t.status, 303);
    test_get(&t, "/bilancio/matrice?anno=2025");
    assert_has(t.body, "<strong>32.000,00</strong>"); /* SFA: both have moved it */
    test_get(&t, "/bilancio/matrice?anno=2025&al=2025-05-19");
    assert_has(t.body, "<strong>35.000,00</strong>");
    test_get(&t, "/bilancio?anno=2025");
    assert_has(t.body, "assestato");
    assert_has(t.body, "2 variazioni");
}

static void an_unknown_name_is_told_beside_its_row(void **state)
{
    (void)state;
    test_post(&t, "/bilancio/variazioni/nuova?anno=2025", "/bilancio/variazioni/nuova",
              "anno=2025&versione=0&base=1&voce_1=Nessuna&fonte_1=x&importo_1=1");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "Non c’è una voce con questo nome nel bilancio");
    assert_has(t.body, "value=\"Nessuna\""); /* what was typed is kept */
}

static void a_draft_that_does_not_balance_says_so(void **state)
{
    (void)state;
    test_post(
        &t, "/bilancio/variazioni/nuova?anno=2025", "/bilancio/variazioni/nuova",
        "anno=2025&versione=0&base=3&giorno=2025-06-01&atto=D&motivo=M&voce_1=SFA&fonte_1=" FONDO
        "&importo_1=0%2C01");
    assert_int_equal(t.status, 303);
    test_get(&t, test_header(&t, "Location"));
    assert_has(t.body, "la variazione non è in pareggio: le fonti cambiano di 0,00 euro, le voci "
                       "di 0,01");
}

static struct id item(const char *nome)
{
    struct id id;
    bool found;
    test_read(&t.db);
    TEST_OK(&t.db.cx, voce_by_name(&t.db.cx, 2025, nome, &id, &found));
    test_read_end(&t.db);
    return id;
}

static void a_movement_is_entered_and_reversed(void **state)
{
    (void)state;
    char form[400], id[ID_TEXT], path[200], part[250];
    snprintf(form, sizeof form,
             "anno=2025&voce=%s&importo=1.000%%2C00&giorno=2025-02-01&atto=Determina+1",
             id_text(item("TIS"), id));
    test_post(&t, "/bilancio/scritture?anno=2025", "/bilancio/scritture", form);
    assert_int_equal(t.status, 303);
    snprintf(path, sizeof path, "%s", test_header(&t, "Location"));
    snprintf(part, sizeof part, "%s/parte", path);
    test_post(&t, path, part, "importo=1.000%2C01&giorno=2025-03-01&atto=L");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "impegno n. 1 ha liberi 1.000,00 euro, meno di 1.000,01");
    test_post(&t, path, part, "importo=600&giorno=2025-03-01&atto=L");
    assert_int_equal(t.status, 303);
    snprintf(part, sizeof part, "%s/storno", path);
    test_post(&t, path, part, "importo=400%2C01&giorno=2025-03-01&atto=S");
    assert_int_equal(t.status, 422);
    test_post(&t, path, part, "importo=400&giorno=2025-03-01&atto=S");
    assert_int_equal(t.status, 303);
    test_get(&t, path);
    assert_has(t.body, "storno di impegno");
    test_get(&t, "/bilancio/scritture?anno=2025");
    assert_has(t.body, "-400,00");
}

/* Every page opens. */
static void all_pages_open(void **state)
{
    (void)state;
    static const char *const paths[] = {"/bilancio/fonti?anno=2025",
                                        "/bilancio/previsione?anno=2025",
                                        "/bilancio/anni",
                                        "/bilancio/anni?formato=xlsx",
                                        "/bilancio/importa?anno=2025",
                                        "/bilancio/variazioni?anno=2025",
                                        "/bilancio/verifica?anno=2025",
                                        "/bilancio/esporta?anno=2025&formato=xlsx",
                                        "/bilancio/esporta?anno=2025&formato=pdf"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        test_get(&t, paths[i]);
        assert_int_equal(t.status, 200);
    }
    test_get(&t, "/bilancio/matrice?anno=2025");
    const char *cell = strstr(t.body, "celle/");
    char path[200];
    assert_non_null(cell);
    snprintf(path, sizeof path, "/bilancio/%.*s", (int)strcspn(cell, "\">"), cell);
    test_get(&t, path);
    assert_int_equal(t.status, 200);
    assert_has(t.body, "Bilancio di previsione");
    test_get(&t, "/bilancio/celle/0-0-2025");
    assert_int_equal(t.status, 404);
    test_get(&t, "/bilancio/celle/x");
    assert_int_equal(t.status, 404);
}

/* ---- import ------------------------------------------------------------------------------- */

static void upload(const char *csv, const char *more)
{
    char body[8000];
    test_get(&t, "/bilancio/importa?anno=2025");
    const char *csrf = test_token(&t);
    int size =
        snprintf(body, sizeof body,
                 "--z\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
                 "--z\r\nContent-Disposition: form-data; name=\"anno\"\r\n\r\n2025\r\n%s"
                 "--z\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.csv\"\r\n"
                 "Content-Type: text/csv\r\n\r\n%s\r\n--z--\r\n",
                 csrf, more, csv);
    test_post_raw(&t, "/bilancio/importa", "multipart/form-data; boundary=z", body, (size_t)size);
}

#define PARTIAL "--z\r\nContent-Disposition: form-data; name=\"parziale\"\r\n\r\n1\r\n"

static void a_bad_row_stops_an_import_unless_asked(void **state)
{
    (void)state;
    static const char sheet[] = "area;voce_spesa;fonte;importo\nDISABILI;SIL;UTENTI;100,00\n"
                                "DISABILI;SIL;FPV;tanto\n";
    upload(sheet, "");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "b.csv, riga 3, FPV: «tanto» non è un importo");
    assert_has(t.body, "non è stato scritto nulla");
    upload(sheet, PARTIAL);
    assert_int_equal(t.status, 303);
    test_get(&t, test_header(&t, "Location"));
    assert_has(t.body, "Importata da un foglio");
    assert_has(t.body, "100,00"); /* the one cell that could be read; nothing else is touched */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_of_two_is_told_what_changed),
        cmocka_unit_test(an_unknown_name_is_told_beside_its_row),
        cmocka_unit_test(a_draft_that_does_not_balance_says_so),
        cmocka_unit_test(a_movement_is_entered_and_reversed),
        cmocka_unit_test(all_pages_open),
        cmocka_unit_test(a_bad_row_stops_an_import_unless_asked),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
