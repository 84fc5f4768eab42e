#include "mod/rette/store.h"

#include <string.h>

extern const char rette_model_sql[];
const struct db_schema rette_schema = {"rette", rette_model_sql, NULL};

/* ---- rows ------------------------------------------------------------------------------- */

/* A plan as its table has it. */
struct piano_tabella {
    struct id id;
    struct id ambito;
    int64_t versione;
    const char *servizio;
    const char *variante;
    const char *nome;
    const char *unita;
    const char *atto;
    struct day dal;
    struct day al;
    const char *stato;
    const char *tipo;
    struct money isee_min;
    struct money isee_max;
    struct money retta_min;
    struct money retta_max;
    struct money forfait;
    struct money costo;
    const char *senza;
    struct money importo_senza;
    struct money importo_non_residenti;
    struct rate festivo;
    struct money isee_tetto;
    const char *isee_ammessi;
};

#define F(member) FIELD(piano_tabella, member)
static const struct field piano_fields[] = {
    F(id),        F(ambito),        F(versione),
    F(servizio),  F(variante),      F(nome),
    F(unita),     F(atto),          F(dal),
    F(al),        F(stato),         F(tipo),
    F(isee_min),  F(isee_max),      F(retta_min),
    F(retta_max), F(forfait),       F(costo),
    F(senza),     F(importo_senza), F(importo_non_residenti),
    F(festivo),   F(isee_tetto),    F(isee_ammessi),
    FIELD_END};
#undef F

#define PIANO                                                                                      \
    "id, ambito, versione, servizio, variante, nome, unita, atto, dal, al, stato, tipo, isee_min," \
    " isee_max, retta_min, retta_max, forfait, costo, senza, importo_senza,"                       \
    " importo_non_residenti, festivo, isee_tetto, isee_ammessi"

static const struct field fascia_fields[] = {
    FIELD(fascia, da), FIELD(fascia, a), FIELD(fascia, importo), FIELD(fascia, quota), FIELD_END};

const struct field isee_riga_fields[] = {
    FIELD(isee_riga, id),           FIELD(isee_riga, tipo),
    FIELD(isee_riga, valore),       FIELD(isee_riga, protocollo),
    FIELD(isee_riga, sottoscritta), FIELD(isee_riga, scadenza),
    FIELD(isee_riga, annullata),    FIELD_END};

/* ---- statements ------------------------------------------------------------------------- */

enum {
    SQL_LOAD,
    SQL_AT,
    SQL_BETWEEN,
    SQL_VERSIONS,
    SQL_ADD,
    SQL_CHANGE,
    SQL_ENACT,
    SQL_END,
    SQL_FASCE,
    SQL_FASCE_DROP,
    SQL_FASCIA_ADD,
    SQL_ISEE,
    SQL_ISEE_ADD,
    SQL_ISEE_ANNUL,
    SQL_COUNT
};

