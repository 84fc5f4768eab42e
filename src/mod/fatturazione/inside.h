/* What the files of this room show to each other. */
#ifndef ZONALE_MOD_FATTURAZIONE_INSIDE_H
#define ZONALE_MOD_FATTURAZIONE_INSIDE_H

#include "kit/cli/cli.h"
#include "kit/doc/doc.h"
#include "kit/job/job.h"
#include "kit/web/web.h"
#include "mod/fatturazione/store.h"

extern const struct cli_command fatturazione_commands[];
extern const struct web_route fatturazione_routes[];
extern const struct menu_item fatturazione_menu[];
extern const struct job_kind *const fatturazione_jobs[];

/* Runs with an arena of its own, given back at the end: what must outlive it is copied by hand. */
bool in_scratch(struct cx *cx, bool (*run)(struct cx *cx, void *data), void *data);

/* Jobs, put in the queue for cx->who. */
MUST_USE bool job_prova(struct cx *cx, struct id servizio, struct day mese, struct id *job);
MUST_USE bool job_chiudi(struct cx *cx, struct id fatturazione, struct id *job);
MUST_USE bool job_avvisi(struct cx *cx, struct id fatturazione, struct id *job);

/* Papers: the notice of one line; of all lines of a run, who is kept apart left out; the tables for
 * the accounting office, with live sums. */
MUST_USE bool avviso_doc(struct cx *cx, struct id addebito, struct doc **doc);
MUST_USE bool avvisi_doc(struct cx *cx, struct id fatturazione, struct doc **doc);
MUST_USE bool contabile_doc(struct cx *cx, struct id fatturazione, bool elenco, struct doc **doc);

#endif
