/* Pieces of a list's page. */
#ifndef ZONALE_KIT_WEB_LIST_H
#define ZONALE_KIT_WEB_LIST_H

#include "kit/web/internal.h"

enum { LIST_PAGE = 20 };

/* The address of this list with its filters and its order, and `name` set to `value`. */
const char *list_href(struct web_req *req, const char *name, const char *value);
const char *list_filters(struct web_req *req);

/* list_export.c */
void list_show_exports(struct cx *cx, struct web_req *req, struct tv *to);
MUST_USE bool list_export(struct cx *cx, struct web_req *req, struct web_res *res,
                          const struct web_sort *sort);

/* views.c: filters saved by each user, in the same place as drafts */
MUST_USE bool views_show(struct cx *cx, struct web_req *req, struct tv *to, const char *name);

#endif
