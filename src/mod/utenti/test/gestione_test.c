/* The administrator's pages, and break glass. */
#include "mod/utenti/test/web.h"

#include <stdio.h>
#include <string.h>

#define P "cavallo+batteria+graffetta"

static bool body_make(struct cx *cx, void *data)
{
    static const struct db_sql sql = {"ente_prova",
                                      "INSERT INTO ente (id, ambito, codice, nome, chiave, tipo, "
                                      "attivo) VALUES ($1, 1, $2, $3, $3, 'erogatore', 1)"};
    const char *nome = "cooperativa di prova";
    return db_do(cx, &sql, DB_ARGS(*(struct id *)data, "P1", nome), NULL);
}

/* A body of ambito 1 as the pages name it. */
static const char *body_text(struct bench_web *b)
{
    struct id id = {1};
    char *text = arena_alloc(&b->w.db.arena, ID_TEXT);
    test_write(&b->w.db, body_make, &id);
    return id_text(id, text);
}

static const char *path_of(struct bench_web *b, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(&b->w.db.arena, "/utenti/%s%s", id_text(id, text), tail);
}

/* Text of the page between two marks. */
static const char *between(struct bench_web *b, const char *from, const char *to)
{
    const char *at = strstr(b->w.body, from);
    if (at == NULL)
        fail_msg("no %s in %s", from, b->w.body);
    at += strlen(from);
    const char *end = strstr(at, to);
    assert_non_null(end);
    return arena_strndup(&b->w.db.arena, at, (size_t)(end - at));
}

static void an_account_is_made_and_its_password_shown_once(void **state)
{
    (void)state;
    struct bench_web b;
    char form[400];
    web_bench_open(&b);
    const char *ente = body_text(&b);
    web_user(&b, "capo", "Carla Capo", "amministratore", true);
    web_login(&b, "capo");
    snprintf(form, sizeof form,
             "intestazione=Anna+Rossi&nome=anna.rossi&email=&ruolo=assistente&ente=%s&dal=", ente);
    test_post(&b.w, "/utenti/nuovo", "/utenti/nuovo", form);
    assert_int_equal(b.w.status, 200);
    const char *password = between(&b, "Password</dt><dd class=\"z-code\">", "</dd>");
    assert_int_equal(strlen(password), 19);
    test_get(&b.w, "/utenti");
    assert_has(b.w.body, "Anna Rossi");
    assert_has(b.w.body, "Assistente sociale");
    assert_has_not(b.w.body, password);
    /* the same name again */
    test_post(&b.w, "/utenti/nuovo", "/utenti/nuovo", form);
    assert_int_equal(b.w.status, 422);
    assert_has(b.w.body, "Questo nome utente c’è già");
    assert_has(b.w.body, "value=\"Anna Rossi\"");
    /* she comes in and must change it */
    b.w.cookies[0] = '\0';
    snprintf(form, sizeof form, "nome=anna.rossi&password=%s&codice=&dopo=", password);
    test_post(&b.w, "/entra", "/entra", form);
    assert_int_equal(b.w.status, 303);
    test_get(&b.w, "/profilo");
    assert_int_equal(strncmp(b.w.location, "/password", 9), 0);
    web_bench_close(&b);
}

static void hostile_accounts_are_refused(void **state)
{
    (void)state;
    struct bench_web b;
    char form[600];
    web_bench_open(&b);
    const char *ente = body_text(&b);
    web_user(&b, "capo", "Carla Capo", "amministratore", true);
    web_login(&b, "capo");
    static const char *const bad[] = {
        "intestazione=Anna&nome=Anna+Rossi&email=&ruolo=assistente&ente=%s&dal=",
        "intestazione=Anna&nome=anna&email=&ruolo=lavoro&ente=%s&dal=",
        "intestazione=Anna&nome=anna&email=&ruolo=nessuno&ente=%s&dal=",
        "intestazione=&nome=anna&email=&ruolo=assistente&ente=%s&dal=",
        "intestazione=Anna&nome=anna&email=&ruolo=assistente&ente=%s&dal=31%%2F02%%2F2025",
        "intestazione=%%3Cb%%3E&nome=%%3Cb%%3E&email=&ruolo=assistente&ente=%s&dal="};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(form, sizeof form, bad[i], ente);
#pragma GCC diagnostic pop
        test_post(&b.w, "/utenti/nuovo", "/utenti/nuovo", form);
        assert_int_equal(b.w.status, 422);
        assert_has_not(b.w.body, "value=\"<b>");
    }
    /* a body that is not of this ambito */
    test_post(&b.w, "/utenti/nuovo", "/utenti/nuovo",
              "intestazione=Anna&nome=anna&email=&ruolo=assistente&ente=0000000000002&dal=");
    assert_int_equal(b.w.status, 422);
    assert_int_equal(web_count(&b, "SELECT count(*) FROM utente"), 1);
    web_bench_close(&b);
}