static const struct db_sql sql[SQL_COUNT] = {
    [SQL_LOAD] = {"piano_load", "SELECT " PIANO " FROM piano WHERE ambito = $1 AND id = $2"},
    [SQL_AT] = {"piano_at", "SELECT " PIANO " FROM piano WHERE ambito = $1 AND servizio = $2"
                            " AND stato = 'vigente' AND dal <= $3 AND (al IS NULL OR al >= $3)"
                            " ORDER BY variante, dal, id LIMIT $4"},
    [SQL_BETWEEN] = {"piano_between",
                     "SELECT " PIANO " FROM piano WHERE ambito = $1 AND servizio = $2"
                     " AND stato = 'vigente' AND dal <= $4 AND (al IS NULL OR al >= $3)"
                     " ORDER BY variante, dal, id LIMIT $5"},
    [SQL_VERSIONS] = {"piano_versions",
                      "SELECT " PIANO " FROM piano WHERE ambito = $1 AND servizio = $2"
                      " AND variante = $3 AND stato = 'vigente' ORDER BY dal, id LIMIT $4"},
    [SQL_ADD] = {"piano_add",
                 "INSERT INTO piano (" PIANO ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
                 " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"},
    [SQL_CHANGE] = {"piano_change",
                    "UPDATE piano SET versione = $3 + 1, servizio = $4, variante = $5, nome = $6,"
                    " unita = $7, atto = $8, dal = $9, al = $10, stato = $11, tipo = $12,"
                    " isee_min = $13, isee_max = $14, retta_min = $15, retta_max = $16,"
                    " forfait = $17, costo = $18, senza = $19, importo_senza = $20,"
                    " importo_non_residenti = $21, festivo = $22, isee_tetto = $23,"
                    " isee_ammessi = $24"
                    " WHERE id = $1 AND ambito = $2 AND versione = $3 AND stato <> 'vigente'"},
    [SQL_ENACT] = {"piano_enact",
                   "UPDATE piano SET stato = 'vigente', versione = versione + 1 WHERE ambito = $1"
                   " AND id = $2 AND versione = $3 AND stato = 'verificato'"},
    [SQL_END] = {"piano_end",
                 "UPDATE piano SET al = $3 WHERE ambito = $1 AND id = $2 AND stato = 'vigente'"},
    [SQL_FASCE] = {"fascia_list",
                   "SELECT da, a, importo, quota FROM fascia WHERE ambito = $1 AND piano = $2"
                   " ORDER BY numero LIMIT $3"},
    [SQL_FASCE_DROP] = {"fascia_drop", "DELETE FROM fascia WHERE ambito = $1 AND piano = $2"},
    [SQL_FASCIA_ADD] = {"fascia_add",
                        "INSERT INTO fascia (ambito, piano, numero, da, a, importo, quota)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    [SQL_ISEE] = {"isee_list",
                  "SELECT id, tipo, valore, protocollo, sottoscritta, scadenza, annullata"
                  " FROM isee WHERE ambito = $1 AND persona = $2"
                  " ORDER BY sottoscritta DESC, id DESC LIMIT $3"},
    [SQL_ISEE_ADD] = {"isee_add", "INSERT INTO isee (id, ambito, persona, tipo, valore, protocollo,"
                                  " sottoscritta, scadenza, creato, creato_da)"
                                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
                                  " ON CONFLICT (ambito, persona, tipo, protocollo) DO NOTHING"},
    [SQL_ISEE_ANNUL] = {"isee_annul",
                        "UPDATE isee SET annullata = $4 WHERE ambito = $1 AND persona = $2"
                        " AND id = $3 AND annullata IS NULL"},
};

const struct db_registry rette_registry = {"rette", sql, SQL_COUNT};

/* ---- names ------------------------------------------------------------------------------ */

static const char *const stato_names[PIANO_STATI] = {"bozza", "verificato", "vigente"};
static const char *const stato_titles[PIANO_STATI] = {"bozza", "verificato", "in vigore"};
static const char *const senza_names[PIANO_SENZE] = {"massima", "importo"};

const char *piano_stato_name(enum piano_stato stato)
{
    return stato < PIANO_STATI ? stato_names[stato] : "";
}

const char *piano_stato_title(enum piano_stato stato)
{
    return stato < PIANO_STATI ? stato_titles[stato] : "";
}

static size_t name_at(const char *const *names, size_t count, const char *name)
{
    size_t at = 0;
    while (at + 1 < count && strcmp(names[at], name) != 0)
        at++;
    return at;
}

enum piano_stato piano_stato_parse(const char *name)
{
    return (enum piano_stato)name_at(stato_names, PIANO_STATI, name);
}

/* ---- plans ------------------------------------------------------------------------------ */

static void piano_of_tabella(const struct piano_tabella *riga, struct piano *piano)
{
    *piano = (struct piano){
        .id = riga->id,
        .servizio = riga->servizio,
        .variante = riga->variante,
        .nome = riga->nome,
        .unita = riga->unita,
        .atto = riga->atto,
        .validita = {riga->dal, day_known(riga->al) ? day_add(riga->al, 1) : DAY_MAX},
        .tipo = piano_tipo_parse(riga->tipo),
        .isee_min = riga->isee_min,
        .isee_max = riga->isee_max,
        .retta_min = riga->retta_min,
        .retta_max = riga->retta_max,
        .forfait = riga->forfait,
        .costo = riga->costo,
        .senza = (enum piano_senza)name_at(senza_names, PIANO_SENZE, riga->senza),
        .importo_senza = riga->importo_senza,
        .importo_non_residenti = riga->importo_non_residenti,
        .festivo = riga->festivo,
        .isee_tetto = riga->isee_tetto,
    };
    /* an empty list of kinds is a draft's fault, which piano_check names */
    if (!isee_tipi_parse(riga->isee_ammessi, &piano->isee_ammessi))
        piano->isee_ammessi = 0;
}

