/* Long work of this room: trying a month, closing it, the notices of all. */
#include "mod/fatturazione/inside.h"

#include "mod/enti/enti.h"
#include "mod/prestazioni/prestazioni.h"

#include <jansson.h>

/* ---- parameters ---------------------------------------------------------------------------- */

static const char *param(struct cx *cx, const struct job *job, const char *name)
{
    json_t *root = json_loads(job_params(job), 0, NULL);
    const char *text = json_string_value(json_object_get(root, name));
    const char *kept = arena_strdup(cx->arena, text != NULL ? text : "");
    json_decref(root);
    return kept;
}

static bool param_id(struct cx *cx, const struct job *job, const char *name, struct id *id)
{
    return id_parse(param(cx, job, name), id) || FAIL(cx, ERR_INTERNAL, "job without %s", name);
}

/* ---- trying -------------------------------------------------------------------------------- */

struct step {
    struct id servizio, fatturazione;
    struct day mese;
    struct fatturazione f;
    struct fatturazione_rifiuto no;
};

static bool try_step(struct cx *cx, void *data)
{
    struct step *step = data;
    return fatturazione_prova(cx, step->servizio, step->mese, &step->f, &step->no);
}

static bool run_prova(struct cx *cx, struct job *job)
{
    struct step step = {.no = {NULL}};
    char a[MONEY_TEXT], month[MESE_TEXT];
    if (job_done(job) > 0)
        return true; /* it was written before the run was lost */
    if (!param_id(cx, job, "servizio", &step.servizio) ||
        !mese_parse(param(cx, job, "mese"), &step.mese))
        return cx->err.code != ERR_NONE ? false : FAIL(cx, ERR_INTERNAL, "job without mese");
    if (!job_write(cx, job, try_step, &step, 1, 1))
        return false;
    if (step.no.testo != NULL)
        return FAIL(cx, ERR_INPUT, "%s", step.no.testo);
    job_result(job, arena_printf(cx->arena,
                                 "%s: %lld utenti, %lld anomalie, %s euro di rette. La prova è in "
                                 "Fatturazione.",
                                 mese_words(step.mese, month), (long long)step.f.utenti,
                                 (long long)step.f.anomalie, money_it(step.f.retta, a)));
    return true;
}

static bool close_step(struct cx *cx, void *data)
{
    struct step *step = data;
    return fatturazione_chiudi(cx, step->fatturazione, &step->no);
}

static bool run_chiudi(struct cx *cx, struct job *job)
{
    struct step step = {.no = {NULL}};
    if (job_done(job) > 0)
        return true;
    if (!param_id(cx, job, "fatturazione", &step.fatturazione) ||
        !job_write(cx, job, close_step, &step, 1, 1))
        return false;
    if (step.no.testo != NULL)
        return FAIL(cx, ERR_INPUT, "%s", step.no.testo);
    job_result(job, "La fatturazione è chiusa: non cambia più.");
    return true;
}

/* ---- notices ------------------------------------------------------------------------------- */

static bool nothing(struct cx *cx, void *data)
{
    (void)cx;
    (void)data;
    return true;
}

static bool run_avvisi(struct cx *cx, struct job *job)
{
    struct id fatturazione;
    struct doc *doc;
    struct bytes pdf;
    if (!param_id(cx, job, "fatturazione", &fatturazione) || !avvisi_doc(cx, fatturazione, &doc) ||
        !doc_draw(doc, DOC_PDF, cx->arena, &pdf, &cx->err) ||
        !job_write(cx, job, nothing, NULL, 1, 1))
        return false;
    job_result(job, "Gli avvisi sono in un solo documento, uno per pagina nuova.");
    job_result_file(job, "avvisi.pdf", "application/pdf", pdf);
    return true;
}

static const struct job_kind prova_kind = {"fatturazione.prova", "Prova di fatturazione", run_prova,
                                           3};
static const struct job_kind chiudi_kind = {"fatturazione.chiudi", "Chiusura di una fatturazione",
                                            run_chiudi, 3};
static const struct job_kind avvisi_kind = {"fatturazione.avvisi", "Avvisi alle famiglie",
                                            run_avvisi, 3};
const struct job_kind *const fatturazione_jobs[] = {&prova_kind, &chiudi_kind, &avvisi_kind, NULL};

/* ---- asked for ----------------------------------------------------------------------------- */

/* Ids and months have no sign that JSON would want escaped. */
bool job_prova(struct cx *cx, struct id servizio, struct day mese, struct id *job)
{
    char id[ID_TEXT], month[MESE_TEXT];
    const char *params = arena_printf(cx->arena, "{\"servizio\":\"%s\",\"mese\":\"%s\"}",
                                      id_text(servizio, id), mese_iso(mese, month));
    return job_enqueue(cx, &prova_kind, params, NULL, job);
}

static bool of_run(struct cx *cx, const struct job_kind *kind, struct id fatturazione,
                   struct id *job)
{
    char id[ID_TEXT];
    return job_enqueue(
        cx, kind, arena_printf(cx->arena, "{\"fatturazione\":\"%s\"}", id_text(fatturazione, id)),
        NULL, job);
}

bool job_chiudi(struct cx *cx, struct id fatturazione, struct id *job)
{
    return of_run(cx, &chiudi_kind, fatturazione, job);
}

bool job_avvisi(struct cx *cx, struct id fatturazione, struct id *job)
{
    return of_run(cx, &avvisi_kind, fatturazione, job);
}
