#include "app/commands.h"

static const struct cli_option serve_options[] = {
    {"indirizzo", "IP", "dove ascoltare (127.0.0.1)", false},
    {"porta", "NUMERO", "porta; 0 = una qualsiasi (altrimenti la prima libera da 8080)", false},
    {"pagine", "CARTELLA", "modelli delle pagine letti da qui, per chi li scrive", false},
    {NULL},
};
static const struct cli_option init_options[] = {
    {"ambito", "NOME", "nome dell’ambito", false},
    {"codice", "CODICE", "sua sigla (ATS)", false},
    {"utente", "NOME", "nome d’accesso del primo amministratore (amministratore)", false},
    {NULL},
};
static const struct cli_option demo_options[] = {
    {"seme", "NUMERO", "da cui sono tratte le persone (2025); lo stesso seme, le stesse persone",
     false},
    {"persone", "NUMERO", "quante (2000)", false},
    {"data", "GIORNO", "il giorno da cui si guarda indietro (oggi)", false},
    {NULL},
};
static const struct cli_option backup_options[] = {
    {"!file", NULL, "file da scrivere (altrimenti zonale-DATA.db qui)", false},
    {NULL},
};
static const struct cli_option restore_options[] = {
    {"!file", NULL, "la copia da riprendere", true},
    {NULL},
};

const struct cli_command app_commands[] = {
    {"serve", "Serve le pagine",
     " zonale serve --dati var --porta 8080\n"
     "\n"
     "Aggiorna i dati alla versione del programma, poi risponde finché riceve SIGTERM o SIGINT: "
     "allora finisce ciò che è in corso e si ferma. Gli altri comandi, sugli stessi dati, si "
     "eseguono dentro il programma in servizio. Un secondo programma sugli stessi dati si rifiuta "
     "di partire. Ascolta senza TLS: in rete va messo dietro un proxy, con url_pubblico = "
     "https://… "
     "nelle impostazioni.\n",
     serve_options, CLI_OWN, run_serve},
    {"init", "Crea i dati di un ambito, con il suo primo amministratore",
     " zonale init --dati /srv/zonale --ambito \"Ambito di …\"\n"
     "\n"
     "Scrive la cartella dei dati, le impostazioni e, fuori dalla cartella, il file della chiave. "
     "La password del primo amministratore si vede una volta sola. Dati che ci sono già non si "
     "toccano.\n",
     init_options, CLI_OWN, run_init},
    {"demo", "Crea un ambito di dimostrazione",
     " zonale demo --dati var\n"
     "\n"
     "I comuni, le rette e il bilancio sono veri (Ambito Valle Seriana Superiore e Valle di "
     "Scalve, "
     "2025); le persone sono inventate. Scrive gli utenti e la loro prima password, che si vede "
     "una "
     "volta sola.\n",
     demo_options, CLI_OWN, run_demo},
    {"backup", "Copia i dati, anche mentre altri scrivono",
     " zonale backup /mnt/copie/zonale.db\n"
     "\n"
     "La copia è un file solo, controllato prima di avere il suo nome. La chiave non è nella "
     "copia: "
     "va custodita altrove.\n",
     backup_options, CLI_READ, run_backup},
    {"restore", "Riprende una copia al posto dei dati",
     " zonale restore /mnt/copie/zonale.db\n"
     "\n"
     "La copia viene aperta con la chiave e controllata (integrità, registro degli accessi) prima "
     "di "
     "prendere il posto dei dati; quelli di prima restano accanto, con un altro nome. Il programma "
     "in "
     "servizio va fermato.\n",
     restore_options, CLI_OWN, run_restore},
    {"doctor", "Controlla dati, file, spazio e registro",
     " zonale doctor\n"
     "\n"
     "Una riga per ogni esame; l’uscita è 1 se uno va male.\n",
     NULL, CLI_READ, run_doctor},
    {"routes", "Elenca gli indirizzi e chi può usarli", NULL, NULL, CLI_NOTHING, run_routes},
    {NULL},
};
