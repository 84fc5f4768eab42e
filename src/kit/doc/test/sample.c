#include "kit/doc/test/sample.h"

#include <stdio.h>

static struct doc_meta meta_of(const char *title)
{
    return (struct doc_meta){
        .title = title,
        .author = "Comunità Montana Valle Seriana",
        .subject = "Prova dei documenti",
        .date = {1762516800000000}, /* 7 November 2025, 12:00 UTC */
        .header = "Ambito Valle Seriana Superiore e Valle di Scalve",
        .footer = "Documento di prova",
    };
}

struct doc *sample_letter(struct arena *arena)
{
    struct doc_meta meta = meta_of("Comunicazione della retta");
    struct doc *doc = doc_new(arena, &meta);
    doc_heading(doc, 1, "Comunicazione della retta");
    doc_pair(doc, "Assistito", "Nicolò D’Amèlio");
    doc_pair(doc, "Servizio", "Assistenza domiciliare, giorno feriale");
    doc_heading(doc, 2, "Perché questo importo");
    doc_paragraph(doc, "L’importo è calcolato sulla base dell’attestazione ISEE; la quota a carico "
                       "dell’utente è di 2,73 € l’ora, perché l’indicatore cade nella seconda "
                       "fascia del piano tariffario in vigore dal 1° gennaio 2025.\nIl resto è a "
                       "carico del Comune.");
    doc_item(doc, "ore previste: 12");
    doc_item(doc, "importo orario: 2,73 €");
    doc_heading(doc, 4, "Ricorsi");
    doc_paragraph(doc, "Si può chiedere il riesame entro trenta giorni.");
    doc_space(doc);
    doc_signature(doc, "Dott.ssa Lucia Città", "Responsabile dell’Ufficio di Piano");
    return doc;
}

static void row(struct doc_table *table, const char *who, struct day day, int32_t minutes,
                int64_t cents)
{
    doc_row(table);
    doc_cell_text(table, who);
    doc_cell_day(table, day);
    doc_cell_minutes(table, (struct minutes){minutes});
    doc_cell_rate(table, RATE(17, 94));
    doc_cell_int(table, 3);
    doc_cell_money(table, MONEY(cents));
}

static struct doc_table *columns(struct doc *doc, const char *caption)
{
    struct doc_table *table = doc_table(doc, caption);
    doc_column(table, "assistito", "Assistito", FIELD_TEXT);
    doc_column(table, "giorno", "Giorno", FIELD_DAY);
    doc_column(table, "ore", "Ore", FIELD_MINUTES);
    doc_column(table, "quota", "Quota", FIELD_RATE);
    doc_column(table, "accessi", "Accessi", FIELD_INT);
    doc_column(table, "importo", "Importo (€)", FIELD_MONEY);
    return table;
}

struct doc *sample_table(struct arena *arena)
{
    struct doc_meta meta = meta_of("Prestazioni di ottobre");
    struct doc *doc = doc_new(arena, &meta);
    struct doc_table *table = columns(doc, "Prestazioni");
    row(table, "Rossi Maria", day_of(2025, 10, 1), 150, 143003880);
    row(table, "D’Amèlio Nicolò", day_of(2025, 10, 2), 90, -1250);
    row(table, NULL, DAY_NONE, MINUTES_NONE.n, MONEY_INVALID.cents);
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    doc_cell_day(table, DAY_NONE);
    doc_cell_minutes(table, (struct minutes){240});
    doc_cell_rate(table, RATE(0, 0));
    doc_cell_int(table, INT_NONE);
    doc_cell_formula(table, "=SUM(F2:F4)", MONEY(143002630));
    return doc;
}

