#include "kit/web/internal.h"
const char *const list_names[] = {"ordine", "dopo", "formato", NULL};
bool web_list_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)req, (void)res;
    return FAIL(cx, ERR_INTERNAL, "lists");
}
