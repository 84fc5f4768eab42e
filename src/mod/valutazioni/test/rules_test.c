/* Forms as text, and scores from answers. */
#include "base/buf.h"
#include "base/test/cases.h"
#include "mod/valutazioni/rules.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct scheda_regole *form_of(const char *text, size_t size, struct scheda_faults **faults)
{
    struct scheda_regole *scheda = ARENA_NEW(&arena, struct scheda_regole);
    *faults = ARENA_NEW(&arena, struct scheda_faults);
    scheda_read(&arena, arena_strndup(&arena, text, size), size, scheda, *faults);
    return scheda;
}

static struct scheda_regole *sound(const char *name, const char *text, size_t size)
{
    struct scheda_faults *faults;
    struct scheda_regole *scheda = form_of(text, size, &faults);
    if (faults->count > 0)
        fail_msg("%s:%ld: %s: %s", name, faults->items[0].line, faults->items[0].column,
                 faults->items[0].text);
    return scheda;
}

static struct scheda_regole *shipped(const char *name)
{
    char path[128];
    size_t size;
    snprintf(path, sizeof path, "src/mod/valutazioni/schede/scheda_%s.tsv", name);
    char *text = test_file(path, &size);
    struct scheda_regole *scheda = sound(path, text, size);
    free(text);
    assert_string_equal(scheda->codice, name);
    return scheda;
}

/* ---- scores ------------------------------------------------------------------------------------
 */

static void answer(const struct scheda_regole *scheda, struct risposte *risposte, char *word)
{
    char *value = strchr(word, '=');
    if (value == NULL)
        return;
    *value++ = '\0';
    for (size_t i = 0; i < scheda->voci_count; i++)
        if (strcmp(scheda->voci[i].codice, word) == 0)
            risposte->items[i] = value;
}

static const char *said(const struct scheda_totale *totale, const struct punteggio *p)
{
    char text[PUNTI_TEXT];
    if (!p->completo)
        return arena_printf(&arena, "%s=manca %zu", totale->codice, p->mancano);
    if (p->escluso)
        return arena_printf(&arena, "%s=escluso", totale->codice);
    return arena_printf(&arena, "%s=%s|%s", totale->codice, punti_it(p->centesimi, text),
                        p->fascia != NULL ? p->fascia : "-");
}

static void one_score(struct test_case *c)
{
    struct risposte risposte = {{NULL}}, again;
    struct esito esito;
    struct buf found;
    char *rest = NULL;
    const struct scheda_regole *scheda = shipped(strtok_r(c->lines[0], " ", &rest));
    for (char *word; (word = strtok_r(NULL, " ", &rest)) != NULL;)
        answer(scheda, &risposte, word);
    risposte_read(&arena, scheda, risposte_text(&arena, scheda, &risposte), &again);
    scheda_score(scheda, &again, &esito);
    buf_init(&found, &arena, 4000);
    for (size_t i = 0; i < scheda->totali_count; i++) {
        buf_text(&found, i > 0 ? " " : "");
        buf_text(&found, said(&scheda->totali[i], &esito.totali[i]));
    }
    if (strcmp(found.data, c->lines[1]) != 0)
        case_fail(c, "%s, not %s", found.data, c->lines[1]);
}

static void scores_are_those_of_the_cases(void **state)
{
    (void)state;
    cases_run("src/mod/valutazioni/test/punteggi.cases", 2, 17, one_score);
}

/* ---- faults ------------------------------------------------------------------------------------
 */

static void one_fault(struct test_case *c)
{
    struct scheda_faults *faults;
    struct buf text;
    buf_init(&text, &arena, 4000);
    for (const char *p = c->lines[0]; *p != '\0'; p++) {
        bool end = p[0] == '\\' && p[1] == 'n';
        buf_char(&text, end ? '\n' : *p == '|' ? '\t' : *p);
        p += end;
    }
    form_of(text.data, text.size, &faults);
    if (faults->count == 0) {
        case_fail(c, "no fault");
        return;
    }
    char *line = c->lines[1], *column = strchr(line, '|'), *words = strchr(column + 1, '|');
    const char *found =
        arena_printf(&arena, "%ld|%s|", faults->items[0].line, faults->items[0].column);
    if (strncmp(found, line, (size_t)(words + 1 - line)) != 0 ||
        strstr(faults->items[0].text, words + 1) == NULL)
        case_fail(c, "%s%s", found, faults->items[0].text);
}

static void faults_name_line_and_column(void **state)
{
    (void)state;
    cases_run("src/mod/valutazioni/test/guasti.cases", 2, 23, one_fault);
}

static void what_is_too_much_is_refused(void **state)
{
    (void)state;
    struct scheda_faults *faults;
    struct buf text;
    buf_init(&text, &arena, 1 << 20);
    buf_text(&text, "scheda\tprova\ntitolo\tProva\n");
    for (int i = 0; i <= SCHEDA_VOCI; i++)
        buf_printf(&text, "testo\tv%d\tParole\n", i);
    form_of(text.data, text.size, &faults);
    assert_int_equal(faults->count, 1);
    assert_int_equal(faults->items[0].line, SCHEDA_VOCI + 3);
    for (int i = 0; i < 30000; i++)
        buf_text(&text, "parola\tin più\n");
    form_of(text.data, text.size, &faults);
    assert_int_equal(faults->count, 1);
    assert_string_equal(faults->items[0].text, "il testo supera 256 KB");
    form_of(text.data, SCHEDA_SIZE, &faults);
    assert_int_equal(faults->count, SCHEDA_FAULTS);
    form_of("", 0, &faults);
    assert_int_equal(faults->count, 1);
}

