/* Inside of the vault: shared by vault.c, seal.c and password.c only. */
#ifndef ZONALE_KIT_SYS_VAULT_OWN_H
#define ZONALE_KIT_SYS_VAULT_OWN_H

#include "kit/sys/vault.h"

#include <semaphore.h>
#include <sodium.h>
#include <stdatomic.h>

enum { VAULT_KEY_ID = 4, VAULT_ARGON_AT_ONCE = 4 };

/* Lies in guarded, locked memory; made of bytes only, so any address suits it. */
struct vault_secrets {
    unsigned char master[VAULT_KEY];
    unsigned char wrap[VAULT_KEY];   /* seals the keys of cases */
    unsigned char field[VAULT_KEY];  /* seals single fields */
    unsigned char index[VAULT_KEY];  /* parent of the keys of blind indexes */
    unsigned char pepper[VAULT_KEY]; /* of the passwords */
    unsigned char sign[crypto_sign_SECRETKEYBYTES];
};

struct vault {
    struct vault_secrets *secrets;
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    char *path;
    sem_t argon;
    atomic_int running, peak; /* Argon2id calculations now, and at most so far */
};

#endif
