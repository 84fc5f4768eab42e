/* Texts for users, kept beside the rooms in messages.it: lines "key<TAB>text". */
#ifndef ZONALE_KIT_TMPL_MESSAGE_H
#define ZONALE_KIT_TMPL_MESSAGE_H

/* A key that no messages.it has is a bug: aborts (a test looks for every key that is used). */
const char *message(const char *key);

#endif
