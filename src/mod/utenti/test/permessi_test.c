/* permessi.tsv is its own golden file: a change of access is one line of it. Here: its form, its
 * laws, and that the program reads of it what a second reader reads. */
#include "base/test/check.h"

#include "mod/utenti/utenti.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 400 };

struct table {
    char text[64 << 10];
    char *cells[LINES][RUOLI];
    size_t count; /* without the heading */
};

static struct table *table_read(void)
{
    struct table *table = calloc(1, sizeof *table);
    char path[512];
    snprintf(path, sizeof path, "%s/src/mod/utenti/permessi.tsv", getenv("ZONALE_SOURCE"));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t size = fread(table->text, 1, sizeof table->text - 1, file);
    fclose(file);
    assert_true(size > 0 && table->text[size - 1] == '\n');
    char *rest = table->text, *line;
    for (size_t row = 0; (line = strsep(&rest, "\n")) != NULL && *line != '\0'; row++) {
        assert_true(row < LINES);
        for (size_t column = 0; column < RUOLI; column++) {
            table->cells[row][column] = strsep(&line, "\t");
            assert_non_null(table->cells[row][column]);
        }
        assert_null(line);
        table->count = row;
    }
    return table;
}

static void the_form_is_right(void **state)
{
    (void)state;
    struct table *table = table_read();
    assert_string_equal(table->cells[0][0], "permesso");
    for (int role = 1; role < RUOLI; role++)
        assert_string_equal(table->cells[0][role], authz_role_name((enum authz_role)role));
    for (size_t row = 1; row <= table->count; row++) {
        char **cells = table->cells[row];
        if (row > 1 && strcmp(table->cells[row - 1][0], cells[0]) >= 0)
            fail_msg("%s non è in ordine", cells[0]);
        assert_non_null(strchr(cells[0], '.'));
        for (size_t column = 1; column < RUOLI; column++)
            if (strcmp(cells[column], "") != 0 && strcmp(cells[column], "x") != 0)
                fail_msg("%s: cella \"%s\"", cells[0], cells[column]);
    }
    free(table);
}

static void the_program_reads_the_same(void **state)
{
    (void)state;
    struct table *table = table_read();
    for (size_t row = 1; row <= table->count; row++)
        for (int role = 0; role < RUOLI; role++) {
            bool want = role > 0 && table->cells[row][role][0] == 'x';
            if (ruolo_permitted((enum authz_role)role, table->cells[row][0]) != want)
                fail_msg("%s %s", table->cells[row][0], authz_role_name((enum authz_role)role));
        }
    free(table);
}

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* What a role must never be given, whatever a room writes into the table. */
static void nobody_gets_what_is_not_his(void **state)
{
    (void)state;
    struct table *table = table_read();
    for (size_t row = 1; row <= table->count; row++) {
        const char *name = table->cells[row][0];
        char **cells = table->cells[row];
        bool content = starts(name, "persone.") || starts(name, "cartella.") ||
                       starts(name, "accesso.") || starts(name, "prestazioni.");
        bool users = starts(name, "utenti.");
        bool log = starts(name, "registro.");
        if (content && (*cells[RUOLO_AMMINISTRATORE] || *cells[RUOLO_REVISORE] ||
                        *cells[RUOLO_SINDACO] || *cells[RUOLO_UFFICIO_PIANO]))
            fail_msg("%s: un ruolo senza contenuti", name);
        if ((starts(name, "cartella.") || starts(name, "persone.")) && *cells[RUOLO_EROGATORE])
            fail_msg("%s: il gestore", name);
        for (size_t role = 1; role < RUOLI; role++) {
            if (users && *cells[role] && role != RUOLO_AMMINISTRATORE)
                fail_msg("%s: solo l’amministratore", name);
            if (log && *cells[role] && role != RUOLO_REVISORE)
                fail_msg("%s: solo il revisore", name);
        }
    }
    free(table);
}

static void what_is_not_in_the_table_is_denied(void **state)
{
    (void)state;
    static const char *const no[] = {"",        "permesso",         "persone", "persone.legg",
                                     "x",       "persone.leggi\tx", "\n",      "cartella.leggi2",
                                     "pubblico"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        for (int role = 0; role < RUOLI; role++)
            assert_false(ruolo_permitted((enum authz_role)role, no[i]));
    assert_false(ruolo_permitted(RUOLI, "tutti"));
    assert_false(ruolo_permitted((enum authz_role) - 1, "tutti"));
    assert_false(ruolo_permitted(RUOLO_NESSUNO, "tutti"));
    assert_true(ruolo_permitted(RUOLO_CITTADINO, "tutti"));
    assert_false(utente_permitted(NULL, "tutti"));
    struct who who = {.ruolo = RUOLO_ASSISTENTE};
    assert_true(utente_permitted(&who, "persone.leggi"));
    who.ruolo = RUOLO_AMMINISTRATORE;
    assert_false(utente_permitted(&who, "persone.leggi"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_is_right),
        cmocka_unit_test(the_program_reads_the_same),
        cmocka_unit_test(nobody_gets_what_is_not_his),
        cmocka_unit_test(what_is_not_in_the_table_is_denied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
