/* What the pages of this room share. */
#ifndef ZONALE_MOD_CARTELLA_VIEW_H
#define ZONALE_MOD_CARTELLA_VIEW_H

#include "kit/web/web.h"
#include "mod/cartella/store.h"

extern const struct web_choice tipi_utente_choices[];

/* pages.c: one record */
/* Title, breadcrumb and the header of the person, on a page of the record. */
MUST_USE bool cartella_head(struct cx *cx, struct web_req *req, struct web_res *res,
                            struct tv *page, const struct cartella *cartella, const char *here);
/* "/cartelle/<id>" in the arena. */
const char *cartella_href(struct cx *cx, struct id cartella);
/* The note may be read by cx->who: allow, masked (it exists) or deny (not even that). */
MUST_USE bool diario_decide(struct cx *cx, const struct cartella *cartella, int64_t riserbo,
                            enum authz_action action, enum authz_answer *answer);

/* pages_diario.c */
web_handler diario_nuova_page, diario_nuova_save, diario_page, diario_correct;
extern const struct web_form diario_form;
/* List `diario` of the notes that may be read, the latest facts first. */
MUST_USE bool diario_show(struct cx *cx, struct tv *page, const struct cartella *cartella,
                          size_t max);

/* pages_documento.c */
web_handler documento_nuovo_page, documento_nuovo_save, documento_page;
extern const struct web_form documento_form;
/* Lists `documenti` and `atti` (of a court) of those that may be known. */
MUST_USE bool documenti_show(struct cx *cx, struct tv *page, const struct cartella *cartella);

/* riserbo.c: what a sensitivity is called in forms and beside what is shown */
extern const struct web_choice riserbo_choices[];
int64_t riserbo_parse(const char *name); /* of the form; unknown: the narrowest */
const char *riserbo_name(int64_t riserbo);
const char *riserbo_title(int64_t riserbo);

/* pages_nuova.c, pages_presa.c */
/* The social worker of a form must be one in service; a fault says so. */
MUST_USE bool known_worker(struct cx *cx, struct web_req *req, struct id utente, bool *known);
web_handler cartella_nuova_page, cartella_nuova_save, sposta_page, sposta_save, assegna_page,
    assegna_save;
extern const struct web_form cartella_nuova_query, cartella_nuova_form, sposta_form, assegna_form;
/* List `prese` with their moves, list `mosse` of the history. */
MUST_USE bool prese_show(struct cx *cx, struct tv *page, const struct cartella *cartella,
                         bool write, bool assign);

/* pages_list.c */
extern const struct web_list cartelle_lista;
web_handler agenda_page, carichi_page, conteggi_page, storia_page, persona_cartella_page;

/* pages_accessi.c */
web_handler accessi_page, accessi_foglio_page;
/* Sets `accessi` (the page's address, or empty) and `emergenza`. */
MUST_USE bool accessi_link(struct cx *cx, struct tv *page, const struct cartella *cartella);

#endif
