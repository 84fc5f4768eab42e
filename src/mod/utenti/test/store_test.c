/* Accounts, dated roles, relations, notices. */
#include "mod/utenti/test/bench.h"

#include <string.h>

struct attempt {
    struct utente_nuovo nuovo;
    struct id id;
    const char *password;
    struct utente_rifiuto rifiuto;
};

static bool create(struct cx *cx, void *data)
{
    struct attempt *attempt = data;
    return utente_create(cx, &attempt->nuovo, &attempt->id, &attempt->password, &attempt->rifiuto);
}

static struct utente_nuovo good(void)
{
    return (struct utente_nuovo){.nome = "anna.rossi",
                                 .intestazione = "Anna Rossi",
                                 .ruolo = "assistente",
                                 .ente = {1},
                                 .dal = DAY_NONE};
}

static void a_new_account_must_change_its_password(void **state)
{
    (void)state;
    struct bench bench;
    struct attempt attempt = {.nuovo = good()};
    const char *token;
    bench_open(&bench);
    test_write(&bench.t, create, &attempt);
    assert_null(attempt.rifiuto.testo);
    assert_int_equal(strlen(attempt.password), 19);
    assert_int_equal(bench_login(&bench, "anna.rossi", attempt.password, NULL, &token), ACCESSO_OK);
    const struct web_session *session;
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, utenti_host.session_load(&bench.t.cx, token, &session));
    assert_true(session->password_to_change);
    struct utente utente;
    TEST_OK(&bench.t.cx, utente_load(&bench.t.cx, attempt.id, &utente));
    assert_string_equal(utente.intestazione, "Anna Rossi");
    test_read_end(&bench.t);
    bench_close(&bench);
}

static void refusals_stand_beside_their_field(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct attempt first = {.nuovo = good()};
    test_write(&bench.t, create, &first);
    struct {
        const char *campo;
        struct utente_nuovo nuovo;
    } cases[8];
    for (size_t i = 0; i < 8; i++) {
        cases[i].nuovo = good();
        cases[i].nuovo.nome = "bruno";
    }
    cases[0].campo = "nome", cases[0].nuovo.nome = "anna.rossi";
    cases[1].campo = "nome", cases[1].nuovo.nome = "Anna Rossi";
    cases[2].campo = "nome", cases[2].nuovo.nome = NULL;
    cases[3].campo = "intestazione", cases[3].nuovo.intestazione = " ’ ";
    cases[4].campo = "ruolo", cases[4].nuovo.ruolo = "lavoro";
    cases[5].campo = "ruolo", cases[5].nuovo.ruolo = "dio";
    cases[6].campo = "ruolo", cases[6].nuovo.ruolo = NULL;
    cases[7].campo = "ente", cases[7].nuovo.ente = ID_NONE;
    for (size_t i = 0; i < 8; i++) {
        struct attempt attempt = {.nuovo = cases[i].nuovo};
        test_write(&bench.t, create, &attempt);
        assert_non_null(attempt.rifiuto.testo);
        assert_string_equal(attempt.rifiuto.campo, cases[i].campo);
        assert_int_equal(attempt.id.n, 0);
    }
    bench_close(&bench);
}

static bool disable(struct cx *cx, void *data)
{
    struct attempt *attempt = data;
    return utente_disable(cx, attempt->id, &attempt->rifiuto);
}

static void the_last_administrator_stays(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct attempt one = {.id = bench_user(&bench, "primo", "Primo Capo", "amministratore")};
    test_write(&bench.t, disable, &one);
    assert_non_null(one.rifiuto.testo);
    struct attempt two = {.id = bench_user(&bench, "secondo", "Secondo Capo", "amministratore")};
    test_write(&bench.t, disable, &one);
    assert_null(one.rifiuto.testo);
    test_write(&bench.t, disable, &two);
    assert_non_null(two.rifiuto.testo);
    bench_close(&bench);
}

static size_t how_many(const struct web_choice *choices)
{
    size_t count = 0;
    while (choices[count].value != NULL)
        count++;
    return count;
}

static void choices_are_of_the_role_and_the_ambito(void **state)
{
    (void)state;
    struct bench bench;
    const struct web_choice *choices;
    bench_open(&bench);
    bench_user(&bench, "zoe", "Zoe Zani", "assistente");
    bench_user(&bench, "anna", "Anna Rossi", "assistente");
    bench_user(&bench, "carlo", "Carlo Neri", "coordinatore");
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, utente_choices(&bench.t.cx, "assistente", &choices));
    assert_int_equal(how_many(choices), 2);
    assert_string_equal(choices[0].label, "Anna Rossi");
    assert_string_equal(choices[1].label, "Zoe Zani");
    TEST_OK(&bench.t.cx, utente_choices(&bench.t.cx, NULL, &choices));
    assert_int_equal(how_many(choices), 3);
    bench.t.who.ambito.n = 2;
    TEST_OK(&bench.t.cx, utente_choices(&bench.t.cx, NULL, &choices));
    assert_int_equal(how_many(choices), 0);
    test_read_end(&bench.t);
    bench_close(&bench);
}

