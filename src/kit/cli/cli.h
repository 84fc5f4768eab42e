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
    bool input; /* reads cli_in(): a CLI_WRITE command gets it whole, before its transaction */
};

/* The standard options: known to all commands. */
struct cli_place {
    const char *dati;     /* --dati, or ZONALE_DATI; NULL = the program's own rule */
    const char *database; /* --database; NULL = as configured */
    const char *chiave;   /* --chiave; NULL = as configured */
};

/* Streams of one call. In the server they are those of the client. */
struct cli_io {
    FILE *in, *out, *err;
    int progress;  /* descriptor for the progress line; never waited for */
    bool terminal; /* `progress` is one */
    int folder;    /* descriptor that relative file names start from; AT_FDCWD */
};

struct cli_program {
    const char *name;    /* "zonale" */
    const char *version; /* "0.1.0" */
    const char *date;    /* of the version: "2026-11-21" */
    const char *summary; /* one line */
    const char *help;    /* paragraphs, for the help and the man page */
    /* One table a room, each ended by name NULL; the list ended by NULL. */
    const struct cli_command *const *commands;
    /* Runs a command that needs a database: opens it, or hands the words to a running server. */
    int (*host)(const struct cli_program *program, struct cli *cli, int argc, char **argv);
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

/* Rows for people (aligned, Italian) or, with --json, for machines: a list of objects with the
 * fields' names; not known is null. */
void cli_rows(struct cx *cx, struct cli *cli, const struct field *fields, const struct list *rows);

/* A file named on the command line: relative to where the user stands, also inside the server.
 * "-" is cli_in or cli_out. NULL: the reason is printed on cli_err. `mode` "r" or "w" (never over
 * an existing file). */
FILE *cli_open(struct cli *cli, const char *name, const char *mode);
void cli_close(struct cli *cli, FILE *file); /* leaves the standard streams open */

/* ---- for app ---------------------------------------------------------------------------- */

enum { CLI_WORDS = 256, CLI_WORD_SIZE = 65536 }; /* most words, most bytes of one */

/* Words to a command with its options. False: nothing to run (help was printed, or the use was
 * wrong and the reason is on io->err); *code is the exit code. argv[0] is the program's name. */
MUST_USE bool cli_parse(struct cli **cli, struct arena *arena, const struct cli_program *program,
                        const struct cli_io *io, int argc, char **argv, int *code);
const struct cli_command *cli_command(const struct cli *cli);
const struct cli_place *cli_place(const struct cli *cli);
void cli_set_place(struct cli *cli, const struct cli_place *place);
const struct cli_program *cli_program(const struct cli *cli);
void cli_set_db(struct cli *cli, struct db *db);
const struct cli_io *cli_io(const struct cli *cli);
void cli_set_io(struct cli *cli, const struct cli_io *io);
/* Exit code of an error. */
int cli_exit_code(enum err_code code);
/* A context for a command: time of the system, chance of the kernel, nobody acting. */
void cli_context(struct cx *cx, struct arena *arena, struct chance *chance);
extern const struct cli_command cli_commands[]; /* help, completion, version */
/* Parses and runs with the process's own streams. */
int cli_main(const struct cli_program *program, int argc, char **argv);

#endif