static void who_is_not_administrator_finds_nothing(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    web_user(&b, "capo", "Carla Capo", "amministratore", true);
    struct id bruno = web_user(&b, "bruno", "Bruno Bianchi", "assistente", true);
    static const char *const roles[] = {"assistente", "coordinatore", "revisore"};
    char nome[20];
    for (size_t i = 0; i < 3; i++) {
        snprintf(nome, sizeof nome, "prova%zu", i);
        web_user(&b, nome, "Prova Prova", roles[i], true);
        web_login(&b, nome);
        test_get(&b.w, "/utenti");
        assert_int_equal(b.w.status, 404);
        test_get(&b.w, path_of(&b, bruno, ""));
        assert_int_equal(b.w.status, 404);
        assert_has_not(b.w.body, "Bruno");
        test_post(&b.w, "/profilo", path_of(&b, bruno, "/disattiva"), "");
        assert_int_equal(b.w.status, 404);
    }
    assert_int_equal(web_count(&b, "SELECT count(*) FROM utente WHERE attivo = 0"), 0);
    web_bench_close(&b);
}

static void accounts_of_another_ambito_do_not_exist(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    web_user(&b, "capo", "Carla Capo", "amministratore", true);
    b.w.db.who.ambito.n = 2;
    struct id other = web_user(&b, "altrove", "Segretissima Altrove", "assistente", true);
    web_login(&b, "capo");
    test_get(&b.w, path_of(&b, other, ""));
    assert_int_equal(b.w.status, 404);
    char absent[2000];
    snprintf(absent, sizeof absent, "%.1900s", strstr(b.w.body, "<h1>"));
    test_get(&b.w, "/utenti/0000000000099");
    assert_int_equal(b.w.status, 404);
    /* the same words for "is not" and "not for you" (but for the number of the request) */
    assert_memory_equal(absent, strstr(b.w.body, "<h1>"), 100);
    test_get(&b.w, "/utenti");
    assert_has_not(b.w.body, "Segretissima");
    test_post(&b.w, "/profilo", path_of(&b, other, "/disattiva"), "");
    assert_int_equal(b.w.status, 404);
    test_post(&b.w, "/profilo", path_of(&b, other, "/password"), "");
    assert_int_equal(b.w.status, 404);
    assert_int_equal(web_count(&b, "SELECT count(*) FROM utente WHERE attivo = 0"), 0);
    web_bench_close(&b);
}

static void disabling_and_resetting_close_the_sessions(void **state)
{
    (void)state;
    struct bench_web b;
    char anna[1024], capo[1024];
    web_bench_open(&b);
    struct id chief = web_user(&b, "capo", "Carla Capo", "amministratore", true);
    struct id id = web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "anna.rossi");
    strcpy(anna, b.w.cookies);
    web_login(&b, "capo");
    strcpy(capo, b.w.cookies);
    test_post(&b.w, path_of(&b, id, ""), path_of(&b, id, "/disattiva"), "");
    assert_int_equal(b.w.status, 303);
    strcpy(b.w.cookies, anna);
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 303);
    strcpy(b.w.cookies, capo);
    test_post(&b.w, path_of(&b, id, ""), path_of(&b, id, "/attiva"), "");
    assert_int_equal(b.w.status, 303);
    test_post(&b.w, path_of(&b, id, ""), path_of(&b, id, "/password"), "");
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "anna.rossi");
    /* the last administrator cannot shut himself out */
    test_post(&b.w, path_of(&b, chief, ""), path_of(&b, chief, "/disattiva"), "");
    assert_int_equal(b.w.status, 422);
    assert_has(b.w.body, "ultimo amministratore");
    web_bench_close(&b);
}

