/* Names and values as a browser sends them: application/x-www-form-urlencoded (also a query) and
 * multipart/form-data. Pure: bytes in, pairs in the arena out.
 *
 * Refused: a bad escape, NUL, text that is not UTF-8, a name given twice or longer than 64 bytes,
 * more than PAIRS_MAX pairs, any part that is not exactly as RFC 7578 wants it.
 */
#ifndef ZONALE_KIT_WEB_PAIRS_H
#define ZONALE_KIT_WEB_PAIRS_H

#include "kit/web/web.h"

enum { PAIRS_MAX = 1024, PAIRS_NAME = 64 };

struct pair {
    const char *name;
    const char *value; /* "" for a file */
    const struct web_file *file;
};

struct pairs {
    struct pair *items;
    size_t count;
};

/* False: `*why` says what was wrong. */
MUST_USE bool pairs_urlencoded(struct arena *arena, const char *text, size_t size,
                               struct pairs *pairs, const char **why);
/* `type`: the Content-Type header with its boundary. */
MUST_USE bool pairs_multipart(struct arena *arena, const char *type, const char *body, size_t size,
                              struct pairs *pairs, const char **why);
const struct pair *pairs_find(const struct pairs *pairs, const char *name);
/* Another value for a name that is there. */
void pairs_replace(struct pairs *pairs, const char *name, const char *value);
/* One escaped segment of a path; NULL when it is no valid text. */
const char *pairs_unescape(struct arena *arena, const char *text, size_t size);
/* The pairs as a query, without those named in `but` (ended by NULL). */
const char *pairs_text(struct arena *arena, const struct pairs *pairs, const char *const *but);
void pairs_escape(struct buf *buf, const char *text);

/* Type of a file by its first bytes, from the list of those we take; NULL for all others (HTML,
 * SVG, programs). */
const char *sniff_type(const char *name, struct bytes bytes);

#endif
