/* Deadlines of records, beside those that other rooms know (ISEE, services). Front door.
 *
 * Everything is within cx->who->ambito. Who may open a deadline is who may open its record: the
 * funnel decides it through scadenza_object. Lists show what cx->who follows and, to a coordinator,
 * what his body has; what is for its team alone is in no list of others. */
#ifndef ZONALE_MOD_SCADENZE_SCADENZE_H
#define ZONALE_MOD_SCADENZE_SCADENZE_H

#include "kit/web/web.h"
#include "mod/scadenze/rules.h"

extern const struct module scadenze_module;
extern const struct web_object scadenza_object;

struct scadenza {
    struct id id;
    struct id cartella;
    const char *tipo;
    struct day da;     /* counted from; DAY_NONE */
    struct day giorno; /* on which it falls */
    const char *stato; /* "aperta", "fatta", "annullata" */
    struct day chiusa; /* done on; DAY_NONE */
    const char *nota;  /* sealed in the database */
    int64_t versione;
};

/* Opens one: `giorno` is worked out from `da` where the kind has a rule. A refusal is *fault. */
MUST_USE bool scadenza_add(struct cx *cx, struct scadenza *scadenza, enum scadenza_fault *fault);
MUST_USE bool scadenza_load(struct cx *cx, struct id id, struct scadenza *scadenza);
/* Of a record: struct scadenza, those open first, by day; at most SCADENZE_CARTELLA_MAX. */
enum { SCADENZE_CARTELLA_MAX = 500 };
MUST_USE bool scadenza_of(struct cx *cx, struct id cartella, struct list *list);

/* Done on a day (the kind that follows opens: *poi, ID_NONE when none does), put off to a day, or
 * given up. ERR_CONFLICT when it is no longer at `versione`. */
struct scadenza_passo {
    struct id scadenza;
    enum scadenza_azione azione;
    struct day giorno;
    const char *motivo;
    int64_t versione;
};
MUST_USE bool scadenza_act(struct cx *cx, const struct scadenza_passo *passo, struct id *poi,
                           enum scadenza_fault *fault);

/* Days (struct day each, in order) of the open ones in the records that cx->who is responsible
 * for, without those that only a team may know of: they leave the house. */
MUST_USE bool scadenza_days(struct cx *cx, struct day dal, struct day al, size_t max,
                            struct list *days);

/* A line of the list, codes in words. */
struct scadenza_voce {
    struct id id; /* of what falls due: in its own room */
    struct id cartella;
    struct day giorno;
    const char *tipo;
    const char *nome; /* "Rossi Maria" */
    const char *luce;
    const char *ente;
    const char *responsabile;
};
extern const struct field scadenza_voce_fields[];
struct scadenza_pagina {
    const char *tipo;       /* NULL = all */
    struct day dal, al;     /* both included; DAY_NONE = no bound */
    struct id ente;         /* ID_NONE = any */
    struct id responsabile; /* ID_NONE = any */
    struct day dopo;        /* the last row seen; DAY_NONE = first page */
    struct id dopo_id, dopo_cartella;
    size_t limit;
};
/* struct scadenza_voce, the earliest first. */
MUST_USE bool scadenza_page(struct cx *cx, const struct scadenza_pagina *pagina, struct list *list);

#endif
