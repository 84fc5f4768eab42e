/* Movements, sums, services at work, closed years. */
#include "mod/bilancio/store_sql.h"

const struct field scrittura_fields[] = {FIELD(scrittura, id),      FIELD(scrittura, anno),
                                         FIELD(scrittura, numero),  FIELD(scrittura, tipo),
                                         FIELD(scrittura, voce),    FIELD(scrittura, fonte),
                                         FIELD(scrittura, padre),   FIELD(scrittura, storna),
                                         FIELD(scrittura, servizi), FIELD(scrittura, giorno),
                                         FIELD(scrittura, atto),    FIELD(scrittura, descrizione),
                                         FIELD(scrittura, importo), FIELD_END};
static const struct field somma_fields[] = {FIELD(voce_somma, voce),
                                            FIELD(voce_somma, impegni),
                                            FIELD(voce_somma, impegni_servizi),
                                            FIELD(voce_somma, liquidazioni),
                                            FIELD(voce_somma, liquidazioni_servizi),
                                            FIELD(voce_somma, mandati),
                                            FIELD(voce_somma, spese),
                                            FIELD(voce_somma, spese_liquidate),
                                            FIELD(voce_somma, quante),
                                            FIELD_END};
static const struct field atti_fields[] = {
    FIELD(cella_atti, voce),      FIELD(cella_atti, fonte),  FIELD(cella_atti, impegnato),
    FIELD(cella_atti, liquidato), FIELD(cella_atti, pagato), FIELD_END};
static const struct field attesa_fields[] = {
    FIELD(attesa, voce),     FIELD(attesa, dal),  FIELD(attesa, al),    FIELD(attesa, quantita),
    FIELD(attesa, divisore), FIELD(attesa, ogni), FIELD(attesa, costo), FIELD_END};
static const struct field consuntivo_fields[] = {
    FIELD(consuntivo_riga, voce),      FIELD(consuntivo_riga, stanziato),
    FIELD(consuntivo_riga, impegnato), FIELD(consuntivo_riga, liquidato),
    FIELD(consuntivo_riga, pagato),    FIELD_END};

/* ---- sums ------------------------------------------------------------------------------- */

bool store_somme(struct cx *cx, int64_t anno, struct day al, struct list *list)
{
    return db_list(cx, &bilancio_sql[SQL_SOMME],
                   DB_ARGS(cx->who->ambito, anno, true, al, (int64_t)VOCI_MAX), somma_fields,
                   sizeof(struct voce_somma), VOCI_MAX, list);
}

bool store_somma(struct cx *cx, int64_t anno, struct id voce, struct day al,
                 struct voce_somma *somma)
{
    bool found;
    if (!db_maybe(cx, &bilancio_sql[SQL_SOMMA], DB_ARGS(cx->who->ambito, anno, true, al, voce),
                  somma_fields, somma, &found))
        return false;
    if (!found)
        *somma = (struct voce_somma){.voce = voce};
    return true;
}

bool voce_stato(struct cx *cx, struct id voce, int64_t anno, struct voce_stato *stato)
{
    struct voce_somma somma;
    struct money stanziato;
    if (!db_int(cx, &bilancio_sql[SQL_STATO], DB_ARGS(cx->who->ambito, anno, voce),
                &stanziato.cents) ||
        !store_somma(cx, anno, voce, DAY_MAX, &somma))
        return false;
    *stato = voce_state(stanziato, &somma);
    return true;
}

/* ---- movements -------------------------------------------------------------------------- */

bool store_scrittura_load(struct cx *cx, struct id id, struct scrittura *m)
{
    return db_one(cx, &bilancio_sql[SQL_SCR_LOAD], DB_ARGS(cx->who->ambito, id), scrittura_fields,
                  m);
}

bool store_scrittura_list(struct cx *cx, int64_t anno, struct id voce, struct list *list)
{
    struct id ambito = cx->who->ambito;
    if (voce.n == 0)
        return db_list(cx, &bilancio_sql[SQL_SCR_LIST],
                       DB_ARGS(ambito, anno, (int64_t)SCRITTURE_MAX), scrittura_fields,
                       sizeof(struct scrittura), SCRITTURE_MAX, list);
    return db_list(cx, &bilancio_sql[SQL_SCR_VOCE],
                   DB_ARGS(ambito, anno, voce, (int64_t)SCRITTURE_MAX), scrittura_fields,
                   sizeof(struct scrittura), SCRITTURE_MAX, list);
}

