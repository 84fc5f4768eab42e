/* Random sequences of acts on records, against a reference that is a few arrays: whatever is done,
 * refused or done a second time, what the database says is what the reference says. */
#include "mod/cartella/store.h"

#include "kit/db/test/support.h"
#include "mod/accesso/store.h"
#include "mod/enti/store.h"
#include "mod/persone/store.h"
#include "mod/rette/store.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {
    &utenti_schema,   &enti_schema, &persone_schema, &accesso_schema, &rette_schema,
    &cartella_schema, NULL};

enum { WORKERS = 3, PRESE = 4, NOTE = 6, SEQUENZE = 100, PASSI = 40 };

/* What the manual says of each state; ! = somebody must be responsible, ? = a reason is due. The
 * order is that of "what the record shows", the furthest along first. */
static const struct {
    const char *stato, *verso;
    bool chiuso;
} manuale[] = {
    {"in_monitoraggio", "con_progetto!? in_valutazione!? sospesa? conclusa? trasferita? ", false},
    {"con_progetto", "in_monitoraggio! in_valutazione!? sospesa? conclusa? trasferita? ", false},
    {"in_valutazione", "con_progetto! sospesa? conclusa? trasferita? ", false},
    {"accolta", "in_valutazione! sospesa? conclusa? trasferita? ", false},
    {"segnalata", "accolta! rifiutata? trasferita? ", false},
    {"sospesa", "back! conclusa? trasferita? ", false},
    {"conclusa", "accolta!? ", true},
    {"trasferita", "", true},
    {"rifiutata", "segnalata? ", true},
};
enum { RIGHE = sizeof manuale / sizeof *manuale };

struct m_presa {
    struct id id;
    size_t stato, prima; /* rows of the manual; prima: before it was suspended */
    size_t worker;       /* WORKERS = nobody */
    int64_t versione;
    struct day ultima;
};
struct m_nota {
    struct id voce;
    int64_t versioni;
    char testo[32];
};
struct model {
    struct id ambito, clusone, worker[WORKERS];
    struct who *who;
    int sequence, step;
    struct id persona, cartella;
    struct m_presa prese[PRESE];
    size_t prese_count;
    struct m_nota note[NOTE];
    size_t note_count;
    int done, refused, conflicts; /* over all sequences */
};

static size_t row_of(const char *stato)
{
    size_t i = 0;
    while (i < RIGHE && strcmp(manuale[i].stato, stato) != 0)
        i++;
    return i;
}

static size_t below(struct cx *cx, size_t bound)
{
    return (size_t)cx_random_below(cx, bound);
}

#define WRONG(cx, m, what)                                                                         \
    FAIL((cx), ERR_INTERNAL, "sequence %d, step %d: %s", (m)->sequence, (m)->step, (what))

/* ---- acts ------------------------------------------------------------------------------- */

static bool act_open(struct cx *cx, struct model *m)
{
    struct list after;
    size_t worker = below(cx, WORKERS + 1);
    if (m->prese_count == PRESE)
        return true;
    struct presa_nuova nuova = {.persona = m->persona,
                                .ente = m->clusone,
                                .responsabile = worker < WORKERS ? m->worker[worker] : ID_NONE,
                                .tipo_utente = "anziani",
                                .riserbo = RISERVO_PARTICOLARE,
                                .dal = day_add(cx->today, -(int)below(cx, 9)),
                                .motivo = "segnalata"};
    struct id record = m->cartella;
    if (!presa_open(cx, &nuova, &m->cartella))
        return false;
    if (record.n != 0 && record.n != m->cartella.n)
        return WRONG(cx, m, "a second record");
    if (!presa_list(cx, m->cartella, &after))
        return false;
    struct m_presa *p = &m->prese[m->prese_count];
    LIST_EACH (&after, struct presa_in_carico, presa) {
        bool known = false;
        for (size_t i = 0; i < m->prese_count; i++)
            known = known || m->prese[i].id.n == presa->id.n;
        if (!known)
            p->id = presa->id;
    }
    m->prese_count++;
    p->stato = row_of(worker < WORKERS ? "accolta" : "segnalata");
    p->worker = worker;
    p->versione = 1;
    p->ultima = nuova.dal;
    return true;
}

/* Would the manual let it? */
static bool allowed(const struct m_presa *p, size_t to, bool reason, struct day day,
                    struct day today)
{
    const char *name = manuale[to].stato;
    if (strcmp(manuale[p->stato].stato, "sospesa") == 0 && to == p->prima)
        name = "back";
    const char *at = manuale[p->stato].verso;
    size_t length = strlen(name);
    while ((at = strstr(at, name)) != NULL && at[length] != ' ' && at[length] != '!' &&
           at[length] != '?')
        at += length;
    if (at == NULL || day_cmp(day, p->ultima) < 0 || day_cmp(day, today) > 0)
        return false;
    size_t marks = strcspn(at + length, " ");
    return (memchr(at + length, '!', marks) == NULL || p->worker < WORKERS) &&
           (memchr(at + length, '?', marks) == NULL || reason);
}

