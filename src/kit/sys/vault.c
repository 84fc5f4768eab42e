/* The vault's key file and the keys derived from it. */
#include "kit/sys/vault_own.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char key_head[] = "zonale-chiave-1\n";
enum {
    KEY_HEAD = sizeof key_head - 1,
    KEY_HEX = 2 * VAULT_KEY,
    KEY_FILE = KEY_HEAD + KEY_HEX + 1, /* head, digits, line end */
    PATH_LIMIT = 4096,
};

/* ---- the file --------------------------------------------------------------------------- */

static bool sync_folder(const char *path)
{
    char copy[PATH_LIMIT];
    if (snprintf(copy, sizeof copy, "%s", path) >= (int)sizeof copy)
        return false;
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

static bool write_whole(int fd, const char *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t wrote = write(fd, data + done, size - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        done += (size_t)wrote;
    }
    return fsync(fd) == 0;
}

/* Written under another name and linked: a crash leaves no half key, and two processes that start
 * together agree on the first one's. */
static bool key_make(const char *path, struct err *err)
{
    char temp[PATH_LIMIT];
    if (snprintf(temp, sizeof temp, "%s.%ld.nuova", path, (long)getpid()) >= (int)sizeof temp)
        return err_set(err, ERR_INPUT, "file della chiave: percorso troppo lungo");
    unsigned char key[VAULT_KEY];
    char text[KEY_FILE + 1];
    randombytes_buf(key, sizeof key);
    memcpy(text, key_head, KEY_HEAD);
    sodium_bin2hex(text + KEY_HEAD, KEY_HEX + 1, key, sizeof key);
    text[KEY_FILE - 1] = '\n';
    int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write_whole(fd, text, KEY_FILE);
    int failed = errno;
    if (fd >= 0)
        close(fd);
    if (ok && link(temp, path) != 0 && errno != EEXIST) {
        ok = false;
        failed = errno;
    }
    if (fd >= 0)
        unlink(temp);
    sodium_memzero(key, sizeof key);
    sodium_memzero(text, sizeof text);
    if (!ok || !sync_folder(path))
        return err_set(err, ERR_IO, "%s: la chiave non si può scrivere: %s", path,
                       strerror(failed));
    return true;
}

static bool key_safe(int fd, const char *path, struct err *err)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return err_set(err, ERR_INPUT, "%s: la chiave non è un file", path);
    if ((st.st_mode & 077) != 0)
        return err_set(err, ERR_INPUT,
                       "%s: altri possono leggere la chiave (permessi %03o): chmod 600", path,
                       (unsigned)(st.st_mode & 0777));
    if (st.st_uid != geteuid() && st.st_uid != 0)
        return err_set(err, ERR_INPUT, "%s: la chiave appartiene a un altro utente", path);
    return true;
}

static bool key_parse(const char *text, size_t size, unsigned char key[static VAULT_KEY])
{
    size_t made = 0;
    return (size == KEY_FILE || size == KEY_FILE - 1) && memcmp(text, key_head, KEY_HEAD) == 0 &&
           sodium_hex2bin(key, VAULT_KEY, text + KEY_HEAD, KEY_HEX, NULL, &made, NULL) == 0 &&
           made == VAULT_KEY && (size == KEY_FILE - 1 || text[KEY_FILE - 1] == '\n');
}

static bool key_read(const char *path, bool create, unsigned char key[static VAULT_KEY],
                     struct err *err)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT && create) {
        if (!key_make(path, err))
            return false;
        fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    }
    if (fd < 0 && errno == ELOOP)
        return err_set(err, ERR_INPUT, "%s: la chiave è un collegamento, non un file", path);
    if (fd < 0)
        return err_set(err, ERR_IO, "%s: la chiave non si può leggere: %s", path, strerror(errno));
    char text[KEY_FILE + 1];
    bool ok = key_safe(fd, path, err);
    ssize_t size = ok ? read(fd, text, sizeof text) : 0;
    if (ok && (size < 0 || !key_parse(text, (size_t)size, key)))
        ok = err_set(err, ERR_INPUT, "%s: non è una chiave di Zonale, o è rovinata", path);
    sodium_memzero(text, sizeof text);
    close(fd);
    return ok;
}

