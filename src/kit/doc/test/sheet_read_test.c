/* Spreadsheets read back: those of our own writers, those of others' shape, and hostile ones. */
#include "base/csv.h"
#include "base/test/check.h"
#include "kit/doc/doc.h"
#include "kit/doc/sheet_parts.h"

#include <stdlib.h>
#include <string.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, (size_t)256 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* ---- archives made here ---------------------------------------------------------------------- */

struct part {
    const char *name, *text;
    size_t size; /* 0 = of the text */
};

static struct bytes archive_of(const struct part *parts, size_t count)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    zip_stat_t stat;
    assert_non_null(zip);
    zip_source_keep(target);
    for (size_t i = 0; i < count; i++) {
        size_t size = parts[i].size > 0 ? parts[i].size : strlen(parts[i].text);
        zip_source_t *source = zip_source_buffer(zip, parts[i].text, size, 0);
        assert_true(zip_file_add(zip, parts[i].name, source, 0) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    assert_int_equal(zip_source_stat(target, &stat), 0);
    assert_int_equal(zip_source_open(target), 0);
    unsigned char *data = arena_alloc(&arena, (size_t)stat.size);
    assert_int_equal(zip_source_read(target, data, stat.size), (zip_int64_t)stat.size);
    zip_source_close(target);
    zip_source_free(target);
    return (struct bytes){data, (size_t)stat.size};
}

#define BOOK                                                                                       \
    "<workbook xmlns:r='urn:r'><sheets><sheet name='nascosto' sheetId='1' state='hidden' "         \
    "r:id='r1'/><sheet name='Riparto' sheetId='2' r:id='r2'/></sheets></workbook>"
#define RELATIONS                                                                                  \
    "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/>"                        \
    "<Relationship Id='r2' Target='worksheets/sheet2.xml'/></Relationships>"
#define STYLES                                                                                     \
    "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[$-410]#,##0.00\\ \"€\"'/>"         \
    "<numFmt numFmtId='165' formatCode='dd/mm/yyyy'/></numFmts>"                                   \
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"                                             \
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='9'/>"        \
    "</cellXfs></styleSheet>"
#define STRINGS                                                                                    \
    "<sst><si><t>comune</t></si><si><r><t>Villa </t></r><r><t>d&apos;Ogna</t></r>"                 \
    "<rPh><t>no</t></rPh></si></sst>"

static struct bytes xlsx_with(const char *sheet)
{
    const struct part parts[] = {
        {"xl/workbook.xml", BOOK, 0},           {"xl/_rels/workbook.xml.rels", RELATIONS, 0},
        {"xl/styles.xml", STYLES, 0},           {"xl/sharedStrings.xml", STRINGS, 0},
        {"xl/worksheets/sheet2.xml", sheet, 0}, {"xl/worksheets/sheet1.xml", "<a/>", 0}};
    return archive_of(parts, sizeof parts / sizeof *parts);
}

static struct bytes ods_with(const char *body)
{
    const struct part part = {"content.xml",
                              arena_printf(&arena,
                                           "<o:document-content xmlns:o='u:o' xmlns:table='u:t' "
                                           "xmlns:text='u:x'><o:body><o:spreadsheet>%s"
                                           "</o:spreadsheet></o:body></o:document-content>",
                                           body),
                              0};
    return archive_of(&part, 1);
}

static const char *read_all(struct bytes file)
{
    struct bytes text;
    struct err err = {0};
    if (!sheet_to_text(&arena, file, 1 << 20, &text, &err))
        fail_msg("%s", err.text);
    return arena_strndup(&arena, (const char *)text.data, text.size);
}

static void check_refused(struct bytes file, const char *reason)
{
    struct bytes text;
    struct err err = {0};
    assert_false(sheet_to_text(&arena, file, 1 << 20, &text, &err));
    assert_int_equal(err.code, ERR_INPUT);
    if (strstr(err.text, reason) == NULL)
        fail_msg("«%s», not «%s»", err.text, reason);
}

/* ---- what is shown --------------------------------------------------------------------------- */

static void numbers_are_read_as_shown(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int decimals;
        const char *due;
    } cases[] = {
        {"113304.6", 2, "113304.6"},
        {"113304.60000000001", SHOWN_PLAIN, "113304.6"},
        {"56116.857142857145", 2, "56116.86"},
        {"56116.857142857145", SHOWN_PLAIN, "56116.8571428571"},
        {"0.30000000000000004", SHOWN_PLAIN, "0.3"},
        {"2.675", 2, "2.68"},
        {"-0.005", 2, "-0.01"},
        {"0.004", 2, "0"},
        {"9.999", 2, "10"},
        {"999999999999999.9", SHOWN_PLAIN, "1000000000000000"},
        {"1E+3", 2, "1000"},
        {"1.5E-3", SHOWN_PLAIN, "0.0015"},
        {"1.43003880E6", 2, "1430038.8"},
        {"0", 2, "0"},
        {"-0.0", 2, "0"},
        {"007", 0, "7"},
        {".5", 0, "1"},
        {"1E99", 2, "1E99"},
        {"NaN", 2, "NaN"},
        {"1.2.3", 2, "1.2.3"},
        {"", 2, ""},
        {"12345678901234567890123456789012345678901234567890123456789012345", 0,
         "12345678901234567890123456789012345678901234567890123456789012345"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(sheet_round(&arena, cases[i].text, cases[i].decimals), cases[i].due);
}

static void formats_say_what_is_shown(void **state)
{
    (void)state;
    static const struct {
        const char *format;
        int due;
    } cases[] = {{"General", SHOWN_PLAIN},
                 {"", SHOWN_PLAIN},
                 {"0", 0},
                 {"#,##0.00", 2},
                 {"#,##0.00_-;[Red]-#,##0.00", 2},
                 {"_-* #,##0.00\\ \"€\"_-", 2},
                 {"0.00%", SHOWN_PLAIN},
                 {"0.0E+00", SHOWN_PLAIN},
                 {"dd/mm/yyyy", SHOWN_DAY},
                 {"[$-410]d mmmm yyyy", SHOWN_DAY},
                 {"\"dovuto\" 0.000", 3},
                 {"\"senza fine 0.00", SHOWN_PLAIN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(sheet_shown(cases[i].format), cases[i].due);
    assert_int_equal(sheet_shown_built_in(4), 2);
    assert_int_equal(sheet_shown_built_in(14), SHOWN_DAY);
    assert_int_equal(sheet_shown_built_in(9), SHOWN_PLAIN);
    assert_string_equal(sheet_day(&arena, "45731", false), "2025-03-15");
    assert_string_equal(sheet_day(&arena, "45731.5", false), "2025-03-15");
    assert_string_equal(sheet_day(&arena, "44269", true), "2025-03-15");
    assert_string_equal(sheet_day(&arena, "60", false), "60");
}

/* ---- the two formats ------------------------------------------------------------------------- */

static void a_sheet_of_another_program(void **state)
{
    (void)state;
    const char *text = read_all(
        xlsx_with("<worksheet><sheetData>"
                  "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>dovuto"
                  "</t></is></c><c r='D1' t='str'><f>X</f><v>a\nb \"c\"</v></c></row>"
                  "<row r='4'><c r='A4' t='s'><v>1</v></c><c r='B4' s='1'><f>B2*7</f>"
                  "<v>60841.8000000001</v></c><c s='2'><v>45731</v></c><c r='D4' s='3'><v>0.2</v>"
                  "</c><c r='E4' s='1'/></row><row><c><v>7</v></c></row>"
                  "</sheetData></worksheet>"));
    assert_string_equal(text, "comune\tdovuto\t\t\"a b \"\"c\"\"\"\n\n\n"
                              "Villa d'Ogna\t60841.8\t2025-03-15\t0.2\n7\n");
}

static void a_sheet_of_open_document(void **state)
{
    (void)state;
    const char *text = read_all(ods_with(
        "<table:table><table:table-row><table:table-cell><text:p>comune</text:p>"
        "</table:table-cell><table:table-cell table:number-columns-repeated='2'/>"
        "<table:table-cell o:value-type='string'><o:annotation><text:p>nota</text:p></o:annotation>"
        "<text:p>due</text:p><text:p>righe<text:s text:c='2'/>e <text:span>altro</text:span>"
        "</text:p></table:table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated='2'><table:table-cell/></table:table-row>"
        "<table:table-row table:number-rows-repeated='2'><table:table-cell o:value-type='currency' "
        "o:value='56116.857142857' table:number-columns-repeated='2'><text:p>56.116,86 €</text:p>"
        "</table:table-cell><table:table-cell o:value-type='date' o:date-value='2025-03-15T00:00'>"
        "<text:p>15/03/25</text:p></table:table-cell><table:covered-table-cell "
        "o:value-type='percentage' o:value='0.2'><text:p>20 %</text:p></table:covered-table-cell>"
        "<table:table-cell table:number-columns-repeated='16380'/></table:table-row>"
        "<table:table-row table:number-rows-repeated='1048570'><table:table-cell/>"
        "</table:table-row></table:table>"
        "<table:table><table:table-row><table:table-cell><text:p>altro foglio</text:p>"
        "</table:table-cell></table:table-row></table:table>"));
    assert_string_equal(text, "comune\t\t\tdue righe  e altro\n\n\n"
                              "56116.86\t56116.86\t2025-03-15\t0.2\n"
                              "56116.86\t56116.86\t2025-03-15\t0.2\n");
}

/* What our writers write, csv.h reads the same out of the text. */
static void what_we_write_is_read(void **state)
{
    (void)state;
    static const enum doc_format formats[] = {DOC_XLSX, DOC_ODS};
    for (size_t f = 0; f < 2; f++) {
        struct doc *doc = doc_new(&arena, &(struct doc_meta){.title = "Riparto"});
        struct doc_table *table = doc_table(doc, "Riparto");
        struct bytes bytes, text;
        struct err err = {0};
        doc_column(table, "comune", "comune", FIELD_TEXT);
        doc_column(table, "dovuto", "dovuto", FIELD_MONEY);
        doc_column(table, "giorno", "giorno", FIELD_DAY);
        doc_row(table);
        doc_cell_text(table, "=Però «\"Ardesio\"»");
        doc_cell_formula(table, "=1+1", MONEY(11330460));
        doc_cell_day(table, day_of(2025, 3, 15));
        assert_true(doc_draw(doc, formats[f], &arena, &bytes, &err));
        assert_true(sheet_is(bytes));
        assert_true(sheet_to_text(&arena, bytes, 65536, &text, &err));
        struct csv csv;
        struct csv_row row;
        csv_open(&csv, (const char *)text.data, text.size);
        assert_int_equal(csv_next(&csv, &arena, &row), CSV_ROW);
        assert_string_equal(row.cells[1], "dovuto");
        assert_int_equal(csv_next(&csv, &arena, &row), CSV_ROW);
        assert_string_equal(row.cells[0], "=Però «\"Ardesio\"»");
        assert_string_equal(row.cells[1], "113304.6");
        assert_string_equal(row.cells[2], "2025-03-15");
        assert_int_equal(csv_next(&csv, &arena, &row), CSV_END);
    }
}

/* ---- hostile ----------------------------------------------------------------------------------
 */

static void a_bomb_is_not_unpacked(void **state)
{
    (void)state;
    size_t size = (size_t)SHEET_READ_UNPACKED + 4096;
    char *blanks = arena_alloc(&arena, size);
    memset(blanks, ' ', size);
    memcpy(blanks, "<a>", 3);
    const struct part parts[] = {{"xl/workbook.xml", blanks, size}};
    struct bytes file = archive_of(parts, 1);
    assert_true(file.size < 100000);
    check_refused(file, "supera 64 MB");
    check_refused(xlsx_with("<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><worksheet>&b;"
                            "</worksheet>"),
                  "DOCTYPE");
    check_refused(ods_with("<table:table><table:table-row table:number-rows-repeated='2000000000'>"
                           "<table:table-cell><text:p>x</text:p></table:table-cell>"
                           "</table:table-row></table:table>"),
                  "troppe volte");
    check_refused(ods_with("<table:table><table:table-row><table:table-cell "
                           "table:number-columns-repeated='16384'><text:p>x</text:p>"
                           "</table:table-cell></table:table-row></table:table>"),
                  "troppe volte");
    char *line = arena_alloc(&arena, 40001);
    memset(line, 'x', 40000);
    check_refused(ods_with(arena_printf(&arena,
                                        "<table:table><table:table-row "
                                        "table:number-rows-repeated='1000'><table:table-cell>"
                                        "<text:p>%s</text:p></table:table-cell></table:table-row>"
                                        "</table:table>",
                                        line)),
                  "KB di testo");
}

static void a_damaged_file_is_refused(void **state)
{
    (void)state;
    struct bytes good = xlsx_with("<worksheet><row r='1'><c r='A1'><v>1</v></c></row></worksheet>");
    assert_string_equal(read_all(good), "1\n");
    for (size_t size = 0; size < good.size; size += 7) { /* cut short anywhere */
        struct bytes text;
        struct err err = {0};
        assert_false(sheet_to_text(&arena, (struct bytes){good.data, size}, 65536, &text, &err));
        assert_int_equal(err.code, ERR_INPUT);
    }
    check_refused(xlsx_with("<worksheet><row>"), "XML");
    check_refused(xlsx_with("<worksheet><row r='2'><c><v>1</v></c></row><row r='1'><c><v>1</v></c>"
                            "</row></worksheet>"),
                  "ordine");
    check_refused(xlsx_with("<worksheet><row><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>"
                            "</worksheet>"),
                  "ordine");
    check_refused(xlsx_with("<worksheet><row><c r='ZZZZZ1'><v>1</v></c></row></worksheet>"),
                  "oltre la riga");
    check_refused(xlsx_with("<worksheet><row><c r='A1048576'><v>1</v></c></row></worksheet>"),
                  "oltre la riga");
    assert_string_equal(read_all(xlsx_with("<worksheet><row><c t='s'><v>99</v></c><c t='s'><v>x</v>"
                                           "</c><c r=''><v>1</v></c></row></worksheet>")),
                        "\t\t1\n");
    const struct part lone = {"mimetype", "text", 0};
    check_refused(archive_of(&lone, 1), "XLSX o ODS");
    const struct part book = {"xl/workbook.xml", "<workbook/>", 0};
    check_refused(archive_of(&book, 1), "foglio che si veda");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_are_read_as_shown, setup, teardown),
        cmocka_unit_test_setup_teardown(formats_say_what_is_shown, setup, teardown),
        cmocka_unit_test_setup_teardown(a_sheet_of_another_program, setup, teardown),
        cmocka_unit_test_setup_teardown(a_sheet_of_open_document, setup, teardown),
        cmocka_unit_test_setup_teardown(what_we_write_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(a_bomb_is_not_unpacked, setup, teardown),
        cmocka_unit_test_setup_teardown(a_damaged_file_is_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
