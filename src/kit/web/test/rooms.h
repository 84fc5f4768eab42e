/* A room of which the tests of the funnel walk through every door. */
#ifndef ZONALE_KIT_WEB_TEST_ROOMS_H
#define ZONALE_KIT_WEB_TEST_ROOMS_H

#include "kit/web/test/support.h"

#include <stdatomic.h>

extern const struct db_schema *const room_schemas[];
extern const struct web_route *const room_tables[];
extern const struct tmpl_file room_templates[];

void room_open(struct test_web *test);
/* How many slow requests have begun. */
atomic_int *room_slow(void);
/* Rows of table `nota`. */
int room_count(struct test_web *test);

#endif
