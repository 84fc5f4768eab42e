/* The life of a request, through a real socket. */
#include "kit/web/test/rooms.h"

#include <stdio.h>
#include <string.h>

static int set_up(void **state)
{
    static struct test_web test;
    room_open(&test);
    *state = &test;
    return 0;
}

static int tear_down(void **state)
{
    test_web_close(*state);
    return 0;
}

static void page_in_layout(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/?q=%C3%88%20%3Cqui%3E");
    assert_int_equal(t->status, 200);
    assert_has(t->body, "[È &lt;qui&gt;]");
    assert_has(t->body, "<h1>Prova</h1>");
    assert_has(t->body, "Élodie D’Amèlio");
    assert_has(test_header(t, "Content-Security-Policy"), "default-src 'none'");
    assert_string_equal(test_header(t, "Cache-Control"), "no-store");
    assert_string_equal(test_header(t, "X-Content-Type-Options"), "nosniff");
}

static void menu_tells_where_one_is(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/?q=a");
    assert_has(t->body, "href=\"/\" aria-current=\"true\"");
    assert_null(strstr(t->body, "href=\"/vietato\" aria-current"));
    test_get(t, "/vietato");
    assert_has(t->body, "href=\"/vietato\" aria-current=\"true\"");
    assert_null(strstr(t->body, "href=\"/vie\" aria-current"));
    assert_null(strstr(t->body, "href=\"/\" aria-current"));
    test_get(t, "/vietato/altro");
    assert_has(t->body, "href=\"/vietato\" aria-current=\"true\"");
}

static void health(void **state)
{
    struct test_web *t = *state;
    t->cookies[0] = '\0';
    test_get(t, "/salute");
    assert_int_equal(t->status, 200);
    assert_string_equal(t->body, "bene\n");
}

static void not_logged_in(void **state)
{
    struct test_web *t = *state;
    strcpy(t->cookies, "zonale=scaduta");
    test_get(t, "/?q=a");
    assert_int_equal(t->status, 303);
    assert_string_equal(t->location, "/entra?dopo=%2F%3Fq%3Da");
}

static void not_permitted_is_not_there(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/vietato");
    assert_int_equal(t->status, 404);
    assert_has(t->body, "Pagina non trovata");
    assert_has(t->body, "Élodie D’Amèlio");
    test_get(t, "/inesistente");
    assert_int_equal(t->status, 404);
    assert_has(t->body, "Pagina non trovata");
}

static void form_saves(void **state)
{
    struct test_web *t = *state;
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=ciao+mondo&numero=5&spunta=1");
    assert_int_equal(t->status, 303);
    assert_string_equal(t->location, "/nota/nuova");
    assert_int_equal(room_count(t), 1);
    assert_int_equal(test_host()->audited, 1);
    assert_string_equal(test_host()->last_object, "nota");
    assert_string_equal(test_host()->last_detail, "nota ciao mondo");
    test_get(t, "/");
    assert_has(t->body, "Nota salvata.");
    test_get(t, "/");
    assert_has_not(t->body, "Nota salvata.");
}

static void all_faults_at_once(void **state)
{
    struct test_web *t = *state;
    test_post(
        t, "/nota/nuova", "/nota/nuova",
        "testo=&giorno=31/02/2026&importo=abc&numero=11&righe=%3Cb%3Eciao&scelta=altra&segreto=ab");
    assert_int_equal(t->status, 422);
    assert_has(t->body, "Errore: Nuova nota");
    assert_has(t->body, "Campo obbligatorio.");
    assert_has(t->body, "Data non valida");
    assert_has(t->body, "Importo non valido");
    assert_has(t->body, "Il valore più grande ammesso è 10.");
    assert_has(t->body, "Scelta non prevista.");
    assert_has(t->body, "almeno 4 caratteri");
    assert_has(t->body, "31/02/2026");
    assert_has(t->body, "&lt;b&gt;ciao");
    assert_has_not(t->body, "value=\"ab\"");
    assert_int_equal(room_count(t), 0);
}

static void refusal_keeps_what_was_typed(void **state)
{
    struct test_web *t = *state;
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=rifiuta&righe=lungo+lavoro");
    assert_int_equal(t->status, 422);
    assert_has(t->body, "Questo no.");
    assert_has(t->body, "lungo lavoro");
    assert_int_equal(room_count(t), 0);
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=conta+e+rifiuta");
    assert_int_equal(t->status, 422);
    assert_has(t->body, "Contato, ma no.");
    assert_int_equal(room_count(t), 1);
}

static void failures_keep_what_was_typed(void **state)
{
    struct test_web *t = *state;
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=guasto&righe=lungo+lavoro");
    assert_int_equal(t->status, 503);
    assert_has(t->body, "lungo lavoro");
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=pieno&righe=lungo+lavoro");
    assert_int_equal(t->status, 507);
    assert_has(t->body, "Lo spazio per i dati è finito");
    assert_has(t->body, "lungo lavoro");
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=memoria&righe=lungo+lavoro");
    assert_int_equal(t->status, 503);
    assert_int_equal(room_count(t), 0);
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=due+volte");
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=due+volte&righe=lungo+lavoro");
    assert_int_equal(t->status, 409);
    assert_has(t->body, "lungo lavoro");
    assert_int_equal(room_count(t), 1);
}

