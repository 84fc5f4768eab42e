/* What the pages of this room share. */
#ifndef ZONALE_MOD_PROGETTI_VIEW_H
#define ZONALE_MOD_PROGETTI_VIEW_H

#include "kit/doc/doc.h"
#include "kit/web/web.h"
#include "mod/progetti/store.h"

/* pages.c */
/* The project of the path; what may only be known to be there is not found. */
MUST_USE bool progetto_of_path(struct cx *cx, const struct web_req *req, struct progetto *p);
/* The same with its version in preparation. ERR_NOT_FOUND when none is. */
MUST_USE bool bozza_of_path(struct cx *cx, const struct web_req *req, struct progetto *p,
                            struct progetto_versione *v);
/* The same with the version whose number the path has. */
MUST_USE bool version_of_path(struct cx *cx, const struct web_req *req, struct progetto *p,
                              struct progetto_versione *v);
/* "/progetti/<id><tail>" in the arena. */
const char *progetto_href(struct cx *cx, struct id id, const char *tail);
/* Breadcrumb, header of the person, `progetto` (its address), `versione` (the lock). */
MUST_USE bool progetto_head(struct cx *cx, struct web_req *req, struct web_res *res,
                            struct tv *page, const struct progetto *p, const char *here);
/* Adds the refusals to the form: true when there is one. */
bool rifiuti_show(struct web_req *req, const struct progetto_rifiuti *rifiuti);
bool guasto_show(struct web_req *req, enum progetto_guasto guasto);
/* False: somebody else was faster, and the form says so. */
bool still_current(struct web_req *req, const struct progetto *p, int64_t versione);
/* `conflitto`, `salvato` (lines of what stands there now) and `salvato_da`, after still_current
 * said no. */
void conflict_show(struct cx *cx, struct web_req *req, struct tv *page, const struct progetto *p,
                   const struct progetto_versione *v, const struct contenuto *piece);
/* Row `i` of a form: its fields under their plain names. */
void row_show(struct cx *cx, struct tv *page, struct tv *rows, const char *const *names, size_t i);

/* pages_scheda.c */
web_handler progetto_page, versione_page, versione_nuova_save;

/* pages_carta.c */
web_handler progetto_pdf_page;

/* pages_modifica.c, pages_pezzi.c, pages_costi.c */
/* The piece that the path names by its number; `count` for "nuovo", SIZE_MAX for none such. */
size_t piece_of(const struct web_req *req, size_t count);
/* Saves the version, says so and goes back to the project. */
MUST_USE bool piece_saved(struct cx *cx, struct web_req *req, struct web_res *res,
                          const struct progetto *p, const struct progetto_versione *v,
                          const char *notice);
web_handler progetto_nuovo_page, progetto_nuovo_save, progetto_modifica_page,
    progetto_modifica_save;
web_handler obiettivo_page, obiettivo_save, costo_page, costo_save, fasi_page, fasi_save;
extern const struct web_form progetto_nuovo_form, progetto_modifica_form, obiettivo_form,
    costo_form, fasi_form;

/* pages_passi.c */
web_handler progetto_sposta_page, progetto_sposta_save, firma_page, firma_registra;
extern const struct web_form progetto_sposta_form, firma_form;

/* pages_verifiche.c */
web_handler progetto_verifica_nuova_page, progetto_verifica_nuova_save, progetto_verifica_page,
    progetto_verifica_registra, progetto_verifica_togli;
extern const struct web_form progetto_verifica_nuova_form, progetto_verifica_form,
    progetto_verifica_togli_form;

/* pages_lista.c */
web_handler cartella_progetti_page;
extern const struct web_list progetti_lista;

/* papers.c */
struct progetto_carta {
    const struct progetto *progetto;
    const struct progetto_versione *versione;
    const struct list *firme, *verifiche;
    struct firma_caso caso;
    const char *persona, *ente;
    struct day nascita;
    struct instant ora;
};
struct doc *progetto_paper(struct arena *arena, const struct progetto_carta *carta);

#endif
