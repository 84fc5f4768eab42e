/* Secrets at rest: keys outside the database, sealed fields, blind indexes, passwords (libsodium).
 *
 * Keys: one master key in a file of mode 0600 outside the data folder (or a systemd credential);
 * a key of each case wrapped by it lies in the database, so that erasing the wrapped key erases
 * what it sealed, also in backups. A sealed value carries version, key id, nonce; its associated
 * data bind it to table, column and row: moved elsewhere it does not open.
 */
#ifndef ZONALE_KIT_SYS_VAULT_H
#define ZONALE_KIT_SYS_VAULT_H

#include "kit/cx.h"

struct vault;

/* `create` makes the key file when it is missing. Refuses a file that others can read. */
MUST_USE bool vault_open(struct vault **vault, const char *key_file, bool create, struct err *err);
void vault_close(struct vault *vault); /* wipes */
/* The key file's path: signed checkpoints of the audit lie beside it. */
const char *vault_path(const struct vault *vault);

/* Where a sealed value lives. */
struct vault_place {
    const char *table;
    const char *column;
    struct id row;
    struct id ambito;
};

enum { VAULT_KEY = 32, VAULT_INDEX = 16 };
struct vault_key {
    unsigned char bytes[VAULT_KEY];
};

/* A new key for a case, and its wrapped form for the database. */
MUST_USE bool vault_key_new(struct cx *cx, struct id owner, struct vault_key *key,
                            struct bytes *wrapped);
MUST_USE bool vault_key_open(struct cx *cx, struct id owner, struct bytes wrapped,
                             struct vault_key *key);
/* With `key` NULL the vault's own field key seals (codice fiscale, TOTP secrets). Short values are
 * padded so that their length does not tell. */
MUST_USE bool vault_seal(struct cx *cx, const struct vault_key *key,
                         const struct vault_place *place, struct bytes plain, struct bytes *sealed);
MUST_USE bool vault_unseal(struct cx *cx, const struct vault_key *key,
                           const struct vault_place *place, struct bytes sealed,
                           struct bytes *plain);
MUST_USE bool vault_seal_text(struct cx *cx, const struct vault_key *key,
                              const struct vault_place *place, const char *text,
                              struct bytes *sealed);
MUST_USE bool vault_unseal_text(struct cx *cx, const struct vault_key *key,
                                const struct vault_place *place, struct bytes sealed,
                                const char **text);
/* Equal values of one field in one ambito have equal indexes; without the key nothing follows. */
struct bytes vault_index(struct cx *cx, struct id ambito, const char *field, const char *value);

/* Argon2id, 64 MiB. At most four at once in the process. `hash` is text for the database. */
MUST_USE bool vault_password_hash(struct cx *cx, const char *password, const char **hash);
/* `hash` NULL: does the same work and says no (unknown user). */
bool vault_password_check(struct cx *cx, const char *password, const char *hash, bool *rehash);

/* How many of these calculations ran at the same time, at most, since the vault was opened. */
int vault_password_peak(const struct vault *vault);

/* Tokens: 256 bits as base64url, and the hash under which they are stored. */
const char *vault_token(struct cx *cx);
struct bytes vault_token_hash(struct cx *cx, const char *token);
bool vault_equal(const char *a, const char *b); /* constant time */

/* BLAKE2b-256 of what is added: the audit chain. */
enum { VAULT_HASH = 32 };
struct vault_hash {
    unsigned char state[384] __attribute__((aligned(64)));
};
void vault_hash_init(struct vault_hash *hash);
void vault_hash_add(struct vault_hash *hash, const void *data, size_t size);
void vault_hash_end(struct vault_hash *hash, unsigned char out[static VAULT_HASH]);
/* Ed25519 with a key derived from the master: signed checkpoints. */
MUST_USE bool vault_sign(struct cx *cx, struct bytes message, unsigned char signature[static 64]);
bool vault_signed(struct cx *cx, struct bytes message, const unsigned char signature[static 64]);

#endif
