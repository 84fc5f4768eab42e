/* The diary: a new note, one note with all its versions, a correction. */
#include "mod/cartella/view.h"

#include "kit/tmpl/message.h"
#include "mod/persone/persone.h"

#include <stdlib.h>
#include <string.h>

struct diario_modulo {
    struct day giorno;
    const char *tipo;
    const char *presenti;
    const char *riserbo;
    const char *testo;
    int64_t versione;
};

#define CHOICE(name, title) {name, title},
static const struct web_choice tipi[] = {DIARIO_TIPI(CHOICE){NULL, NULL}};
static const struct web_field diario_form_fields[] = {
    {FIELD(diario_modulo, giorno), "Giorno del fatto", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(diario_modulo, tipo), "Tipo", INPUT_CHOICE, true, 0, 0, tipi, NULL},
    {FIELD(diario_modulo, presenti), "Chi era presente", INPUT_TEXT, false, 0, 200, NULL, NULL},
    {FIELD(diario_modulo, riserbo), "Chi la può leggere", INPUT_CHOICE, true, 0, 0, riserbo_choices,
     NULL},
    {FIELD(diario_modulo, testo), "Testo", INPUT_LINES, true, 1, 20000, NULL, NULL},
    {FIELD(diario_modulo, versione), "Versione", INPUT_INT, false, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
enum { CORPO = 256 * 1024 };
const struct web_form diario_form = {"diario", diario_form_fields, sizeof(struct diario_modulo),
                                     CORPO};

/* ---- showing ---------------------------------------------------------------------------- */

static void note_show(struct cx *cx, struct tv *item, const struct diario *note, bool masked)
{
    char id[ID_TEXT];
    tv_printf(item, "href", "%s/diario/%s", cartella_href(cx, note->cartella),
              id_text(note->voce, id));
    tv_day(item, "giorno", note->giorno);
    tv_text(item, "tipo", masked ? "Nota riservata" : diario_tipo_title(note->tipo));
    tv_text(item, "autore", note->autore_nome);
    tv_instant(item, "scritto", note->scritto);
    tv_text(item, "presenti", masked ? NULL : note->presenti);
    tv_text(item, "testo", masked ? NULL : note->testo);
    tv_bool(item, "oscurata", masked);
    tv_bool(item, "corretta", note->versione > 1);
    tv_int(item, "versione", note->versione);
    tv_text(item, "riserbo",
            note->riserbo == RISERVO_PARTICOLARE ? NULL : riserbo_title(note->riserbo));
}

bool diario_show(struct cx *cx, struct tv *page, const struct cartella *cartella, size_t max)
{
    struct list notes;
    enum authz_answer answers[RISERVI] = {AUTHZ_DENY};
    if (!diario_list(cx, cartella->id, NULL, max, &notes))
        return false;
    for (int64_t riserbo = RISERVO_PARTICOLARE; riserbo < RISERVI; riserbo++)
        if (!diario_decide(cx, cartella, riserbo, AZIONE_LEGGI, &answers[riserbo]))
            return false;
    struct tv *list = tv_children(page, "diario");
    bool any = false;
    LIST_EACH (&notes, struct diario, note) {
        bool known = note->riserbo > 0 && note->riserbo < RISERVI;
        enum authz_answer answer = known ? answers[note->riserbo] : AUTHZ_DENY;
        if (answer == AUTHZ_DENY)
            continue;
        note_show(cx, tv_push(list), note, answer == AUTHZ_MASKED);
        any = true;
    }
    tv_bool(page, "diario_noto", any);
    tv_bool(page, "diario_altro", notes.clipped);
    return true;
}

/* ---- a new note ------------------------------------------------------------------------- */

static bool form_page(struct cx *cx, struct web_req *req, struct tv *page, struct id cartella,
                      const char *path, const struct diario_modulo *values)
{
    tv_text(page, "percorso", path);
    tv_text(page, "annulla", cartella_href(cx, cartella));
    tv_int(page, "versione", values->versione);
    web_form_show(req, page, "form", &diario_form, values);
    return true;
}

bool diario_nuova_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    const char *name;
    if (!cartella_load(cx, web_id(req), &cartella) || !persona_label(cx, cartella.persona, &name))
        return false;
    struct tv *page = web_page(res, "cartella/nota_nuova", "Nota nuova");
    if (!cartella_head(cx, req, res, page, &cartella, "Nota nuova"))
        return false;
    bool secret = cartella.riserbo == RISERVO_ANTIVIOLENZA;
    struct diario_modulo first = {.giorno = cx->today,
                                  .tipo = "colloquio",
                                  .riserbo = secret ? "antiviolenza" : "particolare"};
    return form_page(cx, req, page, cartella.id,
                     arena_printf(cx->arena, "%s/diario/nuova", cartella_href(cx, cartella.id)),
                     &first);
}

static const struct {
    const char *campo;
    const char *chiave;
} faults[] = {
    [DIARIO_VUOTO] = {"testo", "cartella.diario_vuoto"},
    [DIARIO_TIPO] = {"tipo", "cartella.diario_tipo"},
    [DIARIO_FUTURO] = {"giorno", "cartella.diario_futuro"},
    [DIARIO_UGUALE] = {NULL, "cartella.diario_uguale"},
};

static struct diario from_form(const struct web_req *req, const struct diario_modulo *form)
{
    return (struct diario){
        .cartella = web_id(req),
        .giorno = form->giorno,
        .tipo = form->tipo,
        .riserbo = riserbo_parse(form->riserbo),
        .presenti = form->presenti,
        .testo = form->testo,
    };
}

/* Nobody writes what he could not read again. */
static bool may_write(struct cx *cx, struct web_req *req, const struct diario *note, bool *yes)
{
    struct cartella cartella;
    enum authz_answer answer;
    if (!cartella_load(cx, note->cartella, &cartella) ||
        !diario_decide(cx, &cartella, note->riserbo, AZIONE_CREA, &answer))
        return false;
    *yes = answer == AUTHZ_ALLOW;
    if (!*yes)
        web_fault(req, "riserbo", "%s", message("cartella.diario_riserbo"));
    return true;
}

static bool note_save(struct cx *cx, struct web_req *req, struct web_res *res, struct diario *note)
{
    enum diario_fault fault;
    bool yes;
    if (!may_write(cx, req, note, &yes) || !yes || !diario_save(cx, note, &fault))
        return false;
    if (fault != DIARIO_OK) {
        web_fault(req, faults[fault].campo, "%s", message(faults[fault].chiave));
        return false;
    }
    web_audit_detail(req, "nota di diario, versione %lld", (long long)note->versione);
    web_notice(req, "Nota salvata.");
    web_redirect(res, "%s", cartella_href(cx, note->cartella));
    return true;
}

bool diario_nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct diario note = from_form(req, web_form(req));
    return note_save(cx, req, res, &note);
}

