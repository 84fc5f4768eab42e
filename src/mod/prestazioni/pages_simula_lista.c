/* The people of a simulation, for who may know them: by how much each pays more or less. */
#include "mod/persone/persone.h"
#include "mod/prestazioni/pages_simula.h"

#include <stdlib.h>
#include <string.h>

struct filtro {
    const char *piano; /* id */
    const char *esito;
    const char *comune; /* id */
};
static const struct web_choice esiti[] = {
    {"piu", "Paga di più"}, {"meno", "Paga di meno"}, {"uguale", "Paga come prima"}, {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(filtro, piano), "Piano da provare", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtro, esito), "Che cosa cambia", INPUT_CHOICE, false, 0, 0, esiti, NULL},
    {FIELD(filtro, comune), "Comune", INPUT_CHOICE, false, 0, 0, NULL, "Di residenza"},
    WEB_FIELD_END,
};
static const struct web_form filters = {"simula", filter_fields, sizeof(struct filtro), 0};

struct voce {
    struct id id; /* of the service */
    const char *persona, *comune;
    struct money prima, dopo, differenza, percento;
};
static const struct field fields[] = {
    FIELD(voce, id),   FIELD(voce, persona),    FIELD(voce, comune),   FIELD(voce, prima),
    FIELD(voce, dopo), FIELD(voce, differenza), FIELD(voce, percento), FIELD_END};

static bool choices(struct cx *cx, struct web_req *req)
{
    const struct web_choice *piani, *comuni;
    if (!piano_choices(cx, &piani) || !ente_choices(cx, "comune", &comuni))
        return false;
    web_choices(req, "piano", piani);
    web_choices(req, "comune", comuni);
    return true;
}

/* A user in the order of the list. */
struct posto {
    size_t utente;
    int64_t differenza, id;
};

static int rises_first(const void *a, const void *b)
{
    const struct posto *one = a, *two = b;
    if (one->differenza != two->differenza)
        return (one->differenza < two->differenza) - (one->differenza > two->differenza);
    return (one->id > two->id) - (one->id < two->id);
}

static int falls_first(const void *a, const void *b)
{
    const struct posto *one = a, *two = b;
    if (one->differenza != two->differenza)
        return (one->differenza > two->differenza) - (one->differenza < two->differenza);
    return (one->id > two->id) - (one->id < two->id);
}

static bool wanted(const struct filtro *filtro, int64_t differenza)
{
    if (filtro->esito == NULL)
        return true;
    if (strcmp(filtro->esito, "piu") == 0)
        return differenza > 0;
    return strcmp(filtro->esito, "meno") == 0 ? differenza < 0 : differenza == 0;
}

struct prova {
    const struct simula_caricati *caricati;
    const struct simula_esito *esito;
    struct posto *posti;
    size_t count;
};

/* Those that cx->who may list: of the own body, or all for the ambito's own people. */
static bool places(struct cx *cx, const struct filtro *filtro, struct prova *prova)
{
    struct id comune = ID_NONE;
    struct ente ente = {.nome = NULL};
    bool tutti;
    if (!simula_open(cx, &tutti))
        return false;
    if (filtro->comune != NULL &&
        (!id_parse(filtro->comune, &comune) || !ente_load(cx, comune, &ente)))
        return FAIL(cx, ERR_NOT_FOUND, "no such body");
    size_t all = prova->caricati->dati.count;
    prova->posti = ARENA_NEWS(cx->arena, struct posto, all);
    for (size_t i = 0; i < all; i++) {
        const struct simula_chi *chi = &prova->caricati->chi[i];
        const struct simula_riga *riga = &prova->esito->righe[i];
        const char *nome = prova->caricati->comuni[prova->caricati->dati.utenti[i].comune];
        int64_t differenza = money_sub(riga->dopo, riga->prima).cents;
        if (chi->nascosto || !money_ok(riga->dopo) || (!tutti && chi->ente.n != cx->who->ente.n) ||
            !wanted(filtro, differenza) || (ente.nome != NULL && strcmp(ente.nome, nome) != 0))
            continue;
        prova->posti[prova->count++] = (struct posto){i, differenza, chi->prestazione.n};
    }
    return true;
}

