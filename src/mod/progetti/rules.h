/* Projects: states and moves of a version, who must sign, what must stand in it.
 *
 * Pure. A project is a series of versions: what is signed never changes; a change is a further
 * version, and when it starts it takes the place of the one in course. Both stay readable.
 * L. 328/2000 art. 14 and 22; D.L. 48/2023 art. 4 (pact of inclusion); D.Lgs. 62/2024 art. 26-28
 * (life project); D.Lgs. 29/2024 art. 27 (individual care plan of the elderly).
 */
#ifndef ZONALE_MOD_PROGETTI_RULES_H
#define ZONALE_MOD_PROGETTI_RULES_H

#include "base/field.h"

/* ---- kinds -------------------------------------------------------------------------------- */

enum progetto_tipo {
    TIPO_INDIVIDUALE,
    TIPO_PAI,
    TIPO_PATTO,
    TIPO_VITA,
    TIPO_QUADRO,
    PROGETTO_TIPI
};
const char *progetto_tipo_name(enum progetto_tipo tipo);  /* "patto": in the database */
const char *progetto_tipo_title(enum progetto_tipo tipo); /* "Patto per l’inclusione" */
enum progetto_tipo progetto_tipo_parse(const char *name); /* PROGETTO_TIPI: no such kind */
/* Most days from the start, or from a check, to the next one; 0 = as agreed. */
int progetto_tipo_giorni(enum progetto_tipo tipo);

/* ---- states and moves of a version ----------------------------------------------------------- */

enum progetto_stato {
    PROGETTO_BOZZA,
    PROGETTO_DA_FIRMARE,
    PROGETTO_IN_CORSO,
    PROGETTO_SOSPESO,
    PROGETTO_SOSTITUITO,
    PROGETTO_CONCLUSO,
    PROGETTO_ANNULLATO,
    PROGETTO_STATI
};
const char *progetto_stato_name(enum progetto_stato stato);  /* "da_firmare" */
const char *progetto_stato_title(enum progetto_stato stato); /* "Da firmare" */
enum progetto_stato progetto_stato_parse(const char *name);  /* PROGETTO_STATI: no such state */
bool progetto_stato_closed(enum progetto_stato stato);
bool progetto_stato_running(enum progetto_stato stato); /* in corso, sospeso */

struct progetto_mossa {
    enum progetto_stato da, a;
    const char *label; /* on the button; NULL: it follows from the move of another version */
    bool motivo;       /* a reason must be given */
    bool completo;     /* what the project must say is there */
    bool firme;        /* all have signed */
    bool esiti;        /* every objective has its outcome */
};
extern const struct progetto_mossa progetto_mosse[];
extern const size_t progetto_mosse_count;
/* NULL: there is no such move. */
const struct progetto_mossa *progetto_mossa_find(enum progetto_stato da, enum progetto_stato a);

enum progetto_guasto {
    PROGETTO_OK,
    PROGETTO_NON_PREVISTA,
    PROGETTO_MOTIVO,
    PROGETTO_FUTURO,
    PROGETTO_PRIMA,
    PROGETTO_INCOMPLETO,
    PROGETTO_FIRME,
    PROGETTO_ESITI,
    PROGETTO_GIA_BOZZA, /* a further version is being prepared already */
    PROGETTO_FERMO,     /* none is in course that a further version could follow */
    PROGETTO_GUASTI
};
struct progetto_chiesta {
    enum progetto_stato da, a;
    const char *motivo;
    struct day giorno, ultima, oggi; /* ultima: of the last move; DAY_NONE = none */
    bool completo, firmato, valutato;
};
enum progetto_guasto progetto_mossa_check(const struct progetto_chiesta *chiesta);

enum { PROGETTO_VERSIONI = 60 };
/* The version `which` moves; the others follow: who was in course is replaced by the one that
 * starts; with the end of a project the version being prepared ends as well. */
void progetto_apply(enum progetto_stato *stati, size_t count, size_t which, enum progetto_stato to);
/* May a further version be begun? */
enum progetto_guasto progetto_nuova_check(const enum progetto_stato *stati, size_t count);
/* Of all versions the one that the project is shown as: in course, suspended, to be signed, draft,
 * then the last one. Index; `count` > 0. */
