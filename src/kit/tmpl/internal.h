/* Inside kit/tmpl only: values as they lie in memory, templates as they are drawn. */
#ifndef ZONALE_KIT_TMPL_INTERNAL_H
#define ZONALE_KIT_TMPL_INTERNAL_H

#include "kit/tmpl/tmpl.h"

#include <string.h>

/* ---- values ----------------------------------------------------------------------------- */

enum tv_kind {
    TV_EMPTY,
    TV_TEXT,
    TV_MARKUP,
    TV_INT,
    TV_BOOL,
    TV_MONEY,
    TV_DAY,
    TV_INSTANT,
    TV_OBJECT,
    TV_LIST,
};

struct tv {
    enum tv_kind kind;
    uint32_t size; /* bytes of a text */
    union {
        const char *text;
        int64_t n; /* of every number, amount, day and instant */
        struct tv_object *object;
        struct tv_list *list;
    };
};

struct tv_name {
    const char *text;
    uint32_t size;
    uint64_t key;
};

/* Members stand in blocks that never move: tv_child and tv_get give their addresses away. */
enum { TV_BLOCK = 4 };
struct tv_block {
    struct tv_block *next;
    uint64_t key[TV_BLOCK];
    const char *name[TV_BLOCK];
    struct tv value[TV_BLOCK];
};

struct tv_object {
    struct arena *arena;
    size_t count;
    struct tv_block *last;
    /* A sibling in a list, whose names ours repeat in the same order as long as this is set: then
     * a name that comes at its place is known to be new, without a look at the others. */
    const struct tv_object *like;
    struct tv_block first;
};

struct tv_chunk {
    struct tv_chunk *next;
    struct tv items[TV_BLOCK];
};

struct tv_list {
    struct arena *arena;
    size_t count;
    struct tv_chunk *first, *last;
    const struct tv_object *like; /* what its first item will most likely look like */
};

/* What names are compared by: the name itself where it has at most seven bytes (the eighth of the
 * key stays 0), otherwise its FNV-1a hash with the top bit set, and then the names are compared. */
#define TV_LONG (UINT64_C(1) << 63)
static inline uint64_t tv_key(const char *text, size_t size)
{
    uint64_t key = 0;
    if (size < sizeof key) {
        for (size_t i = 0; i < size; i++)
            key |= (uint64_t)(unsigned char)text[i] << (8 * i);
        return key;
    }
    key = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++)
        key = (key ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    return key | TV_LONG;
}

/* The member; NULL when there is none. */
static inline struct tv *tv_find(struct tv_object *object, uint64_t key, const char *name)
{
    size_t left = object->count;
    for (struct tv_block *block = &object->first; left > 0; block = block->next) {
        size_t here = left < TV_BLOCK ? left : TV_BLOCK;
        for (size_t i = 0; i < here; i++)
            if (block->key[i] == key && ((key & TV_LONG) == 0 || strcmp(block->name[i], name) == 0))
                return &block->value[i];
        left -= here;
    }
    return NULL;
}
/* False for what a section takes for false: empty, "no", a list without items. */
bool tv_true(const struct tv *value);

/* ---- templates -------------------------------------------------------------------------- */

enum tmpl_op {
    OP_TEXT,
    OP_VALUE,
    OP_SECTION,
    OP_INVERTED,
    OP_PART,
    OP_PAGE, /* {{>page}}: which template that is, each rendering says */
};

enum {
    TMPL_NODES = 20000,
    TMPL_NESTING = 32,       /* sections inside sections, and parts inside parts */
    TMPL_PATH = 6,           /* a.b.c.d.e.f */
    TMPL_NAME = 100,         /* bytes of a name */
    TMPL_FILE = 1024 * 1024, /* bytes of a template */
    TMPL_MEMORY = 64 << 20,
};

struct tmpl_node {
    enum tmpl_op op;
    int line;
    uint32_t size; /* OP_TEXT: bytes */
    uint32_t end;  /* sections: index of the node behind them */
    union {
        const char *text;
        struct {
            const struct tv_name *path; /* {{a.b}} is two names; {{.}} none */
            size_t parts;
        };
        const struct tmpl *part;
    };
};

struct tmpl {
    const char *name;
    const char *indent; /* put before each line: of the standalone tag that asked for this part */
    const struct tmpl_node *nodes;
    size_t count;
    struct tmpl *next;
};

enum { TMPL_BUCKETS = 256 };
struct tmpls {
    struct arena arena;
    const struct tmpl_file *files;
    const char *dir;
    bool parts; /* {{>part}} is allowed */
    enum err_code code;
    size_t nesting; /* parts being compiled, one inside the other */
    struct tmpl *buckets[TMPL_BUCKETS];
};

/* The template with all parts that it names; NULL: err says why. `by` and `line` tell who asks. */
const struct tmpl *tmpl_compile(struct tmpls *set, const char *name, const char *indent,
                                const char *by, int line, struct err *err);
const struct tmpl *tmpl_find(const struct tmpls *set, const char *name, const char *indent);
/* `text` cut into nodes. */
MUST_USE bool tmpl_parse(struct tmpls *set, struct tmpl *tmpl, const char *text, struct err *err);
MUST_USE bool tmpl_draw(const struct tmpls *set, const struct tmpl *tmpl, const struct tmpl *page,
                        const struct tv *data, struct buf *out, struct err *err);

#endif
