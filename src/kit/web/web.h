/* The web server: libmicrohttpd behind a strict gate, and the funnel that every request passes:
 *
 *   gate > match > session > permission > CSRF > form > scope (whose data?) > transaction >
 *   handler > audit > render > free
 *
 * A route is a row. A row without a permission stops the start. Handlers are small: they load,
 * decide, save and fill a page; they never see HTTP.
 *
 *   GET   a read-only snapshot; if the row says so, an audit row is committed before the body goes
 *         out (grouped with others: the connection sleeps meanwhile).
 *   POST  one transaction on the writer thread, kept if the handler returns true. A fault of the
 *         form, or a refusal, shows the page of `again` with everything typed still there (422).
 *
 * What the funnel needs from the rooms (sessions, audit) comes in by struct web_host: the kit does
 * not know the rooms.
 */
#ifndef ZONALE_KIT_WEB_WEB_H
#define ZONALE_KIT_WEB_WEB_H

#include "kit/authz/authz.h"
#include "kit/cx.h"
#include "kit/db/db.h"
#include "kit/tmpl/tmpl.h"

struct web_req;
struct web_res;
struct web_form;

/* ---- routes ----------------------------------------------------------------------------- */

enum web_method { WEB_GET, WEB_POST };

enum web_audit {
    AUDIT_NO,   /* nothing of a person is shown: static pages, settings */
    AUDIT_READ, /* one row before the body is sent */
    AUDIT_WRITE /* one row in the same transaction as the effect */
};

/* What the funnel must know of an object before it lets the handler look at it. */
struct web_facts {
    bool found;
    enum authz_relation relation;
    enum authz_sensitivity sensitivity;
    struct id ente; /* the body that answers for it; ID_NONE = the ambito */
};
/* A kind of object that routes speak of; the {id} of the path names one. `facts` reads, in the
 * request's transaction, how cx->who stands to it. A failure is a 503, never an allow. */
struct web_object {
    const char *name; /* "cartella": for the audit */
    bool (*facts)(struct cx *cx, struct id id, struct web_facts *facts);
};

/* True: answer as filled in (and, in a POST, keep the writes). False: cx->err says why, or a fault
 * was recorded: nothing is kept and the form is shown again. True with a fault recorded: the writes
 * are kept and the form is shown again (a login that failed, and is counted). */
typedef bool web_handler(struct cx *cx, struct web_req *req, struct web_res *res);

/* Pages that the funnel sends people to; the room of users serves them (GET and POST).
 * `dopo` in their query is a path of this site to go on to; web_after() checks it. */
#define WEB_LOGIN    "/entra"    /* ?dopo=/path */
#define WEB_CONFIRM  "/conferma" /* password again, for WEB_RECENT; ?dopo=/path */
#define WEB_PASSWORD "/password" /* the only page, with WEB_LOGOUT, while a change is due */
#define WEB_LOGOUT   "/esci"

enum web_flags {
    WEB_PUBLIC = 1,  /* no login; permission must be "pubblico" */
    WEB_SLOW = 2,    /* `before` runs on a worker thread first (Argon2, large files) */
    WEB_NO_CSRF = 4, /* the machine interface with a token */
    WEB_UPLOAD = 8,  /* multipart allowed, body up to the form's limit */
    WEB_RECENT = 16, /* asks for the password again when the login is older than 15 minutes */
    WEB_DRAFT = 32,  /* a draft of this form is kept (autosave and session expiry) */
    WEB_SCRIPT = 64, /* asked for by scripts: without a session 403, not the login page */
};

struct web_route {
    enum web_method method;
    const char *path; /* "/persone/{id}/diario": {id} a struct id, {name} one segment */
    web_handler *handler;
    const char *permission; /* "persone.leggi": row of permessi.tsv; "pubblico"; "tutti" */
    enum authz_purpose purpose;
    enum authz_action action;
    enum web_audit audit;
    const struct web_object *object; /* NULL: no single object; the handler scopes its list */
    const struct web_form *form; /* query of a GET, body of a POST; NULL = no parameter at all */
    const char *again;           /* POST: path of the GET page that shows the form again */
    web_handler *before;         /* WEB_SLOW: off the writer thread, read-only */
    unsigned flags;
    const void *data; /* for shared handlers: a struct web_list, say */
};

/* ---- forms ------------------------------------------------------------------------------ */

