#include "mod/utenti/accesso.h"

#include "base/text.h"
#include "mod/audit/audit.h"
#include "mod/utenti/totp.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- keys of the failure counters ------------------------------------------------------- */

/* A password typed in the place of the name must not lie readable in the database. */
static const char *account_key(struct cx *cx, const char *nome)
{
    struct bytes index = vault_index(cx, ID_NONE, "tentativo", nome);
    char *key = arena_alloc(cx->arena, 2 * VAULT_INDEX + 3);
    char *to = stpcpy(key, "u:");
    for (size_t i = 0; i < index.size; i++, to += 2)
        snprintf(to, 3, "%02x", index.data[i]);
    return key;
}

static const char *network_key(struct cx *cx, const char *rete)
{
    return arena_printf(cx->arena, "r:%s", rete != NULL ? rete : "");
}

static bool wait_load(struct cx *cx, const struct accesso *accesso, int *wait)
{
    struct tentativo account, network;
    if (!tentativo_load(cx, account_key(cx, accesso->nome), &account) ||
        !tentativo_load(cx, network_key(cx, accesso->rete), &network))
        return false;
    int first = wait_left(wait_account(account.falliti), account.ultimo, cx->now);
    int second = wait_left(wait_network(network.falliti), network.ultimo, cx->now);
    *wait = first > second ? first : second;
    return true;
}

/* ---- the check -------------------------------------------------------------------------- */

