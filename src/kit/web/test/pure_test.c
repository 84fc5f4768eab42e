/* The parts without a socket: pairs, routes, the checks of the start. */
#include "base/test/check.h"
#include "kit/web/internal.h"

#include <stdio.h>
#include <string.h>

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* ---- pairs ---------------------------------------------------------------------------------- */

static bool multipart(const char *body, struct pairs *pairs)
{
    const char *why = NULL;
    bool ok =
        pairs_multipart(&arena, "multipart/form-data; boundary=b", body, strlen(body), pairs, &why);
    assert_true(ok || why != NULL);
    return ok;
}

#define PART "Content-Disposition: form-data; name=\"a\"\r\n\r\n"
static void multipart_as_it_must_be(void **state)
{
    struct pairs pairs;
    static const char *const bad[] = {
        "",
        "--b",
        "--c--",
        "--b\r\n" PART "x",
        "--b\r\n" PART "x\r\n--b",
        "--b\r\n" PART "x\r\n--bb\r\n",
        "\r\n--b\r\n" PART "x\r\n--b--",
        "--b\r\n" PART "x\r\n--b--y",
        "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--",
        "--b\r\n" PART "x\r\n--b\r\n" PART "y\r\n--b--",
        "--b\r\n" PART "\xff\r\n--b--",
    };
    (void)state;
    assert_true(multipart("--b\r\n" PART "x\r\n--b--\r\n", &pairs));
    assert_int_equal(pairs.count, 1);
    assert_string_equal(pairs.items[0].value, "x");
    assert_true(multipart("--b\r\n" PART "\r\n--b--", &pairs));
    assert_string_equal(pairs.items[0].value, "");
    assert_true(multipart("--b--", &pairs));
    assert_int_equal(pairs.count, 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (multipart(bad[i], &pairs))
            fail_msg("case %zu was taken", i);
}

static void pairs_go_round(void **state)
{
    static const char *const but[] = {"csrf", NULL};
    static const char text[] = "csrf=x&a=1+2&b=%C3%A8%26%3D&c=";
    struct pairs pairs;
    const char *why;
    (void)state;
    assert_true(pairs_urlencoded(&arena, text, sizeof text - 1, &pairs, &why));
    assert_string_equal(pairs_find(&pairs, "b")->value, "è&=");
    assert_string_equal(pairs_text(&arena, &pairs, but), "a=1%202&b=%C3%A8%26%3D&c=");
}

/* ---- routes --------------------------------------------------------------------------------- */

static bool handler(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx, (void)req, (void)res;
    return true;
}

static bool facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    (void)cx, (void)id, (void)facts;
    return true;
}
static const struct web_object object = {"caso", facts};

struct form {
    const char *text;
    struct bytes file;
};
static const struct web_field good_fields[] = {{.at = FIELD(form, text), .label = "Testo"},
                                               WEB_FIELD_END};
static const struct web_form good = {"buono", good_fields, sizeof(struct form), 0};
static const struct web_field typo_fields[] = {
    {.at = FIELD(form, text), .label = "Testo", .input = INPUT_DAY}, WEB_FIELD_END};
static const struct web_form typo = {"sbagliato", typo_fields, sizeof(struct form), 0};
static const struct web_field mute_fields[] = {{.at = FIELD(form, text)}, WEB_FIELD_END};
static const struct web_form mute = {"muto", mute_fields, sizeof(struct form), 0};
static const struct web_field file_fields[] = {
    {.at = FIELD(form, file), .label = "File", .input = INPUT_FILE}, WEB_FIELD_END};
static const struct web_form file = {"file", file_fields, sizeof(struct form), 0};

