/* Merging two people moves what every room holds of them, and taking it back leaves everything as
 * it was: with the tables of the whole program, whose rows are drawn by chance. */
#include "app/modules.h"
#include "base/buf.h"
#include "kit/db/test/support.h"
#include "mod/persone/fusione.h"
#include "mod/persone/store.h"
#include "mod/utenti/utenti.h"

#include <string.h>

enum { ROUNDS = 12, PEOPLE = 4, LINES = 4000 };

struct line {
    const char *line;
};
static const struct field line_fields[] = {FIELD(line, line), FIELD_END};

struct fixture {
    struct test_db db;
    struct cx *cx;
    struct tables tables;
    struct id people[PEOPLE];
};

static void start(struct fixture *f)
{
    tables_gather(&f->tables);
    test_db_open(&f->db, f->tables.schemas);
    f->cx = &f->db.cx;
    test_vault(&f->db);
}

/* ---- the list of columns against the schema ----------------------------------------------- */

/* Every foreign key to persona, as "table.column". */
static const struct db_sql keys_sql[] = {
    [DB_SQLITE] = {"test_fusione_keys",
                   "SELECT m.name || '.' || f.\"from\" AS line FROM sqlite_schema m,"
                   " pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
                   " AND f.\"table\" = 'persona' AND f.\"from\" <> 'chiave' ORDER BY 1"},
    [DB_POSTGRES] = {"test_fusione_keys",
                     "SELECT c.conrelid::regclass::text || '.' || a.attname AS line"
                     " FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid"
                     " AND a.attnum = ANY (c.conkey) WHERE c.contype = 'f'"
                     " AND c.confrelid = 'persona'::regclass AND a.attname <> 'chiave' ORDER BY 1"},
};
/* They stay with whom they speak of: the words of the search are made anew, pairs and merges tell
 * of two people as they were. */
static const char *const stay[] = {"persona_parola.persona", "doppione.a",     "doppione.b",
                                   "fusione.tiene",          "fusione.toglie", NULL};

