/* What the page files of this room share. */
#ifndef ZONALE_MOD_FATTURAZIONE_PAGES_H
#define ZONALE_MOD_FATTURAZIONE_PAGES_H

#include "mod/enti/enti.h"
#include "mod/fatturazione/inside.h"
#include "mod/prestazioni/prestazioni.h"

/* A run by its totals; the same run with the names in it; one line of it. */
extern const struct web_object fatturazione_object, nominativi_object, addebito_object;

/* A run with the words that its pages begin with. */
struct corsa_vista {
    struct fatturazione f;
    struct servizio servizio;
    const char *titolo; /* "SAD, marzo 2025" */
};
MUST_USE bool corsa_view(struct cx *cx, struct id id, struct corsa_vista *vista);
const char *corsa_href(struct cx *cx, struct id id, const char *tail);
void fatto(struct tv *pairs, const char *label, const char *text, const char *href);
const char *euro(struct cx *cx, struct money amount); /* "2,60 €" */
/* A fault beside its field; true when there is one. */
bool fault_show(struct web_req *req, const struct fatturazione_fault *fault);

/* ---- runs (pages_corsa.c) ------------------------------------------------------------------ */

extern const struct web_list fatturazioni_lista;
extern const struct web_form nuova_form, addebiti_query, addebiti_formato;
web_handler nuova_page, nuova_save, corsa_page, corsa_prova, corsa_chiudi, corsa_avvisi;
web_handler addebiti_page, addebito_page, addebito_avviso_page, addebiti_esporta;

/* ---- adjustments (pages_conguagli.c) ------------------------------------------------------- */

extern const struct web_form conguagli_form;
web_handler conguagli_page, conguagli_save;

/* Of one person, in all closed months (pages_persona.c). */
web_handler persona_conguagli_page;

/* ---- what is recorded (pages_registro.c) --------------------------------------------------- */

extern const struct web_form assenza_form, periodo_form, annulla_form, pagante_form, chiusura_form,
    riapri_form;
web_handler assenze_page, assenza_save, assenza_annulla, periodo_save, periodo_annulla,
    pagante_save, pagante_fine, calendario_page, calendari_page, chiusura_save, chiusura_togli;

#endif
