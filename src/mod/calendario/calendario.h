/* The deadlines of a worker's cases at a secret address, for calendar programs. See README.md. */
#ifndef ZONALE_MOD_CALENDARIO_CALENDARIO_H
#define ZONALE_MOD_CALENDARIO_CALENDARIO_H

#include "kit/web/web.h"
#include "mod/calendario/rules.h"

extern const struct module calendario_module;

/* What the address of cx->who answers with: deadlines from a month ago to a year from now.
 * `site`: "https://zonale.ambito.example.it", for the links and the names of the events. */
MUST_USE bool calendario_draw(struct cx *cx, const char *site, struct bytes *ics);

/* A new secret for cx->who; the one before ends. It is told here and never again. */
MUST_USE bool calendario_new(struct cx *cx, const char **chiave);
MUST_USE bool calendario_revoke(struct cx *cx);
/* Whose secret that is; found false: nobody's, or of somebody who may no longer come in. */
MUST_USE bool calendario_who(struct cx *cx, const char *chiave, struct who *who, bool *found);

#endif