static void nobody_gives_himself_a_role(void **state)
{
    (void)state;
    struct bench_web b;
    char form[200];
    web_bench_open(&b);
    const char *ente = body_text(&b);
    struct id chief = web_user(&b, "capo", "Carla Capo", "amministratore", true);
    struct id anna = web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "capo");
    snprintf(form, sizeof form, "ruolo=coordinatore&ente=%s&dal=&al=", ente);
    test_post(&b.w, path_of(&b, chief, ""), path_of(&b, chief, "/incarichi"), form);
    assert_int_equal(b.w.status, 422);
    test_post(&b.w, path_of(&b, anna, ""), path_of(&b, anna, "/incarichi"), form);
    assert_int_equal(b.w.status, 303);
    web_login(&b, "anna.rossi"); /* the latest role first; she may change it */
    test_get(&b.w, "/profilo");
    assert_has(b.w.body, "Cambia incarico");
    assert_int_equal(web_count(&b, "SELECT count(*) FROM incarico"), 3);
    web_bench_close(&b);
}

static void acts_on_accounts_ask_for_the_password_again(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    web_user(&b, "capo", "Carla Capo", "amministratore", true);
    web_login(&b, "capo");
    web_later(16 * 60);
    test_get(&b.w, "/utenti/nuovo");
    assert_int_equal(b.w.status, 303);
    assert_int_equal(strncmp(b.w.location, "/conferma", 9), 0);
    web_bench_close(&b);
}

/* ---- break glass ------------------------------------------------------------------------ */

#define WHY  "La+signora+ha+chiamato+i+carabinieri+e+il+collega+non+risponde+da+ieri"
#define WHAT "tipo=cartella&oggetto=0000000000077"

static bool lead(struct cx *cx, void *data)
{
    struct relazione relazione = {.utente = *(struct id *)data,
                                  .tipo = RELAZIONE_RESPONSABILE,
                                  .oggetto_tipo = "cartella",
                                  .dal = DAY_NONE,
                                  .al = DAY_NONE};
    struct id id;
    return id_parse("0000000000077", &relazione.oggetto) && relazione_save(cx, &relazione, &id);
}

static enum authz_relation stands(struct bench_web *b, struct id utente, int64_t later)
{
    enum authz_relation relation;
    struct cx *cx = &b->w.db.cx;
    struct id oggetto;
    assert_true(id_parse("0000000000077", &oggetto));
    b->w.db.who.utente = utente;
    cx->now.us += later * 1000000;
    test_read(&b->w.db);
    TEST_OK(cx, utente_relation(cx, "cartella", oggetto, &relation));
    test_read_end(&b->w.db);
    cx->now.us -= later * 1000000;
    return relation;
}

