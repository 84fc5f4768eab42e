#include "mod/prestazioni/store.h"

#include "kit/sys/vault.h"
#include "mod/cartella/cartella.h"
#include "mod/utenti/utenti.h"

#include <assert.h>
#include <string.h>

static_assert(RISERVO_ANTIVIOLENZA == 5, "the list's statement says 5");

extern const char prestazioni_model_sql[];
const struct db_schema prestazioni_schema = {"prestazioni", prestazioni_model_sql, NULL};

/* ---- rows -------------------------------------------------------------------------------- */

const struct field prestazione_fields[] = {
    FIELD(prestazione, id),       FIELD(prestazione, ambito),
    FIELD(prestazione, versione), FIELD(prestazione, cartella),
    FIELD(prestazione, persona),  FIELD(prestazione, ente),
    FIELD(prestazione, servizio), FIELD(prestazione, erogatore),
    FIELD(prestazione, variante), FIELD(prestazione, dal),
    FIELD(prestazione, al),       FIELD(prestazione, previsti),
    FIELD(prestazione, costo),    FIELD_END};

const struct field prestazione_riga_fields[] = {FIELD(prestazione_riga, id),
                                                FIELD(prestazione_riga, cartella),
                                                FIELD(prestazione_riga, persona),
                                                FIELD(prestazione_riga, servizio),
                                                FIELD(prestazione_riga, variante),
                                                FIELD(prestazione_riga, unita),
                                                FIELD(prestazione_riga, erogatore),
                                                FIELD(prestazione_riga, dal),
                                                FIELD(prestazione_riga, al),
                                                FIELD(prestazione_riga, previsti),
                                                FIELD(prestazione_riga, quantita),
                                                FIELD(prestazione_riga, chiave),
                                                FIELD_END};

#define F(tag, member, name) FIELD_AS(tag, member name, #name)
#define OPEN_FIELDS(tag, member)                                                                   \
    F(tag, member, id), F(tag, member, prestazione), F(tag, member, mese),                         \
        F(tag, member, versione), F(tag, member, stato), F(tag, member, quantita),                 \
        F(tag, member, retta), F(tag, member, costo), F(tag, member, spesa),                       \
        F(tag, member, scritto), F(tag, member, scritto_da), F(tag, member, verificato),           \
        F(tag, member, verificato_da), F(tag, member, fatturato)
const struct field mensile_fields[] = {OPEN_FIELDS(mensile_riga_salvata, ), FIELD_END};

/* The explanation tells the ISEE: it lies sealed by the record's key, and is in no list. */
struct mensile_chiuso {
    struct mensile_riga_salvata riga;
    struct bytes spiegazione;
};
static const struct field chiuso_fields[] = {OPEN_FIELDS(mensile_chiuso, riga.),
                                             FIELD(mensile_chiuso, spiegazione), FIELD_END};
#undef OPEN_FIELDS
#undef F

struct giornata {
    struct day giorno;
    int64_t quantita;
};
static const struct field giornata_fields[] = {FIELD(giornata, giorno), FIELD(giornata, quantita),
                                               FIELD_END};
static const struct field day_field[] = {{"giorno", FIELD_DAY, 0}, FIELD_END};
static const struct field money_field[] = {{"costo", FIELD_MONEY, 0}, FIELD_END};

static const struct field offerta_fields[] = {FIELD(offerta, servizio), FIELD(offerta, nome),
                                              FIELD(offerta, variante), FIELD(offerta, unita),
                                              FIELD_END};

/* ---- statements -------------------------------------------------------------------------- */

#define RIGA                                                                                       \
    "SELECT p.id, p.cartella, u.cognome || ' ' || u.nome AS persona, s.nome AS servizio, "         \
    "p.variante, s.unita, e.nome AS erogatore, p.dal, p.al, p.previsti, m.quantita, p.chiave "     \
    "FROM prestazione p JOIN persona u ON u.id = p.persona JOIN servizio s ON s.id = p.servizio "  \
    "JOIN ente e ON e.id = p.erogatore JOIN cartella c ON c.id = p.cartella LEFT JOIN mensile m "  \
    "ON m.prestazione = p.id AND m.mese = "                                                        \
    "$1 "
