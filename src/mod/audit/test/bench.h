/* A register with its key and its checkpoints, for the tests of this room. */
#ifndef ZONALE_MOD_AUDIT_TEST_BENCH_H
#define ZONALE_MOD_AUDIT_TEST_BENCH_H

#include "kit/db/test/support.h"
#include "kit/sys/vault.h"
#include "mod/audit/audit.h"

extern const struct db_schema *const audit_schemas[];

struct bench {
    struct test_db t;
    char points[300]; /* the file of signed checkpoints */
};
void bench_open(struct bench *bench);
void bench_close(struct bench *bench);
/* A db_work: a row whose detail is `data`. */
bool bench_add(struct cx *cx, void *data);
/* That many, a second apart. */
void bench_add_many(struct bench *bench, int count);
struct audit_verdict bench_verify(struct bench *bench);
void bench_sign(struct bench *bench);
/* The register is broken from row `seq` on, and the reason has `word`. */
void bench_broken(struct bench *bench, int64_t seq, const char *word);

#endif
