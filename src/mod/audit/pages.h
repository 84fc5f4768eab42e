/* Pages of the auditor. */
#ifndef ZONALE_MOD_AUDIT_PAGES_H
#define ZONALE_MOD_AUDIT_PAGES_H

#include "mod/audit/store.h"

extern const struct web_route audit_routes[];
extern const struct menu_item audit_menu[];

#endif
