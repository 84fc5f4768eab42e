#include "mod/audit/audit.h"

#include "mod/audit/chain.h"
#include "mod/audit/store.h"

#include <string.h>

enum { SHORT_TEXT = 200, DETAIL = 1024 };

/* At most `max` bytes, cut between two characters. */
static const char *clip(struct cx *cx, const char *text, size_t max)
{
    if (text == NULL || strlen(text) <= max)
        return text;
    size_t size = max;
    while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
        size--;
    return arena_strndup(cx->arena, text, size);
}

static void fill(struct cx *cx, struct audit_row *row)
{
    const struct who *who = cx->who;
    if (row->quando.us == 0)
        row->quando = cx->now;
    if (who != NULL && row->utente.n == 0) {
        row->ambito = who->ambito;
        row->utente = who->utente;
        row->sessione = who->sessione;
        row->chi = row->chi != NULL ? row->chi : who->nome;
        row->ruolo = row->ruolo != NULL ? row->ruolo : authz_role_name((enum authz_role)who->ruolo);
    }
    if (row->richiesta == NULL)
        row->richiesta = cx->request;
    if (row->esito == NULL)
        row->esito = AUDIT_PERMESSO;
    const char **texts[] = {&row->chi,    &row->ruolo,    &row->relazione, &row->fine,
                            &row->azione, &row->oggetto,  &row->regola,    &row->rotta,
                            &row->rete,   &row->richiesta};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = clip(cx, *texts[i], SHORT_TEXT);
    row->dettaglio = clip(cx, row->dettaglio, DETAIL);
}

bool audit_last(struct cx *cx, int64_t *seq)
{
    struct audit_head head;
    if (!audit_head_load(cx, &head))
        return false;
    *seq = head.seq;
    return true;
}

bool audit_append(struct cx *cx, const struct audit_row *given)
{
    static const unsigned char genesis[VAULT_HASH];
    struct audit_row row = *given;
    unsigned char hash[VAULT_HASH];
    fill(cx, &row);
    if (!audit_next(cx, &row.seq, &row.prima))
        return false;
    if (row.prima.data == NULL)
        row.prima = (struct bytes){genesis, sizeof genesis};
    audit_hash(&row, hash);
    row.impronta = (struct bytes){hash, sizeof hash};
    return audit_insert(cx, &row);
}

static const char *answer_name(enum authz_answer answer)
{
    return answer == AUTHZ_ALLOW    ? AUDIT_PERMESSO
           : answer == AUTHZ_MASKED ? AUDIT_MASCHERATO
                                    : AUDIT_NEGATO;
}

bool audit_web(struct cx *cx, const struct web_audit_row *web)
{
    const struct web_route *route = web->route;
    struct audit_row row = {
        .relazione = authz_relation_name(web->relation),
        .fine = authz_purpose_name(route->purpose),
        .azione = authz_action_name(route->action),
        .oggetto = web->object,
        .oggetto_id = web->object_id,
        .esito = answer_name(web->decision.answer),
        .regola = web->decision.rule,
        .rotta = arena_printf(cx->arena, "%s %s", route->method == WEB_GET ? "GET" : "POST",
                              route->path),
        .dettaglio = web->detail,
        .rete = web->client,
    };
    return audit_append(cx, &row);
}

bool audit_of(struct cx *cx, struct id oggetto, size_t max, struct list *list)
{
    struct registro_filtro filtro = {.dal = DAY_NONE, .al = DAY_NONE, .oggetto = oggetto};
    return audit_list(cx, &filtro, &(struct audit_key){.seq = 0}, max, list);
}
