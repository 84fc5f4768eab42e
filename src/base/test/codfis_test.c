#include "base/codfis.h"
#include "base/test/check.h"

#include <string.h>

/* Made-up people; each code is the one that the decree's rules give for the data beside it. */
static const struct {
    struct codfis_person person;
    int year, month, day;
    const char *code;
} people[] = {
    {{"Rossi", "Mario", 'M', {0}, "F205"}, 1980, 1, 1, "RSSMRA80A01F205X"},
    {{"Fo", "Ada", 'F', {0}, "C800"}, 1948, 12, 31, "FOXDAA48T71C800"},
    {{"D’Amèlio", "Nicolò", 'M', {0}, "A383"}, 2003, 2, 28, "DMLNCL03B28A383"},
    {{"Bianchi", "Gianfranco", 'M', {0}, "Z330"}, 1999, 10, 9, "BNCGFR99R09Z330"},
    {{"Aiello", "Maria Teresa", 'F', {0}, "C800"}, 1961, 6, 15, "LLAMTR61H55C800"},
};

static void test_make_and_clash(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        struct codfis_person person = people[i].person;
        char code[CODFIS_SIZE];
        char clean[CODFIS_SIZE];
        int at = -1;
        person.nascita = day_of(people[i].year, people[i].month, people[i].day);
        assert_true(codfis_make(&person, code));
        assert_memory_equal(code, people[i].code, strlen(people[i].code));
        assert_int_equal(codfis_check(code, clean, &at), CODFIS_OK);
        assert_int_equal(codfis_clash(code, &person), 0);
        assert_int_equal(codfis_birth(code, day_of(2026, 11, 21)).n, person.nascita.n);
        struct codfis_person other = person;
        other.sesso = person.sesso == 'M' ? 'F' : 'M';
        assert_int_equal(codfis_clash(code, &other), CODFIS_SESSO);
        other = person;
        other.cognome = "Zuccolotto";
        other.nascita = day_add(person.nascita, -400);
        assert_int_equal(codfis_clash(code, &other), CODFIS_COGNOME | CODFIS_NASCITA);
        other.belfiore = "H501";
        other.nome = "Ugo";
        assert_int_equal(codfis_clash(code, &other),
                         CODFIS_COGNOME | CODFIS_NOME | CODFIS_NASCITA | CODFIS_LUOGO);
    }
}

static void test_omocodia(void **state)
{
    (void)state;
    char code[CODFIS_SIZE];
    char plain[CODFIS_SIZE];
    char clean[CODFIS_SIZE];
    int at = 0;
    codfis_omocodia("RSSMRA80A01F205X", 1, code);
    assert_string_equal(code, "RSSMRA80A01F20RS");
    for (int variant = 1; variant < 128; variant++) {
        codfis_omocodia("RSSMRA80A01F205X", variant, code);
        assert_string_not_equal(code, "RSSMRA80A01F205X");
        assert_int_equal(codfis_check(code, clean, &at), CODFIS_OK);
        codfis_plain(code, plain);
        assert_string_equal(plain, "RSSMRA80A01F205X");
    }
}

static void test_check(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum codfis_state state;
        int at;
    } cases[] = {
        {" rssmra80a01 f205x ", CODFIS_OK, 0},  {"", CODFIS_LENGTH, 0},
        {"RSSMRA80A01F205", CODFIS_LENGTH, 0},  {"RSSMRA80A01F205XX", CODFIS_LENGTH, 0},
        {"RSSMRA80A01F205Y", CODFIS_CHECK, 16}, {"R1SMRA80A01F205X", CODFIS_SHAPE, 2},
        {"RSSMRA80F01F205X", CODFIS_SHAPE, 9},  {"RSSMRA80A00F205X", CODFIS_SHAPE, 10},
        {"RSSMRA80A72F205X", CODFIS_SHAPE, 10}, {"RSSMRA8WA01F205X", CODFIS_SHAPE, 8},
        {"00743110157", CODFIS_OK, 0},          {"00743110158", CODFIS_CHECK, 11},
        {"0074311015A", CODFIS_SHAPE, 11},      {"RSSMRÀ80A01F205", CODFIS_SHAPE, 6},
    };
    char clean[CODFIS_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int at = -1;
        enum codfis_state found = codfis_check(cases[i].code, clean, &at);
        if (found != cases[i].state || at != cases[i].at) {
            fail_msg("%s: %d at %d", cases[i].code, (int)found, at);
        }
    }
}

static void test_make_refuses_what_is_missing(void **state)
{
    (void)state;
    char code[CODFIS_SIZE];
    struct codfis_person whole = {"Rossi", "Mario", 'M', day_of(1980, 1, 1), "F205"};
    struct codfis_person part = whole;
    assert_true(codfis_make(&whole, code));
    part.belfiore = "205F";
    assert_false(codfis_make(&part, code));
    part = whole;
    part.sesso = 0;
    assert_false(codfis_make(&part, code));
    part = whole;
    part.nascita = DAY_NONE;
    assert_false(codfis_make(&part, code));
    part = whole;
    part.nome = "";
    assert_false(codfis_make(&part, code));
}

static void test_iban(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
    } cases[] = {
        {"IT60 X054 2811 1010 0000 0123 456", true},
        {"it60x0542811101000000123456", true},
        {"IT60X0542811101000000123457", false}, /* mod 97 */
        {"IT60X054281110100000012345", false},  /* short */
        {"DE89370400440532013000", true},
        {"GB82WEST12345698765432", true},
        {"GB82WEST1234569876543-", false},
        {"", false},
    };
    char clean[IBAN_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(iban_check(cases[i].text, clean), cases[i].good);
    }
    assert_true(iban_check("IT60 X054 2811 1010 0000 0123 456", clean));
    assert_string_equal(clean, "IT60X0542811101000000123456");
    assert_false(iban_check("IT65A0542811101000000123456", clean)); /* mod 97 right, CIN wrong */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_make_and_clash), cmocka_unit_test(test_omocodia),
        cmocka_unit_test(test_check), cmocka_unit_test(test_make_refuses_what_is_missing),
        cmocka_unit_test(test_iban)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
