/* Sealed values: XChaCha20-Poly1305, bound to their place. Blind indexes: keyed BLAKE2b.
 *
 *   sealed = version (1) | id of the key (4) | nonce (24) | ciphertext and tag
 *
 * Chance comes from the kernel and never from cx->chance: a demonstration made twice from one seed
 * must not use a nonce twice under one key. */
#include "kit/sys/vault_own.h"

#include <stdlib.h>
#include <string.h>

enum {
    VERSION = 1,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    HEAD = 1 + VAULT_KEY_ID + NONCE,
    PLACE_LIMIT = 2300,
    PLAIN_LIMIT = 64 << 20,
};

struct binding {
    unsigned char bytes[PLACE_LIMIT];
    size_t size;
};

static void bind_bytes(struct binding *binding, const void *data, size_t size)
{
    if (size > PLACE_LIMIT - binding->size)
        abort(); /* names of tables are constants: a bug */
    memcpy(binding->bytes + binding->size, data, size);
    binding->size += size;
}

static void bind_text(struct binding *binding, const char *text)
{
    bind_bytes(binding, text, strlen(text) + 1); /* the NUL parts: "ab","c" is not "a","bc" */
}

static void bind_id(struct binding *binding, struct id id)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)id.n >> (8 * i));
    bind_bytes(binding, bytes, sizeof bytes);
}

static struct binding binding_of(const struct vault_place *place)
{
    struct binding binding = {.size = 0};
    bind_text(&binding, "valore");
    bind_text(&binding, place->table);
    bind_text(&binding, place->column);
    bind_id(&binding, place->row);
    bind_id(&binding, place->ambito);
    return binding;
}

static void key_id(const unsigned char *key, unsigned char id[static VAULT_KEY_ID])
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    static const char what[] = "nome";
    crypto_generichash(hash, sizeof hash, (const unsigned char *)what, sizeof what, key, VAULT_KEY);
    memcpy(id, hash, VAULT_KEY_ID);
}

static struct bytes seal(struct cx *cx, const unsigned char *key, const struct binding *binding,
                         const unsigned char *plain, size_t size)
{
    unsigned char *out = arena_alloc(cx->arena, HEAD + size + TAG);
    out[0] = VERSION;
    key_id(key, out + 1);
    randombytes_buf(out + 1 + VAULT_KEY_ID, NONCE);
    unsigned long long made = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + HEAD, &made, plain, size, binding->bytes,
                                               binding->size, NULL, out + 1 + VAULT_KEY_ID, key);
    return (struct bytes){out, HEAD + (size_t)made};
}

/* *plain in the arena, one byte longer than *size for a NUL. */
static bool unseal(struct cx *cx, const unsigned char *key, const struct binding *binding,
                   struct bytes sealed, unsigned char **plain, size_t *size)
{
    unsigned char id[VAULT_KEY_ID];
    if (sealed.data == NULL || sealed.size < HEAD + TAG || sealed.size > HEAD + PLAIN_LIMIT + TAG)
        return FAIL(cx, ERR_IO, "valore protetto rovinato (lunghezza %zu)", sealed.size);
    if (sealed.data[0] != VERSION)
        return FAIL(cx, ERR_IO, "valore protetto di una versione non nota (%d)", sealed.data[0]);
    key_id(key, id);
    if (memcmp(id, sealed.data + 1, VAULT_KEY_ID) != 0)
        return FAIL(cx, ERR_IO, "valore protetto con un'altra chiave");
    *plain = arena_alloc(cx->arena, sealed.size - HEAD - TAG + 1);
    unsigned long long made = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            *plain, &made, NULL, sealed.data + HEAD, sealed.size - HEAD, binding->bytes,
            binding->size, sealed.data + 1 + VAULT_KEY_ID, key) != 0)
        return FAIL(cx, ERR_IO, "valore protetto alterato o spostato");
    *size = (size_t)made;
    return true;
}

/* ---- keys of cases ---------------------------------------------------------------------- */

static struct binding binding_of_key(struct id owner)
{
    struct binding binding = {.size = 0};
    bind_text(&binding, "chiave");
    bind_id(&binding, owner);
    return binding;
}

