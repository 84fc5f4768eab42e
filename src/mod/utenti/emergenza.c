#include "mod/utenti/emergenza.h"

#include "base/text.h"
#include "kit/sys/vault.h"
#include "mod/utenti/statements.h"
#include "mod/utenti/store.h"

#include <string.h>

/* What was written about the person stands sealed beside the rest, and is in no list. */
struct emergenza_chiusa {
    struct emergenza e;
    struct bytes testo, nota;
};
#define F(tag, member, name) FIELD_AS(tag, member name, #name)
#define OPEN_FIELDS(tag, member)                                                                   \
    F(tag, member, id), F(tag, member, utente), F(tag, member, intestazione),                      \
        F(tag, member, oggetto_tipo), F(tag, member, oggetto), F(tag, member, ente),               \
        F(tag, member, motivo), F(tag, member, inizio), F(tag, member, fine),                      \
        F(tag, member, chiusa), F(tag, member, esito), F(tag, member, riesaminata)
const struct field emergenza_fields[] = {OPEN_FIELDS(emergenza, ), FIELD_END};
static const struct field sealed_fields[] = {OPEN_FIELDS(emergenza_chiusa, e.),
                                             FIELD(emergenza_chiusa, testo),
                                             FIELD(emergenza_chiusa, nota), FIELD_END};
#undef F

const struct web_choice emergenza_motivi[] = {
    {"pericolo", "Pericolo per la persona o per altri"},
    {"assenza", "Il responsabile manca e non si può aspettare"},
    {"autorita", "Richiesta dell’autorità giudiziaria o delle forze dell’ordine"},
    {"altro", "Altro"},
    {NULL, NULL}};
const struct web_choice emergenza_esiti[] = {{"giustificato", "Giustificato"},
                                             {"non_giustificato", "Non giustificato"},
                                             {"da_chiarire", "Da chiarire con chi lo ha chiesto"},
                                             {NULL, NULL}};

static bool refuse(struct utente_rifiuto *rifiuto, const char *campo, const char *testo)
{
    *rifiuto = (struct utente_rifiuto){campo, testo};
    return true;
}

static bool is_choice(const struct web_choice *choices, const char *value)
{
    for (; choices->value != NULL; choices++)
        if (value != NULL && strcmp(choices->value, value) == 0)
            return true;
    return false;
}

const char *emergenza_href(struct cx *cx, const char *oggetto_tipo, struct id oggetto)
{
    static const char *const pages[][2] = {{"cartella", "/cartelle"}, {"persona", "/persone"}};
    char id[ID_TEXT];
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (oggetto_tipo != NULL && oggetto.n != 0 && strcmp(pages[i][0], oggetto_tipo) == 0)
            return arena_printf(cx->arena, "%s/%s", pages[i][1], id_text(oggetto, id));
    return NULL;
}

static struct vault_place place_of(struct cx *cx, const char *column, struct id id)
{
    return (struct vault_place){"emergenza", column, id, cx->who->ambito};
}

static bool seal(struct cx *cx, const char *column, struct id id, const char *text,
                 struct bytes *sealed)
{
    struct vault_place place = place_of(cx, column, id);
    *sealed = (struct bytes){0};
    return text == NULL || vault_seal_text(cx, NULL, &place, text, sealed);
}

static bool unseal(struct cx *cx, const char *column, struct id id, struct bytes sealed,
                   const char **text)
{
    struct vault_place place = place_of(cx, column, id);
    *text = NULL;
    return sealed.data == NULL || vault_unseal_text(cx, NULL, &place, sealed, text);
}

/* ---- opening ---------------------------------------------------------------------------- */

