/* The ledger of instalments: what each payer owes and by when, what was invoiced and paid.
 *
 * Pure. An instalment is two debts, since it is paid in two ways: a part on invoice and a part as
 * a transfer between bodies. Entries are never edited: one that was wrong is reversed by another
 * with the opposite sign, so that what is owed is always what is paid plus what is left.
 * Sources: instalments and their parts are those of the act that approves the apportionment; a
 * payment goes where the payer says, else to the debt that is due first (art. 1193 c.c.).
 */
#ifndef ZONALE_MOD_RIPARTO_SCADENZARIO_H
#define ZONALE_MOD_RIPARTO_SCADENZARIO_H

#include "base/day.h"
#include "base/field.h"

enum { RATE_MAX = 4096, PREAVVISO_GIORNI = 30 };

enum rata_parte { PARTE_FATTURA, PARTE_TRASFERIMENTO, PARTI };
const char *parte_name(enum rata_parte parte); /* "fattura" */
enum rata_parte parte_parse(const char *name); /* PARTI when it is neither */

/* One instalment of one payer, with all that was entered on it, reversals taken off. */
struct conto {
    struct id id, prospetto, ente; /* ente ID_NONE: the payer is no body of the ambito */
    const char *pagante;
    int64_t numero; /* 1, 2, … */
    struct day scadenza;
    struct money dovuto[PARTI];
    struct money fatturato; /* of the part on invoice */
    struct money incassato[PARTI];
};

struct money conto_dovuto(const struct conto *conto);
struct money conto_incassato(const struct conto *conto);
struct money conto_resto(const struct conto *conto);
struct money conto_resto_parte(const struct conto *conto, enum rata_parte parte);
struct money conto_da_fatturare(const struct conto *conto);

enum conto_stato {
    CONTO_PAGATO,   /* nothing is left */
    CONTO_SCADUTO,  /* due before today, and something is left */
    CONTO_IN_PARTE, /* not yet due, and something is paid */
    CONTO_ATTESO,   /* not yet due, nothing is paid */
    CONTO_STATI
};
enum conto_stato conto_stato(const struct conto *conto, struct day today);
const char *conto_stato_name(enum conto_stato stato); /* "scaduto" */
/* Days since it was due; 0 where it is paid or not yet due. The due day itself is in time. */
int conto_ritardo(const struct conto *conto, struct day today);
/* Is it due within PREAVVISO_GIORNI days from today (today too), and not paid? */
bool conto_in_scadenza(const struct conto *conto, struct day today);

/* Is it to be reminded: late (`scadute`), or due within PREAVVISO_GIORNI? */
bool conto_sollecito(const struct conto *conto, struct day today, bool scadute);

/* ---- entries --------------------------------------------------------------------------------- */

enum movimento_tipo { MOVIMENTO_FATTURA, MOVIMENTO_INCASSO, MOVIMENTI_TIPI };
const char *movimento_tipo_name(enum movimento_tipo tipo); /* "incasso" */
enum movimento_tipo movimento_tipo_parse(const char *name);

enum movimento_esito {
    MOVIMENTO_OK,
    MOVIMENTO_IMPORTO,  /* not above zero */
    MOVIMENTO_ECCEDE,   /* more than what is left to pay, or to invoice */
    MOVIMENTO_NESSUNO,  /* no instalment of this payer fits */
    MOVIMENTO_FUTURO,   /* a day that is still to come */
    MOVIMENTO_DOPPIO,   /* the same entry is there already: same day, amount and reference */
    MOVIMENTO_STORNATO, /* reversed already */
    MOVIMENTO_STORNO,   /* is itself a reversal */
    MOVIMENTO_MOTIVO,   /* a reversal must say why */
    MOVIMENTO_ESITI
};

/* What an entry puts on one debt. */
struct imputazione {
    struct id rata;
    enum rata_parte parte;
    struct money importo; /* never zero; below zero in a reversal */
};

/* Where an amount goes, among the instalments of one payer (`conti`, in any order): by due date,
 * then number, the part on invoice first. `numero` 0 = any instalment, `parte` PARTI = either; of
 * an invoice only the part on invoice counts. `out` has room for PARTI x count. Either the whole
 * amount finds its place, to the cent, or nothing is imputed. `capienza` gets what would fit. */
enum movimento_esito movimento_impute(const struct conto *conti, size_t count,
                                      enum movimento_tipo tipo, struct money importo,
                                      int64_t numero, enum rata_parte parte,
                                      struct imputazione *out, size_t *out_count,
                                      struct money *capienza);
/* Puts lines on the accounts that they name. False: a line names none of them, or would bring an
 * account below zero or over what is owed: then nothing has changed. */
bool conti_apply(struct conto *conti, size_t count, enum movimento_tipo tipo,
                 const struct imputazione *righe, size_t righe_count);

/* ---- sums ------------------------------------------------------------------------------------ */

/* What the lead body is advancing today: what is due up to today and has not come in. What came in
 * before its day lightens it, and is told apart. */
struct anticipo {
    struct money dovuto;     /* of all instalments */
    struct money scaduto;    /* of those due before today */
    struct money incassato;  /* of those due before today */
    struct money anticipato; /* scaduto - incassato */
    struct money anzitempo;  /* paid on instalments that are not yet due */
    struct money netto;      /* anticipato - anzitempo; below zero: others are ahead */
    struct money resto;      /* of all instalments, still to come in */
};
void anticipo_compute(const struct conto *conti, size_t count, struct day today,
                      struct anticipo *anticipo);

#endif
