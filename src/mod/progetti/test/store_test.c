/* Projects on both engines: the acts, two people at once, what others may see. */
#include "mod/progetti/store.h"

#include "mod/accesso/store.h"
#include "mod/audit/store.h"
#include "mod/bilancio/store.h"
#include "mod/cartella/store.h"
#include "mod/enti/store.h"
#include "mod/persone/store.h"
#include "mod/prestazioni/store.h"
#include "mod/prestazioni/test/scene.h"
#include "mod/rette/store.h"
#include "mod/utenti/store.h"

#include <string.h>

static const struct db_schema *const schemas[] = {
    &audit_schema, &enti_schema,     &utenti_schema,   &persone_schema,     &accesso_schema,
    &rette_schema, &bilancio_schema, &cartella_schema, &prestazioni_schema, &progetti_schema,
    NULL};

static struct test_db t;
static struct scene s;
static struct id progetto;

static void start(void)
{
    test_db_open(&t, schemas);
    scene_build(&s, &t);
}

static struct contenuto sample(void)
{
    return (struct contenuto){
        .titolo = "Restare a casa",
        .bisogni = "Vive solo al secondo piano.",
        .dal = day_of(2025, 3, 1),
        .al = day_of(2025, 8, 31),
        .obiettivi = {{.testo = "Alzarsi in sicurezza",
                       .azioni = {{"Aiuto al mattino", "ente", "Cooperativa Primavera",
                                   day_of(2025, 4, 1), ID_NONE}},
                       .azioni_count = 1}},
        .obiettivi_count = 1,
        .costi = {{"Assistenza domiciliare",
                   MONEY(120000),
                   MONEY(20000),
                   NULL,
                   {{"ambito", MONEY(100000)}},
                   1}},
        .costi_count = 1,
    };
}

/* ---- acts as writes ---------------------------------------------------------------------------
 */

static bool do_open(struct cx *cx, void *data)
{
    const int64_t *riserbo = data;
    struct progetto_nuovo nuovo = {.cartella = s.cartella,
                                   .tipo = TIPO_PAI,
                                   .riserbo = riserbo != NULL ? *riserbo : RISERVO_PARTICOLARE,
                                   .contenuto = sample()};
    nuovo.contenuto.obiettivi_count = nuovo.contenuto.costi_count = 0;
    return progetto_open(cx, &nuovo, &progetto);
}

struct act {
    int64_t versione; /* seen; 0 = as it is */
    struct contenuto contenuto;
    struct progetto_spostamento mossa;
    struct progetto_firma firma;
    struct avanzamento avanzamento;
    struct day giorno;
    struct id verifica;
    enum progetto_guasto guasto;
    size_t rifiuti;
};

static bool now(struct cx *cx, const struct act *act, struct progetto *p)
{
    if (!progetto_load(cx, progetto, p))
        return false;
    if (act->versione != 0)
        p->versione = act->versione;
    return true;
}

static bool do_write(struct cx *cx, void *data)
{
    struct act *act = data;
    struct progetto p;
    return now(cx, act, &p) && versione_write(cx, &p, &act->contenuto, &act->guasto);
}

static bool do_new(struct cx *cx, void *data)
{
    struct act *act = data;
    struct progetto p;
    return now(cx, act, &p) && versione_new(cx, &p, &act->guasto);
}

static bool do_move(struct cx *cx, void *data)
{
    struct act *act = data;
    struct progetto p;
    return now(cx, act, &p) && versione_move(cx, &p, &act->mossa, &act->guasto);
}

static bool do_sign(struct cx *cx, void *data)
{
    struct act *act = data;
    struct progetto p;
    struct progetto_rifiuti faults = {.arena = cx->arena};
    bool done = now(cx, act, &p) && firma_save(cx, &p, &act->firma, &faults);
    act->rifiuti = faults.count;
    return done;
}

static bool do_plan(struct cx *cx, void *data)
{
    struct act *act = data;
    struct progetto p;
    struct progetto_rifiuti faults = {.arena = cx->arena};
    bool done = now(cx, act, &p) && verifica_plan(cx, &p, act->giorno, &faults);
    act->rifiuti = faults.count;
    return done;
}

static bool do_record(struct cx *cx, void *data)
{
    struct act *act = data;
    struct progetto p;
    struct progetto_rifiuti faults = {.arena = cx->arena};
    bool done = now(cx, act, &p) &&
                verifica_record(cx, &p, act->verifica, act->giorno, &act->avanzamento, &faults);
    act->rifiuti = faults.count;
    return done;
}

static enum progetto_guasto move(int64_t numero, enum progetto_stato to, const char *motivo)
{
    struct act act = {.mossa = {numero, to, t.cx.today, motivo}};
    test_write(&t, do_move, &act);
    return act.guasto;
}

