#!/usr/bin/env python3
"""Every route requested by every kind of user: the statuses are those of a golden file, what is
refused looks exactly like what does not exist, and no name leaks where names are not to be seen."""
from zonale import *

USERS = ["-", "assistente", "assistente2", "coordinatore", "sportello", "erogatore", "ufficiopiano",
         "ragioneria", "sindaco", "revisore", "amministratore"]
NAMELESS = ["erogatore", "ufficiopiano", "ragioneria", "sindaco", "revisore", "amministratore"]
ENDS = {"/esci", "/profilo/sessioni/chiudi"}
NOWHERE = id_text(4321)


class World:
    """One demonstration, its server, everybody logged in, and one object of each kind."""

    def __init__(self):
        self.place = Place()
        password = demo(self.place, "--persone", "300", "--seme", "11", "--data", "2026-11-20")
        self.server = Server(self.place)
        self.browsers = {"-": Browser(self.server.port)}
        for user in USERS[1:]:
            self.browsers[user] = Browser(self.server.port).enter(user, password)
        self.routes = self.place.json("routes")
        self.objects()

    def one(self, query):
        return self.place.sql(query)[0]

    def objects(self):
        row = self.one("SELECT p.id || '|' || p.cartella || '|' || c.persona FROM presa_in_carico p"
                       " JOIN cartella c ON c.id = p.cartella JOIN utente u ON u.id = p.responsabile"
                       " JOIN persona x ON x.id = c.persona"
                       " WHERE u.nome = 'assistente' AND c.riserbo = 3 AND p.stato = 'con_progetto'"
                       " AND x.riservata = 0 AND x.comune = (SELECT id FROM ente WHERE codice = '016077')"
                       " AND NOT EXISTS (SELECT 1 FROM prestazione s WHERE s.persona = c.persona)"
                       " ORDER BY p.id LIMIT 1")
        presa, cartella, persona = (int(part) for part in row.split("|"))
        self.name = self.one(f"SELECT cognome || ' ' || nome FROM persona WHERE id = {persona}")
        self.kinds = {
            "cartelle": cartella,
            "persone": persona,
            "enti": int(self.one("SELECT id FROM ente WHERE codice = '016077'")),
            "riparti": int(self.one("SELECT id FROM prospetto WHERE stato = 'approvato'")),
            "riparti/rate": int(self.one("SELECT min(id) FROM rata")),
            "riparti/movimenti": int(self.one("SELECT min(id) FROM rata_movimento")),
            "rette": int(self.one("SELECT min(id) FROM piano")),
            "bilancio": int(self.one("SELECT min(id) FROM voce")),
            "contatti": int(self.one("SELECT min(id) FROM contatto")),
        }
        self.segments = {"presa": id_text(presa), "stato": "sospesa",
                         "voce": id_text(self.one(f"SELECT min(voce) FROM diario WHERE cartella = {cartella}"))}

    def path(self, route, there=True):
        first, *rest = route.strip("/").split("/")
        kind = f"{first}/{rest[0]}" if rest and f"{first}/{rest[0]}" in self.kinds else first
        own = id_text(self.kinds[kind]) if there and kind in self.kinds else NOWHERE
        path = route.replace("{id}", own)
        for name, text in self.segments.items():
            path = path.replace("{" + name + "}", text)
        return re.sub(r"\{\w+\}", NOWHERE, path)

    def ask(self, user, method, path):
        browser = self.browsers[user]
        if method == "GET":
            return browser.get(path)
        page = browser.get("/entra" if user == "-" else "/profilo")
        return browser.post(path, {"csrf": page.form("csrf")["csrf"]})


world = None


def the_world():
    global world
    world = world or World()
    return world


def plain(answer):
    """An answer without what changes at each request."""
    return re.sub(r'richiesta <span class="z-code">[^<]*|value="[^"]*"|data-csrf="[^"]*"', "", answer.text)


def statuses(method):
    w = the_world()
    rows = []
    for route in w.routes:
        if route["metodo"] != method or route["indirizzo"] in ENDS:
            continue
        path = w.path(route["indirizzo"])
        cells = [w.ask(user, method, path).status for user in USERS]
        rows.append(f"{method:4} {route['indirizzo']:46} " + " ".join(str(c) for c in cells))
    return rows


def test_every_page_for_every_kind_of_user():
    head = [f"{'':4} {'- = nobody; then in this order:':46} " + " ".join(USERS)]
    golden("conformance_get.txt", "\n".join(head + statuses("GET")) + "\n")


def test_no_page_fails():
    w = the_world()
    for route in w.routes:
        if route["metodo"] == "GET":
            for user in USERS:
                answer = w.ask(user, "GET", w.path(route["indirizzo"]))
                assert answer.status < 500, (user, route["indirizzo"], answer.status, answer.text[:2000])


def test_refused_looks_like_not_there():
    w = the_world()
    different = []
    for route in w.routes:
        if route["metodo"] != "GET" or "{id}" not in route["indirizzo"]:
            continue
        for user in USERS[1:]:
            answer = w.ask(user, "GET", w.path(route["indirizzo"]))
            if answer.status == 404:
                missing = w.ask(user, "GET", w.path(route["indirizzo"], there=False))
                if (missing.status, plain(missing)) != (404, plain(answer)):
                    different.append((user, route["indirizzo"]))
    equal(different, [], "a refusal tells that the thing is there")


def test_no_name_where_names_are_not_to_be_seen():
    w = the_world()
    leaks = []
    for route in w.routes:
        if route["metodo"] == "GET":
            for user in NAMELESS:
                if w.name in w.ask(user, "GET", w.path(route["indirizzo"])).text:
                    leaks.append((user, route["indirizzo"]))
    equal(leaks, [], w.name)
    assert w.name in w.ask("assistente", "GET", w.path("/persone/{id}")).text, "and who may sees it"


def test_strange_addresses():
    w = the_world()
    for path in ("/persone/zzz", "/persone/" + "0" * 13, "/persone/" + "z" * 13, "/persone/" + "1" * 500,
                 "/cartelle/-1", "/enti/%20", "/persone/?x=1", "/enti?tipo=boh", "/enti?nessuno=1",
                 "/enti?tipo=comune&tipo=unione", "/enti?dopo=guasto"):
        for user in ("-", "assistente"):
            status = w.ask(user, "GET", path).status
            assert status < 500, (path, user, status)


def test_every_post_without_its_form():
    golden("conformance_post.txt", "\n".join(statuses("POST")) + "\n")


def test_no_post_without_its_token():
    w = the_world()
    for route in w.routes:
        if route["metodo"] == "POST":
            for user in ("-", "assistente", "amministratore"):
                status = w.browsers[user].post(w.path(route["indirizzo"]), {"x": "1"}).status
                assert status in (303, 400, 403, 404), (route["indirizzo"], user, status)
    equal(w.ask("assistente", "GET", "/profilo").status, 200, "still logged in: POST /esci had no token")


def test_the_end():
    w = the_world()
    code = w.server.stop()
    rows = w.place.json("doctor")
    w.place.remove()
    equal(code, 0, "exit")
    equal([row["esame"] for row in rows if row["esito"] != "bene"], [], "doctor after all this")


if __name__ == "__main__":
    main()
