/* What the files of this room show to each other. */
#ifndef ZONALE_MOD_FATTURAZIONE_INSIDE_H
#define ZONALE_MOD_FATTURAZIONE_INSIDE_H

#include "kit/cli/cli.h"
#include "kit/job/job.h"
#include "mod/fatturazione/store.h"

extern const struct cli_command fatturazione_commands[];

/* Runs with an arena of its own, given back at the end: what must outlive it is copied by hand. */
bool in_scratch(struct cx *cx, bool (*run)(struct cx *cx, void *data), void *data);

#endif
