/* What the files of this folder share; nobody else includes it. */
#ifndef ZONALE_KIT_WEB_INTERNAL_H
#define ZONALE_KIT_WEB_INTERNAL_H

#include "kit/sys/vault.h"
#include "kit/web/gate.h"
#include "kit/web/match.h"
#include "kit/web/pairs.h"
#include "kit/web/web.h"

#include <microhttpd.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>

enum {
    WEB_FAULTS = 64,
    WEB_CRUMBS = 8,
    WEB_CHOICES = 32,
    WEB_COOKIES = 4,
    WEB_DRAFTED = 64,
    WEB_BODY = 64 * 1024, /* of a form that names no limit */
    WEB_ARENA = 16 << 20, /* of a request, beside its body */
    WEB_PAGE = 8 << 20,   /* bytes of a page drawn */
    WEB_PAGE_USUAL = 24 * 1024,
    WEB_MARK = 22 + 1, /* 16 bytes as base64url */
};

/* ---- answers ---------------------------------------------------------------------------- */

enum answer_kind { ANSWER_NONE, ANSWER_PAGE, ANSWER_REDIRECT, ANSWER_BYTES, ANSWER_ASSET };

struct crumb {
    const char *href, *label;
};

struct cookie {
    const char *name;
    const char *value; /* "" takes it away */
    int seconds;       /* 0: until the browser closes */
};

struct web_res {
    struct web_req *req;
    enum answer_kind kind;
    int status;
    const char *template, *title;
    struct tv *page;
    struct crumb crumbs[WEB_CRUMBS];
    size_t crumb_count;
    const char *location;
    const char *type, *attachment, *disposition;
    struct bytes body;
    const struct web_asset *asset;
    struct cookie cookies[WEB_COOKIES];
    size_t cookie_count;
    const char *allow; /* of a 405 */
    int retry;         /* seconds, of a 503 */
    bool gzipped;
    bool close;
};

struct zip_part;

/* ---- requests --------------------------------------------------------------------------- */

enum phase {
    PHASE_NEW,     /* the head has come */
    PHASE_BODY,    /* its body is coming */
    PHASE_DRAIN,   /* its body is coming and nobody wants it: the answer stands in `res` */
    PHASE_WAITING, /* suspended: the writer or a worker has it */
    PHASE_READY,   /* the answer stands in `res` */
    PHASE_SENT,
};

/* Which work the writer did for this request, and what is left to do when it comes back. */
enum task { TASK_NONE, TASK_AUDIT, TASK_POST };

struct dynamic_choices {
    const char *field;
    const struct web_choice *choices;
};

struct web_req {
    struct web *web;
    struct MHD_Connection *http;
    struct conn *conn;
    struct arena arena;
    struct cx cx;
    struct chance chance;
    jmp_buf escape;
    enum phase phase;
    enum task task;
    bool counted; /* among the requests under way */

    /* as it came */
    const char *target;    /* raw, path and query */
    const char *target_at; /* where it stood; only to compare places */
    const char *query;
    const char *path; /* of the page that is shown */
    bool head, post;
    int64_t length;
    char *body;
    size_t body_size;
    const char *host, *origin, *fetch_site, *content_type, *cookie, *accept_encoding,
        *if_none_match, *forwarded;
    const char *client;

    /* as understood */
    struct match match;
    const struct web_route *route;
    const struct web_session *session;
    struct authz_decision decision;
    struct web_facts facts;
    const struct web_form *form; /* of the route, or of the list that it shows */
    struct pairs typed;
    const void *object;
    struct web_fault faults[WEB_FAULTS];
    size_t fault_count;
    struct dynamic_choices choices[WEB_CHOICES];
    size_t choice_count;
    bool hold_faults; /* a list shows the faults of its filters itself */
    bool preset;      /* the bare address of this list opens a saved view */

    /* for the writer */
    char sent_mark[WEB_MARK]; /* of the form: the same one counts once */
    bool marked;              /* this request put it among the known ones */
    const char *notice;
    const char *audit_kind;
    struct id audit_id;
    const char *audit_detail;
    void *carried;
    bool wants_audit, wants_touch;
    bool kept; /* the writes of a POST were committed */

    /* the page of `again` */
    const struct web_form *again_form; /* whose typed values it shows */
    bool again;
    const char *restored; /* a draft is shown: what the page says about it */

    const struct zip_part *part; /* of the page: compressed before */

    struct web_res res;
};

/* ---- the server ------------------------------------------------------------------------- */

struct deadlines;
struct marks;
struct pending;
struct workers;
struct zippers;
struct touched;
struct kept;

struct web {
    struct web_config config;
    struct arena arena;
    struct match_table *table;
    struct MHD_Daemon *daemon;
    int socket;
    int port;
    unsigned char key[32]; /* for tags in forms */
    const char *cookie_session, *cookie_form, *cookie_pending;
    const char *csp;
    struct deadlines *deadlines;
    struct marks *marks;
    struct pending *pending;
    struct workers *workers;
    struct zippers *zippers;
    struct touched *touched;
    struct kept *kept;
    const struct web_asset **assets; /* sorted by name */
    size_t asset_count;
    const struct web_route *drafted[WEB_DRAFTED]; /* pages of forms with WEB_DRAFT */
    size_t drafted_count;
    atomic_uint_fast64_t serial;
    atomic_int under_way;
    atomic_bool stopping;
    char prefix[8]; /* of the ids of requests */
};

