/* People from tables: what is understood, what is refused and why, the same file twice. */
#include "mod/persone/import.h"

#include "base/buf.h"
#include "kit/db/test/support.h"
#include "kit/sys/vault.h"
#include "mod/enti/store.h"
#include "mod/persone/store.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&utenti_schema, &enti_schema, &persone_schema,
                                                  NULL};

enum { SAID = 64 * 1024 };

struct fixture {
    struct test_db db;
    struct cx *cx;
    struct import_persone import;
    const char *text;
    struct buf said; /* "3 Data di nascita!, " for each fault, without ! for each warning */
};

static bool prepare(struct cx *cx, void *data)
{
    struct fixture *f = data;
    struct ente clusone = {.nome = "Clusone",
                           .codice = "016077",
                           .belfiore = "C800",
                           .tipo = "comune",
                           .attivo = true};
    enum ente_fault fault;
    return ambito_create(cx, "SER", "Ambito di prova", &f->db.who.ambito) &&
           ente_save(cx, &clusone, &fault);
}

static void start(struct fixture *f)
{
    *f = (struct fixture){.text = NULL};
    test_db_open(&f->db, schemas);
    f->cx = &f->db.cx;
    test_vault(&f->db);
    test_write(&f->db, prepare, f);
}

static void finish(struct fixture *f)
{
    test_db_close(&f->db);
}

static void hears(void *data, const struct import_detto *detto)
{
    struct fixture *f = data;
    buf_printf(&f->said, "%ld %s%s, ", detto->riga, detto->colonna != NULL ? detto->colonna : "",
               detto->avviso ? "" : "!");
}

static bool run(struct cx *cx, void *data)
{
    struct fixture *f = data;
    return persone_import(cx, f->text, strlen(f->text), &f->import);
}

static void imports(struct fixture *f, const char *text, const char *counts, const char *said)
{
    char got[100];
    f->text = text;
    f->import = (struct import_persone){.prova = f->import.prova, .dice = hears, .data = f};
    buf_init(&f->said, &f->db.arena, SAID);
    test_write(&f->db, run, f);
    snprintf(got, sizeof got, "%lld+%lld=%lld-%lld", (long long)f->import.nuove,
             (long long)f->import.cambiate, (long long)f->import.uguali,
             (long long)f->import.rifiutate);
    assert_string_equal(f->said.data, said);
    assert_string_equal(got, counts);
}

static int64_t people(struct fixture *f)
{
    int64_t count;
    test_read(&f->db);
    TEST_OK(f->cx, persona_count(f->cx, &count));
    test_read_end(&f->db);
    return count;
}

#define HEAD      "Cognome;NOME;Cod. fiscale;codice fiscale;Data nascita;Comune;Telefono;id\r\n"
#define HEAD_SAID "1 Cod. fiscale, "

static void test_same_file_twice(void **state)
{
    (void)state;
    static const char file[] = HEAD "Rossi;Mario;;RSSMRA80A01F205X;;Clusone;0346 1;K1\r\n"
                                    "D’Amèlio;Nicolò;;;28/02/2003;C800;;\r\n"
                                    "Verdi;Anna;;;;016077;;\r\n"
                                    "Verdi;Anna;;;03/05/1961;;;K4\r\n";
    struct fixture f;
    start(&f);
    imports(&f, file, "4+0=0-0", HEAD_SAID);
    imports(&f, file, "0+0=4-0", HEAD_SAID);
    assert_int_equal(people(&f), 4);
    /* one cell more, blank cells keep what is known */
    imports(&f, "cognome,nome,chiave esterna,email\nRossi,Mario,K1,mario@example.org\n", "0+1=0-0",
            "");
    struct list list;
    struct persona mario;
    test_read(&f.db);
    TEST_OK(f.cx, persona_search(f.cx, "rossi", 5, &list));
    TEST_OK(f.cx, persona_load(f.cx, LIST_ITEM(&list, struct persona_trovata, 0)->id, &mario));
    test_read_end(&f.db);
    assert_string_equal(mario.telefono, "0346 1");
    assert_string_equal(mario.email, "mario@example.org");
    assert_string_equal(mario.sesso, "M"); /* from the codice fiscale */
    finish(&f);
}

