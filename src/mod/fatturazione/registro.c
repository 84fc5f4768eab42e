/* What is recorded besides: calendars and closures, absences, periods, payers. */
#include "mod/enti/enti.h"
#include "mod/fatturazione/store.h"
#include "mod/persone/persone.h"
#include "mod/prestazioni/prestazioni.h"

#include <string.h>

enum { REGISTRATI_MAX = 2000, CHIUSURE_MAX = 4000 };

const struct field assenza_fields[] = {FIELD(assenza, id),         FIELD(assenza, prestazione),
                                       FIELD(assenza, dal),        FIELD(assenza, al),
                                       FIELD(assenza, annunciata), FIELD(assenza, annullata),
                                       FIELD(assenza, motivo),     FIELD_END};
#define P(member) FIELD(periodo_salvato, member)
const struct field periodo_fields[] = {P(id), P(prestazione), P(nome),      P(dal),
                                       P(al), P(proroga),     P(annullato), FIELD_END};
#undef P
const struct field chiusura_fields[] = {FIELD(chiusura, giorno), FIELD(chiusura, motivo),
                                        FIELD_END};
#define G(member) FIELD(pagante, member)
const struct field pagante_fields[] = {G(id),    G(persona), G(chi_persona), G(chi_ente),
                                       G(quota), G(dal),     G(al),          FIELD_END};
#undef G

enum {
    SQL_SETTIMANA,
    SQL_SETTIMANA_PUT,
    SQL_CHIUSURE,
    SQL_CHIUSURA_ADD,
    SQL_CHIUSURA_DROP,
    SQL_ASSENZE,
    SQL_ASSENZA_ADD,
    SQL_ASSENZA_ANNUL,
    SQL_PERIODI,
    SQL_PERIODO_ADD,
    SQL_PERIODO_ANNUL,
    SQL_PAGANTI,
    SQL_PAGANTE_ADD,
    SQL_PAGANTE_END,
    STATEMENTS
};
static const struct db_sql sql[STATEMENTS] = {
    [SQL_SETTIMANA] = {"settimana_at",
                       "SELECT giorni FROM settimana WHERE ambito = $1 AND servizio = $2"},
    [SQL_SETTIMANA_PUT] = {"settimana_put",
                           "INSERT INTO settimana (servizio, ambito, giorni) VALUES ($2, $1,"
                           " $3) ON CONFLICT (servizio) DO UPDATE SET giorni = excluded.giorni"},
    [SQL_CHIUSURE] = {"chiusura_list",
                      "SELECT giorno, motivo FROM chiusura WHERE ambito = $1 AND servizio = $2 AND"
                      " giorno BETWEEN $3 AND $4 ORDER BY giorno LIMIT $5"},
    [SQL_CHIUSURA_ADD] = {"chiusura_add",
                          "INSERT INTO chiusura (servizio, giorno, ambito, motivo, chi, quando)"
                          " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (servizio, giorno) DO"
                          " UPDATE SET motivo = excluded.motivo"},
    [SQL_CHIUSURA_DROP] = {"chiusura_drop", "DELETE FROM chiusura WHERE ambito = $1 AND servizio ="
                                            " $2 AND giorno = $3"},
    [SQL_ASSENZE] = {"assenza_list",
                     "SELECT id, prestazione, dal, al, annunciata, annullata, motivo FROM assenza"
                     " WHERE ambito = $1 AND prestazione = $2 ORDER BY dal DESC, id DESC LIMIT $3"},
    [SQL_ASSENZA_ADD] = {"assenza_add",
                         "INSERT INTO assenza (id, ambito, prestazione, dal, al, annunciata,"
                         " motivo, chi, quando) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [SQL_ASSENZA_ANNUL] = {"assenza_annul",
                           "UPDATE assenza SET annullata = $4 WHERE ambito = $1 AND prestazione ="
                           " $2 AND id = $3 AND annullata IS NULL"},
    [SQL_PERIODI] = {"periodo_list",
                     "SELECT id, prestazione, nome, dal, al, proroga, annullato FROM periodo WHERE"
                     " ambito = $1 AND prestazione = $2 ORDER BY dal DESC, id DESC LIMIT $3"},
    [SQL_PERIODO_ADD] = {"periodo_add",
                         "INSERT INTO periodo (id, ambito, prestazione, nome, dal, al, proroga,"
                         " chi, quando) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [SQL_PERIODO_ANNUL] = {"periodo_annul",
                           "UPDATE periodo SET annullato = $4 WHERE ambito = $1 AND prestazione ="
                           " $2 AND id = $3 AND annullato IS NULL"},
    [SQL_PAGANTI] = {"pagante_list",
                     "SELECT id, persona, chi_persona, chi_ente, quota, dal, al FROM pagante WHERE"
                     " ambito = $1 AND persona = $2 ORDER BY dal DESC, id DESC LIMIT $3"},
    [SQL_PAGANTE_ADD] = {"pagante_add",
                         "INSERT INTO pagante (id, ambito, persona, chi_persona, chi_ente, quota,"
                         " dal, al) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    [SQL_PAGANTE_END] = {"pagante_end", "UPDATE pagante SET al = $4 WHERE ambito = $1 AND persona ="
                                        " $2 AND id = $3"},
};
const struct db_registry registro_registry = {"fatturazione/registro", sql, STATEMENTS};

