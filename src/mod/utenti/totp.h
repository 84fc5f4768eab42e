/* The second factor (TOTP, RFC 6238: SHA-1, six digits, 30 seconds) and its recovery codes. */
#ifndef ZONALE_MOD_UTENTI_TOTP_H
#define ZONALE_MOD_UTENTI_TOTP_H

#include "kit/sys/vault.h"

enum { TOTP_SECRET = 20, RECUPERO_CODES = 10 };

/* A new secret, and its form for the database. */
MUST_USE bool totp_new(struct cx *cx, struct id utente, struct id ambito, struct bytes *sealed);
/* The step that the code belongs to (one before and one behind are accepted), 0 when it is wrong or
 * `last` or an earlier one was used already: a code counts once. */
MUST_USE bool totp_check(struct cx *cx, struct id utente, struct id ambito, struct bytes sealed,
                         const char *code, int64_t last, int64_t *step);
/* The secret as typed into a telephone, in groups of four, and its QR code as SVG. */
MUST_USE bool totp_show(struct cx *cx, struct id utente, struct id ambito, struct bytes sealed,
                        const char *account, const char **typed, const char **svg);

/* "k7m2x-9qwrt": 49 bits. */
const char *recupero_new(struct cx *cx);
/* Typed with or without the hyphen, in any case; NULL when it cannot be one. */
const char *recupero_clean(struct cx *cx, const char *typed);
struct bytes recupero_index(struct cx *cx, struct id ambito, const char *code);

#endif
