/* Completion of shells: a table of words written out for each command; the shell's part is small.
 * Words come from our own tables, never from outside, so that nothing needs quoting. */
#include "kit/cli/inside.h"

#include <string.h>

static void options_of(FILE *out, const struct cli_command *command)
{
    for (const struct cli_option *o = command->options; o != NULL && o->name != NULL; o++)
        if (!cli_positional(o))
            fprintf(out, " --%s", o->name);
    for (const struct cli_option *o = cli_standard; o->name != NULL; o++)
        fprintf(out, " --%s", o->name);
}

/* First words, each once, or second words of a noun. */
static void words_of(FILE *out, struct arena *arena, const struct cli_command **all,
                     const char *noun)
{
    const char *last = "", *rest;

    for (size_t i = 0; all[i] != NULL; i++) {
        const char *word = cli_noun(arena, all[i]->name, &rest);

        if (noun == NULL && strcmp(word, last) != 0)
            fprintf(out, " %s", word);
        else if (noun != NULL && strcmp(word, noun) == 0 && rest != NULL)
            fprintf(out, " %s", rest);
        last = word;
    }
}

static void cases(FILE *out, struct arena *arena, const struct cli_program *program)
{
    const struct cli_command **all = cli_all(arena, program);
    const char *last = "", *rest;

    fputs("  case \"$one\" in\n    '') names='", out);
    words_of(out, arena, all, NULL);
    fputs("' ;;\n", out);
    for (size_t i = 0; all[i] != NULL; i++) {
        const char *noun = cli_noun(arena, all[i]->name, &rest);

        if (rest == NULL || strcmp(noun, last) == 0)
            continue;
        fprintf(out, "    %s) names='", noun);
        words_of(out, arena, all, noun);
        fputs("' ;;\n", out);
        last = noun;
    }
    fputs("  esac\n  case \"$one $two\" in\n", out);
    for (size_t i = 0; all[i] != NULL; i++) {
        fprintf(out, "    '%s'%s) options='", all[i]->name,
                strchr(all[i]->name, ' ') ? "" : "' '*");
        options_of(out, all[i]);
        fputs("' ;;\n", out);
    }
    fputs("  esac\n", out);
}

void cli_completion_bash(FILE *out, struct arena *arena, const struct cli_program *program)
{
    fprintf(out,
            "# bash completion of %s; use: source <(%s completion bash)\n"
            "_%s() {\n"
            "  local cur=${COMP_WORDS[COMP_CWORD]} one='' two='' names='' options=''\n"
            "  [ \"$COMP_CWORD\" -gt 1 ] && one=${COMP_WORDS[1]}\n"
            "  [ \"$COMP_CWORD\" -gt 2 ] && two=${COMP_WORDS[2]}\n",
            program->name, program->name, program->name);
    cases(out, arena, program);
    fprintf(out,
            "  [ \"$COMP_CWORD\" -gt 2 ] && names=''\n"
            "  case $cur in\n"
            "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;\n"
            "    *) COMPREPLY=($(compgen -W \"$names\" -- \"$cur\"))\n"
            "      [ ${#COMPREPLY[@]} -eq 0 ] && COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
            "  esac\n"
            "  return 0\n"
            "}\n"
            "complete -o filenames -F _%s %s\n",
            program->name, program->name);
}

void cli_completion_zsh(FILE *out, struct arena *arena, const struct cli_program *program)
{
    fprintf(out,
            "#compdef %s\n"
            "# zsh completion of %s; use: %s completion zsh > ~/.zfunc/_%s\n"
            "_%s() {\n"
            "  local one='' two='' names='' options=''\n"
            "  (( CURRENT > 2 )) && one=$words[2]\n"
            "  (( CURRENT > 3 )) && two=$words[3]\n",
            program->name, program->name, program->name, program->name, program->name);
    cases(out, arena, program);
    fprintf(out,
            "  (( CURRENT > 3 )) && names=''\n"
            "  if [[ $PREFIX == -* ]]; then compadd -- ${=options}\n"
            "  elif [[ -n $names ]]; then compadd -- ${=names}\n"
            "  else _files; fi\n"
            "}\n"
            "_%s \"$@\"\n",
            program->name);
}
