#include "base/buf.h"
#include "base/field.h"
#include "base/test/check.h"
#include "base/text.h"

#include <string.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void test_valid(void **state)
{
    (void)state;
    assert_true(text_valid("perché", 7));
    assert_false(text_valid("a\0b", 3));
    assert_false(text_valid("\xc3", 1));             /* cut */
    assert_false(text_valid("\xc0\xaf", 2));         /* over-long */
    assert_false(text_valid("\xed\xa0\x80", 3));     /* surrogate */
    assert_false(text_valid("\xf4\x90\x80\x80", 4)); /* beyond the last */
    assert_int_equal(text_length("perché"), 6);
}

static void test_clean(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        const char *to;
        bool lines;
    } cases[] = {
        {"  Maria \t Rosa  ", "Maria Rosa", false},
        {"Nicolo\xcc\x80", "Nicolò", false}, /* composed */
        {"a\r\nb", "a\nb", true},
        {"a\n\n\n\nb\n", "a\n\nb", true},
        {"a\nb", "a b", false},
        {"a\x01\x7f"
         "b",
         "ab", false},
        {"\xe2\x80\xae"
         "ab",
         "ab", false}, /* right-to-left override */
        {"", "", false},
        {" \n ", "", true},
        {"\xc2\xa0x\xe2\x80\x83y", "x y", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(text_clean(&arena, cases[i].from, cases[i].lines), cases[i].to);
    }
}

static void test_hidden(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool hidden;
    } cases[] = {
        {"", false},
        {"Maria Rosa", false},
        {" Nicolò\tD’Amèlio \r\n", false}, /* pasted with what stood around it */
        {"\nMaria", false},
        {"Mar\xc2\xa0ia", false},
        {"Maria\nRosa", true},
        {"Maria\r\nSet-Cookie: a", true},
        {"Maria\xe2\x80\xa9Rosa", true}, /* paragraph separator */
        {"Mar\xe2\x80\xaeia", true},     /* right-to-left override */
        {"Maria\xe2\x80\xac", true},     /* end of it, at the end */
        {"Mar\xe2\x80\x8bia", true},     /* zero width space */
        {"Mar\xe2\x81\xa6ia", true},     /* isolate */
        {"\xef\xbb\xbfMaria", true},     /* byte order mark */
        {"Mar\xc2\xadia", true},         /* soft hyphen */
        {"\xe3\x85\xa4", true},          /* a filler that looks like nothing */
        {"a\xf3\xa0\x81\x81", true},     /* tag */
        {"Mar\x1b[31mia", true},
        {"Mar\x7fia", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (text_hidden(cases[i].text) != cases[i].hidden)
            fail_msg("case %zu: %s", i, cases[i].text);
        assert_false(text_hidden(text_clean(&arena, cases[i].text, false)));
    }
}

static void test_fold(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"D’Amèlio  NICOLÒ", "damelio nicolo"},
        {"Straße", "strasse"},
        {"Đorđević", "dordevic"},
        {"Łukasz Ørsted", "lukasz orsted"},
        {"ÀÈÌÒÙ", "aeiou"},
        {"Anne-Marie", "annemarie"},
        {"  (Rossi, M.) ", "rossi m"},
        {"345/12 34 567", "345 12 34 567"},
        {"ﬁore", "fiore"},
        {"Иванов", "иванов"},
        {"«Ça» € ×", "ca"},
        {"", ""},
        {"'-", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(text_fold(&arena, cases[i][0]), cases[i][1]);
    }
    const char *words[3];
    assert_int_equal(text_words(&arena, "uno due tre quattro", words, 3), 3);
    assert_string_equal(words[2], "tre");
    assert_int_equal(text_words(&arena, "", words, 3), 0);
}

static void test_fold_is_stable(void **state)
{
    (void)state;
    unsigned seed = 1;
    for (int round = 0; round < 2000; round++) {
        char text[64];
        size_t size = 0;
        while (size < 40) {
            static const char *const bits[] = {"à", "É", "x", " ", "'", "ß", "9", "-", "ñ", "."};
            seed = seed * 1103515245u + 12345u;
            const char *bit = bits[(seed >> 16) % 10];
            memcpy(text + size, bit, strlen(bit));
            size += strlen(bit);
        }
        text[size] = '\0';
        const char *once = text_fold(&arena, text);
        assert_string_equal(text_fold(&arena, once), once);
        arena_release(&arena);
    }
}

