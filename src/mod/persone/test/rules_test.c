#include "mod/persone/rules.h"

#include "base/buf.h"
#include "base/test/cases.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1024, LIMIT = 1024 * 1024 };

static void same(const char *in, const char *got, const char *want)
{
    if (strcmp(got, want) != 0)
        fail_msg("%s: got \"%s\", wanted \"%s\"", in, got, want);
}

/* The next piece of `*text` before `mark`, trimmed; NULL for a blank one. */
static const char *piece(struct arena *arena, const char **text, char mark)
{
    const char *end = strchr(*text, mark);
    size_t size = end != NULL ? (size_t)(end - *text) : strlen(*text);
    const char *clean = text_clean(arena, arena_strndup(arena, *text, size), false);
    *text += end != NULL ? size + 1 : size;
    return clean[0] != '\0' ? clean : NULL;
}

static struct day day_piece(struct arena *arena, const char **text, char mark)
{
    const char *typed = piece(arena, text, mark);
    struct day day = DAY_NONE;
    if (typed != NULL)
        assert_true(day_parse(typed, &day));
    return day;
}

static void run_avvisi(struct arena *arena, char *asked, const char *out)
{
    const char *in = asked;
    const char *whole = in;
    struct persona persona = {0};
    persona.cognome = piece(arena, &in, '|');
    persona.nome = piece(arena, &in, '|');
    persona.sesso = piece(arena, &in, '|');
    persona.nascita = day_piece(arena, &in, '|');
    persona.belfiore = piece(arena, &in, '|');
    persona.codfis = piece(arena, &in, '|');
    persona.morte = day_piece(arena, &in, '|');
    struct persona_avviso avvisi[PERSONA_AVVISI];
    size_t count = persona_check(&persona, day_of(2026, 11, 21), avvisi);
    struct buf said;
    buf_init(&said, arena, LINE);
    for (size_t i = 0; i < count; i++)
        buf_printf(&said, "%s%s", i > 0 ? " " : "", avvisi[i].chiave + strlen("persone."));
    same(whole, count > 0 ? said.data : "-", out);
}

static void test_avvisi(void **state)
{
    (void)state;
    cases_arrows("src/mod/persone/test/avvisi.cases", 17, run_avvisi);
}

static struct persona person_piece(struct arena *arena, const char *text)
{
    struct persona persona = {0};
    persona.cognome = piece(arena, &text, ',');
    persona.nome = piece(arena, &text, ',');
    persona.nascita = day_piece(arena, &text, ',');
    persona.codfis = piece(arena, &text, ',');
    persona.telefono = piece(arena, &text, ',');
    return persona;
}

static void run_simili(struct arena *arena, char *asked, const char *out)
{
    const char *in = asked;
    static const char *const names[] = {"codfis",  "nomi",     "scambio", "quasi",
                                        "nascita", "telefono", "omocodia"};
    const char *whole = in;
    struct persona a = person_piece(arena, piece(arena, &in, '|'));
    struct persona b = person_piece(arena, piece(arena, &in, '|'));
    int bits = persona_likeness(arena, &a, &b);
    assert_int_equal(bits, persona_likeness(arena, &b, &a));
    struct buf said;
    buf_init(&said, arena, LINE);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((bits & (1 << i)) != 0)
            buf_printf(&said, "%s%s", said.size > 0 ? " " : "", names[i]);
    same(whole, bits != 0 ? said.data : "-", out);
}

static void test_simili(void **state)
{
    (void)state;
    cases_arrows("src/mod/persone/test/simili.cases", 13, run_simili);
}

static struct persona sexed_piece(struct arena *arena, const char *text)
{
    struct persona persona = {0};
    persona.cognome = piece(arena, &text, ',');
    persona.nome = piece(arena, &text, ',');
    persona.sesso = piece(arena, &text, ',');
    persona.nascita = day_piece(arena, &text, ',');
    persona.codfis = piece(arena, &text, ',');
    persona.telefono = piece(arena, &text, ',');
    return persona;
}