static bool among(const char *const *names, const char *name)
{
    for (; *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static void test_every_reference_is_moved(void **state)
{
    (void)state;
    struct fixture f;
    struct list keys;
    start(&f);
    test_read(&f.db);
    TEST_OK(f.cx, db_list(f.cx, &keys_sql[test_kind()], DB_NO_ARGS, line_fields,
                          sizeof(struct line), 200, &keys));
    assert_true(keys.count > 10);
    LIST_EACH (&keys, struct line, key) {
        if (!among(persona_riferimenti, key->line) && !among(stay, key->line))
            fail_msg("%s names people: a merge must move it (sql.h of persone)", key->line);
    }
    test_read_end(&f.db);
    test_db_close(&f.db);
}

/* ---- merge, then undo: nothing has changed ------------------------------------------------ */

static const char *maybe(struct cx *cx, const char *const *texts, uint64_t count)
{
    uint64_t at = cx_random_below(cx, count + 1);
    return at < count ? texts[at] : NULL;
}

static struct persona draw_person(struct cx *cx)
{
    static const char *const names[] = {"Rossi", "De Luca", "D’Amèlio", "Müller"};
    static const char *const places[] = {"Clusone", "Ardesio", "035 12345", "x@example.it"};
    static const char *const codes[] = {"RSSMRA80A01F205X", "12345670017"};
    return (struct persona){.cognome = names[cx_random_below(cx, 4)],
                            .nome = names[cx_random_below(cx, 4)],
                            .nascita_luogo = maybe(cx, places, 4),
                            .indirizzo = maybe(cx, places, 4),
                            .telefono = maybe(cx, places, 4),
                            .email = maybe(cx, places, 4),
                            .codfis = maybe(cx, codes, 2),
                            .sesso = cx_random_below(cx, 2) == 0 ? "F" : NULL,
                            .nascita = cx_random_below(cx, 2) == 0 ? day_of(1980, 1, 1) : DAY_NONE,
                            .morte = DAY_NONE,
                            .riservata = cx_random_below(cx, 4) == 0};
}

/* $1 new id, $2 person. */
static const struct db_sql rows_sql[] = {
    {"test_f_ente", "INSERT INTO ente (id, ambito, codice, nome, chiave, tipo, attivo)"
                    " VALUES (1, 1, 'A', 'Ambito', 'ambito', 'ambito', 1)"},
    {"test_f_utente",
     "INSERT INTO utente (id, ambito, nome, intestazione, chiave, attivo, password, da_cambiare,"
     " password_dal, totp_attivo, totp_contatore, creato, versione)"
     " VALUES (1, 1, 'prova', 'Prova', 'prova', 1, '-', 0, 1, 0, 0, 1, 1)"},
    {"test_f_contatto", "INSERT INTO contatto (id, ambito, ente, persona, utente, giorno, canale,"
                        " area, esito, creato) VALUES ($1, 1, 1, $2, 1, '2025-01-01', 'telefono',"
                        " 'anziani', 'informazione', 1)"},
    {"test_f_isee", "INSERT INTO isee (id, ambito, persona, tipo, valore, protocollo,"
                    " sottoscritta, scadenza, creato) VALUES ($1, 1, $2, 'ordinario', 100,"
                    " $3, '2025-01-01', '2025-12-31', 1) ON CONFLICT DO NOTHING"},
    {"test_f_cartella",
     "INSERT INTO cartella (id, ambito, numero, persona, chiave, ente, riserbo, stato, tipo_utente,"
     " aperta, chiave_avvolta, creata, creata_da) SELECT $1, 1, 1, id, chiave, 1, 2, 'accolta',"
     " 'anziani', '2025-01-01', codfis_indice, 1, 1 FROM persona WHERE id = $2"
     " AND codfis_indice IS NOT NULL"},
};
enum { ROW_ENTE, ROW_UTENTE, ROW_CONTATTO, ROW_ISEE, ROW_CARTELLA };

static bool add_rows(struct cx *cx, struct id person)
{
    struct componente lived = {.persona = person, .parentela = "figlio", .al = DAY_NONE};
    struct relazione follows = {.utente = {1},
                                .tipo = RELAZIONE_EQUIPE,
                                .oggetto_tipo = "persona",
                                .oggetto = person,
                                .dal = day_of(2024, 1, 1),
                                .al = DAY_NONE};
    struct id made;
    const char *reason;
    lived.dal = day_of(2000 + (int)cx_random_below(cx, 20), 1, 1);
    const char *protocol = cx_random_below(cx, 2) == 0 ? "A" : "B";
    return db_do(cx, &rows_sql[ROW_CONTATTO], DB_ARGS(cx_id(cx), person), NULL) &&
           db_do(cx, &rows_sql[ROW_ISEE], DB_ARGS(cx_id(cx), person, protocol), NULL) &&
           db_do(cx, &rows_sql[ROW_CARTELLA], DB_ARGS(cx_id(cx), person), NULL) &&
           nucleo_join(cx, &lived, &reason) && relazione_save(cx, &follows, &made);
}

static bool draw_all(struct cx *cx, void *data)
{
    struct fixture *f = data;
    if (!db_do(cx, &rows_sql[ROW_ENTE], DB_NO_ARGS, NULL) ||
        !db_do(cx, &rows_sql[ROW_UTENTE], DB_NO_ARGS, NULL))
        return false;
    for (int i = 0; i < PEOPLE; i++) {
        struct persona p = draw_person(cx);
        if (!persona_save(cx, &p))
            return false;
        f->people[i] = p.id;
        for (uint64_t n = cx_random_below(cx, 3); n > 0; n--)
            if (!add_rows(cx, p.id))
                return false;
    }
    return true;
}

#define T(column)        "coalesce(CAST(" column " AS TEXT), '-') || '|' || "
#define R(table, column) " UNION ALL SELECT '" table " ' || " T("id") T(column) "'' FROM " table
/* All that may differ, as text. Versions and hours of change go on, and are not told. */
static const struct db_sql picture_sql = {
    "test_fusione_picture",
    "SELECT line FROM (SELECT 'persona ' || " T("id") T("numero") T("cognome") T("nome") T("sesso")
        T("nascita") T("nascita_luogo") T("indirizzo") T("telefono") T("email") T("riservata") T(
            "chiave") T("chiave2") T("cifre")
            T("fusa_in") "'' AS line FROM persona"
                         " UNION ALL SELECT 'parola ' || " T("persona") T("parola")
                             T("chiave") "'' FROM persona_parola"
                                         " UNION ALL SELECT 'quante ' || " T(
                                             "quante") "'' FROM persona_contatore" R("contatto",
                                                                                     "persona")
                                             R("isee", "persona") R("cartella", "persona")
                                                 R("cartella", "chiave") R("componente", "persona")
                                                     R("relazione",
                                                       "oggetto") ") AS picture ORDER BY line"};

static const char *picture(struct fixture *f)
{
    struct list lines;
    struct buf text;
    struct persona p;
    test_read(&f->db);
    buf_init(&text, f->cx->arena, 1 << 20);
    TEST_OK(f->cx, db_list(f->cx, &picture_sql, DB_NO_ARGS, line_fields, sizeof(struct line), LINES,
                           &lines));
    LIST_EACH (&lines, struct line, line) {
        buf_printf(&text, "%s\n", line->line);
    }
    for (int i = 0; i < PEOPLE; i++) {
        TEST_OK(f->cx, persona_load(f->cx, f->people[i], &p));
        buf_printf(&text, "codfis %s\n", p.codfis != NULL ? p.codfis : "-");
    }
    test_read_end(&f->db);
    assert_false(text.full);
    return text.data;
}

struct merge {
    struct id kept, gone, fusione;
    bool other[FUSIONE_CAMPI];
    const char *reason;
};

static bool fuse(struct cx *cx, void *data)
{
    struct merge *m = data;
    return persona_fuse(cx, m->kept, m->gone, m->other, &m->fusione);
}

static bool unfuse(struct cx *cx, void *data)
{
    struct merge *m = data;
    return persona_unfuse(cx, m->fusione, &m->reason);
}

static struct merge draw_merge(struct fixture *f, struct id kept, struct id gone)
{
    struct merge m = {.kept = kept, .gone = gone};
    for (int i = 0; i < FUSIONE_CAMPI; i++)
        m.other[i] = cx_random_below(f->cx, 2) == 0;
    return m;
}

static size_t naming(struct fixture *f, const char *text, struct id person, const char *table)
{
    const char *mark = arena_printf(f->cx->arena, "|%lld|", (long long)person.n);
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, table)) != NULL; at++) {
        const char *end = strchr(at, '\n');
        const char *found = strstr(at, mark);
        count += (at == text || at[-1] == '\n') && found != NULL && found < end;
    }
    return count;
}

