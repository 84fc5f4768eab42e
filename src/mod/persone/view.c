/* Persons as forms, warnings and headers of pages. */
#include "mod/persone/view.h"

#include "base/buf.h"
#include "kit/tmpl/message.h"
#include "mod/enti/enti.h"
#include "mod/utenti/utenti.h"

#include <stddef.h>
#include <string.h>

/* ---- form ------------------------------------------------------------------------------- */

static const struct web_choice sessi[] = {{"F", "Femmina"}, {"M", "Maschio"}, {NULL, NULL}};

static const struct web_field persona_form_fields[] = {
    {FIELD(persona_modulo, cognome), "Cognome", INPUT_TEXT, true, 1, 80, NULL, NULL},
    {FIELD(persona_modulo, nome), "Nome", INPUT_TEXT, true, 1, 80, NULL, NULL},
    {FIELD(persona_modulo, codfis), "Codice fiscale", INPUT_CODFIS, false, 0, 0, NULL,
     "Se non è ancora noto, lascia vuoto. Undici cifre per quello provvisorio."},
    {FIELD(persona_modulo, sesso), "Sesso", INPUT_CHOICE, false, 0, 0, sessi,
     "Se manca, si legge dal codice fiscale."},
    {FIELD(persona_modulo, nascita), "Data di nascita", INPUT_DAY, false, 0, 0, NULL,
     "Se manca, si legge dal codice fiscale."},
    {FIELD(persona_modulo, nascita_luogo), "Luogo di nascita", INPUT_TEXT, false, 0, 80, NULL,
     "Comune, o Stato estero"},
    {FIELD(persona_modulo, belfiore), "Codice catastale del luogo di nascita", INPUT_TEXT, false, 0,
     4, NULL, "Facoltativo, ad esempio C800 per Clusone"},
    {FIELD(persona_modulo, comune), "Comune di residenza", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(persona_modulo, indirizzo), "Indirizzo", INPUT_TEXT, false, 0, 160, NULL, NULL},
    {FIELD(persona_modulo, telefono), "Telefono", INPUT_TEXT, false, 0, 40, NULL, NULL},
    {FIELD(persona_modulo, email), "Posta elettronica", INPUT_TEXT, false, 0, 120, NULL, NULL},
    {FIELD(persona_modulo, cittadinanza), "Cittadinanza", INPUT_TEXT, false, 0, 60, NULL, NULL},
    {FIELD(persona_modulo, tutela), "Tutela giuridica", INPUT_TEXT, false, 0, 160, NULL,
     "Chi la rappresenta e a che titolo: tutore, curatore, amministratore di sostegno"},
    {FIELD(persona_modulo, morte), "Data del decesso", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(persona_modulo, riservata), "Da tenere riservata", INPUT_CHECK, false, 0, 0, NULL,
     "Ricerche, elenchi e totali la mostrano solo a chi la segue. Chi la registra la segue."},
    {FIELD(persona_modulo, conferma), "È un’altra persona: registra comunque", INPUT_CHECK, false,
     0, 0, NULL, NULL},
    {FIELD(persona_modulo, versione), "Versione", INPUT_INT, false, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form persona_form = {"persona", persona_form_fields, sizeof(struct persona_modulo),
                                      0};

bool persona_form_choices(struct cx *cx, struct web_req *req)
{
    const struct web_choice *comuni;
    if (!ente_choices(cx, "comune", &comuni))
        return false;
    web_choices(req, "comune", comuni);
    return true;
}

struct persona_modulo persona_to_form(const struct persona *p)
{
    return (struct persona_modulo){
        .cognome = p->cognome,
        .nome = p->nome,
        .sesso = p->sesso,
        .nascita = p->nascita,
        .nascita_luogo = p->nascita_luogo,
        .belfiore = p->belfiore,
        .codfis = p->codfis,
        .comune = p->comune,
        .indirizzo = p->indirizzo,
        .telefono = p->telefono,
        .email = p->email,
        .cittadinanza = p->cittadinanza,
        .tutela = p->tutela,
        .morte = p->morte,
        .riservata = p->riservata,
        .versione = p->versione,
    };
}

void persona_from_form(const struct persona_modulo *form, struct persona *persona)
{
    persona->cognome = form->cognome;
    persona->nome = form->nome;
    persona->sesso = form->sesso;
    persona->nascita = form->nascita;
    persona->nascita_luogo = form->nascita_luogo;
    persona->belfiore = form->belfiore;
    persona->codfis = form->codfis;
    persona->comune = form->comune;
    persona->indirizzo = form->indirizzo;
    persona->telefono = form->telefono;
    persona->email = form->email;
    persona->cittadinanza = form->cittadinanza;
    persona->tutela = form->tutela;
    persona->morte = form->morte;
    persona->riservata = form->riservata;
}

bool persona_judge(struct cx *cx, struct web_req *req, struct persona *persona)
{
    char clean[CODFIS_SIZE];
    int at;
    if (persona->codfis != NULL && codfis_check(persona->codfis, clean, &at) == CODFIS_OK)
        persona->codfis = arena_strdup(cx->arena, clean);
    persona_complete(persona, cx->today, arena_alloc(cx->arena, 5));
    struct persona_avviso warnings[PERSONA_AVVISI];
    size_t count = persona_check(persona, cx->today, warnings);
    for (size_t i = 0; i < count; i++)
        if (warnings[i].peso == PESO_ERRORE)
            web_fault(req, warnings[i].campo, "%s", message(warnings[i].chiave));
    return !persona_refused(warnings, count);
}

void persona_warnings_show(struct cx *cx, struct tv *page, const struct persona *persona)
{
    struct persona_avviso warnings[PERSONA_AVVISI];
    size_t count = persona_check(persona, cx->today, warnings);
    struct tv *list = tv_children(page, "avvisi");
    for (size_t i = 0; i < count; i++) {
        struct tv *item = tv_push(list);
        tv_text(item, "testo", message(warnings[i].chiave));
        tv_bool(item, "grave", warnings[i].peso != PESO_NOTA);
    }
}

const char *persona_why(struct cx *cx, int why)
{
    static const struct {
        int bit;
        const char *key;
    } reasons[] = {
        {SIMILE_CODFIS, "persone.simile_codfis"},
        {SIMILE_NOMI, "persone.simile_nomi"},
        {SIMILE_SCAMBIO, "persone.simile_scambio"},
        {SIMILE_QUASI, "persone.simile_quasi"},
        {SIMILE_NASCITA, "persone.simile_nascita"},
        {SIMILE_TELEFONO, "persone.simile_telefono"},
        {SIMILE_OMOCODIA, "persone.simile_omocodia"},
        {DOPPIONE_NASCITA_QUASI, "persone.simile_nascita_quasi"},
        {DOPPIONE_CODFIS_ALTRO, "persone.simile_codfis_altro"},
        {DOPPIONE_SESSO_ALTRO, "persone.simile_sesso_altro"},
    };
    struct buf text;
    buf_init(&text, cx->arena, 400);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if ((why & reasons[i].bit) != 0)
            buf_printf(&text, "%s%s", text.size > 0 ? ", " : "", message(reasons[i].key));
    return text.data;
}

void persona_similar_show(struct cx *cx, struct tv *page, const struct list *similar,
                          struct id persona)
{
    struct tv *list = tv_children(page, "simili");
    LIST_EACH (similar, struct persona_simile, other) {
        char id[ID_TEXT];
        struct tv *item = tv_push(list);
        tv_printf(item, "href", "/persone/%s", id_text(other->chi.id, id));
        tv_printf(item, "nome", "%s %s", other->chi.cognome, other->chi.nome);
        tv_day(item, "nascita", other->chi.nascita);
        tv_text(item, "perche", persona_why(cx, other->perche));
        char own[ID_TEXT];
        tv_text(item, "confronta",
                persona.n == 0 ? NULL
                               : arena_printf(cx->arena, "/persone/%s/doppione/%s",
                                              id_text(persona, own), id));
    }
}

/* ---- header of the pages of a person ------------------------------------------------------ */

static const struct {
    const char *name;
    const char *label;
    const char *path; /* behind /persone/{id} */
    const char *permission;
} tabs[] = {
    {"dati", "Dati", "", "persone.leggi"},
    {"nucleo", "Nucleo", "/nucleo", "persone.leggi"},
    {"contatti", "Contatti", "/contatti", "accesso.leggi"},
    {"cartella", "Cartella", "/cartella", "cartella.leggi"},
    {"isee", "ISEE", "/isee", "isee.leggi"},
    {"storia", "Linea del tempo", "/storia", "cartella.leggi"},
};

static void header_tabs(struct cx *cx, struct web_req *req, struct tv *head, const char *id,
                        const char *tab)
{
    struct tv *list = tv_children(head, "schede");
    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
        if (!web_may(cx, req, tabs[i].permission))
            continue;
        struct tv *item = tv_push(list);
        tv_printf(item, "href", "/persone/%s%s", id, tabs[i].path);
        tv_text(item, "label", tabs[i].label);
        tv_bool(item, "current", strcmp(tabs[i].name, tab) == 0);
    }
}

bool persona_header(struct cx *cx, struct web_req *req, struct tv *page, struct id persona,
                    const char *tab)
{
    struct persona p;
    struct ente comune = {0};
    char id[ID_TEXT];
    if (!persona_load(cx, persona, &p) || (p.comune.n != 0 && !ente_load(cx, p.comune, &comune)))
        return false;
    bool masked = web_masked(req);
    bool born = day_known(p.nascita);
    struct tv *head = tv_child(page, "persona");
    id_text(persona, id);
    tv_text(head, "id", id);
    tv_printf(head, "nome", "%s %s", p.cognome, p.nome);
    tv_int(head, "numero", p.numero);
    tv_day(head, "nascita", p.nascita);
    tv_int(head, "eta",
           born ? day_age(p.nascita, day_known(p.morte) ? p.morte : cx->today) : INT_NONE);
    tv_day(head, "morte", p.morte);
    tv_text(head, "comune", comune.nome);
    tv_text(head, "codfis", masked ? NULL : p.codfis);
    tv_text(head, "telefono", masked ? NULL : p.telefono);
    tv_text(head, "tutela", masked ? NULL : p.tutela);
    tv_bool(head, "riservata", p.riservata);
    tv_bool(head, "oscurata", masked);
    header_tabs(cx, req, head, id, tab);
    return true;
}

/* ---- who may see a person ----------------------------------------------------------------- */

/* Does the body that the session acts for serve that municipality? */
static bool serves(struct cx *cx, struct id comune, bool *yes)
{
    struct ente own;
    struct ente other;
    *yes = comune.n == 0 || comune.n == cx->who->ente.n;
    if (*yes || cx->who->ente.n == 0)
        return true;
    if (!ente_load(cx, cx->who->ente, &own) || !ente_load(cx, comune, &other))
        return false;
    *yes = strcmp(own.tipo, "ambito") == 0 || other.paga_per.n == own.id.n;
    return true;
}

bool persona_known(struct cx *cx, struct id id, struct persona *persona, bool *known)
{
    enum authz_relation relation;
    bool follows;
    *known = false;
    if (!persona_load(cx, id, persona)) {
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    if (!utente_relation(cx, "persona", id, &relation) ||
        !utente_follows(cx, "persona", id, &follows))
        return false;
    *known = persona->fusa_in.n == 0 && relation != RELAZIONE_CONFLITTO &&
             (!persona->riservata || follows);
    return true;
}

static bool persona_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct persona persona;
    bool yes, follows;
    *facts = (struct web_facts){.found = false};
    if (!persona_load(cx, id, &persona)) {
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    enum authz_relation own;
    enum authz_relation ente;
    if (!utente_relation(cx, "persona", id, &own) || !utente_follows(cx, "persona", id, &follows) ||
        !utente_relation_ente(cx, persona.comune, &ente) || !serves(cx, persona.comune, &yes))
        return false;
    if (yes)
        ente = relazione_stronger(ente, RELAZIONE_ENTE);
    facts->found = persona.fusa_in.n == 0;
    facts->ente = persona.comune;
    facts->relation = relazione_stronger(own, ente);
    /* kept apart from all the others; for those who follow her she is a person like any */
    facts->sensitivity = persona.riservata && !follows ? RISERVO_ANTIVIOLENZA : RISERVO_PERSONALE;
    return true;
}

const struct web_object persona_object = {"persona", persona_facts};
