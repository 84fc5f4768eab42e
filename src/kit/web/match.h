/* The table of routes as a tree of path segments; literal words win over {names}. */
#ifndef ZONALE_KIT_WEB_MATCH_H
#define ZONALE_KIT_WEB_MATCH_H

#include "kit/web/web.h"

enum { MATCH_NAMES = 8 };

struct match_name {
    const char *name; /* "id" */
    size_t name_size;
    const char *text; /* the raw segment, in the path looked up */
    size_t size;
    struct id id; /* of "{id}" and "{..._id}"; such a segment matches only an id */
};

struct match {
    const struct web_route *get; /* NULL: the path is not served by GET */
    const struct web_route *post;
    struct match_name names[MATCH_NAMES];
    size_t count;
};

struct match_table;

/* Reads each table; false (and err) for a path that is malformed or there twice. */
MUST_USE bool match_build(struct match_table **table, struct arena *arena,
                          const struct web_route *const *routes, struct err *err);
/* `path` has passed the gate. False: no such path. */
bool match_find(const struct match_table *table, const char *path, size_t size,
                struct match *match);

#endif
