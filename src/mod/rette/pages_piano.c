/* The page of a plan, with a trial of it. */
#include "mod/rette/pages.h"

#include "kit/tmpl/message.h"

#include <string.h>

/* ---- a plan ----------------------------------------------------------------------------- */

static bool piano_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct piano_salvato salvato;
    *facts = (struct web_facts){.sensitivity = RISERVO_PUBBLICO, .relation = RELAZIONE_AMBITO};
    facts->found = store_piano_load(cx, id, &salvato);
    if (facts->found || cx->err.code != ERR_NOT_FOUND)
        return facts->found;
    err_clear(&cx->err);
    return true;
}

const struct web_object piano_object = {"piano", piano_facts};

const char *piano_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/rette/%s%s", id_text(id, text), tail);
}

const char *piano_title(struct cx *cx, const struct piano *piano)
{
    return piano_words(cx->arena, piano->servizio, piano->nome, piano->variante);
}

void pair(struct tv *pairs, const char *label, const char *text)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", NULL);
}

static void pair_euro(struct cx *cx, struct tv *pairs, const char *label, struct money amount)
{
    char text[MONEY_TEXT];
    if (money_ok(amount))
        pair(pairs, label, arena_printf(cx->arena, "%s €", money_it(amount, text)));
}

static void pairs_line(struct cx *cx, struct tv *pairs, const struct piano *piano)
{
    if (piano->tipo == PIANO_LINEARE) {
        char a[MONEY_TEXT], b[MONEY_TEXT], c[MONEY_TEXT], d[MONEY_TEXT];
        pair(pairs, "Formula",
             arena_printf(cx->arena, "%s + (ISEE − %s) × (%s − %s) ÷ (%s − %s)",
                          money_it(piano->retta_min, a), money_it(piano->isee_min, b),
                          money_it(piano->retta_max, c), a, money_it(piano->isee_max, d), b));
        pair_euro(cx, pairs, "Retta minima", piano->retta_min);
        pair_euro(cx, pairs, "Retta massima", piano->retta_max);
    } else if (piano->tipo == PIANO_FORFAIT) {
        pair_euro(cx, pairs, "Importo per tutti", piano->forfait);
    }
}

static void show_pairs(struct cx *cx, struct tv *page, const struct piano *piano)
{
    struct tv *pairs = tv_children(page, "pairs");
    char day[DAY_TEXT];
    bool open = day_cmp(piano->validita.to, DAY_MAX) >= 0;
    pair(pairs, "Servizio", piano->servizio);
    pair(pairs, "Variante", variante_words(cx->arena, piano->variante));
    pair(pairs, "Atto", piano->atto);
    pair(pairs, "Vale dal", arena_strdup(cx->arena, day_it(piano->validita.from, day)));
    pair(pairs, "Vale fino al",
         open ? "una nuova versione"
              : arena_strdup(cx->arena, day_it(day_add(piano->validita.to, -1), day)));
    pair(
        pairs, "Calcolo",
        arena_printf(cx->arena, "%s, %s", piano_tipo_title(piano->tipo), unita_each(piano->unita)));
    pairs_line(cx, pairs, piano);
    pair_euro(cx, pairs, "Costo unitario", piano->costo);
    if (piano->tipo != PIANO_FORFAIT) {
        if (piano->senza == SENZA_IMPORTO)
            pair_euro(cx, pairs, "Senza ISEE valido", piano->importo_senza);
        else
            pair(pairs, "Senza ISEE valido", "la retta più alta");
        pair(pairs, "ISEE ammessi", isee_tipi_words(cx->arena, piano->isee_ammessi));
    }
    if (rate_ok(piano->festivo))
        pair(pairs, "Nei giorni festivi",
             arena_printf(cx->arena, "+ %s %%", percent_it(cx, piano->festivo)));
    pair_euro(cx, pairs, "Per chi non risiede nell’ambito", piano->importo_non_residenti);
    pair_euro(cx, pairs, "Costo intero oltre un ISEE di", piano->isee_tetto);
}

const char *percent_it(struct cx *cx, struct rate rate)
{
    char text[MONEY_TEXT];
    money_it(money_share(MONEY(10000), rate, STEP_CENT), text);
    size_t size = strlen(text);
    while (size > 0 && text[size - 1] == '0' && memchr(text, ',', size) != NULL)
        size--;
    if (size > 0 && text[size - 1] == ',')
        size--;
    return arena_strndup(cx->arena, text, size);
}

