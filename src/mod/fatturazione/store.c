/* Runs, their lines, adjustments. */
#include "mod/fatturazione/store.h"

extern const char fatturazione_model_sql[];

/* What is closed stays, whoever writes: the program's own mistakes stop here. No trigger for a new
 * line: with one, SQLite keeps a journal of each statement, and a second trial of ten thousand
 * people takes six times as long; the row of the run, which is written first, refuses instead. */
#define GUARD(table, key)                                                                          \
    "CREATE TRIGGER " table "_chiusa_u BEFORE UPDATE ON " table " WHEN EXISTS (SELECT 1 FROM "     \
    "fatturazione f WHERE f.id = OLD." key " AND f.stato = 'chiusa')"                              \
    " BEGIN SELECT RAISE(ABORT, 'una fatturazione chiusa non cambia'); END;"                       \
    "CREATE TRIGGER " table "_chiusa_d BEFORE DELETE ON " table " WHEN EXISTS (SELECT 1 FROM "     \
    "fatturazione f WHERE f.id = OLD." key " AND f.stato = 'chiusa')"                              \
    " BEGIN SELECT RAISE(ABORT, 'una fatturazione chiusa non cambia'); END;"
static const char sqlite_guard[] =
    GUARD("addebito", "fatturazione") GUARD("addebito_parte", "fatturazione")
        GUARD("anomalia", "fatturazione") "CREATE TRIGGER fatturazione_chiusa_u BEFORE UPDATE ON "
                                          "fatturazione WHEN OLD.stato ="
                                          " 'chiusa' BEGIN SELECT RAISE(ABORT, 'una fatturazione "
                                          "chiusa non cambia'); END;"
                                          "CREATE TRIGGER fatturazione_chiusa_d BEFORE DELETE ON "
                                          "fatturazione WHEN OLD.stato ="
                                          " 'chiusa' BEGIN SELECT RAISE(ABORT, 'una fatturazione "
                                          "chiusa non cambia'); END;";

#define GUARD_PG(table)                                                                            \
    "CREATE TRIGGER " table "_chiusa BEFORE INSERT OR UPDATE OR DELETE ON " table                  \
    " FOR EACH ROW EXECUTE FUNCTION fatturazione_riga();"
static const char postgres_guard[] =
    "CREATE FUNCTION fatturazione_riga() RETURNS trigger LANGUAGE plpgsql AS"
    " 'DECLARE f BIGINT; BEGIN"
    " IF TG_OP = ''DELETE'' THEN f := OLD.fatturazione; ELSE f := NEW.fatturazione; END IF;"
    " IF EXISTS (SELECT 1 FROM fatturazione x WHERE x.id = f AND x.stato = ''chiusa'') THEN"
    " RAISE EXCEPTION ''una fatturazione chiusa non cambia''; END IF;"
    " IF TG_OP = ''DELETE'' THEN RETURN OLD; END IF; RETURN NEW; END';"
    "CREATE FUNCTION fatturazione_no() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RAISE EXCEPTION ''una fatturazione chiusa non cambia''; END';"
    "CREATE TRIGGER fatturazione_chiusa BEFORE UPDATE OR DELETE ON fatturazione FOR EACH ROW"
    " WHEN (OLD.stato = 'chiusa') EXECUTE FUNCTION fatturazione_no();" GUARD_PG("addebito")
        GUARD_PG("addebito_parte") GUARD_PG("anomalia");

const struct db_schema fatturazione_schema = {.room = "fatturazione",
                                              .model = fatturazione_model_sql,
                                              .only = {sqlite_guard, postgres_guard}};

/* ---- rows ---------------------------------------------------------------------------------- */

#define F(member) FIELD(fatturazione, member)
const struct field fatturazione_fields[] = {
    F(id),     F(servizio), F(mese),     F(versione),  F(stato),  F(impronta),
    F(utenti), F(anomalie), F(retta),    F(costo),     F(comune), F(quota_ambito),
    F(fatta),  F(chiusa),   F(fatta_da), F(chiusa_da), FIELD_END};
