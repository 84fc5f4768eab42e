/* Commands of the command line inside the server: over a socket in the data folder, from users who
 * are the server's own or root, with the server's writer. */
#ifndef ZONALE_APP_REMOTE_H
#define ZONALE_APP_REMOTE_H

#include "app/place.h"

/* ---- the asking side --------------------------------------------------------------------- */

/* False: no server runs on this data. True: *code is the exit code. */
bool remote_ask(const struct place *place, const struct cli_program *program, struct cx *cx,
                struct cli *cli, int argc, char **argv, int *code);

/* ---- the server's side ------------------------------------------------------------------- */

struct remote;
/* `place` and `program` must outlive it. */
MUST_USE bool remote_start(struct remote **remote, const struct place *place,
                           const struct cli_program *program, struct db *db, struct vault *vault,
                           struct err *err);
/* No new commands; those under way end first. NULL is allowed. */
void remote_stop(struct remote *remote);

#endif
