#include "kit/job/job_impl.h"

#include "kit/module.h"
#include "kit/sys/vault.h"
#include "kit/web/test/support.h"

#include <stdio.h>
#include <string.h>

static const char rows[] = "cognome;nome\r\nRossi;Maria\r\n";

static bool nothing(struct cx *cx, void *data)
{
    (void)cx;
    (void)data;
    return true;
}

static bool make(struct cx *cx, struct job *job)
{
    if (!job_write(cx, job, nothing, NULL, 3, 3))
        return false;
    job_result(job, "Elenco pronto: 1 persona");
    job_result_file(job, "elenco.csv", "text/csv; charset=utf-8",
                    (struct bytes){(const unsigned char *)rows, sizeof rows - 1});
    return true;
}
static const struct job_kind kind = {"prova", "Elenco di <tutti>", make, 1};
static const struct job_kind *const kinds[] = {&kind, NULL};

static const struct db_schema *const schemas[] = {&job_schema, NULL};

struct scene {
    struct test_web web;
    struct vault *vault;
    struct test_db keys; /* a folder for the key */
    struct id id;
};

static bool enqueue(struct cx *cx, void *data)
{
    return job_enqueue(cx, &kind, "{}", NULL, data);
}

static void open_scene(struct scene *s)
{
    struct err err = {0};
    const struct web_route *const tables[] = {job_module.routes, NULL};
    test_db_open(&s->keys, NULL);
    const char *key = arena_printf(&s->keys.arena, "%s/chiave", s->keys.folder);
    assert_true(vault_open(&s->vault, key, true, &err));
    test_web_open(
        &s->web, &(struct test_web_parts){.schemas = schemas, .routes = tables, .vault = s->vault});
    s->web.db.cx.vault = s->vault;
    s->web.db.cx.who = &test_host()->who;
    test_write(&s->web.db, enqueue, &s->id);
}

static void close_scene(struct scene *s)
{
    test_web_close(&s->web);
    vault_close(s->vault);
    test_db_close(&s->keys);
}

static const char *path(struct scene *s, const char *tail)
{
    char id[ID_TEXT];
    return arena_printf(&s->web.db.arena, "/lavori/%s%s", id_text(s->id, id), tail);
}

static void waits_runs_and_is_fetched(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s);
    test_get(&s.web, path(&s, ""));
    assert_int_equal(s.web.status, 200);
    assert_has(s.web.body, "In attesa");
    assert_has(s.web.body, "data-follow");
    assert_has(s.web.body, "Elenco di &lt;tutti&gt;");
    test_get(&s.web, "/lavori");
    assert_int_equal(s.web.status, 200);
    assert_has(s.web.body, path(&s, ""));
    assert_has(s.web.body, "In attesa");
    test_get(&s.web, path(&s, "/file"));
    assert_int_equal(s.web.status, 404);
    TEST_OK(&s.web.db.cx, job_run_waiting(s.web.db.db, &s.web.db.cx, kinds));
    test_get(&s.web, path(&s, ""));
    assert_has(s.web.body, "Elenco pronto: 1 persona");
    assert_has_not(s.web.body, "data-follow");
    assert_has(s.web.body, "Scarica elenco.csv");
    test_get(&s.web, path(&s, "/file"));
    assert_int_equal(s.web.status, 200);
    assert_string_equal(s.web.body, rows);
    assert_has(test_header(&s.web, "Content-Disposition"), "elenco.csv");
    close_scene(&s);
}

static void is_cancelled_by_its_owner_only(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s);
    snprintf(s.web.cookies, sizeof s.web.cookies, "zonale=altro");
    test_get(&s.web, path(&s, ""));
    assert_int_equal(s.web.status, 404);
    test_get(&s.web, path(&s, "/file"));
    assert_int_equal(s.web.status, 404);
    snprintf(s.web.cookies, sizeof s.web.cookies, "zonale=prova");
    test_post(&s.web, path(&s, ""), path(&s, "/annulla"), "");
    assert_int_equal(s.web.status, 303);
    test_get(&s.web, path(&s, ""));
    assert_has(s.web.body, "Interrotto");
    TEST_OK(&s.web.db.cx, job_run_waiting(s.web.db.db, &s.web.db.cx, kinds));
    test_get(&s.web, path(&s, "/file"));
    assert_int_equal(s.web.status, 404);
    close_scene(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_runs_and_is_fetched),
        cmocka_unit_test(is_cancelled_by_its_owner_only),
    };
    return cmocka_run_group_tests_name("kit/job pages", tests, NULL, NULL);
}
