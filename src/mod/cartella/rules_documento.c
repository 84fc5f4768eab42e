#include "mod/cartella/rules.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *tipo;
    const char *fine; /* of the name */
} tipi[] = {
    {"application/pdf", ".pdf"},
    {"image/png", ".png"},
    {"image/jpeg", ".jpg"},
    {"image/jpeg", ".jpeg"},
    {"application/vnd.oasis.opendocument.text", ".odt"},
    {"application/vnd.oasis.opendocument.spreadsheet", ".ods"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    {"application/pkcs7-mime", ".p7m"},
    {"application/xml", ".xml"},
    {"text/plain", ".txt"},
    {"text/csv", ".csv"},
};

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && strcasecmp(name + length - tail, end) == 0;
}

static enum documento_fault kind_check(const char *nome, const char *tipo)
{
    enum documento_fault fault = DOCUMENTO_TIPO;
    for (size_t i = 0; tipo != NULL && i < sizeof tipi / sizeof *tipi; i++) {
        if (strcmp(tipi[i].tipo, tipo) != 0)
            continue;
        if (nome != NULL && ends_with(nome, tipi[i].fine))
            return DOCUMENTO_OK;
        fault = DOCUMENTO_NOME;
    }
    return fault;
}

enum documento_fault documento_check(const struct documento_chiesto *asked)
{
    if (asked->dimensione <= 0)
        return DOCUMENTO_VUOTO;
    if (asked->dimensione > DOCUMENTO_MASSIMO)
        return DOCUMENTO_GRANDE;
    enum documento_fault fault = kind_check(asked->nome, asked->tipo);
    if (fault != DOCUMENTO_OK)
        return fault;
    if (!day_known(asked->giorno) || day_cmp(asked->giorno, asked->oggi) > 0)
        return DOCUMENTO_FUTURO;
    return DOCUMENTO_OK;
}

int64_t documento_parti(int64_t dimensione)
{
    return (dimensione + DOCUMENTO_PARTE - 1) / DOCUMENTO_PARTE;
}
