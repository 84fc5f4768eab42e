/* The yardstick: a bare libmicrohttpd + SQLite program that draws the page of the list of records,
 * with no session, no rights, no audit and no templates. What stands around the rows is read from
 * two files, taken from the real page.
 *
 *     bare <database> <ambito> <ente> <before.html> <after.html> <threads>
 *
 * Prints its port and serves until its standard input ends.
 */
#include <microhttpd.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 256 * 1024, ROWS = 20, IDS = 13 };

struct text {
    char *data;
    size_t size;
};

struct bare {
    const char *database;
    sqlite3_int64 ambito, ente;
    struct text before, after;
};

struct reader {
    sqlite3 *db;
    sqlite3_stmt *rows;
};

static const char query[] =
    "SELECT c.id, c.numero, c.persona, p.cognome || ' ' || p.nome AS nome, c.chiave,"
    " e.nome AS comune, c.stato, c.tipo_utente, u.intestazione AS responsabile, c.aperta"
    " FROM cartella c JOIN persona p ON p.id = c.persona JOIN ente e ON e.id = c.ente"
    " LEFT JOIN utente u ON u.id = c.responsabile WHERE c.ambito = ?1 AND c.riserbo < 5"
    " AND c.ente = ?2 ORDER BY c.chiave, c.id LIMIT ?3";

static void die(const char *what)
{
    fprintf(stderr, "bare: %s\n", what);
    exit(1);
}

static struct text read_file(const char *path)
{
    struct text text = {malloc(PAGE), 0};
    FILE *file = fopen(path, "r");
    if (file == NULL || text.data == NULL)
        die(path);
    text.size = fread(text.data, 1, PAGE, file);
    fclose(file);
    return text;
}

/* One connection for each thread, opened at its first page. */
static struct reader *reader_of(const struct bare *bare)
{
    static _Thread_local struct reader reader;
    if (reader.db != NULL)
        return &reader;
    if (sqlite3_open_v2(bare->database, &reader.db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v3(reader.db, query, -1, SQLITE_PREPARE_PERSISTENT, &reader.rows, NULL) !=
            SQLITE_OK)
        die(sqlite3_errmsg(reader.db));
    return &reader;
}

static char *add(char *at, const char *text)
{
    size_t size = strlen(text);
    memcpy(at, text, size);
    return at + size;
}

static char *add_escaped(char *at, const char *text)
{
    for (; text != NULL && *text != '\0'; text++) {
        switch (*text) {
        case '<':
            at = add(at, "&lt;");
            break;
        case '>':
            at = add(at, "&gt;");
            break;
        case '&':
            at = add(at, "&amp;");
            break;
        case '"':
            at = add(at, "&quot;");
            break;
        default:
            *at++ = *text;
        }
    }
    return at;
}

static char *add_id(char *at, sqlite3_int64 id)
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    for (int i = IDS - 1; i >= 0; i--, id >>= 5)
        at[i] = digits[id & 31];
    return at + IDS;
}

static char *add_cell(char *at, const char *label, const char *text)
{
    at = add(at, "<td data-label=\"");
    at = add(at, label);
    at = add(at, "\">");
    at = add_escaped(at, text);
    return add(at, "</td>");
}

static const char *title(const char *word)
{
    static const char *const words[][2] = {
        {"segnalata", "Segnalata"},
        {"accolta", "Accolta"},
        {"in_valutazione", "In valutazione"},
        {"con_progetto", "Con progetto"},
        {"in_monitoraggio", "In monitoraggio"},
        {"sospesa", "Sospesa"},
        {"conclusa", "Conclusa"},
        {"trasferita", "Trasferita"},
        {"rifiutata", "Rifiutata"},
        {"famiglia", "Famiglia e minori"},
        {"disabili", "Disabili"},
        {"dipendenze", "Dipendenze e salute mentale"},
        {"anziani", "Anziani"},
        {"immigrati", "Immigrati e nomadi"},
        {"poverta", "Povertà, disagio adulti e senza dimora"},
        {"multiutenza", "Multiutenza"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], word) == 0)
            return words[i][1];
    return word;
}

/* 2025-03-10 as 10/03/2025 */
static char *add_day(char *at, const char *label, const char *iso)
{
    char day[11];
    snprintf(day, sizeof day, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
    return add_cell(at, label, day);
}

static char *add_row(char *at, sqlite3_stmt *row)
{
    at = add(at, "<tr><th scope=\"row\"><a href=\"/persone/");
    at = add_id(at, sqlite3_column_int64(row, 2));
    at = add(at, "/cartella\">");
    at = add_escaped(at, (const char *)sqlite3_column_text(row, 3));
    at = add(at, "</a></th><td class=\"z-number\" data-label=\"Numero\">");
    at = add_escaped(at, (const char *)sqlite3_column_text(row, 1));
    at = add(at, "</td>");
    at = add_cell(at, "Stato", title((const char *)sqlite3_column_text(row, 6)));
    at = add_cell(at, "Tipo di utente", title((const char *)sqlite3_column_text(row, 7)));
    at = add_cell(at, "Ente", (const char *)sqlite3_column_text(row, 5));
    at = add_cell(at, "Responsabile", (const char *)sqlite3_column_text(row, 8));
    at = add_day(at, "Aperta il", (const char *)sqlite3_column_text(row, 9));
    return add(at, "</tr>\n");
}

static size_t draw(const struct bare *bare, char *page)
{
    struct reader *reader = reader_of(bare);
    char *at = page;
    memcpy(at, bare->before.data, bare->before.size);
    at += bare->before.size;
    sqlite3_bind_int64(reader->rows, 1, bare->ambito);
    sqlite3_bind_int64(reader->rows, 2, bare->ente);
    sqlite3_bind_int(reader->rows, 3, ROWS + 1);
    for (int i = 0; i < ROWS && sqlite3_step(reader->rows) == SQLITE_ROW; i++)
        at = add_row(at, reader->rows);
    sqlite3_reset(reader->rows);
    memcpy(at, bare->after.data, bare->after.size);
    return (size_t)(at - page) + bare->after.size;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **context)
{
    static int seen;
    (void)url, (void)method, (void)version, (void)upload, (void)upload_size;
    if (*context == NULL) {
        *context = &seen;
        return MHD_YES;
    }
    char *page = malloc(3 * PAGE);
    if (page == NULL)
        return MHD_NO;
    size_t size = draw(cls, page);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, page, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
    enum MHD_Result queued = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return queued;
}

int main(int argc, char **argv)
{
    if (argc != 7)
        die("usage: bare <database> <ambito> <ente> <before.html> <after.html> <threads>");
    struct bare bare = {argv[1], atoll(argv[2]), atoll(argv[3]), read_file(argv[4]),
                        read_file(argv[5])};
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, &bare, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)atoi(argv[6]), MHD_OPTION_CONNECTION_LIMIT, 1024U, MHD_OPTION_END);
    if (daemon == NULL)
        die("libmicrohttpd did not start");
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    printf("%d\n", info->port);
    fflush(stdout);
    char byte;
    while (read(0, &byte, 1) > 0)
        continue;
    MHD_stop_daemon(daemon);
    free(bare.before.data);
    free(bare.after.data);
    return 0;
}
