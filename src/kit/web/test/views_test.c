/* Views of a list that a user keeps: saved, opened, first, taken away. */
#include "kit/web/test/voci.h"

#include <string.h>

static void views_are_kept(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?nome=voce+1200");
    char *body = arena_printf(
        &t->db.arena, "csrf=%s&percorso=/voci&etichetta=Le+ultime&filtri=nome%%3Dvoce%%2B1200",
        test_token(t));
    test_post_raw(t, "/viste", "application/x-www-form-urlencoded", body, strlen(body));
    assert_int_equal(t->status, 303);
    assert_string_equal(t->location, "/voci?nome=voce%201200");
    test_get(t, "/voci");
    assert_has(t->body, "Le ultime</a>");
    assert_string_equal(link_of(t, ">Le ultime"), "/voci?nome=voce%201200");
    test_get(t, "/voci?nome=voce+1200");
    assert_has(t->body, "aria-current=\"true\" href=\"/voci?nome=voce%201200\">Le ultime</a>");
    body = arena_printf(&t->db.arena, "csrf=%s&percorso=/voci&etichetta=Le+ultime&togli=1",
                        test_token(t));
    test_post_raw(t, "/viste", "application/x-www-form-urlencoded", body, strlen(body));
    test_get(t, "/voci");
    assert_has_not(t->body, ">Le ultime</a>");
}

static void send_view(struct test_web *t, const char *rest)
{
    test_get(t, "/voci?vista=tutte");
    const char *body =
        arena_printf(&t->db.arena, "csrf=%s&percorso=/voci&etichetta=%s", test_token(t), rest);
    test_post_raw(t, "/viste", "application/x-www-form-urlencoded", body, strlen(body));
}

static void preset_opens_first(void **state)
{
    struct test_web *t = *state;
    send_view(t, "Le+ultime&filtri=nome%3Dvoce%2B1200%26righe%3D50");
    assert_int_equal(t->status, 303);
    test_get(t, "/voci");
    assert_int_equal(t->status, 200);
    send_view(t, "Le+ultime&predefinita=si");
    assert_int_equal(t->status, 303);
    test_get(t, "/voci");
    assert_int_equal(t->status, 303);
    assert_string_equal(t->location, "/voci?nome=voce%201200&righe=50");
    test_get(t, "/voci?nome=voce+1200");
    assert_string_equal(link_of(t, ">Togli tutti i filtri"), "/voci?vista=tutte");
    send_view(t, "Le+ultime&predefinita=no");
    test_get(t, "/voci");
    assert_int_equal(t->status, 200);
    send_view(t, "Le+ultime&predefinita=si");
    send_view(t, "Le+ultime&togli=1"); /* and with it that it comes first */
    test_get(t, "/voci");
    assert_int_equal(t->status, 200);
    send_view(t, "Mai+vista&predefinita=si");
    assert_int_equal(t->status, 404);
    send_view(t, "*&filtri=nome%3Da");
    assert_int_equal(t->status, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_OF_VOCI(views_are_kept),
        TEST_OF_VOCI(preset_opens_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