/* "-1250|<id>": the first place behind it. */
static bool place_after(struct cx *cx, const struct prova *prova, const char *after,
                        int (*order)(const void *, const void *), size_t *from)
{
    struct posto mark = {0};
    struct id id;
    char *bar;
    *from = 0;
    if (after == NULL)
        return true;
    mark.differenza = strtoll(after, &bar, 10);
    if (*bar != '|' || !id_parse(bar + 1, &id))
        return FAIL(cx, ERR_INPUT, "l’elenco non comincia da qui");
    mark.id = id.n;
    while (*from < prova->count && order(&prova->posti[*from], &mark) <= 0)
        ++*from;
    return true;
}

static bool fill(struct cx *cx, const struct prova *prova, size_t from, size_t limit,
                 struct list *rows)
{
    size_t left = prova->count - from, count = left < limit ? left : limit;
    struct voce *voci = ARENA_NEWS(cx->arena, struct voce, count);
    for (size_t k = 0; k < count; k++) {
        size_t i = prova->posti[from + k].utente;
        const struct simula_riga *riga = &prova->esito->righe[i];
        voci[k] =
            (struct voce){.id = prova->caricati->chi[i].prestazione,
                          .comune = prova->caricati->comuni[prova->caricati->dati.utenti[i].comune],
                          .prima = riga->prima,
                          .dopo = riga->dopo,
                          .differenza = money_sub(riga->dopo, riga->prima),
                          .percento = difference_percent(riga->prima, riga->dopo)};
        if (!persona_label(cx, prova->caricati->chi[i].persona, &voci[k].persona))
            return false;
    }
    *rows = (struct list){voci, count, sizeof *voci, left > limit};
    return true;
}

static bool run(struct cx *cx, const char *text, struct simula_caricati *caricati,
                struct simula_esito *esito, bool *found)
{
    struct piano piano;
    struct rette_faults faults = {.arena = cx->arena};
    struct id id;
    if (!id_parse(text, &id))
        return FAIL(cx, ERR_NOT_FOUND, "no such plan");
    if (!retta_load_plan(cx, id, &piano))
        return false;
    piano_check(&piano, &faults);
    if (faults.count > 0)
        return FAIL(cx, ERR_INPUT, "il piano non è ancora in ordine: %s", faults.items[0].text);
    if (!simula_load(cx, &piano, cx->today, caricati, found))
        return false;
    if (*found)
        simula_run(cx->arena, &caricati->dati, &caricati->prima, &piano, esito);
    return true;
}

static bool load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct filtro *filtro = want->filters;
    struct simula_caricati caricati;
    struct simula_esito esito;
    struct prova prova = {&caricati, &esito, NULL, 0};
    bool found = false, falls = want->sort != NULL && strcmp(want->sort, "calo") == 0;
    int (*order)(const void *, const void *) = falls ? falls_first : rises_first;
    size_t from;
    *rows = (struct list){NULL, 0, sizeof(struct voce), false};
    if (filtro == NULL || filtro->piano == NULL)
        return true;
    if (!run(cx, filtro->piano, &caricati, &esito, &found))
        return false;
    if (!found)
        return true;
    if (!places(cx, filtro, &prova))
        return false;
    qsort(prova.posti, prova.count, sizeof *prova.posti, order);
    return place_after(cx, &prova, want->after, order, &from) &&
           fill(cx, &prova, from, want->limit, rows);
}

static const char *key(struct cx *cx, const char *sort, const void *object)
{
    const struct voce *voce = object;
    char id[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%lld|%s", (long long)voce->differenza.cents,
                        id_text(voce->id, id));
}

static const struct web_column columns[] = {
    {"persona", "Persona", "/prestazioni/{id}", false, false},
    {"comune", "Comune", NULL, false, false},
    {"prima", "Prima, all’anno", NULL, true, false},
    {"dopo", "Dopo, all’anno", NULL, true, false},
    {"differenza", "Differenza", NULL, true, false},
    {"percento", "Differenza %", NULL, true, false},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {
    {"aumento", "Chi paga di più per primo"}, {"calo", "Chi paga di meno per primo"}, {NULL, NULL}};

const struct web_list simula_lista = {
    .name = "prova-tariffe",
    .title = "Chi pagherebbe di più o di meno",
    .intro = "Le persone che seguono i servizi del tuo ente, con quanto pagano in un anno e quanto "
             "pagherebbero con il piano scelto.",
    .empty =
        "Scegli un piano da provare. Se il piano è scelto, nessuno usa oggi il suo servizio, o "
        "nessun piano è in vigore con cui confrontarlo.",
    .fields = fields,
    .size = sizeof(struct voce),
    .columns = columns,
    .filters = &filters,
    .choices = choices,
    .sorts = sorts,
    .load = load,
    .key = key,
};