#undef F
const struct field anomalia_fields[] = {FIELD(anomalia, numero), FIELD(anomalia, prestazione),
                                        FIELD(anomalia, chiave), FIELD(anomalia, tipo),
                                        FIELD(anomalia, testo),  FIELD_END};
#define T(member) FIELD(fatturato, member)
static const struct field fatturato_fields[] = {T(prestazione),  T(persona), T(chiave),
                                                T(retta),        T(costo),   T(comune),
                                                T(quota_ambito), FIELD_END};
#undef T
#define P(member) FIELD(fatturato_parte, member)
static const struct field parte_fields[] = {P(prestazione), P(chi_tipo), P(chi), P(importo),
                                            FIELD_END};
#undef P
#define C(member) FIELD(conguaglio, member)
static const struct field conguaglio_fields[] = {
    C(id),           C(fatturazione),
    C(servizio),     C(prestazione),
    C(persona),      C(retta),
    C(costo),        C(comune),
    C(quota_ambito), FIELD_AS(conguaglio, sigillo, "spiegazione"),
    C(chiave),       C(comune_ente),
    FIELD_END};
#undef C
#define Q(member) FIELD(conguaglio_parte, member)
static const struct field quota_fields[] = {Q(conguaglio), Q(chi_tipo), Q(chi), Q(importo),
                                            FIELD_END};
#undef Q
static const struct field fatturata_fields[] = {FIELD(fatturata, prestazione),
                                                FIELD(fatturata, mese), FIELD_END};
static const struct field id_fields[] = {{"id", FIELD_ID, 0}, FIELD_END};

/* ---- statements ---------------------------------------------------------------------------- */

#define FATTURAZIONE                                                                               \
    "SELECT id, servizio, mese, versione, stato, impronta, utenti, anomalie, retta, costo,"        \
    " comune, quota_ambito, fatta, chiusa, fatta_da, chiusa_da FROM fatturazione "
/* What was billed for a run: its own lines, and the adjustments confirmed for it. */
#define FATTURATO                                                                                  \
    "(SELECT a.id, a.prestazione, a.persona, a.chiave, a.retta, a.costo, a.comune,"                \
    " a.quota_ambito FROM addebito a WHERE a.ambito = $1 AND a.fatturazione = $2 AND"              \
    " a.rettifica IS NULL AND ($3 = 0 OR a.persona = $3) UNION ALL"                                \
    " SELECT c.id, c.prestazione, c.persona, u.chiave, c.retta, c.costo, c.comune,"                \
    " c.quota_ambito FROM conguaglio c JOIN persona u ON u.id = c.persona WHERE c.ambito = $1"     \
    " AND c.fatturazione = $2 AND ($3 = 0 OR c.persona = $3)) t"

enum {
    SQL_LOAD,
    SQL_FIND,
    SQL_KEY,

