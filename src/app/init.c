/* zonale init: an empty place becomes data of an ambito, with its first administrator. */
#include "app/commands.h"

#include "kit/authz/authz.h"
#include "kit/sys/vault.h"
#include "mod/audit/audit.h"
#include "mod/enti/enti.h"
#include "mod/utenti/utenti.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A data file gets its name only when it is complete: what a crash leaves is not taken for data. */
static bool open_fresh(struct opened *opened, const struct place *place, struct cx *cx)
{
    const char *path = place->database;

    if (place_is_file(place)) {
        if (place_ready(place))
            return FAIL(cx, ERR_CONFLICT, "%s: c’è già; dati esistenti non si toccano", path);
        path = arena_printf(cx->arena, "%s.nuovo", path);
    }
    opened->path = path;
    if (place_is_file(place))
        opened_undo(opened, cx->arena);
    return vault_open(&opened->vault, place->key, true, &cx->err) &&
           db_open(&opened->db, opened->path, true, &cx->err);
}

bool opened_new(struct opened *opened, struct place *place, struct cx *cx, struct cli *cli)
{
    struct tables tables;

    *opened = (struct opened){.lock = -1};
    if (!place_find(place, cx->arena, cli_place(cli), &cx->err) ||
        !place_make(place, cx->arena, cli_place(cli), &cx->err))
        return false;
    opened->lock = place_lock(place, 0, &cx->err);
    if (opened->lock < 0 || !open_fresh(opened, place, cx))
        return false;
    cx->vault = opened->vault;
    tables_gather(&tables);
    return db_migrate(opened->db, cx, tables.schemas);
}

void opened_undo(const struct opened *opened, struct arena *arena)
{
    static const char *const tails[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        (void)unlink(arena_printf(arena, "%s%s", opened->path, tails[i]));
}

/* Checkpoints signed for data that are no longer there, under a key that stays: they would call the
 * new register cut off. They are kept beside, under another name. */
static bool put_aside_points(const struct place *place, struct cx *cx)
{
    const char *points = arena_printf(cx->arena, "%s.registro", place->key);
    const char *aside =
        arena_printf(cx->arena, "%s.prima-%lld", points, (long long)(cx->now.us / 1000000));

    return rename(points, aside) == 0 || errno == ENOENT ||
           FAIL(cx, ERR_IO, "%s: %s", points, strerrordesc_np(errno));
}

bool opened_end(struct opened *opened, const struct place *place, struct cx *cx, bool keep)
{
    bool named = opened->path != NULL && place_is_file(place);

    db_close(opened->db); /* puts the log into the file */
    if (opened->vault != NULL)
        vault_close(opened->vault);
    cx->vault = NULL;
    keep = keep && put_aside_points(place, cx);
    if (named && keep && rename(opened->path, place->database) != 0)
        keep = FAIL(cx, ERR_IO, "%s: %s", place->database, strerrordesc_np(errno));
    if (named && !keep && opened->db != NULL)
        opened_undo(opened, cx->arena);
    if (opened->lock >= 0)
        (void)close(opened->lock);
    return keep;
}

struct first {
    const char *codice, *nome, *accesso, *password;
};

static bool first_rows(struct cx *cx, void *data)
{
    struct first *first = data;
    struct who who = {.ruolo = RUOLO_AMMINISTRATORE, .nome = "riga di comando"};
    struct id none = ID_NONE;
    bool done;

    if (!ambito_first(cx, &none))
        return false;
    if (none.n != 0)
        return FAIL(cx, ERR_CONFLICT, "la base di dati ha già un ambito");
    cx->who = &who;
    done = ambito_create(cx, first->codice, first->nome, &who.ambito);
    if (done) {
        const struct utente_nuovo amministratore = {.nome = first->accesso,
                                                    .intestazione = "Amministratore",
                                                    .ruolo = "amministratore",
                                                    .ente = who.ambito,
                                                    .dal = DAY_NONE};
        struct utente_rifiuto refused = {0};
        struct id id;

        done = utente_create(cx, &amministratore, &id, &first->password, &refused);
        if (done && refused.testo != NULL)
            done = FAIL(cx, ERR_INPUT, "--utente: %s", refused.testo);
        const struct audit_row row = {.fine = authz_purpose_name(FINE_GESTIONE),
                                      .azione = authz_action_name(AZIONE_CREA),
                                      .oggetto = "ambito",
                                      .oggetto_id = who.ambito,
                                      .rotta = "zonale init",
                                      .dettaglio = first->accesso};
        done = done && audit_append(cx, &row);
    }
    cx->who = NULL;
    return done;
}

static const char *or_else(const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

static void tell(struct cli *cli, const struct place *place, const struct first *first)
{
    if (cli_json(cli)) {
        fprintf(cli_out(cli),
                "{\"cartella\": \"%s\", \"chiave\": \"%s\", \"utente\": \"%s\","
                " \"password\": \"%s\"}\n",
                place->folder, place->key, first->accesso, first->password);
        return;
    }
    fprintf(cli_out(cli),
            "Creati i dati di “%s”.\n"
            "  cartella  %s\n"
            "  chiave    %s (farne una copia altrove: senza, i dati riservati non si leggono)\n"
            "  utente    %s\n"
            "  password  %s (si cambia al primo ingresso)\n",
            first->nome, place->folder, place->key, first->accesso, first->password);
}

int run_init(struct cx *cx, struct cli *cli)
{
    struct first first = {.codice = or_else(cli_text(cli, "codice"), "ATS"),
                          .nome = or_else(cli_text(cli, "ambito"), "Ambito territoriale sociale"),
                          .accesso = or_else(cli_text(cli, "utente"), "amministratore")};
    struct opened opened;
    struct place place;
    bool done = opened_new(&opened, &place, cx, cli) && db_write(opened.db, cx, first_rows, &first);

    if (!opened_end(&opened, &place, cx, done))
        return cli_fail(cx, cli);
    tell(cli, &place, &first);
    return EXIT_DONE;
}