static void breaking_the_glass_is_told_and_reviewed(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    struct id anna = web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    struct id bruno = web_user(&b, "bruno", "Bruno Bianchi", "assistente", true);
    web_user(&b, "capo", "Carla Capo", "coordinatore", true);
    test_write(&b.w.db, lead, &bruno);
    web_login(&b, "anna.rossi");
    test_post(&b.w, "/emergenza?" WHAT, "/emergenza", WHAT "&motivo=pericolo&testo=breve");
    assert_int_equal(b.w.status, 422);
    assert_has(b.w.body, "almeno 40 caratteri");
    assert_has(b.w.body, "value=\"0000000000077\"");
    test_post(&b.w, "/emergenza?" WHAT, "/emergenza", WHAT "&motivo=curiosit%C3%A0&testo=" WHY);
    assert_int_equal(b.w.status, 422);
    assert_int_equal(stands(&b, anna, 1), RELAZIONE_AMBITO);
    test_post(&b.w, "/emergenza?" WHAT, "/emergenza", WHAT "&motivo=pericolo&testo=" WHY);
    assert_int_equal(b.w.status, 303);
    assert_string_equal(b.w.location, "/cartelle/0000000000077");
    assert_int_equal(stands(&b, anna, 1), RELAZIONE_EMERGENZA);
    assert_int_equal(stands(&b, anna, 3599), RELAZIONE_EMERGENZA);
    assert_int_equal(stands(&b, anna, 3600), RELAZIONE_AMBITO);
    /* twice: still one, nobody is told again */
    test_post(&b.w, "/emergenza?" WHAT, "/emergenza", WHAT "&motivo=pericolo&testo=" WHY);
    assert_int_equal(web_count(&b, "SELECT count(*) FROM emergenza"), 1);
    assert_int_equal(web_count(&b, "SELECT count(*) FROM avviso"), 2);
    /* what it says of the person is not written in clear */
    assert_int_equal(web_count(&b, "SELECT count(*) FROM emergenza WHERE CAST(testo AS TEXT) LIKE "
                                   "'%carabinieri%'"),
                     0);
    assert_int_equal(
        web_count(&b, "SELECT count(*) FROM audit WHERE oggetto = 'cartella' AND chi = 'Anna "
                      "Rossi' AND dettaglio LIKE 'accesso%'"),
        2);

    web_login(&b, "bruno");
    test_get(&b.w, "/avvisi");
    assert_has(b.w.body, "Anna Rossi ha aperto in emergenza");
    const char *page = between(&b, "<a href=\"/emergenze/", "\"");
    char path[60], review[80];
    snprintf(path, sizeof path, "/emergenze/%s", page);
    snprintf(review, sizeof review, "%s/riesame", path);
    test_get(&b.w, path); /* he answers for the case: he reads it */
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "carabinieri");
    test_get(&b.w, "/emergenze"); /* but does not review */
    assert_int_equal(b.w.status, 404);
    test_post(&b.w, "/avvisi", review, "esito=giustificato&nota=");
    assert_int_equal(b.w.status, 404);

    web_login(&b, "anna.rossi");
    test_get(&b.w, path);
    assert_int_equal(b.w.status, 200);
    test_post(&b.w, path, review, "esito=giustificato&nota=");
    assert_int_equal(b.w.status, 404);

    web_login(&b, "capo");
    test_get(&b.w, "/emergenze?stato=attesa");
    assert_has(b.w.body, "Anna Rossi");
    test_post(&b.w, path, review, "esito=giustificato&nota=Ha+fatto+bene");
    assert_int_equal(b.w.status, 303);
    test_get(&b.w, path);
    assert_has(b.w.body, "Ha fatto bene");
    test_get(&b.w, "/emergenze?stato=attesa");
    assert_has_not(b.w.body, "Anna Rossi");
    web_bench_close(&b);
}

/* Why somebody's record was opened is for those who coordinate its body, and for the auditor. */
static void the_reason_is_not_for_every_coordinator(void **state)
{
    (void)state;
    struct bench_web b;
    char path[60], review[80];
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_user_of(&b, "capo", "Carla Capo", "coordinatore", (struct id){5});
    web_user_of(&b, "vicino", "Vito Vicino", "coordinatore", (struct id){6});
    web_user_of(&b, "revisore", "Rita Revisore", "revisore", (struct id){1});
    web_login(&b, "anna.rossi");
    test_post(&b.w, "/emergenza?" WHAT, "/emergenza", WHAT "&motivo=pericolo&testo=" WHY);
    assert_int_equal(b.w.status, 303);
    assert_int_equal(web_count(&b, "SELECT count(*) FROM avviso"), 1);
    web_login(&b, "capo");
    test_get(&b.w, "/emergenze");
    snprintf(path, sizeof path, "/emergenze/%s", between(&b, "<a href=\"/emergenze/", "\""));
    snprintf(review, sizeof review, "%s/riesame", path);
    test_get(&b.w, path);
    assert_has(b.w.body, "carabinieri");
    web_login(&b, "vicino");
    test_get(&b.w, "/emergenze");
    assert_int_equal(b.w.status, 200);
    assert_has_not(b.w.body, "Anna Rossi");
    test_get(&b.w, path);
    assert_int_equal(b.w.status, 404);
    test_post(&b.w, "/avvisi", review, "esito=giustificato&nota=");
    assert_int_equal(b.w.status, 404);
    web_login(&b, "revisore");
    test_get(&b.w, "/emergenze");
    assert_has(b.w.body, "Anna Rossi");
    test_get(&b.w, path);
    assert_has(b.w.body, "carabinieri");
    test_post(&b.w, path, review, "esito=giustificato&nota=");
    assert_int_equal(b.w.status, 404); /* reads, and does not judge */
    web_bench_close(&b);
}

