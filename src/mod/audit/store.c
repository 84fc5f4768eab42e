#include "mod/audit/store.h"

extern const char audit_model_sql[];

/* The chain shows every change; the triggers stop accidents and the program's own mistakes. */
static const char sqlite_guard[] =
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'il registro non si modifica'); END;"
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'il registro non si cancella'); END;"
    "CREATE TRIGGER audit_testa_avanti BEFORE UPDATE ON audit_testa WHEN NEW.seq <> OLD.seq + 1"
    " BEGIN SELECT RAISE(ABORT, 'il registro va solo avanti'); END;"
    "CREATE TRIGGER audit_testa_resta BEFORE DELETE ON audit_testa"
    " BEGIN SELECT RAISE(ABORT, 'il registro non si cancella'); END;";

static const char postgres_guard[] =
    "CREATE FUNCTION audit_no() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RAISE EXCEPTION ''il registro non si modifica''; END';"
    "CREATE TRIGGER audit_no_update BEFORE UPDATE OR DELETE ON audit"
    " FOR EACH ROW EXECUTE FUNCTION audit_no();"
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_no();"
    "CREATE TRIGGER audit_testa_avanti BEFORE UPDATE ON audit_testa"
    " FOR EACH ROW WHEN (NEW.seq <> OLD.seq + 1) EXECUTE FUNCTION audit_no();"
    "CREATE TRIGGER audit_testa_resta BEFORE DELETE ON audit_testa"
    " FOR EACH ROW EXECUTE FUNCTION audit_no();"
    /* one chain for all ambiti: who adds a row or verifies must see them all */
    "CREATE POLICY muro ON audit USING (true)";

const struct db_schema audit_schema = {
    .room = "audit", .model = audit_model_sql, .only = {sqlite_guard, postgres_guard}};

/* The order is also that of the canonical encoding: a new column goes in only with a new version
 * of the encoding (chain.c). */
const struct field audit_fields[] = {
    FIELD(audit_row, seq),       FIELD(audit_row, quando),    FIELD(audit_row, ambito),
    FIELD(audit_row, utente),    FIELD(audit_row, sessione),  FIELD(audit_row, chi),
    FIELD(audit_row, ruolo),     FIELD(audit_row, relazione), FIELD(audit_row, fine),
    FIELD(audit_row, azione),    FIELD(audit_row, oggetto),   FIELD(audit_row, oggetto_id),
    FIELD(audit_row, esito),     FIELD(audit_row, regola),    FIELD(audit_row, rotta),
    FIELD(audit_row, dettaglio), FIELD(audit_row, rete),      FIELD(audit_row, richiesta),
    FIELD(audit_row, prima),     FIELD(audit_row, impronta),  FIELD_END};
#define COLUMNS                                                                                    \
    "seq, quando, ambito, utente, sessione, chi, ruolo, relazione, fine, azione, oggetto, "        \
    "oggetto_id, esito, regola, rotta, dettaglio, rete, richiesta, prima, impronta"

static const struct field head_fields[] = {FIELD(audit_head, seq), FIELD(audit_head, impronta),
                                           FIELD_END};

const struct field registro_filtro_fields[] = {FIELD(registro_filtro, dal),
                                               FIELD(registro_filtro, al),
                                               FIELD(registro_filtro, chi),
                                               FIELD(registro_filtro, oggetto),
                                               FIELD(registro_filtro, azione),
                                               FIELD(registro_filtro, esito),
                                               FIELD_END};

const struct field audit_verifica_fields[] = {
    FIELD(audit_verifica, id),       FIELD(audit_verifica, ambito),
    FIELD(audit_verifica, quando),   FIELD(audit_verifica, chi),
    FIELD(audit_verifica, righe),    FIELD(audit_verifica, guasta),
    FIELD(audit_verifica, motivo),   FIELD(audit_verifica, punti),
    FIELD(audit_verifica, scoperte), FIELD_END};

enum { NEXT, INSERT, HEAD, HASH_AT, EACH, VERIFICA_SAVE, VERIFICA_LIST };
static const struct db_sql sql[] = {
    [NEXT] = {"audit_next",
              "UPDATE audit_testa SET seq = seq + 1 WHERE uno = 1 RETURNING seq, (SELECT impronta "
              "FROM audit WHERE audit.seq = audit_testa.seq - 1) AS impronta"},
    [INSERT] = {"audit_insert",
                "INSERT INTO audit (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
                "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"},
    [HEAD] = {"audit_head", "SELECT t.seq AS seq, a.impronta AS impronta FROM audit_testa t LEFT "
                            "JOIN audit a ON a.seq = t.seq WHERE t.uno = 1"},
    [HASH_AT] = {"audit_hash_at", "SELECT seq, impronta FROM audit WHERE seq = $1"},
    [EACH] = {"audit_each", "SELECT " COLUMNS " FROM audit ORDER BY seq"},
    [VERIFICA_SAVE] = {"audit_verifica_save",
                       "INSERT INTO audit_verifica (id, ambito, quando, chi, righe, guasta, "
                       "motivo, punti, scoperte) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [VERIFICA_LIST] = {"audit_verifica_list",
                       "SELECT id, ambito, quando, chi, righe, guasta, motivo, punti, scoperte "
                       "FROM audit_verifica WHERE ambito = $1 ORDER BY quando DESC, id DESC LIMIT "
                       "$2"},
};
const struct db_registry audit_registry = {"audit", sql, sizeof sql / sizeof *sql};

