#include "rules.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

/* ---- passwords -------------------------------------------------------------------------- */

/* Folded, without digits at either end: what is left of the most used ones (Italian and English)
 * and of what people make up for an office program. */
static const char *const common[] = {"password",       "passwordsicura",
                                     "miapassword",    "qwerty",
                                     "qwertyuiop",     "asdfghjkl",
                                     "zxcvbnm",        "iloveyou",
                                     "admin",          "administrator",
                                     "amministratore", "letmein",
                                     "welcome",        "benvenuto",
                                     "benvenuti",      "juventus",
                                     "forzainter",     "forzamilan",
                                     "forzanapoli",    "francesca",
                                     "alessandro",     "andrea",
                                     "ciaociao",       "amoremio",
                                     "tiamo",          "segreto",
                                     "segreta",        "cambiami",
                                     "provaprova",     "prova",
                                     "test",           "testtest",
                                     "utente",         "zonale",
                                     "comune",         "ambito",
                                     "servizisociali", "assistentesociale",
                                     "servizi",        "sociale",
                                     "sociali",        "primavera",
                                     "estate",         "autunno",
                                     "inverno",        "gennaio",
                                     "febbraio",       "marzo",
                                     "aprile",         "maggio",
                                     "giugno",         "luglio",
                                     "agosto",         "settembre",
                                     "ottobre",        "novembre",
                                     "dicembre",       "bergamo",
                                     "clusone",        "albino",
                                     "lombardia",      "italia",
                                     "nonloso",        "computer",
                                     "internet"};

/* Letters and digits only, without accents and case, in one piece. */
static const char *squeeze(struct arena *arena, const char *text)
{
    const char *folded = text_fold(arena, text);
    char *out = arena_strdup(arena, folded), *to = out;
    for (const char *c = folded; *c != '\0'; c++)
        if (*c != ' ')
            *to++ = *c;
    *to = '\0';
    return out;
}

static bool is_common(struct arena *arena, const char *squeezed)
{
    const char *start = squeezed + strspn(squeezed, "0123456789");
    size_t size = strlen(start);
    while (size > 0 && isdigit((unsigned char)start[size - 1]))
        size--;
    const char *core = arena_strndup(arena, start, size);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strcmp(core, common[i]) == 0)
            return true;
    return false;
}

static bool is_simple(const char *password)
{
    static const char rows[] =
        "01234567890 abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm "
        "09876543210 zyxwvutsrqponmlkjihgfedcba poiuytrewq";
    bool seen[256] = {false};
    size_t kinds = 0, size = strlen(password);
    char low[PASSWORD_MOST * 4 + 1];
    for (size_t i = 0; i < size && i < sizeof low - 1; i++) {
        unsigned char c = (unsigned char)password[i];
        low[i] = (char)tolower(c);
        low[i + 1] = '\0';
        kinds += !seen[c];
        seen[c] = true;
    }
    return kinds < 5 || strstr(rows, low) != NULL;
}

static bool has_name(struct arena *arena, const char *squeezed, const char *name)
{
    enum { WORDS = 8, LEAST = 4 };
    const char *words[WORDS];
    if (name == NULL)
        return false;
    const char *whole = squeeze(arena, name);
    if (strlen(whole) >= LEAST && strstr(squeezed, whole) != NULL)
        return true;
    size_t count = text_words(arena, text_fold(arena, name), words, WORDS);
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) >= LEAST && strstr(squeezed, words[i]) != NULL)
            return true;
    return false;
}

enum password_fault password_judge(struct arena *arena, const char *password, const char *nome,
                                   const char *intestazione)
{
    size_t length = text_length(password);
    if (length < PASSWORD_LEAST)
        return PASSWORD_SHORT;
    if (length > PASSWORD_MOST)
        return PASSWORD_LONG;
    const char *squeezed = squeeze(arena, password);
    if (is_common(arena, squeezed))
        return PASSWORD_COMMON;
    if (is_simple(password))
        return PASSWORD_SIMPLE;
    if (has_name(arena, squeezed, nome) || has_name(arena, squeezed, intestazione))
        return PASSWORD_NAME;
    return PASSWORD_GOOD;
}

const char *password_fault_text(enum password_fault fault)
{
    static const char *const texts[] = {
        [PASSWORD_GOOD] = NULL,
        [PASSWORD_SHORT] = "Usa almeno 12 caratteri: una frase va bene, anche con gli spazi.",
        [PASSWORD_LONG] = "Usa al massimo 200 caratteri.",
        [PASSWORD_COMMON] = "È tra le password più usate: chi vuole entrare la prova per prima.",
        [PASSWORD_SIMPLE] = "È troppo regolare: usa più caratteri diversi.",
        [PASSWORD_NAME] = "Contiene il tuo nome: scegline una che non parli di te.",
    };
    return texts[fault];
}

bool account_valid(const char *nome)
{
    size_t size = strlen(nome);
    return size >= 3 && size <= ACCOUNT_MOST && nome[0] >= 'a' && nome[0] <= 'z' &&
           strspn(nome, "abcdefghijklmnopqrstuvwxyz0123456789.-") == size && nome[size - 1] != '.';
}

/* ---- waits ------------------------------------------------------------------------------ */

static int wait_after(int64_t failures, int free, int cap)
{
    int64_t beyond = failures - free;
    if (beyond < 0)
        return 0;
    return beyond > 20 || (1 << beyond) > cap ? cap : 1 << beyond;
}

int wait_account(int64_t failures)
{
    return wait_after(failures, WAIT_ACCOUNT_FREE, WAIT_ACCOUNT_CAP);
}

int wait_network(int64_t failures)
{
    return wait_after(failures, WAIT_NET_FREE, WAIT_NET_CAP);
}

int wait_left(int wait, struct instant last, struct instant now)
{
    int64_t end = last.us + (int64_t)wait * 1000000;
    if (wait == 0 || now.us >= end)
        return 0;
    int64_t left = (end - now.us + 999999) / 1000000;
    return left > wait ? wait : (int)left; /* a clock set back must not lengthen it */
}
