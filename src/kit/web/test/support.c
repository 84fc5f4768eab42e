#include "kit/web/test/support.h"

#include "kit/embedded.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER = 16 << 20, FILES = 1000, WAIT = 10000 };

/* ---- the host ------------------------------------------------------------------------------- */

struct test_host *test_host(void)
{
    static struct test_host host;
    return &host;
}

static bool session_load(struct cx *cx, const char *token, const struct web_session **session)
{
    const struct test_host *host = test_host();
    struct web_session *made = ARENA_NEW(cx->arena, struct web_session);
    *session = NULL;
    if (strcmp(token, "prova") != 0 && strcmp(token, "altro") != 0)
        return true;
    *made = (struct web_session){
        .who = host->who,
        .csrf = arena_strdup(cx->arena, token),
        .login = host->login.us == 0 ? cx->now : host->login,
        .password_to_change = host->password_to_change,
        .notice = *host->notice == '\0' ? NULL : arena_strdup(cx->arena, host->notice),
    };
    if (strcmp(token, "altro") == 0)
        made->who.utente = (struct id){2};
    *session = made;
    return true;
}

static bool session_touch(struct cx *cx, const struct web_session *session)
{
    (void)cx, (void)session;
    test_host()->touched++;
    test_host()->notice[0] = '\0';
    return true;
}

static bool notice_save(struct cx *cx, struct id session, const char *text)
{
    (void)cx, (void)session;
    snprintf(test_host()->notice, sizeof test_host()->notice, "%s", text);
    return true;
}

static bool permitted(const struct who *who, const char *permission)
{
    const char *refused = test_host()->refused;
    (void)who;
    return strcmp(permission, "vietato") != 0 &&
           (refused == NULL || strcmp(permission, refused) != 0);
}

static bool audit(struct cx *cx, const struct web_audit_row *row)
{
    struct test_host *host = test_host();
    if (host->audit_fails != ERR_NONE)
        return FAIL(cx, host->audit_fails, "no audit in this test");
    host->audited++;
    host->denied += row->decision.answer == AUTHZ_DENY;
    host->allowed += row->decision.answer != AUTHZ_DENY;
    snprintf(host->last_object, sizeof host->last_object, "%s",
             row->object == NULL ? "" : row->object);
    snprintf(host->last_detail, sizeof host->last_detail, "%s",
             row->detail == NULL ? "" : row->detail);
    snprintf(host->last_rule, sizeof host->last_rule, "%s", row->decision.rule);
    return true;
}

static bool draft_save(struct cx *cx, const char *path, const char *form)
{
    struct test_host *host = test_host();
    (void)cx;
    snprintf(host->draft_path, sizeof host->draft_path, "%s", path);
    snprintf(host->draft, sizeof host->draft, "%s", form == NULL ? "" : form);
    return true;
}

static bool draft_load(struct cx *cx, const char *path, const char **form)
{
    const struct test_host *host = test_host();
    bool mine = *host->draft != '\0' && strcmp(host->draft_path, path) == 0;
    *form = mine ? arena_strdup(cx->arena, host->draft) : NULL;
    return true;
}

static bool layout(struct cx *cx, const struct web_session *session, struct tv *to)
{
    (void)cx;
    tv_text(to, "ambito", "Ambito di prova");
    tv_text(to, "avviso", NULL);
    tv_bool(to, "cerca", session != NULL);
    struct tv *group = tv_push(tv_children(to, "menu"));
    tv_text(group, "label", "Prove");
    struct tv *items = tv_children(group, "items");
    for (const char *const *href = (const char *const[]){"/", "/vie", "/vietato", NULL};
         *href != NULL; href++) {
        struct tv *item = tv_push(items);
        tv_printf(item, "label", "Vai a %s", *href);
        tv_text(item, "href", *href);
        tv_text(item, "icon", "it-list");
    }
    tv_set(to, "utente", NULL);
    if (session != NULL) {
        struct tv *utente = tv_child(to, "utente");
        tv_text(utente, "nome", session->who.nome);
        tv_text(utente, "ruolo", "Assistente sociale");
        tv_text(utente, "ente", "Comune di prova");
    }
    return true;
}

const struct web_host test_web_host = {
    .session_load = session_load,
    .session_touch = session_touch,
    .notice_save = notice_save,
    .permitted = permitted,
    .audit = audit,
    .draft_save = draft_save,
    .draft_load = draft_load,
    .layout = layout,
};

/* ---- the server ----------------------------------------------------------------------------- */

static void load_templates(struct test_web *test, const struct tmpl_file *extra)
{
    struct err err = {0};
    struct tmpl_file *files = ARENA_NEWS(&test->db.arena, struct tmpl_file, FILES);
    size_t count = 0;
    for (const struct tmpl_file *file = embedded_templates; file->name != NULL; file++)
        files[count++] = *file;
    for (; extra != NULL && extra->name != NULL; extra++)
        files[count++] = *extra;
    assert_true(count < FILES);
    if (!tmpls_load(&test->templates, files, NULL, &err))
        fail_msg("%s", err.text);
}

