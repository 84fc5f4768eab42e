/* What a room gives to the program: one constant struct each, listed by name in app/modules.c. */
#ifndef ZONALE_KIT_MODULE_H
#define ZONALE_KIT_MODULE_H

struct db_schema;
struct db_registry;
struct web_route;
struct cli_command;
struct job_kind;

/* A line of the navigation; shown to whoever may use `permission`. */
struct menu_item {
    const char *group; /* "Persone", "Numeri", "Sistema": the heading it stands under */
    const char *label;
    const char *href;
    const char *permission;
    const char *icon; /* of Bootstrap Italia: "it-user" */
};

struct module {
    const char *name;
    const struct db_schema *schema;     /* NULL where the room keeps nothing */
    const struct db_registry *registry; /* its statements */
    const struct web_route *routes;     /* ended by path NULL; NULL = none */
    const struct cli_command *commands; /* ended by name NULL; NULL = none */
    const struct job_kind *const *jobs; /* ended by NULL; NULL = none */
    const struct menu_item *menu;       /* ended by label NULL; NULL = none */
};

#endif