struct doc *sample_hostile(struct arena *arena)
{
    struct doc_meta meta = meta_of("<script>alert('1')</script> & \"altro\"");
    struct doc *doc = doc_new(arena, &meta);
    struct doc_table *table =
        doc_table(doc, "Un: titolo [molto] *strano* con / e \\ e lunghissimo");
    doc_column(table, "a", "=1+1", FIELD_TEXT);
    doc_column(table, "b", "Molto\nlungo", FIELD_TEXT);
    static const char *const texts[] = {
        "=HYPERLINK(\"http://example.it\")",
        "+39 0346 21000",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\uff1d1+1",
        "a;b",
        "dice \"sì\"",
        "due\nrighe",
        "&lt;b&gt;",
        "]]>",
        "\x01\x02\x7f",
        "\xff\xfe rotto \xc3",
        "\xed\xa0\x80",
        "(a) \\ b",
        "%d%s%n",
        "  spazi   molti ",
        "Александра Петрова",
        "محمد علي",
        "שלום עולם",
        "\U0001F600 \u4e2d\u6587",
        "",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        doc_row(table);
        doc_cell_text(table, texts[i]);
        doc_cell_text(table, "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
                             "gesellschaftprecipitevolissimevolmentesenzaunasolaspaziaturainmezzo");
    }
    doc_paragraph(doc, texts[13]);
    doc_heading(doc, 9, "\uff1d salto");
    doc_item(doc, texts[18]);
    doc_item(doc, texts[19]);
    return doc;
}

struct doc *sample_empty(struct arena *arena)
{
    struct doc_meta meta = {.title = ""};
    struct doc *doc = doc_new(arena, &meta);
    doc_table(doc, NULL);
    columns(doc, "Nessuna riga");
    doc_paragraph(doc, "");
    doc_heading(doc, 1, NULL);
    doc_item(doc, NULL);
    doc_pair(doc, NULL, NULL);
    doc_page_break(doc);
    doc_page_break(doc);
    doc_signature(doc, NULL, NULL);
    return doc;
}

struct doc *sample_long(struct arena *arena, int rows)
{
    struct doc_meta meta = meta_of("Elenco lungo");
    struct doc *doc = doc_new(arena, &meta);
    struct doc_table *table = columns(doc, "Elenco");
    for (int i = 0; i < rows; i++) {
        char name[32];
        snprintf(name, sizeof name, "Persona numero %d", i);
        row(table, name, day_add(day_of(2025, 1, 1), i % 365), i % 1000, (int64_t)i * 137);
    }
    return doc;
}

struct doc *sample_charts(struct arena *arena)
{
    static const char *const areas[] = {
        "Anziani", "Disabilità",   "Minori e famiglia",
        "Povertà", "Immigrazione", "Salute mentale e dipendenze patologiche"};
    static const char *const months[] = {"gen", "feb", "mar", "apr", "mag", "giu",
                                         "lug", "ago", "set", "ott", "nov", "dic"};
    struct doc_meta meta = meta_of("Grafici di prova");
    struct doc *doc = doc_new(arena, &meta);
    doc_heading(doc, 1, "Grafici di prova");
    struct doc_table *bars = doc_figure(doc, CHART_BARS, "Spesa per area", NULL);
    doc_column(bars, "area", "Area", FIELD_TEXT);
    doc_column(bars, "spesa", "Spesa", FIELD_MONEY);
    struct doc_table *stack =
        doc_figure(doc, CHART_STACKED, "Spesa per fonte", "Prevale il Comune.");
    doc_column(stack, "area", "Area", FIELD_TEXT);
    doc_column(stack, "comune", "Comune", FIELD_MONEY);
    doc_column(stack, "regione", "Regione", FIELD_MONEY);
    doc_column(stack, "stato", "Stato", FIELD_MONEY);
    for (int i = 0; i < 6; i++) {
        doc_row(bars);
        doc_cell_text(bars, areas[i]);
        doc_cell_money(bars, i == 4 ? MONEY_INVALID : MONEY(12345678 / (i + 1)));
        doc_row(stack);
        doc_cell_text(stack, areas[i]);
        doc_cell_money(stack, MONEY(12345678 / (i + 1)));
        doc_cell_money(stack, MONEY(4500000 + i * 100000));
        doc_cell_money(stack, MONEY(i * 1700000));
    }
    struct doc_table *lines = doc_figure(doc, CHART_LINES, "Ore per mese", NULL);
    doc_column(lines, "mese", "Mese", FIELD_TEXT);
    doc_column(lines, "feriali", "Feriali", FIELD_INT);
    doc_column(lines, "festive", "Festive", FIELD_INT);
    for (int i = 0; i < 12; i++) {
        doc_row(lines);
        doc_cell_text(lines, months[i]);
        doc_cell_int(lines, i == 7 ? INT_NONE : 200 + i * 37 % 90);
        doc_cell_int(lines, 20 - i * 5);
    }
    struct doc_table *none = doc_figure(doc, CHART_BARS, NULL, NULL);
    doc_column(none, "area", "Area", FIELD_TEXT);
    struct doc_table *many = doc_figure(doc, CHART_BARS, "Molte voci", NULL);
    doc_column(many, "voce", "Voce", FIELD_TEXT);
    doc_column(many, "a", "Prima", FIELD_INT);
    doc_column(many, "b", "Seconda", FIELD_INT);
    for (int i = 0; i < 45; i++) {
        doc_row(many);
        doc_cell_text(many, "Voce con un nome molto lungo & <strano>");
        doc_cell_int(many, i == 3 ? INT64_MAX : i);
        doc_cell_int(many, -i);
    }
    return doc;
}

