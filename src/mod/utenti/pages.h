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

web_handler avvisi_page, avviso_read_post;

#endif