static bool request_refused(struct cx *cx, const struct emergenza_chiesta *asked,
                            struct utente_rifiuto *rifiuto, bool *refused)
{
    enum authz_relation relation;
    *refused = true;
    if (emergenza_href(cx, asked->oggetto_tipo, asked->oggetto) == NULL)
        return refuse(rifiuto, NULL, "Apri l’accesso dalla pagina della persona o della cartella.");
    if (!is_choice(emergenza_motivi, asked->motivo))
        return refuse(rifiuto, "motivo", "Scegli un motivo.");
    if (asked->testo == NULL || text_length(asked->testo) < EMERGENZA_REASON_LEAST)
        return refuse(rifiuto, "testo",
                      "Spiega in almeno 40 caratteri: chi riesamina deve poter capire.");
    if (!utente_relation(cx, asked->oggetto_tipo, asked->oggetto, &relation))
        return false;
    if (relation == RELAZIONE_CONFLITTO)
        return refuse(rifiuto, NULL,
                      "Hai un conflitto di interessi dichiarato: rivolgiti al coordinatore.");
    *refused = false;
    return true;
}

static bool tell_list(struct cx *cx, const struct list *people, const char *href, const char *did)
{
    LIST_EACH (people, struct utente_scelta, person)
        if (person->id.n != cx->who->utente.n &&
            !avviso_save(cx, person->id, arena_printf(cx->arena, "%s %s", cx->who->nome, did),
                         href))
            return false;
    return true;
}

static bool tell(struct cx *cx, struct id id, struct id oggetto, struct id ente)
{
    struct list responsible, reviewers;
    char text[ID_TEXT];
    const char *href = arena_printf(cx->arena, "/emergenze/%s", id_text(id, text));
    if (!relazione_holders(cx, oggetto, authz_relation_name(RELAZIONE_RESPONSABILE),
                           &responsible) ||
        !utente_coordinators(cx, ente, &reviewers))
        return false;
    if (reviewers.count == 0 && !utente_of_role(cx, authz_role_name(RUOLO_REVISORE), &reviewers))
        return false;
    return tell_list(cx, &responsible, href,
                     "ha aperto in emergenza una cartella di cui sei responsabile.") &&
           tell_list(cx, &reviewers, href,
                     "ha aperto una cartella in emergenza: l’accesso va riesaminato.");
}

bool emergenza_open(struct cx *cx, const struct emergenza_chiesta *asked, struct id *id,
                    struct utente_rifiuto *rifiuto)
{
    bool refused;
    int64_t open;
    struct bytes sealed;
    struct id ente = asked->ente.n != 0 ? asked->ente : cx->who->ambito;
    *id = ID_NONE;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!request_refused(cx, asked, rifiuto, &refused))
        return false;
    if (refused)
        return true;
    if (!db_int(cx, &utenti_sql[SQL_EMERGENZA_OPEN],
                DB_ARGS(cx->who->ambito, asked->oggetto, cx->who->utente, cx->now), &open))
        return false;
    if (open > 0)
        return true;
    *id = cx_id(cx);
    struct instant end = {cx->now.us + INT64_C(60000000) * EMERGENZA_MINUTES};
    return seal(cx, "testo", *id, asked->testo, &sealed) &&
           db_do(cx, &utenti_sql[SQL_EMERGENZA_INSERT],
                 DB_ARGS(*id, cx->who->ambito, cx->who->utente, asked->oggetto_tipo, asked->oggetto,
                         ente, asked->motivo, sealed, cx->now, end),
                 NULL) &&
           tell(cx, *id, asked->oggetto, ente);
}

/* ---- afterwards ------------------------------------------------------------------------- */

bool emergenza_coordina(struct cx *cx, struct id ente, bool *yes)
{
    enum authz_relation relation;
    *yes = false;
    if (cx->who->ruolo != RUOLO_COORDINATORE)
        return true;
    if (!utente_relation_ente(cx, ente, &relation))
        return false;
    *yes = relation == RELAZIONE_COORDINA || cx->who->ente.n == cx->who->ambito.n;
    return true;
}

