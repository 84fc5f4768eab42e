#include "base/test/check.h"

#include "app/place.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void settings_are_read(void **state)
{
    struct settings set;
    struct arena arena;
    struct err err = {0};

    (void)state;
    arena_init(&arena, 1 << 24);
    assert_true(settings_parse(&set, &arena, "z.conf",
                               "# nota\n\n porta = 9000\nindirizzo=127.0.0.2\r\n"
                               "url_pubblico = https://zonale.example/?a=b\n",
                               &err));
    assert_int_equal(set.porta, 9000);
    assert_string_equal(set.indirizzo, "127.0.0.2");
    assert_string_equal(set.url_pubblico, "https://zonale.example/?a=b");
    assert_true(set.fili == INT_NONE);
    assert_null(set.database);
    arena_release(&arena);
}

static void bad_settings_name_their_line(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"porta\n", "z.conf, riga 1: si aspetta nome = valore"},
        {"\nporto = 1\n", "z.conf, riga 2: impostazione sconosciuta"},
        {"porta = alta\n", "z.conf, riga 1: valore non valido"},
        {"porta = 70000\n", "z.conf: porta fuori da 0-65535"},
        {"porta = -1\n", "z.conf: porta fuori da 0-65535"},
        {"fili = 0\n", "z.conf: fili fuori da 1-64"},
        {"chiave = \xFF\n", "z.conf: non è un file di impostazioni"},
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, 1 << 24);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct settings set;
        struct err err = {0};

        assert_false(settings_parse(&set, &arena, "z.conf", cases[i].text, &err));
        assert_int_equal(err.code, ERR_INPUT);
        assert_string_equal(err.text, cases[i].want);
    }
    arena_release(&arena);
}

/* A scratch folder as home of data and keys. */
struct scratch {
    char folder[64], dati[80];
    struct arena arena;
    struct err err;
};

static void scratch_open(struct scratch *s)
{
    memset(s, 0, sizeof *s);
    snprintf(s->folder, sizeof s->folder, "/tmp/place-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    snprintf(s->dati, sizeof s->dati, "%s/a/dati", s->folder);
    setenv("XDG_CONFIG_HOME", s->folder, 1);
    arena_init(&s->arena, 1 << 24);
}

static void scratch_close(struct scratch *s)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", s->folder);
    assert_int_equal(system(command), 0);
    arena_release(&s->arena);
}

static void a_place_is_made_once(void **state)
{
    struct cli_place asked = {0};
    struct place place, again;
    struct scratch s;
    struct stat info;

    (void)state;
    scratch_open(&s);
    asked.dati = s.dati;
    assert_true(place_find(&place, &s.arena, &asked, &s.err));
    assert_false(place_ready(&place));
    assert_true(place_make(&place, &s.arena, &asked, &s.err));
    assert_int_equal(stat(s.dati, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(stat(place.config, &info), 0);
    assert_null(strstr(place.key, s.dati)); /* the key is elsewhere */

    /* what was written stays, and names the same key after the folder has moved */
    char moved[96];
    snprintf(moved, sizeof moved, "%s/b", s.folder);
    assert_int_equal(rename(s.dati, moved), 0);
    asked.dati = moved;
    assert_true(place_find(&again, &s.arena, &asked, &s.err));
    assert_true(place_make(&again, &s.arena, &asked, &s.err));
    assert_string_equal(again.key, place.key);
    assert_true(place_is_file(&again));

    asked.database = "postgresql:///prova";
    asked.chiave = "/altrove/chiave";
    assert_true(place_find(&again, &s.arena, &asked, &s.err));
    assert_false(place_is_file(&again));
    assert_string_equal(again.database, "postgresql:///prova");
    assert_string_equal(again.key, "/altrove/chiave");
    scratch_close(&s);
}

static void only_one_holds_the_lock(void **state)
{
    struct cli_place asked = {0};
    struct place place;
    struct scratch s;

    (void)state;
    scratch_open(&s);
    asked.dati = s.dati;
    assert_true(place_find(&place, &s.arena, &asked, &s.err));
    assert_true(place_make(&place, &s.arena, &asked, &s.err));
    int first = place_lock(&place, 0, &s.err);
    assert_true(first >= 0);
    assert_int_equal(place_lock(&place, 0, &s.err), -1);
    assert_int_equal(s.err.code, ERR_BUSY);
    err_clear(&s.err);
    close(first);
    first = place_lock(&place, 0, &s.err);
    assert_true(first >= 0);
    close(first);
    scratch_close(&s);
}

static void long_folders_are_refused(void **state)
{
    struct cli_place asked = {0};
    struct place place;
    struct scratch s;
    char path[200];

    (void)state;
    scratch_open(&s);
    memset(path, 'x', sizeof path);
    path[0] = '/';
    path[sizeof path - 1] = '\0';
    asked.dati = path;
    assert_false(place_find(&place, &s.arena, &asked, &s.err));
    assert_int_equal(s.err.code, ERR_INPUT);
    scratch_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_read),        cmocka_unit_test(bad_settings_name_their_line),
        cmocka_unit_test(a_place_is_made_once),     cmocka_unit_test(only_one_holds_the_lock),
        cmocka_unit_test(long_folders_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
