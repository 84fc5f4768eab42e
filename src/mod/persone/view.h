/* What the pages of this room share. */
#ifndef ZONALE_MOD_PERSONE_VIEW_H
#define ZONALE_MOD_PERSONE_VIEW_H

#include "kit/cli/cli.h"
#include "kit/web/web.h"
#include "mod/persone/persone.h"

struct persona_modulo {
    const char *cognome;
    const char *nome;
    const char *sesso;
    struct day nascita;
    const char *nascita_luogo;
    const char *belfiore;
    const char *codfis;
    struct id comune;
    const char *indirizzo;
    const char *telefono;
    const char *email;
    const char *cittadinanza;
    const char *tutela;
    struct day morte;
    bool riservata;
    bool conferma;    /* "it is another person": looked at the likely duplicates */
    int64_t versione; /* of what the user had before him */
};
extern const struct web_form persona_form;

/* Choices of the form, before it is shown. */
MUST_USE bool persona_form_choices(struct cx *cx, struct web_req *req);
struct persona_modulo persona_to_form(const struct persona *persona);
/* Only what the form has; id, number, external key stay as they are in `persona`. */
void persona_from_form(const struct persona_modulo *form, struct persona *persona);
/* Faults for what is refused. False: refused. */
bool persona_judge(struct cx *cx, struct web_req *req, struct persona *persona);
/* List `avvisi` of {testo, grave} for the page. */
void persona_warnings_show(struct cx *cx, struct tv *page, const struct persona *persona);
/* List `simili` of {href, nome, nascita, perche, confronta}; the last is where they stand beside
 * `persona` (ID_NONE: nowhere). */
void persona_similar_show(struct cx *cx, struct tv *page, const struct list *similar,
                          struct id persona);
/* Reasons of likeness (bits) in words. */
const char *persona_why(struct cx *cx, int why);

extern const struct cli_command persone_commands[];

web_handler persona_cerca_page;
extern const struct web_form persona_cerca_form;
extern const struct web_list persona_lista;

web_handler persona_nucleo_page;
web_handler persona_nucleo_add;
web_handler persona_nucleo_end;
extern const struct web_form nucleo_day_form;
extern const struct web_form nucleo_form;
extern const struct web_form nucleo_end_form;
web_handler persona_nucleo_correct;
extern const struct web_form nucleo_correct_form;
extern const struct web_choice nucleo_parentele[];
const char *nucleo_parentela(const char *value);
/* List `storia` of {fatto, scritto, scritto_da, corretto, corretto_da} and the form `correzione`.
 */
MUST_USE bool nucleo_history_show(struct cx *cx, struct web_req *req, struct tv *page,
                                  struct id persona);

#endif
