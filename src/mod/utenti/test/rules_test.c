#include "base/test/check.h"

#include "mod/utenti/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- passwords: password.cases ----------------------------------------------------------- */

static const char *const fault_names[] = {
    [PASSWORD_GOOD] = "buona",    [PASSWORD_SHORT] = "corta",     [PASSWORD_LONG] = "lunga",
    [PASSWORD_COMMON] = "comune", [PASSWORD_SIMPLE] = "semplice", [PASSWORD_NAME] = "nome"};

static FILE *cases_open(const char *name)
{
    char path[512];
    assert_non_null(getenv("ZONALE_SOURCE"));
    snprintf(path, sizeof path, "%s/src/mod/utenti/test/%s", getenv("ZONALE_SOURCE"), name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    return file;
}

static void passwords_are_judged(void **state)
{
    (void)state;
    FILE *file = cases_open("password.cases");
    char line[1024];
    int count = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        char *rest = line, *want = strsep(&rest, "\t"), *nome = strsep(&rest, "\t");
        char *intestazione = strsep(&rest, "\t"), *password = rest;
        assert_non_null(password);
        struct arena arena;
        arena_init(&arena, 1 << 20);
        enum password_fault fault = password_judge(&arena, password, nome, intestazione);
        if (strcmp(fault_names[fault], want) != 0)
            fail_msg("%s: %s, atteso %s", password, fault_names[fault], want);
        assert_true((fault == PASSWORD_GOOD) == (password_fault_text(fault) == NULL));
        arena_release(&arena);
        count++;
    }
    fclose(file);
    assert_true(count > 25);
}

static void lengths_are_counted_in_characters(void **state)
{
    (void)state;
    struct arena arena;
    char text[1024] = "";
    arena_init(&arena, 1 << 20);
    /* 11 accented letters are 22 bytes and too short */
    assert_int_equal(password_judge(&arena, "èéìòùàçéèòù", NULL, NULL), PASSWORD_SHORT);
    assert_int_equal(password_judge(&arena, "", NULL, NULL), PASSWORD_SHORT);
    for (int i = 0; i < 200; i++)
        text[i] = (char)('a' + i * 7 % 26);
    assert_int_equal(password_judge(&arena, text, NULL, NULL), PASSWORD_GOOD);
    strcat(text, "x");
    assert_int_equal(password_judge(&arena, text, NULL, NULL), PASSWORD_LONG);
    arena_release(&arena);
}

static void accounts_have_plain_names(void **state)
{
    (void)state;
    static const char *const good[] = {"anna.rossi", "abc", "a-b", "m.rossi2", "ufficiopiano"};
    static const char *const bad[] = {"",      "ab",   "Anna", "anna rossi", "1anna", ".anna",
                                      "anna.", "annà", "a/b",  "anna\n",     "a'b--", "<script>"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(account_valid(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(account_valid(bad[i]));
    char longest[ACCOUNT_MOST + 2];
    memset(longest, 'a', sizeof longest);
    longest[ACCOUNT_MOST + 1] = '\0';
    assert_false(account_valid(longest));
    longest[ACCOUNT_MOST] = '\0';
    assert_true(account_valid(longest));
}

/* ---- waits ------------------------------------------------------------------------------ */

static void waits_grow_and_are_capped(void **state)
{
    (void)state;
    static const int want[] = {0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300};
    for (int i = 0; i < (int)(sizeof want / sizeof *want); i++)
        assert_int_equal(wait_account(i), want[i]);
    assert_int_equal(wait_account(1000000), WAIT_ACCOUNT_CAP);
    assert_int_equal(wait_account(INT64_MAX), WAIT_ACCOUNT_CAP);
    assert_int_equal(wait_network(19), 0);
    assert_int_equal(wait_network(20), 1);
    assert_int_equal(wait_network(31), 900);
    assert_int_equal(wait_network(INT64_MAX), WAIT_NET_CAP);
}

static void a_wait_ends(void **state)
{
    (void)state;
    struct instant last = {INT64_C(1741593600000000)};
    assert_int_equal(wait_left(8, last, last), 8);
    assert_int_equal(wait_left(8, last, (struct instant){last.us + 7999999}), 1);
    assert_int_equal(wait_left(8, last, (struct instant){last.us + 8000000}), 0);
    assert_int_equal(wait_left(0, last, last), 0);
    /* a clock set back a day does not make it longer */
    assert_int_equal(wait_left(8, last, (struct instant){last.us - INT64_C(86400000000)}), 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passwords_are_judged),
        cmocka_unit_test(lengths_are_counted_in_characters),
        cmocka_unit_test(accounts_have_plain_names),
        cmocka_unit_test(waits_grow_and_are_capped),
        cmocka_unit_test(a_wait_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
