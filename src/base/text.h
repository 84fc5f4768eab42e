/* UTF-8 text: validity, length in characters, folding for search and for order. */
#ifndef ZONALE_BASE_TEXT_H
#define ZONALE_BASE_TEXT_H

#include "base/arena.h"
#include "base/err.h"

/* Well-formed UTF-8 without NUL, surrogates or over-long forms. */
bool text_valid(const char *text, size_t size);
/* Characters (code points), not bytes. */
size_t text_length(const char *text);
/* Trimmed, inner runs of white space to one space, NFC, controls dropped (line breaks kept only
 * where `lines`, CRLF to LF). */
const char *text_clean(struct arena *arena, const char *text, bool lines);
/* Does a text of one line carry, between its ends, what is not seen or turns what is: line breaks,
 * controls, marks of direction (U+202E), of no width (U+200B), fillers, tags? text_clean drops
 * them, and nobody looks at what was dropped: who typed it should. */
bool text_hidden(const char *text);
/* Search key: no accents, no case, no apostrophes or hyphens, letters and digits only, words
 * parted by one space: "D’Amèlio  NICOLÒ" -> "damelio nicolo"; ß -> ss, đ -> d, ł -> l, ø -> o. */
const char *text_fold(struct arena *arena, const char *text);
/* The words of a folded text. At most `max`. */
size_t text_words(struct arena *arena, const char *folded, const char **words, size_t max);
/* Edit distance (Levenshtein), stopped at `most`; for "did you mean". */
int text_distance(const char *a, const char *b, int most);

#endif
