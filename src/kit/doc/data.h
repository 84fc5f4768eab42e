/* Files that the PDF writer carries inside the program (data.S.in): fonts and colour profile. */
#ifndef ZONALE_KIT_DOC_DATA_H
#define ZONALE_KIT_DOC_DATA_H

/* Titillium Web, SIL Open Font License 1.1 */
extern const unsigned char doc_font_regular[], doc_font_regular_end[];
extern const unsigned char doc_font_bold[], doc_font_bold_end[];
/* DejaVu Sans, Bitstream Vera licence and public domain */
extern const unsigned char doc_font_fallback[], doc_font_fallback_end[];
/* sRGB profile, zlib licence */
extern const unsigned char doc_icc_srgb[], doc_icc_srgb_end[];

#endif
