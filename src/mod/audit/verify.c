/* Reading the chain again, and signing its head. */
#include "mod/audit/chain.h"
#include "mod/audit/checkpoint.h"
#include "mod/audit/store.h"

#include <string.h>

enum { EVERY_ROWS = 10000, PROGRESS_ROWS = 1000 };
#define EVERY_US (INT64_C(10) * 60 * 1000000)

struct reading {
    struct audit_verdict *verdict;
    struct arena *arena; /* outlives the rows */
    struct list checkpoints;
    size_t next; /* checkpoint */
    unsigned char last[VAULT_HASH];
    int64_t total;
    void (*progress)(int64_t done, int64_t total, void *data);
    void *data;
};

static bool broken(struct reading *reading, int64_t seq, const char *why)
{
    reading->verdict->guasta = seq;
    reading->verdict->motivo = arena_strdup(reading->arena, why);
    return false;
}

static bool is_hash(struct bytes bytes, const unsigned char hash[static VAULT_HASH])
{
    return bytes.size == VAULT_HASH && memcmp(bytes.data, hash, VAULT_HASH) == 0;
}

static bool checkpoints_agree(struct reading *reading, const struct audit_row *row)
{
    for (; reading->next < reading->checkpoints.count; reading->next++) {
        const struct checkpoint *point =
            LIST_ITEM(&reading->checkpoints, const struct checkpoint, reading->next);
        if (point->seq != row->seq)
            return point->seq > row->seq ||
                   broken(reading, row->seq, "i punti di controllo non sono in ordine");
        if (!is_hash(row->impronta, point->hash))
            return broken(reading, row->seq,
                          "la riga non è quella del punto di controllo firmato: il registro è "
                          "stato riscritto");
        reading->verdict->punti++;
        reading->verdict->scoperte = 0;
    }
    return true;
}

static bool row_check(struct cx *cx, void *object, void *data)
{
    (void)cx;
    const struct audit_row *row = object;
    struct reading *reading = data;
    struct audit_verdict *verdict = reading->verdict;
    unsigned char hash[VAULT_HASH];
    int64_t want = verdict->righe + 1;
    if (row->seq != want)
        return broken(reading, want, "manca una riga");
    if (!is_hash(row->prima, reading->last))
        return broken(reading, want, "la riga non segue quella che la precede");
    audit_hash(row, hash);
    if (!is_hash(row->impronta, hash))
        return broken(reading, want, "la riga è stata alterata");
    memcpy(reading->last, hash, sizeof hash);
    verdict->righe = want;
    verdict->scoperte++;
    if (reading->progress != NULL && want % PROGRESS_ROWS == 0)
        reading->progress(want, reading->total, reading->data);
    return checkpoints_agree(reading, row);
}

/* What only shows at the end: rows cut off. */
static void check_end(struct reading *reading)
{
    struct audit_verdict *verdict = reading->verdict;
    if (reading->next < reading->checkpoints.count) {
        if (reading->total == verdict->righe)
            verdict->oltre = (int64_t)(reading->checkpoints.count - reading->next);
        broken(reading, verdict->righe + 1,
               "un punto di controllo firmato conosce righe che non ci sono più: il registro è "
               "stato troncato");
    } else if (reading->total != verdict->righe)
        broken(reading, verdict->righe + 1,
               reading->total > verdict->righe
                   ? "il registro è stato troncato: il contatore conosce più righe"
                   : "ci sono righe che il contatore non conosce");
}

bool audit_verify(struct cx *cx, struct audit_verdict *verdict,
                  void (*progress)(int64_t done, int64_t total, void *data), void *data)
{
    struct reading reading = {
        .verdict = verdict, .arena = cx->arena, .progress = progress, .data = data};
    struct audit_head head;
    int64_t bad;
    *verdict = (struct audit_verdict){.righe = 0};
    if (!checkpoint_list(cx, &reading.checkpoints, &bad) || !audit_head_load(cx, &head))
        return false;
    reading.total = head.seq;
    if (!audit_each(cx, row_check, &reading))
        return false;
    if (verdict->motivo == NULL)
        check_end(&reading);
    if (verdict->motivo == NULL && bad != 0)
        verdict->motivo = arena_printf(
            cx->arena, "punti di controllo: la riga %lld non è firmata da questo sistema",
            (long long)bad);
    return true;
}

/* The head may be signed only if it still contains what was signed before. */
static bool extends(struct cx *cx, const struct checkpoint *last, const struct audit_head *head)
{
    struct bytes hash = {NULL, 0};
    if (last->seq <= head->seq && !audit_hash_at(cx, last->seq, &hash))
        return false;
    return is_hash(hash, last->hash) ||
           FAIL(cx, ERR_INTERNAL,
                "il registro degli accessi contraddice il punto di controllo firmato della "
                "riga %lld: va verificato (zonale audit verify)",
                (long long)last->seq);
}

bool audit_checkpoint(struct cx *cx, bool now)
{
    struct checkpoint last;
    struct audit_head head;
    if (!checkpoint_last(cx, &last) || !audit_head_load(cx, &head))
        return false;
    if (last.seq > 0 && !extends(cx, &last, &head))
        return false;
    bool due = now || head.seq - last.seq >= EVERY_ROWS || cx->now.us - last.us >= EVERY_US;
    if (head.seq == last.seq || !due)
        return true;
    if (head.impronta.size != VAULT_HASH)
        return FAIL(cx, ERR_INTERNAL, "il registro degli accessi è troncato alla riga %lld",
                    (long long)head.seq);
    struct checkpoint point = {.seq = head.seq, .us = cx->now.us};
    memcpy(point.hash, head.impronta.data, VAULT_HASH);
    return checkpoint_add(cx, &point);
}
