/* Acts on accounts: making them, and who they are. Changing them: modifica.c. */
#include "mod/utenti/modifica.h"

#include "base/text.h"
#include "kit/sys/vault.h"

#include <sodium.h>
#include <string.h>

bool utente_refuse(struct utente_rifiuto *rifiuto, const char *campo, const char *testo)
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

bool ruolo_refused(const char *ruolo, struct utente_rifiuto *rifiuto)
{
    enum authz_role role = authz_role_parse(ruolo);
    bool bad = role <= RUOLO_NESSUNO || role >= RUOLI || role == RUOLO_LAVORO;
    return bad &&
           utente_refuse(rifiuto, "ruolo", "Non è un ruolo che si possa dare a una persona.");
}

bool intestazione_refused(struct cx *cx, const char *intestazione, const char *email,
                          struct utente_rifiuto *rifiuto)
{
    if (intestazione == NULL || *text_fold(cx->arena, intestazione) == '\0')
        return utente_refuse(rifiuto, "intestazione", "Scrivi nome e cognome.");
    if (text_hidden(intestazione) || (email != NULL && text_hidden(email)))
        return utente_refuse(rifiuto, text_hidden(intestazione) ? "intestazione" : "email",
                             "Contiene a capo o caratteri che non si vedono: riscrivilo.");
    return false;
}

static bool account_refused(struct cx *cx, const struct utente_nuovo *nuovo,
                            struct utente_rifiuto *rifiuto, bool *refused)
{
    bool taken = false;
    *refused = true;
    if (nuovo->nome == NULL || !account_valid(nuovo->nome))
        return utente_refuse(rifiuto, "nome",
                             "Usa lettere minuscole, cifre, punto e trattino, da 3 a 60 caratteri: "
                             "anna.rossi.");
    if (intestazione_refused(cx, nuovo->intestazione, nuovo->email, rifiuto))
        return true;
    if (ruolo_refused(nuovo->ruolo, rifiuto))
        return true;
    if (nuovo->ente.n == 0)
        return utente_refuse(rifiuto, "ente", "Scegli l’ente per cui lavora.");
    if (!utente_name_taken(cx, nuovo->nome, &taken))
        return false;
    if (taken)
        return utente_refuse(rifiuto, "nome", "Questo nome utente c’è già: scegline un altro.");
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
