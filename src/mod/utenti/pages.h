/* Routes of the room, one table a file; joined in pages.c. */
#ifndef ZONALE_MOD_UTENTI_PAGES_H
#define ZONALE_MOD_UTENTI_PAGES_H

#include "mod/utenti/store_accesso.h"

extern const struct web_route utenti_routes[];
extern const struct menu_item utenti_menu[];

/* Facts of /utenti/{id}: an account is administrative data of the ambito. */
extern const struct web_object utente_object;

/* Handlers that the table in pages.c names. */
web_handler entra_page, entra_check, entra_post, esci_post;
web_handler conferma_page, conferma_check, conferma_post;
web_handler password_page, password_check_post, password_post;
extern const struct web_form entra_form, dopo_form, conferma_form, password_form;

web_handler profilo_page, sessione_close_post, sessioni_close_post, incarico_switch_post;
web_handler verifica_page, verifica_prepare_post, verifica_on_post, verifica_off_post;
extern const struct web_form incarico_switch_form, verifica_form;

extern const struct web_list utenti_lista;
web_handler utente_new_page, utente_new_check, utente_new_post, utente_page;
web_handler incarico_add_post;
extern const struct web_form utente_form, incarico_form;

/* pages_modifica.c: every change is asked for on a page of its own, which says what follows */
extern const struct utente_atto utente_atto_disattiva, utente_atto_attiva, utente_atto_password,
    utente_atto_azzera, utente_atto_chiudi;
web_handler utente_atto_page; /* its route's data: one of them */
web_handler utente_disable_post, utente_enable_post, utente_reset_post, utente_reset_all_post;
web_handler incarico_end_post;
extern const struct web_form utente_atto_form;
web_handler utente_edit_page, utente_edit_post, utente_leave_page, utente_leave_post;
web_handler incarico_edit_page, incarico_edit_post;
extern const struct web_form utente_dati_form, utente_fine_form, incarico_cambio_form;

/* Shared by the pages of accounts. */
struct first_password {
    const char *password, *hash;
};
extern const struct web_choice ruolo_choices[];
bool utente_body_choices(struct cx *cx, struct web_req *req);
/* The chosen body, of this ambito. False: a fault stands beside the field, or a failure. */
bool utente_body_of(struct cx *cx, struct web_req *req, const char *text, struct id *ente);
const char *utente_href(struct cx *cx, struct id id);
/* Shown once, here: it is nowhere else. */
void utente_show_password(struct web_res *res, const char *nome, const char *password,
                          const char *back);

web_handler emergenza_new_page, emergenza_open_post, emergenza_page, emergenza_close_post;
web_handler emergenza_review_post;
extern const struct web_list emergenze_lista;
extern const struct web_form emergenza_chiesta, emergenza_form, riesame_form;
extern const struct web_object emergenza_object;

web_handler avvisi_page, avviso_read_post;

#endif
