/* The commands of this room: zonale bilancio ... */
#include "mod/bilancio/commands.h"

static const struct cli_option options[] = {
    {"anno", "ANNO", "l’anno; se manca, l’ultimo che ha un bilancio", false},
    {"al", "GIORNO", "lo stato in quel giorno: le variazioni dei giorni dopo sono tolte", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option varia_options[] = {
    {"!file", "FILE", "voce, fonte, importo (TSV); «-» è l’ingresso", true},
    {"anno", "ANNO", "l’anno; se manca, l’ultimo che ha un bilancio", false},
    {"atto", "TESTO", "l’atto che approva", true},
    {"giorno", "GIORNO", "la data dell’atto", true},
    {"motivo", "TESTO", "perché", true},
    {"versione", "N", "quella del bilancio su cui sono state scritte le righe", false},
    {"prova", NULL, "controlla e dice che cosa non va, senza scrivere", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option act_options[] = {{"anno", "ANNO", "l’anno", true},
                                                {"atto", "TESTO", "l’atto", true},
                                                {"giorno", "GIORNO", "la data dell’atto", true},
                                                {NULL, NULL, NULL, false}};

static const struct cli_option impegna_options[] = {
    {"voce", "NOME", "la voce", true},
    {"importo", "EURO", "quanto", true},
    {"atto", "TESTO", "l’atto", true},
    {"giorno", "GIORNO", "la data dell’atto", true},
    {"anno", "ANNO", "l’anno; se manca, l’ultimo che ha un bilancio", false},
    {"fonte", "NOME", "la fonte a cui si imputa", false},
    {"servizi", NULL, "comprende i costi dei servizi della voce", false},
    {"descrizione", "TESTO", "per che cosa, senza nomi", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option parte_options[] = {
    {"!numero", "N", "numero della scrittura di cui è parte, o che si storna", true},
    {"importo", "EURO", "quanto", true},
    {"atto", "TESTO", "l’atto", true},
    {"giorno", "GIORNO", "la data dell’atto", true},
    {"anno", "ANNO", "l’anno; se manca, l’ultimo che ha un bilancio", false},
    {"descrizione", "TESTO", "per che cosa, senza nomi", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option previsione_options[] = {
    {"anno", "ANNO", "l’anno; se manca, l’ultimo che ha un bilancio", false},
    {"oggi", "GIORNO", "da quel giorno; se manca, oggi", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option rendiconto_options[] = {
    {"fonte", "NOME", "la fonte", true},
    {"anno", "ANNO", "l’anno; se manca, l’ultimo che ha un bilancio", false},
    {"al", "GIORNO", "lo stato in quel giorno", false},
    {"uscita", "FILE", "pdf, xlsx, ods, csv, html; se manca, testo", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option anni_options[] = {
    {"uscita", "FILE", "pdf, xlsx, ods, csv, html; se manca, testo", false},
    {NULL, NULL, NULL, false}};

const struct cli_command bilancio_commands[] = {
    {.name = "bilancio mostra",
     .summary = "Mostra le voci di un anno: stanziato, impegnato, disponibile",
     .help = "  zonale bilancio mostra --anno 2025 --json\n\n"
             "Con --json ogni voce ha le fonti che la pagano.",
     .options = options,
     .need = CLI_READ,
     .run = bilancio_run_mostra},
    {.name = "bilancio verifica",
     .summary = "Controlla che il bilancio di un anno stia in piedi",
     .help = "  zonale bilancio verifica --anno 2025\n\n"
             "Ogni voce è la somma delle sue fonti; nessuna fonte dà più di quanto ha; una fonte"
             " vincolata paga solo ciò che può; entrate e uscite sono in pareggio. Esce con 1 se"
             " qualcosa non torna, e dice quale cifra.",
     .options = options,
     .need = CLI_READ,
     .run = bilancio_run_verifica},
    {.name = "bilancio importa",
     .summary = "Scrive il bilancio di un anno da una tabella",
     .help = "  zonale bilancio importa bilancio_2026.tsv --anno 2026 --prova\n\n"
             "Tutto o niente, se non si chiede altro: ogni riga sbagliata è detta con file, riga e"
             " colonna, ogni regola che non vale con le sue due cifre. Su un anno che ha già un"
             " bilancio, le differenze diventano una bozza di variazione: il foglio porta la"
             " versione da cui è stato esportato, e ciò che altri hanno cambiato dopo resta.",
     .options = bilancio_importa_options,
     .need = CLI_WRITE,
     .run = bilancio_run_importa,
     .input = true},
    {.name = "bilancio variazioni",
     .summary = "Elenca le variazioni di un anno, con le loro righe",
     .help = "  zonale bilancio variazioni --anno 2025 --json",
     .options = options,
     .need = CLI_READ,
     .run = bilancio_run_variazioni},
    {.name = "bilancio varia",
     .summary = "Scrive una variazione di bilancio",
     .help = "  zonale bilancio varia righe.tsv --anno 2025 --atto \"Assemblea, delibera 4\" "
             "--giorno 2025-05-20\n      --motivo \"Più ore di SAD\" --prova\n\nUna riga per "
             "cella, con il suo segno; senza voce cambia ciò che la fonte ha. Le righe devono "
             "essere in pareggio, e tutto il bilancio dopo di esse. Con --versione, se nel "
             "frattempo il bilancio è cambiato non si scrive nulla (esce con 1).",
     .options = varia_options,
     .need = CLI_WRITE,
     .run = bilancio_run_varia,
     .input = true},
    {.name = "bilancio approva",
     .summary = "Approva il bilancio provvisorio di un anno",
     .help = "  zonale bilancio approva --anno 2026 --atto \"Assemblea, delibera 1\" --giorno "
             "2026-02-10",
     .options = act_options,
     .need = CLI_WRITE,
     .run = bilancio_run_approva},
    {.name = "bilancio chiudi",
     .summary = "Chiude un anno con il suo consuntivo",
     .help = "  zonale bilancio chiudi --anno 2025 --atto \"Assemblea, delibera 9\" --giorno "
             "2026-04-30\n\nDa allora non si varia e non si impegna più; ciò che si scrive dopo si "
             "vede come differenza.",
     .options = act_options,
     .need = CLI_WRITE,
     .run = bilancio_run_chiudi},
    {.name = "bilancio fonti",
     .summary = "Elenca le fonti: vincolo, atto, scadenze, quanto ne è stato speso",
     .help = "  zonale bilancio fonti --anno 2025 --json",
     .options = options,
     .need = CLI_READ,
     .run = bilancio_run_fonti},
    {.name = "bilancio impegna",
     .summary = "Scrive un impegno su una voce",
     .help = "  zonale bilancio impegna --voce \"FONDO SAD - ANZIANI\" --importo 50000 --atto "
             "\"Determina 12\" --giorno 2025-02-01 --servizi\n\nNon oltre ciò che la voce ha di "
             "libero, e la fonte se la si nomina.",
     .options = impegna_options,
     .need = CLI_WRITE,
     .run = bilancio_run_impegna},
    {.name = "bilancio liquida",
     .summary = "Scrive una liquidazione, parte di un impegno",
     .help = "  zonale bilancio liquida 1 --importo 12000 --atto \"Atto 30\" --giorno 2025-03-01",
     .options = parte_options,
     .need = CLI_WRITE,
     .run = bilancio_run_liquida},
    {.name = "bilancio paga",
     .summary = "Scrive un mandato, parte di una liquidazione",
     .help = "  zonale bilancio paga 2 --importo 12000 --atto \"Mandato 88\" --giorno 2025-03-15",
     .options = parte_options,
     .need = CLI_WRITE,
     .run = bilancio_run_paga},
    {.name = "bilancio storna",
     .summary = "Storna una scrittura, tutta o in parte",
     .help = "  zonale bilancio storna 3 --importo 500 --atto \"Determina 40\" --giorno "
             "2025-04-01\n\nUna scrittura non si cambia: si scrive il contrario.",
     .options = parte_options,
     .need = CLI_WRITE,
     .run = bilancio_run_storna},
    {.name = "bilancio scritture",
     .summary = "Elenca le scritture di un anno: impegni, liquidazioni, mandati",
     .help = "  zonale bilancio scritture --anno 2025 --json",
     .options = options,
     .need = CLI_READ,
     .run = bilancio_run_scritture},
    {.name = "bilancio previsione",
     .summary = "Dice come finirà l’anno, voce per voce",
     .help = "  zonale bilancio previsione --anno 2026 --json\n\nCiò che è impegnato più ciò che i "
             "servizi attivi costeranno ancora; quali voci non bastano, e da quando.",
     .options = previsione_options,
     .need = CLI_READ,
     .run = bilancio_run_previsione},
    {.name = "bilancio rendiconto",
     .summary = "Scrive il rendiconto di una fonte",
     .help = "  zonale bilancio rendiconto --fonte \"FONDO MSNA\" --anno 2025 --uscita msna.pdf",
     .options = rendiconto_options,
     .need = CLI_READ,
     .run = bilancio_run_rendiconto},
    {.name = "bilancio anni",
     .summary = "Mette i bilanci degli anni uno accanto all’altro",
     .help = "  zonale bilancio anni --uscita anni.xlsx",
     .options = anni_options,
     .need = CLI_READ,
     .run = bilancio_run_anni},
    {.name = NULL}};