static void piano_to_tabella(struct cx *cx, const struct piano_salvato *salvato,
                             struct piano_tabella *riga)
{
    const struct piano *piano = &salvato->piano;
    bool open = day_cmp(piano->validita.to, DAY_MAX) >= 0;
    *riga = (struct piano_tabella){
        .id = piano->id,
        .ambito = cx->who->ambito,
        .versione = salvato->versione,
        .servizio = piano->servizio,
        .variante = piano->variante,
        .nome = piano->nome,
        .unita = piano->unita,
        .atto = piano->atto,
        .dal = piano->validita.from,
        .al = open ? DAY_NONE : day_add(piano->validita.to, -1),
        .stato = piano_stato_name(salvato->stato),
        .tipo = piano_tipo_name(piano->tipo),
        .isee_min = piano->isee_min,
        .isee_max = piano->isee_max,
        .retta_min = piano->retta_min,
        .retta_max = piano->retta_max,
        .forfait = piano->forfait,
        .costo = piano->costo,
        .senza = senza_names[piano->senza < PIANO_SENZE ? piano->senza : 0],
        .importo_senza = piano->importo_senza,
        .importo_non_residenti = piano->importo_non_residenti,
        .festivo = piano->festivo,
        .isee_tetto = piano->isee_tetto,
        .isee_ammessi = isee_tipi_names(cx->arena, piano->isee_ammessi),
    };
}

static bool load_fasce(struct cx *cx, struct piano *piano)
{
    struct list list;
    if (!db_list(cx, &sql[SQL_FASCE], DB_ARGS(cx->who->ambito, piano->id, (int64_t)FASCE_MAX),
                 fascia_fields, sizeof(struct fascia), FASCE_MAX, &list))
        return false;
    piano->fasce = list.items;
    piano->fasce_count = list.count;
    return true;
}

static bool load_plans(struct cx *cx, const struct db_sql *statement, struct db_args args,
                       struct piano **piani, size_t *count)
{
    struct list list;
    if (!db_list(cx, statement, args, piano_fields, sizeof(struct piano_tabella), PIANI_MAX, &list))
        return false;
    *piani = ARENA_NEWS(cx->arena, struct piano, list.count);
    *count = 0;
    LIST_EACH (&list, struct piano_tabella, riga) {
        struct piano *piano = &(*piani)[(*count)++];
        piano_of_tabella(riga, piano);
        if (!load_fasce(cx, piano))
            return false;
    }
    return true;
}

bool store_piano_load(struct cx *cx, struct id id, struct piano_salvato *out)
{
    struct piano_tabella riga;
    if (!db_one(cx, &sql[SQL_LOAD], DB_ARGS(cx->who->ambito, id), piano_fields, &riga))
        return false;
    piano_of_tabella(&riga, &out->piano);
    out->stato = piano_stato_parse(riga.stato);
    out->versione = riga.versione;
    return load_fasce(cx, &out->piano);
}

bool store_piano_at(struct cx *cx, const char *servizio, struct day giorno, struct piano **piani,
                    size_t *count)
{
    return load_plans(cx, &sql[SQL_AT],
                      DB_ARGS(cx->who->ambito, servizio, giorno, (int64_t)PIANI_MAX), piani, count);
}

bool store_piano_between(struct cx *cx, const char *servizio, struct day dal, struct day al,
                         struct piano **piani, size_t *count)
{
    return load_plans(cx, &sql[SQL_BETWEEN],
                      DB_ARGS(cx->who->ambito, servizio, dal, al, (int64_t)PIANI_MAX), piani,
                      count);
}

bool store_piano_versions(struct cx *cx, const char *servizio, const char *variante,
                          struct piano **piani, size_t *count)
{
    return load_plans(cx, &sql[SQL_VERSIONS],
                      DB_ARGS(cx->who->ambito, servizio, variante, (int64_t)PIANI_MAX), piani,
                      count);
}

