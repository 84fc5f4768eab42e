/* Linked with the rules and nothing else: if they come to need a database, this no longer links. */
#include "kit/authz/authz.h"

#include <stdio.h>

int main(void)
{
    struct authz_question nobody = {RUOLO_NESSUNO, RELAZIONE_NESSUNA, RISERVO_PARTICOLARE,
                                    FINE_CURA, AZIONE_LEGGI};
    bool denied = authz_decide(nobody).answer == AUTHZ_DENY;
    printf("1..1\n%s 1 - the rules stand alone\n", denied ? "ok" : "not ok");
    return denied ? 0 : 1;
}
