#include "mod/enti/enti.h"

#include "mod/enti/store.h"

#include "base/text.h"
#include "base/tsv.h"

#include <string.h>

extern const char comuni_2023_tsv[];
extern const char servizi_tsv[];

/* ---- acts -------------------------------------------------------------------------------- */

/* What the rule must know of the body that pays. */
static bool load_payer(struct cx *cx, const struct ente *ente, struct ente_proposto *facts)
{
    struct ente payer;

    facts->paid = ente->paga_per.n != 0;
    if (!facts->paid)
        return true;
    if (!ente_load(cx, ente->paga_per, &payer))
        return false;
    facts->payer_is_itself = payer.id.n == ente->id.n;
    facts->payer_tipo = payer.tipo;
    return store_ente_is_paid(cx, payer.id, &facts->payer_is_paid);
}

bool ente_save(struct cx *cx, struct ente *ente, enum ente_fault *fault)
{
    struct ente_proposto facts = {
        .tipo = ente->tipo, .codice = ente->codice, .belfiore = ente->belfiore, .nome = ente->nome};

    if (!load_payer(cx, ente, &facts))
        return false;
    *fault = ente_check(&facts);
    if (*fault != ENTE_OK)
        return true;
    if (ente->id.n == 0)
        ente->id = cx_id(cx);
    ente->ambito = cx->who->ambito;
    return store_ente_put(cx, ente);
}

bool ambito_create(struct cx *cx, const char *codice, const char *nome, struct id *id)
{
    struct ente ente = {.codice = codice, .nome = nome, .tipo = ente_tipo_name(TIPO_AMBITO)};
    struct ente_proposto facts = {.tipo = ente.tipo, .codice = codice, .nome = nome};
    enum ente_fault fault = ente_check(&facts);

    if (fault != ENTE_OK)
        return FAIL(cx, ERR_INPUT, "%s", ente_fault_text(fault));
    ente.id = ente.ambito = *id = cx_id(cx);
    ente.attivo = true;
    const struct who *who = cx->who;
    cx->who = NULL; /* nobody is inside it yet */
    bool done = store_ente_put(cx, &ente);
    cx->who = who;
    return done;
}

/* ---- choices ----------------------------------------------------------------------------- */

bool ente_choices(struct cx *cx, const char *tipo, const struct web_choice **choices)
{
    struct list list;
    struct web_choice *made;
    size_t count = 0;

    if (!ente_list(cx, tipo, &list))
        return false;
    made = ARENA_NEWS(cx->arena, struct web_choice, list.count + 1);
    LIST_EACH (&list, struct ente, ente) {
        char text[ID_TEXT];

        if (ente->attivo)
            made[count++] =
                (struct web_choice){arena_strdup(cx->arena, id_text(ente->id, text)), ente->nome};
    }
    *choices = made;
    return true;
}

bool servizio_choices(struct cx *cx, const struct web_choice **choices)
{
    struct list list;
    struct web_choice *made;
    size_t count = 0;

    if (!servizio_list(cx, &list))
        return false;
    made = ARENA_NEWS(cx->arena, struct web_choice, list.count + 1);
    LIST_EACH (&list, struct servizio, servizio) {
        char text[ID_TEXT];

        made[count++] = (struct web_choice){
            arena_strdup(cx->arena, id_text(servizio->id, text)),
            arena_printf(cx->arena, "%s (%s)", servizio->nome, servizio->codice)};
    }
    *choices = made;
    return true;
}

/* ---- import ------------------------------------------------------------------------------ */

/* A code for a body that has none: its folded name with hyphens, at most 20 characters. */
static const char *code_of_name(struct cx *cx, const char *nome)
{
    char *code = arena_strdup(cx->arena, text_fold(cx->arena, nome));

    for (char *at = code; *at != '\0'; at++)
        if (*at == ' ')
            *at = '-';
    if (strlen(code) > 20)
        code[20] = '\0';
    return code;
}

