#include "base/field.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The member that a field describes. Callers pass the object as const where they only read. */
static void *member(const struct field *field, void *object)
{
    return (char *)object + field->offset;
}

static const void *member_of(const struct field *field, const void *object)
{
    return (const char *)object + field->offset;
}

static void blank_one(const struct field *field, void *at)
{
    switch (field->type) {
    case FIELD_ID:
        *(struct id *)at = ID_NONE;
        break;
    case FIELD_INT:
        *(int64_t *)at = INT_NONE;
        break;
    case FIELD_BOOL:
        *(bool *)at = false;
        break;
    case FIELD_TEXT:
        *(const char **)at = NULL;
        break;
    case FIELD_MONEY:
        *(struct money *)at = MONEY_INVALID;
        break;
    case FIELD_RATE:
        *(struct rate *)at = RATE(0, 0);
        break;
    case FIELD_DAY:
        *(struct day *)at = DAY_NONE;
        break;
    case FIELD_INSTANT:
        *(struct instant *)at = (struct instant){0};
        break;
    case FIELD_MINUTES:
        *(struct minutes *)at = MINUTES_NONE;
        break;
    case FIELD_BYTES:
        *(struct bytes *)at = (struct bytes){NULL, 0};
        break;
    case FIELD_NONE:
    default:
        abort();
    }
}

void field_blank(const struct field *fields, void *object)
{
    for (const struct field *field = fields; field->name; field++) {
        blank_one(field, member(field, object));
    }
}

bool field_known(const struct field *field, const void *object)
{
    const void *at = member_of(field, object);
    switch (field->type) {
    case FIELD_ID:
        return ((const struct id *)at)->n != 0;
    case FIELD_INT:
        return *(const int64_t *)at != INT_NONE;
    case FIELD_BOOL:
        return true;
    case FIELD_TEXT:
        return *(const char *const *)at != NULL;
    case FIELD_MONEY:
        return money_ok(*(const struct money *)at);
    case FIELD_RATE:
        return rate_ok(*(const struct rate *)at);
    case FIELD_DAY:
        return day_known(*(const struct day *)at);
    case FIELD_INSTANT:
        return ((const struct instant *)at)->us != 0;
    case FIELD_MINUTES:
        return ((const struct minutes *)at)->n != MINUTES_NONE.n;
    case FIELD_BYTES:
        return ((const struct bytes *)at)->data != NULL;
    case FIELD_NONE:
    default:
        abort();
    }
}

const struct field *field_find(const struct field *fields, const char *name)
{
    for (const struct field *field = fields; field->name; field++) {
        if (strcmp(field->name, name) == 0) {
            return field;
        }
    }
    return NULL;
}

/* Base 16: bytes are shown for debugging and machine exports only. */
static const char *bytes_text(struct arena *arena, struct bytes bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, bytes.size * 2 + 1);
    for (size_t i = 0; i < bytes.size; i++) {
        text[2 * i] = digits[bytes.data[i] >> 4];
        text[2 * i + 1] = digits[bytes.data[i] & 15];
    }
    return text;
}

/* printf would cost ten times as much, in each row of a list. */
static const char *int_text(struct arena *arena, int64_t n)
{
    char text[24];
    char *end = text + sizeof text;
    char *at = end;
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (n < 0) {
        *--at = '-';
    }
    return arena_strndup(arena, at, (size_t)(end - at));
}

/* Types that people and machines read alike. */
static const char *plain_text(struct arena *arena, const struct field *field, const void *at)
{
    char text[RATE_TEXT];
    switch (field->type) {
    case FIELD_ID: {
        char id[ID_TEXT];
        return arena_strdup(arena, id_text(*(const struct id *)at, id));
    }
    case FIELD_INT:
        return int_text(arena, *(const int64_t *)at);
    case FIELD_TEXT:
        return *(const char *const *)at;
    case FIELD_RATE:
        return arena_strdup(arena, rate_machine(*(const struct rate *)at, text));
    case FIELD_BYTES:
        return bytes_text(arena, *(const struct bytes *)at);
    case FIELD_BOOL:
    case FIELD_MONEY:
    case FIELD_DAY:
    case FIELD_INSTANT:
    case FIELD_MINUTES:
    case FIELD_NONE:
    default:
        abort();
    }
}