    SQL_ADD,
    SQL_CHANGE,
    SQL_CLOSE,
    SQL_CLEAR_PARTI,
    SQL_CLEAR_ADDEBITI,
    SQL_CLEAR_ANOMALIE,
    SQL_ADDEBITO,
    SQL_PARTE,
    SQL_ANOMALIA,
    SQL_FATTURATO,
    SQL_FATTURATO_PARTI,
    SQL_CONGUAGLIO,
    SQL_CONGUAGLIO_PARTE,
    SQL_CONGUAGLI,
    SQL_CONGUAGLI_PARTI,
    SQL_ENTER,
    SQL_FATTURATE,
    SQL_RUNS_OF,
    STATEMENTS
};
static const struct db_sql sql[STATEMENTS] = {
    [SQL_LOAD] = {"fatturazione_load", FATTURAZIONE "WHERE ambito = $1 AND id = $2"},
    [SQL_FIND] = {"fatturazione_find",
                  FATTURAZIONE "WHERE ambito = $1 AND servizio = $2 AND mese = $3"},
    [SQL_KEY] = {"fatturazione_key",
                 "SELECT chiave_avvolta FROM fatturazione WHERE ambito = $1 AND id = $2"},
    [SQL_ADD] = {"fatturazione_add",
                 "INSERT INTO fatturazione (id, ambito, servizio, mese, versione, stato, impronta,"
                 " utenti, anomalie, retta, costo, comune, quota_ambito, fatta, fatta_da,"
                 " chiave_avvolta) VALUES ($1, $2, $3, $4, 1, 'prova', $5, $6, $7, $8, $9, $10, "
                 "$11, $12, $13, $14) ON CONFLICT"
                 " (ambito, servizio, mese) DO NOTHING"},
    [SQL_CHANGE] = {"fatturazione_change",
                    "UPDATE fatturazione SET versione = versione + 1, impronta = $3, utenti = $4,"
                    " anomalie = $5, retta = $6, costo = $7, comune = $8, quota_ambito = $9,"
                    " fatta = $10, fatta_da = $11 WHERE ambito = $1 AND id = $2 AND"
                    " stato = 'prova'"},
    [SQL_CLOSE] = {"fatturazione_close",
                   "UPDATE fatturazione SET versione = versione + 1, stato = 'chiusa', chiusa = $4,"
                   " chiusa_da = $5 WHERE ambito = $1 AND id = $2 AND versione = $3 AND"
                   " stato = 'prova'"},
    [SQL_CLEAR_PARTI] = {"addebito_parte_clear",
                         "DELETE FROM addebito_parte WHERE fatturazione = $1"},
    [SQL_CLEAR_ADDEBITI] = {"addebito_clear",
                            "DELETE FROM addebito WHERE ambito = $2 AND fatturazione = $1"},
    [SQL_CLEAR_ANOMALIE] = {"anomalia_clear",
                            "DELETE FROM anomalia WHERE ambito = $2 AND fatturazione = $1"},
    [SQL_ADDEBITO] = {"addebito_add",
                      "INSERT INTO addebito (id, ambito, fatturazione, rettifica, conguaglio,"
                      " prestazione, persona, chiave, comune_ente, quantita, lorda, retta, costo,"
                      " comune, quota_ambito, spiegazione) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
                      " $9, $10, $11, $12, $13, $14, $15, $16)"},
    [SQL_PARTE] = {"addebito_parte_add",
                   "INSERT INTO addebito_parte (addebito, chi_tipo, chi, fatturazione, importo)"
                   " VALUES ($1, $2, $3, $4, $5)"},
    [SQL_ANOMALIA] = {"anomalia_add",
                      "INSERT INTO anomalia (fatturazione, numero, ambito, prestazione, chiave,"
                      " tipo, testo) VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    [SQL_FATTURATO] = {"fatturato",
                       "SELECT prestazione, persona, min(chiave) AS chiave,"
                       " CAST(sum(retta) AS BIGINT) AS retta, CAST(sum(costo) AS BIGINT) AS costo,"
                       " CAST(sum(comune) AS BIGINT) AS comune,"
                       " CAST(sum(quota_ambito) AS BIGINT) AS quota_ambito FROM " FATTURATO
                       " GROUP BY prestazione, persona ORDER BY prestazione LIMIT $4"},
    [SQL_FATTURATO_PARTI] =
        {"fatturato_parti",
         "SELECT x.prestazione, x.chi_tipo, x.chi, CAST(sum(x.importo) AS BIGINT) AS importo FROM"
         " (SELECT a.prestazione, q.chi_tipo, q.chi, q.importo FROM addebito a JOIN addebito_parte"
         " q ON q.addebito = a.id WHERE a.ambito = $1 AND a.fatturazione = $2 AND a.rettifica IS"
         " NULL AND ($3 = 0 OR a.persona = $3) UNION ALL"
         " SELECT c.prestazione, q.chi_tipo, q.chi, q.importo FROM conguaglio c JOIN"
         " conguaglio_parte q ON q.conguaglio = c.id WHERE c.ambito = $1 AND c.fatturazione = $2"
         " AND ($3 = 0 OR c.persona = $3)) x GROUP BY x.prestazione, x.chi_tipo, x.chi"
         " ORDER BY x.prestazione, x.chi_tipo, x.chi LIMIT $4"},
    [SQL_CONGUAGLIO] = {"conguaglio_add",
                        "INSERT INTO conguaglio (id, ambito, fatturazione, servizio, prestazione,"
                        " persona, retta, costo, comune, quota_ambito, spiegazione, confermato,"
                        " confermato_da) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
                        " $13)"},
    [SQL_CONGUAGLIO_PARTE] = {"conguaglio_parte_add",
                              "INSERT INTO conguaglio_parte (conguaglio, chi_tipo, chi, importo)"
                              " VALUES ($1, $2, $3, $4)"},
    [SQL_CONGUAGLI] = {"conguaglio_waiting",
                       "SELECT c.id, c.fatturazione, c.servizio, c.prestazione, c.persona, c.retta,"
                       " c.costo, c.comune, c.quota_ambito, c.spiegazione, u.chiave, u.comune AS"
                       " comune_ente FROM conguaglio c JOIN persona u ON u.id = c.persona WHERE"
                       " c.ambito = $1 AND c.servizio = $2 AND c.entra IS NULL ORDER BY c.id"
                       " LIMIT $3"},
    [SQL_CONGUAGLI_PARTI] = {"conguaglio_waiting_parti",
                             "SELECT q.conguaglio, q.chi_tipo, q.chi, q.importo FROM conguaglio c"
                             " JOIN conguaglio_parte q ON q.conguaglio = c.id WHERE c.ambito = $1"
                             " AND c.servizio = $2 AND c.entra IS NULL ORDER BY q.conguaglio,"
                             " q.chi_tipo, q.chi LIMIT $3"},
    [SQL_ENTER] = {"conguaglio_enter",
                   "UPDATE conguaglio SET entra = $2 WHERE ambito = $1 AND entra IS NULL AND id IN"
                   " (SELECT conguaglio FROM addebito WHERE fatturazione = $2 AND conguaglio IS NOT"
                   " NULL)"},
    [SQL_FATTURATE] = {"fatturate",
                       "SELECT a.prestazione, f.mese FROM addebito a JOIN fatturazione f ON f.id ="
                       " coalesce(a.rettifica, a.fatturazione) WHERE a.ambito = $1 AND"
                       " a.fatturazione = $2 ORDER BY a.prestazione LIMIT $3"},
    [SQL_RUNS_OF] = {"fatturazioni_di",
                     "SELECT f.id FROM fatturazione f WHERE f.ambito = $1 AND f.stato = 'chiusa'"
                     " AND f.mese >= $3 AND f.id IN (SELECT a.fatturazione FROM addebito a WHERE"
                     " a.persona = $2 AND a.rettifica IS NULL) ORDER BY f.mese, f.id LIMIT $4"},
};
const struct db_registry fatturazione_registry = {"fatturazione", sql, STATEMENTS};