static void test_refusals_by_row_and_column(void **state)
{
    (void)state;
    static const char file[] =
        "Cognome;Nome;Codice fiscale;Data di nascita;Sesso;Comune di residenza\n"
        "Rossi;;;;;\n"                              /* 2 */
        "Rossi;Mario;RSSMRA80A01F205Y;;;\n"         /* 3: check letter */
        "Rossi;Mario;;31/02/1980;;\n"               /* 4: no such day */
        "Rossi;Mario;;01/01/2999;;\n"               /* 5: not yet born */
        "Rossi;Mario;;;X;\n"                        /* 6 */
        "Rossi;Mario;\"a\"b;;;\n"                   /* 7: quotes */
        "Rossi;Anna;RSSMRA80A01F205X;;;Atlantide\n" /* 8: two warnings, taken */
        "\n"
        "Bianchi;Luca;;;;Clusone\n"; /* 10 */
    struct fixture f;
    start(&f);
    imports(&f, file, "2+0=0-6",
            "2 Nome!, 3 Codice fiscale!, 4 Data di nascita!, 5 Data di nascita!, 6 Sesso!, 7 !, "
            "8 Comune di residenza, 8 Nome, ");
    assert_int_equal(people(&f), 2);
    finish(&f);
}

/* Two women of one name born on one day: only one has a codice fiscale. */
static void test_namesakes_stay_two(void **state)
{
    (void)state;
    static const char file[] = "cognome;nome;data di nascita;codice fiscale;indirizzo\n"
                               "Rossi;Maria;01/08/1945;RSSMRA45M41C800M;Via Roma 1\n"
                               "Rossi;Maria;01/08/1945;;Via Milano 2\n";
    struct fixture f;
    start(&f);
    imports(&f, file, "2+0=0-0", "");
    imports(&f, file, "0+0=2-0", "");
    finish(&f);
}

static void test_trial_writes_nothing(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    f.import.prova = true;
    imports(&f, "cognome\tnome\nRossi\tMario\n", "1+0=0-0", "");
    assert_int_equal(people(&f), 0);
    finish(&f);
}

static void test_files_that_are_no_tables(void **state)
{
    (void)state;
    static const char *const files[] = {"", "cognome;indirizzo\nRossi;Via Roma", "\n\n",
                                        "%PDF-1.4"};
    struct fixture f;
    start(&f);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        f.text = files[i];
        f.import = (struct import_persone){.prova = false};
        assert_int_equal(test_write_fails(&f.db, run, &f), ERR_INPUT);
    }
    finish(&f);
}

static bool collect(void *data, const char *text, size_t size)
{
    buf_add(data, text, size);
    return true;
}

static void test_export_is_read_again(void **state)
{
    (void)state;
    struct fixture f;
    struct buf out;
    int64_t count;
    start(&f);
    imports(&f,
            HEAD "Rossi;Mario;;RSSMRA80A01F205X;;Clusone;+39 346 1;K1\r\n"
                 "\"De; Luca\";=Anna;;;;;;\r\n",
            "2+0=0-0", HEAD_SAID);
    buf_init(&out, &f.db.arena, SAID);
    test_read(&f.db);
    TEST_OK(f.cx, persone_export(f.cx, collect, &out, &count));
    test_read_end(&f.db);
    assert_int_equal(count, 2);
    assert_non_null(strstr(out.data, ";'=Anna;"));
    assert_non_null(strstr(out.data, ";'+39 346 1;"));
    imports(&f, out.data, "0+0=2-0", "");
    finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_file_twice),
        cmocka_unit_test(test_refusals_by_row_and_column),
        cmocka_unit_test(test_namesakes_stay_two),
        cmocka_unit_test(test_trial_writes_nothing),
        cmocka_unit_test(test_files_that_are_no_tables),
        cmocka_unit_test(test_export_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
