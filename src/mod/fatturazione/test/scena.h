/* The walk of the services (mod/prestazioni/test/scene.h) with this room's tables and rules, and
 * people at will. */
#ifndef ZONALE_MOD_FATTURAZIONE_TEST_SCENA_H
#define ZONALE_MOD_FATTURAZIONE_TEST_SCENA_H

#include "mod/fatturazione/store.h"
#include "mod/prestazioni/test/scene.h"

extern const struct db_schema *const scena_schemas[];

struct scena {
    struct test_db t;
    struct scene s;
    struct id cse;
};
/* Opens a database on 30 June 2025. */
void scena_open(struct scena *scena);
void scena_close(struct scena *scena);

/* A new person with a record; `isee` MONEY_INVALID: without one (signed 15 January 2025). */
struct id scena_person(struct scena *scena, const char *cognome, struct money isee,
                       struct id *cartella);
/* A service of a record from a day; the cost of a unit in cents. */
struct id scena_service(struct scena *scena, struct id cartella, struct id servizio,
                        const char *variante, struct day dal, int64_t costo);
/* Minutes or units of a month, as "3:120 5:60"; checked afterwards. */
void scena_log(struct scena *scena, struct id prestazione, struct day mese, const char *days);
void scena_isee(struct scena *scena, struct id persona, struct money valore, struct day firmato);
void scena_absent(struct scena *scena, struct id prestazione, struct day dal, struct day al,
                  struct day annunciata);

/* The acts, asserted; what the rule refuses is the answer. */
const char *scena_prova(struct scena *scena, struct id servizio, struct day mese,
                        struct fatturazione *f);
const char *scena_chiudi(struct scena *scena, struct id fatturazione);
size_t scena_conferma(struct scena *scena, struct id fatturazione, struct id persona);
/* One number of a constant statement. */
int64_t scena_number(struct scena *scena, const char *sql, struct id id);

#endif
