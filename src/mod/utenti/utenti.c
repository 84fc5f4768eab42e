/* Acts on accounts and roles. */
#include "mod/utenti/utenti.h"

#include "base/text.h"
#include "kit/sys/vault.h"
#include "mod/utenti/store_accesso.h"

#include <sodium.h>
#include <string.h>

static bool refuse(struct utente_rifiuto *rifiuto, const char *campo, const char *testo)
{
    *rifiuto = (struct utente_rifiuto){campo, testo};
    return true;
}

/* ---- first passwords -------------------------------------------------------------------- */

/* Four groups of four characters that nobody confuses: 79 bits. */
static const char *password_make(struct cx *cx)
{
    static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz";
    enum { SIZE = 19, GROUP = 5 };
    char *text = arena_alloc(cx->arena, SIZE + 1);
    for (uint32_t i = 0; i < SIZE; i++)
        text[i] = i % GROUP == GROUP - 1 ? '-' : letters[randombytes_uniform(sizeof letters - 1)];
    return text;
}

bool utente_prepare_password(struct cx *cx, const char **password, const char **hash)
{
    *password = password_make(cx);
    return vault_password_hash(cx, *password, hash);
}

bool utente_prepare(struct cx *cx, struct utente_nuovo *nuovo)
{
    if (nuovo->password == NULL)
        return utente_prepare_password(cx, &nuovo->password, &nuovo->hash);
    return vault_password_hash(cx, nuovo->password, &nuovo->hash);
}

/* ---- accounts --------------------------------------------------------------------------- */

static bool role_refused(const char *ruolo, struct utente_rifiuto *rifiuto)
{
    enum authz_role role = authz_role_parse(ruolo);
    bool bad = role <= RUOLO_NESSUNO || role >= RUOLI || role == RUOLO_LAVORO;
    return bad && refuse(rifiuto, "ruolo", "Non è un ruolo che si possa dare a una persona.");
}

static bool account_refused(struct cx *cx, const struct utente_nuovo *nuovo,
                            struct utente_rifiuto *rifiuto, bool *refused)
{
    bool taken = false;
    *refused = true;
    if (nuovo->nome == NULL || !account_valid(nuovo->nome))
        return refuse(rifiuto, "nome",
                      "Usa lettere minuscole, cifre, punto e trattino, da 3 a 60 caratteri: "
                      "anna.rossi.");
    if (nuovo->intestazione == NULL || *text_fold(cx->arena, nuovo->intestazione) == '\0')
        return refuse(rifiuto, "intestazione", "Scrivi nome e cognome.");
    if (text_hidden(nuovo->intestazione) || (nuovo->email != NULL && text_hidden(nuovo->email)))
        return refuse(rifiuto, text_hidden(nuovo->intestazione) ? "intestazione" : "email",
                      "Contiene a capo o caratteri che non si vedono: riscrivilo.");
    if (role_refused(nuovo->ruolo, rifiuto))
        return true;
    if (nuovo->ente.n == 0)
        return refuse(rifiuto, "ente", "Scegli l’ente per cui lavora.");
    if (!utente_name_taken(cx, nuovo->nome, &taken))
        return false;
    if (taken)
        return refuse(rifiuto, "nome", "Questo nome utente c’è già: scegline un altro.");
    *refused = false;
    return true;
}

static bool account_save(struct cx *cx, const struct utente_nuovo *nuovo, struct id ambito,
                         const char *hash, struct id *id)
{
    *id = cx_id(cx);
    struct utente_riga riga = {
        .id = *id,
        .ambito = ambito,
        .nome = nuovo->nome,
        .intestazione = nuovo->intestazione,
        .chiave = text_fold(cx->arena, nuovo->intestazione),
        .email = nuovo->email,
        .attivo = true,
        .password = hash,
        .da_cambiare = !nuovo->keep,
        .password_dal = cx->now,
        .creato = cx->now,
        .creato_da = cx->who != NULL ? cx->who->utente : ID_NONE,
    };
    struct incarico incarico = {
        .id = cx_id(cx),
        .ambito = ambito,
        .utente = *id,
        .ruolo = nuovo->ruolo,
        .ente = nuovo->ente,
        .dal = day_known(nuovo->dal) && nuovo->dal.n != 0 ? nuovo->dal : cx->today,
        .al = DAY_NONE,
    };
    return utente_insert(cx, &riga) && incarico_insert(cx, &incarico);
}

