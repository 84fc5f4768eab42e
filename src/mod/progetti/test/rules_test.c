#include "mod/progetti/rules.h"

#include "base/buf.h"
#include "base/test/cases.h"

static const char *piece(struct arena *arena, char **text, char mark)
{
    char *at = *text;
    char *end = strchr(at, mark);
    if (end != NULL)
        *end = '\0';
    *text = end != NULL ? end + 1 : at + strlen(at);
    return text_clean(arena, at, false);
}

static struct day day_of_text(const char *text)
{
    struct day day = DAY_NONE;
    if (text[0] != '\0')
        assert_true(day_parse(text, &day));
    return day;
}

/* ---- moves ---------------------------------------------------------------------------------- */

static const char *const guasti[PROGETTO_GUASTI] = {
    [PROGETTO_OK] = "ok",           [PROGETTO_NON_PREVISTA] = "non_prevista",
    [PROGETTO_MOTIVO] = "motivo",   [PROGETTO_FUTURO] = "futuro",
    [PROGETTO_PRIMA] = "prima",     [PROGETTO_INCOMPLETO] = "incompleto",
    [PROGETTO_FIRME] = "firme",     [PROGETTO_ESITI] = "esiti",
    [PROGETTO_GIA_BOZZA] = "bozza", [PROGETTO_FERMO] = "fermo",
};

static void run_mossa(struct arena *arena, char *line, const char *want)
{
    char *at = line;
    struct progetto_chiesta asked = {.oggi = day_of(2026, 11, 21)};
    asked.da = progetto_stato_parse(piece(arena, &at, '>'));
    asked.a = progetto_stato_parse(piece(arena, &at, '|'));
    const char *facts = piece(arena, &at, '|');
    asked.completo = strstr(facts, "completo") != NULL;
    asked.firmato = strstr(facts, "firmato") != NULL;
    asked.valutato = strstr(facts, "valutato") != NULL;
    asked.motivo = piece(arena, &at, '|');
    asked.giorno = day_of_text(piece(arena, &at, '|'));
    asked.ultima = day_of_text(piece(arena, &at, '|'));
    assert_true(asked.da != PROGETTO_STATI && asked.a != PROGETTO_STATI);
    enum progetto_guasto fault = progetto_mossa_check(&asked);
    if (strcmp(guasti[fault], want) != 0)
        fail_msg("%s > %s: %s, wanted %s", progetto_stato_name(asked.da),
                 progetto_stato_name(asked.a), guasti[fault], want);
}

static void test_moves(void **state)
{
    (void)state;
    cases_arrows("src/mod/progetti/test/mosse.cases", 26, run_mossa);
}

/* No move twice, none to itself, every state is reached, every open one is left, no closed one is.
 */
static void test_the_table_of_moves(void **state)
{
    (void)state;
    bool reached[PROGETTO_STATI] = {[PROGETTO_BOZZA] = true}, left[PROGETTO_STATI] = {false};
    for (size_t i = 0; i < progetto_mosse_count; i++) {
        const struct progetto_mossa *move = &progetto_mosse[i];
        assert_int_not_equal(move->da, move->a);
        reached[move->a] = left[move->da] = true;
        for (size_t j = 0; j < i; j++)
            assert_false(progetto_mosse[j].da == move->da && progetto_mosse[j].a == move->a);
        if (progetto_stato_closed(move->a) && move->label != NULL)
            assert_true(move->motivo);
    }
    for (int i = 0; i < PROGETTO_STATI; i++) {
        enum progetto_stato s = (enum progetto_stato)i;
        assert_true(reached[i]);
        assert_int_equal(left[i], !progetto_stato_closed(s));
        assert_int_equal(progetto_stato_parse(progetto_stato_name(s)), i);
    }
    assert_int_equal(progetto_stato_parse("volato"), PROGETTO_STATI);
    assert_int_equal(progetto_stato_parse(NULL), PROGETTO_STATI);
}

/* ---- signatures ----------------------------------------------------------------------------- */

static void run_firma(struct arena *arena, char *line, const char *want)
{
    char *at = line;
    struct buf got;
    unsigned all = 0;
    struct firma_caso caso = {.tipo = progetto_tipo_parse(piece(arena, &at, '|'))};
    const char *who = piece(arena, &at, '|');
    assert_int_not_equal(caso.tipo, PROGETTO_TIPI);
    caso.tutelata = strstr(who, "tutelata") != NULL;
    caso.minore = strstr(who, "minore") != NULL;
    buf_init(&got, arena, 1000);
    for (int i = 0; i < FIRMA_RUOLI; i++)
        if (firma_required(&caso, (enum firma_ruolo)i)) {
            buf_printf(&got, "%s%s", got.size > 0 ? " " : "", firma_ruolo_name(i));
            all |= 1u << i;
        }
    assert_string_equal(got.data, want);
    assert_true(firme_complete(&caso, all));
    assert_true(firme_complete(&caso, ~0u));
    for (int i = 0; i < FIRMA_RUOLI; i++) /* each of them counts */
        if ((all >> i & 1) != 0)
            assert_false(firme_complete(&caso, all & ~(1u << i)));
}

static void test_signatures(void **state)
{
    (void)state;
    cases_arrows("src/mod/progetti/test/firme.cases", 12, run_firma);
}

/* ---- costs ---------------------------------------------------------------------------------- */

static struct money money_of(const char *text)
{
    struct money amount = MONEY_INVALID;
    if (text[0] != '\0')
        assert_true(money_parse(text, &amount));
    return amount;
}

static void run_costo(struct arena *arena, char *line, const char *want)
{
    char *at = line;
    struct costo costo = {.che_cosa = "Assistenza", .importo = money_of(piece(arena, &at, '|'))};
    char *sources = arena_strdup(arena, piece(arena, &at, '|'));
    char *family = arena_strdup(arena, piece(arena, &at, '|'));
    struct progetto_rifiuti faults = {.arena = arena};
    while (*(sources += strspn(sources, " ,")) != '\0') {
        struct costo_fonte *fonte = &costo.fonti[costo.fonti_count++];
        fonte->chi = piece(arena, &sources, ' ');
        char *amount = sources;
        while (*sources != '\0' && strncmp(sources, ", ", 2) != 0)
            sources++;
        fonte->importo = money_of(arena_strndup(arena, amount, (size_t)(sources - amount)));
    }
    assert_memory_equal(family, "famiglia", strlen("famiglia"));
    costo.famiglia = money_of(text_clean(arena, family + strlen("famiglia"), false));
    costo_check(&costo, &faults);
    const char *got = faults.count == 0 ? "ok" : faults.items[0].campo;
    if (strcmp(got, want) != 0)
        fail_msg("%s: %s, wanted %s", line, got, want);
}

static void test_costs(void **state)
{
    (void)state;
    cases_arrows("src/mod/progetti/test/costi.cases", 17, run_costo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_the_table_of_moves),
        cmocka_unit_test(test_signatures),
        cmocka_unit_test(test_costs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