/* ---- runs ---------------------------------------------------------------------------------- */

bool fatturazione_load(struct cx *cx, struct id id, struct fatturazione *f)
{
    return db_one(cx, &sql[SQL_LOAD], DB_ARGS(cx->who->ambito, id), fatturazione_fields, f);
}

bool fatturazione_find(struct cx *cx, struct id servizio, struct day mese, struct fatturazione *f,
                       bool *found)
{
    return db_maybe(cx, &sql[SQL_FIND], DB_ARGS(cx->who->ambito, servizio, mese),
                    fatturazione_fields, f, found);
}

bool store_run_key(struct cx *cx, struct id fatturazione, struct vault_key *key)
{
    static const struct field fields[] = {{"chiave_avvolta", FIELD_BYTES, 0}, FIELD_END};
    struct bytes wrapped;
    return db_one(cx, &sql[SQL_KEY], DB_ARGS(cx->who->ambito, fatturazione), fields, &wrapped) &&
           vault_key_open(cx, fatturazione, wrapped, key);
}

/* Where the reasons of a line, or of an adjustment, lie. */
static struct vault_place place_of(const struct cx *cx, const char *table, struct id row)
{
    return (struct vault_place){table, "spiegazione", row, cx->who->ambito};
}

bool store_reasons_open(struct cx *cx, const struct vault_key *key, struct id addebito,
                        struct bytes sealed, const char **text)
{
    const struct vault_place place = place_of(cx, "addebito", addebito);
    return vault_unseal_text(cx, key, &place, sealed, text);
}

