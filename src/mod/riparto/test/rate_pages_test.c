/* The ledger's pages, files and letters, through a real socket. */
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
static struct id fondo, gandellino;

/* The clock of the pages: instalments are due around it. */
static struct instant clock_of(void)
{
    return (struct instant){instant_of_day(day_of(2026, 2, 10)).us + INT64_C(36000000000)};
}

static bool build(struct cx *cx, void *data)
{
    struct id *ambito = data;
    struct who who = *cx->who;
    struct list rows;
    const struct prospetto_filtro approved = {.anno = 2025, .stato = "approvato"};
    if (!ambito_create(cx, "A1", "Valle Seriana Superiore", ambito))
        return false;
    who.ambito = *ambito;
    who.utente = ID_NONE;
    struct cx inside = *cx;
    inside.who = &who;
    inside.now = clock_of();
    inside.today = day_of(2026, 2, 10);
    bool done = enti_demo(&inside) && riparto_demo(&inside) &&
                store_prospetto_rows(&inside, &approved, PROSPETTI_PER_ANNO, NULL, 5, &rows);
    if (done)
        fondo = LIST_ITEM(&rows, struct prospetto, 0)->id;
    const struct rata_filtro one = {fondo, INT_NONE, "Gandellino", NULL};
    done = done && store_rata_list(&inside, &one, &rows);
    if (done)
        gandellino = LIST_ITEM(&rows, struct rata_riga, 0)->id;
    cx->err = inside.err;
    return done;
}

static int start(void **state)
{
    (void)state;
    test_web_open(
        &t, &(struct test_web_parts){.schemas = schemas, .routes = tables, .clock = clock_of});
    test_write(&t.db, build, &test_host()->who.ambito);
    t.db.who.ambito = test_host()->who.ambito;
    test_host()->who.ruolo = RUOLO_RAGIONERIA;
    test_host()->login = clock_of();
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_web_close(&t);
    return 0;
}

static const char *path_of(const char *before, struct id id, const char *after)
{
    static char paths[4][300];
    static size_t turn;
    char text[ID_TEXT];
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof *paths, "%s%s%s", before, id_text(id, text), after);
    return path;
}

static void the_ledger_says_what_is_advanced(void **state)
{
    (void)state;
    test_get(&t, "/riparti/scadenzario");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "anticipa oggi il capofila");
    assert_has(t.body, "1.430.038,80");
    assert_has(t.body, "Unione Comuni della Presolana");
    test_get(&t, "/riparti/scadenzario?anno=2019");
    assert_has(t.body, "Nessuna rata");
    test_get(&t, "/riparti/rate?stato=pagate&anno=2025");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "15/03/2025");
    test_get(&t, "/riparti/rate?stato=aperte&pagante=Gandellino");
    assert_has(t.body, "28/02/2026");
    assert_has_not(t.body, "15/03/2025");
    test_get(&t, "/riparti/solleciti");
    assert_has(t.body, "Nessuna rata scaduta");
    assert_has(t.body, "Prossime a scadere");
    assert_has(t.body, "28/02/2026");
}

static void a_payment_is_entered_and_reversed(void **state)
{
    (void)state;
    const char *account = path_of("/riparti/rate/", gandellino, "");
    const char *enter = path_of("/riparti/rate/", gandellino, "/registra");
    char entry[600], reverse[640];
    test_get(&t, account);
    assert_has(t.body, "4.940,19"); /* the fourth is still to be paid */
    test_post(&t, account, enter,
              "tipo=incasso&giorno=10/02/2026&importo=9.999,99&numero=&parte=&riferimento=R+1");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "Al massimo 4.940,19 €");
    assert_has(t.body, "value=\"9.999,99\"");
    test_post(&t, account, enter,
              "tipo=incasso&giorno=11/02/2026&importo=1.000,00&numero=&parte=&riferimento=R+1");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "deve ancora venire");
    test_post(&t, account, enter,
              "tipo=incasso&giorno=10/02/2026&importo=1.000,00&numero=4&parte=&riferimento=R+1");
    assert_int_equal(t.status, 303);
    test_get(&t, account);
    assert_has(t.body, "3.940,19");
    assert_has(t.body, "pagato in parte");
    test_post(&t, account, enter,
              "tipo=incasso&giorno=10/02/2026&importo=1.000,00&numero=4&parte=&riferimento=R+1");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "registrazione uguale");
    test_get(&t, account);
    const char *at = strstr(t.body, "/riparti/movimenti/");
    assert_non_null(at);
    snprintf(entry, sizeof entry, "%.*s", (int)(strlen("/riparti/movimenti/") + ID_TEXT - 1), at);
    snprintf(reverse, sizeof reverse, "%s/storna", entry);
    test_post(&t, entry, reverse, "motivo=");
    assert_int_equal(t.status, 422);
    test_post(&t, entry, reverse, "motivo=era+di+Gorno");
    assert_int_equal(t.status, 303);
    test_get(&t, entry);
    assert_has(t.body, "Stornata da");
    assert_has_not(t.body, "/storna\"");
    test_get(&t, account);
    assert_has(t.body, "era di Gorno");
    assert_has(t.body, ">4.940,19<");
}

static void files_and_letters_are_drawn(void **state)
{
    (void)state;
    const char *const formats[] = {"xlsx", "ods", "csv", "pdf", "tsv"};
    char path[340];
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        snprintf(path, sizeof path, "%s%s", path_of("/riparti/", fondo, "/esporta?formato="),
                 formats[i]);
        test_get(&t, path);
        assert_int_equal(t.status, 200);
        assert_true(t.body_size > 500);
    }
    assert_has(t.body, "quota\t34,20");
    test_get(&t, path_of("/riparti/", fondo, "/esporta?formato=exe"));
    assert_int_equal(t.status, 400);
    test_get(&t, path_of("/riparti/", fondo, "/lettere"));
    assert_memory_equal(t.body, "%PDF-", 5);
    size_t all = t.body_size;
    test_get(&t, path_of("/riparti/", fondo, "/lettere?riga=4"));
    assert_memory_equal(t.body, "%PDF-", 5);
    assert_true(t.body_size < all);
    test_get(&t, path_of("/riparti/", fondo, "/lettere?riga=18"));
    assert_int_equal(t.status, 404);
    test_get(&t, "/riparti/solleciti/lettere?quali=vicine");
    assert_memory_equal(t.body, "%PDF-", 5);
    test_get(&t, path_of("/riparti/solleciti/lettere?quali=vicine&rata=", gandellino, ""));
    assert_memory_equal(t.body, "%PDF-", 5);
    test_get(&t, "/riparti/solleciti/lettere?quali=scadute");
    assert_int_equal(t.status, 404);
    test_get(&t, "/riparti/rate?formato=csv");
    assert_has(t.body, "Gandellino");
}

static void another_ambito_finds_nothing(void **state)
{
    (void)state;
    struct id ours = test_host()->who.ambito;
    test_host()->who.ambito.n++;
    test_get(&t, path_of("/riparti/rate/", gandellino, ""));
    assert_int_equal(t.status, 404);
    test_get(&t, path_of("/riparti/", fondo, "/lettere"));
    assert_int_equal(t.status, 404);
    test_get(&t, "/riparti/scadenzario");
    assert_has_not(t.body, "Gandellino");
    test_host()->who.ambito = ours;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ledger_says_what_is_advanced),
        cmocka_unit_test(a_payment_is_entered_and_reversed),
        cmocka_unit_test(files_and_letters_are_drawn),
        cmocka_unit_test(another_ambito_finds_nothing),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
