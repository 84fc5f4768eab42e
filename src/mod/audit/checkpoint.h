/* Signed heads of the register, one a line, in a file beside the key:
 *
 *     zonale-registro-1 <number> <hash> <microseconds> <signature>
 *
 * The signature (Ed25519, by the vault) covers the line up to itself. */
#ifndef ZONALE_MOD_AUDIT_CHECKPOINT_H
#define ZONALE_MOD_AUDIT_CHECKPOINT_H

#include "kit/sys/vault.h"
#include "mod/audit/audit.h"

enum { CHECKPOINTS = 1000000 }; /* most that are read: about twenty years */

struct checkpoint {
    int64_t seq;
    int64_t us;
    unsigned char hash[VAULT_HASH];
};

/* All of the file, in its order; none when there is no file. *bad = number of the first line that
 * is not well formed or not signed by this vault; 0 = none. */
MUST_USE bool checkpoint_list(struct cx *cx, struct list *list, int64_t *bad);
/* The last line only; seq 0 when there is none. A spoiled line is a failure. */
MUST_USE bool checkpoint_last(struct cx *cx, struct checkpoint *last);
MUST_USE bool checkpoint_add(struct cx *cx, const struct checkpoint *checkpoint);

#endif
