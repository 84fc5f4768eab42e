#include "mod/fatturazione/inside.h"

const struct module fatturazione_module = {
    .name = "fatturazione",
    .schema = &fatturazione_schema,
    .registry = &fatturazione_registry,
    .commands = fatturazione_commands,
};
