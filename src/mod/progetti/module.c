#include "mod/progetti/progetti.h"
#include "mod/progetti/store.h"

const struct module progetti_module = {
    .name = "progetti", .schema = &progetti_schema, .registry = &progetti_registry};
