/* The sensitivities that who writes in a record can choose among. */
#include "mod/cartella/view.h"

#include <string.h>

const struct web_choice riserbo_choices[] = {
    {"particolare", "Ordinaria: chi segue il caso"},
    {"giudiziario", "Contiene atti di tribunale"},
    {"antiviolenza", "Fatti di violenza: solo l’équipe"},
    {NULL, NULL},
};

static const struct {
    int64_t riserbo;
    const char *name;
    const char *title;
} livelli[] = {
    {RISERVO_PARTICOLARE, "particolare", "ordinaria"},
    {RISERVO_GIUDIZIARIO, "giudiziario", "giudiziaria"},
    {RISERVO_ANTIVIOLENZA, "antiviolenza", "solo équipe"},
};
enum { LIVELLI = sizeof livelli / sizeof *livelli };

int64_t riserbo_parse(const char *name)
{
    for (size_t i = 0; i < LIVELLI; i++)
        if (strcmp(livelli[i].name, name) == 0)
            return livelli[i].riserbo;
    return RISERVO_ANTIVIOLENZA;
}

static size_t livello(int64_t riserbo)
{
    size_t i = 0;
    while (i < LIVELLI - 1 && livelli[i].riserbo != riserbo)
        i++;
    return i;
}

const char *riserbo_name(int64_t riserbo)
{
    return livelli[livello(riserbo)].name;
}

const char *riserbo_title(int64_t riserbo)
{
    return livelli[livello(riserbo)].title;
}
