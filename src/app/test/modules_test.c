/* What the rooms declare must fit together: menus that lead somewhere, permissions that somebody
 * has, addresses that are served once. */
#include "app/modules.h"
#include "base/test/check.h"
#include "kit/web/web.h"
#include "mod/utenti/utenti.h"

#include <string.h>

static bool is_group(const char *name)
{
    for (const char *const *group = menu_groups; *group; group++)
        if (strcmp(*group, name) == 0)
            return true;
    return false;
}

static const struct web_route *find_get(const char *path)
{
    for (const struct module *const *m = modules; *m; m++)
        for (const struct web_route *r = (*m)->routes; r && r->path; r++)
            if (r->method == WEB_GET && strcmp(r->path, path) == 0)
                return r;
    return NULL;
}

/* Who may see the line may open the page. */
static void test_menus_lead_somewhere(void **state)
{
    (void)state;
    int lines = 0;
    for (const struct module *const *m = modules; *m; m++) {
        for (const struct menu_item *item = (*m)->menu; item && item->label; item++, lines++) {
            const struct web_route *route = find_get(item->href);
            if (!is_group(item->group) || route == NULL)
                fail_msg("%s: %s > %s (%s)", (*m)->name, item->group, item->label, item->href);
            for (enum authz_role role = RUOLO_NESSUNO + 1; role < RUOLI; role++)
                if (ruolo_permitted(role, item->permission) &&
                    !ruolo_permitted(role, route->permission))
                    fail_msg("%s shows %s to %s, who may not open it", (*m)->name, item->href,
                             authz_role_name(role));
        }
    }
    assert_in_range(lines, 10, 100);
}

static void test_permissions_are_somebodys(void **state)
{
    (void)state;
    for (const struct module *const *m = modules; *m; m++) {
        for (const struct web_route *r = (*m)->routes; r && r->path; r++) {
            bool known = strcmp(r->permission, "pubblico") == 0;
            for (enum authz_role role = RUOLO_NESSUNO + 1; role < RUOLI && !known; role++)
                known = ruolo_permitted(role, r->permission);
            if (!known)
                fail_msg("%s: nobody has %s", r->path, r->permission);
        }
    }
}

static void test_addresses_are_served_once(void **state)
{
    (void)state;
    struct tables tables;
    tables_gather(&tables);
    for (size_t i = 0; tables.routes[i]; i++)
        for (const struct web_route *r = tables.routes[i]; r->path; r++)
            for (size_t k = 0; tables.routes[k]; k++)
                for (const struct web_route *s = tables.routes[k]; s->path; s++)
                    if (r != s && r->method == s->method && strcmp(r->path, s->path) == 0)
                        fail_msg("%s is served twice", r->path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_menus_lead_somewhere),
                                       cmocka_unit_test(test_permissions_are_somebodys),
                                       cmocka_unit_test(test_addresses_are_served_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