size_t progetto_corrente(const enum progetto_stato *stati, size_t count);

/* ---- who signs ------------------------------------------------------------------------------ */

enum firma_ruolo {
    FIRMA_PERSONA,
    FIRMA_RAPPRESENTANTE, /* guardian, support administrator */
    FIRMA_GENITORI,
    FIRMA_ASSISTENTE,
    FIRMA_SANITARIO,
    FIRMA_COORDINATORE,
    FIRMA_FAMILIARE,
    FIRMA_EROGATORE,
    FIRMA_RUOLI
};
const char *firma_ruolo_name(enum firma_ruolo ruolo);
const char *firma_ruolo_title(enum firma_ruolo ruolo);
enum firma_ruolo firma_ruolo_parse(const char *name);

struct firma_caso {
    enum progetto_tipo tipo;
    bool tutelata; /* somebody else decides for her, or with her */
    bool minore;   /* on the day of the signature */
};
/* Must that role sign for the project to start? Whoever need not may sign all the same. */
bool firma_required(const struct firma_caso *caso, enum firma_ruolo ruolo);
/* Bit set of roles: have all signed that must? */
bool firme_complete(const struct firma_caso *caso, unsigned firmato);

#define FIRMA_MODI(X)                                                                              \
    X("autografa", "Autografa, su carta")                                                          \
    X("digitale", "Digitale")                                                                      \
    X("spid", "Con SPID o CIE")                                                                    \
    X("verbale", "Detta a voce, con verbale")
const char *firma_modo_title(const char *name); /* NULL: no such way */

/* ---- words ---------------------------------------------------------------------------------- */

#define AZIONE_CHI(X)                                                                              \
    X("operatore", "Operatore")                                                                    \
    X("ente", "Ente")                                                                              \
    X("persona", "La persona")                                                                     \
    X("famiglia", "Famiglia")                                                                      \
    X("rete", "Rete, volontari")
const char *azione_chi_title(const char *name);

#define AZIONE_STATI(X)                                                                            \
    X("da_fare", "Da fare")                                                                        \
    X("in_corso", "In corso")                                                                      \
    X("fatta", "Fatta")                                                                            \
    X("non_fatta", "Non fatta")
const char *azione_stato_title(const char *name);

#define OBIETTIVO_ESITI(X)                                                                         \
    X("raggiunto", "Raggiunto")                                                                    \
    X("in_parte", "Raggiunto in parte")                                                            \
    X("non_raggiunto", "Non raggiunto")                                                            \
    X("superato", "Non più attuale")
const char *obiettivo_esito_title(const char *name);

#define FONTI(X)                                                                                   \
    X("ambito", "Ambito")                                                                          \
    X("comune", "Comune")                                                                          \
    X("regione", "Regione")                                                                        \
    X("stato", "Fondi statali")                                                                    \
    X("sanita", "Servizio sanitario")                                                              \
    X("inps", "INPS")                                                                              \
    X("terzo_settore", "Terzo settore")                                                            \
    X("altro", "Altro")
const char *fonte_title(const char *name);

/* ---- what a version says --------------------------------------------------------------------- */

/* It is kept as one text, sealed. */
enum { OBIETTIVI_MAX = 10, AZIONI_MAX = 6, COSTI_MAX = 20, COSTO_FONTI_MAX = 4, FASI_MAX = 8 };

struct azione {
    const char *che_cosa;
    const char *chi;  /* of AZIONE_CHI */
    const char *nome; /* of the worker, the body…; NULL */
    struct day entro;
    struct id prestazione; /* the service that does it; ID_NONE */
};
struct obiettivo {
    const char *testo;
    const char *indicatore; /* how it will be seen; NULL */
    struct azione azioni[AZIONI_MAX];
    size_t azioni_count;
};
struct costo_fonte {
    const char *chi; /* of FONTI */
    struct money importo;
};
struct costo {
    const char *che_cosa;
    struct money importo;
    struct money famiglia; /* what the household pays */
    const char *voce;      /* budget item of the ambito, by name; NULL */
    struct costo_fonte fonti[COSTO_FONTI_MAX];
    size_t fonti_count;
};
struct fase {
    const char *nome;
    struct day dal, al;
};
struct contenuto {
    const char *titolo;
    const char *bisogni; /* what it starts from */
    struct day dal, al;  /* al: the last day */
    struct obiettivo obiettivi[OBIETTIVI_MAX];
    size_t obiettivi_count;
    struct costo costi[COSTI_MAX];
    size_t costi_count;
    struct fase fasi[FASI_MAX];
    size_t fasi_count;
};

