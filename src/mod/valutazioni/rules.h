/* Assessment forms as data: what a form asks, and what follows from the answers.
 *
 * A form is a text (docs/formati/scheda.md): items in sections, choices with points, weights,
 * totals and bands. Pure: text in, scores out; whatever is wrong in the text is said with line,
 * column and reason, and then there is no form. Points and scores are hundredths.
 *
 * Regional guidelines on the social record, process B (assessment). ADL after Katz et al. (1963),
 * IADL after Lawton and Brody (1969), in words of ours.
 */
#ifndef ZONALE_MOD_VALUTAZIONI_RULES_H
#define ZONALE_MOD_VALUTAZIONI_RULES_H

#include "base/field.h"

#include <stdbool.h>

enum {
    SCHEDA_SIZE = 256 * 1024,
    SCHEDA_VOCI = 60,
    SCHEDA_SCELTE = 12, /* of one item */
    SCHEDA_SEZIONI = 20,
    SCHEDA_TOTALI = 12,
    SCHEDA_FASCE = 12, /* of one total */
    SCHEDA_FAULTS = 100,
    SCHEDA_CODICE = 32,
    SCHEDA_PAROLE = 400, /* characters of a text of the form */
    RISPOSTA_NUMERO = 16,
    RISPOSTA_TESTO = 2000, /* characters of a free answer */
    PUNTI_MAX = 100000,    /* 1 000,00 */
};

enum voce_tipo {
    VOCE_SCELTA, /* one of its choices */
    VOCE_NUMERO, /* a number between two */
    VOCE_TESTO,  /* words, which give no points */
};

struct scheda_scelta {
    int64_t punti;
    bool conta; /* false: it answers, and is left out of the totals ("non riguarda la persona") */
    const char *testo;
};

struct scheda_voce {
    const char *codice, *testo;
    enum voce_tipo tipo;
    int64_t peso; /* hundredths; 100 = once */
    size_t sezione;
    int64_t minimo, massimo; /* of a number; of the points of the choices that count */
    struct scheda_scelta scelte[SCHEDA_SCELTE];
    size_t scelte_count;
};

enum scheda_calcolo { CALCOLO_SOMMA, CALCOLO_MEDIA, CALCOLO_MASSIMO, CALCOLI };

struct scheda_totale {
    const char *codice, *titolo;
    enum scheda_calcolo calcolo;
    bool voci[SCHEDA_VOCI];  /* those that it is made of */
    int64_t minimo, massimo; /* that can come out */
    struct {
        int64_t da; /* up to the next one */
        const char *nome;
    } fasce[SCHEDA_FASCE];
    size_t fasce_count;
};

struct scheda_regole {
    const char *codice, *titolo, *fonte, *intro; /* "" where not said */
    const char *sezioni[SCHEDA_SEZIONI];         /* "" = before the first one */
    size_t sezioni_count;
    struct scheda_voce voci[SCHEDA_VOCI];
    size_t voci_count;
    struct scheda_totale totali[SCHEDA_TOTALI]; /* the first is the one that thresholds ask for */
    size_t totali_count;
};

struct scheda_faults {
    struct {
        long line;
        const char *column; /* "" where it is the whole line's */
        const char *text;
    } items[SCHEDA_FAULTS];
    size_t count;
};

/* What faults->count > 0 leaves in `scheda` is not to be used. `text` is UTF-8 or Windows-1252 in
 * columns parted by tabs or `;`. */
void scheda_read(struct arena *arena, const char *text, size_t size, struct scheda_regole *scheda,
                 struct scheda_faults *faults);

/* ---- answers ------------------------------------------------------------------------------- */

/* One an item, NULL = not answered: the number of the choice from "1", a number, words. They are
 * cleaned already (text_clean). */
struct risposte {
    const char *items[SCHEDA_VOCI];
};

enum risposta_fault {
    RISPOSTA_OK,
    RISPOSTA_SCELTA, /* no such choice */
    RISPOSTA_CIFRA,  /* no number with at most two decimals */
    RISPOSTA_FUORI,  /* not between the two */
    RISPOSTA_LUNGA,  /* too many words */
};
enum risposta_fault risposta_check(const struct scheda_voce *voce, const char *risposta);
/* The number of a choice, counted from 0; SCHEDA_SCELTE when it is none. */
size_t risposta_scelta(const struct scheda_voce *voce, const char *risposta);
/* The answer in words: "Da sola", "3,5"; NULL where there is none. */
const char *risposta_words(struct arena *arena, const struct scheda_voce *voce,
                           const char *risposta);
/* As it is kept: a line an item, "codice<TAB>answer"; and back. Lines of items that the form does
 * not have are dropped: an assessment is read with the version it was made with. */
const char *risposte_text(struct arena *arena, const struct scheda_regole *scheda,
                          const struct risposte *risposte);
void risposte_read(struct arena *arena, const struct scheda_regole *scheda, const char *text,
                   struct risposte *risposte);

/* ---- scores -------------------------------------------------------------------------------- */

struct punteggio {
    bool completo; /* false: `mancano` items of it are not answered, and there is no score */
    size_t mancano;
    bool escluso;       /* complete, but every item was left out: there is no score either */
    int64_t centesimi;  /* INT_NONE where there is none; never zero for "not known" */
    const char *fascia; /* NULL = no band */
};
struct esito {
    struct punteggio totali[SCHEDA_TOTALI];
    size_t date, domande; /* answered items and all, of every kind but words */
    bool completo;        /* every total is */
};
void scheda_score(const struct scheda_regole *scheda, const struct risposte *risposte,
                  struct esito *esito);
/* "4", "7,5", "incompleto: mancano 2 risposte" */
const char *punteggio_words(struct arena *arena, const struct punteggio *punteggio);

enum { PUNTI_TEXT = 32 };
const char *punti_it(int64_t centesimi, char text[static PUNTI_TEXT]); /* "7,5"; "" */
/* "7,5", "7.5", "-1": at most two decimals, within PUNTI_MAX on both sides. */
MUST_USE bool punti_parse(const char *text, int64_t *centesimi);

#endif