struct riga {
    struct id id;
};
static const struct field riga_fields[] = {FIELD(riga, id), FIELD_END};
static bool riga_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    (void)cx, (void)want, (void)rows;
    return true;
}
static const char *riga_key(struct cx *cx, const char *sort, const void *row)
{
    (void)cx, (void)row;
    return sort;
}
static const struct web_sort riga_sorts[] = {{"id", "Id"}, {NULL, NULL}};
static const struct web_column good_columns[] = {{.name = "id", .link = "/a/{id}/b"}, {NULL}};
static const struct web_column odd_columns[] = {{.name = "nome"}, {NULL}};
static const struct web_column odd_links[] = {{.name = "id", .link = "/a/{nome}"}, {NULL}};
#define LIST(columns_)                                                                             \
    {                                                                                              \
        .name = "righe", .fields = riga_fields, .size = sizeof(struct riga), .columns = columns_,  \
        .sorts = riga_sorts, .load = riga_load, .key = riga_key                                    \
    }
static const struct web_list good_list = LIST(good_columns), odd_list = LIST(odd_columns),
                             odd_link_list = LIST(odd_links);
#define LIST_ROW(list_)                                                                            \
    {                                                                                              \
        .method = WEB_GET, .path = "/l", .handler = web_list_page, .permission = "l.leggi",        \
        .data = list_                                                                              \
    }

#define ROW(method_, path_, permission_, ...)                                                      \
    {                                                                                              \
        .method = method_, .path = path_, .handler = handler, .permission = permission_,           \
        __VA_ARGS__                                                                                \
    }

static bool starts(const struct web_route *routes)
{
    const struct web_route *const tables[] = {routes, NULL};
    struct web web = {0};
    struct err err = {0};
    arena_init(&web.arena, 1 << 20);
    bool ok = match_build(&web.table, &web.arena, tables, &err) && check_routes(&web, tables, &err);
    assert_true(ok == (err.code == ERR_NONE));
    arena_release(&web.arena);
    return ok;
}

