/* What the two halves of the reader of definitions share: prospetto.c, prospetto_tabella.c. */
#ifndef ZONALE_MOD_RIPARTO_INSIDE_H
#define ZONALE_MOD_RIPARTO_INSIDE_H

#include "base/csv.h"
#include "mod/riparto/prospetto.h"

enum { READER_HEADS = 16 };

/* What a cell of the table is. */
enum colonna_tipo {
    COLONNA_NOTA,
    COLONNA_NOME,
    COLONNA_GRUPPO,
    COLONNA_PAGA,
    COLONNA_PESO,
    COLONNA_IMPORTO,
    COLONNA_QUOTA,
    COLONNA_PUBBLICATO,
};

struct reader {
    struct arena *arena;
    struct definizione *def;
    struct definizione_faults *faults;
    const char *const *noti;
    struct csv csv;
    struct csv_row row;
    bool seen[READER_HEADS];
    struct {
        enum colonna_tipo tipo;
        size_t index;
        const char *nome;
        bool intero; /* whole numbers only */
    } colonne[CSV_CELLS];
    size_t colonne_count;
    bool comuni; /* rows are municipalities */
};

/* Always false. A literal % is doubled in `format`. */
bool definizione_fault(struct reader *reader, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool definizione_money(struct reader *reader, const char *column, const char *text,
                       struct money *out);
bool definizione_share(struct reader *reader, const char *column, const char *text,
                       struct rate *out);
/* The heading of the table, each of its rows, and what only the whole shows. */
bool tabella_start(struct reader *reader);
void tabella_row(struct reader *reader);
void tabella_end(struct reader *reader);

#endif