#define MENSILE                                                                                    \
    "SELECT id, prestazione, mese, versione, stato, quantita, retta, costo, spesa, scritto, "      \
    "scritto_da, verificato, verificato_da, fatturato"

enum {
    SQL_LOAD,
    SQL_INSERT,
    SQL_END,
    SQL_TWIN,
    SQL_LAST_LOGGED,
    SQL_LAST_COST,
    SQL_OF,
    SQL_OFFERS,
    SQL_ENDING,
    SQL_BILL,
    SQL_BILLS,
    SQL_DAYS,
    SQL_DAYS_DROP,
    SQL_DAY_ADD,
    SQL_BILL_ADD,
    SQL_BILL_CHANGE,
    SQL_BILL_STATE,
    SQL_BILL_BILLED,
    STATEMENTS
};
static const struct db_sql sql[STATEMENTS] = {
    [SQL_LOAD] = {"prestazione_load",
                  "SELECT id, ambito, versione, cartella, persona, ente, servizio, erogatore, "
                  "variante, dal, al, previsti, costo FROM prestazione WHERE ambito = $1 AND id = "
                  "$2"},
    /* the key of the name is taken from the person: it must be the same */
    [SQL_INSERT] = {"prestazione_insert",
                    "INSERT INTO prestazione (id, ambito, versione, cartella, persona, chiave, "
                    "ente, servizio, variante, erogatore, dal, al, previsti, costo, creata, "
                    "creata_da) SELECT $1, $2, 1, $3, u.id, u.chiave, $5, $6, $7, $8, $9, $10, "
                    "$11, $12, $13, $14 FROM persona u WHERE u.id = $4 AND u.ambito = $2"},
    [SQL_END] = {"prestazione_end", "UPDATE prestazione SET al = $4, versione = versione + 1 WHERE "
                                    "ambito = $1 AND id = $2 AND versione = $3"},
    [SQL_TWIN] = {"prestazione_twin",
                  "SELECT min(dal) AS giorno FROM prestazione WHERE ambito = $1 AND cartella = $2 "
                  "AND servizio = $3 AND variante = $4 AND erogatore = $5 AND id <> $6 AND dal <= "
                  "$8 AND coalesce(al, $9) >= $7"},
    [SQL_LAST_LOGGED] = {"erogazione_last",
                         "SELECT max(giorno) AS giorno FROM erogazione WHERE prestazione = $1 AND "
                         "ambito = $2"},
    [SQL_LAST_COST] = {"prestazione_last_cost",
                       "SELECT costo FROM prestazione WHERE ambito = $1 AND ente = $2 AND servizio "
                       "= $3 ORDER BY id DESC LIMIT 1"},
    [SQL_OF] = {"prestazione_of", RIGA "WHERE p.ambito = $2 AND p.cartella = $3 ORDER BY p.dal "
                                       "DESC, p.id DESC LIMIT $4"},
    [SQL_OFFERS] = {"prestazione_offers",
                    "SELECT s.id AS servizio, s.nome, t.variante, s.unita FROM servizio s JOIN "
                    "piano t ON t.ambito = s.ambito AND t.servizio = s.codice WHERE s.ambito = $1 "
                    "AND t.stato = 'vigente' AND t.dal <= $2 AND coalesce(t.al, $2) >= $2 ORDER BY "
                    "s.nome, t.variante LIMIT $3"},
    [SQL_ENDING] = {"prestazione_ending",
                    "SELECT p.al AS giorno FROM cartella c JOIN prestazione p ON p.cartella = c.id"
                    " WHERE c.ambito = $1 AND c.responsabile = $2 AND c.chiusa IS NULL"
                    " AND p.al >= $3 AND p.al <= $4 ORDER BY p.al LIMIT $5"},
    [SQL_BILL] = {"mensile_load", MENSILE ", spiegazione FROM mensile WHERE ambito = $1 AND "
                                          "prestazione = $2 AND mese = $3"},
    [SQL_BILLS] = {"mensile_list",
                   MENSILE " FROM mensile WHERE ambito = $1 AND prestazione = $2 ORDER BY mese "
                           "DESC LIMIT $3"},
    [SQL_DAYS] = {"erogazione_list", "SELECT giorno, quantita FROM erogazione WHERE prestazione = "
                                     "$1 AND ambito = $2 AND giorno BETWEEN $3 AND $4"},
    [SQL_DAYS_DROP] = {"erogazione_drop", "DELETE FROM erogazione WHERE prestazione = $1 AND "
                                          "ambito = $2 AND giorno BETWEEN $3 AND $4"},
    [SQL_DAY_ADD] = {"erogazione_add",
                     "INSERT INTO erogazione (prestazione, giorno, ambito, quantita, chi, quando) "
                     "VALUES ($1, $2, $3, $4, $5, $6)"},
    [SQL_BILL_ADD] = {"mensile_add",
                      "INSERT INTO mensile (id, ambito, prestazione, mese, versione, stato, "
                      "quantita, retta, costo, spesa, spiegazione, scritto, scritto_da) VALUES "
                      "($1, $2, $3, $4, 1, 'aperto', $5, $6, $7, $8, $9, $10, $11) ON CONFLICT "
                      "(prestazione, mese) DO NOTHING"},
    [SQL_BILL_CHANGE] = {"mensile_change",
                         "UPDATE mensile SET versione = versione + 1, quantita = $4, retta = $5, "
                         "costo = $6, spesa = $7, spiegazione = $8, scritto = $9, scritto_da = $10 "
                         "WHERE id = $1 AND ambito = $2 AND versione = $3 AND stato = 'aperto'"},
    [SQL_BILL_STATE] = {"mensile_state",
                        "UPDATE mensile SET versione = versione + 1, stato = $3, verificato = $4, "
                        "verificato_da = $5 WHERE id = $1 AND ambito = $2 AND versione = $6"},
    [SQL_BILL_BILLED] = {"mensile_billed",
                         "UPDATE mensile SET fatturato = coalesce(fatturato, $4) WHERE ambito = $1 "
                         "AND prestazione = $2 AND mese = $3 RETURNING id"},
};
const struct db_registry prestazioni_registry = {"prestazioni", sql, STATEMENTS};

