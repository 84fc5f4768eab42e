/* Bodies: the ambito, its municipalities and unions, the providers; the services it offers.
 * Everything is scoped by cx->who->ambito. */
#ifndef ZONALE_MOD_ENTI_ENTI_H
#define ZONALE_MOD_ENTI_ENTI_H

#include "kit/cx.h"
#include "kit/module.h"
#include "kit/web/web.h"

#include "mod/enti/rules.h"

enum { ENTI_MAX = 2000, SERVIZI_MAX = 200 }; /* most bodies and services of one ambito */

struct ente {
    struct id id;
    struct id ambito;
    const char *codice;   /* ISTAT of a municipality, our own otherwise */
    const char *belfiore; /* NULL where it is no municipality */
    const char *nome;
    const char *tipo; /* ente_tipo_name */
    const char *sotto_ambito;
    struct id paga_per; /* the body that pays for it; ID_NONE = itself */
    bool attivo;
};
extern const struct field ente_fields[];

struct popolazione {
    int64_t anno; /* on 31 December */
    int64_t abitanti;
    int64_t over65;
    int64_t famiglie;
};

struct servizio {
    struct id id;
    struct id ambito;
    const char *codice; /* "SAD" */
    const char *nome;
    const char *unita;         /* "ora", "giorno", "mese", "pasto" */
    const char *area_bilancio; /* "ANZIANI" */
    const char *voce_bilancio; /* "FONDO SAD - ANZIANI" */
};
extern const struct field servizio_fields[];

MUST_USE bool ente_load(struct cx *cx, struct id id, struct ente *ente);
/* By name; `tipo` NULL = all. Also those that are no longer active. */
MUST_USE bool ente_list(struct cx *cx, const char *tipo, struct list *list);
/* Active ones, value = id text; ended by {NULL, NULL}. */
MUST_USE bool ente_choices(struct cx *cx, const char *tipo, const struct web_choice **choices);
MUST_USE bool ente_by_code(struct cx *cx, const char *codice, struct ente *ente, bool *found);
/* Inserts (id ID_NONE: gets one) or changes. A refusal of the rule is *fault, with nothing saved;
 * a code that another body has is ERR_CONFLICT. */
MUST_USE bool ente_save(struct cx *cx, struct ente *ente, enum ente_fault *fault);

/* The latest figure of `anno` or before; found false when there is none. */
MUST_USE bool popolazione_at(struct cx *cx, struct id ente, int anno, struct popolazione *figure,
                             bool *found);
MUST_USE bool popolazione_save(struct cx *cx, struct id ente, const struct popolazione *figure);

MUST_USE bool servizio_load(struct cx *cx, struct id id, struct servizio *servizio);
MUST_USE bool servizio_by_code(struct cx *cx, const char *codice, struct servizio *servizio,
                               bool *found);
MUST_USE bool servizio_list(struct cx *cx, struct list *list);
MUST_USE bool servizio_choices(struct cx *cx, const struct web_choice **choices);
MUST_USE bool servizio_save(struct cx *cx, struct servizio *servizio);

/* A new ambito: the one act that needs no cx->who. */
MUST_USE bool ambito_create(struct cx *cx, const char *codice, const char *nome, struct id *id);
/* Of all ambiti of this database the first; ID_NONE when it is empty. For the command line, whose
 * scope it gives. */
MUST_USE bool ambito_first(struct cx *cx, struct id *id);
/* Reads a table of municipalities (columns as in demo/comuni_2023.tsv): bodies that pay are made
 * when they are missing, the population is that of `anno`. Again with the same table: no change. */
MUST_USE bool enti_import(struct cx *cx, const char *name, const char *text, int anno);
/* Likewise services (columns as in demo/servizi.tsv). */
MUST_USE bool servizi_import(struct cx *cx, const char *name, const char *text);
/* The municipalities and services of the demonstration. */
MUST_USE bool enti_demo(struct cx *cx);

extern const struct web_object ente_object;
extern const struct module enti_module;

#endif
