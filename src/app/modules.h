/* The rooms by name, and what they give gathered by kind. */
#ifndef ZONALE_APP_MODULES_H
#define ZONALE_APP_MODULES_H

#include "kit/cli/cli.h"
#include "kit/db/db.h"
#include "kit/module.h"

enum { MODULES_MAX = 32 };

/* In the order of their needs (src/mod/NEEDS), ended by NULL. */
extern const struct module *const modules[];

/* Lists ended by NULL, one entry for each room that has some. */
struct tables {
    const struct db_schema *schemas[MODULES_MAX];
    const struct db_registry *registries[MODULES_MAX];
    const struct web_route *routes[MODULES_MAX];
    const struct cli_command *commands[MODULES_MAX];
    const struct job_kind *jobs[MODULES_MAX * 4];
};
void tables_gather(struct tables *tables);

/* Commands of the program itself. */
extern const struct cli_command app_commands[];

#endif
