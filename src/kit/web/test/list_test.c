/* A list of 1 234 rows: pages by key, filters, orders, exports, saved filters. */
#include "kit/web/test/support.h"

#include <stdio.h>
#include <string.h>
#include <zip.h>

enum { ROWS = 1234 };

static const struct db_schema schema = {
    .room = "voce",
    .model = "CREATE TABLE voce (id @ID PRIMARY KEY, nome @TEXT NOT NULL, importo @INT, "
             "giorno @DAY) @STRICT;",
};
static const struct db_schema *const schemas[] = {&schema, NULL};

struct voce {
    struct id id;
    const char *nome;
    struct money importo;
    struct day giorno;
};
static const struct field voce_fields[] = {FIELD(voce, id), FIELD(voce, nome), FIELD(voce, importo),
                                           FIELD(voce, giorno), FIELD_END};

struct filtri {
    const char *nome;
    struct day dal;
};
static const struct web_field filtri_fields[] = {
    {.at = FIELD(filtri, nome), .label = "Nome"},
    {.at = FIELD(filtri, dal), .label = "Dal", .input = INPUT_DAY},
    WEB_FIELD_END,
};
static const struct web_form filtri_form = {"filtri", filtri_fields, sizeof(struct filtri), 0};

static const struct db_sql add_sql = {
    "voce_add", "INSERT INTO voce (id, nome, importo, giorno) VALUES ($1, $2, $3, $4)"};

static bool voce_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct filtri *filtri = want->filters;
    struct db_query q;
    db_query_start(&q, cx, "voce_list", "SELECT id, nome, importo, giorno FROM voce WHERE 1 = $1",
                   DB_ARGS(1));
    if (filtri->nome != NULL)
        db_query_add(&q, " AND nome >= $1", DB_ARGS(filtri->nome));
    if (want->after != NULL)
        db_query_add(&q, " AND nome > $1", DB_ARGS(want->after));
    db_query_add(&q, " ORDER BY nome LIMIT $1", DB_ARGS((int64_t)want->limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), voce_fields, sizeof(struct voce),
                   want->limit, rows);
}

static const char *voce_key(struct cx *cx, const char *sort, const void *row)
{
    (void)cx, (void)sort;
    return ((const struct voce *)row)->nome;
}

static bool voce_total(struct cx *cx, const void *filters, int64_t *total)
{
    (void)cx, (void)filters;
    *total = ROWS;
    return true;
}

static const struct web_column columns[] = {
    {.name = "id", .hidden = true},
    {.name = "nome", .label = "Nome", .link = "/voci/{id}"},
    {.name = "importo", .label = "Importo", .number = true},
    {.name = "giorno", .label = NULL},
    {NULL},
};
static const struct web_sort sorts[] = {{"nome", "Nome (A-Z)"}, {"giorno", "Data"}, {NULL, NULL}};
static const struct web_list list = {
    .name = "voci",
    .title = "Voci",
    .intro = "Tutte le voci.",
    .empty = "Non c’è ancora nessuna voce.",
    .create_href = "/voci/nuova",
    .create_label = "Nuova voce",
    .create_permission = "voci.crea",
    .fields = voce_fields,
    .size = sizeof(struct voce),
    .columns = columns,
    .filters = &filtri_form,
    .sorts = sorts,
    .load = voce_load,
    .key = voce_key,
    .total = voce_total,
};
static const struct web_route routes[] = {
    {WEB_GET, "/voci", web_list_page, "voci.leggi", FINE_CURA, AZIONE_ELENCA, AUDIT_READ,
     .data = &list},
    {WEB_GET, "/mute", web_list_page, "vietato.leggi", FINE_CURA, AZIONE_ELENCA, AUDIT_READ,
     .data = &list},
    {.path = NULL},
};
static const struct web_route *const tables[] = {routes, NULL};

static bool fill(struct cx *cx, void *data)
{
    (void)data;
    for (int i = 1; i <= ROWS; i++) {
        struct money importo = i % 7 == 0 ? MONEY_INVALID : MONEY(i * 1050);
        const char *nome = arena_printf(cx->arena, i == 5 ? "=%04d" : "voce %04d", i);
        if (!db_do(cx, &add_sql, DB_ARGS((struct id){i}, nome, importo, day_of(2025, 1, 1)), NULL))
            return false;
    }
    return true;
}

static int set_up(void **state)
{
    static struct test_web test;
    test_web_open(&test, &(struct test_web_parts){.schemas = schemas, .routes = tables});
    test_write(&test.db, fill, NULL);
    *state = &test;
    return 0;
}

static int tear_down(void **state)
{
    test_web_close(*state);
    return 0;
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        count++;
    return count;
}

/* The href of the link whose tag holds `mark`. */
static const char *link_of(struct test_web *t, const char *mark)
{
    const char *at = strstr(t->body, mark);
    assert_non_null(at);
    while (strncmp(at, "href=\"", 6) != 0)
        at--;
    at += 6;
    char *raw = arena_strndup(&t->db.arena, at, strcspn(at, "\"")), *out = raw;
    for (char *in = raw; *in != '\0'; out++) { /* &amp; back to & */
        *out = *in;
        in += strncmp(in, "&amp;", 5) == 0 ? 5 : 1;
    }
    *out = '\0';
    return raw;
}

