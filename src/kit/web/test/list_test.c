/* A list: pages by key, filters, orders, page sizes, exports. */
#include "kit/web/test/voci.h"

#include <string.h>
#include <zip.h>

static void pages_by_key(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci");
    assert_int_equal(t->status, 200);
    assert_int_equal(count_of(t->body, "<a href=\"/voci/"), 20 + 0);
    assert_has(t->body, "20 di 1.234");
    assert_has(t->body, "Nuova voce");
    assert_int_equal(test_host()->audited, 1);
    int seen = 20;
    for (int page = 0; strstr(t->body, "rel=\"next\"") != NULL && page < 100; page++) {
        test_get(t, link_of(t, "rel=\"next\""));
        assert_int_equal(t->status, 200);
        seen += count_of(t->body, "<a href=\"/voci/0");
    }
    assert_int_equal(seen, VOCI);
}

static void filters_stay_in_links(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?nome=voce+1200&dal=&ordine=nome");
    assert_int_equal(t->status, 200);
    assert_has(t->body, "voce 1200");
    assert_has_not(t->body, "voce 1199");
    assert_has(t->body, "con i filtri scelti");
    assert_string_equal(link_of(t, "rel=\"next\""),
                        "/voci?nome=voce%201200&ordine=nome&dopo=voce%201219");
    test_get(t, "/voci?dal=ieri");
    assert_int_equal(t->status, 422);
    assert_has(t->body, "Data non valida");
    test_get(t, "/voci?ordine=prezzo");
    assert_int_equal(t->status, 400);
    test_get(t, "/voci?dopo=%00");
    assert_int_equal(t->status, 400);
}

static void exports_all_filtered_rows(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?formato=csv");
    assert_int_equal(t->status, 200);
    assert_memory_equal(t->body, "\xef\xbb\xbf", 3);
    assert_int_equal(count_of(t->body, "\r\n"), VOCI + 1);
    assert_has(t->body, "Nome;Importo;giorno\r\n");
    assert_has(t->body, "voce 0001;10,50;01/01/2025\r\n");
    assert_has(t->body, "voce 0007;;01/01/2025\r\n");
    assert_has(t->body, "\"'=0005\"");
    assert_has(test_header(t, "Content-Disposition"), "voci.csv");
    assert_string_equal(test_host()->last_detail, "esportazione csv, 1234 righe");
    test_get(t, "/voci?formato=csv&nome=voce+1230");
    assert_int_equal(count_of(t->body, "\r\n"), 5 + 1);
    test_get(t, "/voci?formato=json&nome=voce+1230");
    assert_has(t->body, "1230");
    test_get(t, "/voci?formato=exe");
    assert_int_equal(t->status, 404);
}

static void spreadsheets_open(void **state)
{
    struct test_web *t = *state;
    static const char *const paths[] = {"/voci?formato=xlsx", "/voci?formato=ods"};
    for (size_t i = 0; i < 2; i++) {
        zip_error_t error;
        test_get(t, paths[i]);
        assert_int_equal(t->status, 200);
        zip_source_t *source = zip_source_buffer_create(t->body, t->body_size, 0, &error);
        zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
        assert_non_null(zip);
        zip_close(zip);
    }
}

static void empty_says_why(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?nome=zzz");
    assert_has(t->body, "Nessuna riga corrisponde ai filtri scelti.");
    assert_has_not(t->body, "Non c’è ancora nessuna voce.");
    test_get(t, "/voci?dopo=zzz");
    assert_has(t->body, "Non ci sono altre righe.");
    assert_has_not(t->body, "Non c’è ancora nessuna voce.");
    voci_drop(t);
    test_get(t, "/voci");
    assert_has(t->body, "Non c’è ancora nessuna voce.");
    assert_has_not(t->body, "filtri scelti");
}

static void chips_take_one_filter_away(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?nome=voce+1200&gruppo=b&note=1&ordine=caro&righe=50");
    assert_int_equal(t->status, 200);
    assert_has(t->body, "Gruppo: <strong>Gruppo &lt;B&gt;</strong>");
    assert_has(t->body, "<span>Solo con note</span>");
    assert_string_equal(link_of(t, "aria-label=\"Togli il filtro Gruppo\""),
                        "/voci?nome=voce%201200&note=1&ordine=caro&righe=50");
    assert_string_equal(link_of(t, ">Togli tutti i filtri"), "/voci?ordine=caro&righe=50");
    /* the form keeps what is no filter */
    assert_has(t->body, "<input type=\"hidden\" name=\"ordine\" value=\"caro\">");
    assert_has(t->body, "<input type=\"hidden\" name=\"righe\" value=\"50\">");
    test_get(t, "/voci");
    assert_has_not(t->body, "Togli tutti i filtri");
    assert_has(t->body, "Gruppo d’Albino</option>");
}

static void late_choices_are_checked(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?gruppo=z");
    assert_int_equal(t->status, 422);
    assert_has(t->body, "Scelta non prevista.");
    test_get(t, "/voci?gruppo=z&formato=csv");
    assert_int_equal(t->status, 400);
}

static void pages_have_the_asked_size(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?righe=100");
    assert_int_equal(count_of(t->body, "<a href=\"/voci/0"), 100);
    assert_string_equal(link_of(t, "rel=\"next\""), "/voci?righe=100&dopo=voce%200100");
    assert_has(t->body, "Righe: 100");
    test_get(t, "/voci?righe=7");
    assert_int_equal(t->status, 400);
    test_get(t, "/voci?righe=100000");
    assert_int_equal(t->status, 400);
}

static void heads_say_the_order(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci");
    assert_int_equal(count_of(t->body, "aria-sort="), 1);
    assert_has(t->body, "aria-sort=\"ascending\"><a href=\"/voci?ordine=ultimi\">Nome</a>");
    test_get(t, "/voci?ordine=ultimi");
    assert_has(t->body, "aria-sort=\"descending\"><a href=\"/voci?ordine=nome\">Nome</a>");
    test_get(t, "/voci?ordine=caro");
    assert_has(t->body, "aria-sort=\"descending\"><a href=\"/voci?ordine=caro\">Importo</a>");
}

static bool no_exports(const struct who *who, const char *permission)
{
    (void)who;
    return strstr(permission, ".esporta") == NULL;
}

static void export_is_a_right(void **state)
{
    struct test_web *t = *state;
    struct web_host host = test_web_host;
    host.permitted = no_exports;
    test_web_close(t);
    test_web_open(
        t, &(struct test_web_parts){.schemas = voci_schemas, .routes = voci_tables, .host = &host});
    test_get(t, "/voci");
    assert_int_equal(t->status, 200);
    assert_has_not(t->body, "formato=csv");
    test_get(t, "/voci?formato=csv");
    assert_int_equal(t->status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_OF_VOCI(pages_by_key),
        TEST_OF_VOCI(filters_stay_in_links),
        TEST_OF_VOCI(exports_all_filtered_rows),
        TEST_OF_VOCI(spreadsheets_open),
        TEST_OF_VOCI(export_is_a_right),

        TEST_OF_VOCI(empty_says_why),
        TEST_OF_VOCI(chips_take_one_filter_away),
        TEST_OF_VOCI(late_choices_are_checked),
        TEST_OF_VOCI(pages_have_the_asked_size),
        TEST_OF_VOCI(heads_say_the_order),

    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