bool emergenza_load(struct cx *cx, struct id id, struct emergenza *emergenza)
{
    struct emergenza_chiusa row;
    if (!db_one(cx, &utenti_sql[SQL_EMERGENZA_LOAD], DB_ARGS(cx->who->ambito, id), sealed_fields,
                &row))
        return false;
    *emergenza = row.e;
    return unseal(cx, "testo", id, row.testo, &emergenza->testo) &&
           unseal(cx, "nota", id, row.nota, &emergenza->nota);
}

bool emergenza_close(struct cx *cx, struct id id)
{
    struct emergenza emergenza;
    if (!emergenza_load(cx, id, &emergenza))
        return false;
    if (emergenza.utente.n != cx->who->utente.n)
        return FAIL(cx, ERR_NOT_FOUND, "emergenza di un altro");
    return db_do(cx, &utenti_sql[SQL_EMERGENZA_CLOSE], DB_ARGS(cx->who->ambito, id, cx->now), NULL);
}

bool emergenza_review(struct cx *cx, struct id id, const char *esito, const char *nota,
                      struct utente_rifiuto *rifiuto)
{
    struct emergenza emergenza;
    struct bytes sealed;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!emergenza_load(cx, id, &emergenza))
        return false;
    if (!is_choice(emergenza_esiti, esito))
        return refuse(rifiuto, "esito", "Scegli un esito.");
    if (emergenza.utente.n == cx->who->utente.n)
        return refuse(rifiuto, NULL, "Non puoi riesaminare un tuo accesso.");
    if (emergenza.riesaminata.us != 0)
        return refuse(rifiuto, NULL, "È già stato riesaminato.");
    return seal(cx, "nota", id, nota, &sealed) &&
           db_do(cx, &utenti_sql[SQL_EMERGENZA_REVIEW],
                 DB_ARGS(cx->who->ambito, id, esito, sealed, cx->now, cx->who->utente), NULL) &&
           avviso_save(cx, emergenza.utente, "Un tuo accesso d’emergenza è stato riesaminato.",
                       NULL);
}

bool emergenza_list(struct cx *cx, const struct emergenza_filtro *filtro,
                    const struct emergenza_chiave *after, size_t limit, struct list *list)
{
    struct db_query q;
    db_query_start(
        &q, cx, "emergenza_list",
        "SELECT e.id AS id, e.utente AS utente, u.intestazione AS intestazione, "
        "e.oggetto_tipo AS oggetto_tipo, e.oggetto AS oggetto, e.ente AS ente, e.motivo AS motivo, "
        "e.inizio AS inizio, e.fine AS fine, e.chiusa AS chiusa, e.esito AS esito, "
        "e.riesaminata AS riesaminata FROM emergenza e "
        "JOIN utente u ON u.id = e.utente WHERE e.ambito = $1",
        DB_ARGS(cx->who->ambito));
    if (cx->who->ruolo != RUOLO_REVISORE)
        db_query_add(&q,
                     " AND (e.ente = $2 OR $2 = $1 OR " HA_RELAZIONE("$1", "e.ente", "$3", "$4",
                                                                     "'coordina'") ")",
                     DB_ARGS(cx->who->ambito, cx->who->ente, cx->who->utente, cx->today));
    if (filtro->stato != NULL && strcmp(filtro->stato, "attesa") == 0)
        db_query_add(&q, " AND e.riesaminata IS NULL", DB_NO_ARGS);
    else if (filtro->stato != NULL)
        db_query_add(&q, " AND e.riesaminata IS NOT NULL", DB_NO_ARGS);
    if (after->inizio.us != 0)
        db_query_add(&q, " AND (e.inizio, e.id) < ($1, $2)", DB_ARGS(after->inizio, after->id));
    db_query_add(&q, " ORDER BY e.inizio DESC, e.id DESC LIMIT $1", DB_ARGS((int64_t)limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), emergenza_fields,
                   sizeof(struct emergenza), limit, list);
}