bool utente_create(struct cx *cx, const struct utente_nuovo *given, struct id *id,
                   const char **password, struct utente_rifiuto *rifiuto)
{
    struct utente_nuovo nuovo = *given;
    bool refused;
    *id = ID_NONE;
    *password = NULL;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!account_refused(cx, &nuovo, rifiuto, &refused))
        return false;
    if (refused)
        return true;
    if (nuovo.hash == NULL && !utente_prepare(cx, &nuovo))
        return false;
    *password = given->password == NULL ? nuovo.password : NULL;
    return account_save(cx, &nuovo, nuovo.ambito.n != 0 ? nuovo.ambito : cx->who->ambito,
                        nuovo.hash, id);
}

/* Somebody must be left who can let people in. */
static bool last_admin(struct cx *cx, struct id id, struct utente_rifiuto *rifiuto, bool *refused)
{
    struct list list;
    int64_t others;
    bool admin = false;
    *refused = false;
    if (!incarico_now(cx, id, &list) || !incarico_admins(cx, id, &others))
        return false;
    LIST_EACH (&list, struct incarico, incarico)
        admin = admin || authz_role_parse(incarico->ruolo) == RUOLO_AMMINISTRATORE;
    *refused = admin && others == 0;
    return !*refused ||
           refuse(rifiuto, NULL,
                  "È l’ultimo amministratore: prima danne l’incarico a un altro utente.");
}

bool utente_disable(struct cx *cx, struct id id, struct utente_rifiuto *rifiuto)
{
    struct utente utente;
    bool refused;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!utente_load(cx, id, &utente) || !last_admin(cx, id, rifiuto, &refused))
        return false;
    return refused || (utente_set_active(cx, id, false) && sessione_end_all(cx, id, ID_NONE));
}

bool utente_enable(struct cx *cx, struct id id)
{
    struct utente utente;
    return utente_load(cx, id, &utente) && utente_set_active(cx, id, true);
}

bool utente_reset(struct cx *cx, struct id id, const char *hash, bool totp)
{
    struct utente utente;
    static const struct bytes none = {NULL, 0};
    return utente_load(cx, id, &utente) && password_set(cx, id, hash, true) &&
           (!totp || (totp_set(cx, id, none, false) && recupero_clear(cx, id))) &&
           sessione_end_all(cx, id, ID_NONE);
}

bool utente_choices(struct cx *cx, const char *ruolo, const struct web_choice **choices)
{
    struct list list;
    size_t count = 0;
    if (!utente_of_role(cx, ruolo, &list))
        return false;
    struct web_choice *made = ARENA_NEWS(cx->arena, struct web_choice, list.count + 1);
    LIST_EACH (&list, struct utente_scelta, row) {
        char *id = arena_alloc(cx->arena, ID_TEXT);
        made[count++] = (struct web_choice){id_text(row->id, id), row->intestazione};
    }
    *choices = made;
    return true;
}

/* ---- roles ------------------------------------------------------------------------------ */

bool incarico_save(struct cx *cx, const struct incarico *given, struct utente_rifiuto *rifiuto)
{
    struct incarico incarico = *given;
    struct utente utente;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!utente_load(cx, incarico.utente, &utente))
        return false;
    if (role_refused(incarico.ruolo, rifiuto))
        return true;
    if (incarico.ente.n == 0)
        return refuse(rifiuto, "ente", "Scegli l’ente per cui lavora.");
    if (!day_known(incarico.dal))
        incarico.dal = cx->today;
    if (day_known(incarico.al) && day_cmp(incarico.al, incarico.dal) <= 0)
        return refuse(rifiuto, "al", "La fine viene prima dell’inizio.");
    incarico.id = cx_id(cx);
    incarico.ambito = cx->who->ambito;
    return incarico_insert(cx, &incarico);
}

bool incarico_end(struct cx *cx, struct id id, struct day al, struct utente_rifiuto *rifiuto)
{
    struct incarico incarico;
    bool refused = false;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!incarico_load(cx, id, &incarico))
        return false;
    if (authz_role_parse(incarico.ruolo) == RUOLO_AMMINISTRATORE &&
        !last_admin(cx, incarico.utente, rifiuto, &refused))
        return false;
    if (refused)
        return true;
    if (day_cmp(al, incarico.dal) < 0)
        return refuse(rifiuto, "al", "La fine viene prima dell’inizio.");
    return incarico_set_end(cx, id, al) &&
           (day_cmp(al, cx->today) > 0 || sessione_end_role(cx, incarico.utente, id));
}
