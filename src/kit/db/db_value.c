/* Values: C to arguments, cells of a row to members of a struct. */
#include "kit/db/db_impl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct db_arg db_arg_id(struct id value)
{
    return (struct db_arg){FIELD_ID, {.integer = value.n}};
}

struct db_arg db_arg_int(int64_t value)
{
    return (struct db_arg){FIELD_INT, {.integer = value}};
}

struct db_arg db_arg_int32(int value)
{
    return (struct db_arg){FIELD_INT, {.integer = value}};
}

struct db_arg db_arg_bool(bool value)
{
    return (struct db_arg){FIELD_BOOL, {.integer = value}};
}

struct db_arg db_arg_text(const char *value)
{
    return (struct db_arg){FIELD_TEXT, {.text = value}};
}

struct db_arg db_arg_money(struct money value)
{
    return (struct db_arg){FIELD_MONEY, {.integer = value.cents}};
}

struct db_arg db_arg_rate(struct rate value)
{
    return (struct db_arg){FIELD_RATE, {.rate = value}};
}

struct db_arg db_arg_day(struct day value)
{
    return (struct db_arg){FIELD_DAY, {.day = value}};
}

struct db_arg db_arg_instant(struct instant value)
{
    return (struct db_arg){FIELD_INSTANT, {.integer = value.us}};
}

struct db_arg db_arg_minutes(struct minutes value)
{
    return (struct db_arg){FIELD_MINUTES, {.integer = value.n}};
}

struct db_arg db_arg_bytes(struct bytes value)
{
    return (struct db_arg){FIELD_BYTES, {.bytes = value}};
}

static struct db_arg arg_of(const struct field *field, const void *object)
{
    const char *at = (const char *)object + field->offset;
    switch (field->type) {
    case FIELD_ID:
        return db_arg_id(*(const struct id *)(const void *)at);
    case FIELD_INT:
        return db_arg_int(*(const int64_t *)(const void *)at);
    case FIELD_BOOL:
        return db_arg_bool(*(const bool *)at);
    case FIELD_TEXT:
        return db_arg_text(*(const char *const *)(const void *)at);
    case FIELD_MONEY:
        return db_arg_money(*(const struct money *)(const void *)at);
    case FIELD_RATE:
        return db_arg_rate(*(const struct rate *)(const void *)at);
    case FIELD_DAY:
        return db_arg_day(*(const struct day *)(const void *)at);
    case FIELD_INSTANT:
        return db_arg_instant(*(const struct instant *)(const void *)at);
    case FIELD_MINUTES:
        return db_arg_minutes(*(const struct minutes *)(const void *)at);
    case FIELD_BYTES:
        return db_arg_bytes(*(const struct bytes *)(const void *)at);
    case FIELD_NONE:
    default:
        abort();
    }
}

struct db_args db_args_of(struct cx *cx, const struct field *fields, const void *object)
{
    size_t count = 0;
    while (fields[count].name)
        count++;
    struct db_arg *items = ARENA_NEWS(cx->arena, struct db_arg, count + 1);
    for (size_t i = 0; i < count; i++)
        items[i] = arg_of(&fields[i], object);
    return (struct db_args){items, count};
}

bool db_arg_known(const struct db_arg *arg)
{
    switch (arg->type) {
    case FIELD_ID:
    case FIELD_INSTANT:
        return arg->as.integer != 0;
    case FIELD_INT:
    case FIELD_MONEY:
        return arg->as.integer != INT64_MIN;
    case FIELD_MINUTES:
        return arg->as.integer != INT32_MIN;
    case FIELD_TEXT:
        return arg->as.text != NULL;
    case FIELD_RATE:
        return arg->as.rate.den != 0;
    case FIELD_DAY:
        return day_known(arg->as.day);
    case FIELD_BYTES:
        return arg->as.bytes.data != NULL;
    case FIELD_BOOL:
        return true;
    case FIELD_NONE:
    default:
        abort();
    }
}

/* PostgreSQL gives numbers as text, and 't' or 'f' for a comparison. */
static bool cell_integer(struct db_cell cell, int64_t *value)
{
    if (cell.kind == CELL_INT) {
        *value = cell.integer;
        return true;
    }
    if (cell.kind != CELL_TEXT || !cell.size)
        return false;
    if (cell.size == 1 && (*cell.text == 't' || *cell.text == 'f')) {
        *value = *cell.text == 't';
        return true;
    }
    char *end;
    errno = 0;
    *value = strtoll(cell.text, &end, 10);
    return !errno && !*end;
}

static bool cell_number(const struct field *field, char *at, struct db_cell cell)
{
    int64_t value;
    if (!cell_integer(cell, &value))
        return false;
    if (field->type == FIELD_MINUTES) {
        if (value < INT32_MIN || value > INT32_MAX)
            return false;
        ((struct minutes *)(void *)at)->n = (int32_t)value;
    } else if (field->type == FIELD_BOOL) {
        *(bool *)at = value != 0;
    } else { /* id, int, money and instant are each one int64_t */
        memcpy(at, &value, sizeof value);
    }
    return true;
}

static bool cell_bytes(struct cx *cx, char *at, struct db_cell cell)
{
    if (cell.kind != CELL_BYTES)
        return false;
    unsigned char *copy = arena_alloc(cx->arena, cell.size ? cell.size : 1);
    if (cell.size)
        memcpy(copy, cell.text, cell.size);
    *(struct bytes *)(void *)at = (struct bytes){copy, cell.size};
    return true;
}

static bool cell_fits(struct cx *cx, const struct field *field, char *at, struct db_cell cell)
{
    switch (field->type) {
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_MONEY:
    case FIELD_INSTANT:
    case FIELD_MINUTES:
        return cell_number(field, at, cell);
    case FIELD_TEXT:
        if (cell.kind != CELL_TEXT)
            return false;
        *(const char **)(void *)at = arena_strndup(cx->arena, cell.text, cell.size);
        return true;
    case FIELD_RATE:
        return cell.kind == CELL_TEXT && rate_parse(cell.text, (struct rate *)(void *)at);
    case FIELD_DAY:
        return cell.kind == CELL_TEXT && day_parse_iso(cell.text, (struct day *)(void *)at);
    case FIELD_BYTES:
        return cell_bytes(cx, at, cell);
    case FIELD_NONE:
    default:
        abort();
    }
}

/* The object was blanked before: a NULL leaves it as it is. */
bool db_cell_set(struct cx *cx, const struct field *field, void *object, struct db_cell cell)
{
    if (cell.kind == CELL_NULL)
        return true;
    if (cell_fits(cx, field, (char *)object + field->offset, cell))
        return true;
    return FAIL(cx, ERR_INTERNAL, "column \"%s\" holds what its field cannot", field->name);
}
