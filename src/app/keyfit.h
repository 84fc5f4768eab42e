/* The key file must be the one of these data. */
#ifndef ZONALE_APP_KEYFIT_H
#define ZONALE_APP_KEYFIT_H

#include "kit/cx.h"
#include "kit/db/db.h"

/* With cx->vault open and cx->db not yet: refuses (ERR_INPUT) a key that does not open what the
 * database holds, before anything is sealed with it. `path` names the key file in the message. */
MUST_USE bool key_fits(struct cx *cx, struct db *db, const char *path);

#endif
