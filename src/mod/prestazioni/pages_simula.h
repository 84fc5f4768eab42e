/* What the pages of a simulation share. */
#ifndef ZONALE_MOD_PRESTAZIONI_PAGES_SIMULA_H
#define ZONALE_MOD_PRESTAZIONI_PAGES_SIMULA_H

#include "mod/enti/enti.h"
#include "mod/prestazioni/simula.h"

struct simula_query {
    const char *piano, *piano2, *piano3; /* ids */
    const char *formato;
};
extern const struct web_form simula_query;
web_handler simula_page;
extern const struct web_list simula_lista;

/* Does cx->who act for the whole ambito, and so may know people of all its bodies? */
MUST_USE bool simula_open(struct cx *cx, bool *tutti);

#endif
