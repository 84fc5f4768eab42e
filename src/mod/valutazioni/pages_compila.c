/* Filling in a form: a new assessment, a correction. */
#include "mod/valutazioni/pages.h"

#include "kit/tmpl/message.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"

#include <stdlib.h>
#include <string.h>

/* Fields are named by the place of the item: the address holds the version of the form. */
struct compila_modulo {
    struct day giorno;
    struct id presa;
    const char *riserbo;
    int64_t versione;
    const char *v[SCHEDA_VOCI];
};

static const struct web_choice riserbi[] = {
    {"particolare", "Ordinaria: chi segue il caso"},
    {"giudiziario", "Contiene atti di tribunale"},
    {"antiviolenza", "Fatti di violenza: solo l’équipe"},
    {NULL, NULL},
};
static const char *const campi[SCHEDA_VOCI] = {
    "v1",  "v2",  "v3",  "v4",  "v5",  "v6",  "v7",  "v8",  "v9",  "v10", "v11", "v12",
    "v13", "v14", "v15", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24",
    "v25", "v26", "v27", "v28", "v29", "v30", "v31", "v32", "v33", "v34", "v35", "v36",
    "v37", "v38", "v39", "v40", "v41", "v42", "v43", "v44", "v45", "v46", "v47", "v48",
    "v49", "v50", "v51", "v52", "v53", "v54", "v55", "v56", "v57", "v58", "v59", "v60"};

