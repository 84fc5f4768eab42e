/* A struct described once: the same table maps a row of the database to the struct, the struct to
 * values of a template, to columns of CSV, XLSX and JSON, and a form to the struct.
 *
 *     struct persona { struct id id; const char *cognome; struct day nascita; };
 *     const struct field persona_fields[] = {
 *         FIELD(persona, id), FIELD(persona, cognome), FIELD(persona, nascita), FIELD_END};
 *
 * "Not known" of each type is NULL in the database and blank on the page: id 0, int INT_NONE,
 * text NULL, money MONEY_INVALID, rate den 0, day DAY_NONE, instant 0, minutes MINUTES_NONE,
 * bytes data NULL. Blank is not zero. A bool is never unknown.
 */
#ifndef ZONALE_BASE_FIELD_H
#define ZONALE_BASE_FIELD_H

#include "base/arena.h"
#include "base/day.h"
#include "base/money.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Identity of a row: 41 bits of milliseconds, 22 of chance; time-ordered, never 0. */
struct id {
    int64_t n;
};

struct bytes {
    const unsigned char *data;
    size_t size;
};

#define ID_NONE  ((struct id){0})
#define INT_NONE INT64_MIN

enum field_type {
    FIELD_NONE = 0, /* end of a table */
    FIELD_ID,
    FIELD_INT,
    FIELD_BOOL,
    FIELD_TEXT,
    FIELD_MONEY,
    FIELD_RATE,
    FIELD_DAY,
    FIELD_INSTANT,
    FIELD_MINUTES,
    FIELD_BYTES,
};

struct field {
    const char *name; /* of the member, the column, the template section, the export column */
    enum field_type type;
    size_t offset;
};

#define FIELD_TYPE(lvalue)                                                                         \
    _Generic((lvalue), struct id                                                                   \
             : FIELD_ID, int64_t                                                                   \
             : FIELD_INT, bool                                                                     \
             : FIELD_BOOL, const char *                                                            \
             : FIELD_TEXT, struct money                                                            \
             : FIELD_MONEY, struct rate                                                            \
             : FIELD_RATE, struct day                                                              \
             : FIELD_DAY, struct instant                                                           \
             : FIELD_INSTANT, struct minutes                                                       \
             : FIELD_MINUTES, struct bytes                                                         \
             : FIELD_BYTES)

#define FIELD(tag, member)                                                                         \
    {                                                                                              \
#member, FIELD_TYPE(((struct tag *)0)->member), offsetof(struct tag, member)               \
    }
/* The same member under another column name. */
#define FIELD_AS(tag, member, column)                                                              \
    {                                                                                              \
        column, FIELD_TYPE(((struct tag *)0)->member), offsetof(struct tag, member)                \
    }
#define FIELD_END                                                                                  \
    {                                                                                              \
        NULL, FIELD_NONE, 0                                                                        \
    }

enum { ID_TEXT = 14 };
/* 13 characters of Crockford's base 32, lower case; "" for ID_NONE. */
const char *id_text(struct id id, char text[static ID_TEXT]);
MUST_USE bool id_parse(const char *text, struct id *id);

/* Rows of one type, in the arena. */
struct list {
    void *items;
    size_t count;
    size_t size;  /* of one item */
    bool clipped; /* there were more than the reader's maximum */
};
#define LIST_ITEM(list, type, index) (&((type *)(list)->items)[(index)])
#define LIST_EACH(list, type, item)                                                                \
    for (type *item = (list)->items, *item##_end = item + (list)->count; item != item##_end; item++)

/* Sets every member to "not known". */
void field_blank(const struct field *fields, void *object);
bool field_known(const struct field *field, const void *object);
const struct field *field_find(const struct field *fields, const char *name);
/* As Italian users read it ("1.430.038,80", "05/03/2026"), or as machines do ("1430038.80"). */
const char *field_it(struct arena *arena, const struct field *field, const void *object);
const char *field_machine(struct arena *arena, const struct field *field, const void *object);
/* From text typed by a person (empty = not known) or by a machine. False: it does not fit. */
MUST_USE bool field_set_it(struct arena *arena, const struct field *field, void *object,
                           const char *text);
MUST_USE bool field_set_machine(struct arena *arena, const struct field *field, void *object,
                                const char *text);

#endif
