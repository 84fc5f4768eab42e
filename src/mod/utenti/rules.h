/* Pure rules of accounts: passwords, waits after failed logins, how long a session lasts, which of
 * several relations counts.
 *
 * Passwords: NIST SP 800-63B and AgID's guidance: length before composition, no forced change,
 * known bad ones refused. Sessions: art. 32 GDPR; limits of a shared office computer. */
#ifndef ZONALE_MOD_UTENTI_RULES_H
#define ZONALE_MOD_UTENTI_RULES_H

#include "base/arena.h"
#include "base/day.h"

enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 200, ACCOUNT_MOST = 60 };

enum password_fault {
    PASSWORD_GOOD,
    PASSWORD_SHORT,
    PASSWORD_LONG,
    PASSWORD_COMMON, /* in the list of the usual ones, or such a one with digits behind */
    PASSWORD_SIMPLE, /* few different characters, or a row of the keyboard */
    PASSWORD_NAME,   /* contains the account's or the person's name */
};
enum password_fault password_judge(struct arena *arena, const char *password, const char *nome,
                                   const char *intestazione);
const char *password_fault_text(enum password_fault fault);

/* Letters, digits, dot, hyphen; a letter first; 3 to 60 characters. */
bool account_valid(const char *nome);

/* Seconds that an account (or a network) waits after its n-th failure in a row. It is a delay,
 * never a lock: nobody can shut a colleague out for longer than the cap. */
enum { WAIT_ACCOUNT_FREE = 4, WAIT_ACCOUNT_CAP = 300, WAIT_NET_FREE = 20, WAIT_NET_CAP = 900 };
int wait_account(int64_t failures);
int wait_network(int64_t failures);
/* Seconds still to wait at `now`; 0 = go on. */
int wait_left(int wait, struct instant last, struct instant now);
/* Failures older than this are forgotten. */
#define WAIT_FORGET (INT64_C(24) * 3600 * 1000000)

/* Microseconds. */
#define SESSION_IDLE   (INT64_C(30) * 60 * 1000000)
#define SESSION_LENGTH (INT64_C(10) * 3600 * 1000000)

/* Break glass. */
enum { EMERGENZA_MINUTES = 60, EMERGENZA_REASON_LEAST = 40 };

#endif
