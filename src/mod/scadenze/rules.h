/* Deadlines: which kinds there are, when they fall, what light they show. Pure. */
#ifndef ZONALE_MOD_SCADENZE_RULES_H
#define ZONALE_MOD_SCADENZE_RULES_H

#include "base/field.h"

/* A kind is a row: what its days are counted from, how many, what comes behind it. */
struct scadenza_tipo {
    const char *codice; /* "adi_primo": in the database */
    const char *titolo; /* "ADI: primo incontro" */
    const char *da;     /* what is counted from; NULL: the day itself is given */
    int mesi, giorni;   /* added to it */
    const char *poi;    /* the kind that opens when it is done, counted from that day; NULL */
    const char *fonte;  /* the act, or NULL */
    bool altrove;       /* another room knows it: never written here */
};
extern const struct scadenza_tipo scadenza_tipi[];                  /* ended by codice NULL */
const struct scadenza_tipo *scadenza_tipo_find(const char *codice); /* NULL: none */
/* The day itself where none is given ("libera"). Calendar days, the first not counted. */
struct day scadenza_due(const struct scadenza_tipo *tipo, struct day da);

/* More than 30 days away; at most 30; at most 15; today or past. */
enum scadenza_luce { LUCE_LONTANA, LUCE_TRENTA, LUCE_QUINDICI, LUCE_SCADUTA, LUCI };
enum scadenza_luce scadenza_luce_at(struct day giorno, struct day oggi);
const char *scadenza_luce_name(enum scadenza_luce luce);  /* "quindici": in addresses */
const char *scadenza_luce_title(enum scadenza_luce luce); /* "Entro 15 giorni" */
/* LUCI when there is none of that name. */
enum scadenza_luce scadenza_luce_parse(const char *name);
/* The days that show a light today, both included; DAY_MIN and DAY_MAX where it has no end. */
void scadenza_luce_days(enum scadenza_luce luce, struct day oggi, struct day *dal, struct day *al);

enum scadenza_fault {
    SCADENZA_OK,
    SCADENZA_TIPO,    /* none of the table, or one that another room keeps */
    SCADENZA_DA,      /* nothing to count from */
    SCADENZA_FUTURO,  /* counted from a day that has not come, or done on one */
    SCADENZA_LONTANA, /* more than five years from today: a slip of the pen */
    SCADENZA_MOTIVO,  /* put off or given up without a reason */
    SCADENZA_PRIMA,   /* put off to a day that is not later, or done before it began */
    SCADENZA_CHIUSA,  /* nothing is done any more on it */
};
/* A new one. `da` DAY_NONE is right only where the kind gives the day itself, which is `giorno`. */
enum scadenza_fault scadenza_check(const char *tipo, struct day da, struct day giorno,
                                   struct day oggi);

enum scadenza_azione { PASSO_FATTA, PASSO_RINVIATA, PASSO_ANNULLATA, PASSI };
const char *
scadenza_azione_name(enum scadenza_azione azione); /* "fatta": also the state it leads
                                                      to, but "rinviata" leaves it open */
struct scadenza_passo_chiesto {
    enum scadenza_azione azione;
    bool aperta;
    struct day da;     /* counted from; DAY_NONE */
    struct day giorno; /* on which it falls now */
    struct day nuovo;  /* done on, or put off to */
    const char *motivo;
    struct day oggi;
};
enum scadenza_fault scadenza_passo_check(const struct scadenza_passo_chiesto *chiesto);

#endif
