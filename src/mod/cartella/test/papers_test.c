/* What the citizen reads of who opened the record. */
#include "base/test/check.h"

#include "mod/cartella/papers_accessi.h"

#include <string.h>

#define DAY (INT64_C(24) * 3600 * 1000000)
#define NOW INT64_C(1741593600000000) /* 10/03/2025 */

static void test_sheet_of_accesses(void **state)
{
    struct audit_row rows[] = {
        {.quando = {NOW},
         .chi = "Carla Bassi",
         .ruolo = "coordinatore",
         .fine = "controllo",
         .azione = "leggi",
         .esito = AUDIT_PERMESSO},
        {.quando = {NOW - 60},
         .chi = "Anna Rossi",
         .ruolo = "assistente",
         .fine = "cura",
         .azione = "leggi",
         .esito = AUDIT_PERMESSO},
        {.quando = {NOW - 90},
         .chi = "Bruno Neri",
         .ruolo = "sportello",
         .fine = "cura",
         .azione = "leggi",
         .esito = AUDIT_NEGATO},
        {.quando = {NOW - 120},
         .chi = "Elisa Riva",
         .ruolo = "assistente",
         .fine = "cura",
         .azione = "leggi",
         .esito = AUDIT_PERMESSO},
        {.quando = {NOW - DAY},
         .chi = "Elisa Riva",
         .ruolo = "assistente",
         .relazione = "emergenza",
         .fine = "cura",
         .azione = "leggi",
         .esito = AUDIT_PERMESSO},
        {.quando = {NOW - 2 * DAY},
         .chi = NULL,
         .ruolo = NULL,
         .fine = NULL,
         .azione = NULL,
         .esito = AUDIT_PERMESSO},
    };
    const struct list list = {.items = rows, .count = sizeof rows / sizeof *rows};
    const struct accessi_foglio what = {"Ambito", "Ranza Rina", 12, {NOW}, &list, true};
    struct arena arena;
    struct bytes text;
    struct err err = {0};
    (void)state;
    arena_init(&arena, 1 << 20);
    assert_true(doc_draw(accessi_foglio(&arena, &what), DOC_TEXT, &arena, &text, &err));
    const char *got = arena_strndup(&arena, (const char *)text.data, text.size);
    static const char *const said[] = {"Ranza Rina",
                                       "10/03/2025",
                                       "Assistente sociale",
                                       "seguire il caso",
                                       "emergenza, poi riesaminata",
                                       "controllo degli accessi",
                                       "più vecchi"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (strstr(got, said[i]) == NULL)
            fail_msg("no %s in %s", said[i], got);
    /* nobody's name, and nothing of who saw nothing */
    static const char *const kept[] = {"Bassi", "Rossi", "Neri", "Riva", "Operatore di sportello"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strstr(got, kept[i]) != NULL)
            fail_msg("%s in %s", kept[i], got);
    /* the same role on the same day to the same end: one line, twice */
    const char *line = strstr(got, "seguire il caso");
    assert_int_equal(strcspn(line, "2"), strcspn(line, "2\n"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sheet_of_accesses)};
    return cmocka_run_group_tests_name("cartella/papers", tests, NULL, NULL);
}