struct doc *sample_matrix(struct arena *arena)
{
    struct doc_meta meta = meta_of("Bilancio 2025");
    meta.landscape = true;
    struct doc *doc = doc_new(arena, &meta);
    struct doc_table *table = doc_table(doc, "Voci per fonti");
    doc_column(table, "voce", "Voce", FIELD_TEXT);
    for (int i = 0; i < 15; i++) {
        doc_column(table, "fonte", "Fondo sociale regionale, compartecipazione", FIELD_MONEY);
    }
    for (int r = 0; r < 30; r++) {
        doc_row(table);
        doc_cell_text(table, "Assistenza educativa scolastica e domiciliare");
        for (int i = 0; i < 15; i++) {
            doc_cell_money(table, MONEY((int64_t)143003880 / (i + 1) * (r % 4)));
        }
    }
    doc_heading(doc, 2, "Un titolo che segue la tabella");
    return doc;
}

static const char *repeated(struct arena *arena, const char *piece, size_t times)
{
    struct buf buf;
    buf_init(&buf, arena, (size_t)1 << 24);
    while (times--) {
        buf_text(&buf, piece);
    }
    return buf.data;
}

struct doc *sample_extreme(struct arena *arena)
{
    struct doc_meta meta = meta_of("Estremi");
    meta.landscape = true;
    struct doc *doc = doc_new(arena, &meta);
    doc_paragraph(doc, repeated(arena, "senzaspazi", 5000));
    doc_paragraph(doc, repeated(arena, "a\u0301\u0327", 2000));
    doc_paragraph(doc, repeated(arena, "\u0301", 3000));
    doc_paragraph(doc, repeated(arena, "\u200d\u00ad\u202e", 500));
    doc_paragraph(doc, repeated(arena, "محمدعليمحمدعلي", 100));
    doc_paragraph(doc, repeated(arena, "parola ", 3000));
    doc_pair(doc, repeated(arena, "etichetta ", 600), repeated(arena, "valore ", 3000));
    doc_item(doc, repeated(arena, "voce\n", 200));
    doc_heading(doc, 2, repeated(arena, "titolo ", 500));
    struct doc_table *tall = doc_table(doc, repeated(arena, "didascalia ", 200));
    doc_column(tall, "a", repeated(arena, "intestazione ", 300), FIELD_TEXT);
    doc_column(tall, "b", "B", FIELD_MONEY);
    for (int i = 0; i < 3; i++) {
        doc_row(tall);
        doc_cell_text(tall, repeated(arena, "cella più alta di una pagina ", 800));
        doc_cell_money(tall, MONEY(INT64_MAX));
    }
    struct doc_table *wide = doc_table(doc, NULL);
    for (int i = 0; i < 200; i++) {
        doc_column(wide, "c", "Colonna", FIELD_TEXT);
    }
    doc_row(wide);
    for (int i = 0; i < 200; i++) {
        doc_cell_text(wide, "stretta");
    }
    return doc;
}