static void double_click_counts_once(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/nota/nuova");
    char *body = arena_printf(&t->db.arena, "csrf=%s&testo=una+volta", test_token(t));
    for (int i = 0; i < 2; i++) {
        test_post_raw(t, "/nota/nuova", "application/x-www-form-urlencoded", body, strlen(body));
        assert_int_equal(t->status, 303);
        assert_string_equal(t->location, "/nota/nuova");
    }
    assert_int_equal(room_count(t), 1);
    /* other words from the same page are not answered as if they were saved */
    body = arena_printf(&t->db.arena, "%s+e+poi+altro", body);
    test_post_raw(t, "/nota/nuova", "application/x-www-form-urlencoded", body, strlen(body));
    assert_int_equal(t->status, 303);
    assert_int_equal(room_count(t), 2);
}

static void slow_part_comes_before(void **state)
{
    struct test_web *t = *state;
    test_post(t, "/nota/nuova", "/nota/lenta", "testo=scrivo");
    assert_int_equal(t->status, 303);
    assert_int_equal(room_count(t), 1);
    test_post(t, "/nota/nuova", "/nota/lenta", "testo=piano");
    assert_int_equal(t->status, 422);
    assert_has(t->body, "Troppo piano.");
    assert_int_equal(room_count(t), 1);
}

static void token_is_asked_for(void **state)
{
    struct test_web *t = *state;
    static const char *const forms[] = {
        "testo=a", "csrf=&testo=a", "csrf=prova&testo=a",
        "csrf=AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA&testo=a"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        test_post_raw(t, "/nota/nuova", "application/x-www-form-urlencoded", forms[i],
                      strlen(forms[i]));
        assert_int_equal(t->status, 403);
    }
    test_get(t, "/nota/nuova");
    const char *token = test_token(t);
    strcpy(t->cookies, "zonale=altro"); /* a session of somebody else */
    char *body = arena_printf(&t->db.arena, "csrf=%s&testo=a", token);
    test_post_raw(t, "/nota/nuova", "application/x-www-form-urlencoded", body, strlen(body));
    assert_int_equal(t->status, 403);
    assert_int_equal(room_count(t), 0);
}

static void other_sites_are_refused(void **state)
{
    struct test_web *t = *state;
    static const struct {
        const char *header;
        int status;
    } tries[] = {{"Origin: https://malvagio.example", 403},
                 {"Origin: null", 403},
                 {"Sec-Fetch-Site: cross-site", 403},
                 {"Sec-Fetch-Site: same-origin", 303}};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        test_get(t, "/nota/nuova");
        char *body = arena_printf(&t->db.arena, "csrf=%s&testo=t%zu", test_token(t), i);
        char *text = arena_printf(&t->db.arena,
                                  "POST /nota/nuova HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n"
                                  "%s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                  "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                                  t->cookies, tries[i].header, strlen(body), body);
        test_raw(t, text, strlen(text), 5000);
        assert_int_equal(t->status, tries[i].status);
    }
}

static void unknown_and_double_fields(void **state)
{
    struct test_web *t = *state;
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=a&ruolo=amministratore");
    assert_int_equal(t->status, 400);
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=a&testo=b");
    assert_int_equal(t->status, 400);
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=%00");
    assert_int_equal(t->status, 400);
    test_post(t, "/nota/nuova", "/nota/nuova", "testo=%ff");
    assert_int_equal(t->status, 400);
    test_get(t, "/?altro=1");
    assert_int_equal(t->status, 400);
    test_get(t, "/nota/nuova?q=1");
    assert_int_equal(t->status, 400);
    test_get(t, "/?dal=ieri");
    assert_int_equal(t->status, 400);
    assert_int_equal(room_count(t), 0);
}

static void methods(void **state)
{
    struct test_web *t = *state;
    test_post_raw(t, "/", "application/x-www-form-urlencoded", "", 0);
    assert_int_equal(t->status, 405);
    assert_string_equal(test_header(t, "Allow"), "GET, HEAD");
    test_get(t, "/nota/lenta");
    assert_int_equal(t->status, 405);
    assert_string_equal(test_header(t, "Allow"), "POST");
    static const char head[] = "HEAD / HTTP/1.1\r\nHost: a\r\nCookie: zonale=prova\r\n"
                               "Connection: close\r\n\r\n";
    test_raw(t, head, sizeof head - 1, 5000);
    assert_int_equal(t->status, 200);
    assert_int_equal(t->body_size, 0);
    static const char put[] = "DELETE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    test_raw(t, put, sizeof put - 1, 5000);
    assert_int_equal(t->status, 405);
}

