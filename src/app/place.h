/* Where things lie: one folder with the data file, the settings and the local socket, and a key
 * file outside of it.
 *
 *   folder    --dati, ZONALE_DATI, else /var/lib/zonale for root and ~/.local/share/zonale
 *   settings  FOLDER/zonale.conf: lines "name = value", "#" comments
 *   database  --database, else `database` of the settings, else FOLDER/zonale.db
 *   key       --chiave, else `chiave` of the settings, else CONFIG/<folder's name>-<hash>.chiave,
 *             where CONFIG is /etc/zonale for root and ~/.config/zonale
 */
#ifndef ZONALE_APP_PLACE_H
#define ZONALE_APP_PLACE_H

#include "kit/cli/cli.h"

enum { SETTINGS_SIZE = 65536, PLACE_PATH = 1024 };

struct settings {
    const char *database;
    const char *chiave;
    const char *indirizzo;    /* "127.0.0.1" */
    int64_t porta;            /* INT_NONE = the first free one from 8080 */
    int64_t fili;             /* threads that answer; INT_NONE = one for each processor, 2 to 8 */
    const char *url_pubblico; /* "https://zonale.ambito.it", for links in letters */
};

struct place {
    const char *folder; /* absolute */
    const char *config; /* file of the settings */
    const char *lock;
    const char *socket;
    const char *database; /* file, or address of PostgreSQL */
    const char *key;
    struct settings settings;
};

/* Parses settings; an unknown name or a bad value is ERR_INPUT with file and line. */
MUST_USE bool settings_parse(struct settings *settings, struct arena *arena, const char *name,
                             const char *text, struct err *err);
/* Looks where things lie; reads the settings where there are some. Makes nothing. */
MUST_USE bool place_find(struct place *place, struct arena *arena, const struct cli_place *asked,
                         struct err *err);
/* Makes the folder (0700) and the settings with what was asked for; what is there stays. */
MUST_USE bool place_make(struct place *place, struct arena *arena, const struct cli_place *asked,
                         struct err *err);
/* The data folder holds a data file (always true for PostgreSQL). */
bool place_ready(const struct place *place);
bool place_is_file(const struct place *place); /* SQLite: `database` is a file */

/* Only one process may open the data: the descriptor holds the lock until it is closed; -1: taken
 * (ERR_BUSY) or not to be had. Waits `seconds` at most. */
int place_lock(const struct place *place, int seconds, struct err *err);

#endif
