/* What the files of this room show to each other. */
#ifndef ZONALE_MOD_BILANCIO_INSIDE_H
#define ZONALE_MOD_BILANCIO_INSIDE_H

#include "kit/cli/cli.h"
#include "kit/doc/doc.h"
#include "kit/web/web.h"
#include "mod/bilancio/bilancio.h"

enum { ANNO_MIN = 1990, ANNO_MAX = 2200 };

extern const struct web_route bilancio_routes[];
extern const struct menu_item bilancio_menu[];
extern const struct cli_command bilancio_commands[];

/* Items x sources for a spreadsheet, its sums as live formulas. */
struct doc *bilancio_matrix(struct cx *cx, const struct bilancio *bilancio);
/* The summary with each area's share, then a sheet for each area: to be read and signed. */
struct doc *bilancio_paper(struct cx *cx, const struct bilancio *bilancio);

#endif
