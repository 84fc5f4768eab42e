/* zonale backup: a checked copy of the data file, taken while others write. */
#include "app/commands.h"

#include "mod/audit/audit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void show_progress(int percent, void *data)
{
    cli_progress(data, "Copia", percent, 100);
}

/* The folder in which the user stands, also inside the server. */
static const char *standing(struct arena *arena, int folder)
{
    char link[64], path[PLACE_PATH];
    ssize_t size;

    if (folder < 0)
        return getcwd(path, sizeof path) ? arena_strdup(arena, path) : ".";
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    size = readlink(link, path, sizeof path - 1);
    if (size <= 0)
        return ".";
    path[size] = '\0';
    return arena_strdup(arena, path);
}

/* Without a name: zonale-2026-11-21-093000.db in the folder where the user stands. */
static bool choose_path(struct cx *cx, struct cli *cli, const char **path)
{
    const char *here = standing(cx->arena, cli_io(cli)->folder), *name = cli_text(cli, "file");
    time_t now = (time_t)(cx->now.us / 1000000);
    struct tm parts;
    char stamp[32];

    if (name != NULL) {
        *path = name[0] == '/' ? name : arena_printf(cx->arena, "%s/%s", here, name);
    } else {
        (void)gmtime_r(&now, &parts);
        (void)strftime(stamp, sizeof stamp, "%Y-%m-%d-%H%M%S", &parts);
        *path = arena_printf(cx->arena, "%s/zonale-%s.db", here, stamp);
    }
    if (access(*path, F_OK) == 0)
        return FAIL(cx, ERR_CONFLICT, "%s: c’è già; una copia non ne sostituisce un’altra", *path);
    return true;
}

/* A copy of everything is an access like others: who made it, when, where to. */
static bool note_copy(struct cx *cx, void *data)
{
    const struct audit_row row = {.fine = "gestione",
                                  .azione = "esporta",
                                  .oggetto = "copia",
                                  .rotta = "backup",
                                  .dettaglio = data};

    return audit_append(cx, &row);
}

static bool write_note(struct cx *cx, struct cli *cli, const char *path)
{
    struct cx other = *cx;

    other.db = NULL; /* ours is the snapshot of a command that reads */
    if (db_write(cli_db(cli), &other, note_copy, arena_strdup(cx->arena, path)))
        return true;
    cx->err = other.err;
    return false;
}

int run_backup(struct cx *cx, struct cli *cli)
{
    struct stat info;
    const char *path;

    if (db_kind(cli_db(cli)) != DB_SQLITE) {
        (void)FAIL(cx, ERR_INPUT,
                   "una base PostgreSQL si copia con i suoi strumenti: manuale, "
                   "pagina PostgreSQL");
        return cli_fail(cx, cli);
    }
    if (!choose_path(cx, cli, &path) || !write_note(cx, cli, path) ||
        !db_backup(cli_db(cli), cx, path, show_progress, cli))
        return cli_fail(cx, cli);
    if (stat(path, &info) != 0) {
        (void)FAIL(cx, ERR_IO, "%s: %s", path, strerrordesc_np(errno));
        return cli_fail(cx, cli);
    }
    if (cli_json(cli))
        fprintf(cli_out(cli), "{\"file\": \"%s\", \"byte\": %lld}\n", path,
                (long long)info.st_size);
    else
        fprintf(cli_out(cli), "Copia controllata: %s (%.1f MiB)\n", path,
                (double)info.st_size / (1 << 20));
    return EXIT_DONE;
}
