/* Documents as answers: what a room writes as a value (kit/doc), sent as a file or shown in a page.
 */
#ifndef ZONALE_KIT_WEB_PAPER_H
#define ZONALE_KIT_WEB_PAPER_H

#include "kit/doc/doc.h"
#include "kit/web/web.h"

/* The document in that format: a file called `name` (blanks become dashes) with the format's
 * extension, or shown by the browser where `name` is NULL. False: as doc_draw. */
MUST_USE bool web_paper(struct cx *cx, struct web_res *res, const struct doc *doc,
                        enum doc_format format, const char *name);

/* The same in the format that a word of the address names; a page is not a file: ERR_INPUT for
 * "html" and for words unknown. */
MUST_USE bool web_paper_named(struct cx *cx, struct web_res *res, const struct doc *doc,
                              const char *format, const char *name);

/* Its blocks as markup of a page, under `name`. False: longer than a page may be (ERR_INPUT). */
MUST_USE bool web_paper_show(struct cx *cx, struct tv *page, const char *name,
                             const struct doc *doc);

#endif
