#include "mod/audit/test/bench.h"

#include "mod/audit/store.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct db_schema *const audit_schemas[] = {&audit_schema, NULL};

void bench_open(struct bench *bench)
{
    test_db_open(&bench->t, audit_schemas);
    test_vault(&bench->t);
    snprintf(bench->points, sizeof bench->points, "%s.registro", vault_path(bench->t.vault));
    bench->t.who.nome = "Anna Rossi";
    bench->t.who.ruolo = RUOLO_ASSISTENTE;
}

void bench_close(struct bench *bench)
{
    test_db_close(&bench->t);
}

bool bench_add(struct cx *cx, void *data)
{
    struct audit_row row = {.azione = "leggi",
                            .oggetto = "cartella",
                            .oggetto_id = {42},
                            .regola = "equipe",
                            .rotta = "GET /cartelle/{id}",
                            .dettaglio = data};
    return audit_append(cx, &row);
}

void bench_add_many(struct bench *bench, int count)
{
    for (int i = 0; i < count; i++) {
        bench->t.cx.now.us += 1000000;
        test_write(&bench->t, bench_add, arena_printf(&bench->t.arena, "riga %d", i + 1));
    }
}

struct audit_verdict bench_verify(struct bench *bench)
{
    struct audit_verdict verdict;
    test_read(&bench->t);
    TEST_OK(&bench->t.cx, audit_verify(&bench->t.cx, &verdict, NULL, NULL));
    test_read_end(&bench->t);
    return verdict;
}

void bench_sign(struct bench *bench)
{
    test_read(&bench->t);
    TEST_OK(&bench->t.cx, audit_checkpoint(&bench->t.cx, true));
    test_read_end(&bench->t);
}

void bench_broken(struct bench *bench, int64_t seq, const char *word)
{
    struct audit_verdict verdict = bench_verify(bench);
    assert_non_null(verdict.motivo);
    if (verdict.guasta != seq || strstr(verdict.motivo, word) == NULL)
        fail_msg("riga %lld, %s; atteso %lld, %s", (long long)verdict.guasta, verdict.motivo,
                 (long long)seq, word);
}
