/* What a household receives by year, in pages. */
#ifndef ZONALE_MOD_PRESTAZIONI_PAGES_RICEVUTO_H
#define ZONALE_MOD_PRESTAZIONI_PAGES_RICEVUTO_H

#include "kit/web/web.h"

web_handler ricevuto_page, ricevuto_file;

#endif
