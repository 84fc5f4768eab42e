/* zonale restore: a copy takes the place of the data file; what was there is kept beside it. */
#include "app/commands.h"

#include "kit/sys/vault.h"
#include "mod/audit/audit.h"
#include "mod/enti/enti.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct restore {
    struct place place;
    const char *from;
    const char *fresh; /* the copy, beside the data file, until it is found sound */
    const char *tail;  /* of the names of what was there before: ".prima-1763712000" */
    const char *old;   /* new name of what was there; NULL when nothing was */
    int64_t later;     /* signed checkpoints of rows that the copy does not have */
};

/* ---- copying ----------------------------------------------------------------------------- */

static bool failed(struct cx *cx, const char *path)
{
    return FAIL(cx, errno == ENOSPC ? ERR_FULL : ERR_IO, "%s: %s", path, strerrordesc_np(errno));
}

static bool copy_bytes(int from, int to, off_t size)
{
    off_t at = 0;

    while (at < size) {
        ssize_t done = copy_file_range(from, NULL, to, NULL, (size_t)(size - at), 0);

        if (done < 0 && (errno == EXDEV || errno == ENOSYS || errno == EINVAL))
            break;
        if (done <= 0)
            return false;
        at += done;
    }
    for (char piece[65536]; at < size;) {
        ssize_t got = pread(from, piece, sizeof piece, at);

        if (got <= 0 || write(to, piece, (size_t)got) != got)
            return false;
        at += got;
    }
    return true;
}

static bool copy_file(struct cx *cx, const char *from, const char *to)
{
    int in = open(from, O_RDONLY | O_CLOEXEC), out = -1;
    struct stat info;
    bool done = false;

    if (in < 0 || fstat(in, &info) != 0 || !S_ISREG(info.st_mode)) {
        errno = in < 0 ? errno : EINVAL;
        (void)failed(cx, from);
    } else {
        (void)unlink(to); /* of an attempt that was killed */
        out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        done = out >= 0 && copy_bytes(in, out, info.st_size) && fsync(out) == 0;
        if (!done)
            (void)failed(cx, to);
    }
    if (in >= 0)
        (void)close(in);
    if (out >= 0)
        (void)close(out);
    return done;
}

/* ---- checking ---------------------------------------------------------------------------- */

/* A copy is older than the data: checkpoints that know later rows are no fault here. They stay as
 * witnesses beside the old data. */
static bool check_register(struct cx *cx, struct restore *r)
{
    struct audit_verdict verdict;

    if (!audit_verify(cx, &verdict, NULL, NULL))
        return false;
    r->later = verdict.oltre;
    return verdict.motivo == NULL || verdict.oltre > 0 ||
           FAIL(cx, ERR_INPUT, "il registro della copia è guasto alla riga %lld: %s",
                (long long)verdict.guasta, verdict.motivo);
}

static bool check_content(struct cx *cx, struct cli *cli, struct restore *r)
{
    const char *problems = NULL;
    struct id ambito = ID_NONE;

    cli_progress(cli, "Controllo della copia", 0, 2);
    if (!db_check(cx, &problems))
        return false;
    if (problems != NULL)
        return FAIL(cx, ERR_INPUT, "la copia è guasta: %.300s", problems);
    cli_progress(cli, "Controllo della copia", 1, 2);
    if (!ambito_first(cx, &ambito))
        return false;
    if (ambito.n == 0)
        return FAIL(cx, ERR_INPUT, "la copia non ha un ambito");
    if (!check_register(cx, r))
        return false;
    cli_progress(cli, "Controllo della copia", 2, 2);
    return true;
}

/* The first thing that the register of the copy tells from now on. */
static bool note_restore(struct cx *cx, void *data)
{
    const struct restore *r = data;
    const struct audit_row row = {
        .fine = "gestione",
        .azione = "amministra",
        .oggetto = "copia",
        .rotta = "restore",
        .dettaglio = arena_printf(cx->arena, "da %s; prima: %s", r->from, r->old ? r->old : "-")};

    return audit_append(cx, &row);
}

