/* What comes in over a socket and is no plain request. The cases are in edge.cases. */
#include "base/test/cases.h"
#include "kit/web/gate.h"
#include "kit/web/test/rooms.h"

#include <poll.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

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

/* ---- cases ---------------------------------------------------------------------------------- */

static char unescaped(const char **text)
{
    const char *at = *text;
    unsigned byte;
    if (*at != '\\') {
        *text = at + 1;
        return *at;
    }
    *text = at + 2;
    switch (at[1]) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case '0':
        return '\0';
    case 'x':
        assert_int_equal(sscanf(at + 2, "%2x", &byte), 1);
        *text = at + 4;
        return (char)byte;
    default:
        return at[1];
    }
}

static size_t raw_of(const char *line, char *raw)
{
    size_t size = 0;
    bool ended = strstr(line, "||") != NULL || strstr(line, "\\n\\n") != NULL;
    while (*line != '\0') {
        if (*line == '|') {
            raw[size++] = '\r';
            raw[size++] = '\n';
            line++;
        } else {
            raw[size++] = unescaped(&line);
        }
    }
    if (!ended) {
        memcpy(raw + size, "\r\n\r\n", 4);
        size += 4;
    }
    return size;
}

static void check_case(struct test_case *c)
{
    static const char second[] = "GET /salute HTTP/1.1\r\nHost: a\r\nX-Second: 1\r\n\r\n";
    char raw[2 * CASE_LINE];
    size_t size = raw_of(c->lines[0], raw);
    int want = atoi(c->lines[1]);
    bool refused = want == 400 || want == 505 || want == 0;
    if (refused) {
        memcpy(raw + size, second, sizeof second - 1);
        size += sizeof second - 1;
    }
    test_raw(&web, raw, size, refused ? 2000 : 150);
    if (web.status == 0 && want != 0) /* a machine that had other things to do */
        test_raw(&web, raw, size, 10000);
    if (web.status != want)
        case_fail(c, "%s: %d", c->lines[0], web.status);
    if (refused && memmem(web.head, strlen(web.head) + 2 + web.body_size, "bene\n", 5) != NULL)
        case_fail(c, "%s: the second request was answered", c->lines[0]);
}

static void refused_forms(void **state)
{
    (void)state;
    cases_run("src/kit/web/test/edge.cases", 2, 80, check_case);
}

/* ---- limits --------------------------------------------------------------------------------- */

static int try_head(const char *path, size_t path_size, size_t headers, size_t value_size)
{
    struct buf buf;
    buf_init(&buf, &web.db.arena, 1 << 20);
    buf_printf(&buf, "GET %s", path);
    for (size_t i = 0; i < path_size; i++)
        buf_char(&buf, 'a');
    buf_text(&buf, " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
    for (size_t i = 0; i < headers; i++) {
        buf_printf(&buf, "X-%zu: ", i);
        for (size_t j = 0; j < value_size; j++)
            buf_char(&buf, 'v');
        buf_text(&buf, "\r\n");
    }
    buf_text(&buf, "\r\n");
    test_raw(&web, buf.data, buf.size, 3000);
    return web.status;
}

static void long_heads(void **state)
{
    (void)state;
    assert_int_equal(try_head("/", GATE_PATH - 1, 0, 0), 404);
    assert_int_equal(try_head("/", GATE_PATH, 0, 0), 400);
    assert_int_equal(try_head("/salute?", 7000, 0, 0), 400); /* no such parameter */
    assert_int_equal(try_head("/", 20000, 0, 0), 400);
    assert_int_equal(try_head("/salute", 0, GATE_HEADERS - 2, 10), 200);
    assert_int_equal(try_head("/salute", 0, GATE_HEADERS - 1, 10), 400);
    assert_int_equal(try_head("/salute", 0, 1, 15000), 200);
    assert_int_equal(try_head("/salute", 0, 1, 17000), 400);
    assert_int_equal(try_head("/salute", 0, 1, 100000), 431);
    assert_int_equal(try_head("/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", 0, 0, 0), 400);
}

static void large_bodies(void **state)
{
    (void)state;
    size_t size = (size_t)1 << 20;
    char *body = arena_alloc(&web.db.arena, size);
    memset(body, 'a', size);
    test_post_raw(&web, "/nota/nuova", "application/x-www-form-urlencoded", body, size);
    assert_int_equal(web.status, 413);
    assert_has(web.body, "supera la dimensione ammessa");
    static const char huge[] = "POST /nota/nuova HTTP/1.1\r\nHost: a\r\n"
                               "Content-Length: 900000000000\r\n\r\n";
    test_raw(&web, huge, sizeof huge - 1, 3000);
    assert_int_equal(web.status, 413);
    /* Room for a file only for who is logged in. */
    web.cookies[0] = '\0';
    test_post_raw(&web, "/carico", "multipart/form-data; boundary=x", body, 150 * 1024);
    assert_int_equal(web.status, 303);
    assert_has(web.location, "/entra");
}

/* ---- connections ---------------------------------------------------------------------------- */

static void pipelining(void **state)
{
    static const char three[] = "GET /salute HTTP/1.1\r\nHost: a\r\n\r\n"
                                "GET /?q=due HTTP/1.1\r\nHost: a\r\nCookie: zonale=prova\r\n\r\n"
                                "GET /salute HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    (void)state;
    test_raw(&web, three, sizeof three - 1, 3000);
    assert_int_equal(web.status, 200);
    assert_has(web.body, "[due]");
    const char *first = strstr(web.body, "bene\n");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "bene\n"));
}

