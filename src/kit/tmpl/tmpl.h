/* Strict mustache: {{x}} {{#x}}{{/x}} {{^x}}{{/x}} {{>part}} {{!comment}} and {{.}}; names with
 * dots.
 *
 * Strict: a name that the data do not have is an error with file and line, so is an unclosed
 * section or an unknown part. There is no raw form: escaping follows the type of the value (text
 * is escaped, money and days are written in Italian, `markup` comes only from this program's own
 * drawers: charts, QR codes). A standalone tag takes its line away, as in the mustache test cases.
 *
 * Templates are embedded in the binary; with a directory they are read from disk at each use.
 */
#ifndef ZONALE_KIT_TMPL_TMPL_H
#define ZONALE_KIT_TMPL_TMPL_H

#include "base/buf.h"
#include "base/field.h"

/* ---- values ----------------------------------------------------------------------------- */

struct tv;    /* a value, in an arena */
struct tmpls; /* a set of templates, parsed once, shared by all threads */

struct tv *tv_object(struct arena *arena);
struct tv *tv_list(struct arena *arena);
/* Members; a later value of the same name replaces the earlier. NULL or not known = empty, which
 * exists (no error), prints as nothing and is false for a section. */
void tv_text(struct tv *object, const char *name, const char *value);
/* The text is not copied: a literal, or one that lies in the same arena. */
void tv_lend(struct tv *object, const char *name, const char *value);
void tv_printf(struct tv *object, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void tv_int(struct tv *object, const char *name, int64_t value);
void tv_bool(struct tv *object, const char *name, bool value);
void tv_money(struct tv *object, const char *name, struct money value);
void tv_day(struct tv *object, const char *name, struct day value);
void tv_instant(struct tv *object, const char *name, struct instant value);
void tv_id(struct tv *object, const char *name, struct id value);
void tv_set(struct tv *object, const char *name, struct tv *value);
/* Written as it is: only for markup that this program drew (SVG). */
void tv_markup(struct tv *object, const char *name, const char *markup);
/* A new object, already under `name` or behind the list's last. */
struct tv *tv_child(struct tv *object, const char *name);
struct tv *tv_children(struct tv *object, const char *name); /* a new list under `name` */
struct tv *tv_push(struct tv *list);
void tv_push_text(struct tv *list, const char *value);
/* All the fields of a struct become members. */
void tv_fields(struct tv *object, const struct field *fields, const void *of);
struct tv *tv_get(const struct tv *object, const char *name); /* NULL when not there */
struct tv *tv_item(const struct tv *list, size_t index);      /* NULL behind the last */
const char *tv_string(const struct tv *value);                /* NULL when it is no text */

/* ---- templates -------------------------------------------------------------------------- */

struct tmpl_file {
    const char *name; /* "persone/scheda", without ".html" */
    const char *text;
};

/* Parses all; false names file and line. `files` ended by {NULL, NULL}; `dir` (may be NULL) is
 * looked into first, as "<dir>/<name>.html", at each rendering. */
MUST_USE bool tmpls_load(struct tmpls **set, const struct tmpl_file *files, const char *dir,
                         struct err *err);
void tmpls_free(struct tmpls *set);
bool tmpls_has(const struct tmpls *set, const char *name);

/* `page` (may be NULL) is what {{>page}} means in this rendering: the layout draws the page. */
MUST_USE bool tmpl_render(const struct tmpls *set, const char *name, const char *page,
                          const struct tv *data, struct buf *out, struct err *err);
/* A template that is not in a set: letters edited by an office. Only {{x}}, sections and lists. */
MUST_USE bool tmpl_render_text(const char *text, const char *name, const struct tv *data,
                               struct buf *out, struct err *err);

#endif
