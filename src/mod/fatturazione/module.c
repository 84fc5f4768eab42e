#include "mod/fatturazione/inside.h"

const struct module fatturazione_module = {
    .name = "fatturazione",
    .schema = &fatturazione_schema,
    .registry = &fatturazione_registry,
    .routes = fatturazione_routes,
    .commands = fatturazione_commands,
    .jobs = fatturazione_jobs,
    .menu = fatturazione_menu,
};
