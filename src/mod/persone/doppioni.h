/* The queue of pairs who may be one person: filled in the background, worked off by people. */
#ifndef ZONALE_MOD_PERSONE_DOPPIONI_H
#define ZONALE_MOD_PERSONE_DOPPIONI_H

#include "kit/job/job.h"
#include "mod/persone/persone.h"

/* Looks through everybody of the ambito, by blocks of those who share a codice fiscale, a day of
 * birth, a telephone or the names; in steps that can be lost and taken up again. Who is kept apart
 * is left out: her own card alone speaks of her duplicates, to those who follow her. */
extern const struct job_kind doppioni_kind;
extern const struct job_kind *const persone_jobs[];

struct doppione {
    struct id a; /* a < b */
    struct id b;
    int64_t punti;
    int64_t motivi; /* bits of doppione_giudizio */
    const char *nome_a;
    struct day nascita_a;
    const char *nome_b;
    struct day nascita_b;
    const char *perche; /* in words; filled by the pages */
};
extern const struct field doppione_fields[];

struct doppione_pagina {
    const char *stato; /* "aperto", "diverse" */
    const char *dopo;  /* NULL = first page; else behind the next three */
    int64_t dopo_punti;
    struct id dopo_a;
    struct id dopo_b;
    size_t limit;
};
/* The likeliest first; only pairs of whom cx->who may know both. */
MUST_USE bool doppione_page(struct cx *cx, const struct doppione_pagina *pagina, struct list *list);
/* They are two people, or (not `diverse`) it is to be looked at again. */
MUST_USE bool doppione_decide(struct cx *cx, const struct persona *a, const struct persona *b,
                              bool diverse);
MUST_USE bool doppione_diverse(struct cx *cx, struct id a, struct id b, bool *yes);

#endif