static size_t sign(int64_t numero, const char *ruolo)
{
    struct act act = {.firma = {.numero = numero,
                                .ruolo = ruolo,
                                .nome = "Nicolò D’Amèlio",
                                .giorno = t.cx.today,
                                .modo = "autografa"}};
    test_write(&t, do_sign, &act);
    return act.rifiuti;
}

static size_t plan(struct day day)
{
    struct act act = {.giorno = day};
    test_write(&t, do_plan, &act);
    return act.rifiuti;
}

static struct progetto loaded(void)
{
    struct progetto p;
    test_read(&t);
    TEST_OK(&t.cx, progetto_load(&t.cx, progetto, &p));
    test_read_end(&t);
    return p;
}

/* In course, with a check planned on 15 May. */
static void open_running(void)
{
    struct act act = {.contenuto = sample()};
    test_write(&t, do_open, NULL);
    test_write(&t, do_write, &act);
    assert_int_equal(act.guasto, PROGETTO_OK);
    assert_int_equal(plan(day_of(2025, 5, 15)), 0);
    assert_int_equal(move(1, PROGETTO_DA_FIRMARE, NULL), PROGETTO_OK);
    assert_int_equal(sign(1, "persona"), 0);
    assert_int_equal(sign(1, "assistente"), 0);
    assert_int_equal(move(1, PROGETTO_IN_CORSO, NULL), PROGETTO_OK);
}

/* ---- tests ------------------------------------------------------------------------------------
 */

static void test_from_draft_to_running(void **state)
{
    (void)state;
    start();
    test_write(&t, do_open, NULL);
    assert_int_equal(move(1, PROGETTO_DA_FIRMARE, NULL), PROGETTO_INCOMPLETO);
    struct act act = {.contenuto = sample()};
    test_write(&t, do_write, &act);
    assert_int_equal(move(1, PROGETTO_DA_FIRMARE, NULL), PROGETTO_INCOMPLETO); /* no check */
    assert_int_equal(plan(day_of(2025, 5, 15)), 0);
    assert_int_equal(plan(day_of(2025, 5, 15)), 1);
    assert_int_equal(plan(day_of(2025, 2, 15)), 1); /* before its start */
    assert_int_equal(sign(1, "persona"), 1);        /* nothing to sign yet */
    assert_int_equal(move(1, PROGETTO_DA_FIRMARE, NULL), PROGETTO_OK);
    test_write(&t, do_write, &act);
    assert_int_equal(act.guasto, PROGETTO_NON_PREVISTA); /* what waits for signatures stays */
    assert_int_equal(move(1, PROGETTO_IN_CORSO, NULL), PROGETTO_FIRME);
    assert_int_equal(sign(1, "persona"), 0);
    assert_int_equal(sign(1, "persona"), 1);
    assert_int_equal(sign(1, "passante"), 1);
    assert_int_equal(move(1, PROGETTO_IN_CORSO, NULL), PROGETTO_FIRME);
    assert_int_equal(move(1, PROGETTO_BOZZA, "cambia l’orario"), PROGETTO_OK);
    assert_int_equal(move(1, PROGETTO_DA_FIRMARE, NULL), PROGETTO_OK);
    assert_int_equal(sign(1, "assistente"), 0);
    assert_int_equal(move(1, PROGETTO_IN_CORSO, NULL), PROGETTO_FIRME); /* hers no longer counts */
    assert_int_equal(sign(1, "persona"), 0);
    assert_int_equal(move(1, PROGETTO_IN_CORSO, NULL), PROGETTO_OK);
    struct progetto p = loaded();
    assert_string_equal(p.stato, "in_corso");
    assert_int_equal(p.totale.cents, 120000);
    assert_int_equal(p.famiglia.cents, 20000);
    assert_int_equal(p.prossima.n, day_of(2025, 5, 15).n);
    test_db_close(&t);
}

