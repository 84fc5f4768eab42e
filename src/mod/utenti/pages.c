/* The routes. Who may is in permessi.tsv; "tutti": everybody who has logged in, for himself. */
#include "mod/utenti/pages.h"

enum { SLOW_PUBLIC = WEB_PUBLIC | WEB_SLOW };

/* clang-format off */
const struct web_route utenti_routes[] = {
    {WEB_GET, WEB_LOGIN, entra_page, "pubblico", FINE_GESTIONE, AZIONE_LEGGI, AUDIT_NO, NULL,
     &dopo_form, .flags = WEB_PUBLIC},
    /* writes its own row, also of what failed */
    {WEB_POST, WEB_LOGIN, entra_post, "pubblico", FINE_GESTIONE, AZIONE_CREA, AUDIT_NO, NULL,
     &entra_form, WEB_LOGIN, entra_check, SLOW_PUBLIC},
    {WEB_POST, WEB_LOGOUT, esci_post, "tutti", FINE_GESTIONE, AZIONE_CHIUDI, AUDIT_WRITE},
    {WEB_GET, WEB_CONFIRM, conferma_page, "tutti", FINE_GESTIONE, AZIONE_LEGGI, AUDIT_NO, NULL,
     &dopo_form},
    {WEB_POST, WEB_CONFIRM, conferma_post, "tutti", FINE_GESTIONE, AZIONE_MODIFICA, AUDIT_NO, NULL,
     &conferma_form, WEB_CONFIRM, conferma_check, WEB_SLOW},
    {WEB_GET, WEB_PASSWORD, password_page, "tutti", FINE_GESTIONE, AZIONE_LEGGI, AUDIT_NO},
    {WEB_POST, WEB_PASSWORD, password_post, "tutti", FINE_GESTIONE, AZIONE_MODIFICA, AUDIT_WRITE,
     NULL, &password_form, WEB_PASSWORD, password_check_post, WEB_SLOW},

    {WEB_GET, "/profilo", profilo_page, "tutti", FINE_GESTIONE, AZIONE_LEGGI, AUDIT_NO},
    {WEB_POST, "/profilo/incarico", incarico_switch_post, "tutti", FINE_GESTIONE, AZIONE_MODIFICA,
     AUDIT_WRITE, NULL, &incarico_switch_form, "/profilo"},
    {WEB_POST, "/profilo/sessioni/chiudi", sessioni_close_post, "tutti", FINE_GESTIONE,
     AZIONE_CHIUDI, AUDIT_WRITE},
    {WEB_POST, "/profilo/sessioni/{id}/chiudi", sessione_close_post, "tutti", FINE_GESTIONE,
     AZIONE_CHIUDI, AUDIT_WRITE},
    {WEB_GET, "/profilo/verifica", verifica_page, "tutti", FINE_GESTIONE, AZIONE_LEGGI, AUDIT_NO,
     .flags = WEB_RECENT},
    {WEB_POST, "/profilo/verifica", verifica_prepare_post, "tutti", FINE_GESTIONE, AZIONE_MODIFICA,
     AUDIT_WRITE, .flags = WEB_RECENT},
    {WEB_POST, "/profilo/verifica/attiva", verifica_on_post, "tutti", FINE_GESTIONE,
     AZIONE_MODIFICA, AUDIT_WRITE, NULL, &verifica_form, "/profilo/verifica", .flags = WEB_RECENT},
    {WEB_POST, "/profilo/verifica/togli", verifica_off_post, "tutti", FINE_GESTIONE,
     AZIONE_MODIFICA, AUDIT_WRITE, .flags = WEB_RECENT},

    {WEB_GET, "/avvisi", avvisi_page, "avvisi.leggi", FINE_GESTIONE, AZIONE_ELENCA, AUDIT_NO},
    {WEB_POST, "/avvisi/{id}/letto", avviso_read_post, "avvisi.leggi", FINE_GESTIONE,
     AZIONE_MODIFICA, AUDIT_NO},
    {.path = NULL}};
/* clang-format on */

const struct menu_item utenti_menu[] = {
    {"Sistema", "Avvisi", "/avvisi", "avvisi.leggi", "it-inbox"},
    {.label = NULL},
};
