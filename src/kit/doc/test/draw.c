/* Writes the sample documents in every format to a folder, for the checks by outside programs:
 *   draw FOLDER            letter.pdf, letter-1.pdf (PDF/A-1 of the same), letter.ods, ... */
#include "kit/doc/pdf.h"
#include "kit/doc/test/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void file_write(const char *folder, const char *name, struct bytes bytes)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.data, 1, bytes.size, file) != bytes.size || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static void draw_all(const char *folder, const char *name, const struct doc *doc,
                     struct arena *arena)
{
    struct err err = {0};
    struct bytes bytes;
    char file[256];
    for (int format = DOC_HTML; format <= DOC_JSON; format++) {
        if (!doc_draw(doc, (enum doc_format)format, arena, &bytes, &err)) {
            fprintf(stderr, "%s: %s\n", name, err.text);
            exit(1);
        }
        snprintf(file, sizeof file, "%s.%s", name, doc_format_ext((enum doc_format)format));
        file_write(folder, file, bytes);
    }
    if (!pdf_draw_part(doc, 1, arena, &bytes, &err)) {
        fprintf(stderr, "%s: %s\n", name, err.text);
        exit(1);
    }
    snprintf(file, sizeof file, "%s-1.pdf", name);
    file_write(folder, file, bytes);
}

int main(int argc, char **argv)
{
    struct arena arena;
    if (argc < 2) {
        fprintf(stderr, "usage: draw FOLDER [ROWS]\n");
        return 2;
    }
    arena_init(&arena, (size_t)4 << 30);
    draw_all(argv[1], "letter", sample_letter(&arena), &arena);
    draw_all(argv[1], "table", sample_table(&arena), &arena);
    draw_all(argv[1], "hostile", sample_hostile(&arena), &arena);
    draw_all(argv[1], "charts", sample_charts(&arena), &arena);
    draw_all(argv[1], "matrix", sample_matrix(&arena), &arena);
    draw_all(argv[1], "empty", sample_empty(&arena), &arena);
    draw_all(argv[1], "extreme", sample_extreme(&arena), &arena);
    draw_all(argv[1], "long", sample_long(&arena, argc > 2 ? atoi(argv[2]) : 300), &arena);
    arena_release(&arena);
    return 0;
}
