/* Bodies, plans and users of the demonstration. */
#include "app/demo/demo.h"

#include "kit/authz/authz.h"
#include "mod/bilancio/bilancio.h"
#include "mod/fatturazione/fatturazione.h"
#include "mod/rette/rette.h"
#include "mod/utenti/utenti.h"

#include <string.h>

static const char ambito_nome[] = "Ambito Valle Seriana Superiore e Valle di Scalve";

/* ---- bodies ------------------------------------------------------------------------------ */

static const struct {
    const char *codice, *nome;
} providers[] = {
    {"COOP-01", "Cooperativa sociale Filo d’Erba"},
    {"COOP-02", "Cooperativa sociale Passo Lento"},
    {"COOP-03", "Cooperativa sociale Le Tre Lanterne"},
    {"ASS-01", "Associazione Mani di Paglia"},
};

static bool save_providers(struct cx *cx, struct demo *demo)
{
    for (size_t i = 0; i < sizeof providers / sizeof *providers; i++) {
        struct ente ente = {.codice = providers[i].codice,
                            .nome = providers[i].nome,
                            .tipo = ente_tipo_name(TIPO_EROGATORE),
                            .attivo = true};
        enum ente_fault fault = ENTE_OK;

        if (!ente_save(cx, &ente, &fault))
            return false;
        if (fault != ENTE_OK)
            return FAIL(cx, ERR_INTERNAL, "%s: %s", ente.nome, ente_fault_text(fault));
        demo->erogatori[demo->erogatori_count++] = ente.id;
    }
    return true;
}

static bool load_comuni(struct cx *cx, struct demo *demo)
{
    struct popolazione figure;
    struct list list;
    bool found;

    if (!ente_list(cx, ente_tipo_name(TIPO_COMUNE), &list))
        return false;
    demo->comuni = ARENA_NEWS(demo->arena, struct ente, list.count);
    demo->abitanti = ARENA_NEWS(demo->arena, uint64_t, list.count);
    LIST_EACH (&list, struct ente, ente) {
        if (!popolazione_at(cx, ente->id, day_civil(cx->today).year, &figure, &found))
            return false;
        demo->abitanti[demo->comuni_count] = found ? (uint64_t)figure.abitanti : 0;
        /* the list goes with this transaction's arena */
        demo->comuni[demo->comuni_count++] =
            (struct ente){.id = ente->id,
                          .codice = arena_strdup(demo->arena, ente->codice),
                          .belfiore = arena_strdup(demo->arena, ente->belfiore),
                          .nome = arena_strdup(demo->arena, ente->nome)};
    }
    return true;
}

bool demo_bodies(struct cx *cx, struct demo *demo)
{
    struct id ambito = ID_NONE;

    if (!ambito_first(cx, &ambito))
        return false;
    if (ambito.n != 0)
        return FAIL(cx, ERR_CONFLICT, "la base di dati ha già un ambito");
    return ambito_create(cx, "VSVS", ambito_nome, &demo->who.ambito) && enti_demo(cx) &&
           save_providers(cx, demo) && load_comuni(cx, demo) && rette_demo(cx) &&
           bilancio_demo(cx) && fatturazione_demo(cx);
}

/* ---- users ------------------------------------------------------------------------------- */

static const struct {
    const char *nome, *intestazione, *ruolo;
    const char *ente; /* code; NULL = the ambito */
} users[] = {
    {"assistente", "Chiara Savi", "assistente", "016077"},
    {"assistente2", "Marta Riva", "assistente", "016064"},
    {"assistente3", "Davide Noli", "assistente", "016012"},
    {"assistente4", "Elisa Corti", "assistente", "016243"},
    {"coordinatore", "Paolo Merati", "coordinatore", "016077"},
    {"sportello", "Lucia Bassi", "sportello", "016077"},
    {"erogatore", "Anna Ferri", "erogatore", "COOP-01"},
    {"ufficiopiano", "Giorgio Sala", "ufficiopiano", NULL},
    {"ragioneria", "Irene Monti", "ragioneria", NULL},
    {"sindaco", "Ettore Valli", "sindaco", "016077"},
    {"revisore", "Silvana Greco", "revisore", NULL},
    {"amministratore", "Marco Villa", "amministratore", NULL},
};

static bool body_of(struct cx *cx, struct demo *demo, const char *code, struct id *id)
{
    struct ente ente;
    bool found;

    *id = demo->who.ambito;
    if (code == NULL)
        return true;
    if (!ente_by_code(cx, code, &ente, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_INTERNAL, "nessun ente ha il codice %s", code);
    *id = ente.id;
    return true;
}

bool demo_users(struct cx *cx, struct demo *demo)
{
    for (size_t i = 0; i < sizeof users / sizeof *users; i++) {
        struct demo_user *user = &demo->users[demo->users_count];
        struct utente_nuovo nuovo = {.nome = users[i].nome,
                                     .intestazione = users[i].intestazione,
                                     .ruolo = users[i].ruolo,
                                     .dal = DAY_NONE,
                                     .password = demo->password};
        struct utente_rifiuto refused = {0};
        const char *password;

        if (!body_of(cx, demo, users[i].ente, &nuovo.ente) ||
            !utente_create(cx, &nuovo, &user->id, &password, &refused))
            return false;
        if (refused.testo != NULL)
            return FAIL(cx, ERR_INTERNAL, "%s: %s", nuovo.nome, refused.testo);
        user->nome = nuovo.nome;
        user->ente = nuovo.ente;
        user->ruolo = (int)authz_role_parse(nuovo.ruolo);
        demo->users_count++;
        cli_progress(demo->cli, "Utenti", (int64_t)i + 1, sizeof users / sizeof *users);
    }
    return true;
}