static void show_fasce(struct cx *cx, struct tv *page, const struct piano *piano)
{
    struct tv *fasce = tv_children(page, "fasce");
    bool festivo = rate_ok(piano->festivo);
    tv_bool(page, "ha_fasce", piano->tipo == PIANO_FASCE && piano->fasce_count > 0);
    tv_bool(page, "ha_festivo", festivo);
    for (size_t i = 0; i < piano->fasce_count; i++) {
        const struct fascia *fascia = &piano->fasce[i];
        struct tv *row = tv_push(fasce);
        struct money amount = fascia_amount(piano, fascia);
        tv_int(row, "numero", (int64_t)i + 1);
        tv_money(row, "da", fascia->da);
        tv_money(row, "a", fascia->a);
        tv_text(row, "quota", rate_ok(fascia->quota) ? percent_it(cx, fascia->quota) : NULL);
        tv_money(row, "retta", amount);
        tv_money(row, "festivo",
                 festivo ? money_share(amount, rate_add(RATE_ONE, piano->festivo), STEP_CENT)
                         : MONEY_INVALID);
    }
}

/* Beside the one in force today, where that is another. */
static bool show_compare(struct cx *cx, struct tv *page, const struct piano *piano)
{
    char id[ID_TEXT], other[ID_TEXT];
    struct piano now;
    bool festivo, found;
    if (!piano_in_force(cx, piano->servizio, piano->variante, cx->today, &now, &festivo, &found))
        return false;
    bool same = !found || now.id.n == piano->id.n;
    tv_text(page, "confronta",
            arena_printf(cx->arena, "/rette/confronto?%s%s%s%s",
                         same ? "prima=" : "dopo=", id_text(piano->id, id),
                         same ? "" : "&prima=", same ? "" : id_text(now.id, other)));
    return true;
}

static void show_actions(struct cx *cx, struct web_req *req, struct tv *page,
                         const struct piano_salvato *salvato)
{
    struct id id = salvato->piano.id;
    bool write = web_may(cx, req, "rette.scrivi");
    bool in_force = salvato->stato == STATO_VIGENTE;
    tv_bool(page, "azioni", write);
    tv_text(page, "modifica", in_force ? NULL : piano_href(cx, id, "/modifica"));
    tv_text(page, "copia", piano_href(cx, id, "/copia"));
    tv_text(page, "tabella", piano_href(cx, id, "/tabella"));
    char text[ID_TEXT];
    tv_text(page, "simula",
            web_may(cx, req, "rette.simula")
                ? arena_printf(cx->arena, "/rette/simula?piano=%s", id_text(id, text))
                : NULL);
    tv_text(page, "vigore",
            salvato->stato == STATO_VERIFICATO ? piano_href(cx, id, "/vigore") : NULL);
    tv_printf(page, "versione", "%lld", (long long)salvato->versione);
}

/* What still keeps a draft from being put in force. */
static void show_faults(struct cx *cx, struct tv *page, const struct piano_salvato *salvato)
{
    struct rette_faults faults = {.arena = cx->arena};
    struct tv *list = tv_children(page, "guasti");
    if (salvato->stato == STATO_BOZZA)
        piano_check(&salvato->piano, &faults);
    for (size_t i = 0; i < faults.count; i++)
        tv_text(tv_push(list), "testo", faults.items[i].text);
    tv_bool(page, "guasti_noti", faults.count > 0);
}

/* ---- trial ------------------------------------------------------------------------------ */

/* Texts, so that what does not fit is said beside its field and not by an error page. */
struct prova {
    const char *isee;
    const char *tipo;
    const char *giorno;
    bool festivo;
    bool non_residente;
    bool calcola;
};

static const struct web_choice tipi[] = {{"ordinario", "ISEE ordinario"},
                                         {"sociosanitario", "ISEE sociosanitario"},
                                         {"residenze", "ISEE sociosanitario residenze"},
                                         {"minorenni", "ISEE minorenni"},
                                         {"corrente", "ISEE corrente"},
                                         {NULL, NULL}};
