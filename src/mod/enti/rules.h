/* What a body may be: pure checks.
 *
 * Codes: municipalities carry the six digits of ISTAT (province 3 + municipality 3) and the four
 * characters of the land registry (codice catastale, "Belfiore": a letter and three digits, as in
 * the codice fiscale, D.M. 23/12/1976). Other bodies carry a code of our own.
 * Who pays: a municipality pays for itself or through one body (a union, a mountain community);
 * that body pays for itself, so that a bill is never passed on twice (art. 32 TUEL). */
#ifndef ZONALE_MOD_ENTI_RULES_H
#define ZONALE_MOD_ENTI_RULES_H

#include "base/field.h"

enum ente_tipo { TIPO_AMBITO, TIPO_UNIONE, TIPO_COMUNE, TIPO_EROGATORE, TIPI };

enum ente_fault {
    ENTE_OK,
    ENTE_TIPO,         /* none of the four */
    ENTE_NOME,         /* empty, or longer than 120 characters */
    ENTE_CODICE,       /* empty, too long, or not of letters, digits, - and . */
    ENTE_ISTAT,        /* a municipality without six digits */
    ENTE_BELFIORE,     /* a municipality without letter and three digits */
    ENTE_PAGA_SE,      /* pays through itself */
    ENTE_PAGA_CHI,     /* the payer is a provider */
    ENTE_PAGA_CATENA,  /* the payer is paid for by a third */
    ENTE_PAGA_NON_SUO, /* only municipalities are paid for by others */
};

struct ente_proposto {
    const char *tipo, *codice, *belfiore, *nome;
    bool paid; /* another body pays; then: */
    bool payer_is_itself;
    const char *payer_tipo;
    bool payer_is_paid;
};

enum ente_fault ente_check(const struct ente_proposto *ente);
/* The field of the form that a fault stands beside, and what it says. */
const char *ente_fault_field(enum ente_fault fault);
const char *ente_fault_text(enum ente_fault fault);

const char *ente_tipo_name(enum ente_tipo tipo);  /* "comune" */
const char *ente_tipo_title(enum ente_tipo tipo); /* "Comune" */
/* TIPI when there is no such kind. */
enum ente_tipo ente_tipo_parse(const char *name);

/* Units in which a service is counted: "ora", "giorno", "mese", "pasto". */
bool servizio_unita_known(const char *unita);

#endif