/* Opens the copy as if it were in service: brought up to date, whole, with a sound register. */
static bool check_copy(struct cx *cx, struct cli *cli, struct restore *r)
{
    struct vault *vault = NULL;
    struct db *db = NULL;
    struct tables tables;
    bool done;

    tables_gather(&tables);
    done = vault_open(&vault, r->place.key, false, &cx->err) &&
           db_open(&db, r->fresh, false, &cx->err);
    cx->vault = vault;
    done = done && db_migrate(db, cx, tables.schemas) && db_read_begin(db, cx);
    if (done) {
        done = check_content(cx, cli, r);
        db_read_end(cx);
    }
    done = done && db_write(db, cx, note_restore, r);
    cx->vault = NULL;
    db_close(db);
    if (vault != NULL)
        vault_close(vault);
    return done;
}

/* ---- changing places --------------------------------------------------------------------- */

static bool move_one(struct cx *cx, const char *from, const char *to, const char *tail)
{
    const char *a = arena_printf(cx->arena, "%s%s", from, tail);
    const char *b = arena_printf(cx->arena, "%s%s", to, tail);

    return rename(a, b) == 0 || errno == ENOENT || failed(cx, a);
}

static bool sync_folder(struct cx *cx, const char *path)
{
    char *folder = arena_strdup(cx->arena, path);
    int fd;
    bool done;

    *strrchr(folder, '/') = '\0';
    fd = open(folder[0] ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        (void)close(fd);
    return done || failed(cx, folder);
}

/* The old log goes with the old file: beside the new one it would be taken for its own. */
static bool change_places(struct cx *cx, struct restore *r)
{
    const char *data = r->place.database, *points;

    if (r->later > 0) {
        points = arena_printf(cx->arena, "%s.registro", r->place.key);
        if (!move_one(cx, points, arena_printf(cx->arena, "%s%s", points, r->tail), ""))
            return false;
    }
    if (r->old != NULL && (!move_one(cx, data, r->old, "-wal") ||
                           !move_one(cx, data, r->old, "-shm") || !move_one(cx, data, r->old, "")))
        return false;
    return move_one(cx, r->fresh, data, "") && sync_folder(cx, data);
}

static bool restore(struct cx *cx, struct cli *cli, struct restore *r)
{
    if (!place_find(&r->place, cx->arena, cli_place(cli), &cx->err))
        return false;
    if (!place_is_file(&r->place))
        return FAIL(cx, ERR_INPUT,
                    "una base PostgreSQL si riprende con i suoi strumenti: manuale, pagina "
                    "PostgreSQL");
    r->fresh = arena_printf(cx->arena, "%s.ripresa", r->place.database);
    r->tail = arena_printf(cx->arena, ".prima-%lld", (long long)(cx->now.us / 1000000));
    if (place_ready(&r->place))
        r->old = arena_printf(cx->arena, "%s%s", r->place.database, r->tail);
    if (copy_file(cx, r->from, r->fresh) && check_copy(cx, cli, r) && change_places(cx, r))
        return true;
    (void)unlink(r->fresh);
    (void)unlink(arena_printf(cx->arena, "%s-wal", r->fresh));
    (void)unlink(arena_printf(cx->arena, "%s-shm", r->fresh));
    return false;
}

int run_restore(struct cx *cx, struct cli *cli)
{
    struct restore r = {.from = cli_text(cli, "file")};
    struct place place;
    bool done = place_find(&place, cx->arena, cli_place(cli), &cx->err);
    int lock = done ? place_lock(&place, 0, &cx->err) : -1;

    done = lock >= 0 && restore(cx, cli, &r);
    if (lock >= 0)
        (void)close(lock);
    if (!done)
        return cli_fail(cx, cli);
    fprintf(cli_out(cli), "Ripresa la copia %s\n", r.from);
    if (r.old != NULL)
        fprintf(cli_out(cli), "I dati di prima sono in %s\n", r.old);
    return EXIT_DONE;
}