static const struct web_field prova_fields[] = {
    {FIELD(prova, isee), "ISEE", INPUT_TEXT, false, 0, 20, NULL,
     "In euro; vuoto: come chi non lo presenta"},
    {FIELD(prova, tipo), "Tipo", INPUT_CHOICE, false, 0, 0, tipi, NULL},
    {FIELD(prova, giorno), "Giorno", INPUT_TEXT, false, 0, 10, NULL, "Vuoto: oggi"},
    {FIELD(prova, festivo), "Giorno festivo", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(prova, non_residente), "Non risiede nell’ambito", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form prova_form = {"prova", prova_fields, sizeof(struct prova), 0};
static const struct web_field query_fields[] = {
    {FIELD(prova, isee), "ISEE", INPUT_TEXT, false, 0, 20, NULL, NULL},
    {FIELD(prova, tipo), "Tipo", INPUT_TEXT, false, 0, 20, NULL, NULL},
    {FIELD(prova, giorno), "Giorno", INPUT_TEXT, false, 0, 20, NULL, NULL},
    {FIELD(prova, festivo), "Giorno festivo", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(prova, non_residente), "Non residente", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(prova, calcola), "Calcola", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form prova_query = {"prova", query_fields, sizeof(struct prova), 0};

void retta_show(struct tv *page, const struct retta *retta)
{
    struct tv *lines = tv_children(page, "righe");
    bool due = retta != NULL && retta->esito == RETTA_DOVUTA;
    tv_bool(page, "calcolata", retta != NULL);
    tv_money(page, "importo", due ? retta->importo : MONEY_INVALID);
    tv_text(page, "unita", due ? unita_each(retta->unita) : NULL);
    for (size_t i = 0; retta != NULL && i < retta->righe; i++)
        tv_push_text(lines, retta->spiegazione[i]);
}

/* The question of the trial; false: a fault stands beside its field. */
static bool prova_read(struct cx *cx, struct web_req *req, const struct prova *prova,
                       struct isee *isee, struct retta_caso *caso)
{
    *caso = (struct retta_caso){
        .giorno = cx->today, .festivo = prova->festivo, .non_residente = prova->non_residente};
    if (prova->giorno != NULL && !day_parse(prova->giorno, &caso->giorno))
        web_fault(req, "giorno", "%s", message("rette.giorno"));
    *isee = (struct isee){.tipo = prova->tipo != NULL ? isee_tipo_parse(prova->tipo) : 0};
    if (isee->tipo == ISEE_TIPI)
        web_fault(req, "tipo", "Non è fra i tipi di ISEE.");
    if (prova->isee != NULL) {
        caso->isee = isee;
        if (!money_parse(prova->isee, &isee->valore) || isee->valore.cents < 0)
            web_fault(req, "isee", "%s", message("rette.importo"));
    }
    if (web_faulty(req))
        return false;
    isee->sottoscritta = day_of(day_civil(caso->giorno).year, 1, 1);
    isee->scadenza = isee_expiry(ISEE_ORDINARIO, isee->sottoscritta);
    return true;
}

static void show_prova(struct cx *cx, struct web_req *req, struct tv *page,
                       const struct piano *piano)
{
    const struct prova *prova = web_form(req);
    struct isee isee;
    struct retta_caso caso;
    struct retta retta;
    bool computed = prova != NULL && prova->calcola && prova_read(cx, req, prova, &isee, &caso);
    if (computed) {
        retta_compute(piano, &caso, &retta);
        retta_explain(cx->arena, piano, &retta);
    }
    tv_bool(page, "si_prova", web_may(cx, req, "rette.calcola"));
    tv_text(page, "percorso", piano_href(cx, piano->id, ""));
    retta_show(page, computed ? &retta : NULL);
    web_form_show(req, page, "prova", &prova_form, prova);
}

bool piano_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const char *const classes[PIANO_STATI] = {"bg-warning", "bg-secondary", "bg-success"};
    struct piano_salvato salvato;
    if (!store_piano_load(cx, web_id(req), &salvato))
        return false;
    const struct piano *piano = &salvato.piano;
    struct tv *page = web_page(res, "rette/piano", piano_title(cx, piano));
    web_crumb(res, "/rette", "Rette");
    web_crumb(res, NULL, piano_title(cx, piano));
    tv_text(page, "stato", piano_stato_title(salvato.stato));
    tv_text(page, "stato_classe", classes[salvato.stato]);
    tv_bool(page, "chiuso",
            salvato.stato == STATO_VIGENTE && day_cmp(piano->validita.to, cx->today) <= 0);
    show_faults(cx, page, &salvato);
    show_pairs(cx, page, piano);
    show_fasce(cx, page, piano);
    show_actions(cx, req, page, &salvato);
    show_prova(cx, req, page, piano);
    return show_compare(cx, page, piano);
}

bool piano_tabella_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct piano piano;
    if (!retta_load_plan(cx, web_id(req), &piano))
        return false;
    const char *text = tariffe_write(cx->arena, &piano, 1);
    if (text == NULL)
        return FAIL(cx, ERR_INPUT, "la tabella è troppo lunga");
    web_bytes(res, "text/tab-separated-values; charset=utf-8",
              (struct bytes){(const unsigned char *)text, strlen(text)},
              arena_printf(cx->arena, "%s_%s.tsv", piano.servizio, piano.variante));
    return true;
}
