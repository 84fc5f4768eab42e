/* The call context: what one request, job step or command acts with. Passed first, everywhere.
 *
 * Time, user and chance are values in it, never globals: an act is repeatable with another cx.
 * A function that can fail returns bool (must-use) and leaves its reason in cx->err.
 */
#ifndef ZONALE_KIT_CX_H
#define ZONALE_KIT_CX_H

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "base/field.h"

struct db_conn;
struct vault;

/* Who acts. Filled from the session, from the command line or by the job that carries its
 * requester. Numbers of roles are those of kit/authz. */
struct who {
    struct id utente;
    struct id ente;   /* the body that the session acts for */
    struct id ambito; /* never crosses */
    int ruolo;        /* enum authz_role */
    const char *nome; /* for the page and the audit */
    struct id sessione;
};

/* ids and tokens: the kernel's chance in service, a seed in tests and in the demonstration */
struct chance {
    bool seeded;
    uint64_t state[4];
    int64_t last_id;
};

struct cx {
    struct arena *arena;
    struct err err;
    struct db_conn *db; /* read-only in a GET, inside a transaction in a POST */
    struct vault *vault;
    const struct who *who; /* NULL before login */
    struct chance *chance;
    struct instant now;
    struct day today;    /* of Europe/Rome */
    const char *request; /* its id, for the log and the audit */
};

struct id cx_id(struct cx *cx);
void cx_random(struct cx *cx, void *bytes, size_t size);
/* 0 <= n < bound */
uint64_t cx_random_below(struct cx *cx, uint64_t bound);
void chance_seed(struct chance *chance, uint64_t seed);

#define FAIL(cx, code, ...) err_set(&(cx)->err, (code), __VA_ARGS__)

#endif
