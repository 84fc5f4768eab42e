#include "app/command.h"

#include "app/keyfit.h"
#include "app/place.h"
#include "app/remote.h"

#include "base/buf.h"
#include "kit/authz/authz.h"
#include "kit/sys/vault.h"
#include "mod/audit/audit.h"
#include "mod/enti/enti.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- memory files ------------------------------------------------------------------------ */

FILE *memory_file(const char *name)
{
    int fd = memfd_create(name, MFD_CLOEXEC);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w+");

    if (file == NULL && fd >= 0)
        (void)close(fd);
    return file;
}

static bool write_all(int to, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t done = write(to, data, size);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        data += done;
        size -= (size_t)done;
    }
    return true;
}

bool memory_copy(FILE *from, int to)
{
    char piece[65536];
    off_t at = 0;
    ssize_t got;

    if (fflush(from) != 0)
        return false;
    while ((got = pread(fileno(from), piece, sizeof piece, at)) > 0) {
        if (!write_all(to, piece, (size_t)got))
            return false;
        at += got;
    }
    return got == 0;
}

/* ---- running ----------------------------------------------------------------------------- */

/* Who gives commands: the operator of the machine, in the scope of the database's ambito. */
static bool operate(struct cx *cx, struct who *who)
{
    *who = (struct who){.ruolo = RUOLO_AMMINISTRATORE, .nome = "riga di comando"};
    cx->who = who;
    return ambito_first(cx, &who->ambito);
}

static int run_read(struct db *db, struct cx *cx, struct cli *cli)
{
    struct who who;
    int code;

    if (!db_read_begin(db, cx))
        return cli_fail(cx, cli);
    code = operate(cx, &who) ? cli_command(cli)->run(cx, cli) : cli_fail(cx, cli);
    db_read_end(cx);
    return code;
}

struct write_run {
    struct cli *cli;
    FILE *out;
    int code;
};

static bool kept(int code)
{
    return code == EXIT_DONE || code == EXIT_PARTLY;
}

/* The command as it was given, for the register. */
static const char *words_of(struct cx *cx, const struct cli *cli)
{
    struct buf words;

    buf_init(&words, cx->arena, 1000);
    for (const struct cli_option *o = cli_command(cli)->options; o && o->name; o++) {
        const char *name = o->name + (o->name[0] == '!');

        if (o->value == NULL && o->name[0] != '!' && cli_flag(cli, name))
            buf_printf(&words, " --%s", name);
        else if (cli_text(cli, name) != NULL)
            buf_printf(&words, " %s=%s", name, cli_text(cli, name));
    }
    return words.size > 0 ? words.data + 1 : NULL;
}

/* Does the command only try what it would do? */
static bool tries(const struct cli *cli)
{
    for (const struct cli_option *o = cli_command(cli)->options; o && o->name; o++)
        if (strcmp(o->name, "prova") == 0)
            return cli_flag(cli, "prova");
    return false;
}

/* No command writes without a row in the register: what does not leave one itself, by saying what
 * it did to which object, gets this one. `before` is the register's last row when it began. */
static bool recorded(struct cx *cx, const struct cli *cli, int64_t before)
{
    const struct audit_row row = {.fine = authz_purpose_name(FINE_GESTIONE),
                                  .azione = authz_action_name(AZIONE_MODIFICA),
                                  .oggetto = "comando",
                                  .rotta =
                                      arena_printf(cx->arena, "zonale %s", cli_command(cli)->name),
                                  .dettaglio = words_of(cx, cli)};
    int64_t last;

    return audit_last(cx, &last) && (last > before || tries(cli) || audit_append(cx, &row));
}

static bool write_work(struct cx *cx, void *data)
{
    struct write_run *run = data;
    struct who who;
    int64_t before;

    /* a second try begins with a blank page */
    rewind(run->out);
    if (ftruncate(fileno(run->out), 0) != 0)
        return FAIL(cx, ERR_IO, "memoria per l’uscita: %s", strerrordesc_np(errno));
    if (!operate(cx, &who) || !audit_last(cx, &before))
        return false;
    run->code = cli_command(run->cli)->run(cx, run->cli);
    bool keep = kept(run->code) && recorded(cx, run->cli, before);
    cx->who = NULL;
    return keep;
}

static int run_write(struct db *db, struct cx *cx, struct cli *cli)
{
    const struct cli_io given = *cli_io(cli);
    struct write_run run = {.cli = cli, .out = memory_file("uscita"), .code = -1};
    struct cli_io io = given;

    if (run.out == NULL) {
        (void)FAIL(cx, ERR_IO, "memoria per l’uscita: %s", strerrordesc_np(errno));
        return cli_fail(cx, cli);
    }
    io.out = run.out;
    cli_set_io(cli, &io);
    bool done = db_write(db, cx, write_work, &run);
    cli_set_io(cli, &given);
    if (!done && (run.code < 0 || kept(run.code)))
        run.code = cli_fail(cx, cli); /* said yes, and was not kept */
    if (fflush(given.out) != 0 || !memory_copy(run.out, fileno(given.out)))
        run.code = run.code == EXIT_DONE ? EXIT_FAILED : run.code;
    (void)fclose(run.out);
    return run.code;
}

int command_run(struct db *db, struct vault *vault, struct arena *arena, struct cli *cli)
{
    struct chance chance = {0};
    struct cx cx;

    cli_context(&cx, arena, &chance);
    cx.vault = vault;
    cli_set_db(cli, db);
    return cli_command(cli)->need == CLI_WRITE ? run_write(db, &cx, cli) : run_read(db, &cx, cli);
}

/* ---- here or there ----------------------------------------------------------------------- */

static bool key_suits(struct cx *cx, struct db *db, struct vault *vault, const char *path)
{
    cx->vault = vault;
    bool fits = key_fits(cx, db, path);
    cx->vault = NULL;
    return fits;
}

static int run_here(const struct place *place, struct cx *cx, struct cli *cli)
{
    enum { WAIT_SECONDS = 5 };
    struct vault *vault = NULL;
    struct db *db = NULL;
    int code, lock;

    if (!place_ready(place)) {
        (void)FAIL(cx, ERR_NOT_FOUND, "%s: qui non ci sono dati; crearli con “zonale init”",
                   place->folder);
        return cli_fail(cx, cli);
    }
    lock = place_lock(place, WAIT_SECONDS, &cx->err);
    if (lock >= 0 && vault_open(&vault, place->key, false, &cx->err) &&
        db_open(&db, place->database, false, &cx->err) && key_suits(cx, db, vault, place->key))
        code = command_run(db, vault, cx->arena, cli);
    else
        code = cli_fail(cx, cli);
    db_close(db);
    if (vault != NULL)
        vault_close(vault);
    if (lock >= 0)
        (void)close(lock);
    return code;
}

int command_host(const struct cli_program *program, struct cli *cli, int argc, char **argv)
{
    struct chance chance = {0};
    struct place place;
    struct arena arena;
    struct cx cx;
    int code;

    arena_init(&arena, (size_t)1 << 30);
    cli_context(&cx, &arena, &chance);
    if (!place_find(&place, &arena, cli_place(cli), &cx.err))
        code = cli_fail(&cx, cli);
    else if (!remote_ask(&place, program, &cx, cli, argc, argv, &code))
        code = run_here(&place, &cx, cli);
    arena_release(&arena);
    return code;
}