bool audit_next(struct cx *cx, int64_t *seq, struct bytes *before)
{
    struct audit_head head;
    if (!db_one(cx, &sql[NEXT], DB_NO_ARGS, head_fields, &head))
        return false;
    if ((head.seq == 1) != (head.impronta.data == NULL))
        return FAIL(cx, ERR_INTERNAL, "il registro degli accessi è troncato: manca la riga %lld",
                    (long long)head.seq - 1);
    *seq = head.seq;
    *before = head.impronta;
    return true;
}

bool audit_insert(struct cx *cx, const struct audit_row *row)
{
    return db_do(cx, &sql[INSERT], db_args_of(cx, audit_fields, row), NULL);
}

bool audit_head_load(struct cx *cx, struct audit_head *head)
{
    return db_read_renew(cx) && db_one(cx, &sql[HEAD], DB_NO_ARGS, head_fields, head);
}

bool audit_hash_at(struct cx *cx, int64_t seq, struct bytes *impronta)
{
    struct audit_head head;
    bool found;
    *impronta = (struct bytes){NULL, 0};
    if (!db_maybe(cx, &sql[HASH_AT], DB_ARGS(seq), head_fields, &head, &found))
        return false;
    if (found)
        *impronta = head.impronta;
    return true;
}

bool audit_each(struct cx *cx, bool (*each)(struct cx *cx, void *row, void *data), void *data)
{
    return db_each(cx, &sql[EACH], DB_NO_ARGS, audit_fields, sizeof(struct audit_row), each, data);
}

bool audit_list(struct cx *cx, const struct registro_filtro *filtro, const struct audit_key *after,
                size_t limit, struct list *list)
{
    struct db_query q;
    if (!db_read_renew(cx))
        return false;
    db_query_start(&q, cx, "audit_list", "SELECT " COLUMNS " FROM audit WHERE ambito = $1",
                   DB_ARGS(cx->who->ambito));
    if (filtro->chi != NULL)
        db_query_add(&q, " AND chi = $1", DB_ARGS(filtro->chi));
    if (filtro->oggetto.n != 0)
        db_query_add(&q, " AND oggetto_id = $1", DB_ARGS(filtro->oggetto));
    if (filtro->azione != NULL)
        db_query_add(&q, " AND azione = $1", DB_ARGS(filtro->azione));
    if (filtro->esito != NULL)
        db_query_add(&q, " AND esito = $1", DB_ARGS(filtro->esito));
    if (day_known(filtro->dal))
        db_query_add(&q, " AND quando >= $1", DB_ARGS(instant_of_day(filtro->dal)));
    if (day_known(filtro->al))
        db_query_add(&q, " AND quando < $1", DB_ARGS(instant_of_day(day_add(filtro->al, 1))));
    if (after->quando.us != 0)
        db_query_add(&q, " AND (quando, seq) < ($1, $2)", DB_ARGS(after->quando, after->seq));
    db_query_add(&q, " ORDER BY quando DESC, seq DESC LIMIT $1", DB_ARGS((int64_t)limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), audit_fields, sizeof(struct audit_row),
                   limit, list);
}

bool audit_verifica_save(struct cx *cx, const struct audit_verdict *verdict)
{
    struct audit_verifica row = {.id = cx_id(cx),
                                 .ambito = cx->who->ambito,
                                 .quando = cx->now,
                                 .chi = cx->who->nome,
                                 .righe = verdict->righe,
                                 .guasta = verdict->guasta,
                                 .motivo = verdict->motivo,
                                 .punti = verdict->punti,
                                 .scoperte = verdict->scoperte};
    return db_do(cx, &sql[VERIFICA_SAVE], db_args_of(cx, audit_verifica_fields, &row), NULL);
}

bool audit_verifica_list(struct cx *cx, size_t max, struct list *list)
{
    return db_list(cx, &sql[VERIFICA_LIST], DB_ARGS(cx->who->ambito, (int64_t)max),
                   audit_verifica_fields, sizeof(struct audit_verifica), max, list);
}