#define VOCE(n)                                                                                    \
    {                                                                                              \
        FIELD_AS(compila_modulo, v[(n)-1], "v" #n), "Voce " #n, INPUT_LINES, false, 0,             \
            RISPOSTA_TESTO, NULL, NULL                                                             \
    }
/* clang-format off */
static const struct web_field compila_fields[] = {
    {FIELD(compila_modulo, giorno), "Giorno della valutazione", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(compila_modulo, presa), "Presa in carico", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(compila_modulo, riserbo), "Chi la può leggere", INPUT_CHOICE, true, 0, 0, riserbi, NULL},
    {FIELD(compila_modulo, versione), "Versione", INPUT_INT, false, 0, 1000000, NULL, NULL},
    VOCE(1), VOCE(2), VOCE(3), VOCE(4), VOCE(5), VOCE(6), VOCE(7), VOCE(8), VOCE(9), VOCE(10),
    VOCE(11), VOCE(12), VOCE(13), VOCE(14), VOCE(15), VOCE(16), VOCE(17), VOCE(18), VOCE(19),
    VOCE(20), VOCE(21), VOCE(22), VOCE(23), VOCE(24), VOCE(25), VOCE(26), VOCE(27), VOCE(28),
    VOCE(29), VOCE(30), VOCE(31), VOCE(32), VOCE(33), VOCE(34), VOCE(35), VOCE(36), VOCE(37),
    VOCE(38), VOCE(39), VOCE(40), VOCE(41), VOCE(42), VOCE(43), VOCE(44), VOCE(45), VOCE(46),
    VOCE(47), VOCE(48), VOCE(49), VOCE(50), VOCE(51), VOCE(52), VOCE(53), VOCE(54), VOCE(55),
    VOCE(56), VOCE(57), VOCE(58), VOCE(59), VOCE(60),
    WEB_FIELD_END,
};
/* clang-format on */
enum { CORPO = 1024 * 1024 };
const struct web_form compila_form = {"valutazione", compila_fields, sizeof(struct compila_modulo),
                                      CORPO};

static const struct {
    const char *nome;
    int64_t riserbo;
} livelli[] = {
    {"antiviolenza", RISERVO_ANTIVIOLENZA}, /* also what is unknown: the narrowest */
    {"giudiziario", RISERVO_GIUDIZIARIO},
    {"particolare", RISERVO_PARTICOLARE},
};
enum { LIVELLI = sizeof livelli / sizeof *livelli };

static int64_t riserbo_parse(const char *nome)
{
    size_t i = LIVELLI - 1;
    while (i > 0 && strcmp(livelli[i].nome, nome) != 0)
        i--;
    return livelli[i].riserbo;
}

static const char *riserbo_name(int64_t riserbo)
{
    size_t i = LIVELLI - 1;
    while (i > 0 && livelli[i].riserbo != riserbo)
        i--;
    return livelli[i].nome;
}

/* ---- showing -----------------------------------------------------------------------------------
 */

static const char *member(const struct tv *form, size_t i, const char *name)
{
    const struct tv *field = tv_get(form, campi[i]);
    const char *text = field != NULL ? tv_string(tv_get(field, name)) : NULL;
    return text != NULL ? text : "";
}

static void choices_show(struct cx *cx, struct tv *item, const struct scheda_voce *voce,
                         const char *value)
{
    struct tv *choices = tv_children(item, "scelte");
    char text[PUNTI_TEXT];
    for (size_t i = 0; i < voce->scelte_count; i++) {
        const struct scheda_scelta *scelta = &voce->scelte[i];
        const char *number = arena_printf(cx->arena, "%zu", i + 1);
        struct tv *choice = tv_push(choices);
        tv_text(choice, "valore", number);
        tv_text(choice, "testo", scelta->testo);
        tv_text(choice, "punti",
                scelta->conta ? arena_strdup(cx->arena, punti_it(scelta->punti, text)) : NULL);
        tv_bool(choice, "scelta", strcmp(number, value) == 0);
    }
    tv_bool(item, "vuota", *value == '\0');
}

static void voce_show(struct cx *cx, struct tv *item, const struct scheda_voce *voce, size_t i,
                      const struct tv *form)
{
    const char *fault = member(form, i, "fault"), *value = member(form, i, "value");
    char low[PUNTI_TEXT], high[PUNTI_TEXT];
    tv_text(item, "campo", campi[i]);
    tv_text(item, "domanda", voce->testo);
    tv_text(item, "valore_dato", value);
    tv_text(item, "guasto", *fault != '\0' ? fault : NULL);
    tv_bool(item, "e_scelta", voce->tipo == VOCE_SCELTA);
    tv_bool(item, "e_numero", voce->tipo == VOCE_NUMERO);
    tv_bool(item, "e_testo", voce->tipo == VOCE_TESTO);
    tv_text(item, "limiti",
            voce->tipo == VOCE_NUMERO
                ? arena_printf(cx->arena, "Da %s a %s", punti_it(voce->minimo, low),
                               punti_it(voce->massimo, high))
                : NULL);
    choices_show(cx, item, voce, value);
}

static void form_show(struct cx *cx, struct tv *page, const struct scheda_regole *regole)
{
    const struct tv *form = tv_get(page, "form");
    struct tv *sections = tv_children(page, "sezioni"), *items = NULL;
    tv_text(page, "intro", regole->intro);
    tv_text(page, "fonte", regole->fonte);
    for (size_t i = 0; i < regole->voci_count; i++) {
        if (i == 0 || regole->voci[i].sezione != regole->voci[i - 1].sezione) {
            struct tv *section = tv_push(sections);
            tv_text(section, "nome", regole->sezioni[regole->voci[i].sezione]);
            items = tv_children(section, "voci");
        }
        voce_show(cx, tv_push(items), &regole->voci[i], i, form);
    }
}

static bool prese_choices(struct cx *cx, struct web_req *req, struct id cartella,
                          struct compila_modulo *first)
{
    struct list prese;
    if (!presa_list(cx, cartella, &prese))
        return false;
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, prese.count + 1);
    size_t count = 0;
    LIST_EACH (&prese, struct presa_in_carico, presa) {
        char id[ID_TEXT];
        if (first->presa.n == 0 && count == 0 && first->versione == INT_NONE)
            first->presa = presa->id;
        choices[count++] = (struct web_choice){
            arena_strdup(cx->arena, id_text(presa->id, id)),
            arena_printf(cx->arena, "%s, %s", tipo_utente_title(presa->tipo_utente),
                         presa_stato_title(presa_stato_parse(presa->stato)))};
    }
    web_choices(req, "presa", choices);
    return true;
}

