/* What a month of a service is worked out from: each query is for all its people. */
#include "mod/fatturazione/store.h"

#define R(member) FIELD(carico_riga, member)
static const struct field riga_fields[] = {R(id),     R(persona),  R(comune), R(variante),
                                           R(chiave), R(dal),      R(al),     R(previsti),
                                           R(costo),  R(verifica), FIELD_END};
#undef R
static const struct field giorno_fields[] = {FIELD(carico_giorno, prestazione),
                                             FIELD(carico_giorno, giorno),
                                             FIELD(carico_giorno, quantita), FIELD_END};
#define I(member) FIELD(carico_isee, member)
static const struct field isee_fields[] = {I(id),     I(persona),      I(tipo),     I(protocollo),
                                           I(valore), I(sottoscritta), I(scadenza), FIELD_END};
#undef I

/* The services of the month: $1 ambito, $2 service, $3 and $4 first and last day, $5 person or 0.
 */
#define DEL_MESE                                                                                   \
    "p.ambito = $1 AND p.servizio = $2 AND p.dal <= $4 AND (p.al IS NULL OR p.al >= $3)"           \
    " AND ($5 = 0 OR p.persona = $5)"

enum { SQL_RIGHE, SQL_GIORNI, SQL_ISEE, SQL_ASSENZE, SQL_PERIODI, SQL_PAGANTI, STATEMENTS };
static const struct db_sql sql[STATEMENTS] = {
    [SQL_RIGHE] = {"carico_righe",
                   "SELECT p.id, p.persona, u.comune, p.variante, p.chiave, p.dal, p.al,"
                   " p.previsti, p.costo, m.stato AS verifica FROM prestazione p JOIN persona u"
                   " ON u.id = p.persona LEFT JOIN mensile m ON m.prestazione = p.id"
                   " AND m.mese = $3 WHERE " DEL_MESE " ORDER BY p.id LIMIT $6"},
    [SQL_GIORNI] = {"carico_giorni",
                    "SELECT e.prestazione, e.giorno, e.quantita FROM prestazione p JOIN"
                    " erogazione e ON e.prestazione = p.id AND e.giorno BETWEEN $3 AND $4"
                    " WHERE " DEL_MESE " ORDER BY e.prestazione, e.giorno LIMIT $6"},
    [SQL_ISEE] = {"carico_isee",
                  "SELECT i.id, i.persona, i.tipo, i.protocollo, i.valore, i.sottoscritta,"
                  " i.scadenza FROM isee i WHERE i.ambito = $1 AND i.annullata IS NULL AND"
                  " i.persona IN (SELECT p.persona FROM prestazione p WHERE " DEL_MESE ")"
                  " ORDER BY i.persona, i.sottoscritta DESC, i.id DESC LIMIT $6"},
    [SQL_ASSENZE] =
        {"carico_assenze",
         "SELECT a.id, a.prestazione, a.dal, a.al, a.annunciata, a.annullata,"
         " a.motivo FROM prestazione p JOIN assenza a ON a.prestazione = p.id WHERE " DEL_MESE
         " AND a.annullata IS NULL AND a.dal <= $4 AND a.al >= $6"
         " ORDER BY a.prestazione, a.dal, a.id LIMIT $7"},
    [SQL_PERIODI] = {"carico_periodi",
                     "SELECT a.id, a.prestazione, a.nome, a.dal, a.al, a.proroga, a.annullato"
                     " FROM prestazione p JOIN periodo a ON a.prestazione = p.id WHERE " DEL_MESE
                     " AND a.annullato IS NULL AND a.dal <= $4"
                     " ORDER BY a.prestazione, a.dal, a.id LIMIT $6"},
    [SQL_PAGANTI] = {"carico_paganti",
                     "SELECT a.id, a.persona, a.chi_persona, a.chi_ente, a.quota, a.dal, a.al FROM"
                     " pagante a WHERE a.ambito = $1 AND a.dal <= $4 AND"
                     " (a.al IS NULL OR a.al >= $4) AND a.persona IN (SELECT p.persona FROM"
                     " prestazione p WHERE " DEL_MESE ") ORDER BY a.persona, a.dal, a.id LIMIT $6"},
};
const struct db_registry carico_registry = {"fatturazione/carico", sql, STATEMENTS};

bool store_carico(struct cx *cx, struct id servizio, const char *codice, struct day mese,
                  struct id persona, struct carico_store *c)
{
    struct id ambito = cx->who->ambito;
    struct day last = day_month_last(mese), before = day_add(mese, -CARICO_PRIMA);
    const int64_t most = CARICO_ALTRI;
    if (!db_list(cx, &sql[SQL_RIGHE],
                 DB_ARGS(ambito, servizio, mese, last, persona.n, (int64_t)FATTURAZIONE_MAX + 1),
                 riga_fields, sizeof(struct carico_riga), FATTURAZIONE_MAX, &c->righe) ||
        !db_list(cx, &sql[SQL_GIORNI],
                 DB_ARGS(ambito, servizio, mese, last, persona.n, (int64_t)CARICO_GIORNI),
                 giorno_fields, sizeof(struct carico_giorno), CARICO_GIORNI, &c->giorni) ||
        !db_list(cx, &sql[SQL_ISEE], DB_ARGS(ambito, servizio, mese, last, persona.n, most),
                 isee_fields, sizeof(struct carico_isee), CARICO_ALTRI, &c->isee) ||
        !db_list(cx, &sql[SQL_ASSENZE],
                 DB_ARGS(ambito, servizio, mese, last, persona.n, before, most), assenza_fields,
                 sizeof(struct assenza), CARICO_ALTRI, &c->assenze) ||
        !db_list(cx, &sql[SQL_PERIODI], DB_ARGS(ambito, servizio, mese, last, persona.n, most),
                 periodo_fields, sizeof(struct periodo_salvato), CARICO_ALTRI, &c->periodi) ||
        !db_list(cx, &sql[SQL_PAGANTI], DB_ARGS(ambito, servizio, mese, last, persona.n, most),
                 pagante_fields, sizeof(struct pagante), CARICO_ALTRI, &c->paganti))
        return false;
    if (c->righe.clipped)
        return FAIL(cx, ERR_INPUT, "il servizio ha più di %d utenti in un mese", FATTURAZIONE_MAX);
    return chiusura_list(cx, servizio, before, last, &c->chiusure) &&
           regola_list(cx, codice, mese, &c->regole) && calendario_at(cx, servizio, &c->settimana);
}
