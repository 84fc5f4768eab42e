/* The paper of a version, as a file. */
#include "kit/web/paper.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"
#include "mod/progetti/view.h"

bool progetto_pdf_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct progetto p;
    struct progetto_versione v;
    struct list firme, checks;
    struct persona persona;
    struct ente ente;
    struct progetto_carta carta = {
        .progetto = &p, .versione = &v, .firme = &firme, .verifiche = &checks, .ora = cx->now};
    if (!version_of_path(cx, req, &p, &v) || !firma_list(cx, &p, v.numero, &firme) ||
        !verifica_list(cx, &p, &checks) || !firma_case(cx, &p, &carta.caso) ||
        !persona_load(cx, p.persona, &persona) || !persona_label(cx, p.persona, &carta.persona) ||
        !ente_load(cx, p.ente, &ente))
        return false;
    carta.ente = ente.nome;
    carta.nascita = persona.nascita;
    web_audit_detail(req, "stampa della versione %lld", (long long)v.numero);
    return web_paper(cx, res, progetto_paper(cx->arena, &carta), DOC_PDF, "progetto");
}
