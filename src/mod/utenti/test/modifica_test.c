/* Changing accounts and roles, on the pages. */
#include "mod/utenti/test/web.h"

#include <stdio.h>
#include <string.h>

static bool body_make(struct cx *cx, void *data)
{
    static const struct db_sql sql = {"ente_prova",
                                      "INSERT INTO ente (id, ambito, codice, nome, chiave, tipo, "
                                      "attivo) VALUES ($1, 1, $2, $3, $3, 'comune', 1)"};
    const struct id *id = data;
    const char *codice = id->n == 1 ? "P1" : "P5", *nome = id->n == 1 ? "ambito" : "clusone";
    return db_do(cx, &sql, DB_ARGS(*id, codice, nome), NULL);
}

/* Two administrators, a worker who has come in, and bodies 1 and 5. */
struct scene {
    struct bench_web b;
    struct id capo, vice, anna;
    char capo_in[1024], vice_in[1024], anna_in[1024];
};

static void enter(struct scene *s, const char *nome, char *cookies)
{
    web_login(&s->b, nome);
    strcpy(cookies, s->b.w.cookies);
}

static void open_scene(struct scene *s)
{
    struct id one = {1}, five = {5};
    web_bench_open(&s->b);
    test_write(&s->b.w.db, body_make, &one);
    test_write(&s->b.w.db, body_make, &five);
    s->capo = web_user(&s->b, "capo", "Carla Capo", "amministratore", true);
    s->vice = web_user(&s->b, "vice", "Vito Vice", "amministratore", true);
    s->anna = web_user(&s->b, "anna.rossi", "Anna Rossi", "assistente", true);
    enter(s, "anna.rossi", s->anna_in);
    enter(s, "vice", s->vice_in);
    enter(s, "capo", s->capo_in);
}

static void as(struct scene *s, const char *cookies)
{
    strcpy(s->b.w.cookies, cookies);
}

static const char *path_of(struct scene *s, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(&s->b.w.db.arena, "/utenti/%s%s", id_text(id, text), tail);
}

/* The page asks, the form answers. */
static void ask(struct scene *s, struct id id, const char *tail, const char *form, int status)
{
    const char *path = path_of(s, id, tail);
    test_post(&s->b.w, path, path, form);
    if (s->b.w.status != status)
        fail_msg("%s %s: %d %s", path, form, s->b.w.status, s->b.w.body);
}

static bool comes_in(struct scene *s, const char *cookies)
{
    char before[1024];
    strcpy(before, s->b.w.cookies);
    as(s, cookies);
    test_get(&s->b.w, "/profilo");
    int status = s->b.w.status;
    as(s, before);
    return status == 200;
}

/* The path of the role that an account holds without an end, behind /utenti/{id}. */
static const char *role_of(struct scene *s, struct id utente)
{
    char sql[200], id[ID_TEXT];
    snprintf(sql, sizeof sql,
             "SELECT id FROM incarico WHERE utente = %lld ORDER BY CASE WHEN al IS NULL THEN 0 "
             "ELSE 1 END LIMIT 1",
             (long long)utente.n);
    struct id role = {web_count(&s->b, sql)};
    return arena_printf(&s->b.w.db.arena, "/incarichi/%s", id_text(role, id));
}

static void name_and_mail_are_corrected(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s);
    ask(&s, s.anna, "/modifica", "intestazione=Anna+Rossi+Neri&email=anna%40a.it&versione=1", 303);
    test_get(&s.b.w, path_of(&s, s.anna, ""));
    assert_has(s.b.w.body, "Anna Rossi Neri");
    assert_has(s.b.w.body, "anna@a.it");
    assert_has(s.b.w.body, "Carla Capo"); /* who changed it last */
    test_get(&s.b.w, "/utenti?cerca=anna+rossi+neri");
    assert_has(s.b.w.body, "Anna Rossi Neri");
    assert_true(comes_in(&s, s.anna_in)); /* nothing was taken from her */
    assert_int_equal(web_count(&s.b, "SELECT count(*) FROM audit WHERE oggetto = 'utente' AND chi "
                                     "= 'Carla Capo' AND dettaglio LIKE 'Anna Rossi, -: ora Anna "
                                     "Rossi Neri, anna@a.it'"),
                     1);
    ask(&s, s.anna, "/modifica", "intestazione=+&email=&versione=2", 422);
    ask(&s, s.anna, "/modifica", "intestazione=A%0AB&email=&versione=2", 422);
    assert_int_equal(web_count(&s.b, "SELECT versione FROM utente WHERE nome = 'anna.rossi'"), 2);
    web_bench_close(&s.b);
}

