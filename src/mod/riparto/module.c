/* What this room gives to the program: its commands, in one table. */
#include "mod/riparto/commands.h"
#include "mod/riparto/pages.h"
#include "mod/riparto/riparto.h"

static const struct cli_option file_options[] = {
    {"!file", "FILE", "prospetto di riparto (TSV, CSV, XLSX o ODS); «-» è l’ingresso", true},
    {NULL, NULL, NULL, false}};

static const struct cli_option verifica_options[] = {
    {"!file", "FILE", "la tabella pubblicata (TSV, CSV, XLSX o ODS); «-» è l’ingresso", true},
    {"regola", "FILE", "la regola, se non sta prima della tabella nello stesso file", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option simula_options[] = {
    {"!file", "FILE", "il prospetto com’è", true},
    {"!altra", "FILE", "un’ipotesi: un altro prospetto", false},
    {"terza", "FILE", "un’altra ipotesi", false},
    {"quarta", "FILE", "un’altra ancora", false},
    {"quota", "EURO", "il primo prospetto con un’altra quota pro capite", false},
    {"importo", "EURO", "… con un altro importo", false},
    {"pesi", "QUOTE", "… con altre quote dei criteri, nel loro ordine: «30 % 70 %»", false},
    {"arrotonda", "MODO", "… arrotondato per riga o secondo i resti: riga, resti", false},
    {"passo", "EURO", "… arrotondato a 0,01, 1,00 o 10,00", false},
    {"senza", "NOMI", "… senza questi enti, separati da punto e virgola", false},
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
     .help = "  zonale riparto simula fondo_2025.tsv --quota 36,00\n"
             "  zonale riparto simula fondo_2025.tsv fondo_2026.tsv --senza «Ardesio; Gromo»\n\n"
             "Quanto tocca a ciascuno com’è e in ogni ipotesi, con la differenza in euro e in"
             " percentuale, dalla più grande, e il totale.",
     .options = simula_options,
     .need = CLI_READ,
     .run = run_simula},
    {.name = NULL}};

const struct module riparto_module = {
    .name = "riparto",
    .schema = &riparto_schema,
    .registry = &riparto_registry,
    .routes = riparto_routes,
    .commands = riparto_commands,
    .menu = riparto_menu,
};
