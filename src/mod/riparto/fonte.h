/* Where the text of a definition comes from: one file, text or spreadsheet, or two: the rule here
 * and the table, as it was published, there. */
#ifndef ZONALE_MOD_RIPARTO_FONTE_H
#define ZONALE_MOD_RIPARTO_FONTE_H

#include "base/err.h"
#include "mod/riparto/prospetto.h"

struct fonte {
    const char *text; /* what definizione_read reads */
    size_t size;
    const char *tabella; /* name of the file, for messages */
    const char *regola;  /* name of the rule's; NULL = it stands before the table */
    long regola_righe;   /* how many lines of the text come before the table's first */
};

/* Text as it is, the first sheet of an XLSX or ODS as text. False: ERR_INPUT, in words. */
MUST_USE bool fonte_text(struct arena *arena, struct bytes file, struct bytes *text,
                         struct err *err);
/* The rule, up to its own table if it has one, then `tabella`, which may have lines before its
 * heading. Both are texts. */
void fonte_join(struct arena *arena, struct bytes regola, struct bytes tabella,
                struct fonte *fonte);
/* Where a line of the text stands: "regola.tsv:3", "tabella.xlsx:12"; line 0 is of the whole. */
const char *fonte_place(struct arena *arena, const struct fonte *fonte, long line);
/* The line within its own file. */
long fonte_line(const struct fonte *fonte, long line);

#endif