bool vault_key_new(struct cx *cx, struct id owner, struct vault_key *key, struct bytes *wrapped)
{
    struct binding binding = binding_of_key(owner);
    randombytes_buf(key->bytes, VAULT_KEY);
    *wrapped = seal(cx, cx->vault->secrets->wrap, &binding, key->bytes, VAULT_KEY);
    return true;
}

bool vault_key_open(struct cx *cx, struct id owner, struct bytes wrapped, struct vault_key *key)
{
    struct binding binding = binding_of_key(owner);
    unsigned char *plain;
    size_t size;
    if (!unseal(cx, cx->vault->secrets->wrap, &binding, wrapped, &plain, &size))
        return false;
    if (size != VAULT_KEY)
        return FAIL(cx, ERR_IO, "chiave della cartella rovinata");
    memcpy(key->bytes, plain, VAULT_KEY);
    sodium_memzero(plain, size);
    return true;
}

/* ---- values ----------------------------------------------------------------------------- */

/* Of the padding, from a length that already is a multiple of it or (plain + 1) is not longer. */
static size_t block_for(size_t padded)
{
    return padded <= 64 ? 32 : padded <= 512 ? 64 : 256;
}

bool vault_seal(struct cx *cx, const struct vault_key *key, const struct vault_place *place,
                struct bytes plain, struct bytes *sealed)
{
    if (plain.size > PLAIN_LIMIT - 256)
        return FAIL(cx, ERR_INPUT, "valore troppo lungo da proteggere");
    struct binding binding = binding_of(place);
    size_t block = block_for(plain.size + 1);
    size_t room = plain.size + block, size = 0;
    unsigned char *copy = arena_alloc(cx->arena, room);
    if (plain.size > 0)
        memcpy(copy, plain.data, plain.size);
    if (sodium_pad(&size, copy, plain.size, block, room) != 0)
        return FAIL(cx, ERR_INTERNAL, "riempimento");
    *sealed = seal(cx, key != NULL ? key->bytes : cx->vault->secrets->field, &binding, copy, size);
    sodium_memzero(copy, room);
    return true;
}

bool vault_unseal(struct cx *cx, const struct vault_key *key, const struct vault_place *place,
                  struct bytes sealed, struct bytes *plain)
{
    struct binding binding = binding_of(place);
    unsigned char *padded;
    size_t size, length;
    if (!unseal(cx, key != NULL ? key->bytes : cx->vault->secrets->field, &binding, sealed, &padded,
                &size))
        return false;
    if (sodium_unpad(&length, padded, size, block_for(size)) != 0)
        return FAIL(cx, ERR_IO, "valore protetto rovinato (riempimento)");
    padded[length] = 0;
    *plain = (struct bytes){padded, length};
    return true;
}

bool vault_seal_text(struct cx *cx, const struct vault_key *key, const struct vault_place *place,
                     const char *text, struct bytes *sealed)
{
    if (text == NULL) {
        *sealed = (struct bytes){NULL, 0};
        return true;
    }
    struct bytes plain = {(const unsigned char *)text, strlen(text)};
    return vault_seal(cx, key, place, plain, sealed);
}

bool vault_unseal_text(struct cx *cx, const struct vault_key *key, const struct vault_place *place,
                       struct bytes sealed, const char **text)
{
    struct bytes plain;
    *text = NULL;
    if (sealed.data == NULL)
        return true;
    if (!vault_unseal(cx, key, place, sealed, &plain))
        return false;
    if (memchr(plain.data, 0, plain.size) != NULL)
        return FAIL(cx, ERR_IO, "valore protetto rovinato (non è testo)");
    *text = (const char *)plain.data;
    return true;
}

/* ---- blind index ------------------------------------------------------------------------ */

struct bytes vault_index(struct cx *cx, struct id ambito, const char *field, const char *value)
{
    struct binding binding = {.size = 0};
    unsigned char key[VAULT_KEY];
    unsigned char *out = arena_alloc(cx->arena, VAULT_INDEX);
    bind_text(&binding, field);
    bind_id(&binding, ambito);
    crypto_generichash(key, sizeof key, binding.bytes, binding.size, cx->vault->secrets->index,
                       VAULT_KEY);
    crypto_generichash(out, VAULT_INDEX, (const unsigned char *)value, strlen(value), key,
                       sizeof key);
    sodium_memzero(key, sizeof key);
    return (struct bytes){out, VAULT_INDEX};
}