/* Two merges, one into the other, and both taken back, the last first. */
static void round_trip(struct fixture *f)
{
    const char *before = picture(f);
    struct merge first = draw_merge(f, f->people[1], f->people[0]);
    test_write(&f->db, fuse, &first);
    const char *between = picture(f);
    assert_string_not_equal(before, between);
    assert_int_equal(naming(f, between, first.gone, "contatto "), 0);
    assert_int_equal(naming(f, between, first.gone, "cartella "), 0);
    struct merge second = draw_merge(f, f->people[2], f->people[1]);
    test_write(&f->db, fuse, &second);
    struct merge again = second;
    assert_int_equal(test_write_fails(&f->db, fuse, &again), ERR_NOT_FOUND);
    test_write(&f->db, unfuse, &first);
    assert_string_equal(first.reason, "persone.fusione_ultima");
    test_write(&f->db, unfuse, &second);
    assert_null(second.reason);
    assert_string_equal(picture(f), between);
    test_write(&f->db, unfuse, &first);
    assert_null(first.reason);
    assert_string_equal(picture(f), before);
    test_write(&f->db, unfuse, &first);
    assert_string_equal(first.reason, "persone.fusione_sciolta");
}

static void test_merge_then_undo_is_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct fixture f;
        start(&f);
        chance_seed(&f.db.chance, seed);
        test_write(&f.db, draw_all, &f);
        round_trip(&f);
        test_db_close(&f.db);
    }
}

/* ---- what a merged person is -------------------------------------------------------------- */

static bool save(struct cx *cx, void *data)
{
    return persona_save(cx, data);
}

/* Found by nobody; who comes again from the archive of hers is the one who stays. */
static void test_merged_is_not_found(void **state)
{
    (void)state;
    struct fixture f;
    struct persona a = {.cognome = "Rossi",
                        .nome = "Mario",
                        .esterno = "X1",
                        .nascita = DAY_NONE,
                        .morte = DAY_NONE};
    struct persona b = {.cognome = "Rosi",
                        .nome = "Mario",
                        .esterno = "X2",
                        .nascita = DAY_NONE,
                        .morte = DAY_NONE};
    struct list found;
    struct id id;
    bool known;
    int64_t count;
    start(&f);
    test_write(&f.db, save, &a);
    test_write(&f.db, save, &b);
    struct merge m = {.kept = a.id, .gone = b.id};
    test_write(&f.db, fuse, &m);
    test_read(&f.db);
    TEST_OK(f.cx, persona_search(f.cx, "rosi", 10, &found));
    assert_int_equal(found.count, 0);
    TEST_OK(f.cx, persona_similar(f.cx, &a, &found));
    assert_int_equal(found.count, 0);
    TEST_OK(f.cx, persona_count(f.cx, &count));
    assert_int_equal(count, 1);
    TEST_OK(f.cx, persona_known(f.cx, b.id, &b, &known));
    assert_false(known);
    struct web_facts facts;
    TEST_OK(f.cx, persona_object.facts(f.cx, b.id, &facts));
    assert_false(facts.found);
    TEST_OK(f.cx, persona_by_esterno(f.cx, "X2", &id, &known));
    assert_true(known);
    assert_int_equal(id.n, a.id.n);
    test_read_end(&f.db);
    test_db_close(&f.db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_reference_is_moved),
                                       cmocka_unit_test(test_merge_then_undo_is_nothing),
                                       cmocka_unit_test(test_merged_is_not_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
