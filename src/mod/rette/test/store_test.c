#include "kit/db/test/support.h"

#include "mod/enti/enti.h"
#include "mod/enti/store.h"
#include "mod/persone/persone.h"
#include "mod/persone/store.h"
#include "mod/rette/rette.h"
#include "mod/rette/store.h"

#include <string.h>

static const struct db_schema *const schemas[] = {&enti_schema, &persone_schema, &rette_schema,
                                                  NULL};

static struct test_db t;
static struct id maria;

/* An ambito with its services, the plans of 2025 and one person. */
static bool build(struct cx *cx, void *data)
{
    (void)data;
    struct persona persona = {
        .cognome = "Rossi", .nome = "Maria", .nascita = DAY_NONE, .morte = DAY_NONE};
    if (!ambito_create(cx, "A1", "Valle Seriana Superiore", &t.who.ambito) || !enti_demo(cx) ||
        !rette_demo(cx) || !persona_save(cx, &persona))
        return false;
    maria = persona.id;
    return true;
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

/* ---- plans ------------------------------------------------------------------------------ */

static size_t rows(const char *servizio, struct day giorno)
{
    struct piani_filtro filtro = {.servizio = servizio, .giorno = giorno};
    struct list list;
    test_read(&t);
    TEST_OK(&t.cx, store_piano_rows(&t.cx, &filtro, PIANI_PER_SERVIZIO, NULL, 100, &list));
    test_read_end(&t);
    return list.count;
}

static bool again(struct cx *cx, void *data)
{
    (void)data;
    return rette_demo(cx);
}

static void the_demonstration_loads_once(void **state)
{
    (void)state;
    assert_int_equal(rows(NULL, DAY_NONE), 9);
    test_write(&t, again, NULL);
    assert_int_equal(rows(NULL, DAY_NONE), 9);
    assert_int_equal(rows("STA", DAY_NONE), 3);
    assert_int_equal(rows("ST", DAY_NONE), 0);
    assert_int_equal(rows(NULL, day_of(2024, 12, 31)), 0);
    assert_int_equal(rows(NULL, day_of(2025, 1, 1)), 9);
}

/* What was read from the file comes back from the database, to the cent. */
static void plans_come_back_as_they_were(void **state)
{
    (void)state;
    extern const char tariffe_2025_tsv[];
    struct tariffe tariffe;
    test_read(&t);
    tariffe_read(t.cx.arena, tariffe_2025_tsv, strlen(tariffe_2025_tsv), NULL, DAY_NONE, &tariffe);
    for (size_t i = 0; i < tariffe.count; i++) {
        struct piano piano;
        bool festivo, found;
        TEST_OK(&t.cx, piano_in_force(&t.cx, tariffe.piani[i].servizio, tariffe.piani[i].variante,
                                      day_of(2025, 3, 10), &piano, &festivo, &found));
        assert_true(found);
        assert_true(piano_same(&piano, &tariffe.piani[i]));
    }
    test_read_end(&t);
}

struct editing {
    struct piano_salvato salvato;
    bool as_draft;
    struct rette_faults faults;
};

static bool save(struct cx *cx, void *data)
{
    struct editing *editing = data;
    editing->faults = (struct rette_faults){.arena = cx->arena};
    return piano_save(cx, &editing->salvato, editing->as_draft, &editing->faults);
}

static bool put_in_force(struct cx *cx, void *data)
{
    struct editing *editing = data;
    editing->faults = (struct rette_faults){.arena = cx->arena};
    return piano_enact(cx, editing->salvato.piano.id, &editing->faults);
}

static const struct fascia with_a_gap[] = {{{0}, {100000}, {0}, {0, 0}},
                                           {{100002}, {INT64_MIN}, {500}, {0, 0}}};
static const struct fascia without[] = {{{0}, {100000}, {0}, {0, 0}},
                                        {{100001}, {INT64_MIN}, {500}, {0, 0}}};

static struct editing new_version(struct day dal)
{
    struct editing editing = {.as_draft = false};
    struct piano *piano = &editing.salvato.piano;
    piano_blank(piano);
    piano->servizio = "SAD";
    piano->variante = "feriale";
    piano->unita = "ora";
    piano->atto = "Delibera 7/2025";
    piano->validita.from = dal;
    piano->fasce = without;
    piano->fasce_count = 2;
    return editing;
}

static struct piano_salvato saved(struct id id)
{
    struct piano_salvato salvato;
    test_read(&t);
    TEST_OK(&t.cx, store_piano_load(&t.cx, id, &salvato));
    test_read_end(&t);
    return salvato;
}

static void a_faulty_plan_stays_a_draft(void **state)
{
    (void)state;
    struct editing editing = new_version(day_of(2025, 7, 1));
    editing.salvato.piano.fasce = with_a_gap;
    test_write(&t, save, &editing);
    assert_int_equal(editing.faults.count, 1);
    assert_string_equal(editing.faults.items[0].field, "fascia_2");
    assert_int_equal(editing.salvato.piano.id.n, 0);
    editing.as_draft = true;
    test_write(&t, save, &editing);
    assert_int_equal(saved(editing.salvato.piano.id).stato, STATO_BOZZA);
    test_write(&t, put_in_force, &editing);
    assert_int_equal(editing.faults.count, 1);
    assert_int_equal(saved(editing.salvato.piano.id).stato, STATO_BOZZA);
}

static void an_unknown_service_is_refused(void **state)
{
    (void)state;
    struct editing editing = new_version(day_of(2025, 7, 1));
    editing.salvato.piano.servizio = "XYZ";
    editing.as_draft = true;
    test_write(&t, save, &editing);
    assert_int_equal(editing.faults.count, 1);
    assert_string_equal(editing.faults.items[0].field, "servizio");
}

/* A bill of March is computed with March's plan, also after a new one. */
static void an_older_version_stays(void **state)
{
    (void)state;
    struct editing editing = new_version(day_of(2025, 7, 1));
    test_write(&t, save, &editing);
    assert_int_equal(saved(editing.salvato.piano.id).stato, STATO_VERIFICATO);
    struct editing stale = editing;
    test_write(&t, put_in_force, &editing);
    assert_int_equal(editing.faults.count, 0);
    assert_int_equal(saved(editing.salvato.piano.id).stato, STATO_VIGENTE);
    assert_int_equal(test_write_fails(&t, save, &stale), ERR_CONFLICT);
    bool festivo, found;
    struct piano piano;
    test_read(&t);
    TEST_OK(&t.cx,
            piano_in_force(&t.cx, "SAD", "feriale", day_of(2025, 6, 30), &piano, &festivo, &found));
    assert_true(found);
    assert_int_equal(piano.fasce_count, 10);
    assert_int_equal(piano.validita.to.n, day_of(2025, 7, 1).n);
    TEST_OK(&t.cx,
            piano_in_force(&t.cx, "SAD", "feriale", day_of(2025, 7, 1), &piano, &festivo, &found));
    assert_int_equal(piano.fasce_count, 2);
    test_read_end(&t);
    struct editing late = new_version(day_of(2025, 7, 1));
    test_write(&t, save, &late);
    test_write(&t, put_in_force, &late);
    assert_int_equal(late.faults.count, 1);
    assert_string_equal(late.faults.items[0].field, "dal");
    test_write(&t, again, NULL);
}

static void two_writers_notice_each_other(void **state)
{
    (void)state;
    struct editing one = new_version(day_of(2025, 9, 1));
    test_write(&t, save, &one);
    struct editing two = one;
    test_write(&t, save, &one);
    assert_int_equal(one.salvato.versione, 2);
    assert_int_equal(test_write_fails(&t, save, &two), ERR_CONFLICT);
}

/* ---- attestations ----------------------------------------------------------------------- */

struct recording {
    struct isee isee;
    struct rette_faults faults;
};

static bool record(struct cx *cx, void *data)
{
    struct recording *recording = data;
    recording->faults = (struct rette_faults){.arena = cx->arena};
    return isee_record(cx, &recording->isee, &recording->faults);
}

static struct recording attestation(const char *protocollo, int64_t euro, struct day signed_on)
{
    return (struct recording){.isee = {.persona = maria,
                                       .tipo = ISEE_ORDINARIO,
                                       .valore = MONEY(euro * 100),
                                       .protocollo = protocollo,
                                       .sottoscritta = signed_on,
                                       .scadenza = DAY_NONE}};
}

static struct retta fee(const char *variante, struct day day)
{
    struct retta retta;
    bool found;
    test_read(&t);
    TEST_OK(&t.cx, retta_unitaria(&t.cx, "SAD", variante, maria, day, &retta, &found));
    test_read_end(&t);
    assert_true(found);
    return retta;
}

static void a_person_pays_by_the_isee_of_the_day(void **state)
{
    (void)state;
    struct day march = day_of(2025, 3, 10);
    assert_int_equal(fee("feriale", march).importo.cents, 1500);
    struct recording old = attestation("INPS-ISEE-2024-1", 9000, day_of(2024, 2, 1));
    test_write(&t, record, &old);
    struct retta expired = fee("feriale", march);
    assert_int_equal(expired.importo.cents, 1500);
    assert_non_null(strstr(retta_text(&t.arena, &expired), "è scaduto il 31/12/2024"));
    struct recording now = attestation("INPS-ISEE-2025-1", 6000, day_of(2025, 1, 20));
    test_write(&t, record, &now);
    assert_int_equal(now.faults.count, 0);
    assert_int_equal(fee("feriale", march).importo.cents, 260);
    assert_int_equal(fee("festivo", march).importo.cents, 273);
    struct recording twice = attestation("INPS-ISEE-2025-1", 6000, day_of(2025, 1, 20));
    test_write(&t, record, &twice);
    assert_int_equal(twice.faults.count, 1);
    struct recording future = attestation("INPS-ISEE-2025-2", 6000, day_of(2025, 3, 11));
    test_write(&t, record, &future);
    assert_int_equal(future.faults.count, 1);
}

static bool annul(struct cx *cx, void *data)
{
    return isee_annul(cx, maria, *(struct id *)data);
}

static void a_mistaken_attestation_no_longer_counts(void **state)
{
    (void)state;
    struct recording wrong = attestation("INPS-ISEE-2025-9", 600, day_of(2025, 2, 1));
    struct day march = day_of(2025, 3, 10);
    test_write(&t, record, &wrong);
    int64_t before = fee("feriale", march).importo.cents;
    assert_int_equal(before, 0);
    test_write(&t, annul, &wrong.isee.id);
    assert_int_not_equal(fee("feriale", march).importo.cents, 0);
    assert_int_equal(test_write_fails(&t, annul, &wrong.isee.id), ERR_NOT_FOUND);
    struct isee isee;
    bool found;
    test_read(&t);
    TEST_OK(&t.cx, isee_at(&t.cx, maria, march, "SAD", &isee, &found));
    test_read_end(&t);
    assert_true(!found || isee.id.n != wrong.isee.id.n);
}

/* Another ambito sees nothing of this one. */
static void another_ambito_is_another_world(void **state)
{
    (void)state;
    struct id ours = t.who.ambito;
    struct piano *piani;
    struct isee *list;
    size_t count;
    t.who.ambito.n++;
    test_read(&t);
    TEST_OK(&t.cx, store_piano_at(&t.cx, "SAD", day_of(2025, 3, 10), &piani, &count));
    assert_int_equal(count, 0);
    TEST_OK(&t.cx, store_isee_list(&t.cx, maria, &list, &count));
    assert_int_equal(count, 0);
    test_read_end(&t);
    t.who.ambito = ours;
}

/* ---- lists ------------------------------------------------------------------------------ */

/* Page by page, each row comes once, in each order. */
static void pages_follow_each_other(void **state)
{
    (void)state;
    for (enum piani_ordine order = PIANI_PER_SERVIZIO; order <= PIANI_PER_DATA; order++) {
        const char *after = NULL;
        size_t seen = 0, all = rows(NULL, DAY_NONE);
        for (int page = 0; page < 20; page++) {
            struct list list;
            struct piani_filtro filtro = {.giorno = DAY_NONE};
            test_read(&t);
            TEST_OK(&t.cx, store_piano_rows(&t.cx, &filtro, order, after, 2, &list));
            test_read_end(&t);
            seen += list.count;
            if (list.count < 2)
                break;
            after = store_piano_key(&t.cx, order, LIST_ITEM(&list, struct piano_riga, 1));
        }
        assert_int_equal(seen, all);
    }
    struct list list;
    struct piani_filtro filtro = {.giorno = DAY_NONE};
    test_read(&t);
    assert_false(store_piano_rows(&t.cx, &filtro, PIANI_PER_SERVIZIO, "x|y", 2, &list));
    assert_int_equal(t.cx.err.code, ERR_INPUT);
    err_clear(&t.cx.err);
    test_read_end(&t);
}

static void statements_can_be_prepared(void **state)
{
    (void)state;
    const struct db_registry *const registries[] = {&rette_registry, NULL};
    test_read(&t);
    TEST_OK(&t.cx, db_prepare_all(&t.cx, registries));
    test_read_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_can_be_prepared),
        cmocka_unit_test(the_demonstration_loads_once),
        cmocka_unit_test(plans_come_back_as_they_were),
        cmocka_unit_test(a_person_pays_by_the_isee_of_the_day),
        cmocka_unit_test(a_mistaken_attestation_no_longer_counts),
        cmocka_unit_test(a_faulty_plan_stays_a_draft),
        cmocka_unit_test(an_unknown_service_is_refused),
        cmocka_unit_test(an_older_version_stays),
        cmocka_unit_test(two_writers_notice_each_other),
        cmocka_unit_test(another_ambito_is_another_world),
        cmocka_unit_test(pages_follow_each_other),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