enum web_input {
    INPUT_TEXT,   /* one line, cleaned */
    INPUT_LINES,  /* several lines */
    INPUT_SECRET, /* password: never shown again, never cleaned */
    INPUT_CHOICE, /* one of `choices` */
    INPUT_CHECK,  /* bool */
    INPUT_DAY,
    INPUT_MONEY,
    INPUT_INT,
    INPUT_MINUTES,
    INPUT_RATE,
    INPUT_ID,
    INPUT_CODFIS,
    INPUT_FILE,
};

struct web_choice {
    const char *value;
    const char *label;
};

struct web_field {
    struct field at;   /* FIELD(struct of the form, member): name and place */
    const char *label; /* as beside the field: "Data di nascita" */
    enum web_input input;
    bool required;
    int64_t min, max; /* characters of a text, value of a number, cents of money; 0,0 = defaults */
    const struct web_choice *choices; /* ended by {NULL, NULL} */
    const char *help;
};
#define WEB_FIELD_END                                                                              \
    {                                                                                              \
        FIELD_END                                                                                  \
    }

struct web_form {
    const char *name;
    const struct web_field *fields;
    size_t size;       /* of the struct */
    size_t body_limit; /* bytes; 0 = 64 KiB */
};

struct web_fault {
    const char *field; /* NULL: of the whole form */
    const char *text;  /* in the user's words */
};

/* What {{>kit/form}} finds under the name given to web_form_show:
 *   faulty       true when something is wrong; faults: list of {name, label, text}
 *   multipart    true when a field is a file
 *   fields       list of {name, id, label, value, help, fault, required, invalid, max, checked,
 *                choices: list of {value, label, selected}} with one of these true: is_text,
 *                is_lines, is_secret, is_choice, is_check, is_day, is_money, is_int, is_minutes,
 *                is_rate, is_id (hidden), is_codfis, is_file
 *   <field>      the same object again, by the name of the field
 * `csrf` stands at the root of the page; a form sent twice with the same csrf counts once. */

/* Choices known only now (bodies, services): for a field whose row has `choices` NULL. Before
 * web_form_show. What comes back is bounded text; the handler checks that it exists. */
void web_choices(struct web_req *req, const char *field, const struct web_choice *choices);

