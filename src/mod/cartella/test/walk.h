/* What the walks through the pages of a record share: an ambito with two municipalities, a worker,
 * a colleague and a coordinator of the first one, and a browser. */
#ifndef ZONALE_MOD_CARTELLA_TEST_WALK_H
#define ZONALE_MOD_CARTELLA_TEST_WALK_H

#include "kit/sys/vault.h"
#include "kit/web/test/support.h"

struct walk {
    struct test_web web;
    struct vault *vault;
    char folder[64];
    struct id ambito, clusone, ardesio;
    struct id anna, bruno, carla; /* worker, colleague, coordinator */
};

/* As Anna, worker of Clusone. */
void start(struct walk *w);
void finish(struct walk *w);
void act_as(const struct walk *w, struct id utente, int role, struct id ente);

/* The page at `path` is there and says `part`. */
void reads(struct walk *w, const char *path, const char *part);
void gets(struct walk *w, const char *path, int status);
/* The form of `page` is accepted: where it leads to is given back, in the test's arena. */
const char *sends(struct walk *w, const char *page, const char *form);
/* It is refused, and says why. */
void refuses(struct walk *w, const char *page, const char *form, const char *why);
/* One text behind the other, in the test's arena. */
const char *text(struct walk *w, const char *format, const char *part);
/* As the server, whose clock is the machine's, writes today. */
const char *today_text(struct walk *w);

#define MARIA                                                                                      \
    "cognome=Rossi&nome=Maria&sesso=&nascita=&nascita_luogo=&belfiore=&codfis=RSSMRA45M41C800M"    \
    "&comune=&indirizzo=&telefono=0346+12345&email=&cittadinanza=&tutela=&morte="
const char *enter_maria(struct walk *w);
/* Anna's case; the record's address. */
const char *take_charge(struct walk *w, const char *maria, const char *more);

#endif