static void bad_rows_stop_the_start(void **state)
{
    static const struct web_route bad[][3] = {
        {ROW(WEB_GET, "/a", NULL)},
        {ROW(WEB_GET, "/a", "")},
        {ROW(WEB_GET, "/a", "pubblico")},
        {ROW(WEB_GET, "/a", "a.leggi", .flags = WEB_PUBLIC)},
        {ROW(WEB_GET, "/a", "a.leggi", .object = &object)},
        {ROW(WEB_GET, "/a", "a.leggi", .again = "/a")},
        {ROW(WEB_GET, "/a", "a.leggi", .audit = AUDIT_WRITE)},
        {ROW(WEB_POST, "/a", "a.leggi", .audit = AUDIT_READ)},
        {ROW(WEB_POST, "/a", "a.leggi", .again = "/b")},
        {ROW(WEB_POST, "/a", "a.leggi", .flags = WEB_SLOW)},
        {ROW(WEB_POST, "/a", "a.leggi", .before = handler)},
        {ROW(WEB_POST, "/a", "a.leggi", .flags = WEB_DRAFT)},
        {ROW(WEB_POST, "/a", "a.leggi", .form = &typo)},
        {ROW(WEB_POST, "/a", "a.leggi", .form = &mute)},
        {ROW(WEB_POST, "/a", "a.leggi", .form = &file)},
        {ROW(WEB_GET, "/a", "a.leggi"), ROW(WEB_GET, "/a", "a.leggi")},
        {ROW(WEB_GET, "/b/{id}", "a.leggi"), ROW(WEB_POST, "/a", "a.leggi", .again = "/b/{id}")},
        {ROW(WEB_GET, "a", "a.leggi")},
        {ROW(WEB_GET, "/a//b", "a.leggi")},
        {ROW(WEB_GET, "/a/", "a.leggi")},
        {{.method = WEB_GET, .path = "/a", .permission = "a.leggi"}},
        {LIST_ROW(NULL)},
        {LIST_ROW(&odd_list)},
        {LIST_ROW(&odd_link_list)},
    };
    static const struct web_route fine[] = {
        ROW(WEB_GET, "/a/{id}", "a.leggi", .object = &object, .audit = AUDIT_READ),
        ROW(WEB_POST, "/a/{id}", "a.scrivi", .object = &object, .audit = AUDIT_WRITE, .form = &good,
            .again = "/a/{id}", .flags = WEB_DRAFT),
        LIST_ROW(&good_list),
        {.path = NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (starts(bad[i]))
            fail_msg("row %zu was taken", i);
    assert_true(starts(fine));
}

static const struct web_route tree[] = {
    ROW(WEB_GET, "/", "tutti"),
    ROW(WEB_GET, "/persone", "a.b"),
    ROW(WEB_GET, "/persone/nuova", "a.b"),
    ROW(WEB_POST, "/persone/nuova", "a.b"),
    ROW(WEB_GET, "/persone/{id}", "a.b"),
    ROW(WEB_GET, "/persone/{id}/diario/{voce_id}", "a.b"),
    ROW(WEB_GET, "/file/{nome}", "a.b"),
    ROW(WEB_GET, "/file/elenco/tutti", "a.b"),
    {.path = NULL},
};

static const char *found(const struct match_table *table, const char *path, struct match *match)
{
    if (!match_find(table, path, strlen(path), match))
        return "";
    return match->get != NULL ? match->get->path : match->post->path;
}

static void words_win_over_names(void **state)
{
    const struct web_route *const tables[] = {tree, NULL};
    struct match_table *table;
    struct match match;
    struct err err = {0};
    (void)state;
    assert_true(match_build(&table, &arena, tables, &err));
    assert_string_equal(found(table, "/", &match), "/");
    assert_string_equal(found(table, "/persone", &match), "/persone");
    assert_string_equal(found(table, "/persone/nuova", &match), "/persone/nuova");
    assert_non_null(match.post);
    assert_string_equal(found(table, "/persone/0000000000009", &match), "/persone/{id}");
    assert_int_equal(match.names[0].id.n, 9);
    assert_string_equal(found(table, "/persone/9", &match), "");
    assert_string_equal(found(table, "/persone/0000000000000", &match), "");
    assert_string_equal(found(table, "/persone/0000000000009/diario/0000000000008", &match),
                        "/persone/{id}/diario/{voce_id}");
    assert_int_equal(match.count, 2);
    assert_int_equal(match.names[1].id.n, 8);
    assert_string_equal(found(table, "/file/elenco", &match), "/file/{nome}");
    assert_string_equal(found(table, "/file/elenco/tutti", &match), "/file/elenco/tutti");
    assert_string_equal(found(table, "/file/elenco/altri", &match), "");
    assert_string_equal(found(table, "/persone/", &match), "");
    assert_string_equal(found(table, "/file/", &match), "");
    assert_string_equal(found(table, "/Persone", &match), "");
}

static void redirects_stay_here(void **state)
{
    static const char *const away[] = {NULL,           "",     "http://a/",  "//a/", "/\\a", "\\/a",
                                       "javascript:x", "/a b", "/a\r\nX: y", "/è"};
    (void)state;
    assert_string_equal(web_after("/persone?q=1"), "/persone?q=1");
    for (size_t i = 0; i < sizeof away / sizeof *away; i++)
        assert_string_equal(web_after(away[i]), "/");
}

/* ---- marks ---------------------------------------------------------------------------------- */

static void marks_forget_the_oldest(void **state)
{
    char mark[WEB_MARK];
    (void)state;
    struct marks *marks = marks_new();
    assert_non_null(marks);
    for (int i = 0; i < 10000; i++) {
        snprintf(mark, sizeof mark, "%022d", i);
        marks_add(marks, mark, "/dove");
        assert_string_equal(marks_find(marks, &arena, mark), "/dove");
    }
    assert_null(marks_find(marks, &arena, "0000000000000000000000"));
    marks_drop(marks, mark);
    assert_null(marks_find(marks, &arena, mark));
    marks_free(marks);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(multipart_as_it_must_be), TEST(pairs_go_round),      TEST(bad_rows_stop_the_start),
        TEST(words_win_over_names),    TEST(redirects_stay_here), TEST(marks_forget_the_oldest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
