#include "base/test/cases.h"
#include "mod/riparto/rules.h"

enum { ARGUMENTS = 4, WORD = 32 };

static struct money money_of(const char *text)
{
    struct money amount = MONEY_INVALID;
    if (!money_parse_machine(text, &amount))
        fail_msg("no amount: %s", text);
    return amount;
}

static struct rate rate_from(const char *text)
{
    struct rate rate = RATE(0, 0);
    if (!rate_parse(text, &rate))
        fail_msg("no share: %s", text);
    return rate;
}

static enum riparto_esito run(const char *method, char (*at)[WORD], struct money *due)
{
    if (strcmp(method, "mesi") == 0)
        return mesi_compute(money_of(at[0]), atoi(at[1]), money_of(at[2]).cents, due);
    if (strcmp(method, "ore") == 0)
        return ore_compute(money_of(at[0]).cents, atoi(at[1]), money_of(at[2]), rate_from(at[3]),
                           due);
    if (strcmp(method, "unita") == 0)
        return unita_compute(money_of(at[0]), money_of(at[1]).cents, money_of(at[2]), due);
    if (strcmp(method, "costo") == 0)
        return costo_compute(money_of(at[0]), rate_from(at[1]), due);
    if (strcmp(method, "tetto") == 0)
        return tetto_check(money_of(at[0]), money_of(at[1]), rate_from(at[2]), due);
    assert_string_equal(method, "percento");
    *due = MONEY(riparto_percento(money_of(at[0]), money_of(at[1])));
    return RIPARTO_OK;
}

static void one_case(struct test_case *c)
{
    static const char *const words[RIPARTO_ESITI] = {
        [RIPARTO_NEGATIVO] = "negativo", [RIPARTO_SMISURATO] = "smisurato",
        [RIPARTO_PERCENTO] = "percento", [RIPARTO_MESI] = "mesi",
        [RIPARTO_TETTO] = "tetto",
    };
    char method[WORD], at[ARGUMENTS][WORD] = {{0}}, text[MONEY_TEXT];
    struct money due = MONEY(0);
    if (sscanf(c->lines[0], "%31s %31s %31s %31s %31s", method, at[0], at[1], at[2], at[3]) < 3) {
        case_fail(c, "too few words");
        return;
    }
    enum riparto_esito esito = run(method, at, &due);
    const char *found = esito == RIPARTO_OK ? money_machine(due, text) : words[esito];
    if (found == NULL || strcmp(found, c->lines[1]) != 0)
        case_fail(c, "%s gives %s, not %s", c->lines[0], found != NULL ? found : "?", c->lines[1]);
}

static void amounts_are_those_of_the_cases(void **state)
{
    (void)state;
    cases_run("src/mod/riparto/test/metodi.cases", 2, 45, one_case);
}

/* Whatever the figures, an amount that does not fit is an outcome and not a wrap. */
static void huge_figures_are_refused(void **state)
{
    (void)state;
    struct money due;
    assert_int_equal(ore_compute(INT64_C(1) << 40, 53, MONEY(INT64_MAX), RATE(0, 1), &due),
                     RIPARTO_SMISURATO);
    assert_int_equal(unita_compute(MONEY(INT64_MAX), 100, MONEY(1), &due), RIPARTO_SMISURATO);
    assert_int_equal(unita_compute(MONEY(0), INT64_MAX, MONEY(1), &due), RIPARTO_SMISURATO);
    assert_int_equal(mesi_compute(MONEY_INVALID, 1, STEP_CENT, &due), RIPARTO_SMISURATO);
    assert_int_equal(costo_compute(MONEY(1), RATE(1, 0), &due), RIPARTO_PERCENTO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_those_of_the_cases),
        cmocka_unit_test(huge_figures_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
