#include "mod/riparto/riparto.h"

#include "kit/tmpl/message.h"

static const char *const esito_keys[RIPARTO_ESITI] = {
    [RIPARTO_OK] = "riparto.ok",
    [RIPARTO_VUOTO] = "riparto.vuoto",
    [RIPARTO_TROPPI] = "riparto.troppi",
    [RIPARTO_NEGATIVO] = "riparto.negativo",
    [RIPARTO_SENZA_PESO] = "riparto.senza_peso",
    [RIPARTO_QUOTE] = "riparto.quote",
    [RIPARTO_SOMME] = "riparto.somme",
    [RIPARTO_SMISURATO] = "riparto.smisurato",
    [RIPARTO_PERCENTO] = "riparto.percento",
    [RIPARTO_MESI] = "riparto.mesi",
    [RIPARTO_TETTO] = "riparto.tetto",
};

const char *riparto_esito_text(enum riparto_esito esito)
{
    return message(esito_keys[esito]);
}