static bool act_move(struct cx *cx, struct model *m)
{
    if (m->prese_count == 0)
        return true;
    struct m_presa *p = &m->prese[below(cx, m->prese_count)];
    size_t to = below(cx, RIGHE);
    bool reason = below(cx, 4) > 0, stale = below(cx, 8) == 0;
    struct day day = day_add(cx->today, 1 - (int)below(cx, 4));
    enum mossa_fault fault;
    /* half of them good, if luck has it: else cases would hardly get anywhere */
    for (size_t i = below(cx, 2) * RIGHE; i > 0 && !allowed(p, to, reason, day, cx->today); i--)
        to = below(cx, RIGHE);
    bool want = allowed(p, to, reason, day, cx->today);
    bool done = presa_move(cx, p->id, p->versione - stale, presa_stato_parse(manuale[to].stato),
                           day, reason ? "motivo" : NULL, &fault);
    if (stale) {
        m->conflicts++;
        if (done || cx->err.code != ERR_CONFLICT)
            return WRONG(cx, m, "a stale version was taken");
        err_clear(&cx->err);
        return true;
    }
    if (!done)
        return false;
    if (want != (fault == MOSSA_OK))
        return WRONG(cx, m,
                     arena_printf(cx->arena, "%s > %s: %d", manuale[p->stato].stato,
                                  manuale[to].stato, (int)fault));
    m->refused += !want;
    if (!want)
        return true;
    if (strcmp(manuale[to].stato, "sospesa") == 0)
        p->prima = p->stato;
    p->stato = to;
    p->versione++;
    p->ultima = day;
    m->done++;
    return true;
}

static bool act_assign(struct cx *cx, struct model *m)
{
    if (m->prese_count == 0)
        return true;
    struct m_presa *p = &m->prese[below(cx, m->prese_count)];
    size_t worker = below(cx, WORKERS);
    if (manuale[p->stato].chiuso)
        return true;
    if (!presa_assign(cx, p->id, m->worker[worker], cx->today, "cambio di zona"))
        return false;
    if (worker != p->worker) {
        p->versione++;
        p->ultima = cx->today;
    }
    p->worker = worker;
    return true;
}

static bool act_note(struct cx *cx, struct model *m)
{
    if (m->cartella.n == 0)
        return true;
    size_t at = below(cx, m->note_count + 1);
    bool fresh = at == m->note_count, same = below(cx, 5) == 0, stale = below(cx, 5) == 0;
    if (at == NOTE)
        return true;
    struct m_nota *n = &m->note[at];
    char words[sizeof n->testo];
    snprintf(words, sizeof words, "%d.%d", m->sequence, m->step);
    struct diario d = {.cartella = m->cartella,
                       .voce = fresh ? ID_NONE : n->voce,
                       .versione = fresh ? 0 : n->versioni - stale,
                       .giorno = cx->today,
                       .tipo = "visita",
                       .riserbo = RISERVO_PARTICOLARE,
                       .testo = !fresh && same ? n->testo : words};
    enum diario_fault fault;
    bool done = diario_save(cx, &d, &fault);
    if (!fresh && stale) {
        m->conflicts++;
        if (done || cx->err.code != ERR_CONFLICT)
            return WRONG(cx, m, "a correction of an older version was taken");
        err_clear(&cx->err);
        return true;
    }
    if (!done)
        return false;
    if ((fault == DIARIO_UGUALE) != (!fresh && same))
        return WRONG(cx, m, "a correction that changes nothing");
    if (fault != DIARIO_OK)
        return true;
    memcpy(n->testo, words, sizeof words);
    n->voce = d.voce;
    n->versioni = fresh ? 1 : n->versioni + 1;
    m->note_count += fresh;
    return true;
}

/* ---- what must hold --------------------------------------------------------------------- */

static bool same_presa(struct cx *cx, struct model *m, const struct m_presa *p)
{
    struct presa_in_carico is;
    if (!presa_load(cx, p->id, &is))
        return false;
    struct id worker = p->worker < WORKERS ? m->worker[p->worker] : ID_NONE;
    return (strcmp(is.stato, manuale[p->stato].stato) == 0 && is.versione == p->versione &&
            is.responsabile.n == worker.n && day_known(is.al) == manuale[p->stato].chiuso) ||
           WRONG(cx, m, "a presa in carico is not as it should be");
}

