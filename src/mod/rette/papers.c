/* The papers of this room, as values: kit/doc draws them. */
#include "mod/rette/inside.h"

struct doc *rette_avviso(struct arena *arena, const struct retta_avviso *avviso)
{
    char amount[MONEY_TEXT], day[DAY_TEXT];
    const struct retta *retta = avviso->retta;
    struct doc *doc = doc_new(arena, &(struct doc_meta){.title = "Avviso di retta",
                                                        .author = avviso->ente,
                                                        .subject = avviso->servizio,
                                                        .date = avviso->scritto,
                                                        .header = avviso->ente,
                                                        .footer = "Avviso di retta"});
    doc_heading(doc, 1, "Avviso di retta");
    doc_pair(doc, "Persona", avviso->persona);
    doc_pair(
        doc, "Servizio",
        arena_printf(arena, "%s, %s", avviso->servizio, variante_words(arena, avviso->variante)));
    doc_pair(doc, "Giorno a cui si riferisce", day_it(avviso->giorno, day));
    doc_pair(doc, "Retta",
             arena_printf(arena, "%s euro %s", money_it(retta->importo, amount),
                          unita_each(retta->unita)));
    doc_heading(doc, 2, "Come si è calcolata");
    for (size_t i = 0; i < retta->righe; i++)
        doc_item(doc, retta->spiegazione[i]);
    doc_heading(doc, 2, "Se qualcosa non torna");
    doc_paragraph(doc, "Chi pensa che l’ISEE o la fascia non siano quelli giusti può chiedere "
                       "una verifica all’ufficio che ha scritto questo avviso, e presentare una "
                       "nuova attestazione: vale per i giorni che seguono la sua sottoscrizione.");
    doc_signature(doc, avviso->ente, "Ufficio servizi sociali");
    return doc;
}
