/* A municipality, a worker, a colleague and a coordinator, a person with a record. */
#ifndef ZONALE_MOD_VALUTAZIONI_TEST_SCENE_H
#define ZONALE_MOD_VALUTAZIONI_TEST_SCENE_H

#include "kit/web/test/support.h"
#include "mod/cartella/cartella.h"
#include "mod/valutazioni/valutazioni.h"

extern const struct db_schema *const scene_schemas[];

struct scene {
    struct test_db *t;
    struct id ambito, comune, anna, bruno, carla, persona, cartella, presa;
};
/* Fills the database of `t`; the vault is opened here where there is none. As Anna, who has the
 * case. */
void scene_build(struct scene *scene, struct test_db *t);
void scene_as(struct scene *scene, struct id utente, int ruolo);

#endif
