#include "kit/module.h"

#include "mod/utenti/commands.h"
#include "mod/utenti/pages.h"
#include "mod/utenti/statements.h"
#include "mod/utenti/store.h"

extern const char utenti_model_sql[];

const struct db_schema utenti_schema = {.room = "utenti", .model = utenti_model_sql};

const struct module utenti_module = {
    .name = "utenti",
    .schema = &utenti_schema,
    .registry = &utenti_registry,
    .routes = utenti_routes,
    .commands = utenti_commands,
    .menu = utenti_menu,
};
