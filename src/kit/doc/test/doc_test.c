/* Documents drawn to the formats without pages. What needs an outside reader (XML, zip, PDF) is
 * checked by the scripts in tests/. */
#include "base/test/check.h"
#include "kit/doc/ods.h"
#include "kit/doc/test/sample.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, (size_t)2 << 30);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct bytes drawn(const struct doc *doc, enum doc_format format)
{
    struct err err = {0};
    struct bytes bytes = {0};
    if (!doc_draw(doc, format, &arena, &bytes, &err)) {
        fail_msg("%s: %s", doc_format_ext(format), err.text);
    }
    return bytes;
}

static const char *text_of(const struct doc *doc, enum doc_format format)
{
    struct bytes bytes = drawn(doc, format);
    return arena_strndup(&arena, (const char *)bytes.data, bytes.size);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("\"%s\" is not in:\n%s", part, text ? text : "");
    }
}

static void assert_not(const char *text, const char *part)
{
    if (strstr(text, part)) {
        fail_msg("\"%s\" is in:\n%s", part, text ? text : "");
    }
}

static void test_formats(void **state)
{
    (void)state;
    enum doc_format format = DOC_HTML;
    assert_true(doc_format_parse("xlsx", &format));
    assert_int_equal(format, DOC_XLSX);
    assert_false(doc_format_parse("exe", &format));
    assert_false(doc_format_parse(NULL, &format));
    assert_string_equal(doc_format_type(DOC_PDF), "application/pdf");
    assert_string_equal(doc_format_ext(DOC_TEXT), "txt");
}

static void test_csv(void **state)
{
    (void)state;
    assert_string_equal(text_of(sample_table(&arena), DOC_CSV),
                        "\ufeffAssistito;Giorno;Ore;Quota;Accessi;Importo (€)\r\n"
                        "Rossi Maria;01/10/2025;2:30;18,09 %;3;1430038,80\r\n"
                        "D’Amèlio Nicolò;02/10/2025;1:30;18,09 %;3;-12,50\r\n"
                        ";;;18,09 %;3;\r\n"
                        "Totale;;4:00;;;1430026,30\r\n");
}

static void test_csv_formulas(void **state)
{
    (void)state;
    const char *csv = text_of(sample_hostile(&arena), DOC_CSV);
    assert_has(csv, "\ufeff\"'=1+1\";\"Molto\nlungo\"\r\n");
    assert_has(csv, "\"'=HYPERLINK(\"\"http://example.it\"\")\";");
    assert_has(csv, "\"'+39 0346 21000\";");
    assert_has(csv, "\"'-1\";");
    assert_has(csv, "\"'@SUM(A1)\";");
    assert_has(csv, "\"'\uff1d1+1\";");
    assert_has(csv, "\"a;b\";");
    assert_has(csv, "\"dice \"\"sì\"\"\";");
    for (const char *line = csv + 3; line; line = strstr(line, "\r\n")) {
        line += strspn(line, "\r\n");
        assert_null(*line ? strchr("=+-@\t", *line) : NULL);
        if (!*line) {
            break;
        }
    }
}

static void test_html(void **state)
{
    (void)state;
    const char *html = text_of(sample_hostile(&arena), DOC_HTML);
    assert_not(html, "<script>");
    assert_has(html, "<title>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; ");
    assert_has(html, "<td>&amp;lt;b&amp;gt;</td>");
    html = text_of(sample_letter(&arena), DOC_HTML);
    assert_has(html, "<html lang=\"it\">");
    assert_has(html, "<h1>Comunicazione della retta</h1>\n<dl>\n<dt>Assistito</dt>\n"
                     "<dd>Nicolò D’Amèlio</dd>\n");
    assert_has(html, "<ul>\n<li>ore previste: 12</li>\n<li>importo orario: 2,73 €</li>\n</ul>\n");
    assert_has(html, "<h3>Ricorsi</h3>"); /* a fourth level below a second would leave a gap */
    html = text_of(sample_table(&arena), DOC_HTML);
    assert_has(html, "<h1>Prestazioni di ottobre</h1>");
    assert_has(html, "<th scope=\"col\" class=\"z-number\">Importo (€)</th>");
    assert_has(html, "<td class=\"z-number\">1.430.038,80</td>");
    assert_has(html, "<tr class=\"totale\"><td>Totale</td>");
}

