#include "app/place.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- settings ---------------------------------------------------------------------------- */

static const struct field settings_fields[] = {FIELD(settings, database),
                                               FIELD(settings, chiave),
                                               FIELD(settings, indirizzo),
                                               FIELD(settings, porta),
                                               FIELD(settings, fili),
                                               FIELD(settings, url_pubblico),
                                               FIELD_END};

static char *trim(char *text)
{
    text += strspn(text, " \t\r");
    for (size_t size = strlen(text); size > 0 && strchr(" \t\r", text[size - 1]) != NULL; size--)
        text[size - 1] = '\0';
    return text;
}

static bool settings_line(struct settings *settings, struct arena *arena, char *line,
                          const char **why)
{
    char *equals = strchr(line, '=');
    const struct field *field;

    *why = "si aspetta nome = valore";
    if (equals == NULL)
        return false;
    *equals = '\0';
    field = field_find(settings_fields, trim(line));
    *why = "impostazione sconosciuta";
    if (field == NULL)
        return false;
    *why = "valore non valido";
    return field_set_machine(arena, field, settings, trim(equals + 1));
}

bool settings_parse(struct settings *settings, struct arena *arena, const char *name,
                    const char *text, struct err *err)
{
    char *copy = arena_strdup(arena, text), *line;

    field_blank(settings_fields, settings);
    if (strlen(text) > SETTINGS_SIZE || !text_valid(text, strlen(text)))
        return err_set(err, ERR_INPUT, "%s: non è un file di impostazioni", name);
    for (int number = 1; (line = strsep(&copy, "\n")) != NULL; number++) {
        const char *why;

        line = trim(line);
        if (line[0] != '\0' && line[0] != '#' && !settings_line(settings, arena, line, &why))
            return err_set(err, ERR_INPUT, "%s, riga %d: %s", name, number, why);
    }
    if (settings->porta != INT_NONE && (settings->porta < 0 || settings->porta > 65535))
        return err_set(err, ERR_INPUT, "%s: porta fuori da 0-65535", name);
    if (settings->fili != INT_NONE && (settings->fili < 1 || settings->fili > 64))
        return err_set(err, ERR_INPUT, "%s: fili fuori da 1-64", name);
    return true;
}

/* A missing file is an empty one. */
static bool settings_read(struct place *place, struct arena *arena, struct err *err)
{
    char *text = arena_alloc(arena, SETTINGS_SIZE + 2);
    FILE *file = fopen(place->config, "re");

    if (file == NULL && errno != ENOENT && errno != ENOTDIR)
        return err_set(err, ERR_IO, "%s: %s", place->config, strerrordesc_np(errno));
    if (file != NULL) {
        size_t size = fread(text, 1, SETTINGS_SIZE + 1, file);

        text[size] = '\0';
        (void)fclose(file);
    }
    return settings_parse(&place->settings, arena, place->config, text, err);
}

/* ---- paths ------------------------------------------------------------------------------- */

/* For root under the system's folders, for others under the home. */
static const char *home_path(struct arena *arena, const char *system, const char *variable,
                             const char *below)
{
    const char *base = getenv(variable), *home = getenv("HOME");

    if (base != NULL && base[0] == '/')
        return arena_printf(arena, "%s/zonale", base);
    if (geteuid() == 0 || home == NULL || home[0] != '/')
        return system;
    return arena_printf(arena, "%s/%s/zonale", home, below);
}

static const char *absolute(struct arena *arena, const char *path)
{
    char here[PLACE_PATH], *real;
    const char *made;

    if (path[0] != '/' && getcwd(here, sizeof here) != NULL)
        path = arena_printf(arena, "%s/%s", here, path);
    real = realpath(path, NULL);
    made = real ? arena_strdup(arena, real) : path;
    free(real);
    return made;
}

/* FNV-1a: tells folders of the same name apart, nothing more. */
static uint32_t hash_of(const char *text)
{
    uint32_t hash = 2166136261U;

    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619U;
    return hash;
}

static const char *key_path(struct arena *arena, const char *folder)
{
    const char *name = strrchr(folder, '/');

    return arena_printf(arena, "%s/%s-%08x.chiave",
                        home_path(arena, "/etc/zonale", "XDG_CONFIG_HOME", ".config"),
                        name && name[1] ? name + 1 : "dati", hash_of(folder));
}

static const char *first(const char *a, const char *b, const char *c)
{
    return a ? a : b ? b : c;
}

