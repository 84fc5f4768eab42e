/* Passwords (Argon2id behind a pepper), tokens, comparison in constant time. */
#include "kit/sys/vault_own.h"

#include <errno.h>
#include <string.h>

enum { ARGON_PASSES = 3, ARGON_MEMORY = 64 << 20, TOKEN_BYTES = 32, PEPPERED = 45 };

/* The password under the pepper, as text: any length, any byte, and a stolen table of hashes is
 * of no use without the key file. */
static void pepper(const struct vault *vault, const char *password, char out[static PEPPERED])
{
    unsigned char hash[32];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)password, strlen(password),
                       vault->secrets->pepper, VAULT_KEY);
    sodium_bin2base64(out, PEPPERED, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
    sodium_memzero(hash, sizeof hash);
}

static void argon_enter(struct vault *vault)
{
    while (sem_wait(&vault->argon) != 0 && errno == EINTR)
        continue;
    int now = atomic_fetch_add(&vault->running, 1) + 1;
    int peak = atomic_load(&vault->peak);
    while (now > peak && !atomic_compare_exchange_weak(&vault->peak, &peak, now))
        continue;
}

static void argon_leave(struct vault *vault)
{
    atomic_fetch_sub(&vault->running, 1);
    sem_post(&vault->argon);
}

static bool argon_hash(struct vault *vault, const char *peppered,
                       char out[static crypto_pwhash_STRBYTES])
{
    argon_enter(vault);
    int rc = crypto_pwhash_str(out, peppered, strlen(peppered), ARGON_PASSES, ARGON_MEMORY);
    argon_leave(vault);
    return rc == 0;
}

bool vault_password_hash(struct cx *cx, const char *password, const char **hash)
{
    char peppered[PEPPERED], out[crypto_pwhash_STRBYTES];
    pepper(cx->vault, password, peppered);
    bool ok = argon_hash(cx->vault, peppered, out);
    sodium_memzero(peppered, sizeof peppered);
    if (!ok)
        return FAIL(cx, ERR_BUSY, "memoria insufficiente per la password");
    *hash = arena_strdup(cx->arena, out);
    return true;
}

bool vault_password_check(struct cx *cx, const char *password, const char *hash, bool *rehash)
{
    char peppered[PEPPERED], out[crypto_pwhash_STRBYTES];
    bool good = false;
    pepper(cx->vault, password, peppered);
    if (hash == NULL || strlen(hash) >= sizeof out) {
        (void)argon_hash(cx->vault, peppered, out);
    } else {
        argon_enter(cx->vault);
        good = crypto_pwhash_str_verify(hash, peppered, strlen(peppered)) == 0;
        argon_leave(cx->vault);
    }
    sodium_memzero(peppered, sizeof peppered);
    if (rehash != NULL)
        *rehash = good && crypto_pwhash_str_needs_rehash(hash, ARGON_PASSES, ARGON_MEMORY) != 0;
    return good;
}

int vault_password_peak(const struct vault *vault)
{
    return atomic_load(&vault->peak);
}

const char *vault_token(struct cx *cx)
{
    unsigned char bytes[TOKEN_BYTES];
    size_t room = sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_alloc(cx->arena, room);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, room, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return text;
}

struct bytes vault_token_hash(struct cx *cx, const char *token)
{
    unsigned char *out = arena_alloc(cx->arena, VAULT_HASH);
    crypto_generichash(out, VAULT_HASH, (const unsigned char *)token, strlen(token), NULL, 0);
    return (struct bytes){out, VAULT_HASH};
}

/* Hashes of the same length are compared, so neither content nor length shows in the time. */
bool vault_equal(const char *a, const char *b)
{
    unsigned char hash_a[VAULT_HASH], hash_b[VAULT_HASH];
    if (a == NULL || b == NULL)
        return false;
    crypto_generichash(hash_a, sizeof hash_a, (const unsigned char *)a, strlen(a), NULL, 0);
    crypto_generichash(hash_b, sizeof hash_b, (const unsigned char *)b, strlen(b), NULL, 0);
    return sodium_memcmp(hash_a, hash_b, sizeof hash_a) == 0;
}