static void test_distance(void **state)
{
    (void)state;
    assert_int_equal(text_distance("serve", "serve", 3), 0);
    assert_int_equal(text_distance("srve", "serve", 3), 1);
    assert_int_equal(text_distance("rete", "rette", 3), 1);
    assert_int_equal(text_distance("abc", "xyz", 2), 3);
    assert_int_equal(text_distance("", "abc", 9), 3);
}

static void test_buf(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, &arena, 1000);
    for (int i = 0; i < 300; i++) {
        buf_printf(&buf, "%d", i % 10);
    }
    assert_int_equal(buf.size, 300);
    assert_int_equal(strlen(buf.data), 300);
    assert_false(buf.full);
    for (int i = 0; i < 300; i++) {
        buf_text(&buf, "abc");
    }
    assert_true(buf.full);
    assert_true(buf.size <= 1000);
    size_t size = buf.size;
    buf_char(&buf, 'x'); /* what is full stays full */
    assert_int_equal(buf.size, size);
}

static void test_id(void **state)
{
    (void)state;
    char text[ID_TEXT];
    struct id id = ID_NONE;
    static const int64_t values[] = {1, 31, 32, INT64_MAX, 7526349823749823};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        id_text((struct id){values[i]}, text);
        assert_int_equal(strlen(text), 13);
        assert_true(id_parse(text, &id));
        assert_true(id.n == values[i]);
    }
    assert_string_equal(id_text(ID_NONE, text), "");
    static const char *const bad[] = {"",
                                      "0000000000000",
                                      "000000000000O",
                                      "000000000000A",
                                      "zzzzzzzzzzzzz",
                                      "00000000000001",
                                      "000000000001",
                                      "00000000000 1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(id_parse(bad[i], &id));
    }
}

struct cosa {
    struct id id;
    int64_t numero;
    bool si;
    const char *testo;
    struct money importo;
    struct rate quota;
    struct day giorno;
    struct instant quando;
    struct minutes durata;
    struct bytes dati;
};
static const struct field cosa_fields[] = {FIELD(cosa, id),
                                           FIELD(cosa, numero),
                                           FIELD(cosa, si),
                                           FIELD(cosa, testo),
                                           FIELD(cosa, importo),
                                           FIELD(cosa, quota),
                                           FIELD(cosa, giorno),
                                           FIELD(cosa, quando),
                                           FIELD(cosa, durata),
                                           FIELD(cosa, dati),
                                           FIELD_END};

static void test_field(void **state)
{
    (void)state;
    struct cosa cosa;
    field_blank(cosa_fields, &cosa);
    for (const struct field *f = cosa_fields; f->name; f++) {
        assert_int_equal(field_known(f, &cosa), f->type == FIELD_BOOL);
        assert_string_equal(field_it(&arena, f, &cosa), f->type == FIELD_BOOL ? "no" : "");
    }
    static const char *const typed[][3] = {
        /* field, typed, as shown to machines */
        {"numero", "-42", "-42"},    {"si", "sì", "1"},
        {"testo", "è", "è"},         {"importo", "1.430.038,80", "1430038.80"},
        {"quota", "17/94", "17/94"}, {"giorno", "5/3/2026", "2026-03-05"},
        {"durata", "2,5", "150"},
    };
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        const struct field *f = field_find(cosa_fields, typed[i][0]);
        assert_non_null(f);
        assert_true(field_set_it(&arena, f, &cosa, typed[i][1]));
        assert_string_equal(field_machine(&arena, f, &cosa), typed[i][2]);
        struct cosa again;
        assert_true(field_set_machine(&arena, f, &again, typed[i][2]));
        assert_string_equal(field_it(&arena, f, &again), field_it(&arena, f, &cosa));
        assert_true(field_set_it(&arena, f, &cosa, ""));
        assert_int_equal(field_known(f, &cosa), f->type == FIELD_BOOL);
    }
    assert_false(field_set_it(&arena, field_find(cosa_fields, "numero"), &cosa, "12x"));
    assert_false(field_set_it(&arena, field_find(cosa_fields, "numero"), &cosa, " 12"));
    assert_false(field_set_it(&arena, field_find(cosa_fields, "giorno"), &cosa, "31/02/2026"));
    assert_false(field_set_it(&arena, field_find(cosa_fields, "si"), &cosa, "forse"));
    assert_null(field_find(cosa_fields, "altro"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_valid, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clean, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hidden, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fold, setup, teardown),
        cmocka_unit_test_setup_teardown(test_fold_is_stable, setup, teardown),
        cmocka_unit_test_setup_teardown(test_distance, setup, teardown),
        cmocka_unit_test_setup_teardown(test_buf, setup, teardown),
        cmocka_unit_test_setup_teardown(test_id, setup, teardown),
        cmocka_unit_test_setup_teardown(test_field, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
