#include "kit/doc/pdf_tags.h"

#include <string.h>

/* What a tag holds, in reading order: another tag, or a piece of a page. */
struct kid {
    struct kid *next;
    struct tag *tag; /* NULL = a piece */
    int page, mcid;
};

struct tag {
    struct tag *parent;
    struct tag *later; /* in order of creation */
    const char *type;
    const char *attributes;
    struct kid *first, *last;
    int number;
};

/* The owners of one page's pieces, by MCID. */
struct owners {
    int *numbers;
    int count, room;
};

struct tags {
    struct pdf *pdf;
    struct tag *document, *last;
    struct owners *pages;
    int page_room;
    int root; /* object */
};

static struct tag *tag_new(struct tags *tags, struct tag *parent, const char *type)
{
    struct tag *tag = ARENA_NEW(tags->pdf->arena, struct tag);
    tag->parent = parent;
    tag->type = type;
    tag->attributes = "";
    tag->number = pdf_reserve(tags->pdf);
    if (tags->last) {
        tags->last->later = tag;
    }
    tags->last = tag;
    return tag;
}

struct tags *tags_new(struct pdf *pdf)
{
    struct tags *tags = ARENA_NEW(pdf->arena, struct tags);
    tags->pdf = pdf;
    tags->root = pdf_reserve(pdf);
    tags->document = tag_new(tags, NULL, "Document");
    return tags;
}

struct tag *tags_document(struct tags *tags)
{
    return tags->document;
}

static struct kid *kid_add(struct tags *tags, struct tag *tag)
{
    struct kid *kid = ARENA_NEW(tags->pdf->arena, struct kid);
    if (tag->last) {
        tag->last->next = kid;
    } else {
        tag->first = kid;
    }
    tag->last = kid;
    return kid;
}

struct tag *tag_add(struct tags *tags, struct tag *parent, const char *type)
{
    struct tag *tag = tag_new(tags, parent, type);
    kid_add(tags, parent)->tag = tag;
    return tag;
}

const char *tag_type(const struct tag *tag)
{
    return tag->type;
}

void tag_attributes(struct tag *tag, const char *attributes)
{
    tag->attributes = attributes;
}

/* Doubles an array in the arena so that `index` is in it. */
static void *grown(struct arena *arena, void *items, int *room, int index, size_t size)
{
    if (index < *room) {
        return items;
    }
    int more = *room ? *room : 8;
    while (more <= index) {
        more *= 2;
    }
    void *copy = arena_array(arena, (size_t)more, size);
    if (*room) {
        memcpy(copy, items, (size_t)*room * size);
    }
    *room = more;
    return copy;
}

int tag_content(struct tags *tags, struct tag *tag, int page)
{
    struct arena *arena = tags->pdf->arena;
    tags->pages = grown(arena, tags->pages, &tags->page_room, page, sizeof *tags->pages);
    struct owners *owners = &tags->pages[page];
    owners->numbers =
        grown(arena, owners->numbers, &owners->room, owners->count, sizeof *owners->numbers);
    owners->numbers[owners->count] = tag->number;
    struct kid *kid = kid_add(tags, tag);
    kid->page = page;
    kid->mcid = owners->count++;
    return kid->mcid;
}

/* /Pg is that of the first piece; pieces of other pages name theirs. */
static void tag_write(const struct tags *tags, const struct tag *tag, const int *pages)
{
    struct buf *buf = pdf_begin(tags->pdf, tag->number);
    buf_printf(buf, "<</Type/StructElem/S/%s/P %d 0 R%s", tag->type,
               tag->parent ? tag->parent->number : tags->root, tag->attributes);
    int page = -1;
    for (const struct kid *kid = tag->first; kid && page < 0; kid = kid->next) {
        page = kid->tag ? -1 : kid->page;
    }
    if (page >= 0) {
        buf_printf(buf, "/Pg %d 0 R", pages[page]);
    }
    buf_text(buf, "/K[");
    for (const struct kid *kid = tag->first; kid; kid = kid->next) {
        if (kid->tag) {
            buf_printf(buf, "%d 0 R", kid->tag->number);
        } else if (kid->page == page) {
            buf_printf(buf, "%d", kid->mcid);
        } else {
            buf_printf(buf, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pages[kid->page], kid->mcid);
        }
        buf_text(buf, kid->next ? " " : "");
    }
    buf_text(buf, "]>>");
    pdf_end(tags->pdf);
}

/* From a page and an MCID back to the tag: an array for each page. */
static int parents_write(struct tags *tags, int page_count)
{
    struct pdf *pdf = tags->pdf;
    int tree = pdf_reserve(pdf);
    int *arrays = ARENA_NEWS(pdf->arena, int, (size_t)page_count + 1);
    for (int i = 0; i < page_count; i++) {
        arrays[i] = pdf_reserve(pdf);
        struct buf *buf = pdf_begin(pdf, arrays[i]);
        buf_char(buf, '[');
        for (int k = 0; i < tags->page_room && k < tags->pages[i].count; k++) {
            buf_printf(buf, "%s%d 0 R", k ? " " : "", tags->pages[i].numbers[k]);
        }
        buf_char(buf, ']');
        pdf_end(pdf);
    }
    struct buf *buf = pdf_begin(pdf, tree);
    buf_text(buf, "<</Nums[");
    for (int i = 0; i < page_count; i++) {
        buf_printf(buf, "%d %d 0 R ", i, arrays[i]);
    }
    buf_text(buf, "]>>");
    pdf_end(pdf);
    return tree;
}

int tags_write(struct tags *tags, const int *pages, int page_count)
{
    for (const struct tag *tag = tags->document; tag; tag = tag->later) {
        tag_write(tags, tag, pages);
    }
    int tree = parents_write(tags, page_count);
    struct buf *buf = pdf_begin(tags->pdf, tags->root);
    buf_printf(buf, "<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>",
               tags->document->number, tree, page_count);
    pdf_end(tags->pdf);
    return tags->root;
}
