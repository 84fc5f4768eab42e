/* Forms of every kind of field, by cases; files; drafts. */
#include "base/test/cases.h"
#include "kit/web/test/rooms.h"

static struct test_web web;

static int set_up(void **state)
{
    (void)state;
    room_open(&web);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_web_close(&web);
    return 0;
}

static void check_case(struct test_case *c)
{
    const char *form = c->lines[0];
    bool own = strncmp(form, "testo", 5) == 0 || strstr(form, "&testo=") != NULL ||
               strstr(form, "%74esto") != NULL;
    const char *body = own ? form : arena_printf(&web.db.arena, "%s&testo=caso+%d", form, c->line);
    int want = atoi(c->lines[1]), before = room_count(&web);
    test_post(&web, "/nota/nuova", "/nota/nuova", body);
    if (web.status != want)
        case_fail(c, "%s: %d", form, web.status);
    if (room_count(&web) != before + (want == 303))
        case_fail(c, "%s: %d rows", form, room_count(&web));
    const char *words = strchr(c->lines[1], ' ');
    if (words != NULL && strstr(web.body, words + 1) == NULL)
        case_fail(c, "%s: no \"%s\"", form, words + 1);
}

static void every_kind_of_field(void **state)
{
    (void)state;
    cases_run("src/kit/web/test/form.cases", 2, 40, check_case);
}

static void many_fields(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, &web.db.arena, 1 << 20);
    buf_text(&buf, "testo=a");
    for (int i = 0; i < 2000; i++)
        buf_printf(&buf, "&f%d=1", i);
    test_post(&web, "/nota/nuova", "/nota/nuova", buf.data);
    assert_int_equal(web.status, 400);
}

static void other_types(void **state)
{
    static const char body[] = "{\"testo\":\"a\"}";
    (void)state;
    test_post_raw(&web, "/nota/nuova", "application/json", body, sizeof body - 1);
    assert_int_equal(web.status, 400);
    test_post_raw(&web, "/nota/nuova", "multipart/form-data; boundary=x", "--x--", 5);
    assert_int_equal(web.status, 400);
    test_post_raw(&web, "/nota/nuova", "text/plain", "testo=a", 7);
    assert_int_equal(web.status, 400);
}

/* ---- files ---------------------------------------------------------------------------------- */

static void send_file(const char *name, const void *bytes, size_t size)
{
    static const char type[] = "multipart/form-data; boundary=----Zx9";
    struct buf buf;
    test_get(&web, "/carico");
    assert_int_equal(web.status, 200);
    buf_init(&buf, &web.db.arena, 1 << 20);
    buf_printf(&buf,
               "------Zx9\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
               "------Zx9\r\nContent-Disposition: form-data; name=\"titolo\"\r\n\r\nÈ mio\r\n"
               "------Zx9\r\nContent-Disposition: form-data; name=\"allegato\"; filename=\"%s\"\r\n"
               "Content-Type: text/html\r\n\r\n",
               test_token(&web), name);
    buf_add(&buf, bytes, size);
    buf_text(&buf, "\r\n------Zx9--\r\n");
    test_post_raw(&web, "/carico", type, buf.data, buf.size);
}

static void files_by_their_content(void **state)
{
    static const struct {
        const char *name, *bytes;
        size_t size;
        const char *want;
    } tries[] = {
        {"relazione.pdf", "%PDF-1.7\n", 9, "relazione.pdf|application/pdf|9"},
        {"C:\\\\Users\\\\io\\\\foto.PNG", "\x89PNG\r\n\x1a\n", 8, "foto.PNG|image/png|8"},
        {"../../etc/passwd", "root:x:0\n", 9, "passwd|text/plain|9"},
        {"...", "testo\n", 6, "documento|text/plain|6"},
        {"dati.csv", "a;b\r\n1;\xe8\r\n", 10, "dati.csv|text/csv|10"},
        {"lettera.odt", "PK\x03\x04xxxx", 8,
         "lettera.odt|application/vnd.oasis.opendocument.text|8"},
        {"firma.pdf.p7m", "\x30\x82\x01\x02", 4, "firma.pdf.p7m|application/pkcs7-mime|4"},
        {"r\xc3\xa9sum\xc3\xa9.txt", "--Zx9\r\n", 7, "r\xc3\xa9sum\xc3\xa9.txt|text/plain|7"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        send_file(tries[i].name, tries[i].bytes, tries[i].size);
        if (web.status != 200)
            fail_msg("%s: %d %s", tries[i].name, web.status, web.body);
        assert_string_equal(web.body, tries[i].want);
    }
}

static void files_that_are_refused(void **state)
{
    static const struct {
        const char *name, *bytes;
        size_t size;
        const char *fault;
    } tries[] = {
        {"pagina.pdf", "<html><script>", 14, "Tipo di file non ammesso"},
        {"figura.svg", "\xef\xbb\xbf  <svg onload=x>", 19, "Tipo di file non ammesso"},
        {"gioco.exe", "MZ\x90\x00\x03", 5, "Tipo di file non ammesso"},
        {"archivio.zip", "PK\x03\x04xxxx", 8, "Tipo di file non ammesso"},
        {"vuoto.txt", "", 0, "è vuoto"},
        {"", "", 0, "Campo obbligatorio"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        send_file(tries[i].name, tries[i].bytes, tries[i].size);
        assert_int_equal(web.status, 422);
        assert_has(web.body, tries[i].fault);
        assert_has(web.body, "value=\"È mio\"");
    }
    char *large = arena_alloc(&web.db.arena, 150 * 1024);
    memset(large, 'a', 150 * 1024);
    send_file("grande.txt", large, 150 * 1024);
    assert_int_equal(web.status, 422);
    assert_has(web.body, "al massimo 100 KB");
    large = arena_alloc(&web.db.arena, 250 * 1024);
    memset(large, 'a', 250 * 1024);
    send_file("enorme.txt", large, 250 * 1024);
    assert_int_equal(web.status, 413);
}

/* ---- drafts --------------------------------------------------------------------------------- */

static int save_draft(const char *path, const char *text)
{
    test_get(&web, "/nota/nuova");
    const char *body =
        arena_printf(&web.db.arena, "csrf=%s&percorso=%s&testo=%s", test_token(&web), path, text);
    test_post_raw(&web, "/bozza", "application/x-www-form-urlencoded", body, strlen(body));
    return web.status;
}

static void drafts(void **state)
{
    (void)state;
    assert_int_equal(save_draft("/nota/nuova", "testo%3Da+met%25C3%25A0%26righe%3Dx"), 200);
    test_get(&web, "/nota/nuova");
    assert_has(web.body, "value=\"a metà\"");
    assert_has(web.body, "È stato ripreso il testo");
    assert_int_equal(save_draft("/", "q%3D1"), 404);
    assert_int_equal(save_draft("/altrove", "q%3D1"), 404);
    test_post(&web, "/nota/nuova", "/nota/nuova", "testo=finita");
    assert_int_equal(web.status, 303);
    test_get(&web, "/nota/nuova");
    assert_has_not(web.body, "a metà");
    strcpy(web.cookies, "zonale=scaduta");
    static const char body[] = "percorso=/nota/nuova&testo=x";
    test_post_raw(&web, "/bozza", "application/x-www-form-urlencoded", body, sizeof body - 1);
    assert_int_equal(web.status, 403); /* a script must not take the login page for a yes */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_field),
        TEST(many_fields),
        TEST(other_types),
        TEST(files_by_their_content),
        TEST(files_that_are_refused),
        TEST(drafts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
