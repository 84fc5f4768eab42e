/* Stored apportionments and their ledger, on each engine. */
#include "kit/db/test/support.h"

#include "mod/audit/store.h"
#include "mod/enti/enti.h"
#include "mod/enti/store.h"
#include "mod/riparto/riparto.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&audit_schema, &enti_schema, &utenti_schema,
                                                  &riparto_schema, NULL};
static struct test_db t;

extern const char fondo_sociale_2025_tsv[];

static bool build(struct cx *cx, void *data)
{
    struct who who = *cx->who;
    (void)data;
    if (!ambito_create(cx, "A1", "Valle Seriana Superiore", &who.ambito))
        return false;
    struct cx inside = *cx;
    inside.who = &who;
    bool done = enti_demo(&inside);
    cx->err = inside.err;
    t.who.ambito = who.ambito;
    return done;
}

static int start(void **state)
{
    (void)state;
    test_db_open(&t, schemas);
    test_write(&t, build, NULL);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_db_close(&t);
    return 0;
}

struct saving {
    struct prospetto prospetto;
    const char *text;
    struct definizione_faults faults;
};

static bool save(struct cx *cx, void *data)
{
    struct saving *s = data;
    return prospetto_save(cx, &s->prospetto, s->text, strlen(s->text), &s->faults);
}

static struct saving saved(int64_t anno, const char *text)
{
    static struct saving s;
    s = (struct saving){.prospetto = {.anno = anno}, .text = text};
    test_write(&t, save, &s);
    assert_int_equal(s.faults.count, 0);
    return s;
}

static bool approve(struct cx *cx, void *data)
{
    struct saving *s = data;
    return prospetto_approve(cx, &s->prospetto, "Delibera 3/2025", day_of(2025, 2, 1), &s->faults);
}

static struct saving approved(void)
{
    struct saving s = saved(2025, fondo_sociale_2025_tsv);
    test_write(&t, approve, &s);
    assert_int_equal(s.faults.count, 0);
    return s;
}

static struct list accounts(struct id prospetto, const char *pagante)
{
    const struct rata_filtro filtro = {prospetto, INT_NONE, pagante};
    struct list list;
    test_read(&t);
    TEST_OK(&t.cx, conto_list(&t.cx, &filtro, &list));
    test_read_end(&t);
    return list;
}

static void statements_can_be_prepared(void **state)
{
    (void)state;
    const struct db_registry *const registries[] = {&riparto_registry, NULL};
    test_read(&t);
    TEST_OK(&t.cx, db_prepare_all(&t.cx, registries));
    test_read_end(&t);
}

static void a_definition_is_kept_with_what_followed(void **state)
{
    (void)state;
    struct saving s = saved(2025, fondo_sociale_2025_tsv);
    struct prospetto p;
    struct quadro *quadro;
    bool same;
    assert_int_equal(s.prospetto.versione, 1);
    test_read(&t);
    TEST_OK(&t.cx, store_prospetto_load(&t.cx, s.prospetto.id, &p));
    TEST_OK(&t.cx, prospetto_quadro(&t.cx, &p, 0, &quadro, &same));
    test_read_end(&t);
    assert_true(same);
    assert_int_equal(p.totale.cents, 143003880);
    assert_string_equal(p.stato, "bozza");
    assert_string_equal(p.metodo, "pro_capite");
    assert_int_equal(quadro->def->righe_count, 17);
}

#define SMALL(amount)                                                                              \
    "metodo\tcriteri\ntitolo\tProva 2025\natto\tDelibera 1/2025\nimporto\t" amount                 \
    "\ncriterio\tore\t100 %\nrata\t50 %\t31/03/2025\nrata\t50 %\t30/09/2025\nente\tore\n"          \
    "Ardesio\t1\nClusone\t2\n"

static void each_change_is_a_version(void **state)
{
    (void)state;
    struct saving s = saved(2025, SMALL("100,00"));
    struct prospetto_versione v;
    struct list versions;
    s.text = SMALL("200,00");
    test_write(&t, save, &s);
    assert_int_equal(s.prospetto.versione, 2);
    s.prospetto.versione = 1; /* who edits an older version is told */
    assert_int_equal(test_write_fails(&t, save, &s), ERR_CONFLICT);
    test_read(&t);
    TEST_OK(&t.cx, store_versione_list(&t.cx, s.prospetto.id, &versions));
    TEST_OK(&t.cx, store_versione_load(&t.cx, s.prospetto.id, 1, &v));
    test_read_end(&t);
    assert_int_equal(versions.count, 2);
    assert_int_equal(LIST_ITEM(&versions, struct prospetto_versione, 0)->totale.cents, 20000);
    assert_string_equal(v.testo, SMALL("100,00"));
    assert_int_equal(v.totale.cents, 10000);
}