static void test_text(void **state)
{
    (void)state;
    const char *text = text_of(sample_table(&arena), DOC_TEXT);
    assert_has(text, "Rossi Maria      01/10/2025  2:30  18,09 %        3  1.430.038,80\n"
                     "D’Amèlio Nicolò  02/10/2025  1:30  18,09 %        3        -12,50\n");
    text = text_of(sample_letter(&arena), DOC_TEXT);
    assert_has(text, "Assistito:                    Nicolò D’Amèlio\n");
    assert_has(text, "- ore previste: 12\n");
    const char *start = text;
    for (const char *end = strchr(start, '\n'); end; start = end + 1, end = strchr(start, '\n')) {
        assert_true(end - start < 2 * 78); /* bytes: accents take two */
    }
}

static void test_json(void **state)
{
    (void)state;
    struct bytes bytes = drawn(sample_table(&arena), DOC_JSON);
    json_t *root = json_loadb((const char *)bytes.data, bytes.size, 0, NULL);
    assert_non_null(root);
    json_t *table = json_array_get(json_object_get(root, "contenuto"), 0);
    json_t *rows = json_object_get(table, "righe");
    assert_int_equal(json_array_size(rows), 4);
    json_t *first = json_array_get(rows, 0);
    assert_string_equal(json_string_value(json_object_get(first, "importo")), "1430038.80");
    assert_string_equal(json_string_value(json_object_get(first, "quota")), "17/94");
    assert_string_equal(json_string_value(json_object_get(first, "giorno")), "2025-10-01");
    assert_int_equal(json_integer_value(json_object_get(first, "ore")), 150);
    assert_true(json_is_null(json_object_get(json_array_get(rows, 2), "assistito")));
    json_decref(root);
    bytes = drawn(sample_hostile(&arena), DOC_JSON);
    root = json_loadb((const char *)bytes.data, bytes.size, 0, NULL);
    assert_non_null(root);
    json_decref(root);
}

struct voce {
    struct id id;
    const char *nome;
    struct money importo;
    bool attiva;
    struct bytes sigillo;
};

static void test_rows(void **state)
{
    (void)state;
    static const struct field fields[] = {FIELD(voce, id),      FIELD(voce, nome),
                                          FIELD(voce, importo), FIELD(voce, attiva),
                                          FIELD(voce, sigillo), FIELD_END};
    struct voce items[] = {{{1}, "Fondo SAD", MONEY(100), true, {(const unsigned char *)"x", 1}},
                           {{2}, NULL, MONEY_INVALID, false, {NULL, 0}}};
    struct list list = {items, 2, sizeof items[0], false};
    struct doc_meta meta = {.title = "Voci"};
    struct doc *doc = doc_new(&arena, &meta);
    doc_rows(doc_table(doc, NULL), fields, &list);
    assert_has(text_of(doc, DOC_CSV), "id;nome;importo;attiva;sigillo\r\n"
                                      "0000000000001;Fondo SAD;1,00;sì;\r\n"
                                      "0000000000002;;;no;\r\n");
    doc = doc_new(&arena, &meta);
    struct doc_table *table = doc_table(doc, NULL);
    doc_column(table, "importo", "Importo", FIELD_MONEY);
    doc_column(table, "nome", "Nome", FIELD_TEXT);
    doc_rows(table, fields, &list);
    assert_string_equal(text_of(doc, DOC_CSV), "\ufeffImporto;Nome\r\n1,00;Fondo SAD\r\n;\r\n");
}

static void test_caption(void **state)
{
    (void)state;
    struct doc_meta meta = {.title = "Bilancio"};
    struct doc *doc = doc_new(&arena, &meta);
    for (int i = 0; i < 2; i++) {
        doc_heading(doc, 2, i ? "Anziani" : "Area");
        doc_column(doc_table(doc, "Anziani"), "voce", "Voce", FIELD_TEXT);
    }
    const char *html = text_of(doc, DOC_HTML);
    assert_has(html,
               "<h1>Bilancio</h1>\n<h2>Area</h2>\n<table class=\"z-table\">\n<caption>Anziani");
    assert_has(html, "<h2>Anziani</h2>\n<table class=\"z-table\">\n<thead>"); /* not said twice */
}