static void test_a_later_version_replaces(void **state)
{
    (void)state;
    struct progetto_versione one, two;
    struct list list;
    start();
    open_running();
    struct act act = {.guasto = PROGETTO_GUASTI};
    test_write(&t, do_new, &act);
    assert_int_equal(act.guasto, PROGETTO_OK);
    test_write(&t, do_new, &act);
    assert_int_equal(act.guasto, PROGETTO_GIA_BOZZA);
    act.contenuto = sample();
    act.contenuto.costi[0].importo = MONEY(240000);
    act.contenuto.costi[0].fonti[0].importo = MONEY(220000);
    test_write(&t, do_write, &act);
    struct progetto p = loaded();
    assert_int_equal(p.numero, 1); /* the one in course is shown meanwhile */
    assert_int_equal(p.totale.cents, 120000);
    assert_int_equal(move(2, PROGETTO_DA_FIRMARE, NULL), PROGETTO_OK);
    assert_int_equal(sign(2, "persona"), 0);
    assert_int_equal(sign(2, "assistente"), 0);
    assert_int_equal(move(2, PROGETTO_IN_CORSO, NULL), PROGETTO_OK);
    p = loaded();
    assert_int_equal(p.numero, 2);
    assert_int_equal(p.totale.cents, 240000);
    test_read(&t);
    TEST_OK(&t.cx, versione_load(&t.cx, &p, 1, &one));
    TEST_OK(&t.cx, versione_load(&t.cx, &p, 2, &two));
    assert_string_equal(one.stato, "sostituito");
    assert_int_equal(one.contenuto->costi[0].importo.cents, 120000); /* still as it was signed */
    assert_int_equal(two.contenuto->costi[0].importo.cents, 240000);
    TEST_OK(&t.cx, progetto_mosse_list(&t.cx, &p, &list));
    assert_int_equal(list.count, 7);
    TEST_OK(&t.cx, firma_list(&t.cx, &p, 1, &list));
    assert_int_equal(list.count, 2);
    assert_string_equal(LIST_ITEM(&list, struct progetto_firma, 0)->nome, "Nicolò D’Amèlio");
    test_read_end(&t);
    test_db_close(&t);
}

static void test_two_at_once(void **state)
{
    (void)state;
    start();
    test_write(&t, do_open, NULL);
    struct act act = {.contenuto = sample(), .versione = 1};
    test_write(&t, do_write, &act);
    assert_int_equal(test_write_fails(&t, do_write, &act), ERR_CONFLICT);
    act.giorno = day_of(2025, 5, 15);
    assert_int_equal(test_write_fails(&t, do_plan, &act), ERR_CONFLICT);
    act.mossa = (struct progetto_spostamento){1, PROGETTO_ANNULLATO, t.cx.today, "rinuncia"};
    assert_int_equal(test_write_fails(&t, do_move, &act), ERR_CONFLICT);
    act.versione = 2;
    test_write(&t, do_move, &act);
    assert_string_equal(loaded().stato, "annullato");
    test_db_close(&t);
}

static struct id first_check(void)
{
    struct progetto p = loaded();
    struct list list;
    test_read(&t);
    TEST_OK(&t.cx, verifica_list(&t.cx, &p, &list));
    assert_true(list.count > 0);
    struct id id = LIST_ITEM(&list, struct progetto_verifica, 0)->id;
    test_read_end(&t);
    return id;
}

static void test_check_and_end(void **state)
{
    (void)state;
    start();
    open_running();
    assert_int_equal(move(1, PROGETTO_CONCLUSO, "finito"), PROGETTO_ESITI);
    struct act act = {.verifica = first_check(),
                      .giorno = t.cx.today,
                      .avanzamento = {.testo = "Va meglio", .presenti = "la figlia"}};
    act.giorno = day_add(t.cx.today, 1);
    test_write(&t, do_record, &act);
    assert_int_equal(act.rifiuti, 1);
    act.giorno = t.cx.today;
    act.avanzamento.esiti[0] = "raggiunto";
    act.avanzamento.stati[0][0] = "fatta";
    test_write(&t, do_record, &act);
    assert_int_equal(act.rifiuti, 0);
    assert_int_equal(test_write_fails(&t, do_record, &act), ERR_CONFLICT); /* once */
    assert_false(day_known(loaded().prossima));
    assert_int_equal(move(1, PROGETTO_CONCLUSO, "finito"), PROGETTO_OK);
    assert_string_equal(loaded().stato, "concluso");
    test_db_close(&t);
}

static size_t due(struct day dal, struct day al)
{
    struct list list;
    test_read(&t);
    TEST_OK(&t.cx, progetto_scadenze(&t.cx, dal, al, &list));
    test_read_end(&t);
    return list.count;
}

static void test_deadlines(void **state)
{
    (void)state;
    start();
    test_write(&t, do_open, NULL);
    plan(day_of(2025, 5, 15));
    assert_int_equal(due(day_of(2025, 5, 1), day_of(2025, 5, 31)), 0); /* not in course yet */
    open_running();
    assert_int_equal(due(day_of(2025, 5, 15), day_of(2025, 5, 15)), 1);
    assert_int_equal(due(day_of(2025, 5, 16), day_of(2025, 5, 31)), 0);
    struct list days;
    test_read(&t);
    TEST_OK(&t.cx,
            progetto_verifiche_due(&t.cx, day_of(2025, 5, 1), day_of(2025, 6, 1), 10, &days));
    assert_int_equal(days.count, 1);
    assert_int_equal(LIST_ITEM(&days, struct day, 0)->n, day_of(2025, 5, 15).n);
    test_read_end(&t);
    t.who.utente.n = 4242; /* somebody else's are not told */
    assert_int_equal(due(day_of(2025, 5, 1), day_of(2025, 5, 31)), 0);
    test_db_close(&t);
}