static void what_is_wrong_is_not_kept(void **state)
{
    (void)state;
    static struct saving s;
    struct list rows;
    const struct prospetto_filtro all = {.anno = 2031};
    s = (struct saving){.prospetto = {.anno = 2031}, .text = "metodo\tboh\n"};
    test_write(&t, save, &s);
    assert_true(s.faults.count > 0);
    s.faults.count = 0;
    s.text = "metodo\tpro_capite\nquota\t34,20\ncomune\tabitanti\nArdesio\t10\n";
    test_write(&t, save, &s); /* without a title */
    assert_int_equal(s.faults.count, 1);
    s.faults.count = 0;
    s.text = "metodo\tpro_capite\ntitolo\tx\nquota\t34,20\ncomune\tabitanti\nAtlantide\t10\n";
    test_write(&t, save, &s);
    assert_int_equal(s.faults.items[0].line, 5);
    s.faults.count = 0;
    s.prospetto.anno = 12;
    test_write(&t, save, &s);
    assert_true(s.faults.count > 0);
    test_read(&t);
    TEST_OK(&t.cx, store_prospetto_rows(&t.cx, &all, PROSPETTI_PER_ANNO, NULL, 10, &rows));
    test_read_end(&t);
    assert_int_equal(rows.count, 0);
}

/* A spreadsheet's Windows-1252 is kept as UTF-8. */
static void an_older_spreadsheet_is_read(void **state)
{
    (void)state;
    struct saving s = saved(2025, "metodo;criteri\r\ntitolo;Unit\xE0 2025\r\nimporto;9,00\r\n"
                                  "criterio;ore;100 %\r\nente;ore\r\nPi\xF9;1\r\n");
    assert_string_equal(s.prospetto.titolo, "Unità 2025");
    assert_string_equal(s.prospetto.chiave, "unita 2025");
}

static void approval_writes_the_instalments(void **state)
{
    (void)state;
    struct saving s = approved();
    struct list all = accounts(s.prospetto.id, NULL);
    struct anticipo a;
    assert_int_equal(all.count, 17 * 4);
    anticipo_compute(all.items, all.count, day_of(2025, 3, 16), &a);
    assert_int_equal(a.dovuto.cents, 143003880);
    assert_int_equal(a.anticipato.cents, 42901164);
    struct list union_ = accounts(s.prospetto.id, "Unione Comuni della Presolana");
    assert_int_equal(union_.count, 4);
    assert_int_equal(conto_dovuto(LIST_ITEM(&union_, struct conto, 0)).cents, 8807184);
    assert_int_not_equal(LIST_ITEM(&union_, struct conto, 0)->ente.n, 0);
    /* from now on it stays as it is */
    s.text = SMALL("1,00");
    assert_int_equal(test_write_fails(&t, save, &s), ERR_CONFLICT);
    s.prospetto.versione = 1;
    assert_int_equal(test_write_fails(&t, approve, &s), ERR_CONFLICT);
    assert_int_equal(accounts(s.prospetto.id, NULL).count, 17 * 4);
}

/* A transfer to the whole euro that is more than its instalment leaves less than nothing to
 * invoice.
 */
static void an_instalment_below_zero_is_not_approved(void **state)
{
    (void)state;
    struct saving s = saved(2025, "metodo\tcriteri\ntitolo\tSpiccioli\nimporto\t0,70\n"
                                  "criterio\tore\t100 %\nrata\t100 %\t31/03/2025\n"
                                  "trasferimento\t90 %\nente\tore\nArdesio\t1\n");
    test_write(&t, approve, &s);
    assert_int_equal(s.faults.count, 1);
    assert_non_null(strstr(s.faults.items[0].text, "Ardesio, rata 1"));
    assert_int_equal(accounts(s.prospetto.id, NULL).count, 0);
}

struct copying {
    const struct prospetto *from;
    struct prospetto copy;
    struct definizione_faults faults;
};

static bool copy(struct cx *cx, void *data)
{
    struct copying *c = data;
    return prospetto_copy(cx, c->from, c->from->anno + 1, &c->copy, &c->faults);
}

static void a_copy_moves_to_the_next_year(void **state)
{
    (void)state;
    struct saving s = saved(2025, SMALL("100,00"));
    static struct copying c;
    struct prospetto_versione v;
    c = (struct copying){.from = &s.prospetto};
    test_write(&t, copy, &c);
    assert_int_equal(c.faults.count, 0);
    assert_int_equal(c.copy.anno, 2026);
    assert_string_equal(c.copy.titolo, "Prova 2026");
    test_read(&t);
    TEST_OK(&t.cx, store_versione_load(&t.cx, c.copy.id, 1, &v));
    test_read_end(&t);
    assert_non_null(strstr(v.testo, "rata\t50 %\t31/03/2026\n"));
    assert_null(strstr(v.testo, "atto"));
    assert_int_equal(c.copy.origine.n, s.prospetto.id.n);
}

