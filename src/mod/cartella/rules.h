/* How a case is taken charge of: states, moves, and what a note of the diary must say.
 *
 * The five processes of the regional guidelines (access, assessment, project, services, final
 * evaluation) as states of a presa in carico; one table holds every move that is allowed, and
 * every move keeps who, when and why.
 */
#ifndef ZONALE_MOD_CARTELLA_RULES_H
#define ZONALE_MOD_CARTELLA_RULES_H

#include "base/field.h"

/* ---- states and moves ------------------------------------------------------------------- */

enum presa_stato {
    STATO_SEGNALATA,
    STATO_ACCOLTA,
    STATO_IN_VALUTAZIONE,
    STATO_CON_PROGETTO,
    STATO_IN_MONITORAGGIO,
    STATO_SOSPESA,
    STATO_CONCLUSA,
    STATO_RIFIUTATA,
    STATO_TRASFERITA,
    STATI
};

const char *presa_stato_name(enum presa_stato stato);  /* "in_valutazione": in the database */
const char *presa_stato_title(enum presa_stato stato); /* "In valutazione" */
enum presa_stato presa_stato_parse(const char *name);  /* STATI when there is no such state */
/* Nothing more is done on it, unless it is opened again. */
bool presa_stato_closed(enum presa_stato stato);

struct mossa {
    enum presa_stato da, a;
    const char *label; /* on the button: "Accogli" */
    bool motivo;       /* a reason must be given */
    bool responsabile; /* somebody must be responsible first */
};
/* Every move that is allowed; `count` of them. */
extern const struct mossa mosse[];
extern const size_t mosse_count;

enum mossa_fault {
    MOSSA_OK,
    MOSSA_NON_PREVISTA, /* not in the table */
    MOSSA_MOTIVO,       /* without its reason */
    MOSSA_RESPONSABILE, /* nobody is responsible */
    MOSSA_FUTURO,       /* on a day that has not come */
    MOSSA_PRIMA,        /* before the last move */
    MOSSA_RIPRESA,      /* a suspended case goes back to where it was */
};

struct mossa_chiesta {
    enum presa_stato da, a;
    enum presa_stato sospesa_da; /* STATI when it is not suspended */
    bool responsabile;           /* somebody is */
    const char *motivo;
    struct day giorno;
    struct day ultima; /* day of the last move; DAY_NONE = none */
    struct day oggi;
};
enum mossa_fault mossa_check(const struct mossa_chiesta *chiesta);

/* Of several prese in carico of one record, the state that the record shows: the open one that is
 * furthest along; a suspended one before the closed ones; STATO_SEGNALATA when there is none. */
enum presa_stato cartella_stato(const enum presa_stato *stati, size_t count);

/* ---- words ------------------------------------------------------------------------------ */

/* Kinds of user of the statutory form on service objectives, and several at once. */
#define TIPI_UTENTE(X)                                                                             \
    X("famiglia", "Famiglia e minori")                                                             \
    X("disabili", "Disabili")                                                                      \
    X("dipendenze", "Dipendenze e salute mentale")                                                 \
    X("anziani", "Anziani")                                                                        \
    X("immigrati", "Immigrati e nomadi")                                                           \
    X("poverta", "Povertà, disagio adulti e senza dimora")                                         \
    X("multiutenza", "Multiutenza")
const char *tipo_utente_title(const char *name); /* NULL when there is no such kind */

#define DIARIO_TIPI(X)                                                                             \
    X("colloquio", "Colloquio")                                                                    \
    X("visita", "Visita domiciliare")                                                              \
    X("telefonata", "Telefonata")                                                                  \
    X("equipe", "Riunione di équipe")                                                              \
    X("tribunale", "Tribunale")                                                                    \
    X("altro", "Altro")
const char *diario_tipo_title(const char *name);

/* ---- diary ------------------------------------------------------------------------------ */

enum diario_fault {
    DIARIO_OK,
    DIARIO_VUOTO,  /* no text */
    DIARIO_TIPO,   /* none of the list */
    DIARIO_FUTURO, /* a fact of a day that has not come */
    DIARIO_UGUALE, /* a correction that changes nothing */
};

struct diario_nota {
    struct day giorno; /* of the fact */
    const char *tipo;
    const char *presenti; /* who was there; NULL */
    const char *testo;
    int64_t riserbo; /* enum authz_sensitivity */
};
/* `prima` is the version that it corrects, NULL for a new note. */
enum diario_fault diario_check(const struct diario_nota *nota, const struct diario_nota *prima,
                               struct day oggi);

/* ---- documents -------------------------------------------------------------------------- */

/* A file is judged by its content, and its name must end as that content does: a program called
 * "referto.pdf", or a script that calls itself text, is handed to nobody. */
enum {
    DOCUMENTO_MASSIMO = 8 * 1024 * 1024, /* bytes of one document */
    DOCUMENTO_PARTE = 256 * 1024,        /* bytes sealed at once */
};

enum documento_fault {
    DOCUMENTO_OK,
    DOCUMENTO_VUOTO,
    DOCUMENTO_GRANDE,
    DOCUMENTO_TIPO,   /* a content that is not taken */
    DOCUMENTO_NOME,   /* a name that says another content */
    DOCUMENTO_FUTURO, /* of a day that has not come */
};

struct documento_chiesto {
    const char *nome; /* of the file */
    const char *tipo; /* media type found in its content; NULL = none that we know */
    int64_t dimensione;
    struct day giorno;
    struct day oggi;
};
enum documento_fault documento_check(const struct documento_chiesto *chiesto);

/* How many pieces a document of so many bytes is sealed in. */
int64_t documento_parti(int64_t dimensione);

#endif