/* ---- calendars ----------------------------------------------------------------------------- */

bool calendario_at(struct cx *cx, struct id servizio, unsigned *settimana)
{
    static const struct field fields[] = {{"giorni", FIELD_INT, 0}, FIELD_END};
    int64_t bits = SETTIMANA_LUN_VEN;
    bool found;
    if (!db_maybe(cx, &sql[SQL_SETTIMANA], DB_ARGS(cx->who->ambito, servizio), fields, &bits,
                  &found))
        return false;
    *settimana = found ? (unsigned)bits : SETTIMANA_LUN_VEN;
    return true;
}

bool calendario_save(struct cx *cx, struct id servizio, unsigned settimana)
{
    return db_do(cx, &sql[SQL_SETTIMANA_PUT],
                 DB_ARGS(cx->who->ambito, servizio, (int64_t)settimana), NULL);
}

bool chiusura_list(struct cx *cx, struct id servizio, struct day dal, struct day al,
                   struct list *list)
{
    return db_list(cx, &sql[SQL_CHIUSURE],
                   DB_ARGS(cx->who->ambito, servizio, dal, al, (int64_t)CHIUSURE_MAX),
                   chiusura_fields, sizeof(struct chiusura), CHIUSURE_MAX, list);
}

bool chiusura_record(struct cx *cx, struct id servizio, const struct chiusura *chiusura)
{
    return db_do(cx, &sql[SQL_CHIUSURA_ADD],
                 DB_ARGS(servizio, chiusura->giorno, cx->who->ambito, chiusura->motivo,
                         cx->who->utente, cx->now),
                 NULL);
}

bool chiusura_remove(struct cx *cx, struct id servizio, struct day giorno)
{
    int64_t gone;
    if (!db_do(cx, &sql[SQL_CHIUSURA_DROP], DB_ARGS(cx->who->ambito, servizio, giorno), &gone))
        return false;
    return gone == 1 || FAIL(cx, ERR_NOT_FOUND, "nessuna chiusura quel giorno");
}

/* ---- absences and periods ------------------------------------------------------------------ */

bool assenza_list(struct cx *cx, struct id prestazione, struct list *list)
{
    return db_list(cx, &sql[SQL_ASSENZE],
                   DB_ARGS(cx->who->ambito, prestazione, (int64_t)REGISTRATI_MAX), assenza_fields,
                   sizeof(struct assenza), REGISTRATI_MAX, list);
}

