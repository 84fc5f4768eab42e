/* What went wrong in a call, kept beside the call and not in a global.
 *
 * Three things are told apart (architecture, section 2):
 *   a refusal  the rule says no: a value of the rule, never an err;
 *   a failure  disk, network, bad input: a function returns false and fills an err;
 *   a bug      abort().
 * The first error of a call wins: later ones are usually its echo.
 */
#ifndef ZONALE_BASE_ERR_H
#define ZONALE_BASE_ERR_H

#include <stdbool.h>

#define MUST_USE __attribute__((warn_unused_result))

enum err_code {
    ERR_NONE = 0,
    ERR_INPUT,     /* what came in is wrong: 400, exit 2 */
    ERR_NOT_FOUND, /* no such thing, or not for this user: 404, exit 4 */
    ERR_CONFLICT,  /* somebody else was faster: 409 */
    ERR_BUSY,      /* try again later: 503, exit 75 */
    ERR_FULL,      /* no space left on the disk: 507 */
    ERR_IO,        /* disk, network, database: 503 */
    ERR_UNKNOWN,   /* the outcome of a commit is not known: 503, never "saved" */
    ERR_INTERNAL,  /* the program did not expect this: 500 */
};

struct err {
    enum err_code code;
    char text[480]; /* for the log and, for ERR_INPUT, for the user */
};

/* Fills `err` unless it is already filled; always returns false: `return err_set(...)`. */
bool err_set(struct err *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void err_clear(struct err *err);

#endif