/* A record that is not there, as one that no emergency opens. */
static void nothing_is_opened_that_is_not_there(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "anna.rossi");
    test_post(&b.w, "/emergenza?" WHAT, "/emergenza",
              "tipo=cartella&oggetto=0000000000078&motivo=pericolo&testo=" WHY);
    assert_int_equal(b.w.status, 404);
    assert_int_equal(web_count(&b, "SELECT count(*) FROM emergenza"), 0);
    web_bench_close(&b);
}

static void it_is_closed_by_who_opened_it(void **state)
{
    (void)state;
    struct bench_web b;
    char path[60], close[80];
    web_bench_open(&b);
    struct id anna = web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_user(&b, "capo", "Carla Capo", "coordinatore", true);
    web_login(&b, "anna.rossi");
    test_post(&b.w, "/emergenza?" WHAT, "/emergenza", WHAT "&motivo=assenza&testo=" WHY);
    web_login(&b, "capo");
    test_get(&b.w, "/emergenze");
    snprintf(path, sizeof path, "/emergenze/%s", between(&b, "<a href=\"/emergenze/", "\""));
    snprintf(close, sizeof close, "%s/chiudi", path);
    test_post(&b.w, path, close, "");
    assert_int_equal(b.w.status, 404);
    web_login(&b, "anna.rossi");
    test_post(&b.w, path, close, "");
    assert_int_equal(b.w.status, 303);
    assert_int_equal(stands(&b, anna, 1), RELAZIONE_AMBITO);
    web_bench_close(&b);
}

static bool conflict(struct cx *cx, void *data)
{
    struct relazione relazione = {.utente = *(struct id *)data,
                                  .tipo = RELAZIONE_CONFLITTO,
                                  .oggetto_tipo = "cartella",
                                  .dal = DAY_NONE,
                                  .al = DAY_NONE};
    struct id id;
    return id_parse("0000000000077", &relazione.oggetto) && relazione_save(cx, &relazione, &id);
}

static void a_conflict_of_interest_is_stronger(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    struct id anna = web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "anna.rossi");
    test_post(&b.w, "/emergenza?" WHAT, "/emergenza", WHAT "&motivo=pericolo&testo=" WHY);
    assert_int_equal(stands(&b, anna, 1), RELAZIONE_EMERGENZA);
    test_write(&b.w.db, conflict, &anna);
    assert_int_equal(stands(&b, anna, 1), RELAZIONE_CONFLITTO);
    web_later(3601);
    web_login(&b, "anna.rossi");
    test_post(&b.w, "/emergenza?" WHAT, "/emergenza", WHAT "&motivo=pericolo&testo=" WHY);
    assert_int_equal(b.w.status, 422);
    assert_has(b.w.body, "conflitto di interessi");
    web_bench_close(&b);
}

static void what_is_no_record_cannot_be_opened(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "tipo=utente&oggetto=0000000000077", "tipo=&oggetto=0000000000077",
        "tipo=cartella&oggetto=", "tipo=..%2F..&oggetto=0000000000077"};
    struct bench_web b;
    char form[300];
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "anna.rossi");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(form, sizeof form, "%s&motivo=pericolo&testo=%s", bad[i], WHY);
        test_post(&b.w, "/emergenza?" WHAT, "/emergenza", form);
        assert_int_equal(b.w.status, 422);
    }
    assert_int_equal(web_count(&b, "SELECT count(*) FROM emergenza"), 0);
    web_bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_account_is_made_and_its_password_shown_once),
        cmocka_unit_test(hostile_accounts_are_refused),
        cmocka_unit_test(who_is_not_administrator_finds_nothing),
        cmocka_unit_test(accounts_of_another_ambito_do_not_exist),
        cmocka_unit_test(disabling_and_resetting_close_the_sessions),
        cmocka_unit_test(nobody_gives_himself_a_role),
        cmocka_unit_test(acts_on_accounts_ask_for_the_password_again),
        cmocka_unit_test(breaking_the_glass_is_told_and_reviewed),
        cmocka_unit_test(the_reason_is_not_for_every_coordinator),
        cmocka_unit_test(nothing_is_opened_that_is_not_there),
        cmocka_unit_test(it_is_closed_by_who_opened_it),
        cmocka_unit_test(a_conflict_of_interest_is_stronger),
        cmocka_unit_test(what_is_no_record_cannot_be_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