static const char *absence_fault(const struct assenza *a, const struct prestazione *p,
                                 const struct list *others, const char **campo)
{
    *campo = "dal";
    if (!day_known(a->dal))
        return "serve il primo giorno";
    if (day_cmp(a->dal, p->dal) < 0 || (day_known(p->al) && day_cmp(a->dal, p->al) > 0))
        return "il servizio quel giorno non c’è";
    LIST_EACH (others, const struct assenza, o)
        if (!day_known(o->annullata) && day_cmp(o->dal, a->al) <= 0 && day_cmp(a->dal, o->al) <= 0)
            return "c’è già un’assenza negli stessi giorni";
    *campo = "al";
    if (!day_known(a->al) || day_cmp(a->al, a->dal) < 0)
        return "l’ultimo giorno viene dopo il primo";
    if (a->al.n - a->dal.n > 366)
        return "più di un anno: il servizio va chiuso o sospeso";
    *campo = "annunciata";
    if (day_known(a->annunciata) && day_cmp(a->annunciata, a->al) > 0)
        return "è dopo l’assenza";
    return NULL;
}

bool assenza_record(struct cx *cx, struct assenza *a, struct fatturazione_fault *fault)
{
    struct prestazione p;
    struct list others;
    if (!day_known(a->al))
        a->al = a->dal;
    if (!prestazione_load(cx, a->prestazione, &p) || !assenza_list(cx, a->prestazione, &others))
        return false;
    fault->testo = absence_fault(a, &p, &others, &fault->campo);
    if (fault->testo != NULL)
        return true;
    a->id = cx_id(cx);
    return db_do(cx, &sql[SQL_ASSENZA_ADD],
                 DB_ARGS(a->id, cx->who->ambito, a->prestazione, a->dal, a->al, a->annunciata,
                         a->motivo, cx->who->utente, cx->now),
                 NULL);
}

