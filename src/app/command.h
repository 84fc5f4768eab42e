/* A command on an open database: in the server, or in the command's own process. */
#ifndef ZONALE_APP_COMMAND_H
#define ZONALE_APP_COMMAND_H

#include "kit/cli/cli.h"

/* A file of memory; NULL on failure. */
FILE *memory_file(const char *name);
/* What was written to `from`, to a descriptor. False: the reader has gone or the disk is full. */
bool memory_copy(FILE *from, int to);

/* Runs a CLI_READ or CLI_WRITE command with its snapshot or transaction. What a CLI_WRITE command
 * prints on its output comes out only when its transaction is kept. */
int command_run(struct db *db, struct vault *vault, struct arena *arena, struct cli *cli);

/* The program's own way to run a command: in a running server, else here, under the lock. */
int command_host(const struct cli_program *program, struct cli *cli, int argc, char **argv);

#endif
