/* The demonstration ambito: real municipalities, fee plans and budget; invented people, drawn from
 * a seed. The same seed on the same day makes the same data, whatever the machine. */
#ifndef ZONALE_APP_DEMO_DEMO_H
#define ZONALE_APP_DEMO_DEMO_H

#include "kit/cli/cli.h"
#include "kit/db/db.h"

#include "mod/enti/enti.h"
#include "mod/persone/persone.h"

enum { DEMO_PEOPLE = 2000, DEMO_PEOPLE_MAX = 1000000, DEMO_BATCH = 200, DEMO_CODES = 1 << 21 };

/* ---- words to draw from ------------------------------------------------------------------ */

struct demo_word {
    const char *paese; /* "IT", "MA": two letters */
    const char *text;
    const char *code; /* of a place */
    char sesso;
    int from, to; /* years in which a name was given */
    uint64_t weight;
};

struct demo_words {
    struct demo_word *items;
    size_t count;
};

/* ---- people ------------------------------------------------------------------------------ */

/* Why somebody is known to the services. */
enum demo_need { NEED_NONE, NEED_ELDERLY, NEED_DISABLED, NEED_MINOR, NEED_POVERTY, DEMO_NEEDS };

struct demo_person {
    struct id id;
    struct id comune;
    struct day nascita;
    enum demo_need need;
};

struct demo_user {
    const char *nome; /* of the account */
    struct id id;
    struct id ente;
    int ruolo;
};

enum { DEMO_USERS = 16, DEMO_PROVIDERS = 8 };

struct demo {
    struct cli *cli;
    struct arena *arena; /* lives as long as the demo */
    struct chance chance;
    struct instant now;
    struct who who;    /* the operator, in the ambito */
    struct who acting; /* one of the users, at work */
    struct demo_words cognomi, nomi, luoghi, vie, testi;
    struct ente *comuni;
    uint64_t *abitanti; /* of each */
    size_t comuni_count;
    struct id erogatori[DEMO_PROVIDERS];
    size_t erogatori_count;
    struct demo_user users[DEMO_USERS];
    size_t users_count;
    struct demo_person *people;
    size_t people_count, people_wanted;
    size_t services; /* of home care */
    size_t told;     /* people whose story is written */
    uint64_t *codes; /* hashes of the codici fiscali given out: twins get an omocodia */
    const char *password;
};

/* Number below `bound`, from the seed. */
uint64_t demo_draw(struct demo *demo, uint64_t bound);
/* True in `percent` of a hundred cases. */
bool demo_chance(struct demo *demo, int percent);
const struct demo_word *demo_pick(struct demo *demo, const struct demo_words *words,
                                  const char *paese, char sesso, int year);
MUST_USE bool demo_words_load(struct demo *demo, struct err *err);

/* One household, saved in cx's transaction; the people are added to demo->people. */
MUST_USE bool demo_household(struct cx *cx, struct demo *demo);

/* "anziani": the kind of user of the statutory form. */
const char *demo_need_name(enum demo_need need);
/* A sentence for that need: "richiesta" at the desk, "diario". */
const char *demo_text(struct demo *demo, enum demo_need need, const char *use);
/* Acts as a user from here on; NULL = the operator. */
void demo_act_as(struct cx *cx, struct demo *demo, const struct demo_user *user);
/* One of the users of that role (enum authz_role). */
const struct demo_user *demo_user_of(struct demo *demo, int ruolo, uint64_t which);

/* Contacts and ISEE of one person. */
MUST_USE bool demo_history(struct cx *cx, struct demo *demo, const struct demo_person *person);
/* Perhaps a record, with a case in charge and its diary. */
MUST_USE bool demo_case(struct cx *cx, struct demo *demo, const struct demo_person *person);
/* Home care for the record, if there is room for one more. */
MUST_USE bool demo_service(struct cx *cx, struct demo *demo, const struct demo_user *worker,
                           struct id cartella);
/* Bills of those services. */
MUST_USE bool demo_bills(struct cx *cx, struct demo *demo);

/* Bodies, plans, budget; users with one password for all. */
MUST_USE bool demo_bodies(struct cx *cx, struct demo *demo);
MUST_USE bool demo_users(struct cx *cx, struct demo *demo);

#endif
