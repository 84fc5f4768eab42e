#include "kit/tmpl/internal.h"

#include <stdlib.h>

static const struct tv tv_nothing = {.kind = TV_EMPTY};

bool tv_true(const struct tv *value)
{
    switch (value->kind) {
    case TV_EMPTY:
        return false;
    case TV_BOOL:
        return value->n != 0;
    case TV_TEXT:
    case TV_MARKUP:
        return value->size > 0;
    case TV_LIST:
        return value->list->count > 0;
    case TV_INT:
    case TV_MONEY:
    case TV_DAY:
    case TV_INSTANT:
    case TV_OBJECT:
        return true;
    }
    return false;
}

static void object_init(struct tv *value, struct arena *arena)
{
    struct tv_object *object = ARENA_NEW(arena, struct tv_object);
    object->arena = arena;
    object->last = &object->first;
    *value = (struct tv){.kind = TV_OBJECT, .object = object};
}

static void list_init(struct tv *value, struct arena *arena)
{
    struct tv_list *list = ARENA_NEW(arena, struct tv_list);
    list->arena = arena;
    *value = (struct tv){.kind = TV_LIST, .list = list};
}

struct tv *tv_object(struct arena *arena)
{
    struct tv *value = ARENA_NEW(arena, struct tv);
    object_init(value, arena);
    return value;
}

struct tv *tv_list(struct arena *arena)
{
    struct tv *value = ARENA_NEW(arena, struct tv);
    list_init(value, arena);
    return value;
}

static struct tv_object *object_of(const struct tv *value)
{
    if (value->kind != TV_OBJECT)
        abort();
    return value->object;
}

static struct tv *list_place(const struct tv *value)
{
    if (value->kind != TV_LIST)
        abort();
    struct tv_list *list = value->list;
    size_t at = list->count++ % TV_BLOCK;
    if (at == 0) {
        struct tv_chunk *chunk = ARENA_NEW(list->arena, struct tv_chunk);
        if (list->last == NULL)
            list->first = chunk;
        else
            list->last->next = chunk;
        list->last = chunk;
    }
    return &list->last->items[at];
}

static struct tv *member_add(struct tv_object *object, uint64_t key, const char *name)
{
    size_t at = object->count % TV_BLOCK;
    if (at == 0 && object->count > 0) {
        object->last->next = ARENA_NEW(object->arena, struct tv_block);
        object->last = object->last->next;
    }
    object->count++;
    object->last->key[at] = key;
    object->last->name[at] = name;
    return &object->last->value[at];
}

static struct tv *member_place(struct tv *value, const char *name)
{
    struct tv_object *object = object_of(value);
    const struct tv_object *like = object->like;
    size_t at = object->count;
    if (like != NULL && at < like->count && at < TV_BLOCK && like->first.name[at] == name)
        return member_add(object, like->first.key[at], name);
    object->like = NULL;
    uint64_t key = tv_key(name, strlen(name));
    struct tv *known = tv_find(object, key, name);
    return known != NULL ? known : member_add(object, key, name);
}

/* What the sibling of `object` holds at the place where `object` was given its last member. */
static const struct tv *alike(const struct tv_object *object)
{
    return object->like == NULL ? NULL : &object->like->first.value[object->count - 1];
}

static const struct tv_object *first_item(const struct tv_list *list)
{
    const struct tv *item = list->count > 0 ? list->first->items : NULL;
    return item != NULL && item->kind == TV_OBJECT ? item->object : NULL;
}

static struct tv text_value(struct arena *arena, enum tv_kind kind, const char *text)
{
    if (text == NULL)
        return tv_nothing;
    size_t size = strlen(text);
    if (size > UINT32_MAX)
        abort();
    const char *kept = kind == TV_TEXT ? arena_strndup(arena, text, size) : text;
    return (struct tv){.kind = kind, .size = (uint32_t)size, .text = kept};
}

static struct tv number_value(enum tv_kind kind, bool known, int64_t n)
{
    return known ? (struct tv){.kind = kind, .n = n} : tv_nothing;
}

void tv_text(struct tv *object, const char *name, const char *value)
{
    *member_place(object, name) = text_value(object->object->arena, TV_TEXT, value);
}

void tv_lend(struct tv *object, const char *name, const char *value)
{
    *member_place(object, name) =
        value == NULL
            ? tv_nothing
            : (struct tv){.kind = TV_TEXT, .size = (uint32_t)strlen(value), .text = value};
}