static void the_second_is_told_what_the_first_changed(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s);
    as(&s, s.vice_in);
    ask(&s, s.anna, "/modifica", "intestazione=Anna+Neri&email=&versione=1", 303);
    as(&s, s.capo_in);
    ask(&s, s.anna, "/modifica", "intestazione=Anna+Verdi&email=&versione=1", 422);
    assert_has(s.b.w.body, "cambiato da Vito Vice");
    assert_has(s.b.w.body, "<td>Anna Neri</td><td>Anna Verdi</td>");
    assert_has(s.b.w.body, "value=\"Anna Verdi\""); /* what was typed is still there */
    assert_has(s.b.w.body, "name=\"versione\" value=\"2\"");
    ask(&s, s.anna, "/modifica", "intestazione=Anna+Verdi&email=&versione=2", 303);
    /* every other act says so too, and does nothing */
    static const char *const tails[] = {"/disattiva", "/attiva", "/password", "/azzera"};
    for (size_t i = 0; i < 4; i++) {
        ask(&s, s.anna, tails[i], "versione=2", 422);
        assert_has(s.b.w.body, "cambiato da Carla Capo");
    }
    ask(&s, s.anna, "/fine", "giorno=31%2F12%2F2030&versione=2", 422);
    ask(&s, s.anna, arena_printf(&s.b.w.db.arena, "%s/chiudi", role_of(&s, s.anna)), "versione=2",
        422);
    assert_true(comes_in(&s, s.anna_in));
    web_bench_close(&s.b);
}

static void locking_says_what_follows_and_closes_the_sessions(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s);
    test_get(&s.b.w, path_of(&s, s.anna, "/disattiva"));
    assert_has(s.b.w.body, "Anna Rossi");
    assert_has(s.b.w.body, "Accessi aperti ora: 1");
    ask(&s, s.anna, "/disattiva", "versione=1", 303);
    assert_false(comes_in(&s, s.anna_in));
    assert_int_equal(web_count(&s.b, "SELECT count(*) FROM audit WHERE dettaglio = 'disattivato'"),
                     1);
    test_get(&s.b.w, "/utenti?stato=disattivati");
    assert_has(s.b.w.body, "Anna Rossi");
    ask(&s, s.anna, "/attiva", "versione=2", 303);
    web_login(&s.b, "anna.rossi");
    web_bench_close(&s.b);
}

static void a_password_is_given_to_others_only(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s);
    ask(&s, s.anna, "/password", "versione=1", 200);
    assert_has(s.b.w.body, "anna.rossi");
    assert_false(comes_in(&s, s.anna_in));
    ask(&s, s.anna, "/azzera", "versione=2", 200);
    ask(&s, s.capo, "/azzera", "versione=1", 422);
    assert_has(s.b.w.body, "nel tuo profilo");
    assert_true(comes_in(&s, s.capo_in));
    web_bench_close(&s.b);
}

static void a_role_changes_and_the_old_one_stays_written(void **state)
{
    (void)state;
    struct scene s;
    char form[200], five[ID_TEXT], one[ID_TEXT];
    open_scene(&s);
    const char *role = role_of(&s, s.anna);
    id_text((struct id){5}, five);
    id_text((struct id){1}, one);
    snprintf(form, sizeof form, "ruolo=assistente&ente=%s&dal=&al=&versione=1", one);
    ask(&s, s.anna, role, form, 422);
    assert_has(s.b.w.body, "Non hai cambiato nulla");
    snprintf(form, sizeof form, "ruolo=coordinatore&ente=%s&dal=01%%2F01%%2F2020&al=&versione=1",
             five);
    ask(&s, s.anna, role, form, 422);
    assert_has(s.b.w.body, "Il passato non si riscrive");
    snprintf(form, sizeof form, "ruolo=lavoro&ente=%s&dal=&al=&versione=1", five);
    ask(&s, s.anna, role, form, 422);
    snprintf(form, sizeof form, "ruolo=coordinatore&ente=0000000000009&dal=&al=&versione=1");
    ask(&s, s.anna, role, form, 422);
    /* from a day to come: until then nothing changes */
    snprintf(form, sizeof form, "ruolo=coordinatore&ente=%s&dal=20%%2F03%%2F2025&al=&versione=1",
             five);
    ask(&s, s.anna, role, form, 303);
    assert_true(comes_in(&s, s.anna_in));
    assert_int_equal(web_count(&s.b, "SELECT count(*) FROM incarico WHERE ruolo = 'assistente' AND "
                                     "ente = 1 AND al IS NOT NULL"),
                     1);
    assert_int_equal(web_count(&s.b, "SELECT count(*) FROM incarico WHERE ruolo = 'coordinatore' "
                                     "AND ente = 5 AND al IS NULL"),
                     1);
    test_get(&s.b.w, path_of(&s, s.anna, ""));
    assert_has(s.b.w.body, "Coordinatore");
    web_bench_close(&s.b);
}

