/* What the pages of this room share. */
#ifndef ZONALE_MOD_BILANCIO_PAGES_H
#define ZONALE_MOD_BILANCIO_PAGES_H

#include "mod/bilancio/inside.h"

/* What a page may be asked for. */
struct richiesta {
    int64_t anno;
    struct day al;       /* the state on that day; DAY_NONE: the latest */
    const char *dopo;    /* key of the last cost seen */
    const char *formato; /* of a file */
};

/* The budget of the request: of the year asked for, else of this one, else of the latest that has
 * one. *found false: the page that says that there is none is already filled. */
MUST_USE bool bilancio_wanted(struct cx *cx, struct web_req *req, struct web_res *res,
                              const char *title, struct list *years, struct bilancio *bilancio,
                              bool *found);
/* "/bilancio?anno=2025" */
const char *anno_href(struct cx *cx, const char *path, int64_t anno);
/* "Bilancio 2025" */
const char *anno_title(struct cx *cx, const char *what, int64_t anno);
const char *voce_href(struct cx *cx, struct id voce, int64_t anno);
/* "12,34" */
const char *percent_text(struct cx *cx, struct money part, struct money whole);
/* stanziato, impegnato, liquidato, pagato, disponibile, `percento` paid due, and `oltre` where more
 * was committed than given. */
void voce_show_state(struct cx *cx, struct tv *to, const struct voce_stato *stato);
/* Until which day: of the request, or any. */
struct day wanted_day(const struct web_req *req);

/* ---- an item (pages_voce.c) --------------------------------------------------------------- */

extern const struct web_object voce_object;
extern const struct web_form voce_query;
web_handler voce_page;

#endif