static void objects_are_looked_at_first(void **state)
{
    struct test_web *t = *state;
    char id[ID_TEXT];
    test_get(t, arena_printf(&t->db.arena, "/caso/%s", id_text((struct id){1}, id)));
    assert_int_equal(t->status, 200);
    assert_int_equal(test_host()->allowed, 1);
    assert_string_equal(test_host()->last_object, "caso");
    test_get(t, arena_printf(&t->db.arena, "/caso/%s", id_text((struct id){2}, id)));
    assert_int_equal(t->status, 404);
    char *denied = arena_strdup(&t->db.arena, t->body);
    assert_int_equal(test_host()->denied, 1);
    test_get(t, arena_printf(&t->db.arena, "/caso/%s", id_text((struct id){500}, id)));
    assert_int_equal(t->status, 404);
    assert_int_equal(test_host()->denied, 2);
    assert_string_equal(test_host()->last_rule, "inesistente");
    assert_int_equal(strlen(denied), t->body_size);
    test_get(t, "/caso/zzz");
    assert_int_equal(t->status, 404);
}

static void no_audit_no_answer(void **state)
{
    struct test_web *t = *state;
    char id[ID_TEXT];
    const char *path = arena_printf(&t->db.arena, "/caso/%s", id_text((struct id){1}, id));
    test_host()->audit_fails = ERR_IO;
    test_get(t, path);
    assert_int_equal(t->status, 503);
    assert_has_not(t->body, "caso 0");
    test_host()->audit_fails = ERR_FULL; /* reading goes on; its trace is in the log */
    test_get(t, path);
    assert_int_equal(t->status, 200);
}

static void files_and_names(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/file/perch%C3%A9%22.txt");
    assert_int_equal(t->status, 200);
    assert_string_equal(t->body, "perché\".txt");
    assert_string_equal(test_header(t, "Content-Disposition"),
                        "attachment; filename=\"perch___.txt\"; "
                        "filename*=UTF-8''perch%C3%A9%22.txt");
}

static void broken_pages(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/rotta");
    assert_int_equal(t->status, 500);
    assert_has(t->body, "Errore del programma");
    test_get(t, "/memoria");
    assert_int_equal(t->status, 503);
    assert_has(t->body, "Servizio occupato");
    assert_string_equal(test_header(t, "Retry-After"), "5");
}

static void text_survives_the_session(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/nota/nuova");
    char *body =
        arena_printf(&t->db.arena, "csrf=%s&testo=ore+di+lavoro&segreto=parola", test_token(t));
    strcpy(t->cookies, "zonale=scaduta");
    test_post_raw(t, "/nota/nuova", "application/x-www-form-urlencoded", body, strlen(body));
    assert_int_equal(t->status, 303);
    assert_string_equal(t->location, "/entra?dopo=%2Fnota%2Fnuova");
    assert_has(t->cookies, "zonale-testo=");
    const char *key = strstr(t->cookies, "zonale-testo=");
    char mine[200], other[200];
    snprintf(mine, sizeof mine, "zonale=prova; %s", key);
    snprintf(other, sizeof other, "zonale=altro; %s", key);
    strcpy(t->cookies, other); /* somebody else sat down at the same machine */
    test_get(t, "/nota/nuova");
    assert_has_not(t->body, "ore di lavoro");
    strcpy(t->cookies, mine);
    test_get(t, "/nota/nuova");
    assert_has(t->body, "ore di lavoro");
    assert_has(t->body, "È stato ripreso il testo");
    assert_has_not(t->body, "parola");
    assert_int_equal(room_count(t), 0);
}

static void public_pages(void **state)
{
    struct test_web *t = *state;
    t->cookies[0] = '\0';
    test_post(t, "/aperta", "/aperta", "testo=da+fuori");
    assert_int_equal(t->status, 303);
    assert_int_equal(room_count(t), 1);
    test_get(t, "/aperta");
    char *body = arena_printf(&t->db.arena, "csrf=%s&testo=altro", test_token(t));
    t->cookies[0] = '\0'; /* another browser */
    test_post_raw(t, "/aperta", "application/x-www-form-urlencoded", body, strlen(body));
    assert_int_equal(t->status, 403);
}

static void ways_out_only(void **state)
{
    struct test_web *t = *state;
    test_host()->password_to_change = true;
    test_get(t, "/");
    assert_int_equal(t->status, 303);
    assert_string_equal(t->location, "/password");
    test_get(t, "/password");
    assert_int_equal(t->status, 200);
    test_host()->password_to_change = false;
    test_host()->login = (struct instant){1};
    test_get(t, "/recente");
    assert_int_equal(t->status, 303);
    assert_string_equal(t->location, "/conferma?dopo=%2Frecente");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(page_in_layout),
        TEST(menu_tells_where_one_is),
        TEST(health),
        TEST(not_logged_in),
        TEST(not_permitted_is_not_there),
        TEST(form_saves),
        TEST(all_faults_at_once),
        TEST(refusal_keeps_what_was_typed),
        TEST(failures_keep_what_was_typed),
        TEST(double_click_counts_once),
        TEST(slow_part_comes_before),
        TEST(token_is_asked_for),
        TEST(other_sites_are_refused),
        TEST(unknown_and_double_fields),
        TEST(methods),
        TEST(objects_are_looked_at_first),
        TEST(no_audit_no_answer),
        TEST(files_and_names),
        TEST(broken_pages),
        TEST(text_survives_the_session),
        TEST(public_pages),
        TEST(ways_out_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
