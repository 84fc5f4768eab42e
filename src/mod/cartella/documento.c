/* Documents: what is in them lies sealed, in pieces that fit nowhere else. */
#include "mod/cartella/documento.h"

#include "mod/cartella/cartella.h"
#include "mod/cartella/sql.h"

#include <string.h>

enum { DOCUMENTI = 500 };

struct documento_chiuso {
    struct documento d;
    struct bytes nome;
    struct bytes oggetto;
};
static const struct field chiuso_fields[] = {
    FIELD_AS(documento_chiuso, d.id, "id"),
    FIELD_AS(documento_chiuso, d.cartella, "cartella"),
    FIELD_AS(documento_chiuso, d.giorno, "giorno"),
    FIELD_AS(documento_chiuso, d.riserbo, "riserbo"),
    FIELD_AS(documento_chiuso, d.tipo, "tipo"),
    FIELD_AS(documento_chiuso, d.dimensione, "dimensione"),
    FIELD_AS(documento_chiuso, d.parti, "parti"),
    FIELD_AS(documento_chiuso, d.autore, "autore"),
    FIELD_AS(documento_chiuso, d.autore_nome, "autore_nome"),
    FIELD_AS(documento_chiuso, d.caricato, "caricato"),
    FIELD(documento_chiuso, nome),
    FIELD(documento_chiuso, oggetto),
    FIELD_END,
};

struct parte {
    struct bytes contenuto;
};
static const struct field parte_fields[] = {FIELD(parte, contenuto), FIELD_END};

/* ---- names ------------------------------------------------------------------------------ */

static struct vault_place words_place(struct cx *cx, const char *column, struct id id)
{
    return (struct vault_place){
        .table = "documento", .column = column, .row = id, .ambito = cx->who->ambito};
}

static bool names_open(struct cx *cx, const struct vault_key *key, struct documento_chiuso *row)
{
    struct vault_place name = words_place(cx, "nome", row->d.id);
    struct vault_place words = words_place(cx, "oggetto", row->d.id);
    return vault_unseal_text(cx, key, &name, row->nome, &row->d.nome) &&
           vault_unseal_text(cx, key, &words, row->oggetto, &row->d.oggetto);
}

bool documento_load(struct cx *cx, struct id id, struct documento *documento)
{
    struct documento_chiuso row;
    struct vault_key key;
    if (!db_one(cx, &cartella_sql[DOCUMENTO_LOAD], DB_ARGS(cx->who->ambito, id), chiuso_fields,
                &row) ||
        !cartella_key(cx, row.d.cartella, &key) || !names_open(cx, &key, &row))
        return false;
    *documento = row.d;
    return true;
}

bool documento_list(struct cx *cx, struct id cartella, struct list *list)
{
    struct list rows;
    struct vault_key key;
    int64_t limit = DOCUMENTI;
    if (!cartella_key(cx, cartella, &key) ||
        !db_list(cx, &cartella_sql[DOCUMENTO_LIST], DB_ARGS(cx->who->ambito, cartella, limit),
                 chiuso_fields, sizeof(struct documento_chiuso), DOCUMENTI, &rows))
        return false;
    struct documento *found = ARENA_NEWS(cx->arena, struct documento, rows.count + 1);
    size_t count = 0;
    LIST_EACH (&rows, struct documento_chiuso, row) {
        if (!names_open(cx, &key, row))
            return false;
        found[count++] = row->d;
    }
    *list = (struct list){
        .items = found, .count = count, .size = sizeof *found, .clipped = rows.clipped};
    return true;
}

/* ---- content ---------------------------------------------------------------------------- */

/* Bound to the document, to its place and to how many there are: none can be left out or moved. */
static struct vault_place part_place(struct cx *cx, const struct documento *d, int64_t number)
{
    return (struct vault_place){
        .table = "documento_parte",
        .column = arena_printf(cx->arena, "contenuto %lld di %lld", (long long)number,
                               (long long)d->parti),
        .row = d->id,
        .ambito = cx->who->ambito,
    };
}

static struct bytes part_of(struct bytes whole, int64_t number)
{
    size_t from = (size_t)(number - 1) * DOCUMENTO_PARTE;
    size_t left = whole.size - from;
    return (struct bytes){whole.data + from, left < DOCUMENTO_PARTE ? left : DOCUMENTO_PARTE};
}

/* Pieces pass through an arena of their own, emptied after each: of a document, only what is asked
 * for takes room in that of the request. */