bool store_scrittura_add(struct cx *cx, struct scrittura *m)
{
    struct id ambito = cx->who->ambito;
    if (!db_int(cx, &bilancio_sql[SQL_SCR_NUMERO], DB_ARGS(ambito, m->anno), &m->numero))
        return false;
    m->id = cx_id(cx);
    return db_do(cx, &bilancio_sql[SQL_SCR_ADD],
                 DB_ARGS(m->id, ambito, m->anno, m->numero, m->tipo, m->voce, m->fonte, m->padre,
                         m->storna, m->servizi, m->giorno, m->atto, m->descrizione, m->importo,
                         cx->now, cx->who->utente),
                 NULL);
}

bool store_scrittura_net(struct cx *cx, struct id id, struct money *net)
{
    return db_int(cx, &bilancio_sql[SQL_SCR_NET], DB_ARGS(cx->who->ambito, id), &net->cents);
}

bool store_scrittura_parts(struct cx *cx, struct id id, struct money *parts)
{
    return db_int(cx, &bilancio_sql[SQL_SCR_PARTS], DB_ARGS(cx->who->ambito, id), &parts->cents);
}

bool store_cella_impegni(struct cx *cx, int64_t anno, struct id voce, struct id fonte,
                         struct money *sum)
{
    return db_int(cx, &bilancio_sql[SQL_SCR_CELLA], DB_ARGS(cx->who->ambito, anno, voce, fonte),
                  &sum->cents);
}

bool store_cella_atti(struct cx *cx, int64_t anno, struct day al, struct list *list)
{
    return db_list(cx, &bilancio_sql[SQL_SCR_FONTI],
                   DB_ARGS(cx->who->ambito, anno, al, (int64_t)CELLE_MAX), atti_fields,
                   sizeof(struct cella_atti), CELLE_MAX, list);
}

/* ---- services at work --------------------------------------------------------------------- */

bool attesa_save(struct cx *cx, const char *causa_tipo, struct id causa,
                 const struct attesa *attesa)
{
    return db_do(cx, &bilancio_sql[SQL_ATTESA_SAVE],
                 DB_ARGS(cx->who->ambito, causa_tipo, causa, attesa->voce, attesa->dal, attesa->al,
                         attesa->quantita, attesa->divisore, attesa->ogni, attesa->costo),
                 NULL);
}

bool attesa_delete(struct cx *cx, const char *causa_tipo, struct id causa)
{
    return db_do(cx, &bilancio_sql[SQL_ATTESA_DELETE], DB_ARGS(cx->who->ambito, causa_tipo, causa),
                 NULL);
}

bool store_attese(struct cx *cx, int64_t anno, struct list *list)
{
    struct day first = day_of((int)anno, 1, 1), last = day_of((int)anno, 12, 31);
    return db_list(cx, &bilancio_sql[SQL_ATTESE],
                   DB_ARGS(cx->who->ambito, last, first, (int64_t)ATTESE_MAX), attesa_fields,
                   sizeof(struct attesa), ATTESE_MAX, list);
}

/* ---- closed years ----------------------------------------------------------------------- */

bool store_consuntivo_add(struct cx *cx, int64_t anno, const struct consuntivo_riga *riga)
{
    return db_do(cx, &bilancio_sql[SQL_CONSUNTIVO_ADD],
                 DB_ARGS(cx->who->ambito, anno, riga->voce, riga->stanziato, riga->impegnato,
                         riga->liquidato, riga->pagato),
                 NULL);
}

bool store_consuntivo(struct cx *cx, int64_t anno, struct list *list)
{
    return db_list(cx, &bilancio_sql[SQL_CONSUNTIVO],
                   DB_ARGS(cx->who->ambito, anno, (int64_t)VOCI_MAX), consuntivo_fields,
                   sizeof(struct consuntivo_riga), VOCI_MAX, list);
}
