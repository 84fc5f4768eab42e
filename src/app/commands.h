/* The program's own commands; their rows are in commands.c. */
#ifndef ZONALE_APP_COMMANDS_H
#define ZONALE_APP_COMMANDS_H

#include "app/modules.h"
#include "app/place.h"

int run_serve(struct cx *cx, struct cli *cli);
int run_init(struct cx *cx, struct cli *cli);
int run_demo(struct cx *cx, struct cli *cli);
int run_backup(struct cx *cx, struct cli *cli);
int run_restore(struct cx *cx, struct cli *cli);
int run_doctor(struct cx *cx, struct cli *cli);
int run_routes(struct cx *cx, struct cli *cli);

/* A key file and a database with today's schema in an empty place; ERR_CONFLICT when there is one
 * already. The caller closes all three. */
struct opened {
    const char *path; /* of the data file while it is filled; or an address */
    int lock;
    struct vault *vault;
    struct db *db;
};
MUST_USE bool opened_new(struct opened *opened, struct place *place, struct cx *cx,
                         struct cli *cli);
/* Closes; with `keep` the data file gets its name, otherwise it goes. Gives `keep` back, or false
 * with cx->err when the name could not be given. */
bool opened_end(struct opened *opened, const struct place *place, struct cx *cx, bool keep);
void opened_undo(const struct opened *opened, struct arena *arena);

#endif