/* ---- the shipped forms, the examples of the document
 * --------------------------------------------- */

static void ranges_are_those_of_the_scales(void **state)
{
    (void)state;
    assert_int_equal(shipped("adl")->totali[0].minimo, 0);
    assert_int_equal(shipped("adl")->totali[0].massimo, 600);
    assert_int_equal(shipped("iadl")->totali[0].massimo, 800);
    assert_int_equal(shipped("sociale")->totali[0].massimo, 400);
    assert_int_equal(shipped("progetto")->totali[0].massimo, 400);
}

/* Each block of the document that begins with the word "scheda" is a form. */
static void the_documents_examples_are_read(void **state)
{
    (void)state;
    size_t size, count = 0;
    char *text = test_file("docs/formati/scheda.md", &size);
    const char *fence = "```\nscheda\t";
    for (char *at = text; (at = strstr(at, fence)) != NULL; count++) {
        char *end = strstr(at + 4, "```");
        assert_non_null(end);
        sound("docs/formati/scheda.md", at + 4, (size_t)(end - at - 4));
        at = end;
    }
    free(text);
    assert_int_equal(count, 2);
}

static void spreadsheets_of_the_office_are_read(void **state)
{
    (void)state;
    const char *text = "\xef\xbb\xbf# una nota\r\n"
                       "scheda;prova\r\ntitolo;\"Prova; con un segno\"\r\n"
                       "voce;a;Quanto?;0,5\r\nscelta;2;Molto\r\nscelta;-;Niente da dire\r\n"
                       "totale;t;Totale;somma\r\n";
    struct scheda_faults *faults;
    const struct scheda_regole *scheda = form_of(text + 3, strlen(text) - 3, &faults);
    struct risposte risposte = {{"1"}};
    struct esito esito;
    assert_int_equal(faults->count, 0);
    assert_string_equal(scheda->titolo, "Prova; con un segno");
    scheda_score(scheda, &risposte, &esito);
    assert_int_equal(esito.totali[0].centesimi, 100);
    assert_int_equal(scheda->totali[0].minimo, 0);
    form_of(text, strlen(text), &faults);
    assert_int_equal(faults->count, 0);
}

/* ---- answers ------------------------------------------------------------------------------------
 */

static void free_answers_come_back_as_they_were(void **state)
{
    (void)state;
    const struct scheda_regole *scheda = shipped("progetto");
    struct risposte risposte = {{NULL}}, again;
    const char *hostile = "due righe\ne una barra \\n\te un segno \\";
    risposte.items[scheda->voci_count - 1] = hostile;
    risposte.items[0] = "3";
    risposte_read(&arena, scheda, risposte_text(&arena, scheda, &risposte), &again);
    assert_string_equal(again.items[scheda->voci_count - 1], hostile);
    assert_string_equal(again.items[0], "3");
    assert_null(again.items[1]);
    risposte_read(&arena, scheda, "autonomia\nsconosciuta\t1\n\t2\n\nabitare\t", &again);
    assert_null(again.items[0]);
    assert_string_equal(again.items[1], "");
}

static void numbers_are_checked(void **state)
{
    (void)state;
    const struct scheda_voce voce = {.tipo = VOCE_NUMERO, .minimo = 100, .massimo = 2000};
    assert_int_equal(risposta_check(&voce, NULL), RISPOSTA_OK);
    assert_int_equal(risposta_check(&voce, "1"), RISPOSTA_OK);
    assert_int_equal(risposta_check(&voce, "19,99"), RISPOSTA_OK);
    assert_int_equal(risposta_check(&voce, "20,01"), RISPOSTA_FUORI);
    assert_int_equal(risposta_check(&voce, "0"), RISPOSTA_FUORI);
    assert_int_equal(risposta_check(&voce, "due"), RISPOSTA_CIFRA);
    assert_int_equal(risposta_check(&voce, "1,"), RISPOSTA_CIFRA);
    assert_int_equal(risposta_check(&voce, "1,2,3"), RISPOSTA_CIFRA);
    assert_int_equal(risposta_check(&voce, "9999999999999999999"), RISPOSTA_CIFRA);
}

static void points_are_read_and_written(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {{"0", "0"},   {"7,5", "7,5"},   {"7.50", "7,5"},  {"0,05", "0,05"},
                 {"-1", "-1"}, {"-0,5", "-0,5"}, {"1000", "1000"}, {"007", "7"}};
    static const char *const wrong[] = {"", "-", ",5", "1,234", "1000,01", "+1", "1 ", "--1"};
    char text[PUNTI_TEXT];
    int64_t value;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(punti_parse(cases[i].in, &value));
        assert_string_equal(punti_it(value, text), cases[i].out);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(punti_parse(wrong[i], &value));
    assert_string_equal(punti_it(INT_NONE, text), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_those_of_the_cases),
        cmocka_unit_test(faults_name_line_and_column),
        cmocka_unit_test(what_is_too_much_is_refused),
        cmocka_unit_test(ranges_are_those_of_the_scales),
        cmocka_unit_test(the_documents_examples_are_read),
        cmocka_unit_test(spreadsheets_of_the_office_are_read),
        cmocka_unit_test(free_answers_come_back_as_they_were),
        cmocka_unit_test(numbers_are_checked),
        cmocka_unit_test(points_are_read_and_written),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
