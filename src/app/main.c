#include "app/command.h"
#include "app/modules.h"

int main(int argc, char **argv)
{
    struct tables tables;
    struct cli_program program = {
        .name = "zonale",
        .version = ZONALE_VERSION,
        .date = ZONALE_DATE,
        .summary = "sistema informativo di un Ambito territoriale sociale",
        .help =
            "Cartelle sociali, servizi, rette e bilancio di un ambito di comuni, in un programma "
            "e un file di dati.\n"
            "\n"
            " zonale demo --dati var     un ambito di dimostrazione\n"
            " zonale serve --dati var    le pagine, su http://127.0.0.1:8080/\n",
        .host = command_host,
    };

    tables_gather(&tables);
    program.commands = tables.commands;
    return cli_main(&program, argc, argv);
}
