/* A server with the real host of this room, for page tests: users are made by web_user and come in
 * by the login page. The clock is moved by hand. */
#ifndef ZONALE_MOD_UTENTI_TEST_WEB_H
#define ZONALE_MOD_UTENTI_TEST_WEB_H

#include "kit/sys/vault.h"
#include "kit/web/test/support.h"
#include "mod/utenti/utenti.h"

/* There is one record, 0000000000077, of body 5. */
struct bench_web {
    struct test_web w;
    struct vault *vault;
    char folder[64], key[96];
};
#define WEB_TEST_PASSWORD "cavallo batteria graffetta"
void web_bench_open(struct bench_web *bench);
void web_bench_close(struct bench_web *bench);
struct id web_user(struct bench_web *bench, const char *nome, const char *intestazione,
                   const char *ruolo, bool keep);
/* The same, working for another body than 1, which is the ambito's own. */
struct id web_user_of(struct bench_web *bench, const char *nome, const char *intestazione,
                      const char *ruolo, struct id ente);
/* Comes in by the page; fails the test when it does not work. */
void web_login(struct bench_web *bench, const char *nome);
void web_later(int64_t seconds);
/* One number of the database. */
int64_t web_count(struct bench_web *bench, const char *sql);

#endif