bool store_fatturazione_put(struct cx *cx, struct fatturazione *f, struct vault_key *key)
{
    int64_t changed;
    bool fresh = f->id.n == 0;
    struct id ambito = cx->who->ambito;
    struct bytes wrapped;
    if (fresh)
        f->id = cx_id(cx);
    if (fresh ? !vault_key_new(cx, f->id, key, &wrapped) : !store_run_key(cx, f->id, key))
        return false;

    bool done = fresh
                    ? db_do(cx, &sql[SQL_ADD],
                            DB_ARGS(f->id, ambito, f->servizio, f->mese, f->impronta, f->utenti,
                                    f->anomalie, f->retta, f->costo, f->comune, f->quota_ambito,
                                    cx->now, cx->who->utente, wrapped),
                            &changed)
                    : db_do(cx, &sql[SQL_CHANGE],
                            DB_ARGS(ambito, f->id, f->impronta, f->utenti, f->anomalie, f->retta,
                                    f->costo, f->comune, f->quota_ambito, cx->now, cx->who->utente),
                            &changed);
    f->versione++;
    return done &&
           (changed == 1 || FAIL(cx, ERR_CONFLICT, "la fatturazione è cambiata nel frattempo"));
}

bool store_fatturazione_close(struct cx *cx, const struct fatturazione *f)
{
    int64_t changed;
    if (!db_do(cx, &sql[SQL_CLOSE],
               DB_ARGS(cx->who->ambito, f->id, f->versione, cx->now, cx->who->utente), &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "la fatturazione è cambiata nel frattempo");
}

bool store_fatturazione_clear(struct cx *cx, struct id id)
{
    struct id ambito = cx->who->ambito;
    return db_do(cx, &sql[SQL_CLEAR_PARTI], DB_ARGS(id), NULL) &&
           db_do(cx, &sql[SQL_CLEAR_ADDEBITI], DB_ARGS(id, ambito), NULL) &&
           db_do(cx, &sql[SQL_CLEAR_ANOMALIE], DB_ARGS(id, ambito), NULL);
}

bool store_addebito_add(struct cx *cx, const struct vault_key *key, const struct addebito *a,
                        const struct parte *parti, size_t count)
{
    const struct vault_place place = place_of(cx, "addebito", a->id);
    struct bytes sealed;
    if (!vault_seal_text(cx, key, &place, a->spiegazione, &sealed) ||
        !db_do(cx, &sql[SQL_ADDEBITO],
               DB_ARGS(a->id, cx->who->ambito, a->fatturazione, a->rettifica, a->conguaglio,
                       a->prestazione, a->persona, a->chiave, a->comune_ente, a->quantita, a->lorda,
                       a->retta, a->costo, a->comune, a->quota_ambito, sealed),
               NULL))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!db_do(
                cx, &sql[SQL_PARTE],
                DB_ARGS(a->id, parti[i].chi_tipo, parti[i].chi, a->fatturazione, parti[i].importo),
                NULL))
            return false;
    return true;
}

bool store_anomalia_add(struct cx *cx, struct id fatturazione, const struct anomalia *a)
{
    return db_do(cx, &sql[SQL_ANOMALIA],
                 DB_ARGS(fatturazione, a->numero, cx->who->ambito, a->prestazione, a->chiave,
                         a->tipo, a->testo),
                 NULL);
}

