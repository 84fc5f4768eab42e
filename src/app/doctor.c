/* zonale doctor: what can go wrong with the data, looked at one by one. */
#include "app/commands.h"

#include "kit/sys/vault.h"
#include "mod/audit/audit.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

enum { CHECKS_MAX = 32, SPACE_LOW_MIB = 512 };

struct esame {
    const char *esame, *esito, *dettaglio;
};
static const struct field esame_fields[] = {FIELD(esame, esame), FIELD(esame, esito),
                                            FIELD(esame, dettaglio), FIELD_END};

struct report {
    struct cx *cx;
    struct cli *cli;
    struct place place;
    struct esame rows[CHECKS_MAX];
    size_t count;
    bool bad;
};

static void note(struct report *report, const char *what, bool good, const char *detail)
{
    if (report->count < CHECKS_MAX)
        report->rows[report->count++] = (struct esame){what, good ? "bene" : "MALE", detail};
    report->bad = report->bad || !good;
}

/* ---- files ------------------------------------------------------------------------------- */

static void check_mode(struct report *report, const char *what, const char *path, mode_t allowed)
{
    struct arena *arena = report->cx->arena;
    struct stat info;

    if (stat(path, &info) != 0) {
        note(report, what, false, arena_printf(arena, "%s: %s", path, strerrordesc_np(errno)));
        return;
    }
    note(report, what, (info.st_mode & 07777 & ~allowed) == 0,
         arena_printf(arena, "%s (%04o)", path, (unsigned)(info.st_mode & 07777)));
}

static void check_key_apart(struct report *report)
{
    const struct place *place = &report->place;
    size_t size = strlen(place->folder);
    bool inside = strncmp(place->key, place->folder, size) == 0 && place->key[size] == '/';

    note(report, "chiave fuori dai dati", !inside,
         inside ? "chi copia la cartella copia anche la chiave" : place->key);
}

static void check_space(struct report *report)
{
    struct statvfs info;
    unsigned long long mib;

    if (statvfs(report->place.folder, &info) != 0) {
        note(report, "spazio libero", false, strerrordesc_np(errno));
        return;
    }
    mib = (unsigned long long)info.f_bavail * info.f_frsize >> 20;
    note(report, "spazio libero", mib >= SPACE_LOW_MIB,
         arena_printf(report->cx->arena, "%llu MiB", mib));
}

static void check_files(struct report *report)
{
    const struct place *place = &report->place;

    check_mode(report, "cartella dei dati", place->folder, 0700);
    if (place_is_file(place))
        check_mode(report, "file dei dati", place->database, 0600);
    check_mode(report, "file della chiave", place->key, 0600);
    check_key_apart(report);
    check_space(report);
}

/* ---- content ----------------------------------------------------------------------------- */

static void check_integrity(struct report *report)
{
    struct cx *cx = report->cx;
    const char *problems = NULL;

    if (!db_check(cx, &problems)) {
        note(report, "integrità", false, arena_strdup(cx->arena, cx->err.text));
        err_clear(&cx->err);
        return;
    }
    note(report, "integrità", problems == NULL, problems ? problems : "nessun guasto");
}

static void check_statements(struct report *report)
{
    struct cx *cx = report->cx;
    struct tables tables;
    bool good;

    tables_gather(&tables);
    good = db_prepare_all(cx, tables.registries);
    note(report, "schema", good,
         good ? "ogni interrogazione è valida" : arena_strdup(cx->arena, cx->err.text));
    err_clear(&cx->err);
}

static void audit_progress(int64_t done, int64_t total, void *data)
{
    cli_progress(data, "Registro", done, total);
}

static void check_audit(struct report *report)
{
    struct cx *cx = report->cx;
    struct audit_verdict verdict;

    if (!audit_verify(cx, &verdict, audit_progress, report->cli)) {
        note(report, "registro", false, arena_strdup(cx->arena, cx->err.text));
        err_clear(&cx->err);
        return;
    }
    note(report, "registro", verdict.motivo == NULL,
         verdict.motivo
             ? arena_printf(cx->arena, "riga %lld: %s", (long long)verdict.guasta, verdict.motivo)
             : arena_printf(cx->arena, "%lld righe, %lld dopo l’ultima firma",
                            (long long)verdict.righe, (long long)verdict.scoperte));
}

int run_doctor(struct cx *cx, struct cli *cli)
{
    struct report report = {.cx = cx, .cli = cli};
    struct list list = {.items = report.rows, .size = sizeof(struct esame)};

    if (!place_find(&report.place, cx->arena, cli_place(cli), &cx->err))
        return cli_fail(cx, cli);
    note(&report, "programma", true,
         arena_printf(cx->arena, "%s, %s", cli_program(cli)->version,
                      db_kind(cli_db(cli)) == DB_SQLITE ? "SQLite" : "PostgreSQL"));
    check_files(&report);
    check_integrity(&report);
    check_statements(&report);
    check_audit(&report);
    list.count = report.count;
    cli_rows(cx, cli, esame_fields, &list);
    return report.bad ? EXIT_FAILED : EXIT_DONE;
}