/* ---- the ledger ------------------------------------------------------------------------------ */

struct entry {
    struct movimento_nuovo nuovo;
    struct id id;
    const char *motivo;
    enum movimento_esito esito;
    struct money fits;
};

static bool add(struct cx *cx, void *data)
{
    struct entry *e = data;
    return movimento_add(cx, &e->nuovo, &e->id, &e->esito, &e->fits);
}

static bool take_back(struct cx *cx, void *data)
{
    struct entry *e = data;
    return movimento_reverse(cx, e->id, e->motivo, &e->esito);
}

static struct entry payment(struct id prospetto, int64_t cents, const char *riferimento)
{
    return (struct entry){.nuovo = {prospetto, "Ardesio", MOVIMENTO_INCASSO, day_of(2025, 3, 5),
                                    MONEY(cents), 0, PARTI, riferimento},
                          .motivo = "importo sbagliato"};
}

static void entries_are_reversed_never_edited(void **state)
{
    (void)state;
    struct saving s = approved();
    struct entry e = payment(s.prospetto.id, 3000000, "quietanza 12");
    struct list entries, lines;
    test_write(&t, add, &e);
    assert_int_equal(e.esito, MOVIMENTO_OK);
    struct id first = e.id;
    struct list conti = accounts(s.prospetto.id, "Ardesio");
    assert_int_equal(conto_resto(LIST_ITEM(&conti, struct conto, 0)).cents, 399138);
    test_write(&t, add, &e); /* the same again */
    assert_int_equal(e.esito, MOVIMENTO_DOPPIO);
    test_write(&t, take_back, &e);
    assert_int_equal(e.esito, MOVIMENTO_OK);
    test_write(&t, take_back, &e);
    assert_int_equal(e.esito, MOVIMENTO_STORNATO);
    conti = accounts(s.prospetto.id, "Ardesio");
    assert_int_equal(conto_resto(LIST_ITEM(&conti, struct conto, 0)).cents, 3399138);
    test_read(&t);
    TEST_OK(&t.cx, store_movimento_list(&t.cx, s.prospetto.id, "Ardesio", &entries));
    test_read_end(&t);
    assert_int_equal(entries.count, 2);
    const struct movimento *last = LIST_ITEM(&entries, struct movimento, 0);
    assert_int_equal(last->storna.n, first.n);
    assert_int_equal(last->importo.cents, -3000000);
    assert_string_equal(last->motivo, "importo sbagliato");
    e.id = last->id;
    test_write(&t, take_back, &e);
    assert_int_equal(e.esito, MOVIMENTO_STORNO);
    test_read(&t);
    TEST_OK(&t.cx, store_movimento_righe(&t.cx, first, &lines));
    test_read_end(&t);
    assert_int_equal(lines.count, 2);
    test_write(&t, add, &e); /* and now it may be entered again */
    assert_int_equal(e.esito, MOVIMENTO_OK);
    e.motivo = NULL;
    test_write(&t, take_back, &e);
    assert_int_equal(e.esito, MOVIMENTO_MOTIVO);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    struct saving s = approved();
    struct entry e = payment(s.prospetto.id, 11330461, "troppo");
    test_write(&t, add, &e);
    assert_int_equal(e.esito, MOVIMENTO_ECCEDE);
    assert_int_equal(e.fits.cents, 11330460);
    e = payment(s.prospetto.id, 100, "domani");
    e.nuovo.giorno = day_of(2025, 3, 11);
    test_write(&t, add, &e);
    assert_int_equal(e.esito, MOVIMENTO_FUTURO);
    e = payment(s.prospetto.id, 100, "chi?");
    e.nuovo.pagante = "Atlantide";
    test_write(&t, add, &e);
    assert_int_equal(e.esito, MOVIMENTO_NESSUNO);
    e = payment(s.prospetto.id, INT64_MIN, "niente");
    test_write(&t, add, &e);
    assert_int_equal(e.esito, MOVIMENTO_IMPORTO);
    struct list conti = accounts(s.prospetto.id, "Ardesio");
    assert_int_equal(conto_incassato(LIST_ITEM(&conti, struct conto, 0)).cents, 0);
}

/* Sequences at random through the database: what is owed is what is paid plus what is left, and
 * what is paid is what the entries say. */
