/* The letter that reminds of an ISEE about to expire. */
#include "mod/rette/inside.h"

struct doc *rette_promemoria(struct arena *arena, const struct isee_promemoria *what)
{
    char day[DAY_TEXT];
    const struct isee *isee = what->isee;
    bool over = day_cmp(isee->scadenza, what->oggi) < 0;
    const char *title = over ? "Il suo ISEE è scaduto" : "Il suo ISEE sta per scadere";
    struct doc *doc = doc_new(arena, &(struct doc_meta){.title = title,
                                                        .author = what->ente,
                                                        .subject = "Promemoria ISEE",
                                                        .date = what->scritto,
                                                        .header = what->ente,
                                                        .footer = "Promemoria ISEE"});
    doc_heading(doc, 1, title);
    doc_pair(doc, "Persona", what->persona);
    doc_pair(doc, "Data", day_it(what->oggi, day));
    doc_pair(doc, "Attestazione", isee_tipo_title(isee->tipo));
    doc_pair(doc, "Protocollo INPS", isee->protocollo);
    doc_pair(doc, over ? "Scaduta il" : "Vale fino al", day_it(isee->scadenza, day));
    doc_heading(doc, 2, "Che cosa fare");
    doc_item(doc, "Presentare una nuova dichiarazione (DSU) a un CAF, al Comune o sul sito "
                  "dell’INPS: è gratuita.");
    doc_item(doc, "Portare all’ufficio servizi sociali la nuova attestazione, o dirne il "
                  "protocollo.");
    doc_heading(doc, 2, "Perché conviene farlo subito");
    doc_paragraph(doc, "La retta dei servizi si calcola sull’ISEE valido nel giorno del servizio. "
                       "Una nuova attestazione conta dal giorno in cui la dichiarazione è "
                       "sottoscritta: nei giorni che restano scoperti si paga quanto il piano "
                       "tariffario prevede per chi non presenta l’ISEE.");
    doc_paragraph(doc, "Chi ha già presentato una nuova dichiarazione non tenga conto di questa "
                       "lettera.");
    doc_signature(doc, what->ente, "Ufficio servizi sociali");
    return doc;
}
