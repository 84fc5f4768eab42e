#include "kit/web/test/rooms.h"

#include <string.h>
#include <unistd.h>

static const struct db_schema schema = {
    .room = "prova",
    .model = "CREATE TABLE nota (id @ID PRIMARY KEY, testo @TEXT NOT NULL UNIQUE) @STRICT;",
};
const struct db_schema *const room_schemas[] = {&schema, NULL};

static const struct db_sql add_sql = {"prova_nota_add",
                                      "INSERT INTO nota (id, testo) VALUES ($1, $2)"};
static const struct db_sql count_sql = {"prova_nota_count", "SELECT count(*) AS n FROM nota"};

/* ---- forms ---------------------------------------------------------------------------------- */

struct nota {
    const char *testo, *righe, *segreto, *scelta, *ente, *codfis;
    bool spunta;
    struct day giorno;
    struct money importo;
    int64_t numero;
    struct minutes durata;
    struct rate quota;
    struct id persona;
};

static const struct web_choice choices[] = {
    {"SAD", "Assistenza domiciliare"}, {"CDD", "Centro diurno"}, {NULL, NULL}};

static const struct web_field nota_fields[] = {
    {.at = FIELD(nota, testo), .label = "Testo", .input = INPUT_TEXT, .required = true, .max = 40},
    {.at = FIELD(nota, righe), .label = "Righe", .input = INPUT_LINES, .max = 100},
    {.at = FIELD(nota, segreto), .label = "Segreto", .input = INPUT_SECRET, .min = 4},
    {.at = FIELD(nota, scelta), .label = "Scelta", .input = INPUT_CHOICE, .choices = choices},
    {.at = FIELD(nota, ente), .label = "Ente", .input = INPUT_CHOICE},
    {.at = FIELD(nota, codfis), .label = "Codice fiscale", .input = INPUT_CODFIS},
    {.at = FIELD(nota, spunta), .label = "Spunta", .input = INPUT_CHECK},
    {.at = FIELD(nota, giorno), .label = "Giorno", .input = INPUT_DAY},
    {.at = FIELD(nota, importo), .label = "Importo", .input = INPUT_MONEY, .max = 100000},
    {.at = FIELD(nota, numero), .label = "Numero", .input = INPUT_INT, .min = 1, .max = 10},
    {.at = FIELD(nota, durata), .label = "Durata", .input = INPUT_MINUTES},
    {.at = FIELD(nota, quota), .label = "Quota", .input = INPUT_RATE},
    {.at = FIELD(nota, persona), .label = "Persona", .input = INPUT_ID},
    WEB_FIELD_END,
};
static const struct web_form nota_form = {"nota", nota_fields, sizeof(struct nota), 0};

struct cerca {
    const char *q;
    struct day dal;
};
static const struct web_field cerca_fields[] = {
    {.at = FIELD(cerca, q), .label = "Cerca", .input = INPUT_TEXT},
    {.at = FIELD(cerca, dal), .label = "Dal", .input = INPUT_DAY},
    WEB_FIELD_END,
};
static const struct web_form cerca_form = {"cerca", cerca_fields, sizeof(struct cerca), 0};

struct carico {
    struct bytes allegato;
    const char *titolo;
};
static const struct web_field carico_fields[] = {
    {.at = FIELD(carico, titolo), .label = "Titolo", .input = INPUT_TEXT},
    {.at = FIELD(carico, allegato),
     .label = "Allegato",
     .input = INPUT_FILE,
     .required = true,
     .max = 100 * 1024},
    WEB_FIELD_END,
};
static const struct web_form carico_form = {"carico", carico_fields, sizeof(struct carico),
                                            200 * 1024};

/* ---- pages ---------------------------------------------------------------------------------- */

static bool home_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx;
    const struct cerca *cerca = web_form(req);
    struct tv *page = web_page(res, "prova/home", "Prova");
    tv_text(page, "testo", cerca == NULL ? NULL : cerca->q);
    return true;
}

static bool nota_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const struct web_choice enti[] = {{"clusone", "Clusone"}, {NULL, NULL}};
    (void)cx;
    struct tv *page = web_page(res, "prova/nota", "Nuova nota");
    web_choices(req, "ente", enti);
    web_crumb(res, "/", "Prova");
    web_form_show(req, page, "form", &nota_form, NULL);
    return true;
}

static bool nota_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nota *nota = web_form(req);
    if (strcmp(nota->testo, "rifiuta") == 0) {
        web_fault(req, "testo", "Questo no.");
        return false;
    }
    if (strcmp(nota->testo, "guasto") == 0)
        return FAIL(cx, ERR_IO, "the disk is gone");
    if (strcmp(nota->testo, "pieno") == 0)
        return FAIL(cx, ERR_FULL, "no space");
    if (strcmp(nota->testo, "memoria") == 0)
        arena_alloc(cx->arena, (size_t)1 << 30);
    if (!db_do(cx, &add_sql, DB_ARGS(cx_id(cx), nota->testo), NULL))
        return false;
    if (strcmp(nota->testo, "conta e rifiuta") == 0)
        web_fault(req, "testo", "Contato, ma no.");
    else
        web_redirect(res, "/nota/nuova");
    web_notice(req, "Nota salvata.");
    web_audit_object(req, "nota", (struct id){7});
    web_audit_detail(req, "nota %s", nota->testo);
    return true;
}

