/* What a browser can send, as bytes: the first says which reader gets the rest.
 *   0  the gate: a head of lines; what passes holds what gate.h promises, and passes again
 *   1  a urlencoded form; what is read comes back equal through pairs_text
 *   2  a multipart form
 *   3  a path through a tree of routes
 *   4  the values of a form with every kind of field
 */
#include "kit/web/internal.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
    if (!truth)
        abort();
}

/* ---- gate ----------------------------------------------------------------------------------- */

static char *line(struct arena *arena, const uint8_t **data, size_t *size)
{
    const uint8_t *end = *size == 0 ? NULL : memchr(*data, '\n', *size);
    size_t length = end == NULL ? *size : (size_t)(end - *data);
    char *text = arena_strndup(arena, (const char *)*data, length);
    *data += length + (end != NULL);
    *size -= length + (end != NULL);
    return text;
}

static void fuzz_gate(struct arena *arena, const uint8_t *data, size_t size)
{
    struct gate_header headers[GATE_HEADERS + 2];
    struct gate_head head = {.framed = true, .headers = headers};
    int64_t length = -1, again = -1;
    head.method = line(arena, &data, &size);
    head.target = line(arena, &data, &size);
    head.version = line(arena, &data, &size);
    while (size > 0 && head.count < GATE_HEADERS + 2) {
        char *text = line(arena, &data, &size), *colon = strchrnul(text, ':');
        const char *value = *colon == '\0' ? colon : colon + 1;
        headers[head.count++] =
            (struct gate_header){text, (size_t)(colon - text), value, strlen(value), true};
    }
    enum gate_verdict verdict = gate_check(&head, &length);
    must(gate_reason(verdict) != NULL);
    must(gate_check(&head, &again) == verdict && again == length);
    if (verdict != GATE_OK)
        return;
    size_t path = strcspn(head.target, "?");
    must(length >= 0 && *head.target == '/' && path <= GATE_PATH);
    must(memmem(head.target, path, "//", 2) == NULL && memmem(head.target, path, "/.", 3) == NULL);
    must(memmem(head.target, path, "%00", 3) == NULL &&
         memmem(head.target, path, "%2f", 3) == NULL);
}

/* ---- pairs ---------------------------------------------------------------------------------- */

static void fuzz_urlencoded(struct arena *arena, const uint8_t *data, size_t size)
{
    static const char *const none[] = {NULL};
    struct pairs pairs, again;
    const char *why = NULL;
    if (!pairs_urlencoded(arena, (const char *)data, size, &pairs, &why)) {
        must(why != NULL);
        return;
    }
    const char *text = pairs_text(arena, &pairs, none);
    must(pairs_urlencoded(arena, text, strlen(text), &again, &why));
    must(again.count == pairs.count);
    for (size_t i = 0; i < pairs.count; i++) {
        must(text_valid(pairs.items[i].value, strlen(pairs.items[i].value)));
        must(strcmp(pairs.items[i].name, again.items[i].name) == 0 &&
             strcmp(pairs.items[i].value, again.items[i].value) == 0);
    }
}

static void fuzz_multipart(struct arena *arena, const uint8_t *data, size_t size)
{
    struct pairs pairs;
    const char *why = NULL;
    const char *type = line(arena, &data, &size);
    if (!pairs_multipart(arena, type, (const char *)data, size, &pairs, &why)) {
        must(why != NULL);
        return;
    }
    for (size_t i = 0; i < pairs.count; i++) {
        const struct web_file *file = pairs.items[i].file;
        must(text_valid(pairs.items[i].value, strlen(pairs.items[i].value)));
        if (file == NULL)
            continue;
        must(strpbrk(file->name, "/\\\r\n") == NULL && *file->name != '\0');
        must(file->bytes.data >= data && file->bytes.data + file->bytes.size <= data + size);
    }
}

/* ---- routes --------------------------------------------------------------------------------- */

static bool handler(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx, (void)req, (void)res;
    return true;
}