static size_t listed(struct progetti_pagina pagina)
{
    struct list list;
    pagina.limit = 10;
    pagina.verifica_entro = DAY_NONE;
    test_read(&t);
    TEST_OK(&t.cx, progetti_page(&t.cx, &pagina, &list));
    test_read_end(&t);
    return list.count;
}

static enum authz_answer reads(int64_t riserbo)
{
    enum authz_answer answer;
    test_read(&t);
    TEST_OK(&t.cx, progetto_decide(&t.cx, s.cartella, riserbo, AZIONE_LEGGI, &answer));
    test_read_end(&t);
    return answer;
}

static void test_who_sees_it(void **state)
{
    (void)state;
    int64_t court = RISERVO_GIUDIZIARIO;
    struct web_facts facts;
    start();
    test_write(&t, do_open, &court);
    assert_int_equal(listed((struct progetti_pagina){.tipo = "pai"}), 1);
    assert_int_equal(listed((struct progetti_pagina){.stato = "in_corso"}), 0);
    test_read(&t);
    TEST_OK(&t.cx, progetto_object.facts(&t.cx, progetto, &facts));
    assert_true(facts.found);
    assert_int_equal(facts.sensitivity, RISERVO_GIUDIZIARIO);
    assert_int_equal(facts.relation, RELAZIONE_RESPONSABILE);
    test_read_end(&t);
    assert_int_equal(reads(court), AUTHZ_ALLOW);
    t.who.utente.n = 4242; /* a colleague: not even that there is one */
    assert_int_equal(listed((struct progetti_pagina){.tipo = "pai"}), 0);
    assert_int_equal(reads(court), AUTHZ_DENY);
    t.who.ruolo = RUOLO_COORDINATORE;
    assert_int_equal(reads(RISERVO_ANTIVIOLENZA), AUTHZ_DENY);
    t.who.ambito.n++; /* another ambito: there is no such thing */
    struct progetto p;
    test_read(&t);
    assert_false(progetto_load(&t.cx, progetto, &p));
    assert_int_equal(t.cx.err.code, ERR_NOT_FOUND);
    err_clear(&t.cx.err);
    test_read_end(&t);
    test_db_close(&t);
}

/* What people wrote is not in the database as it was written. */
static void test_sealed(void **state)
{
    (void)state;
    static const struct field fields[] = {{"contenuto", FIELD_BYTES, 0}, FIELD_END};
    static const struct db_sql raw = {"test_contenuto", "SELECT contenuto FROM progetto_versione"};
    struct bytes sealed;
    start();
    test_write(&t, do_open, NULL);
    test_read(&t);
    TEST_OK(&t.cx, db_one(&t.cx, &raw, DB_NO_ARGS, fields, &sealed));
    assert_null(memmem(sealed.data, sealed.size, "Restare", 7));
    test_read_end(&t);
    test_db_close(&t);
}

/* No list looks at all the projects of the database. */
static void test_plans(void **state)
{
    (void)state;
    const struct progetti_pagina pages[] = {
        {.limit = 21, .verifica_entro = {INT32_MIN}},
        {.limit = 21, .verifica_entro = {INT32_MIN}, .dopo = "rossi", .dopo_id = {7}},
        {.limit = 21, .verifica_entro = {INT32_MIN}, .ente = {7}},
        {.limit = 21, .verifica_entro = {INT32_MIN}, .tipo = "pai"},
    };
    start();
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct db_query query;
        const char *plan_text;
        test_read(&t);
        progetti_page_query(&t.cx, &pages[i], &query);
        TEST_OK(&t.cx, db_plan(&t.cx, db_query_sql(&query), db_query_args(&query), &plan_text));
        if (test_kind() == DB_SQLITE)
            assert_null(strstr(plan_text, "SCAN g"));
        test_read_end(&t);
    }
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_draft_to_running),
        cmocka_unit_test(test_a_later_version_replaces),
        cmocka_unit_test(test_two_at_once),
        cmocka_unit_test(test_check_and_end),
        cmocka_unit_test(test_deadlines),
        cmocka_unit_test(test_who_sees_it),
        cmocka_unit_test(test_sealed),
        cmocka_unit_test(test_plans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
