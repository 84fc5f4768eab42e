/* What the program carries inside itself, written by tools/embed.py at each build: templates,
 * texts, static files. Schemas have their own symbols: a room declares
 *     extern const char rette_model_sql[];
 *     extern const struct db_change rette_changes[];
 * and tables of the rooms likewise (permessi.tsv is permessi_tsv). */
#ifndef ZONALE_KIT_EMBEDDED_H
#define ZONALE_KIT_EMBEDDED_H

#include "kit/db/db.h"
#include "kit/tmpl/tmpl.h"
#include "kit/web/web.h"

struct embedded_message {
    const char *key;
    const char *text;
};

extern const struct tmpl_file embedded_templates[];       /* ended by name NULL */
extern const struct web_asset embedded_assets[];          /* ended by name NULL */
extern const struct embedded_message embedded_messages[]; /* sorted by key */
extern const size_t embedded_messages_count;

#endif
