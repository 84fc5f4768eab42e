/* The man page, man(7) macros: their headings may be in Italian without a complaint of mandoc. */
#include "kit/cli/inside.h"

#include <string.h>

/* Text for roff: escapes, and no line that begins like a request. */
static void roff(FILE *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", out);
    for (; *text != '\0'; text++)
        switch (*text) {
        case '\\':
            fputs("\\e", out);
            break;
        case '-':
            fputs("\\-", out);
            break;
        default:
            fputc(*text, out);
        }
}

/* How many bytes of a text fill a line of the page: mandoc counts a letter with an accent as
 * eight, and likes 80. */
static size_t room(const char *text)
{
    enum { LINE = 76, ESCAPED = 8 };
    size_t size = 0, width = 0;

    for (; text[size] != '\0'; size++) {
        unsigned char c = (unsigned char)text[size];

        width += c < 0x80 ? 1U + (c == '\\' || c == '-') : (c & 0xC0U) == 0xC0U ? ESCAPED : 0U;
        if (width > LINE)
            break;
    }
    return size;
}

/* Running text, in lines that are short enough; breaks change nothing. */
static void filled(FILE *out, struct arena *arena, const char *text)
{
    for (size_t size = room(text); text[size] != '\0'; size = room(text)) {
        while (size > 0 && text[size] != ' ')
            size--;
        if (size == 0)
            break;
        roff(out, arena_strndup(arena, text, size));
        fputc('\n', out);
        text += size + strspn(text + size, " ");
    }
    roff(out, text);
}

/* Paragraphs; lines that begin with a space are shown as they are. */
static void paragraphs(FILE *out, struct arena *arena, const char *text)
{
    bool example = false, first = true;

    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        bool indented = *text == ' ';

        if (indented != example && size > 0) {
            fputs(indented ? ".sp\n.nf\n" : ".fi\n.sp\n", out);
            example = indented;
        }
        if (size > 0) {
            const char *line = arena_strndup(arena, text, size);
            size_t blank = indented && !first ? 2 : 0;

            if (indented)
                roff(out, line + (strspn(line, " ") < blank ? 0 : blank));
            else
                filled(out, arena, line);
            fputc('\n', out);
        } else if (text[1] != ' ' && text[1] != '\0' && !example)
            fputs(".sp\n", out);
        first = false;
        text += size + (text[size] == '\n');
    }
    if (example)
        fputs(".fi\n", out);
}

static void option(FILE *out, struct arena *arena, const struct cli_option *o)
{
    fputs(".TP\n\\fB", out);
    if (!cli_positional(o))
        fputs("\\-\\-", out);
    roff(out, cli_option_name(o));
    fputs("\\fR", out);
    if (!cli_positional(o) && o->value != NULL) {
        fputs(" \\fI", out);
        roff(out, o->value);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    filled(out, arena, o->help);
    fputc('\n', out);
}

static void command(FILE *out, struct arena *arena, const struct cli_program *program,
                    const struct cli_command *c)
{
    fputs(".SS ", out);
    roff(out, program->name);
    fputc(' ', out);
    roff(out, c->name);
    fputc('\n', out);
    filled(out, arena, arena_printf(arena, "%s.", c->summary));
    fputc('\n', out);
    if (c->help != NULL) {
        if (c->help[0] != ' ')
            fputs(".sp\n", out);
        paragraphs(out, arena, c->help);
    }
    for (const struct cli_option *o = c->options; o != NULL && o->name != NULL; o++)
        option(out, arena, o);
}

static const char man_end[] =
    ".SH \"STATO DI USCITA\"\n"
    "0 fatto; 1 non riuscito; 2 uso sbagliato; 3 fatto in parte (righe rifiutate);\n"
    "4 non trovato; 75 occupato, riprovare.\n"
    ".SH AMBIENTE\n"
    ".TP\n\\fBZONALE_DATI\\fR\nCartella dei dati, dove \\fB\\-\\-dati\\fR non è indicato.\n"
    ".SH FILE\n"
    ".TP\n\\fIDATI\\fR/zonale.db\nLa base di dati (SQLite).\n"
    ".TP\n\\fIDATI\\fR/zonale.conf\nLe poche impostazioni, una per riga: nome = valore.\n"
    ".TP\n\\fIDATI\\fR/zonale.sock\nDove il programma in servizio ascolta i comandi.\n";

void cli_man(FILE *out, struct arena *arena, const struct cli_program *program)
{
    const struct cli_command **all = cli_all(arena, program);

    fputs(".TH ", out);
    for (const char *c = program->name; *c != '\0'; c++)
        fputc(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, out);
    fprintf(out, " 1 %s \"%s %s\" \"Manuale di %s\"\n.SH NOME\n", program->date, program->name,
            program->version, program->name);
    roff(out, program->name);
    fputs(" \\- ", out);
    roff(out, program->summary);
    fprintf(out, "\n.SH SINTASSI\n\\fB%s\\fR \\fICOMANDO\\fR [\\fIOPZIONI\\fR]\n", program->name);
    fputs(".SH DESCRIZIONE\n", out);
    paragraphs(out, arena, program->help);
    fputs(".SH \"OPZIONI DI TUTTI I COMANDI\"\n", out);
    for (const struct cli_option *o = cli_standard; o->name != NULL; o++)
        option(out, arena, o);
    fputs(".SH COMANDI\n", out);
    for (size_t i = 0; all[i] != NULL; i++)
        command(out, arena, program, all[i]);
    fputs(man_end, out);
}