/* ---- checks --------------------------------------------------------------------------------- */

struct progetto_rifiuto {
    const char *campo; /* of the form; NULL = of the whole */
    const char *testo; /* in the user's words */
};
enum { RIFIUTI_MAX = 40 };
struct progetto_rifiuti {
    struct arena *arena;
    struct progetto_rifiuto items[RIFIUTI_MAX]; /* those beyond are not kept */
    size_t count;
};
void progetto_rifiuta(struct progetto_rifiuti *rifiuti, const char *campo, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* One piece, as its form is sent; fields are those of the forms. */
void obiettivo_check(const struct obiettivo *obiettivo, struct day dal, struct day al,
                     struct progetto_rifiuti *rifiuti);
/* Amounts are not under zero, each source once, and sources and family make the cost, to the
 * cent. */
void costo_check(const struct costo *costo, struct progetto_rifiuti *rifiuti);
void fasi_check(const struct contenuto *contenuto, struct progetto_rifiuti *rifiuti);
/* All that a project must say before it is signed. `verifiche`: days of the checks that are
 * planned, in order. */
void contenuto_check(const struct contenuto *contenuto, enum progetto_tipo tipo,
                     const struct day *verifiche, size_t count, struct progetto_rifiuti *rifiuti);

/* Sums over all costs; MONEY_INVALID where one is not known. */
struct bilancio_di_progetto {
    struct money totale, famiglia, pubblico; /* pubblico: all that is not the family's */
};
struct bilancio_di_progetto contenuto_budget(const struct contenuto *contenuto);

/* ---- as text -------------------------------------------------------------------------------- */

const char *contenuto_write(struct arena *arena, const struct contenuto *contenuto);
/* False: this is no such text. */
MUST_USE bool contenuto_read(struct arena *arena, const char *text, struct contenuto *contenuto);

/* ---- differences ---------------------------------------------------------------------------- */

/* A line of a project in words, and whether it went (-1), stayed (0) or came (+1). */
struct progetto_differenza {
    int segno;
    const char *dove; /* "Obiettivo", "Azione", "Costo"… */
    const char *testo;
};
enum {
    PROGETTO_RIGHE_MAX =
        3 + OBIETTIVI_MAX * (1 + AZIONI_MAX) + COSTI_MAX * (1 + COSTO_FONTI_MAX) + FASI_MAX
};
/* In the order of the later one, what went where it stood. At most 2 x PROGETTO_RIGHE_MAX; how
 * many. */
size_t contenuto_diff(struct arena *arena, const struct contenuto *prima,
                      const struct contenuto *dopo, struct progetto_differenza *righe);

/* ---- a check of the project ------------------------------------------------------------------ */

/* What was found when it was looked at again. */
struct avanzamento {
    const char *presenti;                         /* who was there; NULL */
    const char *testo;                            /* what was said and decided */
    const char *esiti[OBIETTIVI_MAX];             /* of OBIETTIVO_ESITI; NULL = not yet */
    const char *stati[OBIETTIVI_MAX][AZIONI_MAX]; /* of AZIONE_STATI; NULL = not told */
};
const char *avanzamento_write(struct arena *arena, const struct avanzamento *avanzamento);
MUST_USE bool avanzamento_read(struct arena *arena, const char *text,
                               struct avanzamento *avanzamento);
void avanzamento_check(const struct avanzamento *avanzamento, struct day giorno, struct day oggi,
                       struct progetto_rifiuti *rifiuti);
/* Has each objective its outcome? */
bool avanzamento_whole(const struct avanzamento *avanzamento, const struct contenuto *contenuto);

#endif
