/* A list of 1 234 entries, with a filter of every kind, for the tests of lists and views. */
#include "kit/web/test/voci.h"

#include <string.h>

static const struct db_schema schema = {
    .room = "voce",
    .model = "CREATE TABLE voce (id @ID PRIMARY KEY, nome @TEXT NOT NULL, importo @INT, "
             "giorno @DAY) @STRICT;",
};
const struct db_schema *const voci_schemas[] = {&schema, NULL};

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
    const char *gruppo;
    bool note;
};
static const struct web_field filtri_fields[] = {
    {.at = FIELD(filtri, nome), .label = "Nome"},
    {.at = FIELD(filtri, dal), .label = "Dal", .input = INPUT_DAY},
    {.at = FIELD(filtri, gruppo), .label = "Gruppo", .input = INPUT_CHOICE},
    {.at = FIELD(filtri, note), .label = "Solo con note", .input = INPUT_CHECK},
    WEB_FIELD_END,
};
static const struct web_form filtri_form = {"filtri", filtri_fields, sizeof(struct filtri), 0};

static const struct db_sql add_sql = {
    "voce_add", "INSERT INTO voce (id, nome, importo, giorno) VALUES ($1, $2, $3, $4)"};

static const struct db_sql drop_sql = {"voce_drop", "DELETE FROM voce"};

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

/* Known only while the program runs. */
static bool voce_choices(struct cx *cx, struct web_req *req)
{
    static const struct web_choice groups[] = {
        {"a", "Gruppo d’Albino"}, {"b", "Gruppo <B>"}, {NULL, NULL}};
    (void)cx;
    web_choices(req, "gruppo", groups);
    return true;
}

static bool voce_total(struct cx *cx, const void *filters, int64_t *total)
{
    (void)cx, (void)filters;
    *total = VOCI;
    return true;
}

static const struct web_column columns[] = {
    {.name = "id", .hidden = true},
    {.name = "nome", .label = "Nome", .link = "/voci/{id}"},
    {.name = "importo", .label = "Importo", .number = true},
    {.name = "giorno", .label = NULL},
    {NULL},
};
static const struct web_sort sorts[] = {{"nome", "Nome (A-Z)"},
                                        {"ultimi", "Nome (Z-A)", "nome", true},
                                        {"caro", "Dal più caro", "importo", true},
                                        {NULL, NULL}};
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
    .choices = voce_choices,
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
const struct web_route *const voci_tables[] = {routes, NULL};

static bool fill(struct cx *cx, void *data)
{
    (void)data;
    for (int i = 1; i <= VOCI; i++) {
        struct money importo = i % 7 == 0 ? MONEY_INVALID : MONEY(i * 1050);
        const char *nome = arena_printf(cx->arena, i == 5 ? "=%04d" : "voce %04d", i);
        if (!db_do(cx, &add_sql, DB_ARGS((struct id){i}, nome, importo, day_of(2025, 1, 1)), NULL))
            return false;
    }
    return true;
}

static bool drop(struct cx *cx, void *data)
{
    (void)data;
    return db_do(cx, &drop_sql, DB_NO_ARGS, NULL);
}

void voci_drop(struct test_web *test)
{
    test_write(&test->db, drop, NULL);
}

int voci_open(void **state)
{
    static struct test_web test;
    test_web_open(&test, &(struct test_web_parts){.schemas = voci_schemas, .routes = voci_tables});
    test_write(&test.db, fill, NULL);
    *state = &test;
    return 0;
}

int voci_close(void **state)
{
    test_web_close(*state);
    return 0;
}

int count_of(const char *text, const char *part)
{
    int count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        count++;
    return count;
}

const char *link_of(struct test_web *t, const char *mark)
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