static const char *account_clean(struct cx *cx, const char *typed)
{
    char *nome = arena_strdup(cx->arena, text_clean(cx->arena, typed, false));
    for (char *c = nome; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return nome;
}

static bool second_factor(struct cx *cx, struct accesso *accesso, const char *codice)
{
    const struct credenziali *who = &accesso->credenziali;
    if (!who->totp_attivo)
        return true;
    accesso->esito = codice == NULL || *codice == '\0' ? ACCESSO_CODE : ACCESSO_REPLAY;
    if (accesso->esito == ACCESSO_CODE)
        return true;
    if (!totp_check(cx, who->id, who->ambito, who->totp_chiuso, codice, who->totp_contatore,
                    &accesso->step))
        return false;
    const char *recovery = recupero_clean(cx, codice);
    bool found = false;
    if (accesso->step == 0 && recovery != NULL) {
        struct bytes index = recupero_index(cx, who->ambito, recovery);
        if (!recupero_find(cx, who->id, index, &found))
            return false;
        accesso->recupero = found ? index : (struct bytes){NULL, 0};
    }
    if (accesso->step != 0 || found)
        accesso->esito = ACCESSO_OK;
    return true;
}

static bool role_load(struct cx *cx, struct accesso *accesso)
{
    struct list list;
    if (!incarico_now(cx, accesso->credenziali.id, &list))
        return false;
    if (list.count == 0)
        accesso->esito = ACCESSO_ROLE;
    else
        accesso->incarico = *LIST_ITEM(&list, struct incarico, 0);
    return true;
}

bool accesso_check(struct cx *cx, const char *nome, const char *password, const char *codice,
                   const char *rete, struct accesso *accesso)
{
    bool rehash = false;
    *accesso = (struct accesso){.nome = account_clean(cx, nome), .rete = rete};
    if (!wait_load(cx, accesso, &accesso->wait))
        return false;
    if (accesso->wait > 0) {
        accesso->esito = ACCESSO_WAIT;
        return true;
    }
    struct credenziali *who = &accesso->credenziali;
    if (!credenziali_load(cx, accesso->nome, who, &accesso->known))
        return false;
    const char *hash = accesso->known && who->attivo ? who->password : NULL;
    if (!vault_password_check(cx, password, hash, &rehash)) {
        accesso->esito = ACCESSO_WRONG;
        return true;
    }
    if (!second_factor(cx, accesso, codice))
        return false;
    if (accesso->esito == ACCESSO_OK && !role_load(cx, accesso))
        return false;
    return !rehash || vault_password_hash(cx, password, &accesso->rehash);
}

/* ---- its record ------------------------------------------------------------------------- */

static bool register_row(struct cx *cx, const struct accesso *accesso, const char *detail)
{
    struct audit_row row = {
        .azione = "entra",
        .fine = authz_purpose_name(FINE_GESTIONE),
        .oggetto = "sessione",
        .esito = accesso->esito == ACCESSO_OK ? AUDIT_PERMESSO : AUDIT_NEGATO,
        .rotta = "POST " WEB_LOGIN,
        .dettaglio = detail,
        .rete = accesso->rete,
    };
    if (accesso->known) { /* a name that is not an account's may be a mistyped password */
        row.ambito = accesso->credenziali.ambito;
        row.utente = accesso->credenziali.id;
        row.chi = accesso->credenziali.intestazione;
        row.ruolo = accesso->incarico.ruolo;
    }
    return audit_append(cx, &row);
}

static const char *detail_of(enum accesso_esito esito)
{
    static const char *const details[] = {
        [ACCESSO_OK] = NULL,
        [ACCESSO_WAIT] = "attesa per tentativi falliti",
        [ACCESSO_WRONG] = "nome o password errati",
        [ACCESSO_CODE] = "manca il codice di verifica",
        [ACCESSO_REPLAY] = "codice di verifica errato o già usato",
        [ACCESSO_ROLE] = "nessun incarico in vigore",
    };
    return details[esito];
}

static bool count_failure(struct cx *cx, const struct accesso *accesso)
{
    bool counts = accesso->esito == ACCESSO_WRONG || accesso->esito == ACCESSO_REPLAY;
    return !counts || (tentativo_fail(cx, account_key(cx, accesso->nome)) &&
                       tentativo_fail(cx, network_key(cx, accesso->rete)));
}

/* A code counts once, also for two requests at the same time. */
static bool spend_code(struct cx *cx, struct accesso *accesso)
{
    bool fresh = true;
    struct id utente = accesso->credenziali.id;
    if (accesso->step != 0 && !totp_used(cx, utente, accesso->step, &fresh))
        return false;
    if (accesso->recupero.data != NULL && !recupero_use(cx, utente, accesso->recupero, &fresh))
        return false;
    if (!fresh)
        accesso->esito = ACCESSO_REPLAY;
    return true;
}

static bool session_start(struct cx *cx, const struct credenziali *who,
                          const struct incarico *incarico, const char *rete, const char **token)
{
    *token = vault_token(cx);
    struct sessione_nuova sessione = {
        .id = cx_id(cx),
        .ambito = who->ambito,
        .utente = who->id,
        .incarico = incarico->id,
        .impronta = vault_token_hash(cx, *token),
        .csrf = vault_token(cx),
        .creata = cx->now,
        .accesso = cx->now,
        .vista = cx->now,
        .rete = rete,
    };
    return sessione_insert(cx, &sessione);
}

bool accesso_keep(struct cx *cx, struct accesso *accesso, const char **token)
{
    const struct credenziali *who = &accesso->credenziali;
    *token = NULL;
    if (accesso->esito == ACCESSO_OK && !spend_code(cx, accesso))
        return false;
    if (accesso->esito != ACCESSO_OK)
        return count_failure(cx, accesso) && register_row(cx, accesso, detail_of(accesso->esito));
    if (accesso->rehash != NULL && !password_set(cx, who->id, accesso->rehash, who->da_cambiare))
        return false;
    return tentativo_clear(cx, account_key(cx, accesso->nome)) && accesso_forget(cx) &&
           accesso_done(cx, who->id) &&
           session_start(cx, who, &accesso->incarico, accesso->rete, token) &&
           register_row(cx, accesso,
                        accesso->recupero.data != NULL ? "con un codice di recupero" : NULL);
}

bool sessione_open(struct cx *cx, struct id utente, const char *rete, const char **token)
{
    struct credenziali who;
    struct list list;
    if (!credenziali_of(cx, utente, &who) || !incarico_now(cx, utente, &list))
        return false;
    if (list.count == 0)
        return FAIL(cx, ERR_INPUT, "nessun incarico in vigore");
    return session_start(cx, &who, LIST_ITEM(&list, struct incarico, 0), rete, token);
}

bool utente_who(struct cx *cx, struct id id, struct who *who, bool *found)
{
    struct credenziali account;
    struct list roles;
    *found = false;
    if (!credenziali_of(cx, id, &account) || !incarico_now(cx, id, &roles))
        return false;
    if (!account.attivo || account.da_cambiare || roles.count == 0)
        return true;
    const struct incarico *role = LIST_ITEM(&roles, struct incarico, 0);
    *who = (struct who){.utente = id,
                        .ente = role->ente,
                        .ambito = account.ambito,
                        .ruolo = (int)authz_role_parse(role->ruolo),
                        .nome = account.intestazione};
    *found = true;
    return true;
}

const char *accesso_text(struct cx *cx, const struct accesso *accesso)
{
    switch (accesso->esito) {
    case ACCESSO_WAIT:
        return arena_printf(cx->arena,
                            "Troppi tentativi non riusciti. Riprova tra %d %s: l’accesso non è "
                            "bloccato.",
                            accesso->wait > 90 ? (accesso->wait + 59) / 60 : accesso->wait,
                            accesso->wait > 90 ? "minuti" : "secondi");
    case ACCESSO_WRONG:
        return "Nome utente o password non corretti.";
    case ACCESSO_CODE:
        return "Inserisci anche il codice di verifica del telefono, o un codice di recupero.";
    case ACCESSO_REPLAY:
        return "Il codice di verifica non è corretto o è già stato usato: attendi il prossimo.";
    case ACCESSO_ROLE:
        return "Oggi non hai un incarico in vigore: rivolgiti all’amministratore.";
    case ACCESSO_OK:
    default:
        return NULL;
    }
}
