#include "app/modules.h"

#include "app/home.h"
#include "kit/job/job.h"
#include "mod/accesso/accesso.h"
#include "mod/audit/audit.h"
#include "mod/bilancio/bilancio.h"
#include "mod/calendario/calendario.h"
#include "mod/cartella/cartella.h"
#include "mod/enti/enti.h"
#include "mod/fatturazione/fatturazione.h"
#include "mod/invii/invii.h"
#include "mod/persone/persone.h"
#include "mod/prestazioni/prestazioni.h"
#include "mod/progetti/progetti.h"
#include "mod/rette/rette.h"
#include "mod/riparto/riparto.h"
#include "mod/scadenze/scadenze.h"
#include "mod/utenti/utenti.h"
#include "mod/valutazioni/valutazioni.h"

#include <stdlib.h>

static const struct module app_module = {
    .name = "app", .routes = home_routes, .commands = app_commands};
static const struct module cli_module = {.name = "cli", .commands = cli_commands};
const struct module *const modules[] = {
    &app_module,          &job_module,         &audit_module,    &utenti_module,
    &enti_module,         &persone_module,     &accesso_module,  &invii_module,
    &rette_module,        &riparto_module,     &bilancio_module, &cartella_module,
    &prestazioni_module,  &progetti_module,    &scadenze_module, &calendario_module,
    &fatturazione_module, &valutazioni_module, &cli_module,      NULL,
};

/* One more in a list ended by NULL; a list that is too short is a mistake of this program. */
#define ADD(list, item)                                                                            \
    do {                                                                                           \
        size_t at_ = 0;                                                                            \
        while ((list)[at_] != NULL)                                                                \
            at_++;                                                                                 \
        if (at_ + 1 >= sizeof(list) / sizeof *(list))                                              \
            abort();                                                                               \
        (list)[at_] = (item);                                                                      \
    } while (0)

void tables_gather(struct tables *tables)
{
    *tables = (struct tables){0};
    for (const struct module *const *m = modules; *m != NULL; m++) {
        if ((*m)->schema != NULL)
            ADD(tables->schemas, (*m)->schema);
        if ((*m)->registry != NULL)
            ADD(tables->registries, (*m)->registry);
        if ((*m)->routes != NULL)
            ADD(tables->routes, (*m)->routes);
        if ((*m)->commands != NULL)
            ADD(tables->commands, (*m)->commands);
        for (const struct job_kind *const *kind = (*m)->jobs; kind != NULL && *kind != NULL; kind++)
            ADD(tables->jobs, *kind);
    }
}
