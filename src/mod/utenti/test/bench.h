/* A database with users for the tests of this room: ambito 1, body 1, a vault, the clock of the
 * test. */
#ifndef ZONALE_MOD_UTENTI_TEST_BENCH_H
#define ZONALE_MOD_UTENTI_TEST_BENCH_H

#include "kit/db/test/support.h"
#include "kit/sys/vault.h"
#include "mod/utenti/accesso.h"

struct bench {
    struct test_db t;
};
void bench_open(struct bench *bench);
void bench_close(struct bench *bench);
#define BENCH_PASSWORD "cavallo batteria graffetta"
/* A user with that password, not to be changed. */
struct id bench_user(struct bench *bench, const char *nome, const char *intestazione,
                     const char *ruolo);
/* One login from the beginning to the end; *token NULL when it failed. */
enum accesso_esito bench_login(struct bench *bench, const char *nome, const char *password,
                               const char *codice, const char **token);
/* What the funnel would find for that cookie; NULL: no session. */
const struct web_session *bench_session(struct bench *bench, const char *token);
void bench_later(struct bench *bench, int64_t seconds);

#endif