/* ---- services ---------------------------------------------------------------------------- */

bool prestazione_load(struct cx *cx, struct id id, struct prestazione *p)
{
    return db_one(cx, &sql[SQL_LOAD], DB_ARGS(cx->who->ambito, id), prestazione_fields, p);
}

bool store_insert(struct cx *cx, const struct prestazione *p)
{
    int64_t added;
    if (!db_do(cx, &sql[SQL_INSERT],
               DB_ARGS(p->id, p->ambito, p->cartella, p->persona, p->ente, p->servizio, p->variante,
                       p->erogatore, p->dal, p->al, p->previsti, p->costo, cx->now,
                       cx->who->utente),
               &added))
        return false;
    return added == 1 || FAIL(cx, ERR_NOT_FOUND, "no such person");
}

bool store_end(struct cx *cx, const struct prestazione *p)
{
    int64_t changed;
    if (!db_do(cx, &sql[SQL_END], DB_ARGS(cx->who->ambito, p->id, p->versione, p->al), &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "the service has changed meanwhile");
}

bool store_twin(struct cx *cx, const struct prestazione *p, struct day *dal)
{
    struct day to = day_known(p->al) ? p->al : DAY_MAX;
    return db_one(cx, &sql[SQL_TWIN],
                  DB_ARGS(cx->who->ambito, p->cartella, p->servizio, p->variante, p->erogatore,
                          p->id.n, p->dal, to, DAY_MAX),
                  day_field, dal);
}

bool store_last_logged(struct cx *cx, struct id prestazione, struct day *giorno)
{
    return db_one(cx, &sql[SQL_LAST_LOGGED], DB_ARGS(prestazione, cx->who->ambito), day_field,
                  giorno);
}

bool store_last_cost(struct cx *cx, struct id servizio, struct money *costo)
{
    bool found;
    *costo = MONEY_INVALID;
    return db_maybe(cx, &sql[SQL_LAST_COST], DB_ARGS(cx->who->ambito, cx->who->ente, servizio),
                    money_field, costo, &found);
}

bool store_offers(struct cx *cx, struct list *list)
{
    return db_list(cx, &sql[SQL_OFFERS],
                   DB_ARGS(cx->who->ambito, cx->today, (int64_t)OFFERTE_MAX + 1), offerta_fields,
                   sizeof(struct offerta), OFFERTE_MAX, list);
}

bool prestazione_ending(struct cx *cx, struct day dal, struct day al, size_t max, struct list *days)
{
    return db_list(cx, &sql[SQL_ENDING],
                   DB_ARGS(cx->who->ambito, cx->who->utente, dal, al, (int64_t)max), day_field,
                   sizeof(struct day), max, days);
}

bool prestazione_of(struct cx *cx, struct id cartella, struct day mese, struct list *list)
{
    return db_list(cx, &sql[SQL_OF],
                   DB_ARGS(mese, cx->who->ambito, cartella, (int64_t)PRESTAZIONI_MAX + 1),
                   prestazione_riga_fields, sizeof(struct prestazione_riga), PRESTAZIONI_MAX, list);
}

void store_page_query(struct cx *cx, const struct prestazioni_pagina *pagina,
                      struct db_query *query)
{
    /* that there is a case of violence (RISERVO_ANTIVIOLENZA = 5) is not told by any list */
    db_query_start(query, cx, "prestazioni_page",
                   RIGA "WHERE p.ambito = $2 AND c.riserbo < 5 AND (u.riservata = 0 OR " SEGUITO(
                       "$2", "u.id", "$3", "$4") ")",
                   DB_ARGS(pagina->mese, cx->who->ambito, cx->who->utente, cx->today));
    /* a provider does not keep the names of those whom it no longer serves */
    if (pagina->erogatore.n != 0)
        db_query_add(query, " AND p.erogatore = $1 AND (p.al IS NULL OR p.al >= $2)",
                     DB_ARGS(pagina->erogatore, day_add(cx->today, -EROGA_DOPO)));
    if (pagina->ente.n != 0)
        db_query_add(query, " AND p.ente = $1", DB_ARGS(pagina->ente));
    if (pagina->servizio.n != 0)
        db_query_add(query, " AND p.servizio = $1", DB_ARGS(pagina->servizio));
    if (pagina->da.n != 0)
        db_query_add(query, " AND p.erogatore = $1", DB_ARGS(pagina->da));
    if (pagina->nel_mese)
        db_query_add(query, " AND p.dal <= $1 AND (p.al IS NULL OR p.al >= $2)",
                     DB_ARGS(day_month_last(pagina->mese), pagina->mese));
    if (pagina->attive)
        db_query_add(query, " AND (p.al IS NULL OR p.al >= $1)", DB_ARGS(cx->today));
    if (pagina->dopo != NULL)
        db_query_add(query, " AND (p.chiave, p.id) > ($1, $2)",
                     DB_ARGS(pagina->dopo, pagina->dopo_id));
    db_query_add(query, " ORDER BY p.chiave, p.id LIMIT $1", DB_ARGS((int64_t)pagina->limit));
}

bool store_page(struct cx *cx, const struct prestazioni_pagina *pagina, struct list *list)
{
    struct db_query query;
    store_page_query(cx, pagina, &query);
    return db_list(cx, db_query_sql(&query), db_query_args(&query), prestazione_riga_fields,
                   sizeof(struct prestazione_riga), pagina->limit, list);
}

/* ---- months ------------------------------------------------------------------------------ */

static struct vault_place reasons_place(struct cx *cx, struct id mensile)
{
    return (struct vault_place){
        .table = "mensile", .column = "spiegazione", .row = mensile, .ambito = cx->who->ambito};
}

static bool record_key(struct cx *cx, struct id prestazione, struct vault_key *key)
{
    struct prestazione p;
    return prestazione_load(cx, prestazione, &p) && cartella_key(cx, p.cartella, key);
}

static bool reasons_seal(struct cx *cx, const struct mensile_riga_salvata *riga,
                         struct bytes *sealed)
{
    struct vault_key key;
    struct vault_place place = reasons_place(cx, riga->id);
    return record_key(cx, riga->prestazione, &key) &&
           vault_seal_text(cx, &key, &place, riga->spiegazione, sealed);
}

bool mensile_load(struct cx *cx, struct id prestazione, struct day mese,
                  struct mensile_riga_salvata *riga, bool *found)
{
    struct mensile_chiuso row;
    struct vault_key key;
    if (!db_maybe(cx, &sql[SQL_BILL], DB_ARGS(cx->who->ambito, prestazione, mese), chiuso_fields,
                  &row, found))
        return false;
    if (!*found)
        return true;
    *riga = row.riga;
    struct vault_place place = reasons_place(cx, riga->id);
    return record_key(cx, prestazione, &key) &&
           vault_unseal_text(cx, &key, &place, row.spiegazione, &riga->spiegazione);
}

bool mensile_list(struct cx *cx, struct id prestazione, struct list *list)
{
    return db_list(cx, &sql[SQL_BILLS],
                   DB_ARGS(cx->who->ambito, prestazione, (int64_t)MESI_MAX + 1), mensile_fields,
                   sizeof(struct mensile_riga_salvata), MESI_MAX, list);
}

bool griglia_load(struct cx *cx, struct id prestazione, struct day mese, struct griglia *griglia)
{
    struct list days;
    *griglia = (struct griglia){.mese = day_month_first(mese)};
    if (!db_list(cx, &sql[SQL_DAYS],
                 DB_ARGS(prestazione, cx->who->ambito, griglia->mese, day_month_last(mese)),
                 giornata_fields, sizeof(struct giornata), GIORNI_MESE, &days))
        return false;
    LIST_EACH (&days, struct giornata, day)
        griglia->quantita[day->giorno.n - griglia->mese.n] = day->quantita;
    return true;
}

bool store_log(struct cx *cx, struct id prestazione, const struct griglia *griglia)
{
    if (!db_do(cx, &sql[SQL_DAYS_DROP],
               DB_ARGS(prestazione, cx->who->ambito, griglia->mese, day_month_last(griglia->mese)),
               NULL))
        return false;
    for (int i = 0; i < griglia_days(griglia); i++)
        if (griglia->quantita[i] > 0 &&
            !db_do(cx, &sql[SQL_DAY_ADD],
                   DB_ARGS(prestazione, day_add(griglia->mese, i), cx->who->ambito,
                           griglia->quantita[i], cx->who->utente, cx->now),
                   NULL))
            return false;
    return true;
}

static bool bill_add(struct cx *cx, struct mensile_riga_salvata *riga, int64_t *written)
{
    struct bytes reasons;
    riga->id = cx_id(cx);
    return reasons_seal(cx, riga, &reasons) &&
           db_do(cx, &sql[SQL_BILL_ADD],
                 DB_ARGS(riga->id, cx->who->ambito, riga->prestazione, riga->mese, riga->quantita,
                         riga->retta, riga->costo, riga->spesa, reasons, cx->now, cx->who->utente),
                 written);
}

static bool bill_change(struct cx *cx, const struct mensile_riga_salvata *riga, int64_t *written)
{
    struct bytes reasons;
    return reasons_seal(cx, riga, &reasons) &&
           db_do(cx, &sql[SQL_BILL_CHANGE],
                 DB_ARGS(riga->id, cx->who->ambito, riga->versione, riga->quantita, riga->retta,
                         riga->costo, riga->spesa, reasons, cx->now, cx->who->utente),
                 written);
}

bool store_bill_put(struct cx *cx, struct mensile_riga_salvata *riga)
{
    int64_t written;
    if (!(riga->versione == 0 ? bill_add(cx, riga, &written) : bill_change(cx, riga, &written)))
        return false;
    riga->versione++;
    return written == 1 || FAIL(cx, ERR_CONFLICT, "the month has changed meanwhile");
}

bool store_bill_state(struct cx *cx, const struct mensile_riga_salvata *riga,
                      enum mensile_stato stato)
{
    bool checked = stato == MENSILE_VERIFICATO;
    int64_t changed;
    if (!db_do(cx, &sql[SQL_BILL_STATE],
               DB_ARGS(riga->id, cx->who->ambito, mensile_stato_name(stato),
                       checked ? cx->now : (struct instant){0}, checked ? cx->who->utente : ID_NONE,
                       riga->versione),
               &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "the month has changed meanwhile");
}

bool store_bill_billed(struct cx *cx, struct id prestazione, struct day mese, struct id *mensile)
{
    static const struct field id_field[] = {{"id", FIELD_ID, 0}, FIELD_END};
    bool found;
    *mensile = ID_NONE;
    return db_maybe(cx, &sql[SQL_BILL_BILLED],
                    DB_ARGS(cx->who->ambito, prestazione, mese, cx->today), id_field, mensile,
                    &found);
}