/* ---- sent
 * ----------------------------------------------------------------------------------------- */

static const char *const guasti[] = {
    [RISPOSTA_SCELTA] = "valutazioni.scelta",
    [RISPOSTA_CIFRA] = "valutazioni.cifra",
    [RISPOSTA_FUORI] = "valutazioni.fuori",
    [RISPOSTA_LUNGA] = "valutazioni.lunga",
};
static const struct {
    const char *campo, *chiave;
} rifiuti[] = {
    [VALUTAZIONE_FUTURO] = {"giorno", "valutazioni.futuro"},
    [VALUTAZIONE_VUOTA] = {NULL, "valutazioni.vuota"},
    [VALUTAZIONE_UGUALE] = {NULL, "valutazioni.uguale"},
    [VALUTAZIONE_PRESA] = {"presa", "valutazioni.presa"},
};

/* Answers as typed; false where one does not fit its item. */
static bool answers(struct web_req *req, const struct scheda_regole *regole,
                    struct risposte *risposte)
{
    const struct compila_modulo *form = web_form(req);
    bool good = true;
    *risposte = (struct risposte){{NULL}};
    for (size_t i = 0; i < regole->voci_count; i++) {
        const char *text = form->v[i] != NULL && *form->v[i] != '\0' ? form->v[i] : NULL;
        enum risposta_fault fault = risposta_check(&regole->voci[i], text);
        if (fault != RISPOSTA_OK) {
            web_fault(req, campi[i], "%s: %s", regole->voci[i].testo, message(guasti[fault]));
            good = false;
        }
        risposte->items[i] = text;
    }
    return good;
}

static bool save(struct cx *cx, struct web_req *req, struct web_res *res,
                 const struct cartella *cartella, const struct scheda *scheda,
                 struct valutazione *v)
{
    const struct compila_modulo *form = web_form(req);
    const struct scheda_regole *regole;
    struct risposte risposte;
    enum valutazione_fault fault;
    bool may;
    char id[ID_TEXT];
    v->cartella = cartella->id;
    v->giorno = form->giorno;
    v->presa = form->presa;
    v->riserbo = riserbo_parse(form->riserbo);
    if (!scheda_version(cx, scheda, v->scheda_versione, &regole, NULL) ||
        !valutazione_decide(cx, cartella, v->riserbo, AZIONE_CREA, &may))
        return false;
    if (!may) { /* nobody writes what he could not read again */
        web_fault(req, "riserbo", "%s", message("valutazioni.riserbo"));
        return false;
    }
    if (!answers(req, regole, &risposte) || !valutazione_save(cx, scheda, &risposte, v, &fault))
        return false;
    if (fault != VALUTAZIONE_OK) {
        web_fault(req, rifiuti[fault].campo, "%s", message(rifiuti[fault].chiave));
        return false;
    }
    web_audit_detail(req, "valutazione %s, versione %lld", scheda->codice, (long long)v->versione);
    web_notice(req, v->completa ? "Valutazione salvata." : "Valutazione salvata, incompleta.");
    web_redirect(res, "%s/%s", valutazioni_href(cx, cartella->id, ""), id_text(v->voce, id));
    return true;
}

/* ---- a new one
 * ------------------------------------------------------------------------------------ */

/* The form and the version that the path names. */
static bool named(struct cx *cx, struct web_req *req, struct scheda *scheda, int64_t *versione)
{
    const char *text = web_segment(req, "versione");
    size_t size = strspn(text, "0123456789");
    if (size == 0 || size > 6 || text[size] != '\0')
        return FAIL(cx, ERR_NOT_FOUND, "nessuna versione");
    *versione = strtoll(text, NULL, 10);
    return scheda_load(cx, web_segment(req, "scheda"), scheda);
}