const char *field_it(struct arena *arena, const struct field *field, const void *object)
{
    if (!field_known(field, object)) {
        return "";
    }
    const void *at = member_of(field, object);
    char money[MONEY_TEXT];
    char day[DAY_TEXT];
    char instant[INSTANT_TEXT];
    char minutes[MINUTES_TEXT];
    switch (field->type) {
    case FIELD_BOOL:
        return *(const bool *)at ? "sì" : "no";
    case FIELD_MONEY:
        return arena_strdup(arena, money_it(*(const struct money *)at, money));
    case FIELD_DAY:
        return arena_strdup(arena, day_it(*(const struct day *)at, day));
    case FIELD_INSTANT:
        return arena_strdup(arena, instant_it(*(const struct instant *)at, instant));
    case FIELD_MINUTES:
        return arena_strdup(arena, minutes_it(*(const struct minutes *)at, minutes));
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_TEXT:
    case FIELD_RATE:
    case FIELD_BYTES:
    case FIELD_NONE:
    default:
        return plain_text(arena, field, at);
    }
}

const char *field_machine(struct arena *arena, const struct field *field, const void *object)
{
    if (!field_known(field, object)) {
        return "";
    }
    const void *at = member_of(field, object);
    char money[MONEY_TEXT];
    char day[DAY_TEXT];
    char instant[INSTANT_TEXT];
    switch (field->type) {
    case FIELD_BOOL:
        return *(const bool *)at ? "1" : "0";
    case FIELD_MONEY:
        return arena_strdup(arena, money_machine(*(const struct money *)at, money));
    case FIELD_DAY:
        return arena_strdup(arena, day_iso(*(const struct day *)at, day));
    case FIELD_INSTANT:
        return arena_strdup(arena, instant_iso(*(const struct instant *)at, instant));
    case FIELD_MINUTES:
        return arena_printf(arena, "%" PRId32, ((const struct minutes *)at)->n);
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_TEXT:
    case FIELD_RATE:
    case FIELD_BYTES:
    case FIELD_NONE:
    default:
        return plain_text(arena, field, at);
    }
}

static bool parse_int(const char *text, int64_t *value)
{
    char *end = NULL;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    bool digit =
        text[0] == '-' ? (text[1] >= '0' && text[1] <= '9') : (text[0] >= '0' && text[0] <= '9');
    if (!digit || *end || errno || n == INT_NONE) {
        return false;
    }
    *value = n;
    return true;
}

static bool parse_bool(const char *text, bool *value)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"1", true},  {"sì", true},  {"si", true},   {"on", true},     {"true", true},
                 {"0", false}, {"no", false}, {"off", false}, {"false", false}, {"", false}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i].word) == 0) {
            *value = words[i].value;
            return true;
        }
    }
    return false;
}

/* Types read alike from people and machines. */
static bool set_plain(struct arena *arena, const struct field *field, void *at, const char *text)
{
    switch (field->type) {
    case FIELD_ID:
        return id_parse(text, at);
    case FIELD_INT:
        return parse_int(text, at);
    case FIELD_BOOL:
        return parse_bool(text, at);
    case FIELD_TEXT:
        *(const char **)at = arena_strdup(arena, text);
        return true;
    case FIELD_RATE:
        return rate_parse(text, at);
    case FIELD_MONEY:
    case FIELD_DAY:
    case FIELD_INSTANT:
    case FIELD_MINUTES:
    case FIELD_BYTES:
    case FIELD_NONE:
    default:
        return false; /* instants and bytes are never typed */
    }
}

bool field_set_it(struct arena *arena, const struct field *field, void *object, const char *text)
{
    void *at = member(field, object);
    blank_one(field, at);
    if (!*text) {
        return true;
    }
    switch (field->type) {
    case FIELD_MONEY:
        return money_parse(text, at);
    case FIELD_DAY:
        return day_parse(text, at);
    case FIELD_MINUTES:
        return minutes_parse(text, at);
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_TEXT:
    case FIELD_RATE:
    case FIELD_INSTANT:
    case FIELD_BYTES:
    case FIELD_NONE:
    default:
        return set_plain(arena, field, at, text);
    }
}

bool field_set_machine(struct arena *arena, const struct field *field, void *object,
                       const char *text)
{
    void *at = member(field, object);
    blank_one(field, at);
    if (!*text) {
        return true;
    }
    int64_t n = 0;
    switch (field->type) {
    case FIELD_MONEY:
        return money_parse_machine(text, at);
    case FIELD_DAY:
        return day_parse_iso(text, at);
    case FIELD_MINUTES:
        if (!parse_int(text, &n) || n < 0 || n > INT32_MAX) {
            return false;
        }
        ((struct minutes *)at)->n = (int32_t)n;
        return true;
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_TEXT:
    case FIELD_RATE:
    case FIELD_INSTANT:
    case FIELD_BYTES:
    case FIELD_NONE:
    default:
        return set_plain(arena, field, at, text);
    }
}
