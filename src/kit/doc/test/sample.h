/* Documents that the tests draw: one with everything in it, one hostile, one long. */
#ifndef ZONALE_KIT_DOC_TEST_SAMPLE_H
#define ZONALE_KIT_DOC_TEST_SAMPLE_H

#include "kit/doc/doc.h"

struct doc *sample_letter(struct arena *arena);
struct doc *sample_table(struct arena *arena);
struct doc *sample_hostile(struct arena *arena);
struct doc *sample_charts(struct arena *arena);
struct doc *sample_matrix(struct arena *arena);
struct doc *sample_empty(struct arena *arena);
/* Words, cells, labels and tables that no page can hold. */
struct doc *sample_extreme(struct arena *arena);
struct doc *sample_long(struct arena *arena, int rows);

#endif
