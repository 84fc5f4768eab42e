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

static const struct cli_option prospetti_options[] = {
    {"anno", "ANNO", "solo quelli dell’anno", false},
    {"stato", "STATO", "bozza o approvato", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option salva_options[] = {
    {"!file", "FILE", "prospetto di riparto (TSV o CSV); «-» è l’ingresso", true},
    {"anno", "ANNO", "l’anno del prospetto", true},
    {NULL, NULL, NULL, false}};

static const struct cli_option approva_options[] = {
    {"!prospetto", "CODICE", "come lo dice «riparto prospetti»", true},
    {"atto", "TESTO", "organo, numero e data", true},
    {"giorno", "GIORNO", "il giorno dell’atto (oggi)", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option rate_options[] = {
    {"anno", "ANNO", "dei prospetti dell’anno", false},
    {"ente", "NOME", "di chi paga", false},
    {"prospetto", "CODICE", "di un solo prospetto", false},
    {"stato", "STATO", "scadute, aperte o pagate", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option incassi_options[] = {
    {"ente", "NOME", "di chi paga", false},
    {"prospetto", "CODICE", "di un solo prospetto", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option registra_options[] = {
    {"!prospetto", "CODICE", "come lo dice «riparto prospetti»", true},
    {"ente", "NOME", "chi paga", true},
    {"importo", "EURO", "quanto", true},
    {"riferimento", "TESTO", "numero della fattura o della reversale", true},
    {"giorno", "GIORNO", "quando (oggi)", false},
    {"rata", "NUMERO", "su quale rata", false},
    {"parte", "PARTE", "fattura o trasferimento", false},
    {"fattura", NULL, "è una fattura emessa, non un incasso", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option storna_options[] = {
    {"!registrazione", "CODICE", "come lo dice «riparto incassi»", true},
    {"motivo", "TESTO", "perché", true},
    {NULL, NULL, NULL, false}};

static const struct cli_option anticipo_options[] = {
    {"anno", "ANNO", "dei prospetti dell’anno", false}, {NULL, NULL, NULL, false}};

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
    {.name = "riparto prospetti",
     .summary = "Elenca i prospetti di riparto salvati",
     .help = "  zonale riparto prospetti --anno 2025 --json\n\n"
             "Con il loro stato, l’atto che li ha approvati e il codice che serve agli altri"
             " comandi.",
     .options = prospetti_options,
     .need = CLI_READ,
     .run = run_prospetti},
    {.name = "riparto salva",
     .summary = "Salva un prospetto come bozza, con la tabella che ne segue",
     .help = "  zonale riparto salva fondo_2026.tsv --anno 2026\n\n"
             "Tutto o niente: ogni errore è detto con file, riga e colonna.",
     .options = salva_options,
     .need = CLI_WRITE,
     .run = run_salva,
     .input = true},
    {.name = "riparto approva",
     .summary = "Approva un prospetto: resta com’è, e le sue rate entrano nello scadenzario",
     .help = "  zonale riparto approva CODICE --atto «Assemblea 3/2026» --giorno 2026-02-10\n",
     .options = approva_options,
     .need = CLI_WRITE,
     .run = run_approva},
    {.name = "riparto rate",
     .summary = "Elenca le rate: dovuto, fatturato, incassato, giorni di ritardo",
     .help = "  zonale riparto rate --stato scadute --json\n",
     .options = rate_options,
     .need = CLI_READ,
     .run = run_rate},
    {.name = "riparto incassi",
     .summary = "Elenca le registrazioni sulle rate: fatture, incassi, storni",
     .help = "  zonale riparto incassi --ente Ardesio --json\n",
     .options = incassi_options,
     .need = CLI_READ,
     .run = run_incassi},
    {.name = "riparto registra",
     .summary = "Registra un incasso o, con --fattura, una fattura emessa",
     .help = "  zonale riparto registra CODICE --ente Ardesio --importo 33.991,38"
             " --giorno 2025-03-10 --riferimento «reversale 12»\n\n"
             "Senza --rata l’importo va prima alle rate più vecchie; su ciascuna, prima alla parte"
             " con fattura. Una registrazione non si modifica: si storna.",
     .options = registra_options,
     .need = CLI_WRITE,
     .run = run_registra},
    {.name = "riparto storna",
     .summary = "Storna una registrazione: un’altra uguale, di segno opposto",
     .help = "  zonale riparto storna CODICE --motivo «era di un altro comune»\n",
     .options = storna_options,
     .need = CLI_WRITE,
     .run = run_storna},
    {.name = "riparto anticipo",
     .summary = "Quanto anticipa oggi il capofila, e come ci si arriva",
     .help = "  zonale riparto anticipo --anno 2025 --json\n",
     .options = anticipo_options,
     .need = CLI_READ,
     .run = run_anticipo},
    {.name = NULL}};

const struct module riparto_module = {
    .name = "riparto",
    .schema = &riparto_schema,
    .registry = &riparto_registry,
    .routes = riparto_routes,
    .commands = riparto_commands,
    .menu = riparto_menu,
};