bool assenza_annul(struct cx *cx, struct id prestazione, struct id assenza)
{
    int64_t changed;
    if (!db_do(cx, &sql[SQL_ASSENZA_ANNUL],
               DB_ARGS(cx->who->ambito, prestazione, assenza, cx->today), &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_NOT_FOUND, "nessuna assenza da annullare");
}

bool periodo_list(struct cx *cx, struct id prestazione, struct list *list)
{
    return db_list(cx, &sql[SQL_PERIODI],
                   DB_ARGS(cx->who->ambito, prestazione, (int64_t)REGISTRATI_MAX), periodo_fields,
                   sizeof(struct periodo_salvato), REGISTRATI_MAX, list);
}

/* Rules of periods of a service on a day. */
static bool period_rules(struct cx *cx, const struct prestazione *p, struct day day,
                         struct list *rules)
{
    struct servizio servizio;
    return servizio_load(cx, p->servizio, &servizio) &&
           regola_list(cx, servizio.codice, day, rules);
}

static bool of_variant(const struct regola *r, const struct prestazione *p)
{
    return r->tipo == REGOLA_PERIODO &&
           (r->variante == NULL || strcmp(r->variante, p->variante) == 0);
}

bool periodo_nomi(struct cx *cx, struct id prestazione, struct list *list)
{
    struct prestazione p;
    struct list rules;
    if (!prestazione_load(cx, prestazione, &p) || !period_rules(cx, &p, cx->today, &rules))
        return false;
    const char **items = ARENA_NEWS(cx->arena, const char *, rules.count + 1);
    size_t count = 0;
    LIST_EACH (&rules, const struct regola, r)
        if (of_variant(r, &p))
            items[count++] = r->nome;
    items[count++] = PERIODO_FUORI;
    *list = (struct list){items, count, sizeof *items, false};
    return true;
}

bool periodo_record(struct cx *cx, struct periodo_salvato *s, struct fatturazione_fault *fault)
{
    struct prestazione p;
    struct list rules, others;
    const struct regola *rule = NULL;
    const struct periodo periodo = {s->nome, s->dal, s->al, s->proroga};
    if (!prestazione_load(cx, s->prestazione, &p) ||
        !period_rules(cx, &p, day_known(s->dal) ? s->dal : cx->today, &rules) ||
        !periodo_list(cx, s->prestazione, &others))
        return false;
    LIST_EACH (&rules, const struct regola, r)
        if (of_variant(r, &p) && strcmp(r->nome, s->nome) == 0)
            rule = r;
    fault->testo = periodo_check(cx->arena, &periodo, rule, &fault->campo);
    LIST_EACH (&others, const struct periodo_salvato, o) {
        const struct periodo other = {o->nome, o->dal, o->al, o->proroga};
        if (fault->testo == NULL && !day_known(o->annullato) && strcmp(o->nome, s->nome) == 0 &&
            day_cmp(o->dal, periodo_end(&periodo)) <= 0 &&
            day_cmp(s->dal, periodo_end(&other)) <= 0)
            *fault = (struct fatturazione_fault){"dal", "c’è già un periodo uguale in quei giorni"};
    }
    if (fault->testo != NULL)
        return true;
    s->id = cx_id(cx);
    return db_do(cx, &sql[SQL_PERIODO_ADD],
                 DB_ARGS(s->id, cx->who->ambito, s->prestazione, s->nome, s->dal, s->al, s->proroga,
                         cx->who->utente, cx->now),
                 NULL);
}

bool periodo_annul(struct cx *cx, struct id prestazione, struct id periodo)
{
    int64_t changed;
    if (!db_do(cx, &sql[SQL_PERIODO_ANNUL],
               DB_ARGS(cx->who->ambito, prestazione, periodo, cx->today), &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_NOT_FOUND, "nessun periodo da annullare");
}

/* ---- payers -------------------------------------------------------------------------------- */

bool pagante_list(struct cx *cx, struct id persona, struct list *list)
{
    return db_list(cx, &sql[SQL_PAGANTI],
                   DB_ARGS(cx->who->ambito, persona, (int64_t)REGISTRATI_MAX), pagante_fields,
                   sizeof(struct pagante), REGISTRATI_MAX, list);
}

static const char *payer_fault(const struct pagante *n, const struct list *others,
                               const char **campo)
{
    struct rate sum = n->quota;
    size_t count = 0;
    struct day end = day_known(n->al) ? n->al : DAY_MAX;
    *campo = "quota";
    if (!rate_ok(n->quota) || n->quota.num <= 0 || rate_cmp(n->quota, RATE_ONE) > 0)
        return "va da più di zero al 100 %";
    *campo = "dal";
    if (!day_known(n->dal) || day_cmp(end, n->dal) < 0)
        return "serve il primo giorno, non dopo l’ultimo";
    *campo = "chi";
    if (n->chi_persona.n == n->persona.n)
        return "la persona paga già da sé quello che resta";
    LIST_EACH (others, const struct pagante, o) {
        bool shares =
            day_cmp(o->dal, end) <= 0 && (!day_known(o->al) || day_cmp(n->dal, o->al) <= 0);
        if (!shares)
            continue;
        if (o->chi_persona.n == n->chi_persona.n && o->chi_ente.n == n->chi_ente.n)
            return "paga già in quei giorni";
        sum = rate_add(sum, o->quota);
        count++;
    }
    *campo = "quota";
    if (!rate_ok(sum) || rate_cmp(sum, RATE_ONE) > 0)
        return "con gli altri paganti supera il 100 %";
    return count >= PAGANTI_MAX ? "ci sono già troppi paganti" : NULL;
}

bool pagante_record(struct cx *cx, struct pagante *n, struct fatturazione_fault *fault)
{
    struct list others;
    if (!pagante_list(cx, n->persona, &others))
        return false;
    fault->testo = payer_fault(n, &others, &fault->campo);
    if (fault->testo != NULL)
        return true;
    n->id = cx_id(cx);
    return db_do(cx, &sql[SQL_PAGANTE_ADD],
                 DB_ARGS(n->id, cx->who->ambito, n->persona, n->chi_persona, n->chi_ente, n->quota,
                         n->dal, n->al),
                 NULL);
}

bool pagante_end(struct cx *cx, struct id persona, struct id pagante, struct day al)
{
    int64_t changed;
    if (!db_do(cx, &sql[SQL_PAGANTE_END], DB_ARGS(cx->who->ambito, persona, pagante, al), &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_NOT_FOUND, "nessun pagante");
}
