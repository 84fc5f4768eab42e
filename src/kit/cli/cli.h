/* The command line as rows: one table gives the parser, --help, the man page, the completion of
 * shells, and `zonale help`. Noun first: `zonale rette calcola --servizio SAD ...`.
 *
 * Data go to stdout, messages to stderr. Exit codes: 0 done, 1 failure, 2 wrong use, 3 partly done
 * (an import that refused rows), 4 not found, 75 busy. --json is stable and documented.
 * A command that writes runs inside the server when one is running on the same data: the row's
 * function is the same, its streams are handed over the local socket.
 */
#ifndef ZONALE_KIT_CLI_CLI_H
#define ZONALE_KIT_CLI_CLI_H

#include "kit/cx.h"
#include "kit/db/db.h"

#include <stdio.h>

enum cli_exit {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_PARTLY = 3,
    EXIT_NOT_FOUND = 4,
    EXIT_BUSY = 75,
};

struct cli_option {
    const char *name;  /* "isee": --isee VALORE ; first letter "!" = positional */
    const char *value; /* "EURO"; NULL = a switch */
    const char *help;
    bool required;
};

enum cli_need {
    CLI_NOTHING, /* pure: no database */
    CLI_READ,    /* cx->db is a read snapshot */
    CLI_WRITE,   /* cx->db is inside a transaction, kept when the command returns 0 or 3 */
    CLI_OWN,     /* opens what it wants itself (serve, init, restore) */
};

struct cli;
typedef int cli_run(struct cx *cx, struct cli *cli);

struct cli_command {
    const char *name;                 /* "rette calcola" */
    const char *summary;              /* one line */
    const char *help;                 /* paragraphs; examples first */
    const struct cli_option *options; /* ended by name NULL */
    enum cli_need need;
    cli_run *run;
};

/* Text of an option; NULL when it was not given. */
const char *cli_text(const struct cli *cli, const char *name);
bool cli_flag(const struct cli *cli, const char *name);
/* Typed: false prints "--isee: ..." on stderr; not given leaves *out as it is. */
MUST_USE bool cli_money(struct cli *cli, const char *name, struct money *out);
MUST_USE bool cli_day(struct cli *cli, const char *name, struct day *out);
MUST_USE bool cli_int(struct cli *cli, const char *name, int64_t *out);
bool cli_json(const struct cli *cli); /* --json, known to all commands */
FILE *cli_out(struct cli *cli);
FILE *cli_err(struct cli *cli);
FILE *cli_in(struct cli *cli);
struct db *cli_db(struct cli *cli); /* CLI_OWN commands: NULL until they open it */
/* Prints cx->err as a message with its exit code: `return cli_fail(cx, cli);` */
int cli_fail(struct cx *cx, struct cli *cli);
/* A progress line: bar on a terminal, one line each 10 % elsewhere, nothing with --quiet. */
void cli_progress(struct cli *cli, const char *what, int64_t done, int64_t total);

/* One table a room, each ended by name NULL; the list ended by NULL. */
int cli_main(int argc, char **argv, const struct cli_command *const *commands);

#endif
