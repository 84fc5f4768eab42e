/* What a contact may say, and how few is too few to be shown. */
#ifndef ZONALE_MOD_ACCESSO_RULES_H
#define ZONALE_MOD_ACCESSO_RULES_H

#include "base/field.h"

struct contatto {
    struct id id;
    struct id ente;
    struct id persona; /* ID_NONE = anonymous */
    struct id utente;  /* who took it */
    struct day giorno;
    const char *canale;
    const char *area;
    const char *esito;
    struct id inviato_a; /* body it was sent to; ID_NONE */
    struct minutes minuti;
    const char *richiesta; /* what was asked; sealed in the database */
};

/* Lists of codes with their words, written once: X(code, words). */
/* How it came. */
#define CONTATTO_CANALI(X)                                                                         \
    X("sportello", "Allo sportello")                                                               \
    X("telefono", "Telefono")                                                                      \
    X("posta", "Posta elettronica")                                                                \
    X("domicilio", "A casa")                                                                       \
    X("scuola", "A scuola")                                                                        \
    X("ospedale", "In ospedale")                                                                   \
    X("segnalazione", "Segnalazione di altri")
/* Areas of need: the sections of users of the form on service objectives (Fondo di solidarietà
 * comunale). */
#define CONTATTO_AREE(X)                                                                           \
    X("famiglia", "Famiglia e minori")                                                             \
    X("disabili", "Disabili")                                                                      \
    X("dipendenze", "Dipendenze e salute mentale")                                                 \
    X("anziani", "Anziani")                                                                        \
    X("immigrati", "Immigrati e nomadi")                                                           \
    X("poverta", "Povertà, disagio adulti e senza dimora")                                         \
    X("multiutenza", "Multiutenza")
/* What was done. */
#define CONTATTO_ESITI(X)                                                                          \
    X("informazione", "Informazione")                                                              \
    X("orientamento", "Orientamento")                                                              \
    X("invio", "Inviato ad altri")                                                                 \
    X("appuntamento", "Appuntamento")                                                              \
    X("urgenza", "Intervento urgente")                                                             \
    X("cartella", "Aperta la cartella")

struct parola { /* a code and the words for it */
    const char *codice;
    const char *testo;
};
/* Ended by {NULL, NULL}. */
extern const struct parola contatto_canali[];
extern const struct parola contatto_aree[]; /* typologies of the statutory form */
extern const struct parola contatto_esiti[];
/* NULL when there is no such code. */
const char *parola_text(const struct parola *parole, const char *codice);

enum contatto_fault {
    CONTATTO_OK,
    CONTATTO_FUTURO,  /* a day that has not come */
    CONTATTO_REMOTO,  /* more than a year ago: a slip of the pen */
    CONTATTO_CANALE,  /* none of the list */
    CONTATTO_AREA,    /* none of the list */
    CONTATTO_ESITO,   /* none of the list */
    CONTATTO_ANONIMO, /* a record cannot be opened for nobody */
    CONTATTO_MINUTI,  /* none, or more than a working day */
};
enum contatto_fault contatto_check(const struct contatto *contatto, struct day today);

/* ---- counts without names ----------------------------------------------------------------- */

enum { CONTEGGIO_MINIMO = 5 };
/* The counts of one table as they may be published, and its total.
 *   0, 12       as they are
 *   1-4         "meno di 5"
 *   the smallest other one, where a single count is hidden: "riservato" (else the hidden one would
 *               follow from the total that another table shows)
 * The total over hidden counts is "almeno 52". `texts` has room for `size`. */
const char *conteggi_text(struct arena *arena, const int64_t *counts, size_t size,
                          const char **texts);
/* Whether a text of conteggi_text hides its count. */
bool conteggio_hidden(const char *text);

#endif
