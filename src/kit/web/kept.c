/* Pieces of pages that cost more to draw than all the rest: the last KEPT of them, as they were
 * drawn and compressed. */
#include "kit/web/internal.h"

#include <stdlib.h>
#include <string.h>

enum { KEPT = 16, PIECE = 4 << 20 /* bytes of one, at most */ };

/* Never changed once it is among the others; freed by the last who lets go of it. */
struct piece {
    atomic_int holders;
    struct id ambito;
    char *key, *text;
    struct zip_part part;
    uint64_t used;
};

struct kept {
    pthread_mutex_t lock;
    struct piece *pieces[KEPT];
    uint64_t clock;
};

struct kept *kept_new(void)
{
    struct kept *kept = calloc(1, sizeof *kept);
    if (kept != NULL)
        pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

static void let_go(void *data)
{
    struct piece *piece = data;
    if (piece == NULL || atomic_fetch_sub(&piece->holders, 1) > 1)
        return;
    zip_part_free(&piece->part);
    free(piece->key);
    free(piece->text);
    free(piece);
}

void kept_free(struct kept *kept)
{
    if (kept == NULL)
        return;
    for (size_t i = 0; i < KEPT; i++)
        let_go(kept->pieces[i]);
    pthread_mutex_destroy(&kept->lock);
    free(kept);
}

static void let_go_of(void *data)
{
    let_go(*(struct piece **)data);
}

static bool is(const struct piece *piece, struct id ambito, const char *key)
{
    return piece != NULL && piece->ambito.n == ambito.n && strcmp(piece->key, key) == 0;
}

/* Held for who asks. */
static struct piece *find(struct kept *kept, struct id ambito, const char *key)
{
    struct piece *found = NULL;
    pthread_mutex_lock(&kept->lock);
    for (size_t i = 0; i < KEPT && found == NULL; i++)
        if (is(kept->pieces[i], ambito, key))
            found = kept->pieces[i];
    if (found != NULL) {
        found->used = ++kept->clock;
        atomic_fetch_add(&found->holders, 1);
    }
    pthread_mutex_unlock(&kept->lock);
    return found;
}

/* In the place of the one that nobody asked for longest. */
static void put(struct kept *kept, struct piece *piece)
{
    size_t at = 0;
    pthread_mutex_lock(&kept->lock);
    for (size_t i = 0; i < KEPT; i++) {
        const struct piece *other = kept->pieces[i];
        if (is(other, piece->ambito, piece->key)) { /* somebody was faster */
            at = i;
            break;
        }
        if (kept->pieces[at] != NULL && (other == NULL || other->used < kept->pieces[at]->used))
            at = i;
    }
    struct piece *old = kept->pieces[at];
    piece->used = ++kept->clock;
    kept->pieces[at] = piece;
    pthread_mutex_unlock(&kept->lock);
    let_go(old);
}

static struct piece *make(struct id ambito, const char *key, const char *text)
{
    size_t size = strlen(text);
    struct piece *piece = size <= PIECE ? calloc(1, sizeof *piece) : NULL;
    if (piece == NULL)
        return NULL;
    atomic_init(&piece->holders, 1);
    piece->ambito = ambito;
    piece->key = strdup(key);
    piece->text = strdup(text);
    if (piece->key == NULL || piece->text == NULL ||
        !zip_part_make(&piece->part, (struct bytes){(const unsigned char *)piece->text, size})) {
        let_go(piece);
        return NULL;
    }
    return piece;
}

bool web_piece_find(struct web_req *req, struct tv *page, const char *name, const char *key)
{
    struct piece **held = ARENA_NEW(&req->arena, struct piece *);
    *held = NULL;
    arena_hook(&req->arena, let_go_of, held); /* may jump: nothing is held yet */
    *held = find(req->web->kept, req->cx.who->ambito, key);
    if (*held == NULL)
        return false;
    req->part = &(*held)->part;
    tv_markup(page, name, (*held)->text);
    return true;
}

void web_piece_keep(struct web_req *req, struct tv *page, const char *name, const char *key,
                    const char *markup)
{
    tv_markup(page, name, markup);
    struct piece *piece = make(req->cx.who->ambito, key, markup);
    if (piece != NULL)
        put(req->web->kept, piece);
}
