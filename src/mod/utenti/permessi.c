/* The table of permissions, read where it lies: permessi.tsv, embedded. It is small and sorted; a
 * look costs less than keeping a second form of it in step. */
#include "mod/utenti/utenti.h"

#include <string.h>

extern const char permessi_tsv[];

/* The cell of a line under the role's column; the first column is the permission itself. */
static bool cell_marked(const char *line, int column)
{
    for (int i = 0; i < column; i++) {
        line += strcspn(line, "\t\n");
        if (*line != '\t')
            return false;
        line++;
    }
    return line[0] == 'x' && (line[1] == '\t' || line[1] == '\n' || line[1] == '\0');
}

bool ruolo_permitted(enum authz_role role, const char *permission)
{
    size_t size = strlen(permission);
    if (role <= RUOLO_NESSUNO || role >= RUOLI || size == 0)
        return false;
    if (strcmp(permission, "tutti") == 0)
        return true;
    for (const char *line = strchr(permessi_tsv, '\n'); line != NULL && line[1] != '\0';
         line = strchr(line + 1, '\n')) {
        int order = line[1] - permission[0];
        if (order == 0)
            order = strncmp(line + 1, permission, size);
        if (order > 0) /* sorted: it does not come any more */
            return false;
        if (order == 0 && line[1 + size] == '\t')
            return cell_marked(line + 1, (int)role);
    }
    return false;
}

bool utente_permitted(const struct who *who, const char *permission)
{
    return who != NULL && ruolo_permitted((enum authz_role)who->ruolo, permission);
}