static const struct web_route routes[] = {
    {.path = "/", .handler = handler},
    {.path = "/persone", .handler = handler},
    {.path = "/persone/{id}", .handler = handler},
    {.path = "/persone/{id}/{altro_id}", .handler = handler},
    {.path = "/{nome}/{nome}/{nome}/{nome}", .handler = handler},
    {.path = "/{nome}/persone/{nome}/x", .handler = handler},
    {.path = NULL},
};

static void fuzz_match(struct arena *arena, const uint8_t *data, size_t size)
{
    const struct web_route *const tables[] = {routes, NULL};
    struct match_table *table;
    struct match match;
    struct err err = {0};
    const char *path = arena_strndup(arena, (const char *)data, size);
    const char *const words[] = {"Host", "a"};
    struct gate_header host = {words[0], 4, words[1], 1, true};
    struct gate_head head = {"GET", path, "HTTP/1.1", true, &host, 1};
    int64_t length;
    if (gate_check(&head, &length) != GATE_OK)
        return;
    must(match_build(&table, arena, tables, &err));
    if (!match_find(table, path, strcspn(path, "?"), &match))
        return;
    must(match.get != NULL && match.count <= MATCH_NAMES);
    for (size_t i = 0; i < match.count; i++)
        must(match.names[i].text > path && match.names[i].text < path + strlen(path));
}

/* ---- values --------------------------------------------------------------------------------- */

struct all {
    const char *text, *lines, *secret, *choice, *codfis;
    bool check;
    struct day day;
    struct money money;
    int64_t number;
    struct minutes minutes;
    struct rate rate;
    struct id id;
};
static const struct web_choice choices[] = {{"a", "A"}, {NULL, NULL}};
static const struct web_field fields[] = {
    {.at = FIELD(all, text), .max = 20, .min = 2},
    {.at = FIELD(all, lines), .input = INPUT_LINES},
    {.at = FIELD(all, secret), .input = INPUT_SECRET},
    {.at = FIELD(all, choice), .input = INPUT_CHOICE, .choices = choices},
    {.at = FIELD(all, codfis), .input = INPUT_CODFIS},
    {.at = FIELD(all, check), .input = INPUT_CHECK},
    {.at = FIELD(all, day), .input = INPUT_DAY},
    {.at = FIELD(all, money), .input = INPUT_MONEY, .min = -5, .max = 100},
    {.at = FIELD(all, number), .input = INPUT_INT, .min = 1, .max = 9},
    {.at = FIELD(all, minutes), .input = INPUT_MINUTES},
    {.at = FIELD(all, rate), .input = INPUT_RATE},
    {.at = FIELD(all, id), .input = INPUT_ID, .required = true},
    WEB_FIELD_END,
};
static const struct web_form form = {"tutto", fields, sizeof(struct all), 0};

static void fuzz_values(struct arena *arena, const uint8_t *data, size_t size)
{
    struct web_req *req = ARENA_NEW(arena, struct web_req);
    const char *why;
    arena_init(&req->arena, (size_t)64 << 20);
    static const struct web_route route = {.method = WEB_POST, .path = "/", .handler = handler};
    req->cx.arena = &req->arena;
    req->route = &route;
    if (pairs_urlencoded(&req->arena, (const char *)data, size, &req->typed, &why)) {
        const struct all *all = decode_values(req, &form, &req->typed);
        must(all->text == NULL || (text_length(all->text) >= 2 && text_length(all->text) <= 20));
        must(all->choice == NULL || strcmp(all->choice, "a") == 0);
        must(req->fault_count > 0 || all->id.n != 0);
        for (size_t i = 0; i < req->fault_count; i++)
            must(text_valid(req->faults[i].text, strlen(req->faults[i].text)));
    }
    arena_release(&req->arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const readers[])(struct arena *, const uint8_t *, size_t) = {
        fuzz_gate, fuzz_urlencoded, fuzz_multipart, fuzz_match, fuzz_values};
    struct arena arena;
    if (size == 0)
        return 0;
    arena_init(&arena, (size_t)256 << 20);
    readers[data[0] % (sizeof readers / sizeof *readers)](&arena, data + 1, size - 1);
    arena_release(&arena);
    return 0;
}