static void pages_by_key(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci");
    assert_int_equal(t->status, 200);
    assert_int_equal(count_of(t->body, "<a href=\"/voci/"), 20 + 0);
    assert_has(t->body, "20 di 1.234");
    assert_has(t->body, "Nuova voce");
    assert_int_equal(test_host()->audited, 1);
    int seen = 20;
    for (int page = 0; strstr(t->body, "rel=\"next\"") != NULL && page < 100; page++) {
        test_get(t, link_of(t, "rel=\"next\""));
        assert_int_equal(t->status, 200);
        seen += count_of(t->body, "<a href=\"/voci/0");
    }
    assert_int_equal(seen, ROWS);
}

static void filters_stay_in_links(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?nome=voce+1200&dal=&ordine=nome");
    assert_int_equal(t->status, 200);
    assert_has(t->body, "voce 1200");
    assert_has_not(t->body, "voce 1199");
    assert_has(t->body, "con i filtri scelti");
    assert_string_equal(link_of(t, "rel=\"next\""),
                        "/voci?nome=voce%201200&ordine=nome&dopo=voce%201219");
    test_get(t, "/voci?nome=zzz");
    assert_has(t->body, "Non c’è ancora nessuna voce.");
    test_get(t, "/voci?dal=ieri");
    assert_int_equal(t->status, 422);
    assert_has(t->body, "Data non valida");
    test_get(t, "/voci?ordine=prezzo");
    assert_int_equal(t->status, 400);
    test_get(t, "/voci?dopo=%00");
    assert_int_equal(t->status, 400);
}

static void exports_all_filtered_rows(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?formato=csv");
    assert_int_equal(t->status, 200);
    assert_memory_equal(t->body, "\xef\xbb\xbf", 3);
    assert_int_equal(count_of(t->body, "\r\n"), ROWS + 1);
    assert_has(t->body, "Nome;Importo;giorno\r\n");
    assert_has(t->body, "voce 0001;10,50;01/01/2025\r\n");
    assert_has(t->body, "voce 0007;;01/01/2025\r\n");
    assert_has(t->body, "\"'=0005\"");
    assert_has(test_header(t, "Content-Disposition"), "voci.csv");
    assert_string_equal(test_host()->last_detail, "esportazione csv, 1234 righe");
    test_get(t, "/voci?formato=csv&nome=voce+1230");
    assert_int_equal(count_of(t->body, "\r\n"), 5 + 1);
    test_get(t, "/voci?formato=json&nome=voce+1230");
    assert_has(t->body, "1230");
    test_get(t, "/voci?formato=exe");
    assert_int_equal(t->status, 404);
}

static void spreadsheets_open(void **state)
{
    struct test_web *t = *state;
    static const char *const paths[] = {"/voci?formato=xlsx", "/voci?formato=ods"};
    for (size_t i = 0; i < 2; i++) {
        zip_error_t error;
        test_get(t, paths[i]);
        assert_int_equal(t->status, 200);
        zip_source_t *source = zip_source_buffer_create(t->body, t->body_size, 0, &error);
        zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
        assert_non_null(zip);
        zip_close(zip);
    }
}

static bool no_exports(const struct who *who, const char *permission)
{
    (void)who;
    return strstr(permission, ".esporta") == NULL;
}

static void export_is_a_right(void **state)
{
    struct test_web *t = *state;
    struct web_host host = test_web_host;
    host.permitted = no_exports;
    test_web_close(t);
    test_web_open(t, &(struct test_web_parts){.schemas = schemas, .routes = tables, .host = &host});
    test_get(t, "/voci");
    assert_int_equal(t->status, 200);
    assert_has_not(t->body, "formato=csv");
    test_get(t, "/voci?formato=csv");
    assert_int_equal(t->status, 404);
}

static void views_are_kept(void **state)
{
    struct test_web *t = *state;
    test_get(t, "/voci?nome=voce+1200");
    char *body = arena_printf(
        &t->db.arena, "csrf=%s&percorso=/voci&etichetta=Le+ultime&filtri=nome%%3Dvoce%%2B1200",
        test_token(t));
    test_post_raw(t, "/viste", "application/x-www-form-urlencoded", body, strlen(body));
    assert_int_equal(t->status, 303);
    assert_string_equal(t->location, "/voci?nome=voce+1200");
    test_get(t, "/voci");
    assert_has(t->body, "Le ultime</a>");
    assert_string_equal(link_of(t, ">Le ultime"), "/voci?nome=voce%201200");
    body = arena_printf(&t->db.arena, "csrf=%s&percorso=/voci&etichetta=Le+ultime&togli=1",
                        test_token(t));
    test_post_raw(t, "/viste", "application/x-www-form-urlencoded", body, strlen(body));
    test_get(t, "/voci");
    assert_has_not(t->body, ">Le ultime</a>");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pages_by_key),      TEST(filters_stay_in_links), TEST(exports_all_filtered_rows),
        TEST(spreadsheets_open), TEST(export_is_a_right),     TEST(views_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