/* ---- relations -------------------------------------------------------------------------- */

static bool relate(struct cx *cx, void *data)
{
    struct relazione *relazione = data;
    return relazione_save(cx, relazione, &relazione->id);
}

static enum authz_relation stands(struct bench *bench, const char *tipo, int64_t oggetto)
{
    enum authz_relation relation;
    test_read(&bench->t);
    TEST_OK(&bench->t.cx, utente_relation(&bench->t.cx, tipo, (struct id){oggetto}, &relation));
    test_read_end(&bench->t);
    return relation;
}

static struct relazione relation_of(struct id utente, enum authz_relation tipo, int64_t oggetto)
{
    return (struct relazione){.utente = utente,
                              .tipo = tipo,
                              .oggetto_tipo = "cartella",
                              .oggetto = {oggetto},
                              .dal = DAY_NONE,
                              .al = DAY_NONE};
}

static void the_strongest_relation_of_today_counts(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct id anna = bench_user(&bench, "anna", "Anna Rossi", "assistente");
    bench.t.who.utente = anna;
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_AMBITO);
    struct relazione team = relation_of(anna, RELAZIONE_EQUIPE, 7);
    test_write(&bench.t, relate, &team);
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_EQUIPE);
    assert_int_equal(stands(&bench, "cartella", 8), RELAZIONE_AMBITO);
    assert_int_equal(stands(&bench, "persona", 7), RELAZIONE_AMBITO); /* of another kind */
    struct relazione lead = relation_of(anna, RELAZIONE_RESPONSABILE, 7);
    lead.al = day_add(bench.t.cx.today, 10);
    test_write(&bench.t, relate, &lead);
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_RESPONSABILE);
    bench_later(&bench, 10 * 86400); /* ended: [dal, al) */
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_EQUIPE);
    struct relazione conflict = relation_of(anna, RELAZIONE_CONFLITTO, 7);
    test_write(&bench.t, relate, &conflict);
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_CONFLITTO);
    bench.t.who.ambito.n = 2; /* the same ids elsewhere */
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_AMBITO);
    bench_close(&bench);
}

static void a_relation_that_begins_tomorrow_gives_nothing_today(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct id anna = bench_user(&bench, "anna", "Anna Rossi", "assistente");
    bench.t.who.utente = anna;
    struct relazione later = relation_of(anna, RELAZIONE_EQUIPE, 7);
    later.dal = day_add(bench.t.cx.today, 1);
    test_write(&bench.t, relate, &later);
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_AMBITO);
    bench_later(&bench, 86400);
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_EQUIPE);
    bench_close(&bench);
}

static bool end_team(struct cx *cx, void *data)
{
    return relazione_end_of(cx, RELAZIONE_EQUIPE, (struct id){7}, *(struct id *)data, cx->today);
}

static void relations_are_kept_once_and_ended(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct id anna = bench_user(&bench, "anna", "Anna Rossi", "assistente");
    struct id bruno = bench_user(&bench, "bruno", "Bruno Bianchi", "assistente");
    struct relazione a = relation_of(anna, RELAZIONE_EQUIPE, 7), b = a;
    struct relazione other = relation_of(bruno, RELAZIONE_EQUIPE, 7);
    test_write(&bench.t, relate, &a);
    test_write(&bench.t, relate, &b);
    test_write(&bench.t, relate, &other);
    assert_int_equal(a.id.n, b.id.n);
    struct list list;
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, relazione_list(&bench.t.cx, (struct id){7}, &list));
    assert_int_equal(list.count, 2);
    test_read_end(&bench.t);
    test_write(&bench.t, end_team, &anna);
    bench.t.who.utente = anna;
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_AMBITO);
    bench.t.who.utente = bruno;
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_EQUIPE);
    struct id all = ID_NONE;
    test_write(&bench.t, end_team, &all);
    assert_int_equal(stands(&bench, "cartella", 7), RELAZIONE_AMBITO);
    bench_close(&bench);
}

