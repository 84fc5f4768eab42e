/* What tests of pages need: a server on a free port and a small browser.
 *
 *     struct test_web t;
 *     test_web_open(&t, &(struct test_web_parts){.schemas = schemas, .routes = tables});
 *     test_get(&t, "/persone");                       // t.status, t.body, t.location
 *     test_post(&t, "/persone/nuova", "/persone/nuova", "cognome=Rossi");
 *     assert_has(t.body, "Rossi");
 *     test_web_close(&t);
 *
 * The host for tests: whoever carries the cookie "zonale=prova" is test_host()->who (user 1 of body
 * 1 in ambito 1, a social worker: change it at will), "zonale=altro" is user 2, anything else has
 * no session. All permissions but "vietato". What it was told is counted. The templates are those
 * of the program.
 */
#ifndef ZONALE_KIT_WEB_TEST_SUPPORT_H
#define ZONALE_KIT_WEB_TEST_SUPPORT_H

#include "kit/db/test/support.h"
#include "kit/web/web.h"

struct test_web {
    struct test_db db;
    struct web *web;
    struct tmpls *templates;
    int port;
    char cookies[1024]; /* as the browser sends them; starts as "zonale=prova" */

    /* the last answer */
    int status;
    char location[512];
    char *head; /* with the status line */
    char *body;
    size_t body_size;
};

/* What the host for tests was told. */
struct test_host {
    struct who who;
    const char *refused; /* a permission that nobody has; NULL: all but "vietato" are given */
    int audited, allowed, denied, touched;
    char last_object[32], last_detail[200], last_rule[64];
    char notice[200], draft_path[200], draft[4000];
    enum err_code audit_fails; /* answer of the next audits */
    bool password_to_change;
    struct instant login; /* 0 = just now */
};
struct test_host *test_host(void);
extern const struct web_host test_web_host;

struct test_web_parts {
    const struct db_schema *const *schemas;
    const struct web_route *const *routes;
    const struct web_host *host;   /* NULL: the one for tests */
    const struct tmpl_file *extra; /* templates beside the program's, ended by {NULL, NULL}; NULL */
    struct vault *vault;           /* NULL: none, or */
    bool sealed;                   /* one with a new key, also in db.cx */
    int threads;                   /* 0 = 2 */
    struct instant (*clock)(void); /* NULL: the system's */
};
void test_web_open(struct test_web *test, const struct test_web_parts *parts);
void test_web_close(struct test_web *test);

void test_get(struct test_web *test, const char *path);
/* GETs `page`, takes its token and cookies, POSTs `form` (urlencoded) to `path`. */
void test_post(struct test_web *test, const char *page, const char *path, const char *form);
/* The same without looking for a token: `body` is all. */
void test_post_raw(struct test_web *test, const char *path, const char *type, const void *body,
                   size_t size);
/* The token in the last page; "" when it has none. In the test's arena. */
const char *test_token(struct test_web *test);
/* Bytes in, bytes out, on one connection, until it is closed or nothing comes for `wait_ms`.
 * The status of the first answer (0 = none) is in test->status; all of it in test->head. */
void test_raw(struct test_web *test, const void *bytes, size_t size, int wait_ms);
int test_connect(const struct test_web *test);
/* A header of the last answer; NULL. */
const char *test_header(struct test_web *test, const char *name);

#define assert_has(text, part)                                                                     \
    do {                                                                                           \
        if (strstr((text), (part)) == NULL)                                                        \
            fail_msg("no \"%s\" in:\n%s", (part), (text));                                         \
    } while (0)
#define assert_has_not(text, part)                                                                 \
    do {                                                                                           \
        if (strstr((text), (part)) != NULL)                                                        \
            fail_msg("\"%s\" in:\n%s", (part), (text));                                            \
    } while (0)

#endif
