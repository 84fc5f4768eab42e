/* Between libmicrohttpd and the funnel: callbacks of a request's life. */
#ifndef ZONALE_KIT_WEB_EDGE_H
#define ZONALE_KIT_WEB_EDGE_H

#include <microhttpd.h>

void *edge_uri(void *cls, const char *uri, struct MHD_Connection *http);
enum MHD_Result edge_request(void *cls, struct MHD_Connection *http, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_size, void **context);
void edge_completed(void *cls, struct MHD_Connection *http, void **context,
                    enum MHD_RequestTerminationCode code);
size_t edge_keep(void *cls, struct MHD_Connection *http, char *text);

#endif
