/* The start page. */
#ifndef ZONALE_APP_HOME_H
#define ZONALE_APP_HOME_H

#include "kit/web/web.h"

extern const struct web_route home_routes[];

#endif
