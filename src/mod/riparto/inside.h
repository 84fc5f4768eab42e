/* What the parts of the reader of definitions share: prospetto.c (the words before the table),
 * prospetto_tabella.c, prospetto_lettura.c (the whole). */
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
        bool intero;   /* whole numbers only */
        bool percento; /* percentages, also without the sign */
    } colonne[CSV_CELLS];
    size_t colonne_count;
    size_t nome_at; /* the column of names */
    struct {
        const char *trovata, *nome;
        bool percento;                        /* its figures are percentages, without the sign */
    } intestazioni[DEFINIZIONE_INTESTAZIONI]; /* headings of the table as published */
    size_t intestazioni_count;
    bool tabella; /* as published: what stands before its heading is passed over */
    bool comuni;  /* rows are municipalities */
};

/* Always false. A literal % is doubled in `format`. */
bool definizione_fault(struct reader *reader, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool definizione_money(struct reader *reader, const char *column, const char *text,
                       struct money *out);
bool definizione_share(struct reader *reader, const char *column, const char *text,
                       struct rate *out);
/* A cell of the row being read; "" behind the last. */
const char *riga_cell(const struct reader *reader, size_t index);
/* A line before the table; what only all of them show; the columns of the table that follows. */
void testa_row(struct reader *reader);
void testa_end(struct reader *reader);
void testa_columns(struct reader *reader);
/* Is the row being read the heading? Then `nome_at` is known. */
bool tabella_heading(struct reader *reader);
/* The heading of the table, each of its rows, and what only the whole shows. */
bool tabella_start(struct reader *reader);
void tabella_row(struct reader *reader);
void tabella_end(struct reader *reader);

#endif