/* Who has an open case may open the record. */
static bool same_rights(struct cx *cx, struct model *m, const struct m_presa *p)
{
    enum authz_relation relation;
    if (manuale[p->stato].chiuso || p->worker == WORKERS)
        return true;
    m->who->utente = m->worker[p->worker];
    bool good = utente_relation(cx, "cartella", m->cartella, &relation);
    m->who->utente = m->worker[0];
    return good &&
           (relation == RELAZIONE_RESPONSABILE || WRONG(cx, m, "a worker without her record"));
}

static bool same_note(struct cx *cx, struct model *m, const struct m_nota *n)
{
    struct list versions;
    if (!diario_versions(cx, n->voce, &versions))
        return false;
    return ((int64_t)versions.count == n->versioni &&
            strcmp(LIST_ITEM(&versions, struct diario, 0)->testo, n->testo) == 0) ||
           WRONG(cx, m, "a note is not as it should be");
}

static bool same_all(struct cx *cx, struct model *m)
{
    struct cartella record;
    struct list prese, note;
    size_t shown = RIGHE - 1;
    if (m->cartella.n == 0)
        return true;
    for (size_t i = 0; i < m->prese_count; i++) {
        if (!same_presa(cx, m, &m->prese[i]) || !same_rights(cx, m, &m->prese[i]))
            return false;
        shown = m->prese[i].stato < shown ? m->prese[i].stato : shown;
    }
    for (size_t i = 0; i < m->note_count; i++)
        if (!same_note(cx, m, &m->note[i]))
            return false;
    if (!cartella_load(cx, m->cartella, &record) || !presa_list(cx, m->cartella, &prese) ||
        !diario_list(cx, m->cartella, NULL, NOTE + 1, &note))
        return false;
    return (prese.count == m->prese_count && note.count == m->note_count &&
            strcmp(record.stato, manuale[shown].stato) == 0 &&
            day_known(record.chiusa) == manuale[shown].chiuso) ||
           WRONG(cx, m, "the record is not as it should be");
}

/* ---- running ---------------------------------------------------------------------------- */

static bool person(struct cx *cx, struct model *m)
{
    struct persona persona = {.cognome = "Rossi",
                              .nome = arena_printf(cx->arena, "Maria %d", m->sequence),
                              .nascita = DAY_NONE,
                              .morte = DAY_NONE,
                              .comune = m->clusone};
    if (!persona_save(cx, &persona))
        return false;
    m->persona = persona.id;
    m->cartella = ID_NONE;
    m->prese_count = m->note_count = 0;
    return true;
}

static bool sequence(struct cx *cx, void *data)
{
    static bool (*const acts[])(struct cx *, struct model *) = {
        act_open, act_move, act_move, act_move, act_move, act_assign, act_note, act_note};
    struct model *m = data;
    if (!person(cx, m))
        return false;
    for (m->step = 1; m->step <= PASSI; m->step++)
        if (!acts[below(cx, sizeof acts / sizeof *acts)](cx, m) || !same_all(cx, m))
            return false;
    return true;
}

static bool prepare(struct cx *cx, void *data)
{
    struct model *m = data;
    struct ente ente = {.nome = "Clusone",
                        .codice = "016077",
                        .belfiore = "C800",
                        .tipo = "comune",
                        .attivo = true};
    enum ente_fault fault;
    if (!ambito_create(cx, "SER", "Ambito di prova", &m->ambito))
        return false;
    m->who->ambito = m->ambito;
    for (size_t i = 0; i < WORKERS; i++) {
        const char *name = arena_printf(cx->arena, "operatore%zu", i);
        m->worker[i] = cx_id(cx);
        struct utente_riga row = {.id = m->worker[i],
                                  .ambito = m->ambito,
                                  .nome = name,
                                  .intestazione = name,
                                  .chiave = name,
                                  .attivo = true,
                                  .password = "-",
                                  .password_dal = cx->now,
                                  .creato = cx->now};
        if (!utente_insert(cx, &row))
            return false;
    }
    bool good = ente_save(cx, &ente, &fault);
    m->clusone = ente.id;
    return good;
}

static void test_sequences(void **state)
{
    (void)state;
    struct test_db db;
    struct model m = {.who = &db.who};
    test_db_open(&db, schemas);
    test_vault(&db);
    test_write(&db, prepare, &m);
    db.who.utente = m.worker[0];
    db.who.ruolo = RUOLO_ASSISTENTE;
    db.who.ente = m.clusone;
    for (m.sequence = 1; m.sequence <= SEQUENZE; m.sequence++)
        test_write(&db, sequence, &m);
    assert_true(m.done > SEQUENZE);
    assert_true(m.refused > SEQUENZE * 2);
    assert_true(m.conflicts > SEQUENZE);
    test_db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sequences)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
