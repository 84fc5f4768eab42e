/* What this room gives to the program: its commands, in one table. */
#include "mod/riparto/commands.h"
#include "mod/riparto/riparto.h"

static const struct cli_option file_options[] = {
    {"!file", "FILE", "prospetto di riparto (TSV, CSV, XLSX o ODS); «-» è l’ingresso", true},
    {NULL, NULL, NULL, false}};

static const struct cli_option verifica_options[] = {
    {"!file", "FILE", "la tabella pubblicata (TSV, CSV, XLSX o ODS); «-» è l’ingresso", true},
    {"regola", "FILE", "la regola, se non sta prima della tabella nello stesso file", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option simula_options[] = {
    {"!file", "FILE", "la prima ipotesi, quella da cui si parte", true},
    {"!altra", "FILE", "la seconda ipotesi", true},
    {"terza", "FILE", "una terza ipotesi", false},
    {"quarta", "FILE", "una quarta ipotesi", false},
    {NULL, NULL, NULL, false}};

static const struct cli_command riparto_commands[] = {
    {.name = "riparto calcola",
     .summary = "Calcola un prospetto di riparto e spiega ogni cifra",
     .help = "  zonale riparto calcola rate_2025.tsv --json\n\n"
             "Quanto tocca a ciascuno, per ogni colonna, e da dove viene la cifra; le somme, il"
             " residuo dell’arrotondamento, le aree in percentuale.",
     .options = file_options,
     .need = CLI_READ,
     .run = run_calcola,
     .input = true},
    {.name = "riparto verifica",
     .summary = "Controlla una tabella pubblicata contro la sua regola",
     .help = "  zonale riparto verifica costi_struttura_2024.tsv\n"
             "  zonale riparto verifica rate.xlsx --regola quota_2025.tsv\n\n"
             "Elenca ogni riga che non segue dalla regola e ogni somma che non torna, con la cifra"
             " trovata, quella dovuta e il perché. Di un foglio si legge il primo che si vede."
             " Esce con 1 se qualcosa non torna.",
     .options = verifica_options,
     .need = CLI_READ,
     .run = run_verifica,
     .input = true},
    {.name = "riparto simula",
     .summary = "Mette a confronto due o più ipotesi di riparto",
     .help = "  zonale riparto simula quota_34.tsv quota_36.tsv\n\n"
             "Quanto tocca a ciascuno in ogni ipotesi, e la differenza fra l’ultima e la prima in"
             " euro e in percentuale, dalla più grande.",
     .options = simula_options,
     .need = CLI_READ,
     .run = run_simula},
    {.name = NULL}};

const struct module riparto_module = {
    .name = "riparto",
    .schema = &riparto_schema,
    .registry = &riparto_registry,
    .commands = riparto_commands,
};
