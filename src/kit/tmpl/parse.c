#include "kit/tmpl/internal.h"

#include <stdarg.h>
#include <stdio.h>

struct tag {
    char kind;               /* one of # ^ / > ! or v for a value */
    const char *begin, *end; /* with its braces */
    const char *name;
    size_t size;
    const char *before, *after; /* where the text before it ends and the text behind it begins */
    bool alone;                 /* on its line: the line goes with it */
};

struct parser {
    struct tmpls *set;
    struct tmpl *tmpl;
    const char *text, *end;
    const char *counted; /* `line` is the line of this place */
    int line;
    struct tmpl_node *nodes;
    size_t count;
    struct tag open[TMPL_NESTING];
    uint32_t open_node[TMPL_NESTING];
    size_t depth;
    struct err *err;
};

static bool refuse(struct parser *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool refuse(struct parser *p, const char *format, ...)
{
    char reason[200];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    return err_set(p->err, p->set->code, "%s.html:%d: %s", p->tmpl->name, p->line, reason);
}

/* Moves the line counter forward to `place`. */
static void count_lines(struct parser *p, const char *place)
{
    for (; p->counted < place; p->counted++)
        p->line += *p->counted == '\n';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == '/';
}

/* A tag that stands alone on its line takes the line away with it. */
static void tag_alone(const struct parser *p, struct tag *tag)
{
    tag->before = tag->begin;
    tag->after = tag->end;
    if (tag->kind == 'v')
        return;
    const char *left = tag->begin;
    while (left > p->text && is_blank(left[-1]))
        left--;
    const char *right = tag->end;
    while (right < p->end && is_blank(*right))
        right++;
    if (right < p->end && *right == '\r' && right + 1 < p->end && right[1] == '\n')
        right++;
    if ((left > p->text && left[-1] != '\n') || (right < p->end && *right != '\n'))
        return;
    tag->alone = true;
    tag->before = left;
    tag->after = right < p->end ? right + 1 : right;
}

static bool tag_check(struct parser *p, const struct tag *tag)
{
    if (tag->kind == '!')
        return true;
    if (tag->kind == '{' || tag->kind == '&')
        return refuse(p, "la forma che scrive il testo com'è non esiste");
    if (tag->kind == '=')
        return refuse(p, "i delimitatori non si cambiano");
    if (tag->size == 0 || tag->size > TMPL_NAME)
        return refuse(p, "nome vuoto o troppo lungo");
    for (size_t i = 0; i < tag->size; i++)
        if (!is_name(tag->name[i]))
            return refuse(p, "nome non ammesso: %.*s", (int)tag->size, tag->name);
    return true;
}

static bool tag_read(struct parser *p, const char *begin, struct tag *tag)
{
    *tag = (struct tag){.kind = 'v', .begin = begin};
    count_lines(p, begin);
    const char *name = begin + 2;
    const char *close = memmem(name, (size_t)(p->end - name), "}}", 2);
    if (close == NULL)
        return refuse(p, "manca }}");
    if (name < close && strchr("#^/>!{&=", *name) != NULL)
        tag->kind = *name++;
    const char *stop = close;
    while (name < stop && is_space(*name))
        name++;
    while (stop > name && is_space(stop[-1]))
        stop--;
    tag->end = close + 2;
    tag->name = name;
    tag->size = (size_t)(stop - name);
    tag_alone(p, tag);
    return tag_check(p, tag);
}

static struct tmpl_node *node_add(struct parser *p, enum tmpl_op op)
{
    struct tmpl_node *node = &p->nodes[p->count++];
    node->op = op;
    node->line = p->line;
    return node;
}

static void text_add(struct parser *p, const char *from, const char *to)
{
    if (from >= to)
        return;
    struct tmpl_node *node = node_add(p, OP_TEXT);
    node->text = from;
    node->size = (uint32_t)(to - from);
}

static bool path_add(struct parser *p, const struct tag *tag, enum tmpl_op op)
{
    struct tmpl_node *node = node_add(p, op);
    if (tag->size == 1 && *tag->name == '.')
        return true;
    struct arena *arena = &p->set->arena;
    struct tv_name *path = ARENA_NEWS(arena, struct tv_name, TMPL_PATH);
    const char *end = tag->name + tag->size;
    for (const char *at = tag->name; at <= end;) {
        const char *dot = memchr(at, '.', (size_t)(end - at));
        const char *stop = dot == NULL ? end : dot;
        if (stop == at || node->parts == TMPL_PATH || memchr(at, '/', (size_t)(stop - at)) != NULL)
            return refuse(p, "nome non ammesso: %.*s", (int)tag->size, tag->name);
        size_t size = (size_t)(stop - at);
        path[node->parts++] =
            (struct tv_name){arena_strndup(arena, at, size), (uint32_t)size, tv_key(at, size)};
        at = stop + 1;
    }
    node->path = path;
    return true;
}

static bool section_open(struct parser *p, const struct tag *tag)
{
    if (p->depth == TMPL_NESTING)
        return refuse(p, "troppe sezioni una dentro l'altra");
    p->open[p->depth] = *tag;
    p->open_node[p->depth++] = (uint32_t)p->count;
    return path_add(p, tag, tag->kind == '#' ? OP_SECTION : OP_INVERTED);
}

static bool section_close(struct parser *p, const struct tag *tag)
{
    if (p->depth == 0)
        return refuse(p, "{{/%.*s}} chiude una sezione mai aperta", (int)tag->size, tag->name);
    const struct tag *open = &p->open[--p->depth];
    if (open->size != tag->size || memcmp(open->name, tag->name, tag->size) != 0)
        return refuse(p, "{{/%.*s}} dove va chiusa %.*s", (int)tag->size, tag->name,
                      (int)open->size, open->name);
    p->nodes[p->open_node[p->depth]].end = (uint32_t)p->count;
    return true;
}

static bool part_add(struct parser *p, const struct tag *tag)
{
    if (!p->set->parts)
        return refuse(p, "qui non si possono richiamare altri modelli");
    if (tag->size == 4 && memcmp(tag->name, "page", 4) == 0) {
        node_add(p, OP_PAGE);
        return true;
    }
    struct arena *arena = &p->set->arena;
    const char *name = arena_strndup(arena, tag->name, tag->size);
    const char *indent =
        tag->alone ? arena_strndup(arena, tag->before, (size_t)(tag->begin - tag->before)) : "";
    struct tmpl_node *node = node_add(p, OP_PART);
    node->part = tmpl_compile(p->set, name, indent, p->tmpl->name, p->line, p->err);
    return node->part != NULL;
}

static bool tag_add(struct parser *p, const struct tag *tag)
{
    switch (tag->kind) {
    case '#':
    case '^':
        return section_open(p, tag);
    case '/':
        return section_close(p, tag);
    case '>':
        return part_add(p, tag);
    case '!':
        return true;
    default:
        return path_add(p, tag, OP_VALUE);
    }
}

static bool parse_all(struct parser *p)
{
    const char *at = p->text;
    const char *begin;
    struct tag tag;
    while ((begin = memmem(at, (size_t)(p->end - at), "{{", 2)) != NULL) {
        if (!tag_read(p, begin, &tag))
            return false;
        text_add(p, at, tag.before);
        if (!tag_add(p, &tag))
            return false;
        at = tag.after;
    }
    text_add(p, at, p->end);
    if (p->depth == 0)
        return true;
    const struct tag *open = &p->open[p->depth - 1];
    p->line = p->nodes[p->open_node[p->depth - 1]].line;
    return refuse(p, "la sezione %.*s non si chiude", (int)open->size, open->name);
}

/* Each line with `indent` before it, as a part stands where it was asked for. */
static const char *indented(struct arena *arena, const char *indent, const char *text)
{
    if (*indent == '\0')
        return text;
    struct buf buf;
    buf_init(&buf, arena, TMPL_FILE);
    while (*text != '\0') {
        const char *newline = strchr(text, '\n');
        size_t size = newline == NULL ? strlen(text) : (size_t)(newline - text) + 1;
        buf_text(&buf, indent);
        buf_add(&buf, text, size);
        text += size;
    }
    return buf.full ? NULL : buf.data == NULL ? "" : buf.data;
}

bool tmpl_parse(struct tmpls *set, struct tmpl *tmpl, const char *text, struct err *err)
{
    struct parser p = {.set = set, .tmpl = tmpl, .line = 1, .err = err};
    p.text = indented(&set->arena, tmpl->indent, text);
    size_t size = p.text == NULL ? TMPL_FILE + 1 : strlen(p.text);
    if (size > TMPL_FILE)
        return refuse(&p, "il modello è troppo lungo");
    p.end = p.text + size;
    p.counted = p.text;
    size_t tags = 0;
    for (const char *at = p.text; (at = strstr(at, "{{")) != NULL; at += 2)
        tags++;
    if (tags > TMPL_NODES / 2)
        return refuse(&p, "il modello ha troppi segni {{");
    p.nodes = ARENA_NEWS(&set->arena, struct tmpl_node, 2 * tags + 1);
    tmpl->nodes = p.nodes;
    bool good = parse_all(&p);
    tmpl->count = p.count;
    return good;
}