static void test_formula(void **state)
{
    (void)state;
    assert_string_equal(ods_formula(&arena, "=SUM(B2:B9)"), "of:=SUM([.B2:.B9])");
    assert_string_equal(ods_formula(&arena, "=IF($A$1>2,\"B2,c\",LOG10(AB12))"),
                        "of:=IF([.$A$1]>2;\"B2,c\";LOG10([.AB12]))");
    assert_string_equal(ods_column(&arena, 0), "A");
    assert_string_equal(ods_column(&arena, 25), "Z");
    assert_string_equal(ods_column(&arena, 26), "AA");
    assert_string_equal(ods_column(&arena, 199), "GR");
}

static void test_charts(void **state)
{
    (void)state;
    const char *html = text_of(sample_charts(&arena), DOC_HTML);
    assert_has(html, "aria-label=\"Grafico a barre: Spesa per area. Spesa: massimo 123.456,78 "
                     "(Anziani), minimo 20.576,13 (Salute mentale e dipendenze patologiche). "
                     "I dati sono nella tabella.\"");
    assert_has(html, "aria-label=\"Prevale il Comune.\"");
    assert_has(html, "<summary>Dati del grafico</summary>\n<table");
    assert_has(html, ">e altre 9 voci, nella tabella</text>");
    assert_not(html, " style="); /* forbidden by the policy of our pages */
    /* 123.456,78 on an axis to 150.000,00, drawn on 640 points less 150 of label, 72 of amount */
    assert_has(html, "<rect x=\"150\" y=\"8\" width=\"344.032\" height=\"11\"");
    assert_has(text_of(sample_charts(&arena), DOC_CSV), "Area;Spesa\r\nAnziani;123456,78\r\n");
}

/* Every format takes every document, and the same data make the same bytes. */
static void test_all(void **state)
{
    (void)state;
    struct doc *docs[] = {sample_letter(&arena), sample_table(&arena),  sample_hostile(&arena),
                          sample_empty(&arena),  sample_charts(&arena), sample_extreme(&arena)};
    for (size_t i = 0; i < sizeof docs / sizeof docs[0]; i++) {
        for (int format = DOC_HTML; format <= DOC_JSON; format++) {
            struct bytes once = drawn(docs[i], (enum doc_format)format);
            struct bytes twice = drawn(docs[i], (enum doc_format)format);
            assert_true(once.size > 0);
            assert_int_equal(once.size, twice.size);
            assert_memory_equal(once.data, twice.data, once.size);
        }
    }
}

static void test_long(void **state)
{
    (void)state;
    struct doc *doc = sample_long(&arena, 20000);
    static const enum doc_format lists[] = {DOC_CSV, DOC_JSON, DOC_XLSX, DOC_ODS, DOC_TEXT};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        assert_true(drawn(doc, lists[i]).size > 20000);
    }
}

static void draw_within(size_t limit, enum doc_format format)
{
    struct arena small;
    jmp_buf escape;
    arena_init(&small, limit);
    small.escape = &escape;
    if (setjmp(escape) == 0) {
        struct err err = {0};
        struct bytes bytes;
        bool done = doc_draw(sample_long(&small, 200), format, &small, &bytes, &err);
        assert_true(done || err.code != ERR_NONE);
    }
    arena_release(&small);
}

/* The arena ends in the middle of a drawing: nothing leaks (the sanitizer looks) or crashes. */
static void test_no_memory(void **state)
{
    (void)state;
    for (int format = DOC_HTML; format <= DOC_JSON; format++) {
        for (size_t limit = 40000; limit < 400000; limit += 60000) {
            draw_within(limit, (enum doc_format)format);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),      cmocka_unit_test(test_csv),
        cmocka_unit_test(test_csv_formulas), cmocka_unit_test(test_html),
        cmocka_unit_test(test_text),         cmocka_unit_test(test_json),
        cmocka_unit_test(test_rows),         cmocka_unit_test(test_formula),
        cmocka_unit_test(test_caption),      cmocka_unit_test(test_charts),
        cmocka_unit_test(test_all),          cmocka_unit_test(test_long),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