/* answer.c */
void answer_open(struct web_req *req); /* a snapshot for reading, unless one is open */
void answer_close(struct web_req *req);
void answer_draw(struct web_req *req);   /* layout, drawing, compression: then it is bytes */
void answer_fail(struct web_req *req);   /* cx.err as a page; what was typed stays if it can */
void answer_refuse(struct web_req *req); /* neither answered nor failed: the form with its faults */
void answer_memory(struct web_req *req); /* the arena came to its end */

/* head.c, funnel.c */
/* The head has come: route, limits; may answer. */
void funnel_head(struct web_req *req, const char *method);
void funnel_run(struct web_req *req);  /* all has come: answers or suspends */
void funnel_back(struct web_req *req); /* the writer is done */

/* request.c */
const char *request_client(const struct web_req *req);
/* The path of a route with the {names} of this request put in. */
const char *web_path(struct web_req *req, const char *path);

/* guard.c: session > permission > CSRF > scope. True: go on. False: answered, or cx.err is set. */
MUST_USE bool guard_load(struct web_req *req); /* only who asks */
MUST_USE bool guard_session(struct web_req *req);
MUST_USE bool guard_csrf(struct web_req *req);
MUST_USE bool guard_scope(struct web_req *req);
MUST_USE bool guard_audit(struct web_req *req);
const char *guard_cookie(struct web_req *req, const char *name);

/* decode.c */
/* Pairs into req->typed and the form's struct; faults of values into req->faults. False: the
 * request itself is wrong, answered with 400. */
MUST_USE bool decode_query(struct web_req *req);
MUST_USE bool decode_body(struct web_req *req);
void decode_again(struct web_req *req); /* the form of the page shown again */
const struct web_form *decode_form(const struct web_route *route);
/* Decodes typed values into a new object; names in `extra` are allowed beside the fields. */
const void *decode_values(struct web_req *req, const struct web_form *form,
                          const struct pairs *typed);

/* token.c */
const char *token_make(struct web_req *req);
bool token_check(struct web_req *req, const char *token);
bool token_of_user(struct web *web, const char *token, struct id user);

/* error.c */
/* `text` NULL: what is usually said with this status. Replaces what the answer was. */
void error_answer(struct web_req *req, int status, const char *text);
/* Without templates or database: when they are what failed. */
void error_plain(struct web_req *req, int status);
void error_log(struct web_req *req, const char *what, const struct err *err);
int error_status(enum err_code code);
const char *error_text(int status);

/* page.c */
/* Layout values (reads), then the drawing (does not). */
MUST_USE bool page_fill(struct web_req *req);
void page_draw(struct web_req *req);

/* respond.c */
void respond_prepare(struct web_req *req); /* what takes memory: compression, file names */
enum MHD_Result respond(struct web_req *req);

/* views.c */
extern const struct web_route views_routes[];

/* form_show.c */
const struct web_choice *form_choices(const struct web_req *req, const struct web_field *field);

/* list_state.c */
extern const char *const list_names[]; /* query names of a list beside its filters */

/* conn.c: how long a connection may take for what it does */
MUST_USE bool deadlines_start(struct deadlines **deadlines, struct err *err);
void deadlines_stop(struct deadlines *deadlines);
void conn_notify(void *cls, struct MHD_Connection *http, void **context,
                 enum MHD_ConnectionNotificationCode code);
struct conn *conn_of(struct MHD_Connection *http);
void conn_allow(struct conn *conn, int64_t bytes);
void conn_rest(struct conn *conn); /* between two requests */
void conn_free(struct conn *conn); /* while we work */
void deadlines_end_all(struct deadlines *deadlines);

/* marks.c: forms that were sent, so that a double click counts once */
struct marks *marks_new(void);
void marks_free(struct marks *marks);
/* The place that the first sending was answered with; NULL = not yet. */
const char *marks_find(struct marks *marks, struct arena *arena, const char *mark);
void marks_add(struct marks *marks, const char *mark, const char *location);
void marks_drop(struct marks *marks, const char *mark);

/* pending.c: forms that came without a session, until their user is back */
struct pending *pending_new(void);
void pending_free(struct pending *pending);
MUST_USE bool pending_put(struct web_req *req, char key[static WEB_MARK]);
const char *pending_take(struct web_req *req, const char *key, const char *path);

/* workers.c: threads for the slow parts before a write */
MUST_USE bool workers_start(struct workers **workers, struct err *err);
void workers_stop(struct workers *workers);
MUST_USE bool workers_add(struct workers *workers, void (*run)(void *data), void *data);

/* zip.c */
struct zippers *zippers_new(void);
void zippers_free(struct zippers *zippers);
/* A part that stands in many pages, compressed once. `text` stays with who made it. */
struct zip_part {
    struct bytes text, packed;
    uint32_t sum;
};
MUST_USE bool zip_part_make(struct zip_part *part, struct bytes text);
void zip_part_free(struct zip_part *part);
/* `part` NULL, or not in the page: all is compressed now. False: it would not be smaller. */
bool zip_bytes(struct zippers *zippers, struct arena *arena, struct bytes in,
               const struct zip_part *part, struct bytes *out);

/* kept.c: pieces of pages, drawn and compressed */
struct kept *kept_new(void);
void kept_free(struct kept *kept);

/* touched.c: which session was pushed in which minute */
struct touched *touched_new(void);
void touched_free(struct touched *touched);
bool touched_due(struct touched *touched, struct id session, struct instant now);

/* check.c */
MUST_USE bool check_routes(struct web *web, const struct web_route *const *tables, struct err *err);

/* Whether the page shows a form of which drafts are kept. */
bool check_drafted(const struct web *web, const struct web_route *get);

/* server.c */
extern const struct web_route server_routes[];
/* By "<hash>-<name>". */
const struct web_asset *asset_find(const struct web *web, const char *place);

#endif
