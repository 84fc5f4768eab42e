#include "kit/tmpl/internal.h"

#include <inttypes.h>
#include <stdio.h>

enum { DRAW_DEPTH = 64, DRAW_STEPS = 5000000 };

struct draw {
    const struct tmpls *set;
    const struct tmpl *tmpl; /* being drawn, for the messages */
    const struct tmpl *page;
    struct buf *out;
    struct err *err;
    const struct tv *stack[DRAW_DEPTH];
    size_t depth;
    size_t parts;
    size_t steps; /* lists inside lists grow fast: sections and parts drawn so far */
};

static bool fault(struct draw *d, const struct tmpl_node *node, const char *reason)
{
    char name[TMPL_NAME + TMPL_PATH] = "";
    size_t used = 0;
    bool named = node->op == OP_VALUE || node->op == OP_SECTION || node->op == OP_INVERTED;
    for (size_t i = 0; named && i < node->parts && used < sizeof name; i++) {
        int size =
            snprintf(name + used, sizeof name - used, "%s%s", i > 0 ? "." : "", node->path[i].text);
        used += size > 0 ? (size_t)size : 0;
    }
    return err_set(d->err, d->set->code, "%s.html:%d: %s %s", d->tmpl->name, node->line, reason,
                   name);
}

/* The value that a tag names: the first name in the nearest object that has it, the others inside.
 * NULL: there is none (err is set). */
static const struct tv *find(struct draw *d, const struct tmpl_node *node)
{
    if (node->parts == 0)
        return d->stack[d->depth - 1];
    const struct tv_name *first = &node->path[0];
    const struct tv *value = NULL;
    for (size_t i = d->depth; i > 0 && value == NULL; i--)
        if (d->stack[i - 1]->kind == TV_OBJECT)
            value = tv_find(d->stack[i - 1]->object, first->key, first->text);
    for (size_t i = 1; i < node->parts && value != NULL; i++)
        value = value->kind == TV_OBJECT
                    ? tv_find(value->object, node->path[i].key, node->path[i].text)
                    : NULL;
    if (value == NULL)
        fault(d, node, "i dati non hanno");
    return value;
}

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void draw_text(struct buf *out, const char *text, size_t size)
{
    static const bool special[256] = {
        ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};
    size_t from = 0;
    for (size_t i = 0; i < size; i++) {
        if (!special[(unsigned char)text[i]])
            continue;
        buf_add(out, text + from, i - from);
        buf_text(out, entity(text[i]));
        from = i + 1;
    }
    buf_add(out, text + from, size - from);
}

static bool draw_value(struct draw *d, const struct tmpl_node *node)
{
    const struct tv *value = find(d, node);
    if (value == NULL)
        return false;
    char text[MONEY_TEXT + INSTANT_TEXT + DAY_TEXT];
    switch (value->kind) {
    case TV_EMPTY:
        return true;
    case TV_TEXT:
        draw_text(d->out, value->text, value->size);
        return true;
    case TV_MARKUP:
        buf_add(d->out, value->text, value->size);
        return true;
    case TV_INT:
        snprintf(text, sizeof text, "%" PRId64, value->n);
        buf_text(d->out, text);
        return true;
    case TV_BOOL:
        buf_text(d->out, value->n != 0 ? "sì" : "no");
        return true;
    case TV_MONEY:
        buf_text(d->out, money_it(MONEY(value->n), text));
        return true;
    case TV_DAY:
        buf_text(d->out, day_it((struct day){(int32_t)value->n}, text));
        return true;
    case TV_INSTANT:
        buf_text(d->out, instant_it((struct instant){value->n}, text));
        return true;
    case TV_OBJECT:
    case TV_LIST:
        break;
    }
    return fault(d, node, "non è un valore da scrivere:");
}

static bool draw_nodes(struct draw *d, const struct tmpl *tmpl, size_t from, size_t to);

static bool draw_with(struct draw *d, const struct tmpl *tmpl, size_t index, const struct tv *item)
{
    const struct tmpl_node *node = &tmpl->nodes[index];
    if (d->depth == DRAW_DEPTH)
        return fault(d, node, "troppe sezioni una dentro l'altra:");
    if (d->steps++ == DRAW_STEPS)
        return fault(d, node, "troppe ripetizioni:");
    d->stack[d->depth++] = item;
    bool good = draw_nodes(d, tmpl, index + 1, node->end);
    d->depth--;
    return good;
}

static bool draw_list(struct draw *d, const struct tmpl *tmpl, size_t index,
                      const struct tv_list *list)
{
    const struct tv_chunk *chunk = list->first;
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0 && i % TV_BLOCK == 0)
            chunk = chunk->next;
        if (!draw_with(d, tmpl, index, &chunk->items[i % TV_BLOCK]))
            return false;
    }
    return true;
}

static bool draw_section(struct draw *d, const struct tmpl *tmpl, size_t index)
{
    const struct tmpl_node *node = &tmpl->nodes[index];
    const struct tv *value = find(d, node);
    if (value == NULL)
        return false;
    if (node->op == OP_INVERTED)
        return tv_true(value) || draw_nodes(d, tmpl, index + 1, node->end);
    if (!tv_true(value))
        return true;
    if (value->kind == TV_LIST)
        return draw_list(d, tmpl, index, value->list);
    return draw_with(d, tmpl, index, value);
}

static bool draw_part(struct draw *d, const struct tmpl_node *node, const struct tmpl *part)
{
    if (part == NULL)
        return fault(d, node, "qui non c'è una pagina da disegnare");
    if (d->parts == TMPL_NESTING || d->steps++ == DRAW_STEPS)
        return fault(d, node, "modelli che si richiamano senza fine");
    const struct tmpl *outer = d->tmpl;
    d->parts++;
    d->tmpl = part;
    bool good = draw_nodes(d, part, 0, part->count);
    d->tmpl = outer;
    d->parts--;
    return good;
}

static bool draw_nodes(struct draw *d, const struct tmpl *tmpl, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct tmpl_node *node = &tmpl->nodes[i];
        bool good = true;
        switch (node->op) {
        case OP_TEXT:
            buf_add(d->out, node->text, node->size);
            break;
        case OP_VALUE:
            good = draw_value(d, node);
            break;
        case OP_SECTION:
        case OP_INVERTED:
            good = draw_section(d, tmpl, i);
            i = node->end - 1;
            break;
        case OP_PART:
            good = draw_part(d, node, node->part);
            break;
        case OP_PAGE:
            good = draw_part(d, node, d->page);
            break;
        }
        if (!good)
            return false;
    }
    return true;
}

bool tmpl_draw(const struct tmpls *set, const struct tmpl *tmpl, const struct tmpl *page,
               const struct tv *data, struct buf *out, struct err *err)
{
    struct draw d = {.set = set,
                     .tmpl = tmpl,
                     .page = page,
                     .out = out,
                     .err = err,
                     .stack = {data},
                     .depth = 1};
    if (!draw_nodes(&d, tmpl, 0, tmpl->count))
        return false;
    return !out->full || err_set(err, set->code, "%s: la pagina è troppo lunga", tmpl->name);
}
