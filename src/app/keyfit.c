#include "app/keyfit.h"

#include "mod/cartella/cartella.h"

bool key_fits(struct cx *cx, struct db *db, const char *path)
{
    bool fits = false;
    if (!db_read_begin(db, cx))
        return false;
    bool asked = cartella_key_fits(cx, &fits);
    db_read_end(cx);
    if (asked && !fits)
        FAIL(cx, ERR_INPUT,
             "%s non è la chiave di questi dati: indicare quella giusta con --chiave", path);
    return asked && fits;
}