static void name_files(struct place *place, struct arena *arena, const struct cli_place *asked)
{
    const struct settings *set = &place->settings;

    place->database =
        first(asked->database, set->database, arena_printf(arena, "%s/zonale.db", place->folder));
    place->key = first(asked->chiave, set->chiave, key_path(arena, place->folder));
    if (place_is_file(place))
        place->database = absolute(arena, place->database);
    place->key = absolute(arena, place->key);
}

bool place_find(struct place *place, struct arena *arena, const struct cli_place *asked,
                struct err *err)
{
    const char *folder = asked->dati;

    *place = (struct place){0};
    if (folder == NULL)
        folder = home_path(arena, "/var/lib/zonale", "XDG_DATA_HOME", ".local/share");
    folder = absolute(arena, folder);
    /* a local socket's path has 108 bytes, with its name and its NUL */
    if (strlen(folder) > 90)
        return err_set(err, ERR_INPUT, "%s: il percorso della cartella è troppo lungo", folder);
    place->folder = folder;
    place->config = arena_printf(arena, "%s/zonale.conf", folder);
    place->lock = arena_printf(arena, "%s/zonale.lock", folder);
    place->socket = arena_printf(arena, "%s/zonale.sock", folder);
    if (!settings_read(place, arena, err))
        return false;
    name_files(place, arena, asked);
    return true;
}

/* The same words that kit/db knows an address by. */
bool place_is_file(const struct place *place)
{
    static const char *const starts[] = {"postgresql://", "postgres://",
                                         "host=", "dbname=", "service="};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(place->database, starts[i], strlen(starts[i])) == 0)
            return false;
    return true;
}

bool place_ready(const struct place *place)
{
    return !place_is_file(place) || access(place->database, F_OK) == 0;
}

/* ---- making ------------------------------------------------------------------------------ */

static bool make_folders(const char *path, struct err *err)
{
    char part[PLACE_PATH];

    for (size_t i = 1; i < sizeof part && path[i - 1] != '\0'; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0700) != 0 && errno != EEXIST)
            return err_set(err, ERR_IO, "%s: %s", part, strerrordesc_np(errno));
    }
    return true;
}

static const char settings_head[] =
    "# Impostazioni di Zonale: nome = valore. Il resto si imposta dalle pagine.\n"
    "#   database      file SQLite o postgresql://…\n"
    "#   chiave        file della chiave, fuori da questa cartella\n"
    "#   indirizzo     dove ascoltare (127.0.0.1)\n"
    "#   porta         altrimenti la prima libera da 8080\n"
    "#   fili          quanti rispondono insieme\n"
    "#   url_pubblico  https://… dietro un proxy\n";

static bool write_settings(const struct place *place, const struct cli_place *asked,
                           struct err *err)
{
    FILE *file = fopen(place->config, "wxe");

    if (file == NULL)
        return errno == EEXIST ||
               err_set(err, ERR_IO, "%s: %s", place->config, strerrordesc_np(errno));
    fputs(settings_head, file);
    if (asked->database != NULL)
        fprintf(file, "database = %s\n", place->database);
    /* written always: a folder that is moved keeps its key */
    fprintf(file, "chiave = %s\n", place->key);
    if (fclose(file) != 0)
        return err_set(err, ERR_IO, "%s: %s", place->config, strerrordesc_np(errno));
    return true;
}

bool place_make(struct place *place, struct arena *arena, const struct cli_place *asked,
                struct err *err)
{
    char *key_folder;

    if (!make_folders(place->folder, err))
        return false;
    /* again: the folder now exists, and its real path may differ */
    if (!place_find(place, arena, asked, err))
        return false;
    key_folder = arena_strdup(arena, place->key);
    *strrchr(key_folder, '/') = '\0';
    return (key_folder[0] == '\0' || make_folders(key_folder, err)) &&
           write_settings(place, asked, err);
}

int place_lock(const struct place *place, int seconds, struct err *err)
{
    enum { TRIES_A_SECOND = 20 };
    static const struct timespec pause = {.tv_nsec = 1000000000 / TRIES_A_SECOND};
    int fd = open(place->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0) {
        (void)err_set(err, ERR_IO, "%s: %s", place->lock, strerrordesc_np(errno));
        return -1;
    }
    for (int tries = seconds * TRIES_A_SECOND; flock(fd, LOCK_EX | LOCK_NB) != 0; tries--) {
        if (tries <= 0 || errno != EWOULDBLOCK) {
            (void)err_set(err, ERR_BUSY, "%s: un altro processo sta usando questi dati",
                          place->folder);
            (void)close(fd);
            return -1;
        }
        (void)nanosleep(&pause, NULL);
    }
    return fd;
}