bool compila_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct scheda scheda;
    const struct scheda_regole *regole;
    int64_t versione;
    if (!cartella_load(cx, web_id(req), &cartella) || !named(cx, req, &scheda, &versione) ||
        !scheda_version(cx, &scheda, versione, &regole, NULL))
        return false;
    struct compila_modulo first = {
        .giorno = cx->today, .riserbo = riserbo_name(cartella.riserbo), .versione = INT_NONE};
    struct tv *page = web_page(res, "valutazioni/compila", regole->titolo);
    if (!valutazioni_head(cx, req, res, page, &cartella, regole->titolo) ||
        !prese_choices(cx, req, cartella.id, &first))
        return false;
    tv_text(page, "percorso",
            valutazioni_href(
                cx, cartella.id,
                arena_printf(cx->arena, "/nuova/%s/%lld", scheda.codice, (long long)versione)));
    tv_text(page, "annulla", valutazioni_href(cx, cartella.id, ""));
    tv_int(page, "versione", INT_NONE);
    tv_bool(page, "conflitto", false);
    tv_text(page, "salvata_da", NULL);
    web_form_show(req, page, "form", &compila_form, &first);
    form_show(cx, page, regole);
    return true;
}

bool compila_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct scheda scheda;
    struct valutazione v = {.versione = 0};
    return cartella_load(cx, web_id(req), &cartella) &&
           named(cx, req, &scheda, &v.scheda_versione) &&
           save(cx, req, res, &cartella, &scheda, &v);
}

/* ---- a correction
 * ------------------------------------------------------------------------------------ */

bool correggi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct list versions;
    char id[ID_TEXT];
    if (!valutazione_named(cx, req, &cartella, &versions))
        return false;
    const struct valutazione_letta *last = LIST_ITEM(&versions, struct valutazione_letta, 0);
    struct compila_modulo values = {.giorno = last->v.giorno,
                                    .presa = last->v.presa,
                                    .riserbo = riserbo_name(last->v.riserbo),
                                    .versione = last->v.versione};
    memcpy(values.v, last->risposte.items, sizeof values.v);
    struct tv *page = web_page(res, "valutazioni/compila", last->v.titolo);
    const char *path = valutazioni_href(cx, cartella.id,
                                        arena_printf(cx->arena, "/%s", id_text(last->v.voce, id)));
    if (!valutazioni_head(cx, req, res, page, &cartella, last->v.titolo) ||
        !prese_choices(cx, req, cartella.id, &values))
        return false;
    bool other =
        web_faulty(req) && strtoll(web_typed(req, "versione"), NULL, 10) != last->v.versione;
    tv_text(page, "percorso", arena_printf(cx->arena, "%s/correggi", path));
    tv_text(page, "annulla", path);
    tv_int(page, "versione", last->v.versione);
    tv_bool(page, "conflitto", other);
    tv_text(page, "salvata_da", other ? last->v.autore_nome : NULL);
    if (other) {
        struct tv *theirs = tv_child(page, "salvata");
        esito_show(cx, theirs, last);
    }
    web_form_show(req, page, "form", &compila_form, &values);
    form_show(cx, page, last->regole);
    return true;
}

bool correggi_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct compila_modulo *form = web_form(req);
    struct cartella cartella;
    struct list versions;
    struct scheda scheda;
    if (!valutazione_named(cx, req, &cartella, &versions))
        return false;
    const struct valutazione_letta *last = LIST_ITEM(&versions, struct valutazione_letta, 0);
    if (form->versione != last->v.versione) {
        web_fault(req, NULL, "%s", message("valutazioni.conflitto"));
        return false;
    }
    struct valutazione v = {.voce = last->v.voce,
                            .versione = last->v.versione,
                            .scheda_versione = last->v.scheda_versione};
    return scheda_load(cx, last->v.codice, &scheda) && save(cx, req, res, &cartella, &scheda, &v);
}
