#include "kit/web/match.h"

#include "kit/web/gate.h"

#include <string.h>

struct match_node {
    const char *word; /* the segment, or the name between braces */
    size_t size;
    bool is_name;
    bool is_id;
    const struct web_route *get, *post;
    struct match_node *child, *next; /* literals stand before names */
};

struct match_table {
    struct match_node root;
};

static bool is_id_name(const char *word, size_t size)
{
    return (size == 2 && memcmp(word, "id", 2) == 0) ||
           (size > 3 && memcmp(word + size - 3, "_id", 3) == 0);
}

static struct match_node *node_get(struct match_node *parent, struct arena *arena, const char *text,
                                   size_t size)
{
    bool is_name = size > 2 && text[0] == '{' && text[size - 1] == '}';
    const char *word = is_name ? text + 1 : text;
    size_t length = is_name ? size - 2 : size;
    struct match_node **place = &parent->child;
    for (; *place != NULL; place = &(*place)->next) {
        struct match_node *node = *place;
        if (node->is_name == is_name && node->size == length &&
            memcmp(node->word, word, length) == 0)
            return node;
        if (node->is_name && !is_name)
            break;
    }
    struct match_node *node = ARENA_NEW(arena, struct match_node);
    *node = (struct match_node){.word = word,
                                .size = length,
                                .is_name = is_name,
                                .is_id = is_name && is_id_name(word, length),
                                .next = *place};
    *place = node;
    return node;
}

static bool add(struct match_table *table, struct arena *arena, const struct web_route *route,
                struct err *err)
{
    struct match_node *node = &table->root;
    size_t names = 0;
    const char *text = route->path;
    if (*text != '/' || strlen(text) > GATE_PATH)
        return err_set(err, ERR_INTERNAL, "route \"%s\": not a path", route->path);
    while (*text == '/' && text[1] != '\0') {
        const char *end = strchrnul(text + 1, '/');
        if (end == text + 1)
            return err_set(err, ERR_INTERNAL, "route \"%s\": empty segment", route->path);
        node = node_get(node, arena, text + 1, (size_t)(end - text - 1));
        names += node->is_name;
        text = end;
    }
    if (names > MATCH_NAMES || (*text == '/' && text != route->path))
        return err_set(err, ERR_INTERNAL, "route \"%s\": too many names or a slash at the end",
                       route->path);
    const struct web_route **slot = route->method == WEB_GET ? &node->get : &node->post;
    if (*slot != NULL)
        return err_set(err, ERR_INTERNAL, "route \"%s\" is there twice", route->path);
    *slot = route;
    return true;
}

bool match_build(struct match_table **table, struct arena *arena,
                 const struct web_route *const *routes, struct err *err)
{
    *table = ARENA_NEW(arena, struct match_table);
    for (; *routes != NULL; routes++)
        for (const struct web_route *route = *routes; route->path != NULL; route++)
            if (!add(*table, arena, route, err))
                return false;
    return true;
}

static bool accepts(const struct match_node *node, const char *text, size_t size, struct id *id)
{
    *id = ID_NONE;
    if (!node->is_name)
        return node->size == size && memcmp(node->word, text, size) == 0;
    if (!node->is_id)
        return size > 0; /* a slash at the end is another path */
    char copy[ID_TEXT];
    if (size >= sizeof copy)
        return false;
    memcpy(copy, text, size);
    copy[size] = '\0';
    return id_parse(copy, id);
}

/* Deeper by one segment at each call: at most GATE_SEGMENTS. */
static bool walk(const struct match_node *node, const char *text, const char *end,
                 struct match *match)
{
    if (text == end) {
        match->get = node->get;
        match->post = node->post;
        return node->get != NULL || node->post != NULL;
    }
    const char *start = text + 1;
    const char *stop = memchr(start, '/', (size_t)(end - start));
    if (stop == NULL)
        stop = end;
    size_t count = match->count;
    for (const struct match_node *child = node->child; child != NULL; child = child->next) {
        struct id id;
        if (!accepts(child, start, (size_t)(stop - start), &id))
            continue;
        if (child->is_name)
            match->names[match->count++] =
                (struct match_name){child->word, child->size, start, (size_t)(stop - start), id};
        if (walk(child, stop, end, match))
            return true;
        match->count = count;
    }
    return false;
}

bool match_find(const struct match_table *table, const char *path, size_t size, struct match *match)
{
    *match = (struct match){0};
    bool front = size == 1; /* "/" alone has no segment */
    return walk(&table->root, front ? path + 1 : path, path + size, match);
}