static bool save_row(struct cx *cx, struct tsv *tsv, struct ente *ente)
{
    struct ente old;
    enum ente_fault fault = ENTE_OK;
    bool found;

    if (!ente_by_code(cx, ente->codice, &old, &found))
        return false;
    if (found)
        ente->id = old.id;
    ente->attivo = true;
    if (!ente_save(cx, ente, &fault))
        return false;
    return fault == ENTE_OK || tsv_fail(tsv, ente_fault_field(fault), ente_fault_text(fault));
}

static bool save_payer(struct cx *cx, struct tsv *tsv, const struct ente *comune, struct id *payer)
{
    const char *nome = tsv_text(tsv, "paga");
    struct ente ente = {.nome = nome, .tipo = ente_tipo_name(TIPO_UNIONE)};

    *payer = ID_NONE;
    if (nome[0] == '\0' || strcmp(nome, comune->nome) == 0)
        return true;
    ente.codice = code_of_name(cx, nome);
    ente.sotto_ambito = comune->sotto_ambito;
    if (!save_row(cx, tsv, &ente))
        return false;
    *payer = ente.id;
    return true;
}

static const char *or_null(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static bool save_comune(struct cx *cx, struct tsv *tsv, int anno)
{
    struct ente ente = {.codice = tsv_text(tsv, "istat"),
                        .belfiore = tsv_text(tsv, "belfiore"),
                        .nome = tsv_text(tsv, "nome"),
                        .tipo = ente_tipo_name(TIPO_COMUNE),
                        .sotto_ambito = or_null(tsv_text(tsv, "sotto_ambito"))};
    struct popolazione figure = {anno, tsv_int(tsv, "abitanti"), tsv_int(tsv, "over65"),
                                 tsv_int(tsv, "famiglie")};

    if (cx->err.code != ERR_NONE)
        return false;
    if (figure.abitanti < 0 || figure.over65 > figure.abitanti)
        return tsv_fail(tsv, "abitanti", "mancano, o sono meno degli anziani");
    if (!save_payer(cx, tsv, &ente, &ente.paga_per) || !save_row(cx, tsv, &ente))
        return false;
    return popolazione_save(cx, ente.id, &figure);
}

bool enti_import(struct cx *cx, const char *name, const char *text, int anno)
{
    struct tsv tsv;

    if (!tsv_start(&tsv, cx->arena, &cx->err, name, text))
        return false;
    while (tsv_next(&tsv))
        if (!save_comune(cx, &tsv, anno))
            return false;
    return cx->err.code == ERR_NONE;
}

static bool save_servizio(struct cx *cx, struct tsv *tsv)
{
    struct servizio old, servizio = {.codice = tsv_text(tsv, "codice"),
                                     .nome = tsv_text(tsv, "nome"),
                                     .unita = tsv_text(tsv, "unita"),
                                     .area_bilancio = or_null(tsv_text(tsv, "area")),
                                     .voce_bilancio = or_null(tsv_text(tsv, "voce"))};
    bool found;

    if (cx->err.code != ERR_NONE)
        return false;
    if (servizio.codice[0] == '\0' || servizio.nome[0] == '\0')
        return tsv_fail(tsv, "codice", "codice e nome devono esserci");
    if (!servizio_unita_known(servizio.unita))
        return tsv_fail(tsv, "unita", "può essere ora, giorno, mese o pasto");
    if (!servizio_by_code(cx, servizio.codice, &old, &found))
        return false;
    if (found)
        servizio.id = old.id;
    return servizio_save(cx, &servizio);
}

bool servizi_import(struct cx *cx, const char *name, const char *text)
{
    struct tsv tsv;

    if (!tsv_start(&tsv, cx->arena, &cx->err, name, text))
        return false;
    while (tsv_next(&tsv))
        if (!save_servizio(cx, &tsv))
            return false;
    return cx->err.code == ERR_NONE;
}

bool enti_demo(struct cx *cx)
{
    return enti_import(cx, "comuni_2023.tsv", comuni_2023_tsv, 2023) &&
           servizi_import(cx, "servizi.tsv", servizi_tsv);
}