void test_web_open(struct test_web *test, const struct test_web_parts *parts)
{
    struct err err = {0};
    memset(test, 0, sizeof *test);
    test_db_open(&test->db, parts->schemas);
    if (parts->sealed)
        test_vault(&test->db);
    *test_host() = (struct test_host){.who = test->db.who};
    test_host()->who.nome = "Élodie D’Amèlio";
    test_host()->who.ruolo = RUOLO_ASSISTENTE;
    load_templates(test, parts->extra);
    const struct web_config config = {
        .address = "127.0.0.1",
        .threads = parts->threads == 0 ? 2 : parts->threads,
        .insecure_cookie = true,
        .db = test->db.db,
        .vault = parts->sealed ? test->db.vault : parts->vault,
        .templates = test->templates,
        .assets = embedded_assets,
        .routes = parts->routes,
        .host = parts->host == NULL ? &test_web_host : parts->host,
        .clock = parts->clock,
    };
    if (!web_start(&test->web, &config, &err))
        fail_msg("%s", err.text);
    test->port = web_port(test->web);
    strcpy(test->cookies, "zonale=prova");
}

static void drop_answer(struct test_web *test)
{
    free(test->head);
    test->head = test->body = NULL;
    test->status = 0;
    test->body_size = 0;
    test->location[0] = '\0';
}

void test_web_close(struct test_web *test)
{
    drop_answer(test);
    if (test->web != NULL)
        web_stop(test->web);
    tmpls_free(test->templates);
    test_db_close(&test->db);
}

/* ---- the browser ---------------------------------------------------------------------------- */

int test_connect(const struct test_web *test)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)test->port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (const struct sockaddr *)&to, sizeof to) != 0)
        fail_msg("no connection to port %d", test->port);
    return fd;
}

static void send_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return; /* the other end has heard enough */
        bytes += sent;
        size -= (size_t)sent;
    }
}

static size_t receive_all(int fd, char *into, size_t room, int wait_ms)
{
    size_t size = 0;
    while (size < room) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (poll(&ready, 1, wait_ms) <= 0)
            break;
        ssize_t got = recv(fd, into + size, room - size, 0);
        if (got <= 0)
            break;
        size += (size_t)got;
    }
    into[size] = '\0';
    return size;
}

static void keep_cookie(struct test_web *test, const char *line)
{
    char name[64], all[1024] = "";
    size_t size = strcspn(line, ";\r"), name_size = strcspn(line, "=");
    snprintf(name, sizeof name, "%.*s=", (int)name_size, line);
    char *copy = arena_strdup(&test->db.arena, test->cookies), *save = NULL;
    for (char *one = strtok_r(copy, "; ", &save); one != NULL; one = strtok_r(NULL, "; ", &save))
        if (strncmp(one, name, strlen(name)) != 0)
            snprintf(all + strlen(all), sizeof all - strlen(all), "%s; ", one);
    if (size > name_size + 1)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%.*s", (int)size, line);
    memcpy(test->cookies, all, sizeof all);
}

static void read_head(struct test_web *test)
{
    for (char *line = strstr(test->head, "\r\n"); line != NULL; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, "Location: ", 10) == 0)
            snprintf(test->location, sizeof test->location, "%.*s", (int)strcspn(line + 10, "\r"),
                     line + 10);
        else if (strncasecmp(line, "Set-Cookie: ", 12) == 0)
            keep_cookie(test, line + 12);
    }
}

void test_raw(struct test_web *test, const void *bytes, size_t size, int wait_ms)
{
    drop_answer(test);
    int fd = test_connect(test);
    send_all(fd, bytes, size);
    test->head = malloc(ANSWER + 1);
    assert_non_null(test->head);
    size_t got = receive_all(fd, test->head, ANSWER, wait_ms);
    close(fd);
    if (sscanf(test->head, "HTTP/1.1 %d", &test->status) != 1)
        test->status = 0;
    char *blank = memmem(test->head, got, "\r\n\r\n", 4);
    if (blank == NULL) {
        test->body = test->head + got;
        return;
    }
    blank[2] = '\0';
    test->body = blank + 4;
    test->body_size = got - (size_t)(test->body - test->head);
    read_head(test);
}

const char *test_header(struct test_web *test, const char *name)
{
    size_t size = strlen(name);
    for (char *line = strstr(test->head, "\r\n"); line != NULL; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, size) == 0 && line[size] == ':')
            return arena_strndup(&test->db.arena, line + size + 2, strcspn(line + size + 2, "\r"));
    }
    return NULL;
}

void test_get(struct test_web *test, const char *path)
{
    char *text = arena_printf(&test->db.arena,
                              "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n"
                              "Connection: close\r\n\r\n",
                              path, test->port, test->cookies);
    test_raw(test, text, strlen(text), WAIT);
}

void test_post_raw(struct test_web *test, const char *path, const char *type, const void *body,
                   size_t size)
{
    char *text = arena_printf(&test->db.arena,
                              "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n"
                              "Content-Type: %s\r\nContent-Length: %zu\r\n"
                              "Connection: close\r\n\r\n",
                              path, test->port, test->cookies, type, size);
    size_t head = strlen(text);
    char *all = arena_alloc(&test->db.arena, head + size);
    memcpy(all, text, head);
    memcpy(all + head, body, size);
    test_raw(test, all, head + size, WAIT);
}

const char *test_token(struct test_web *test)
{
    static const char before[] = "name=\"csrf\" value=\"";
    const char *found = test->body == NULL ? NULL : strstr(test->body, before);
    if (found == NULL)
        return "";
    found += sizeof before - 1;
    return arena_strndup(&test->db.arena, found, strcspn(found, "\""));
}

void test_post(struct test_web *test, const char *page, const char *path, const char *form)
{
    test_get(test, page);
    if (test->status != 200)
        fail_msg("GET %s: %d %s", page, test->status, test->body);
    char *body = arena_printf(&test->db.arena, "csrf=%s%s%s", test_token(test),
                              *form == '\0' ? "" : "&", form);
    test_post_raw(test, path, "application/x-www-form-urlencoded", body, strlen(body));
}