void tv_printf(struct tv *object, const char *name, const char *format, ...)
{
    struct tv *place = member_place(object, name);
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(object->object->arena, format, args);
    va_end(args);
    *place = (struct tv){.kind = TV_TEXT, .size = (uint32_t)strlen(text), .text = text};
}

void tv_int(struct tv *object, const char *name, int64_t value)
{
    *member_place(object, name) = number_value(TV_INT, value != INT_NONE, value);
}

void tv_bool(struct tv *object, const char *name, bool value)
{
    *member_place(object, name) = number_value(TV_BOOL, true, value);
}

void tv_money(struct tv *object, const char *name, struct money value)
{
    *member_place(object, name) = number_value(TV_MONEY, money_ok(value), value.cents);
}

void tv_day(struct tv *object, const char *name, struct day value)
{
    *member_place(object, name) = number_value(TV_DAY, day_known(value), value.n);
}

void tv_instant(struct tv *object, const char *name, struct instant value)
{
    *member_place(object, name) = number_value(TV_INSTANT, value.us != 0, value.us);
}

void tv_id(struct tv *object, const char *name, struct id value)
{
    char text[ID_TEXT];
    tv_text(object, name, value.n == 0 ? NULL : id_text(value, text));
}

void tv_set(struct tv *object, const char *name, struct tv *value)
{
    *member_place(object, name) = value == NULL ? tv_nothing : *value;
}

void tv_markup(struct tv *object, const char *name, const char *markup)
{
    *member_place(object, name) = text_value(object->object->arena, TV_MARKUP, markup);
}

struct tv *tv_child(struct tv *object, const char *name)
{
    struct tv *place = member_place(object, name);
    const struct tv *like = alike(object->object);
    object_init(place, object->object->arena);
    if (like != NULL && like->kind == TV_OBJECT)
        place->object->like = like->object;
    return place;
}

struct tv *tv_children(struct tv *object, const char *name)
{
    struct tv *place = member_place(object, name);
    const struct tv *like = alike(object->object);
    list_init(place, object->object->arena);
    if (like != NULL && like->kind == TV_LIST)
        place->list->like = first_item(like->list);
    return place;
}

struct tv *tv_push(struct tv *list)
{
    if (list->kind != TV_LIST)
        abort();
    const struct tv_object *like =
        list->list->count > 0 ? first_item(list->list) : list->list->like;
    struct tv *place = list_place(list);
    object_init(place, list->list->arena);
    place->object->like = like;
    return place;
}

void tv_push_text(struct tv *list, const char *value)
{
    struct tv *place = list_place(list);
    *place = text_value(list->list->arena, TV_TEXT, value);
}

struct tv *tv_get(const struct tv *object, const char *name)
{
    return tv_find(object_of(object), tv_key(name, strlen(name)), name);
}

struct tv *tv_item(const struct tv *list, size_t index)
{
    if (list->kind != TV_LIST)
        abort();
    if (index >= list->list->count)
        return NULL;
    struct tv_chunk *chunk = list->list->first;
    for (size_t i = index / TV_BLOCK; i > 0; i--)
        chunk = chunk->next;
    return &chunk->items[index % TV_BLOCK];
}

const char *tv_string(const struct tv *value)
{
    return value != NULL && value->kind == TV_TEXT ? value->text : NULL;
}

static void field_value(struct tv *object, const struct field *field, const void *of)
{
    const void *at = (const char *)of + field->offset;
    switch (field->type) {
    case FIELD_INT:
        tv_int(object, field->name, *(const int64_t *)at);
        return;
    case FIELD_BOOL:
        tv_bool(object, field->name, *(const bool *)at);
        return;
    case FIELD_TEXT:
        tv_text(object, field->name, *(const char *const *)at);
        return;
    case FIELD_MONEY:
        tv_money(object, field->name, *(const struct money *)at);
        return;
    case FIELD_DAY:
        tv_day(object, field->name, *(const struct day *)at);
        return;
    case FIELD_INSTANT:
        tv_instant(object, field->name, *(const struct instant *)at);
        return;
    case FIELD_ID:
        tv_id(object, field->name, *(const struct id *)at);
        return;
    case FIELD_RATE:
    case FIELD_MINUTES:
        tv_text(object, field->name,
                field_known(field, of) ? field_it(object->object->arena, field, of) : NULL);
        return;
    case FIELD_NONE:
    case FIELD_BYTES: /* not for pages */
        return;
    }
}

void tv_fields(struct tv *object, const struct field *fields, const void *of)
{
    object_of(object);
    for (const struct field *field = fields; field->type != FIELD_NONE; field++)
        field_value(object, field, of);
}