static void run_doppioni(struct arena *arena, char *asked, const char *out)
{
    static const char *const names[DOPPIONE_MOTIVI] = {
        "codfis",   "nomi",     "scambio",       "quasi",        "nascita",
        "telefono", "omocodia", "nascita_quasi", "codfis_altro", "sesso_altro"};
    const char *in = asked;
    struct persona a = sexed_piece(arena, piece(arena, &in, '|'));
    struct persona b = sexed_piece(arena, piece(arena, &in, '|'));
    struct doppione_giudizio judged = doppione_judge(arena, &a, &b);
    struct doppione_giudizio turned = doppione_judge(arena, &b, &a);
    assert_int_equal(judged.punti, turned.punti);
    assert_int_equal(judged.perche, turned.perche);
    struct buf said;
    buf_init(&said, arena, LINE);
    buf_printf(&said, "%d%s", judged.punti, judged.perche == 0 ? " -" : "");
    for (size_t i = 0; i < DOPPIONE_MOTIVI; i++)
        if ((judged.perche & (1 << i)) != 0)
            buf_printf(&said, " %s", names[i]);
    same(asked, said.data, out);
}

static void test_doppioni(void **state)
{
    (void)state;
    cases_arrows("src/mod/persone/test/doppioni.cases", 17, run_doppioni);
}

/* Choosing and taking back: what nobody touched since is as it was, what was corrected stays. */
static void test_merge_and_undo(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, LIMIT);
    struct persona kept = {.cognome = "Rossi",
                           .nome = "Mario",
                           .telefono = "035 1",
                           .nascita = DAY_NONE,
                           .morte = DAY_NONE};
    struct persona other = {.cognome = "Rosi",
                            .nome = "Mario",
                            .email = "m@example.it",
                            .nascita = day_of(1980, 1, 1),
                            .morte = DAY_NONE,
                            .riservata = true};
    bool from_other[FUSIONE_CAMPI] = {false};
    for (int i = 0; i < FUSIONE_CAMPI; i++)
        from_other[i] = strcmp(fusione_campi[i].name, "nascita") == 0 ||
                        strcmp(fusione_campi[i].name, "email") == 0;
    assert_null(fusione_campi[FUSIONE_CAMPI].name);
    struct persona one = fusione_merge(&kept, &other, from_other);
    assert_string_equal(one.cognome, "Rossi");
    assert_string_equal(one.email, "m@example.it");
    assert_int_equal(one.nascita.n, other.nascita.n);
    assert_true(one.riservata);
    struct persona back = fusione_undo(&arena, &kept, &one, &one);
    assert_false(day_known(back.nascita));
    assert_null(back.email);
    assert_false(back.riservata);
    struct persona now = one;
    now.email = "mario@example.it";
    back = fusione_undo(&arena, &kept, &one, &now);
    assert_string_equal(back.email, "mario@example.it");
    assert_false(day_known(back.nascita));
    arena_release(&arena);
}

static void run_ricerca(struct arena *arena, char *asked, const char *out)
{
    const char *in = asked;
    struct persona_ricerca found;
    persona_query(arena, in, &found);
    struct buf said;
    buf_init(&said, arena, LINE);
    buf_printf(&said, "%s ", found.codfis_noto ? found.codfis : "-");
    if (found.numero == INT_NONE)
        buf_text(&said, "- ");
    else
        buf_printf(&said, "%lld ", (long long)found.numero);
    buf_text(&said, found.cifre != NULL ? found.cifre : "-");
    for (size_t i = 0; i < found.count; i++)
        buf_printf(&said, " %s", found.parole[i]);
    if (found.count == 0)
        buf_text(&said, " -");
    same(in, said.data, out);
    assert_int_equal(found.vuota, strcmp(out, "- - - -") == 0);
}

