/* The sheet of a month, and its import. */
#ifndef ZONALE_MOD_PRESTAZIONI_PAGES_FOGLIO_H
#define ZONALE_MOD_PRESTAZIONI_PAGES_FOGLIO_H

#include "mod/prestazioni/foglio.h"
#include "mod/prestazioni/pages.h"

extern const struct web_form foglio_form, foglio_query, ore_form;
web_handler foglio_page, foglio_post, foglio_today, foglio_file;
web_handler ore_page, ore_before, ore_post;

MUST_USE bool foglio_month(struct cx *cx, const struct web_req *req, struct day *mese);
const char *foglio_href(struct cx *cx, struct day mese,
                        const char *tail); /* "/erogazioni/2025-03" */

#endif
