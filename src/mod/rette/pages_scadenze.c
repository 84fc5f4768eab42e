/* Attestations about to expire: list, and a letter that reminds of one. */
#include "mod/rette/pages.h"

#include "kit/web/paper.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"

#include <string.h>

enum { DAYS_AHEAD = 60 };

struct scadenze_query {
    struct day dal, entro;
    const char *tipo;
    const char *comune; /* id */
};
static const struct web_choice tipi[] = {{"ordinario", "ISEE ordinario"},
                                         {"sociosanitario", "ISEE sociosanitario"},
                                         {"residenze", "ISEE sociosanitario residenze"},
                                         {"minorenni", "ISEE minorenni"},
                                         {"corrente", "ISEE corrente"},
                                         {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(scadenze_query, entro), "Scade entro il", INPUT_DAY, false, 0, 0, NULL,
     "Vuoto: nei prossimi 60 giorni"},
    {FIELD(scadenze_query, dal), "Scade dal", INPUT_DAY, false, 0, 0, NULL,
     "Vuoto: da oggi; prima di oggi: anche quelli già scaduti"},
    {FIELD(scadenze_query, tipo), "Tipo di ISEE", INPUT_CHOICE, false, 0, 0, tipi, NULL},
    {FIELD(scadenze_query, comune), "Comune", INPUT_CHOICE, false, 0, 0, NULL, "Di residenza"},
    WEB_FIELD_END,
};
static const struct web_form filters = {"isee-scadenze", filter_fields,
                                        sizeof(struct scadenze_query), 0};

static bool choices(struct cx *cx, struct web_req *req)
{
    const struct web_choice *comuni;
    if (!ente_choices(cx, "comune", &comuni))
        return false;
    web_choices(req, "comune", comuni);
    return true;
}

/* A municipality's desk reminds its own people; the ambito's all. */
static bool scope(struct cx *cx, const struct scadenze_query *query, struct scadenze_filtro *filtro)
{
    struct ente own;
    *filtro = (struct scadenze_filtro){.dal = cx->today, .entro = day_add(cx->today, DAYS_AHEAD)};
    if (query != NULL) {
        if (day_known(query->dal))
            filtro->dal = query->dal;
        if (day_known(query->entro))
            filtro->entro = query->entro;
        filtro->tipo = query->tipo;
        if (query->comune != NULL && !id_parse(query->comune, &filtro->comune))
            return FAIL(cx, ERR_NOT_FOUND, "no such body");
    }
    if (!ente_load(cx, cx->who->ente, &own))
        return false;
    if (ente_tipo_parse(own.tipo) == TIPO_COMUNE)
        filtro->solo = own.id;
    return true;
}

static bool load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    struct scadenze_filtro filtro;
    if (!scope(cx, want->filters, &filtro) ||
        !store_isee_expiring(cx, &filtro, want->after, want->limit, rows))
        return false;
    LIST_EACH (rows, struct scadenza_riga, riga) {
        riga->tipo = isee_tipo_title(isee_tipo_parse(riga->tipo));
        riga->lettera = "PDF";
    }
    return true;
}

static const char *key(struct cx *cx, const char *sort, const void *row)
{
    (void)sort;
    return store_isee_expiring_key(cx, row);
}

static const struct web_column columns[] = {
    {"nome", "Persona", "/persone/{persona}/isee", false, false},
    {"comune", "Comune", NULL, false, false},
    {"tipo", "Tipo", NULL, false, false},
    {"protocollo", "Protocollo INPS", NULL, false, false},
    {"scadenza", "Scade il", NULL, false, false},
    {"lettera", "Lettera", "/persone/{persona}/isee/promemoria", false, false},
    {"persona", NULL, NULL, false, true},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"scadenza", "Prima chi scade prima"}, {NULL, NULL}};

const struct web_list scadenze_lista = {
    .name = "isee-scadenze",
    .title = "ISEE in scadenza",
    .intro = "Le attestazioni che stanno per scadere e che nessun’altra dello stesso tipo "
             "sostituisce: chi non ne presenta una nuova paga come chi non ha l’ISEE.",
    .empty = "Nessuna attestazione scade in questo periodo.",
    .fields = scadenza_riga_fields,
    .size = sizeof(struct scadenza_riga),
    .columns = columns,
    .filters = &filters,
    .choices = choices,
    .sorts = sorts,
    .load = load,
    .key = key,
};

/* The attestation that ends first of those that are valid, or that ended last. */
static const struct isee *next_to_end(const struct isee *list, size_t count, struct day today)
{
    const struct isee *found = NULL;
    for (size_t i = 0; i < count; i++) {
        bool valid = day_cmp(list[i].scadenza, today) >= 0;
        bool found_valid = found != NULL && day_cmp(found->scadenza, today) >= 0;
        int order = found == NULL ? -1 : day_cmp(list[i].scadenza, found->scadenza);
        if (found == NULL || (valid && !found_valid) || (valid && order < 0) ||
            (!valid && !found_valid && order > 0))
            found = &list[i];
    }
    return found;
}

bool promemoria_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct isee *list;
    size_t count;
    struct ente ambito;
    const char *name;
    if (web_masked(req))
        return FAIL(cx, ERR_NOT_FOUND, "no letter for who may not know");
    if (!store_isee_list(cx, web_id(req), &list, &count))
        return false;
    const struct isee *isee = next_to_end(list, count, cx->today);
    if (isee == NULL)
        return FAIL(cx, ERR_NOT_FOUND, "no attestation");
    if (!persona_label(cx, web_id(req), &name) || !ente_load(cx, cx->who->ambito, &ambito))
        return false;
    const struct isee_promemoria what = {ambito.nome, name, isee, cx->today, cx->now};
    return web_paper(cx, res, rette_promemoria(cx->arena, &what), DOC_PDF, "promemoria-isee");
}
