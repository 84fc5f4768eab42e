/* The walk as data: an ambito with its services, plans and budget of 2025, a person with a record
 * and an ISEE of 6 000,00, two providers, a social worker. */
#ifndef ZONALE_MOD_PRESTAZIONI_TEST_SCENE_H
#define ZONALE_MOD_PRESTAZIONI_TEST_SCENE_H

#include "kit/web/test/support.h"
#include "mod/prestazioni/prestazioni.h"

extern const struct db_schema *const scene_schemas[];

struct scene {
    struct test_db *t;
    struct id ambito, comune, coop, altra, lavoratrice, persona, cartella;
    struct id sad, sfa;
};
/* Fills the database of `t`, whose vault is opened here where there is none; `t->who` becomes the
 * social worker. */
void scene_build(struct scene *scene, struct test_db *t);
/* The same behind a server, which the social worker asks. */
void scene_web(struct scene *scene, struct test_web *web, const struct test_web_parts *parts);
/* cx->who of the test becomes an operator of that body. */
void scene_as_provider(struct scene *scene, struct id ente);
void scene_as_worker(struct scene *scene);

/* SAD on weekdays from 1 March 2025, 5 hours a week, 28,88 an hour, by `coop`. */
struct prestazione scene_sad(const struct scene *scene);

#endif