static void nonsense_relations_are_refused(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct id anna = bench_user(&bench, "anna", "Anna Rossi", "assistente");
    static const enum authz_relation bad[] = {RELAZIONE_NESSUNA, RELAZIONE_AMBITO,
                                              RELAZIONE_EMERGENZA, RELAZIONI};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct relazione relazione = relation_of(anna, bad[i], 7);
        assert_int_equal(test_write_fails(&bench.t, relate, &relazione), ERR_INTERNAL);
        err_clear(&bench.t.cx.err);
    }
    struct relazione backwards = relation_of(anna, RELAZIONE_EQUIPE, 7);
    backwards.dal = bench.t.cx.today;
    backwards.al = bench.t.cx.today;
    assert_int_equal(test_write_fails(&bench.t, relate, &backwards), ERR_INPUT);
    err_clear(&bench.t.cx.err);
    bench_close(&bench);
}

static enum authz_relation stands_to_body(struct bench *bench, int64_t ente)
{
    enum authz_relation relation;
    test_read(&bench->t);
    TEST_OK(&bench->t.cx, utente_relation_ente(&bench->t.cx, (struct id){ente}, &relation));
    test_read_end(&bench->t);
    return relation;
}

static void bodies_are_worked_for_or_coordinated(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct id anna = bench_user(&bench, "anna", "Anna Rossi", "assistente");
    bench.t.who.utente = anna;
    bench.t.who.ente.n = 5;
    bench.t.who.ruolo = RUOLO_ASSISTENTE;
    assert_int_equal(stands_to_body(&bench, 5), RELAZIONE_ENTE);
    assert_int_equal(stands_to_body(&bench, 6), RELAZIONE_AMBITO);
    assert_int_equal(stands_to_body(&bench, 0), RELAZIONE_AMBITO);
    bench.t.who.ruolo = RUOLO_COORDINATORE;
    assert_int_equal(stands_to_body(&bench, 5), RELAZIONE_COORDINA);
    struct relazione also = relation_of(anna, RELAZIONE_COORDINA, 6);
    also.oggetto_tipo = "ente";
    test_write(&bench.t, relate, &also);
    assert_int_equal(stands_to_body(&bench, 6), RELAZIONE_COORDINA);
    bench_close(&bench);
}

static void the_order_of_relations_is_total(void **state)
{
    (void)state;
    for (int a = 0; a < RELAZIONI; a++)
        for (int b = 0; b < RELAZIONI; b++) {
            enum authz_relation ab =
                relazione_stronger((enum authz_relation)a, (enum authz_relation)b);
            enum authz_relation ba =
                relazione_stronger((enum authz_relation)b, (enum authz_relation)a);
            assert_int_equal(ab, ba);
            if (a == RELAZIONE_CONFLITTO)
                assert_int_equal(ab, RELAZIONE_CONFLITTO);
        }
    assert_int_equal(relazione_stronger(RELAZIONI, RELAZIONE_ENTE), RELAZIONE_ENTE);
}

/* ---- notices ----------------------------------------------------------------------------- */

static bool notify(struct cx *cx, void *data)
{
    return avviso_save(cx, *(struct id *)data, "Un collega ha aperto una tua cartella.",
                       "/emergenze");
}

static bool read_notice(struct cx *cx, void *data)
{
    return avviso_read(cx, *(struct id *)data);
}

static void notices_wait_until_they_are_read(void **state)
{
    (void)state;
    struct bench bench;
    struct list list;
    bench_open(&bench);
    struct id anna = bench_user(&bench, "anna", "Anna Rossi", "assistente");
    test_write(&bench.t, notify, &anna);
    bench.t.who.utente = anna;
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, avviso_list(&bench.t.cx, 10, &list));
    test_read_end(&bench.t);
    assert_int_equal(list.count, 1);
    struct id id = ((struct avviso *)list.items)->id;
    bench.t.who.utente.n = 99; /* not his own: stays */
    test_write(&bench.t, read_notice, &id);
    bench.t.who.utente = anna;
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, avviso_list(&bench.t.cx, 10, &list));
    test_read_end(&bench.t);
    assert_int_equal(list.count, 1);
    test_write(&bench.t, read_notice, &id);
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, avviso_list(&bench.t.cx, 10, &list));
    test_read_end(&bench.t);
    assert_int_equal(list.count, 0);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_account_must_change_its_password),
        cmocka_unit_test(refusals_stand_beside_their_field),
        cmocka_unit_test(the_last_administrator_stays),
        cmocka_unit_test(choices_are_of_the_role_and_the_ambito),
        cmocka_unit_test(the_strongest_relation_of_today_counts),
        cmocka_unit_test(a_relation_that_begins_tomorrow_gives_nothing_today),
        cmocka_unit_test(relations_are_kept_once_and_ended),
        cmocka_unit_test(nonsense_relations_are_refused),
        cmocka_unit_test(bodies_are_worked_for_or_coordinated),
        cmocka_unit_test(the_order_of_relations_is_total),
        cmocka_unit_test(notices_wait_until_they_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
