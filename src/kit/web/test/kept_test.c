/* Pieces of pages that are kept: who finds which, and that a page around one is still one gzip
 * file. */
#include "base/test/check.h"
#include "kit/web/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static struct web web;

static int start(void **state)
{
    (void)state;
    web.kept = kept_new();
    web.zippers = zippers_new();
    return web.kept == NULL || web.zippers == NULL;
}

static int finish(void **state)
{
    (void)state;
    kept_free(web.kept);
    zippers_free(web.zippers);
    return 0;
}

/* ---- who finds which --------------------------------------------------------------------- */

static struct web_req *asked_by(struct who *who)
{
    struct web_req *req = calloc(1, sizeof *req);
    assert_non_null(req);
    arena_init(&req->arena, 64 << 20);
    req->web = &web;
    req->cx = (struct cx){.arena = &req->arena, .who = who};
    return req;
}

static void over(struct web_req *req)
{
    arena_release(&req->arena);
    free(req);
}

static void keep(int64_t ambito, const char *key, const char *text)
{
    struct who who = {.ambito = {ambito}};
    struct web_req *req = asked_by(&who);
    struct tv *page = tv_object(&req->arena);
    web_piece_keep(req, page, "tabella", key, text);
    over(req);
}

static bool finds(int64_t ambito, const char *key, const char *text)
{
    struct who who = {.ambito = {ambito}};
    struct web_req *req = asked_by(&who);
    struct tv *page = tv_object(&req->arena);
    bool found = web_piece_find(req, page, "tabella", key);
    assert_true(found == (req->part != NULL));
    if (found) {
        assert_non_null(tv_get(page, "tabella"));
        assert_int_equal(req->part->text.size, strlen(text));
        assert_memory_equal(req->part->text.data, text, strlen(text));
    }
    over(req);
    return found;
}

static void the_key_and_the_ambito_must_be_the_same(void **state)
{
    (void)state;
    assert_false(finds(1, "2025 versione 1", ""));
    keep(1, "2025 versione 1", "<p>uno</p>");
    assert_true(finds(1, "2025 versione 1", "<p>uno</p>"));
    assert_false(finds(1, "2025 versione 2", ""));
    assert_false(finds(1, "2025 versione 11", ""));
    assert_false(finds(2, "2025 versione 1", ""));
    keep(2, "2025 versione 1", "<p>due</p>");
    assert_true(finds(1, "2025 versione 1", "<p>uno</p>"));
    assert_true(finds(2, "2025 versione 1", "<p>due</p>"));
}

static void the_one_least_asked_for_makes_room(void **state)
{
    (void)state;
    char key[32];
    keep(3, "sempre", "a");
    for (int i = 0; i < 40; i++) {
        snprintf(key, sizeof key, "chiave %d", i);
        keep(3, key, key);
        assert_true(finds(3, key, key));
        assert_true(finds(3, "sempre", "a"));
    }
    assert_false(finds(3, "chiave 0", ""));
    assert_true(finds(3, "chiave 39", "chiave 39"));
}

static void what_is_shown_stays_while_it_is_pushed_out(void **state)
{
    (void)state;
    struct who who = {.ambito = {4}};
    struct web_req *req = asked_by(&who);
    struct tv *page = tv_object(&req->arena);
    char key[32];
    keep(4, "in vista", "ancora qui");
    assert_true(web_piece_find(req, page, "tabella", "in vista"));
    for (int i = 0; i < 40; i++) {
        snprintf(key, sizeof key, "altra %d", i);
        keep(4, key, key);
    }
    assert_false(finds(4, "in vista", ""));
    assert_memory_equal(req->part->text.data, "ancora qui", req->part->text.size);
    over(req);
}

static void too_long_is_shown_and_not_kept(void **state)
{
    (void)state;
    size_t size = 5 << 20;
    char *text = malloc(size + 1);
    assert_non_null(text);
    memset(text, 'x', size);
    text[size] = '\0';
    keep(5, "lunga", text);
    assert_false(finds(5, "lunga", text));
    free(text);
}

/* ---- one gzip file ----------------------------------------------------------------------- */

static struct bytes bytes_of(const char *text)
{
    return (struct bytes){(const unsigned char *)text, strlen(text)};
}

/* zlib compares the sum and the length at the end itself. */
static void assert_opens(struct bytes packed, struct bytes as)
{
    unsigned char *out = malloc(as.size + 1);
    assert_non_null(out);
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)packed.data,
                       .avail_in = (unsigned)packed.size,
                       .next_out = out,
                       .avail_out = (unsigned)as.size + 1};
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.avail_in, 0);
    assert_int_equal(stream.total_out, as.size);
    assert_memory_equal(out, as.data, as.size);
    inflateEnd(&stream);
    free(out);
}

static void pack(const char *head, const char *text, const char *tail, bool there)
{
    struct arena arena;
    struct zip_part part;
    struct bytes out = {0};
    arena_init(&arena, 64 << 20);
    char *kept = strdup(text);
    assert_true(zip_part_make(&part, bytes_of(kept)));
    struct bytes page =
        bytes_of(arena_printf(&arena, "%s%s%s", head, there ? text : "<p>altro</p>", tail));
    for (int twice = 0; twice < 2; twice++) { /* the stream is used again */
        assert_true(zip_bytes(web.zippers, &arena, page, &part, &out));
        assert_true(out.size < page.size);
        assert_opens(out, page);
    }
    zip_part_free(&part);
    free(kept);
    arena_release(&arena);
}

static void a_page_around_a_part_is_one_file(void **state)
{
    (void)state;
    struct arena arena;
    struct buf rows, around;
    arena_init(&arena, 64 << 20);
    buf_init(&rows, &arena, 8 << 20);
    buf_init(&around, &arena, 8 << 20);
    for (int i = 0; i < 6000; i++)
        buf_printf(&rows, "<td><a href=celle/%d>%d,%02d</a>", i, i * 7919 % 50000, i % 100);
    for (int i = 0; i < 300; i++)
        buf_printf(&around, "<p>riga %d di prima e di dopo</p>\n", i);
    pack(around.data, rows.data, around.data, true);
    pack("", rows.data, around.data, true);
    pack(around.data, rows.data, "", true);
    pack("", rows.data, "", true);
    pack(around.data, "", around.data, true);
    pack(around.data, "x", around.data, true);
    pack(around.data, rows.data, around.data, false);
    /* begins like the part, and is another */
    pack(arena_printf(&arena, "%s%.200s", around.data, rows.data), rows.data, "", false);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_key_and_the_ambito_must_be_the_same),
        cmocka_unit_test(the_one_least_asked_for_makes_room),
        cmocka_unit_test(what_is_shown_stays_while_it_is_pushed_out),
        cmocka_unit_test(too_long_is_shown_and_not_kept),
        cmocka_unit_test(a_page_around_a_part_is_one_file),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
