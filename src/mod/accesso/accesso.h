/* The access point: contacts, and counts without names. Front door. */
#ifndef ZONALE_MOD_ACCESSO_ACCESSO_H
#define ZONALE_MOD_ACCESSO_ACCESSO_H

#include "kit/web/web.h"
#include "mod/accesso/rules.h"

extern const struct module accesso_module;

/* Saves a new contact of cx->who; gets its id. The caller has looked at contatto_check(). */
MUST_USE bool contatto_save(struct cx *cx, struct contatto *contatto);

MUST_USE bool contatto_load(struct cx *cx, struct id id, struct contatto *contatto);
/* As near as its person; an anonymous one as its body. */
extern const struct web_object contatto_object;

/* A line of a list: codes already in words. */
struct contatto_riga {
    struct id id;
    struct id persona;
    struct day giorno;
    const char *nome; /* "Rossi Maria"; NULL = anonymous */
    const char *canale;
    const char *area;
    const char *esito;
    struct minutes minuti;
    const char *chi; /* who took it */
};
extern const struct field contatto_riga_fields[];

/* Of one person, the latest first: struct contatto_riga, at most `max`. */
MUST_USE bool contatto_of(struct cx *cx, struct id persona, size_t max, struct list *list);
/* Taken by cx->who on a day. */
MUST_USE bool contatto_mine(struct cx *cx, struct day day, size_t max, struct list *list);

#endif
