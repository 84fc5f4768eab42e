/* A list of 1 234 entries, with a filter of every kind, for the tests of lists and views. */
#ifndef ZONALE_KIT_WEB_TEST_VOCI_H
#define ZONALE_KIT_WEB_TEST_VOCI_H

#include "kit/web/test/support.h"

enum { VOCI = 1234 };

extern const struct db_schema *const voci_schemas[];
extern const struct web_route *const voci_tables[]; /* "/voci", "/mute" */

/* Set-up and tear-down of a test; *state is a struct test_web. */
int voci_open(void **state);
int voci_close(void **state);
/* Takes all entries away. */
void voci_drop(struct test_web *test);

int count_of(const char *text, const char *part);
/* The href of the last page's link whose tag holds `mark`. */
const char *link_of(struct test_web *test, const char *mark);

#define TEST_OF_VOCI(name) cmocka_unit_test_setup_teardown(name, voci_open, voci_close)

#endif