/* ---- one note, and its correction --------------------------------------------------------- */

/* The versions of the note that the path names, in the record that the path names; not found, or
 * not for cx->who, is the same answer. */
static bool versions_of(struct cx *cx, struct web_req *req, struct cartella *cartella,
                        struct list *versions, bool *masked)
{
    struct id voce;
    enum authz_answer answer;
    if (!id_parse(web_segment(req, "voce"), &voce))
        return FAIL(cx, ERR_NOT_FOUND, "nessuna nota");
    if (!cartella_load(cx, web_id(req), cartella) || !diario_versions(cx, voce, versions))
        return false;
    if (versions->count == 0)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna nota");
    int64_t riserbo = 0;
    LIST_EACH (versions, struct diario, note) {
        if (note->cartella.n != cartella->id.n)
            return FAIL(cx, ERR_NOT_FOUND, "nessuna nota");
        riserbo = note->riserbo > riserbo ? note->riserbo : riserbo;
    }
    if (!diario_decide(cx, cartella, riserbo, AZIONE_LEGGI, &answer))
        return false;
    if (answer == AUTHZ_DENY)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna nota");
    *masked = answer == AUTHZ_MASKED;
    return true;
}

static void conflict_show(struct web_req *req, struct tv *page, const struct diario *last)
{
    bool faulty = web_faulty(req);
    bool other = faulty && strtoll(web_typed(req, "versione"), NULL, 10) != last->versione;
    tv_bool(page, "conflitto", other);
    tv_text(page, "salvato", other ? last->testo : NULL);
    tv_text(page, "salvato_da", other ? last->autore_nome : NULL);
}

bool diario_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct list versions;
    bool masked;
    char id[ID_TEXT];
    enum authz_answer writes;
    if (!versions_of(cx, req, &cartella, &versions, &masked) ||
        !diario_decide(cx, &cartella, cartella.riserbo, AZIONE_MODIFICA, &writes))
        return false;
    const struct diario *last = LIST_ITEM(&versions, struct diario, 0);
    struct tv *page = web_page(res, "cartella/nota", "Nota di diario");
    if (!cartella_head(cx, req, res, page, &cartella, "Nota di diario"))
        return false;
    struct tv *list = tv_children(page, "versioni");
    LIST_EACH (&versions, struct diario, note) {
        note_show(cx, tv_push(list), note, masked);
    }
    tv_bool(page, "correggi",
            !masked && writes == AUTHZ_ALLOW && web_may(cx, req, "cartella.scrivi"));
    conflict_show(req, page, last);
    struct diario_modulo values = {.giorno = last->giorno,
                                   .tipo = last->tipo,
                                   .presenti = last->presenti,
                                   .riserbo = riserbo_name(last->riserbo),
                                   .testo = last->testo,
                                   .versione = last->versione};
    return form_page(cx, req, page, cartella.id,
                     arena_printf(cx->arena, "%s/diario/%s", cartella_href(cx, cartella.id),
                                  id_text(last->voce, id)),
                     &values);
}

bool diario_correct(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct diario_modulo *form = web_form(req);
    struct cartella cartella;
    struct list versions;
    bool masked;
    if (!versions_of(cx, req, &cartella, &versions, &masked))
        return false;
    if (masked)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna nota");
    const struct diario *last = LIST_ITEM(&versions, struct diario, 0);
    if (form->versione != last->versione) {
        web_fault(req, NULL, "%s", message("cartella.diario_conflitto"));
        return false;
    }
    struct diario note = from_form(req, form);
    note.voce = last->voce;
    note.versione = last->versione;
    return note_save(cx, req, res, &note);
}
