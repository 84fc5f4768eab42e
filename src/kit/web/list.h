/* Pieces of a list's page. */
#ifndef ZONALE_KIT_WEB_LIST_H
#define ZONALE_KIT_WEB_LIST_H

#include "kit/web/internal.h"

/* list_state.c: what the address says, and addresses that say it otherwise */
/* The address of this list with its filters, its order and its page size, and `name` set to
 * `value` (NULL: without it); from the first page. */
const char *list_href(struct web_req *req, const char *name, const char *value);
/* Filters, order and page size as a query: only what is set. */
const char *list_state(struct web_req *req);
/* Rows of a page; 0: the address asks for a number that is not among ours. */
size_t list_size(const struct web_req *req);
MUST_USE bool list_check_choices(struct cx *cx, struct web_req *req, const struct web_list *list);
void list_show_filters(struct web_req *req, struct tv *to, const struct web_list *list);
void list_show_sorts(struct web_req *req, struct tv *to, const struct web_list *list,
                     const struct web_sort *used);
void list_show_columns(struct web_req *req, struct tv *to, const struct web_list *list,
                       const struct web_sort *used);
void list_show_sizes(struct web_req *req, struct tv *to);
bool list_is_shown(const struct web_column *column);

/* list_export.c */
void list_show_exports(struct cx *cx, struct web_req *req, struct tv *to);
MUST_USE bool list_export(struct cx *cx, struct web_req *req, struct web_res *res,
                          const struct web_sort *sort);

/* views.c: views saved by each user, in the same place as drafts */
MUST_USE bool views_load(struct cx *cx, struct web_req *req, const char *list, struct pairs *views);
/* The view that the bare address opens, as a query; NULL = none. */
const char *views_preset(const struct pairs *views);
void views_show(struct web_req *req, struct tv *to, const struct pairs *views);

#endif
