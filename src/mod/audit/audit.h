/* The register of accesses: who did or read what, when, by which rule. Append-only and chained:
 * a row changed, taken out, put in or cut off is found by audit_verify.
 *
 * Sources: art. 5(2) and 32 GDPR; Garante 27/11/2008 (administrators), guidelines of 4/6/2015
 * (each consultation traced, kept 24 months at least). The content read is never in the register.
 *
 * What it cannot tell: rows cut off behind the last signed checkpoint, which lies in a file beside
 * the key, outside the database ("<key file>.registro").
 */
#ifndef ZONALE_MOD_AUDIT_AUDIT_H
#define ZONALE_MOD_AUDIT_AUDIT_H

#include "kit/cx.h"
#include "kit/db/db.h"
#include "kit/module.h"
#include "kit/web/web.h"

#include <pthread.h>

struct audit_row {
    int64_t seq; /* given by audit_append, 1, 2, 3... */
    struct instant quando;
    struct id ambito, utente, sessione;
    const char *chi, *ruolo, *relazione, *fine, *azione;
    const char *oggetto;
    struct id oggetto_id;
    const char *esito; /* AUDIT_PERMESSO... */
    const char *regola, *rotta, *dettaglio, *rete, *richiesta;
    struct bytes prima, impronta;
};
extern const struct field audit_fields[];

#define AUDIT_PERMESSO   "permesso"
#define AUDIT_MASCHERATO "mascherato"
#define AUDIT_NEGATO     "negato"

/* In the caller's transaction: kept or rolled back with it. What is not known in `row` (when, who,
 * request) is taken from cx; esito NULL = permesso. Texts are clipped, never refused. */
MUST_USE bool audit_append(struct cx *cx, const struct audit_row *row);
/* The `audit` of struct web_host. */
MUST_USE bool audit_web(struct cx *cx, const struct web_audit_row *row);

/* Number of the last row; 0 = none yet. */
MUST_USE bool audit_last(struct cx *cx, int64_t *seq);

/* Who read or changed one object, newest first, at most `max`: list of struct audit_row. */
MUST_USE bool audit_of(struct cx *cx, struct id oggetto, size_t max, struct list *list);

/* The same on a page: fills what the part {{>audit/accessi}} finds. */
MUST_USE bool audit_show(struct cx *cx, struct tv *page, struct id oggetto, size_t max);

/* ---- verification ----------------------------------------------------------------------- */

struct audit_verdict {
    int64_t righe;      /* read */
    int64_t guasta;     /* number of the first broken row; 0 = none */
    const char *motivo; /* why; NULL = sound */
    int64_t punti;      /* signed checkpoints that agree */
    int64_t scoperte;   /* rows behind the last of them */
    /* Signed checkpoints of later rows, where all else is sound: the register was cut off, or this
     * is an older copy of it (zonale restore tells them apart, the register cannot). */
    int64_t oltre;
};
/* Reads the whole register (of all ambiti: the chain is one) in cx's snapshot, a row at a time.
 * False: it could not be read. `progress` may be NULL. */
MUST_USE bool audit_verify(struct cx *cx, struct audit_verdict *verdict,
                           void (*progress)(int64_t done, int64_t total, void *data), void *data);

/* Signs the head of the register into the checkpoint file when 10 000 rows or ten minutes have
 * gone by since the last one (`now`: in any case). cx reads a snapshot of committed rows. Fails
 * when the register contradicts an earlier checkpoint: such a head is never signed. */
MUST_USE bool audit_checkpoint(struct cx *cx, bool now);

/* A thread that does so while the program serves, and once more when it stops. The struct is the
 * caller's, zeroed before the start; to stop what never started is allowed. */
struct audit_keeper {
    struct db *db;
    struct vault *vault;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool started, stop;
};
MUST_USE bool audit_keeper_start(struct audit_keeper *keeper, struct db *db, struct vault *vault,
                                 struct err *err);
void audit_keeper_stop(struct audit_keeper *keeper);

extern const struct module audit_module;

#endif