struct passage {
    struct cx cx;
    struct arena arena;
};
enum { PASSAGGIO = 16 * DOCUMENTO_PARTE };

static void passage_close(void *data)
{
    arena_release(&((struct passage *)data)->arena);
}

static struct passage *passage_open(struct cx *cx)
{
    struct passage *p = ARENA_NEW(cx->arena, struct passage);
    arena_init(&p->arena, PASSAGGIO);
    p->arena.escape = cx->arena->escape;
    arena_hook(cx->arena, passage_close, p);
    p->cx = *cx;
    p->cx.arena = &p->arena;
    return p;
}

static bool passed(struct cx *cx, struct passage *p, bool good)
{
    if (!good)
        cx->err = p->cx.err;
    arena_release(&p->arena);
    return good;
}

static bool part_insert(struct cx *cx, const struct vault_key *key, const struct documento *d,
                        int64_t number, struct bytes plain)
{
    struct vault_place place = part_place(cx, d, number);
    struct bytes sealed;
    return vault_seal(cx, key, &place, plain, &sealed) &&
           db_do(cx, &cartella_sql[DOCUMENTO_PARTE_INSERT],
                 DB_ARGS(d->id, number, cx->who->ambito, sealed), NULL);
}

static bool parts_insert(struct cx *cx, const struct vault_key *key, const struct documento *d,
                         struct bytes whole)
{
    struct passage *p = passage_open(cx);
    for (int64_t number = 1; number <= d->parti; number++)
        if (!passed(cx, p, part_insert(&p->cx, key, d, number, part_of(whole, number))))
            return false;
    return true;
}

static bool part_read(struct cx *cx, const struct vault_key *key, const struct documento *d,
                      int64_t number, unsigned char *to, size_t size)
{
    struct vault_place place = part_place(cx, d, number);
    struct parte part;
    struct bytes plain;
    if (!db_one(cx, &cartella_sql[DOCUMENTO_PARTE_LOAD], DB_ARGS(cx->who->ambito, d->id, number),
                parte_fields, &part) ||
        !vault_unseal(cx, key, &place, part.contenuto, &plain))
        return false;
    if (plain.size != size)
        return FAIL(cx, ERR_INTERNAL, "documento alterato");
    memcpy(to, plain.data, size);
    return true;
}

bool documento_save(struct cx *cx, struct documento *d, struct bytes whole,
                    enum documento_fault *fault)
{
    struct vault_key key;
    struct bytes name, words;
    struct documento_chiesto asked = {.nome = d->nome,
                                      .tipo = d->tipo,
                                      .dimensione = (int64_t)whole.size,
                                      .giorno = d->giorno,
                                      .oggi = cx->today};
    *fault = documento_check(&asked);
    if (*fault != DOCUMENTO_OK)
        return true;
    d->id = cx_id(cx);
    d->dimensione = asked.dimensione;
    d->parti = documento_parti(asked.dimensione);
    struct vault_place name_place = words_place(cx, "nome", d->id);
    struct vault_place object_place = words_place(cx, "oggetto", d->id);
    return cartella_key(cx, d->cartella, &key) &&
           vault_seal_text(cx, &key, &name_place, d->nome, &name) &&
           vault_seal_text(cx, &key, &object_place, d->oggetto, &words) &&
           db_do(cx, &cartella_sql[DOCUMENTO_INSERT],
                 DB_ARGS(d->id, cx->who->ambito, d->cartella, d->giorno, d->riserbo, d->tipo,
                         d->dimensione, d->parti, cx->who->utente, cx->now, name, words),
                 NULL) &&
           parts_insert(cx, &key, d, whole);
}

bool documento_read(struct cx *cx, const struct documento *d, struct bytes *whole)
{
    struct vault_key key;
    if (d->dimensione <= 0 || d->dimensione > DOCUMENTO_MASSIMO ||
        d->parti != documento_parti(d->dimensione))
        return FAIL(cx, ERR_INTERNAL, "documento alterato");
    unsigned char *out = arena_alloc(cx->arena, (size_t)d->dimensione);
    *whole = (struct bytes){out, (size_t)d->dimensione};
    if (!cartella_key(cx, d->cartella, &key))
        return false;
    struct passage *p = passage_open(cx);
    for (int64_t number = 1; number <= d->parti; number++) {
        size_t from = (size_t)(number - 1) * DOCUMENTO_PARTE;
        if (!passed(cx, p,
                    part_read(&p->cx, &key, d, number, out + from, part_of(*whole, number).size)))
            return false;
    }
    return true;
}
