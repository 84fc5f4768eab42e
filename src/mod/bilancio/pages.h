/* What the pages of this room share. */
#ifndef ZONALE_MOD_BILANCIO_PAGES_H
#define ZONALE_MOD_BILANCIO_PAGES_H

#include "mod/bilancio/inside.h"

/* What a page may be asked for. */
struct richiesta {
    int64_t anno;
    struct day al;       /* the state on that day; DAY_NONE: the latest */
    const char *dopo;    /* key of the last cost seen */
    const char *formato; /* of a file */
};

/* The budget of the request: of the year asked for, else of this one, else of the latest that has
 * one. *found false: the page that says that there is none is already filled. */
MUST_USE bool bilancio_wanted(struct cx *cx, struct web_req *req, struct web_res *res,
                              const char *title, struct list *years, struct bilancio *bilancio,
                              bool *found);
/* The same without its items, sources and amounts: what is needed to tell whether the page is kept.
 */
MUST_USE bool bilancio_wanted_year(struct cx *cx, struct web_req *req, struct web_res *res,
                                   const char *title, struct bilancio *head, bool *found);
/* "/bilancio?anno=2025" */
const char *anno_href(struct cx *cx, const char *path, int64_t anno);
/* "Bilancio 2025" */
const char *anno_title(struct cx *cx, const char *what, int64_t anno);
const char *voce_href(struct cx *cx, struct id voce, int64_t anno);
/* "12,34" */
const char *percent_text(struct cx *cx, struct money part, struct money whole);
/* stanziato, impegnato, liquidato, pagato, disponibile, `percento` paid due, and `oltre` where more
 * was committed than given. */
void voce_show_state(struct cx *cx, struct tv *to, const struct voce_stato *stato);
/* Until which day: of the request, or any. */
struct day wanted_day(const struct web_req *req);

/* Tabs of the room, the breadcrumb with them; `current` is a path of theirs. */
void bilancio_tabs(struct cx *cx, struct web_res *res, struct tv *page, const char *current,
                   int64_t anno);
/* Stage, act, amendments, and the form that asks for another day. */
MUST_USE bool bilancio_show_stage(struct cx *cx, struct web_req *req, struct tv *page,
                                  const struct bilancio *b);
/* Links to files: `href` ends where the format goes. */
void bilancio_show_exports(struct tv *page, const char *href);

extern const struct web_list scritture_lista;
extern const struct web_form anno_query, esporta_query, anni_query;
extern const struct web_object voce_object, variazione_object, scrittura_object, fonte_object;
extern const struct web_form voce_query, variazione_form, approva_form, impegno_form, parte_form;
extern const struct web_form voce_nuova_form, fonte_nuova_form;
extern const struct web_form fonte_form, importa_form, atto_form;

web_handler quadro_page, verifica_bilancio_page, approva_anno_save, chiudi_anno_save;
web_handler matrice_page, cella_page, voce_page;
web_handler esporta_page, rendiconto_page, anni_page;
web_handler variazioni_page, variazione_nuova_page, variazione_nuova_save, variazione_page;
web_handler variazione_save_page, variazione_approva_save, variazione_elimina_save;
web_handler scritture_page, impegno_save, scrittura_page, parte_save, storno_save;
web_handler fonti_page, fonte_page, fonte_save, previsione_page;
web_handler aggiungi_page, voce_nuova_save, fonte_nuova_save;
web_handler importa_page, importa_save;

const char *variazione_href(struct cx *cx, struct id id, const char *tail);
const char *fonte_href(struct cx *cx, struct id fonte, int64_t anno);
/* "avanzo 2024, vincolata per legge" */
const char *fonte_vincolo(struct cx *cx, const struct fonte *fonte);
/* numero, giorno, tipo, atto, descrizione, importo, href */
void scrittura_show(struct cx *cx, struct tv *row, const struct scrittura *m);
/* `conto`: assegnato, impegnato, liquidato, pagato, residuo, stimato */
void conto_show(struct tv *page, const struct conto_riga *sum);

#endif