static bool put_fasce(struct cx *cx, const struct piano *piano)
{
    struct id ambito = cx->who->ambito;
    if (!db_do(cx, &sql[SQL_FASCE_DROP], DB_ARGS(ambito, piano->id), NULL))
        return false;
    for (size_t i = 0; i < piano->fasce_count && i < FASCE_MAX; i++) {
        const struct fascia *fascia = &piano->fasce[i];
        if (!db_do(cx, &sql[SQL_FASCIA_ADD],
                   DB_ARGS(ambito, piano->id, (int64_t)i + 1, fascia->da, fascia->a,
                           fascia->importo, fascia->quota),
                   NULL))
            return false;
    }
    return true;
}

bool store_piano_put(struct cx *cx, struct piano_salvato *salvato)
{
    struct piano_tabella riga;
    bool fresh = salvato->piano.id.n == 0;
    if (fresh) {
        salvato->piano.id = cx_id(cx);
        salvato->versione = 1;
    }
    piano_to_tabella(cx, salvato, &riga);
    int64_t changed = 0;
    if (!db_do(cx, &sql[fresh ? SQL_ADD : SQL_CHANGE], db_args_of(cx, piano_fields, &riga),
               &changed))
        return false;
    if (changed != 1)
        return FAIL(cx, ERR_CONFLICT, "il piano è cambiato nel frattempo, o è già in vigore");
    salvato->versione += fresh ? 0 : 1;
    return put_fasce(cx, &salvato->piano);
}

bool store_piano_enact(struct cx *cx, struct id id, int64_t versione)
{
    int64_t changed = 0;
    if (!db_do(cx, &sql[SQL_ENACT], DB_ARGS(cx->who->ambito, id, versione), &changed))
        return false;
    return changed == 1 ||
           FAIL(cx, ERR_CONFLICT, "il piano è cambiato nel frattempo, o non è verificato");
}

bool store_piano_end(struct cx *cx, struct id id, struct day last)
{
    return db_do(cx, &sql[SQL_END], DB_ARGS(cx->who->ambito, id, last), NULL);
}

/* ---- attestations ----------------------------------------------------------------------- */

bool store_isee_rows(struct cx *cx, struct id persona, struct list *rows)
{
    return db_list(cx, &sql[SQL_ISEE], DB_ARGS(cx->who->ambito, persona, (int64_t)ISEE_MAX),
                   isee_riga_fields, sizeof(struct isee_riga), ISEE_MAX, rows);
}

bool store_isee_list(struct cx *cx, struct id persona, struct isee **list, size_t *count)
{
    struct list rows;
    *count = 0;
    if (!store_isee_rows(cx, persona, &rows))
        return false;
    *list = ARENA_NEWS(cx->arena, struct isee, rows.count);
    LIST_EACH (&rows, struct isee_riga, riga)
        if (!day_known(riga->annullata))
            (*list)[(*count)++] = (struct isee){
                .id = riga->id,
                .persona = persona,
                .tipo = isee_tipo_parse(riga->tipo),
                .valore = riga->valore,
                .protocollo = riga->protocollo,
                .sottoscritta = riga->sottoscritta,
                .scadenza = riga->scadenza,
            };
    return true;
}

bool store_isee_add(struct cx *cx, struct isee *isee, bool *clash)
{
    int64_t added = 0;
    isee->id = cx_id(cx);
    if (!db_do(cx, &sql[SQL_ISEE_ADD],
               DB_ARGS(isee->id, cx->who->ambito, isee->persona, isee_tipo_name(isee->tipo),
                       isee->valore, isee->protocollo, isee->sottoscritta, isee->scadenza, cx->now,
                       cx->who->utente),
               &added))
        return false;
    *clash = added == 0;
    return true;
}

bool store_isee_annul(struct cx *cx, struct id persona, struct id isee, struct day day)
{
    int64_t changed = 0;
    if (!db_do(cx, &sql[SQL_ISEE_ANNUL], DB_ARGS(cx->who->ambito, persona, isee, day), &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_NOT_FOUND, "nessuna attestazione da annullare");
}
