/* Logging in, in two steps: a check that reads (slow: Argon2id, off the writer), and its record. */
#ifndef ZONALE_MOD_UTENTI_ACCESSO_H
#define ZONALE_MOD_UTENTI_ACCESSO_H

#include "mod/utenti/store_accesso.h"

enum accesso_esito {
    ACCESSO_OK,
    ACCESSO_WAIT,   /* too many failures: `wait` seconds */
    ACCESSO_WRONG,  /* name or password: which one is not told */
    ACCESSO_CODE,   /* the password is right, the second factor is missing */
    ACCESSO_REPLAY, /* the second factor is wrong or was used before */
    ACCESSO_ROLE,   /* no role in force today */
};

struct accesso {
    const char *nome, *rete;
    enum accesso_esito esito;
    int wait;
    bool known; /* credenziali are filled in */
    struct credenziali credenziali;
    struct incarico incarico;
    const char *rehash;    /* new hash to be kept, or NULL */
    int64_t step;          /* of the second factor, or 0 */
    struct bytes recupero; /* the recovery code used, or data NULL */
};

/* `codice` NULL or empty: none was typed. Takes the same time for names that do not exist. */
MUST_USE bool accesso_check(struct cx *cx, const char *nome, const char *password,
                            const char *codice, const char *rete, struct accesso *accesso);
/* In a write: counts a failure, or opens the session (*token). Each is a row of the register. The
 * outcome may turn to ACCESSO_REPLAY here: two requests with one code. */
MUST_USE bool accesso_keep(struct cx *cx, struct accesso *accesso, const char **token);
/* What to say; NULL for ACCESSO_OK. */
const char *accesso_text(struct cx *cx, const struct accesso *accesso);

#endif
