#include "kit/module.h"

#include "mod/audit/commands.h"
#include "mod/audit/pages.h"
#include "mod/audit/store.h"

const struct module audit_module = {.name = "audit",
                                    .schema = &audit_schema,
                                    .registry = &audit_registry,
                                    .routes = audit_routes,
                                    .commands = audit_commands,
                                    .menu = audit_menu};