atomic_int *room_slow(void)
{
    static atomic_int begun;
    return &begun;
}

static bool slow_before(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nota *nota = web_form(req);
    (void)res;
    atomic_fetch_add(room_slow(), 1);
    usleep(20000);
    if (strcmp(nota->testo, "piano") == 0) {
        web_fault(req, "testo", "Troppo piano.");
        return false;
    }
    web_carry(req, arena_printf(cx->arena, "%s, con calma", nota->testo));
    return true;
}

static bool slow_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const char *text = web_carried(req);
    web_redirect(res, "/");
    return db_do(cx, &add_sql, DB_ARGS(cx_id(cx), text), NULL);
}

static bool carico_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx;
    struct tv *page = web_page(res, "prova/nota", "Allegato");
    web_form_show(req, page, "form", &carico_form, NULL);
    return true;
}

static bool carico_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct carico *carico = web_form(req);
    const struct web_file *file = web_file(req, "allegato");
    char *text =
        arena_printf(cx->arena, "%s|%s|%zu", file->name, file->type, carico->allegato.size);
    web_json(res, text);
    return true;
}

static bool facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    (void)cx;
    *facts = (struct web_facts){
        .found = id.n < 100,
        .relation = id.n == 1 ? RELAZIONE_RESPONSABILE : RELAZIONE_NESSUNA,
        .sensitivity = RISERVO_PARTICOLARE,
    };
    return true;
}
static const struct web_object caso = {"caso", facts};

static bool caso_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    char text[ID_TEXT];
    (void)cx;
    struct tv *page = web_page(res, "prova/home", "Caso");
    tv_printf(page, "testo", "caso %s", id_text(web_id(req), text));
    return true;
}

static bool file_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const char *name = web_segment(req, "nome");
    (void)cx;
    if (name == NULL)
        return FAIL(cx, ERR_NOT_FOUND, "no such name");
    web_bytes(res, "text/plain; charset=utf-8",
              (struct bytes){(const unsigned char *)name, strlen(name)}, name);
    return true;
}

static bool broken_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)req;
    web_page(res, "prova/home", "Manca una variabile");
    (void)cx;
    return true;
}

static bool memory_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)req, (void)res;
    for (int i = 0; i < 1000; i++)
        arena_alloc(cx->arena, (size_t)1 << 20);
    return true;
}

#define COMMON .purpose = FINE_CURA, .action = AZIONE_LEGGI
static const struct web_route routes[] = {
    {WEB_GET, "/", home_page, "tutti", COMMON, .form = &cerca_form},
    {WEB_GET, "/nota/nuova", nota_page, "prova.scrivi", COMMON},
    {WEB_POST, "/nota/nuova", nota_save, "prova.scrivi", COMMON, .audit = AUDIT_WRITE,
     .form = &nota_form, .again = "/nota/nuova", .flags = WEB_DRAFT},
    {WEB_POST, "/nota/lenta", slow_save, "prova.scrivi", COMMON, .form = &nota_form,
     .again = "/nota/nuova", .before = slow_before, .flags = WEB_SLOW},
    {WEB_GET, "/carico", carico_page, "prova.scrivi", COMMON},
    {WEB_POST, "/carico", carico_save, "prova.scrivi", COMMON, .form = &carico_form,
     .again = "/carico", .flags = WEB_UPLOAD},
    {WEB_GET, "/caso/{id}", caso_page, "prova.leggi", COMMON, .audit = AUDIT_READ, .object = &caso},
    {WEB_GET, "/file/{nome}", file_page, "prova.leggi", COMMON},
    {WEB_GET, "/vietato", home_page, "vietato", COMMON},
    {WEB_GET, "/rotta", broken_page, "tutti", COMMON},
    {WEB_GET, "/memoria", memory_page, "tutti", COMMON},
    {WEB_GET, "/aperta", nota_page, "pubblico", COMMON, .flags = WEB_PUBLIC},
    {WEB_POST, "/aperta", nota_save, "pubblico", COMMON, .form = &nota_form, .again = "/aperta",
     .flags = WEB_PUBLIC},
    {WEB_GET, "/recente", home_page, "tutti", COMMON, .flags = WEB_RECENT},
    {WEB_GET, WEB_PASSWORD, home_page, "tutti", COMMON},
    {.path = NULL},
};
const struct web_route *const room_tables[] = {routes, NULL};

const struct tmpl_file room_templates[] = {
    {"prova/home", "<p>[{{testo}}]</p>"},
    {"prova/nota", "<form method=\"post\"><input type=\"hidden\" name=\"csrf\" "
                   "value=\"{{csrf}}\">{{#form}}{{>kit/form}}{{/form}}</form>"},
    {NULL, NULL},
};

void room_open(struct test_web *test)
{
    test_web_open(test, &(struct test_web_parts){.schemas = room_schemas,
                                                 .routes = room_tables,
                                                 .extra = room_templates});
}

int room_count(struct test_web *test)
{
    int64_t count = -1;
    test_read(&test->db);
    TEST_OK(&test->db.cx, db_int(&test->db.cx, &count_sql, DB_NO_ARGS, &count));
    test_read_end(&test->db);
    return (int)count;
}