static void test_ricerca(void **state)
{
    (void)state;
    cases_arrows("src/mod/persone/test/ricerca.cases", 12, run_ricerca);
}

static void test_keys(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, LIMIT);
    struct persona person = {.cognome = "De Luca", .nome = "Anna Maria", .telefono = "0039 346.12"};
    struct persona_chiavi keys = persona_keys(&arena, &person);
    assert_string_equal(keys.chiave, "de luca anna maria deluca");
    assert_string_equal(keys.chiave2, "anna maria de luca");
    assert_string_equal(keys.cifre, "34612");
    assert_int_equal(keys.count, 6);
    assert_string_equal(keys.parole[5], "34612");
    person = (struct persona){.cognome = "D’Amèlio", .nome = "Nicolò"};
    keys = persona_keys(&arena, &person);
    assert_string_equal(keys.chiave, "damelio nicolo d amelio");
    assert_null(keys.cifre);
    person = (struct persona){.cognome = "", .nome = NULL, .telefono = "non ha"};
    keys = persona_keys(&arena, &person);
    assert_int_equal(keys.count, 0);
    arena_release(&arena);
}

static void test_keys_are_bounded(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, LIMIT);
    char name[20 * 100 + 1] = "";
    for (int i = 0; i < 100; i++)
        snprintf(name + strlen(name), sizeof name - strlen(name), "parola%d ", i);
    struct persona person = {.cognome = name, .nome = name, .telefono = "12345"};
    struct persona_chiavi keys = persona_keys(&arena, &person);
    assert_int_equal(keys.count, PERSONA_PAROLE);
    assert_string_equal(keys.parole[PERSONA_PAROLE - 1], "12345");
    arena_release(&arena);
}

static void test_complete(void **state)
{
    (void)state;
    struct persona person = {.nascita = DAY_NONE, .codfis = "RSSMRA80A41F205B"};
    char birthplace[5];
    assert_true(persona_complete(&person, day_of(2026, 11, 21), birthplace));
    assert_string_equal(person.belfiore, "F205");
    assert_string_equal(person.sesso, "F");
    assert_int_equal(person.nascita.n, day_of(1980, 1, 1).n);
    struct persona kept = {.sesso = "M",
                           .belfiore = "H501",
                           .nascita = day_of(1981, 2, 3),
                           .codfis = "RSSMRA80A41F205B"};
    assert_false(persona_complete(&kept, day_of(2026, 11, 21), birthplace));
    assert_string_equal(kept.sesso, "M");
    struct persona none = {.nascita = DAY_NONE};
    assert_false(persona_complete(&none, day_of(2026, 11, 21), birthplace));
}

static void test_household(void **state)
{
    (void)state;
    struct componente old[] = {
        {{1}, {10}, {5}, "figlio", day_of(2000, 1, 1), day_of(2020, 1, 1)},
        {{2}, {11}, {6}, "figlio", DAY_NONE, DAY_NONE},
    };
    struct componente fresh = {{0}, {12}, {5}, "intestatario", day_of(2020, 1, 1), DAY_NONE};
    assert_int_equal(componente_clash(old, 2, &fresh), -1);
    fresh.dal = day_of(2019, 12, 31);
    assert_int_equal(componente_clash(old, 2, &fresh), 0);
    fresh.persona = (struct id){6};
    assert_int_equal(componente_clash(old, 2, &fresh), 1);
    fresh.id = (struct id){2};
    assert_int_equal(componente_clash(old, 2, &fresh), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_avvisi),           cmocka_unit_test(test_simili),
        cmocka_unit_test(test_ricerca),          cmocka_unit_test(test_keys),
        cmocka_unit_test(test_keys_are_bounded), cmocka_unit_test(test_complete),
        cmocka_unit_test(test_household),        cmocka_unit_test(test_doppioni),
        cmocka_unit_test(test_merge_and_undo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