/* The struct of the route's form, filled; NULL when the route has none or (again) it is faulty. */
const void *web_form(const struct web_req *req);
/* A refusal of the rule, beside its field. Then return false without setting cx->err. */
void web_fault(struct web_req *req, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool web_faulty(const struct web_req *req);
/* As typed, for a field; "" when nothing was. */
const char *web_typed(const struct web_req *req, const char *name);
/* A page that is shown again may change what was typed (a row more), and then take the faults back:
 * it is no refusal. */
void web_retype(struct web_req *req, const char *name, const char *value);
void web_faults_drop(struct web_req *req);
/* Gives the form to the template: under `name`, a list `fields` drawn by {{>kit/form}} and each
 * field as an object by its name; typed values win over those of `object` (may be NULL); faults
 * stand beside their fields and in the summary. */
void web_form_show(struct web_req *req, struct tv *page, const char *name,
                   const struct web_form *form, const void *object);

/* ---- request and answer ----------------------------------------------------------------- */

struct id web_id(const struct web_req *req); /* the {id} of the path */
const char *web_segment(const struct web_req *req, const char *name);
const struct web_route *web_route(const struct web_req *req);
const char *web_query_text(const struct web_req *req); /* the query as it came, for links */
/* "https://zonale.ambito.example.it": for addresses that leave the page. */
const char *web_site(const struct web_req *req);
struct web_file {
    const char *name; /* cleaned */
    const char *type; /* by its content, from the allow-list */
    struct bytes bytes;
};
const struct web_file *web_file(const struct web_req *req, const char *field);

/* What `before` found out (a password's check), for the handler; in cx->arena. */
void web_carry(struct web_req *req, void *data);
void *web_carried(const struct web_req *req);
/* May who asks use this permission? For buttons and links. */
bool web_may(struct cx *cx, const struct web_req *req, const char *permission);
/* The decision on the object was "masked": names and the like must not be shown. */
bool web_masked(const struct web_req *req);
/* The kind of object of that name which some route speaks of; NULL when none does. */
const struct web_object *web_object_named(const struct web_req *req, const char *name);
const struct web_session *web_session(const struct web_req *req); /* NULL before login */
/* A path of this site, safe to redirect to; "/" when `path` is NULL or anything else. */
const char *web_after(const char *path);

/* What the template "layout/page" finds. From the funnel, at the root beside the page's own data:
 *   title        and `faulty`, true when a form is shown again ("Errore: " before the title)
 *   crumbs       list of {href, label}; href empty = this page
 *   notice       text, or empty
 *   csrf         token, empty before login
 *   path         of this page, without its query
 * From host->layout, under `layout`:
 *   ambito       its name;  avviso: a standing line (demonstration, maintenance), or empty
 *   utente       empty before login, else {nome, ruolo, ente}
 *   cerca        true for who may search people
 *   menu         list of groups {label, items: list of {label, href, icon}}, only what this user
 *                may open. The funnel adds `current` to each item and group: this page is inside.
 * Error pages are "layout/error" drawn in it: {status, text, request, retry /seconds or empty/}.
 *
 * The page: `name` of a template drawn inside the layout; `title` in <title> and <h1>. */
struct tv *web_page(struct web_res *res, const char *name, const char *title);
/* A piece of a page that is drawn from much and asked for by many is kept as it was drawn, and
 * compressed; the server has room for a few. `key` must name all that it is drawn from as one
 * number tells it (the version of a budget, read in this request's snapshot): then it is never
 * stale. Ambiti have theirs apart; but it must be the same for everybody who may open the page.
 * True: it was kept, and stands under `name` of the page. */
MUST_USE bool web_piece_find(struct web_req *req, struct tv *page, const char *name,
                             const char *key);
/* Puts `markup` under `name` of the page, and keeps it for the next. */
void web_piece_keep(struct web_req *req, struct tv *page, const char *name, const char *key,
                    const char *markup);
void web_crumb(struct web_res *res, const char *href, const char *label); /* breadcrumb, in order */
void web_redirect(struct web_res *res, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Shown once, at the top of the next page, after the redirect. */
void web_notice(struct web_req *req, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A file: `bytes` lives in cx->arena. `attachment` NULL = shown inline. */
void web_bytes(struct web_res *res, const char *type, struct bytes bytes, const char *attachment);
void web_json(struct web_res *res, const char *json);
void web_status(struct web_res *res, int status);
/* The object and the words that the audit row of this request carries besides the route's own. */
void web_audit_object(struct web_req *req, const char *kind, struct id id);
void web_audit_detail(struct web_req *req, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Session cookie, set or taken away by the login pages. */
void web_cookie_session(struct web_res *res, const char *token);
const char *web_client(const struct web_req *req); /* network address, truncated to /24 or /64 */

/* ---- lists ------------------------------------------------------------------------------ */

/* What {{>kit/list}} finds at the root of the page (template "kit/list"):
 *   list.intro, list.empty (text shown when there is no row at all), list.create {href, label} or
 *                    empty
 *   list.filters     a form, as above; list.filtered true when a filter is set; list.path
 *   list.chips       the filters set {label, value /empty for a tick/, href /without it/};
 *                    list.clear the address without any
 *   list.any         true when there is a row; list.beyond when the page begins behind the last one
 *   list.columns     {name, label, number, sort, sorted, down}: `sort` is the address that orders
 *                    by this column, empty when no sort does; `sorted` when it is in use, `down`
 *                    when the greatest comes first
 *   list.rows        {head: {text, href}, cells: {text, href, number, label}}: the first column
 *                    names the row; label is the column's
 *   list.sorts       {name, label, href, selected};  list.sort the one in use
 *   list.sizes       {label, href, selected}: rows of a page; list.rows_max the one in use
 *   list.count, list.total (empty when not known), list.next, list.first (hrefs or empty)
 *   list.exports     {href, label}, none without the right "<room>.esporta"; list.exportable
 *   list.views       saved views {label, href, selected, preset}: filters, order and page size;
 *                    kept by POST /viste with percorso (list.path), etichetta, filtri
 *                    (list.view_text), togli=1 to take one away, predefinita=si|no for the one
 *                    that the bare address opens (?vista=tutte: without it); list.viewed true
 *                    when there is one
 *
 * A list page as data: filters in the URL, sort, page by key, export of exactly the filtered rows
 * (CSV, XLSX, ODS, JSON), saved views, print. The handler of such a route is web_list_page and
 * its `data` a struct web_list; its form is made from `filters`. */
struct web_column {
    const char *name;  /* of the field */
    const char *label; /* heading; NULL = only in exports */
    const char *link;  /* "/persone/{id}": the cell is a link; names are fields; NULL = text */
    bool number;       /* right, tabular */
    bool hidden;       /* in the row for links and keys, never shown nor exported */
};
struct web_sort {
    const char *name;   /* in the URL: "cognome" */
    const char *label;  /* "Cognome (A-Z)" */
    const char *column; /* that it orders by; NULL = the one of the same name */
    bool down;          /* the greatest, or the latest, first */
};
struct web_list_want {
    const void *filters; /* the struct of the filters' form */
    const char *sort;    /* one of the sorts */
    const char *after;   /* key of the last row seen, as web_list.key made it; NULL = first page */
    size_t limit;        /* rows wanted, one more than a page */
};
struct web_list {
    const char *name;  /* "persone" : file name, saved filters */
    const char *title; /* "Persone" */
    const char *intro; /* one sentence; NULL */
    const char *empty; /* there is none yet, and what to do; that filters let none through the page
                          says by itself */
    const char *create_href, *create_label; /* the button; NULL */
    const char *create_permission;
    const struct field *fields;
    size_t size;
    const struct web_column *columns; /* ended by name NULL */
    const struct web_form *filters;
    /* Choices of filters that are known only now (bodies, services), by web_choices; a value that
     * is none of them is a fault of that filter. NULL = none such. */
    bool (*choices)(struct cx *cx, struct web_req *req);
    const struct web_sort *sorts; /* the first is the default; ended by name NULL */
    bool (*load)(struct cx *cx, const struct web_list_want *want, struct list *rows);
    /* Key of a row for `after`: text in the arena. */
    const char *(*key)(struct cx *cx, const char *sort, const void *row);
    /* How many in all, from a maintained counter; NULL = not shown. */
    bool (*total)(struct cx *cx, const void *filters, int64_t *total);
};
web_handler web_list_page;

/* ---- the server ------------------------------------------------------------------------- */

struct web_asset { /* embedded file, served under /static/<hash>-<name> for ever */
    const char *name;
    const char *type;
    const unsigned char *data, *gzip;
    size_t size, gzip_size;
    const char *hash;
};

struct web_session {
    struct who who;
    const char *csrf;        /* token of this session */
    struct instant login;    /* for WEB_RECENT */
    bool password_to_change; /* only the page that changes it is reachable */
    const char *notice;      /* to be shown once; NULL */
};

struct web_audit_row {
    const struct web_route *route;
    struct authz_decision decision;
    enum authz_relation relation;
    const char *object;
    struct id object_id;
    const char *detail;
    const char *client;
};

/* What the rooms give to the funnel. Each returns false only for a failure. */
struct web_host {
    /* NULL in *session: no such session, or it has ended. `token` as it came in the cookie. */
    bool (*session_load)(struct cx *cx, const char *token, const struct web_session **session);
    /* At most once a minute, by the writer: pushes the idle limit; takes the notice away. */
    bool (*session_touch)(struct cx *cx, const struct web_session *session);
    bool (*notice_save)(struct cx *cx, struct id session, const char *text);
    /* May this role use this permission at all? (table permessi.tsv) */
    bool (*permitted)(const struct who *who, const char *permission);
    bool (*audit)(struct cx *cx, const struct web_audit_row *row);
    bool (*draft_save)(struct cx *cx, const char *path, const char *form);
    bool (*draft_load)(struct cx *cx, const char *path, const char **form);
    /* Menu, name of the ambito and what else the layout shows. */
    bool (*layout)(struct cx *cx, const struct web_session *session, struct tv *layout);
};

struct web_config {
    const char *address; /* "127.0.0.1" or a socket's path */
    int port;            /* 0 = any free one */
    int threads;
    bool insecure_cookie; /* http on loopback: no __Host- and Secure */
    const char *public_url;
    struct db *db;
    struct vault *vault;
    const struct tmpls *templates;
    const struct web_asset *assets; /* ended by name NULL */
    const struct web_route *const
        *routes; /* one table a room, each ended by path NULL; NULL ends */
    const struct web_host *host;
    struct instant (*clock)(void); /* NULL = the system's */
};

struct web;
/* Checks every row (permission, form, again, object) before it listens. */
MUST_USE bool web_start(struct web **web, const struct web_config *config, struct err *err);
int web_port(const struct web *web);
/* Refuses new requests, lets those under way finish, then frees. */
void web_stop(struct web *web);

#endif
