/* The routes. Who may is in permessi.tsv; "tutti": everybody who has logged in, for himself. */
#include "mod/utenti/pages.h"

enum { SLOW_PUBLIC = WEB_PUBLIC | WEB_SLOW, SLOW_RECENT = WEB_SLOW | WEB_RECENT };

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
    {WEB_GET, WEB_PASSWORD, password_page, "tutti", FINE_GESTIONE, AZIONE_LEGGI, AUDIT_NO, NULL,
     &dopo_form},
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

    {WEB_GET, "/utenti", web_list_page, "utenti.leggi", FINE_GESTIONE, AZIONE_ELENCA, AUDIT_READ,
     .data = &utenti_lista},
    {WEB_GET, "/utenti/nuovo", utente_new_page, "utenti.gestisci", FINE_GESTIONE, AZIONE_CREA,
     AUDIT_NO, .flags = WEB_RECENT},
    {WEB_POST, "/utenti/nuovo", utente_new_post, "utenti.gestisci", FINE_GESTIONE, AZIONE_CREA,
     AUDIT_WRITE, NULL, &utente_form, "/utenti/nuovo", utente_new_check, SLOW_RECENT},
    {WEB_GET, "/utenti/{id}", utente_page, "utenti.leggi", FINE_GESTIONE, AZIONE_LEGGI, AUDIT_READ,
     &utente_object},
    {WEB_POST, "/utenti/{id}/disattiva", utente_disable_post, "utenti.gestisci", FINE_GESTIONE,
     AZIONE_AMMINISTRA, AUDIT_WRITE, &utente_object, .again = "/utenti/{id}", .flags = WEB_RECENT},
    {WEB_POST, "/utenti/{id}/attiva", utente_enable_post, "utenti.gestisci", FINE_GESTIONE,
     AZIONE_AMMINISTRA, AUDIT_WRITE, &utente_object, .again = "/utenti/{id}", .flags = WEB_RECENT},
    {WEB_POST, "/utenti/{id}/password", utente_reset_post, "utenti.gestisci", FINE_GESTIONE,
     AZIONE_AMMINISTRA, AUDIT_WRITE, &utente_object, .again = "/utenti/{id}",
     .before = utente_new_check, .flags = SLOW_RECENT},
    {WEB_POST, "/utenti/{id}/azzera", utente_reset_all_post, "utenti.gestisci", FINE_GESTIONE,
     AZIONE_AMMINISTRA, AUDIT_WRITE, &utente_object, .again = "/utenti/{id}",
     .before = utente_new_check, .flags = SLOW_RECENT},
    {WEB_POST, "/utenti/{id}/incarichi", incarico_add_post, "utenti.gestisci", FINE_GESTIONE,
     AZIONE_AMMINISTRA, AUDIT_WRITE, &utente_object, &incarico_form, "/utenti/{id}",
     .flags = WEB_RECENT},
    {WEB_POST, "/utenti/{id}/incarichi/{incarico}/chiudi", incarico_end_post, "utenti.gestisci",
     FINE_GESTIONE, AZIONE_AMMINISTRA, AUDIT_WRITE, &utente_object, .again = "/utenti/{id}",
     .flags = WEB_RECENT},

    {WEB_GET, "/emergenza", emergenza_new_page, "emergenza.apri", FINE_CURA, AZIONE_LEGGI, AUDIT_NO,
     NULL, &emergenza_chiesta, .flags = WEB_RECENT},
    {WEB_POST, "/emergenza", emergenza_open_post, "emergenza.apri", FINE_CURA, AZIONE_CREA,
     AUDIT_WRITE, NULL, &emergenza_form, "/emergenza", .flags = WEB_RECENT},
    {WEB_GET, "/emergenze", web_list_page, "emergenza.elenca", FINE_CONTROLLO, AZIONE_ELENCA,
     AUDIT_READ, .data = &emergenze_lista},
    {WEB_GET, "/emergenze/{id}", emergenza_page, "emergenza.leggi", FINE_CONTROLLO, AZIONE_LEGGI,
     AUDIT_READ, &emergenza_object},
    {WEB_POST, "/emergenze/{id}/chiudi", emergenza_close_post, "emergenza.apri", FINE_CONTROLLO,
     AZIONE_LEGGI, AUDIT_WRITE, &emergenza_object, .again = "/emergenze/{id}"},
    {WEB_POST, "/emergenze/{id}/riesame", emergenza_review_post, "emergenza.riesamina",
     FINE_CONTROLLO, AZIONE_MODIFICA, AUDIT_WRITE, &emergenza_object, &riesame_form,
     "/emergenze/{id}"},
    {.path = NULL}};
/* clang-format on */

const struct menu_item utenti_menu[] = {
    {"Sistema", "Avvisi", "/avvisi", "avvisi.leggi", "it-inbox"},
    {"Sistema", "Utenti", "/utenti", "utenti.leggi", "it-user"},
    {"Controllo", "Accessi d’emergenza", "/emergenze", "emergenza.elenca", "it-unlocked"},
    {.label = NULL},
};