/* ---- opening ---------------------------------------------------------------------------- */

static void derive(struct vault *vault)
{
    static const char context[crypto_kdf_CONTEXTBYTES + 1] = "zonale01";
    struct vault_secrets *secrets = vault->secrets;
    unsigned char seed[crypto_sign_SEEDBYTES];
    crypto_kdf_derive_from_key(secrets->wrap, VAULT_KEY, 1, context, secrets->master);
    crypto_kdf_derive_from_key(secrets->field, VAULT_KEY, 2, context, secrets->master);
    crypto_kdf_derive_from_key(secrets->index, VAULT_KEY, 3, context, secrets->master);
    crypto_kdf_derive_from_key(secrets->pepper, VAULT_KEY, 4, context, secrets->master);
    crypto_kdf_derive_from_key(seed, sizeof seed, 5, context, secrets->master);
    crypto_sign_seed_keypair(vault->public_key, secrets->sign, seed);
    sodium_memzero(seed, sizeof seed);
}

bool vault_open(struct vault **out, const char *key_file, bool create, struct err *err)
{
    *out = NULL;
    if (sodium_init() < 0)
        return err_set(err, ERR_INTERNAL, "libsodium non parte");
    struct vault *vault = calloc(1, sizeof *vault);
    if (vault == NULL)
        return err_set(err, ERR_BUSY, "memoria finita");
    sem_init(&vault->argon, 0, VAULT_ARGON_AT_ONCE);
    vault->path = strdup(key_file);
    vault->secrets = sodium_malloc(sizeof *vault->secrets);
    bool ok = vault->path != NULL && vault->secrets != NULL;
    if (!ok)
        err_set(err, ERR_BUSY, "memoria finita");
    if (ok && key_read(key_file, create, vault->secrets->master, err)) {
        derive(vault);
        sodium_mprotect_readonly(vault->secrets);
        *out = vault;
        return true;
    }
    vault_close(vault);
    return false;
}

void vault_close(struct vault *vault)
{
    if (vault == NULL)
        return;
    sodium_free(vault->secrets); /* wipes; NULL is allowed */
    sem_destroy(&vault->argon);
    free(vault->path);
    free(vault);
}

const char *vault_path(const struct vault *vault)
{
    return vault->path;
}

/* ---- hash and signature ------------------------------------------------------------------ */

_Static_assert(sizeof(crypto_generichash_state) <= sizeof((struct vault_hash *)0)->state,
               "the state of BLAKE2b fits");

static crypto_generichash_state *state_of(struct vault_hash *hash)
{
    return (crypto_generichash_state *)(void *)hash->state;
}

void vault_hash_init(struct vault_hash *hash)
{
    crypto_generichash_init(state_of(hash), NULL, 0, VAULT_HASH);
}

void vault_hash_add(struct vault_hash *hash, const void *data, size_t size)
{
    crypto_generichash_update(state_of(hash), data, size);
}

void vault_hash_end(struct vault_hash *hash, unsigned char out[static VAULT_HASH])
{
    crypto_generichash_final(state_of(hash), out, VAULT_HASH);
}

bool vault_sign(struct cx *cx, struct bytes message, unsigned char signature[static 64])
{
    if (crypto_sign_detached(signature, NULL, message.data, message.size,
                             cx->vault->secrets->sign) != 0)
        return FAIL(cx, ERR_INTERNAL, "la firma non riesce");
    return true;
}

bool vault_signed(struct cx *cx, struct bytes message, const unsigned char signature[static 64])
{
    return crypto_sign_verify_detached(signature, message.data, message.size,
                                       cx->vault->public_key) == 0;
}