static void send_part(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

/* Slow senders hold only their own place. */
static void slow_heads(void **state)
{
    enum { SLOW = 100 };
    int fds[SLOW];
    (void)state;
    for (int i = 0; i < SLOW; i++) {
        fds[i] = test_connect(&web);
        send_part(fds[i], "GET /salute HTTP/1.1\r\nHost: a\r\nX: ");
    }
    for (int i = 0; i < 10; i++) {
        test_get(&web, "/salute");
        assert_int_equal(web.status, 200);
    }
    send_part(fds[0], "b\r\n\r\n"); /* slow is not refused */
    char answer[64] = "";
    assert_true(recv(fds[0], answer, sizeof answer - 1, 0) > 12);
    assert_memory_equal(answer, "HTTP/1.1 200", 12);
    for (int i = 0; i < SLOW; i++)
        close(fds[i]);
}

static void gone_in_the_middle(void **state)
{
    static const char *const parts[] = {
        "GET /sal", "POST /nota/nuova HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\ntes",
        "GET /?q=1 HTTP/1.1\r\nHost: a\r\nCookie: zonale=prova\r\n\r\n"};
    (void)state;
    for (int i = 0; i < 60; i++) {
        int fd = test_connect(&web);
        send_part(fd, parts[i % 3]);
        struct linger now = {1, 0};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close(fd);
    }
    test_get(&web, "/salute");
    assert_int_equal(web.status, 200);
}

struct crowd {
    int ok, wrong;
    pthread_mutex_t lock;
};

static void *visit(void *data)
{
    enum { VISITS = 5 };
    struct crowd *crowd = data;
    static const char get[] = "GET /caso/0000000000001 HTTP/1.1\r\nHost: a\r\n"
                              "Cookie: zonale=prova\r\n\r\n";
    int fd = test_connect(&web), ok = 0;
    char answer[64 * 1024];
    for (int i = 0; i < VISITS; i++) {
        size_t size = 0;
        send_part(fd, get);
        while (memmem(answer, size, "</html>", 7) == NULL && size < sizeof answer) {
            struct pollfd ready = {.fd = fd, .events = POLLIN};
            ssize_t got =
                poll(&ready, 1, 20000) <= 0 ? -1 : recv(fd, answer + size, sizeof answer - size, 0);
            if (got <= 0)
                break;
            size += (size_t)got;
        }
        ok += size > 15 && memcmp(answer, "HTTP/1.1 200 OK", 15) == 0 &&
              memmem(answer, size, "[caso 0000000000001]", 20) != NULL;
    }
    close(fd);
    pthread_mutex_lock(&crowd->lock);
    crowd->ok += ok;
    crowd->wrong += VISITS - ok;
    pthread_mutex_unlock(&crowd->lock);
    return NULL;
}

static void two_hundred_at_once(void **state)
{
    enum { CROWD = 200 };
    struct crowd crowd = {.lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_t threads[CROWD];
    (void)state;
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, visit, &crowd), 0);
    for (int i = 0; i < CROWD; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(crowd.wrong, 0);
    assert_int_equal(crowd.ok, 5 * CROWD);
    assert_int_equal(test_host()->audited, 5 * CROWD);
}

/* ---- stopping ------------------------------------------------------------------------------- */

static void *stop(void *data)
{
    const int *begun = data;
    while (begun != NULL && atomic_load(room_slow()) == *begun)
        usleep(1000);
    web_stop(web.web);
    web.web = NULL;
    return NULL;
}

/* What is under way when the server is told to stop is finished, and its answer arrives. */
static void stop_lets_work_finish(void **state)
{
    pthread_t stopper;
    (void)state;
    test_get(&web, "/nota/nuova");
    const char *body = arena_printf(&web.db.arena, "csrf=%s&testo=ultima", test_token(&web));
    int begun = atomic_load(room_slow());
    pthread_create(&stopper, NULL, stop, &begun);
    test_post_raw(&web, "/nota/lenta", "application/x-www-form-urlencoded", body, strlen(body));
    pthread_join(stopper, NULL);
    assert_int_equal(web.status, 303);
    assert_int_equal(room_count(&web), 1);
}

static void stop_with_idle_connections(void **state)
{
    (void)state;
    int idle = test_connect(&web), half = test_connect(&web);
    send_part(half, "GET /salute HTTP/1.1\r\n");
    test_get(&web, "/salute");
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    stop(NULL);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true(after.tv_sec - before.tv_sec < 3);
    close(idle);
    close(half);
}

/* Thousands of requests, good and bad, do not grow the server. */
static void memory_stays(void **state)
{
    struct rusage before, after;
    (void)state;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 300; i++) {
            test_get(&web, i % 3 == 0 ? "/caso/0000000000001" : i % 3 == 1 ? "/?q=x" : "/x//y");
        }
        getrusage(RUSAGE_SELF, round == 0 ? &before : &after);
    }
    assert_true(after.ru_maxrss - before.ru_maxrss < 48 * 1024); /* the sanitizer keeps some */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(refused_forms),
        TEST(long_heads),
        TEST(large_bodies),
        TEST(pipelining),
        TEST(slow_heads),
        TEST(gone_in_the_middle),
        TEST(two_hundred_at_once),
        TEST(stop_lets_work_finish),
        TEST(stop_with_idle_connections),
        TEST(memory_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