static void no_sequence_makes_or_loses_a_cent(void **state)
{
    (void)state;
    enum { STEPS = 120 };
    struct saving s = approved();
    struct chance chance = {0};
    struct cx dice = {.chance = &chance};
    struct id done[STEPS];
    size_t count = 0, reversed = 0;
    int64_t paid = 0;
    chance_seed(&chance, 7);
    for (int i = 0; i < STEPS; i++) {
        struct entry e = payment(s.prospetto.id, (int64_t)cx_random_below(&dice, 900000), "");
        struct list entries;
        char name[24];
        snprintf(name, sizeof name, "n. %d", i);
        e.nuovo.riferimento = name;
        e.nuovo.numero = (int64_t)cx_random_below(&dice, 6);
        e.nuovo.parte = (enum rata_parte)cx_random_below(&dice, PARTI + 1);
        if (count > 0 && cx_random_below(&dice, 3) == 0) {
            e.id = done[cx_random_below(&dice, count)];
            test_write(&t, take_back, &e);
            reversed += e.esito == MOVIMENTO_OK;
        } else {
            test_write(&t, add, &e);
            if (e.esito == MOVIMENTO_OK)
                done[count++] = e.id;
        }
        struct list conti = accounts(s.prospetto.id, NULL);
        struct anticipo a;
        anticipo_compute(conti.items, conti.count, day_of(2025, 3, 10), &a);
        test_read(&t);
        TEST_OK(&t.cx, store_movimento_list(&t.cx, s.prospetto.id, NULL, &entries));
        test_read_end(&t);
        paid = 0;
        LIST_EACH (&entries, struct movimento, m)
            paid += m->importo.cents;
        assert_int_equal(a.dovuto.cents, 143003880);
        assert_int_equal(a.dovuto.cents - a.resto.cents, paid);
        assert_int_equal(entries.count, count + reversed);
    }
    assert_true(count > 30 && reversed > 10 && paid > 0);
}

/* Another ambito sees and touches nothing. */
static void another_ambito_sees_nothing(void **state)
{
    (void)state;
    struct saving s = approved();
    struct id ours = t.who.ambito;
    struct prospetto p;
    struct entry e = payment(s.prospetto.id, 100, "altro");
    test_write(&t, add, &e);
    t.who.ambito.n++;
    test_read(&t);
    assert_false(store_prospetto_load(&t.cx, s.prospetto.id, &p));
    err_clear(&t.cx.err);
    test_read_end(&t);
    assert_int_equal(accounts(s.prospetto.id, NULL).count, 0);
    assert_int_equal(test_write_fails(&t, take_back, &e), ERR_NOT_FOUND);
    assert_int_equal(test_write_fails(&t, approve, &s), ERR_NOT_FOUND);
    t.who.ambito = ours;
}

/* No list looks at rows of others, nor sorts what an index has in order. */
static void no_list_scans(void **state)
{
    (void)state;
    const struct prospetto_filtro all = {.anno = INT_NONE}, year = {.anno = 2025};
    const struct rata_filtro rate = {.anno = INT_NONE},
                             late = {.anno = INT_NONE, .stato = "scadute"};
    struct db_query queries[4];
    const char *plan;
    if (test_kind() == DB_POSTGRES) /* a handful of rows is scanned whatever the indexes */
        return;
    test_read(&t);
    TEST_OK(&t.cx, store_prospetto_query(&t.cx, &all, PROSPETTI_PER_ANNO, NULL, 21, &queries[0]));
    TEST_OK(&t.cx,
            store_prospetto_query(&t.cx, &year, PROSPETTI_PER_TITOLO, NULL, 21, &queries[1]));
    TEST_OK(&t.cx, store_rata_query(&t.cx, &rate, "2025-03-15|0000000000001", 21, &queries[2]));
    TEST_OK(&t.cx, store_rata_query(&t.cx, &late, NULL, 21, &queries[3]));
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        TEST_OK(&t.cx,
                db_plan(&t.cx, db_query_sql(&queries[i]), db_query_args(&queries[i]), &plan));
        if (strstr(plan, "SCAN") != NULL || strstr(plan, "TEMP B-TREE") != NULL)
            fail_msg("list %zu: %s", i, plan);
    }
    test_read_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_can_be_prepared),
        cmocka_unit_test(a_definition_is_kept_with_what_followed),
        cmocka_unit_test(each_change_is_a_version),
        cmocka_unit_test(what_is_wrong_is_not_kept),
        cmocka_unit_test(an_older_spreadsheet_is_read),
        cmocka_unit_test(approval_writes_the_instalments),
        cmocka_unit_test(an_instalment_below_zero_is_not_approved),
        cmocka_unit_test(a_copy_moves_to_the_next_year),
        cmocka_unit_test(entries_are_reversed_never_edited),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(no_sequence_makes_or_loses_a_cent),
        cmocka_unit_test(no_list_scans),
        cmocka_unit_test(another_ambito_sees_nothing),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
