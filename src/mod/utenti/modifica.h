/* What the acts of utenti.c and modifica.c share. */
#ifndef ZONALE_MOD_UTENTI_MODIFICA_H
#define ZONALE_MOD_UTENTI_MODIFICA_H

#include "mod/utenti/store_accesso.h"

/* Fills *rifiuto; always true. */
bool utente_refuse(struct utente_rifiuto *rifiuto, const char *campo, const char *testo);
/* No role that a person may have. */
bool ruolo_refused(const char *ruolo, struct utente_rifiuto *rifiuto);
/* Name or address that nobody could read or send to. */
bool intestazione_refused(struct cx *cx, const char *intestazione, const char *email,
                          struct utente_rifiuto *rifiuto);

#endif
