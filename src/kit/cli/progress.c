#include "kit/cli/inside.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { BAR = 30, LINE = 160 };

/* A reader that has stopped must not stop the work: what cannot be written now is left out. */
static void put(struct cli *cli, const char *line)
{
    struct pollfd ready = {.fd = cli->io.progress, .events = POLLOUT};

    if (cli->io.progress < 0 || poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0)
        return;
    if (write(cli->io.progress, line, strlen(line)) < 0)
        cli->io.progress = -1;
}

static void bar(struct cli *cli, const char *what, int percent, bool end)
{
    char line[LINE], cells[BAR + 1];
    int full = percent * BAR / 100;

    memset(cells, ' ', BAR);
    memset(cells, '#', (size_t)full);
    cells[BAR] = '\0';
    snprintf(line, sizeof line, "\r%-40.40s [%s] %3d %%%s", what, cells, percent, end ? "\n" : "");
    put(cli, line);
}

void cli_progress(struct cli *cli, const char *what, int64_t done, int64_t total)
{
    int percent = 100;
    char line[LINE];

    if (total > 0 && done < total)
        percent = done <= 0
                      ? 0
                      : (int)(total > INT64_MAX / 100 ? done / (total / 100) : done * 100 / total);
    if (cli->quiet || percent == cli->percent)
        return;
    if (cli->io.terminal)
        bar(cli, what, percent, percent == 100);
    else if (percent / 10 != cli->percent / 10 || cli->percent < 0) {
        snprintf(line, sizeof line, "%.100s: %d %%\n", what, percent / 10 * 10);
        put(cli, line);
    }
    cli->percent = percent == 100 ? -1 : percent;
}
