/* Fees by ISEE: front door. What others may ask of this room; how a fee is computed is in rules.h.
 * Everything is within cx->who->ambito. */
#ifndef ZONALE_MOD_RETTE_RETTE_H
#define ZONALE_MOD_RETTE_RETTE_H

#include "kit/cx.h"
#include "kit/doc/doc.h"
#include "kit/module.h"
#include "kit/web/web.h"

#include "mod/rette/rules.h"
#include "mod/rette/tariffe.h"

extern const struct module rette_module;

/* For pages of other rooms about a plan: everybody of the ambito may know one. */
extern const struct web_object piano_object;
/* All plans in any state for a field of choices: value = id text. */
MUST_USE bool piano_choices(struct cx *cx, const struct web_choice **choices);
/* The plan of an id as typed; where it is not sound, a fault stands beside `field`. */
MUST_USE bool piano_sound(struct cx *cx, struct web_req *req, const char *field, const char *text,
                          struct piano *piano);
/* The plan that words on the command line name: its id, or SAD/feriale (in force today), or
 * SAD/feriale/2026-01-01 (the version from that day, in any state). */
MUST_USE bool piano_named(struct cx *cx, const char *words, struct piano *piano, bool *found);

/* ---- questions -------------------------------------------------------------------------- */

/* A plan in any state, with its bands. */
MUST_USE bool retta_load_plan(struct cx *cx, struct id id, struct piano *piano);
/* The plan in force for a service's variant on a day; `festivo` as in piano_at. */
MUST_USE bool piano_in_force(struct cx *cx, const char *servizio, const char *variante,
                             struct day giorno, struct piano *piano, bool *festivo, bool *found);
/* All plans of a service in force on some day of [dal, al], the bands in them. */
MUST_USE bool piani_between(struct cx *cx, const char *servizio, struct day dal, struct day al,
                            const struct piano **piani, size_t *count);
/* The attestation that a service would use on that day, by the kinds that its plans accept. */
MUST_USE bool isee_at(struct cx *cx, struct id persona, struct day giorno, const char *servizio,
                      struct isee *isee, bool *found);
/* The attestations of everybody that are valid on a day, by person; without their protocols. */
MUST_USE bool isee_valid_all(struct cx *cx, struct day giorno, struct isee **list, size_t *count);
/* What a person pays for one unit of a service on a day, with its explanation. *found false: no
 * plan is in force. Where no attestation counts, the last one is named with the reason. Everybody
 * pays as residents do: people from outside the ambito are billed by their own municipality. */
MUST_USE bool retta_unitaria(struct cx *cx, const char *servizio, const char *variante,
                             struct id persona, struct day giorno, struct retta *out, bool *found);

/* For commands: the text of a fee table named on the command line; false: said on stderr. */
struct cli;
bool tariffe_file(struct cx *cx, struct cli *cli, const char *name, char **text, size_t *size);
/* "tariffe.tsv:7: isee_da: ..." for each fault. */
void tariffe_print_faults(struct cli *cli, const char *name, const struct tariffe *tariffe);

/* ---- acts: a refusal of the rule is in `faults`, and nothing is written -------------------- */

/* Records an attestation: gets its id. */
MUST_USE bool isee_record(struct cx *cx, struct isee *isee, struct rette_faults *faults);
MUST_USE bool isee_annul(struct cx *cx, struct id persona, struct id isee);

struct piano_salvato;
/* Saves what an editor wrote. A sound plan becomes "verificato"; a faulty one is refused, or, with
 * `as_draft`, kept as "bozza". */
MUST_USE bool piano_save(struct cx *cx, struct piano_salvato *salvato, bool as_draft,
                         struct rette_faults *faults);
/* Puts a checked plan in force; the open version before it ends the day before. */
MUST_USE bool piano_enact(struct cx *cx, struct id id, struct rette_faults *faults);

struct rette_importazione {
    size_t nuovi;    /* plans written */
    size_t presenti; /* already there, the same */
};
/* Puts the plans of a table in force, all or none. With `prova` nothing is written. */
MUST_USE bool rette_import(struct cx *cx, struct tariffe *tariffe, bool prova,
                           struct rette_importazione *esito);
/* The published plans of 2025; again: no change. */
MUST_USE bool rette_demo(struct cx *cx);

#endif
