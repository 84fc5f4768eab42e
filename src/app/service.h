/* The program in service: everything that `zonale serve` opens, in order, and closes in reverse. */
#ifndef ZONALE_APP_SERVICE_H
#define ZONALE_APP_SERVICE_H

#include "app/modules.h"
#include "app/place.h"
#include "kit/web/web.h"

struct service_wish {
    const char *address; /* NULL = as configured, else 127.0.0.1 */
    int64_t port;        /* INT_NONE = as configured, else the first free one from 8080 */
    const char *pages;   /* folder of templates read at each page; NULL = those inside */
};

struct service;

/* Brings the data up to date and begins to serve. On failure everything is closed again. */
MUST_USE bool service_start(struct service **service, const struct place *place,
                            const struct cli_program *program, const struct service_wish *wish,
                            struct err *err);
const char *service_address(const struct service *service); /* "http://127.0.0.1:8080/" */
/* Requests, commands and steps of jobs under way end; then all is closed. NULL is allowed. */
void service_stop(struct service *service);

/* What the layout shows beside the page: names, and the menu of whoever has logged in. */
bool menu_layout(struct cx *cx, const struct web_session *session, struct tv *layout);

#endif