static void a_role_taken_away_closes_every_session(void **state)
{
    (void)state;
    struct scene s;
    char form[200], one[ID_TEXT];
    open_scene(&s);
    snprintf(form, sizeof form, "ruolo=sportello&ente=%s&dal=&al=&versione=1",
             id_text((struct id){1}, one));
    ask(&s, s.anna, role_of(&s, s.anna), form, 303);
    assert_false(comes_in(&s, s.anna_in));
    web_login(&s.b, "anna.rossi");
    test_get(&s.b.w, "/profilo");
    assert_has(s.b.w.body, "sportello");
    as(&s, s.capo_in);
    ask(&s, s.anna, arena_printf(&s.b.w.db.arena, "%s/chiudi", role_of(&s, s.anna)), "versione=2",
        303);
    test_get(&s.b.w, "/utenti?stato=senza");
    assert_has(s.b.w.body, "Anna Rossi");
    /* what has ended is not changed any more */
    ask(&s, s.anna, role_of(&s, s.anna), form, 422);
    ask(&s, s.anna, arena_printf(&s.b.w.db.arena, "%s/chiudi", role_of(&s, s.anna)), "", 422);
    assert_has(s.b.w.body, "già finito");
    web_bench_close(&s.b);
}

static void service_ends_on_a_day(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s);
    ask(&s, s.anna, "/fine", "giorno=09%2F03%2F2025&versione=1", 422);
    ask(&s, s.anna, "/fine", "giorno=11%2F03%2F2025&versione=1", 303);
    assert_true(comes_in(&s, s.anna_in));
    test_get(&s.b.w, path_of(&s, s.anna, ""));
    assert_has(s.b.w.body, "fino al 11/03/2025 (escluso)");
    web_later(24 * 3600);
    test_post(&s.b.w, "/entra", "/entra",
              "nome=anna.rossi&password=cavallo+batteria+graffetta&codice=&dopo=");
    assert_has(s.b.w.body, "non hai un incarico in vigore");
    web_bench_close(&s.b);
}

static void nobody_changes_his_own_roles(void **state)
{
    (void)state;
    struct scene s;
    char form[200], one[ID_TEXT];
    open_scene(&s);
    const char *role = role_of(&s, s.capo);
    snprintf(form, sizeof form, "ruolo=coordinatore&ente=%s&dal=&al=&versione=1",
             id_text((struct id){1}, one));
    ask(&s, s.capo, role, form, 422);
    assert_has(s.b.w.body, "lo cambia un altro amministratore");
    ask(&s, s.capo, arena_printf(&s.b.w.db.arena, "%s/chiudi", role), "versione=1", 422);
    ask(&s, s.capo, "/fine", "giorno=01%2F01%2F2030&versione=1", 422);
    ask(&s, s.capo, "/disattiva", "versione=1", 422);
    assert_int_equal(web_count(&s.b, "SELECT count(*) FROM incarico WHERE al IS NOT NULL"), 0);
    assert_true(comes_in(&s, s.capo_in));
    /* a role of somebody else under his own address */
    test_get(&s.b.w, path_of(&s, s.capo, role_of(&s, s.anna)));
    assert_int_equal(s.b.w.status, 404);
    web_bench_close(&s.b);
}

/* Not today, and not on a day to come either. */
static void an_administrator_is_left_on_every_day(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s);
    ask(&s, s.vice, "/fine", "giorno=01%2F06%2F2025&versione=1", 303);
    as(&s, s.vice_in); /* who leaves in June may not send the other away today */
    ask(&s, s.capo, "/fine", "giorno=10%2F03%2F2025&versione=1", 422);
    assert_has(s.b.w.body, "ultimo amministratore senza un termine");
    ask(&s, s.capo, "/fine", "giorno=01%2F07%2F2025&versione=1", 422);
    ask(&s, s.capo, arena_printf(&s.b.w.db.arena, "%s/chiudi", role_of(&s, s.capo)), "versione=1",
        422);
    assert_true(comes_in(&s, s.capo_in));
    web_bench_close(&s.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_and_mail_are_corrected),
        cmocka_unit_test(the_second_is_told_what_the_first_changed),
        cmocka_unit_test(locking_says_what_follows_and_closes_the_sessions),
        cmocka_unit_test(a_password_is_given_to_others_only),
        cmocka_unit_test(a_role_changes_and_the_old_one_stays_written),
        cmocka_unit_test(a_role_taken_away_closes_every_session),
        cmocka_unit_test(service_ends_on_a_day),
        cmocka_unit_test(nobody_changes_his_own_roles),
        cmocka_unit_test(an_administrator_is_left_on_every_day),
    };
    return cmocka_run_group_tests_name("mod/utenti/modifica", tests, NULL, NULL);
}