/* ---- adjustments --------------------------------------------------------------------------- */

bool store_fatturato(struct cx *cx, struct id fatturazione, struct id persona, struct list *list)
{
    return db_list(cx, &sql[SQL_FATTURATO],
                   DB_ARGS(cx->who->ambito, fatturazione, persona.n, (int64_t)FATTURAZIONE_MAX),
                   fatturato_fields, sizeof(struct fatturato), FATTURAZIONE_MAX, list);
}

bool store_fatturato_parti(struct cx *cx, struct id fatturazione, struct id persona,
                           struct list *list)
{
    return db_list(cx, &sql[SQL_FATTURATO_PARTI],
                   DB_ARGS(cx->who->ambito, fatturazione, persona.n, (int64_t)CARICO_ALTRI),
                   parte_fields, sizeof(struct fatturato_parte), CARICO_ALTRI, list);
}

bool store_conguaglio_add(struct cx *cx, struct id servizio, const struct differenza *d)
{
    struct id id = cx_id(cx);
    struct vault_key key;
    struct bytes sealed;
    const struct vault_place place = place_of(cx, "conguaglio", id);
    if (!store_run_key(cx, d->fatturazione, &key) ||
        !vault_seal_text(cx, &key, &place, d->spiegazione, &sealed) ||
        !db_do(cx, &sql[SQL_CONGUAGLIO],
               DB_ARGS(id, cx->who->ambito, d->fatturazione, servizio, d->prestazione, d->persona,
                       d->retta, d->costo, d->comune, d->quota_ambito, sealed, cx->now,
                       cx->who->utente),
               NULL))
        return false;
    for (size_t i = 0; i < d->parti_count; i++)
        if (!db_do(cx, &sql[SQL_CONGUAGLIO_PARTE],
                   DB_ARGS(id, d->parti[i].chi_tipo, d->parti[i].chi, d->parti[i].importo), NULL))
            return false;
    return true;
}

bool store_conguagli(struct cx *cx, struct id servizio, struct list *list)
{
    if (!db_list(cx, &sql[SQL_CONGUAGLI], DB_ARGS(cx->who->ambito, servizio, (int64_t)CARICO_ALTRI),
                 conguaglio_fields, sizeof(struct conguaglio), CARICO_ALTRI, list))
        return false;
    LIST_EACH (list, struct conguaglio, c) {
        struct vault_key key;
        const struct vault_place place = place_of(cx, "conguaglio", c->id);
        if (!store_run_key(cx, c->fatturazione, &key) ||
            !vault_unseal_text(cx, &key, &place, c->sigillo, &c->spiegazione))
            return false;
    }
    return true;
}

bool store_conguagli_parti(struct cx *cx, struct id servizio, struct list *list)
{
    return db_list(cx, &sql[SQL_CONGUAGLI_PARTI],
                   DB_ARGS(cx->who->ambito, servizio, (int64_t)CARICO_ALTRI), quota_fields,
                   sizeof(struct conguaglio_parte), CARICO_ALTRI, list);
}

bool store_conguagli_enter(struct cx *cx, struct id fatturazione)
{
    return db_do(cx, &sql[SQL_ENTER], DB_ARGS(cx->who->ambito, fatturazione), NULL);
}

bool store_fatturate(struct cx *cx, struct id fatturazione, struct list *list)
{
    return db_list(cx, &sql[SQL_FATTURATE],
                   DB_ARGS(cx->who->ambito, fatturazione, (int64_t)CARICO_ALTRI), fatturata_fields,
                   sizeof(struct fatturata), CARICO_ALTRI, list);
}

bool store_runs_of(struct cx *cx, struct id persona, struct day da, struct list *list)
{
    return db_list(cx, &sql[SQL_RUNS_OF],
                   DB_ARGS(cx->who->ambito, persona, da, (int64_t)CARICO_ALTRI), id_fields,
                   sizeof(struct id), CARICO_ALTRI, list);
}
