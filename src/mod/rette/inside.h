/* What the files of this room show to each other. */
#ifndef ZONALE_MOD_RETTE_INSIDE_H
#define ZONALE_MOD_RETTE_INSIDE_H

#include "kit/cli/cli.h"
#include "kit/doc/doc.h"
#include "kit/web/web.h"
#include "mod/rette/rette.h"
#include "mod/rette/store.h"

extern const struct web_route rette_routes[];
extern const struct menu_item rette_menu[];
extern const struct cli_command rette_commands[];

/* The notice for the person who pays: how much, from when, and why. */
struct retta_avviso {
    const char *ente;    /* who writes */
    const char *persona; /* "Rossi Maria" */
    const char *servizio;
    const char *variante;
    struct day giorno;
    struct instant scritto;
    const struct retta *retta; /* RETTA_DOVUTA, explained */
};
struct doc *rette_avviso(struct arena *arena, const struct retta_avviso *avviso);

/* The letter that reminds of an attestation about to expire, or just expired. */
struct isee_promemoria {
    const char *ente, *persona;
    const struct isee *isee;
    struct day oggi;
    struct instant scritto;
};
struct doc *rette_promemoria(struct arena *arena, const struct isee_promemoria *what);

/* Two plans beside each other, band by band, with both curves. */
struct confronto_doc {
    const char *ente;
    const struct piano *prima, *dopo; /* checked */
    bool festivo;
    struct instant scritto;
};
struct doc *rette_confronto(struct arena *arena, const struct confronto_doc *what);

#endif
