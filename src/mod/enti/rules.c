#include "mod/enti/rules.h"

#include "base/text.h"

#include <string.h>

enum { NOME_MAX = 120, CODICE_MAX = 20 };

static const char *const tipo_names[TIPI] = {"ambito", "unione", "comune", "erogatore"};
static const char *const tipo_titles[TIPI] = {"Ambito", "Unione o comunità montana", "Comune",
                                              "Erogatore"};
static const char *const unita[] = {"ora", "giorno", "mese", "pasto"};

static const struct {
    const char *field, *text;
} faults[] = {
    [ENTE_OK] = {NULL, ""},
    [ENTE_TIPO] = {"tipo", "Scegliere uno dei tipi di ente"},
    [ENTE_NOME] = {"nome", "Il nome deve avere da 1 a 120 caratteri"},
    [ENTE_CODICE] = {"codice",
                     "Il codice può avere lettere, cifre, punti e trattini (al massimo 20)"},
    [ENTE_ISTAT] = {"codice", "Il codice ISTAT di un comune ha sei cifre, come 016077"},
    [ENTE_BELFIORE] = {"belfiore",
                       "Il codice catastale di un comune è una lettera e tre cifre, come C800"},
    [ENTE_PAGA_SE] = {"paga_per", "Un ente paga già per sé: lasciare vuoto"},
    [ENTE_PAGA_CHI] = {"paga_per", "Un erogatore non paga le quote di un comune"},
    [ENTE_PAGA_CATENA] = {"paga_per", "Per l’ente scelto paga già un altro: indicare quello"},
    [ENTE_PAGA_NON_SUO] = {"paga_per", "Solo per un comune può pagare un altro ente"},
};

const char *ente_fault_field(enum ente_fault fault)
{
    return faults[fault].field;
}

const char *ente_fault_text(enum ente_fault fault)
{
    return faults[fault].text;
}

const char *ente_tipo_name(enum ente_tipo tipo)
{
    return (unsigned)tipo < TIPI ? tipo_names[tipo] : "";
}

const char *ente_tipo_title(enum ente_tipo tipo)
{
    return (unsigned)tipo < TIPI ? tipo_titles[tipo] : "";
}

enum ente_tipo ente_tipo_parse(const char *name)
{
    unsigned tipo = 0;

    while (tipo < TIPI && (name == NULL || strcmp(tipo_names[tipo], name) != 0))
        tipo++;
    return (enum ente_tipo)tipo;
}

bool servizio_unita_known(const char *name)
{
    for (size_t i = 0; i < sizeof unita / sizeof *unita; i++)
        if (name != NULL && strcmp(unita[i], name) == 0)
            return true;
    return false;
}

static bool digits(const char *text, size_t count)
{
    return strspn(text, "0123456789") == count && text[count] == '\0';
}

static bool codice_ok(const char *codice)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";
    size_t size = codice ? strlen(codice) : 0;

    return size > 0 && size <= CODICE_MAX && strspn(codice, allowed) == size;
}

static bool belfiore_ok(const char *belfiore)
{
    return belfiore != NULL && belfiore[0] >= 'A' && belfiore[0] <= 'Z' && digits(belfiore + 1, 3);
}

static enum ente_fault payer_check(const struct ente_proposto *ente, enum ente_tipo tipo)
{
    if (!ente->paid)
        return ENTE_OK;
    if (tipo != TIPO_COMUNE)
        return ENTE_PAGA_NON_SUO;
    if (ente->payer_is_itself)
        return ENTE_PAGA_SE;
    if (ente_tipo_parse(ente->payer_tipo) == TIPO_EROGATORE)
        return ENTE_PAGA_CHI;
    return ente->payer_is_paid ? ENTE_PAGA_CATENA : ENTE_OK;
}

enum ente_fault ente_check(const struct ente_proposto *ente)
{
    enum ente_tipo tipo = ente_tipo_parse(ente->tipo);

    if (tipo == TIPI)
        return ENTE_TIPO;
    if (ente->nome == NULL || ente->nome[0] == '\0' || text_length(ente->nome) > NOME_MAX)
        return ENTE_NOME;
    if (!codice_ok(ente->codice))
        return ENTE_CODICE;
    if (tipo == TIPO_COMUNE && !digits(ente->codice, 6))
        return ENTE_ISTAT;
    if (tipo == TIPO_COMUNE && !belfiore_ok(ente->belfiore))
        return ENTE_BELFIORE;
    return payer_check(ente, tipo);
}
