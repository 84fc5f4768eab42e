/* The table of people: its columns, and how it is written. */
#include "base/csv.h"
#include "mod/enti/enti.h"
#include "mod/persone/import.h"
#include "mod/persone/store.h"

const struct import_colonna import_colonne[COLONNE] = {
    [COL_ESTERNO] = {"Chiave esterna", "|chiave esterna|codice esterno|id|codice|", "esterno"},
    [COL_COGNOME] = {"Cognome", "|cognome|", "cognome"},
    [COL_NOME] = {"Nome", "|nome|", "nome"},
    [COL_CODFIS] = {"Codice fiscale", "|codice fiscale|codfis|codicefiscale|cf|", "codfis"},
    [COL_SESSO] = {"Sesso", "|sesso|genere|", "sesso"},
    [COL_NASCITA] = {"Data di nascita", "|data di nascita|data nascita|nascita|nato il|nata il|",
                     "nascita"},
    [COL_LUOGO] = {"Luogo di nascita",
                   "|luogo di nascita|luogo nascita|comune di nascita|comune nascita|nato a|",
                   "nascita_luogo"},
    [COL_BELFIORE] = {"Codice catastale", "|codice catastale|belfiore|codice belfiore|",
                      "belfiore"},
    [COL_COMUNE] = {"Comune di residenza",
                    "|comune di residenza|comune residenza|comune|residenza|", "comune"},
    [COL_INDIRIZZO] = {"Indirizzo", "|indirizzo|via|", "indirizzo"},
    [COL_TELEFONO] = {"Telefono", "|telefono|cellulare|tel|", "telefono"},
    [COL_EMAIL] = {"Posta elettronica", "|posta elettronica|email|mail|e mail|", "email"},
    [COL_CITTADINANZA] = {"Cittadinanza", "|cittadinanza|nazionalita|", "cittadinanza"},
    [COL_TUTELA] = {"Tutela giuridica", "|tutela giuridica|tutela|", "tutela"},
    [COL_MORTE] = {"Data del decesso", "|data del decesso|data decesso|decesso|morte|", "morte"},
};

struct writer {
    bool (*line)(void *data, const char *text, size_t size);
    void *data;
    int64_t count;
    const struct list *enti;
};

static const char *comune_name(const struct list *enti, struct id id)
{
    LIST_EACH (enti, struct ente, ente) {
        if (ente->id.n == id.n)
            return ente->nome;
    }
    return "";
}

static bool write_person(struct cx *cx, const struct persona *p, void *data)
{
    struct writer *w = data;
    struct buf buf;
    char born[DAY_TEXT];
    char dead[DAY_TEXT];
    const char *cells[COLONNE] = {
        [COL_ESTERNO] = p->esterno,
        [COL_COGNOME] = p->cognome,
        [COL_NOME] = p->nome,
        [COL_CODFIS] = p->codfis,
        [COL_SESSO] = p->sesso,
        [COL_NASCITA] = day_it(p->nascita, born),
        [COL_LUOGO] = p->nascita_luogo,
        [COL_BELFIORE] = p->belfiore,
        [COL_COMUNE] = comune_name(w->enti, p->comune),
        [COL_INDIRIZZO] = p->indirizzo,
        [COL_TELEFONO] = p->telefono,
        [COL_EMAIL] = p->email,
        [COL_CITTADINANZA] = p->cittadinanza,
        [COL_TUTELA] = p->tutela,
        [COL_MORTE] = day_it(p->morte, dead),
    };
    if (p->riservata) /* kept apart: in no list, in no file */
        return true;
    buf_init(&buf, cx->arena, CSV_CELL);
    csv_cell(&buf, ';', true, arena_printf(cx->arena, "%lld", (long long)p->numero));
    for (int i = 0; i < COLONNE; i++)
        csv_cell(&buf, ';', false, cells[i] != NULL ? cells[i] : "");
    csv_line(&buf);
    w->count++;
    return w->line(w->data, buf.data, buf.size) || FAIL(cx, ERR_IO, "il file non si può scrivere");
}

bool persone_export(struct cx *cx, bool (*line)(void *data, const char *text, size_t size),
                    void *data, int64_t *count)
{
    struct list enti;
    struct buf heading;
    struct writer writer = {.line = line, .data = data, .enti = &enti};
    if (!ente_list(cx, "comune", &enti))
        return false;
    buf_init(&heading, cx->arena, CSV_CELL);
    buf_text(&heading, "\xef\xbb\xbf");
    csv_cell(&heading, ';', true, "Numero");
    for (int i = 0; i < COLONNE; i++)
        csv_cell(&heading, ';', false, import_colonne[i].heading);
    csv_line(&heading);
    if (!line(data, heading.data, heading.size))
        return FAIL(cx, ERR_IO, "il file non si può scrivere");
    if (!persona_each(cx, write_person, &writer))
        return false;
    *count = writer.count;
    return true;
}
