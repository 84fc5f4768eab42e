/* A definition of an apportionment as text ("prospetto"), and the table that follows from it.
 * The format is described for its users in docs/formati/prospetto.md. Pure: text in, figures out;
 * whatever is wrong is said with line, column and reason, and then there is no definition. */
#ifndef ZONALE_MOD_RIPARTO_PROSPETTO_H
#define ZONALE_MOD_RIPARTO_PROSPETTO_H

#include "base/field.h"
#include "mod/riparto/rules.h"

#include <stdbool.h>

enum {
    DEFINIZIONE_SIZE = 4 * 1024 * 1024,
    DEFINIZIONE_FAULTS = 100,
    DEFINIZIONE_TETTI = 32,
    DEFINIZIONE_INTESTAZIONI = 64,
    DEFINIZIONE_SOMME = 256, /* lines of sums in a published table */
    QUADRO_COLONNE = RIPARTO_COLONNE + 2 + 3 * RIPARTO_RATE,
    QUADRO_GRUPPI = 256,
};

enum metodo {
    METODO_PRO_CAPITE, /* quota x persons */
    METODO_CRITERI,    /* a sum by one or more criteria */
    METODO_MARGINI,    /* payers x areas, both margins hold */
    METODO_ORE,        /* hours x weeks x hourly cost + VAT */
    METODO_UNITA,      /* fixed part + units x amount, caps by area */
    METODO_COSTI,      /* cost x share */
    METODI
};
const char *metodo_name(enum metodo metodo); /* "pro_capite" */

/* One that pays, or one item. A payer that stands for several municipalities has the sum of their
 * weights. What is not known: MONEY_INVALID, -1, den 0. */
struct definizione_riga {
    long line;
    const char *nome;
    const char *gruppo;            /* area or group; "" = none */
    const char *per;               /* "Cerete, Onore": for whom it pays; "" = itself */
    int64_t pesi[RIPARTO_CRITERI]; /* hundredths; inhabitants, hours, units or criteria */
    struct money importi[2];       /* see the methods' columns in prospetto.c */
    struct rate quota;             /* VAT, or share of a cost */
    struct money *pubblicato;      /* one a column of the table */
};

struct definizione {
    enum metodo metodo;
    const char *titolo, *atto; /* "" where not said */
    struct money importo, quota;
    int64_t passo;
    enum arrotondamento modo;
    struct {
        const char *nome;
        struct rate quota;
    } criteri[RIPARTO_CRITERI];
    size_t criteri_count;
    struct {
        const char *nome;
        struct money totale;
    } colonne[RIPARTO_COLONNE];
    size_t colonne_count;
    struct rate rate[RIPARTO_RATE];
    struct day scadenze[RIPARTO_RATE];
    size_t rate_count;
    struct rate trasferimento;
    int64_t mesi, mesi_passo; /* 0 = not asked for */
    int64_t settimane;
    struct {
        const char *gruppo;
        struct rate quota;
    } tetti[DEFINIZIONE_TETTI];
    size_t tetti_count;

    const char *nomi[QUADRO_COLONNE]; /* columns of the table that follows: "dovuto", … */
    size_t nomi_count;
    struct definizione_riga *righe;
    size_t righe_count;
    struct definizione_riga *somme; /* published sums: of a group, or ("") of all */
    size_t somme_count;
};

struct definizione_faults {
    struct {
        long line;
        const char *column; /* "" where it is the whole line's */
        const char *text;
    } items[DEFINIZIONE_FAULTS];
    size_t count;
};

/* Names that the ambito knows, ended by NULL; rows of a table whose first column is "comune" must
 * be among them. NULL: not checked. */
void definizione_read(struct arena *arena, const char *text, size_t size, const char *const *noti,
                      struct definizione *def, struct definizione_faults *faults);

/* Behind the comments and empty lines at the beginning, by which the separator must not be judged;
 * `line`, which counts from 1, goes along. */
const char *definizione_start(const char *text, size_t size, long *line);
/* Does a row that begins with this word begin the table? */
bool definizione_heading(const char *word);

/* What a row is to add up to, in a table between margins. */
struct money definizione_row_total(const struct definizione *def, size_t riga);

/* ---- what follows from it -------------------------------------------------------------------- */

/* Cells row by row, `nomi_count` each. */
struct quadro {
    const struct definizione *def;
    struct money *celle;
    struct money totali[QUADRO_COLONNE];
    struct money residuo; /* rows less the sum apportioned: what rounding row by row costs */
    struct {
        const char *nome;
        struct money totale;
        int64_t percento; /* hundredths of the total */
    } gruppi[QUADRO_GRUPPI];
    size_t gruppi_count;
};
/* `dove` gets the name of the criterion, row or area at fault, or "". */
enum riparto_esito quadro_compute(struct arena *arena, const struct definizione *def,
                                  struct quadro *quadro, const char **dove);
struct money quadro_cell(const struct quadro *quadro, size_t riga, size_t colonna);
/* What a payer owes in all: the first column, or the sum of the areas. */
struct money quadro_due(const struct quadro *quadro, size_t riga);
/* Where the figure comes from, in words: "34,20 x 3.313 abitanti". */
const char *quadro_explain(struct arena *arena, const struct quadro *quadro, size_t riga,
                           size_t colonna);

/* ---- is a published table right? ------------------------------------------------------------- */

struct scarto {
    long line;
    const char *riga, *colonna;
    struct money trovato, dovuto;
    const char *perche;
};
/* Cells that do not follow from the rule; sums that are not those of the published rows; caps;
 * the residue. Elements struct scarto. */
void quadro_verify(struct arena *arena, const struct quadro *quadro, struct list *scarti);

#endif
