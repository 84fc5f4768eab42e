/* The structure of a PDF: the tree of tags that readers of the screen go through, and which piece
 * of which page each tag owns (ISO 32000-1, 14.7 and 14.8; PDF/UA-1, 7). */
#ifndef ZONALE_KIT_DOC_PDF_TAGS_H
#define ZONALE_KIT_DOC_PDF_TAGS_H

#include "kit/doc/pdf_write.h"

struct tag;
struct tags;

struct tags *tags_new(struct pdf *pdf); /* with its Document */
struct tag *tags_document(struct tags *tags);
/* A new element ("P", "TR", ...), the last of `parent`. */
struct tag *tag_add(struct tags *tags, struct tag *parent, const char *type);
const char *tag_type(const struct tag *tag);
/* Attributes, as they stand in the element: "/Alt<FEFF..>", "/A<</O/Table/Scope/Column>>". */
void tag_attributes(struct tag *tag, const char *attributes);
/* The tag owns the next marked content of the page; returns its MCID. Pages count from 0. */
int tag_content(struct tags *tags, struct tag *tag, int page);
/* The tree root's object. `pages`: numbers of the page objects. */
int tags_write(struct tags *tags, const int *pages, int page_count);

#endif
