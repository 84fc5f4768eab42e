#include "kit/cli/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct cli_value *find_value(const struct cli *cli, const char *name)
{
    for (size_t i = 0; i < cli->count; i++)
        if (strcmp(cli_option_name(cli->values[i].option), name) == 0)
            return &cli->values[i];
    return NULL;
}

const char *cli_text(const struct cli *cli, const char *name)
{
    const struct cli_value *value = find_value(cli, name[0] == '!' ? name + 1 : name);

    return value ? value->text : NULL;
}

bool cli_flag(const struct cli *cli, const char *name)
{
    return find_value(cli, name) != NULL;
}

static bool refuse(struct cli *cli, const char *name, const char *want)
{
    const struct cli_value *value = find_value(cli, name);

    fprintf(cli->io.err, "%s: %s: %s%s: “%s” non è %s\n", cli->program->name, cli->command->name,
            cli_positional(value->option) ? "" : "--", name, value->text, want);
    return false;
}

bool cli_money(struct cli *cli, const char *name, struct money *out)
{
    const char *text = cli_text(cli, name);

    if (text == NULL || money_parse(text, out))
        return true;
    return refuse(cli, name, "un importo (esempi: 6000  1.234,56  1234.56)");
}

bool cli_day(struct cli *cli, const char *name, struct day *out)
{
    const char *text = cli_text(cli, name);

    if (text == NULL || day_parse(text, out))
        return true;
    return refuse(cli, name, "una data (esempi: 2025-03-10  10/03/2025)");
}

static bool whole(const char *text, int64_t *out)
{
    bool minus = text[0] == '-';
    int64_t number = 0;

    if (text[minus] == '\0')
        return false;
    for (const char *at = text + minus; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, *at - '0', &number))
            return false;
    }
    *out = minus ? -number : number;
    return true;
}

bool cli_int(struct cli *cli, const char *name, int64_t *out)
{
    const char *text = cli_text(cli, name);

    if (text == NULL || whole(text, out))
        return true;
    return refuse(cli, name, "un numero intero");
}

bool cli_json(const struct cli *cli)
{
    return cli->json;
}

FILE *cli_out(struct cli *cli)
{
    return cli->io.out;
}

FILE *cli_err(struct cli *cli)
{
    return cli->io.err;
}

FILE *cli_in(struct cli *cli)
{
    return cli->io.in;
}

struct db *cli_db(struct cli *cli)
{
    return cli->db;
}

void cli_set_db(struct cli *cli, struct db *db)
{
    cli->db = db;
}

void cli_set_place(struct cli *cli, const struct cli_place *place)
{
    cli->place = *place;
}

const struct cli_program *cli_program(const struct cli *cli)
{
    return cli->program;
}

const struct cli_io *cli_io(const struct cli *cli)
{
    return &cli->io;
}

void cli_set_io(struct cli *cli, const struct cli_io *io)
{
    cli->io = *io;
}

const struct cli_command *cli_command(const struct cli *cli)
{
    return cli->command;
}

const struct cli_place *cli_place(const struct cli *cli)
{
    return &cli->place;
}

FILE *cli_open(struct cli *cli, const char *name, const char *mode)
{
    bool writes = mode[0] == 'w';
    int flags = writes ? O_WRONLY | O_CREAT | O_EXCL : O_RDONLY;

    if (strcmp(name, "-") == 0)
        return writes ? cli->io.out : cli->io.in;
    /* O_NONBLOCK: a named pipe without a writer must not hold the server. */
    int fd = openat(cli->io.folder, name, flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, writes ? "w" : "r");
    if (file == NULL) {
        fprintf(cli->io.err, "%s: %s: %s\n", cli->program->name, name, strerrordesc_np(errno));
        if (fd >= 0)
            (void)close(fd);
    }
    return file;
}

void cli_close(struct cli *cli, FILE *file)
{
    if (file != NULL && file != cli->io.in && file != cli->io.out)
        (void)fclose(file);
}

int cli_exit_code(enum err_code code)
{
    switch (code) {
    case ERR_NONE:
        return EXIT_DONE;
    case ERR_INPUT:
        return EXIT_USAGE;
    case ERR_NOT_FOUND:
        return EXIT_NOT_FOUND;
    case ERR_BUSY:
        return EXIT_BUSY;
    case ERR_CONFLICT:
    case ERR_FULL:
    case ERR_IO:
    case ERR_UNKNOWN:
    case ERR_INTERNAL:
        break;
    }
    return EXIT_FAILED;
}

int cli_fail(struct cx *cx, struct cli *cli)
{
    const char *text = cx->err.text[0] != '\0' ? cx->err.text : "operazione non riuscita";

    fprintf(cli->io.err, "%s: %s: %s\n", cli->program->name, cli->command->name, text);
    return cx->err.code == ERR_NONE ? EXIT_FAILED : cli_exit_code(cx->err.code);
}

void cli_context(struct cx *cx, struct arena *arena, struct chance *chance)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_REALTIME, &now);
    *cx = (struct cx){.arena = arena, .chance = chance};
    cx->now.us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    cx->today = instant_day(cx->now);
    cx->request = "riga di comando";
}

/* ---- running ----------------------------------------------------------------------------- */

enum { ARENA_LIMIT = 512 << 20 };

static int run_here(struct cli *cli)
{
    struct chance chance = {0};
    struct cx cx;

    cli_context(&cx, cli->arena, &chance);
    return cli->command->run(&cx, cli);
}

int cli_main(const struct cli_program *program, int argc, char **argv)
{
    struct cli_io io = {stdin, stdout, stderr, STDERR_FILENO, isatty(STDERR_FILENO), AT_FDCWD};
    struct arena arena;
    struct cli *cli;
    int code;

    arena_init(&arena, ARENA_LIMIT);
    if (cli_parse(&cli, &arena, program, &io, argc, argv, &code)) {
        enum cli_need need = cli->command->need;
        bool here = need == CLI_NOTHING || need == CLI_OWN;

        code = here ? run_here(cli) : program->host(program, cli, argc, argv);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "%s: scrittura non riuscita: %s\n", program->name, strerrordesc_np(errno));
        code = code == EXIT_DONE ? EXIT_FAILED : code;
    }
    arena_release(&arena);
    return code;
}
