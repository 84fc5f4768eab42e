/* What this room answers, and to whom: the planning office amends, the accountant enters movements,
 * who reviews reads. */
#include "mod/bilancio/pages.h"

#define LEGGE  "bilancio.leggi"
#define SCRIVE "bilancio.scrivi"
#define CONTA  "bilancio.contabilizza"
#define FINE   FINE_PROGRAMMAZIONE

/* clang-format off */
#define VEDE(path, handler, form) \
    {WEB_GET, path, handler, LEGGE, FINE, AZIONE_ELENCA, AUDIT_NO, NULL, form, NULL, NULL, 0, NULL}
#define APRE(path, handler, object, form) \
    {WEB_GET, path, handler, LEGGE, FINE, AZIONE_LEGGI, AUDIT_NO, object, form, NULL, NULL, 0, NULL}
#define FILE_DI(path, handler, object, form) \
    {WEB_GET, path, handler, LEGGE, FINE, AZIONE_ESPORTA, AUDIT_READ, object, form, NULL, NULL, 0, NULL}
#define FA(path, handler, right, action, object, form, again, flags) \
    {WEB_POST, path, handler, right, FINE, action, AUDIT_WRITE, object, form, again, NULL, flags, NULL}

const struct web_route bilancio_routes[] = {
    VEDE("/bilancio", quadro_page, &anno_query),
    FA("/bilancio/approva", approva_anno_save, SCRIVE, AZIONE_MODIFICA, NULL, &atto_form, "/bilancio", 0),
    FA("/bilancio/chiudi", chiudi_anno_save, SCRIVE, AZIONE_MODIFICA, NULL, &atto_form, "/bilancio", 0),
    VEDE("/bilancio/matrice", matrice_page, &anno_query),
    VEDE("/bilancio/celle/{cella}", cella_page, NULL),
    VEDE("/bilancio/verifica", verifica_bilancio_page, &anno_query),
    APRE("/bilancio/voci/{id}", voce_page, &voce_object, &voce_query),
    VEDE("/bilancio/previsione", previsione_page, &anno_query),
    VEDE("/bilancio/anni", anni_page, &anni_query),
    FILE_DI("/bilancio/esporta", esporta_page, NULL, &esporta_query),
    VEDE("/bilancio/fonti", fonti_page, &anno_query),
    APRE("/bilancio/fonti/{id}", fonte_page, &fonte_object, &anno_query),
    FA("/bilancio/fonti/{id}", fonte_save, SCRIVE, AZIONE_MODIFICA, &fonte_object, &fonte_form, "/bilancio/fonti/{id}", 0),
    FILE_DI("/bilancio/fonti/{id}/rendiconto", rendiconto_page, &fonte_object, &esporta_query),
    VEDE("/bilancio/variazioni", variazioni_page, &anno_query),
    {WEB_GET, "/bilancio/variazioni/nuova", variazione_nuova_page, SCRIVE, FINE, AZIONE_CREA, AUDIT_NO, NULL, &anno_query, NULL, NULL, WEB_DRAFT, NULL},
    FA("/bilancio/variazioni/nuova", variazione_nuova_save, SCRIVE, AZIONE_CREA, NULL, &variazione_form, "/bilancio/variazioni/nuova", WEB_DRAFT),
    APRE("/bilancio/variazioni/{id}", variazione_page, &variazione_object, NULL),
    FA("/bilancio/variazioni/{id}", variazione_save_page, SCRIVE, AZIONE_MODIFICA, &variazione_object, &variazione_form, "/bilancio/variazioni/{id}", 0),
    FA("/bilancio/variazioni/{id}/approva", variazione_approva_save, SCRIVE, AZIONE_MODIFICA, &variazione_object, &approva_form, "/bilancio/variazioni/{id}", 0),
    FA("/bilancio/variazioni/{id}/elimina", variazione_elimina_save, SCRIVE, AZIONE_MODIFICA, &variazione_object, &approva_form, "/bilancio/variazioni/{id}", 0),
    {WEB_GET, "/bilancio/aggiungi", aggiungi_page, SCRIVE, FINE, AZIONE_CREA, AUDIT_NO, NULL, &anno_query, NULL, NULL, 0, NULL},
    FA("/bilancio/voci/nuova", voce_nuova_save, SCRIVE, AZIONE_CREA, NULL, &voce_nuova_form, "/bilancio/aggiungi", 0),
    FA("/bilancio/fonti/nuova", fonte_nuova_save, SCRIVE, AZIONE_CREA, NULL, &fonte_nuova_form, "/bilancio/aggiungi", 0),
    {WEB_GET, "/bilancio/importa", importa_page, SCRIVE, FINE, AZIONE_CREA, AUDIT_NO, NULL, &anno_query, NULL, NULL, 0, NULL},
    FA("/bilancio/importa", importa_save, SCRIVE, AZIONE_CREA, NULL, &importa_form, "/bilancio/importa", WEB_UPLOAD),
    VEDE("/bilancio/scritture", scritture_page, &anno_query),
    FA("/bilancio/scritture", impegno_save, CONTA, AZIONE_CREA, NULL, &impegno_form, "/bilancio/scritture", 0),
    {WEB_GET, "/bilancio/scritture/elenco", web_list_page, LEGGE, FINE, AZIONE_ELENCA, AUDIT_NO, NULL, NULL, NULL, NULL, 0, &scritture_lista},
    APRE("/bilancio/scritture/{id}", scrittura_page, &scrittura_object, NULL),
    FA("/bilancio/scritture/{id}/parte", parte_save, CONTA, AZIONE_CREA, &scrittura_object, &parte_form, "/bilancio/scritture/{id}", 0),
    FA("/bilancio/scritture/{id}/storno", storno_save, CONTA, AZIONE_CREA, &scrittura_object, &parte_form, "/bilancio/scritture/{id}", 0),
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

const struct menu_item bilancio_menu[] = {
    {"Numeri", "Bilancio", "/bilancio", LEGGE, "it-chart-line"},
    {NULL, NULL, NULL, NULL, NULL},
};
