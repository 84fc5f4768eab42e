"""The signed-in list of records beside a bare C program and Django, and what a hundred times more
records cost."""
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import time

USER = "coordinatore"
PATH = "/cartelle"
ROUNDS = 3
HERE = pathlib.Path(__file__).parent.parent


def split_page(page, folder):
    """What stands around the rows, for the yardsticks."""
    start, end = page.index("<tbody>\n") + len("<tbody>\n"), page.index("</tbody>")
    (folder / "before.html").write_text(page[:start])
    (folder / "after.html").write_text(page[end:])
    row = ('<tr><th scope="row"><a href="/persone/{{ r.link }}/cartella">{{ r.persona.cognome }} '
           '{{ r.persona.nome }}</a></th><td class="z-number" data-label="Numero">{{ r.numero }}</td>'
           '<td data-label="Stato">{{ r.stato_titolo }}</td>'
           '<td data-label="Tipo di utente">{{ r.tipo_titolo }}</td>'
           '<td data-label="Ente">{{ r.ente.nome }}</td>'
           '<td data-label="Responsabile">{{ r.responsabile.intestazione }}</td>'
           '<td data-label="Aperta il">{{ r.aperta|date:"d/m/Y" }}</td></tr>\n')
    verbatim = "{{% verbatim %}}{}{{% endverbatim %}}".format
    (folder / "elenco.html").write_text(
        verbatim(page[:start]) + "{% for r in righe %}" + row + "{% endfor %}" + verbatim(page[end:]))


def rows_of(page):
    return page[page.index("<tbody>\n") + len("<tbody>\n"):page.index("</tbody>")]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Django:
    """gunicorn with two workers on a copy of the same file."""

    def __init__(self, bench, folder, ambito, ente, pages):
        self.bench, self.port = bench, free_port()
        copy = bench.data / "django.db"
        shutil.copy(folder / "zonale.db", copy)
        self.env = dict(os.environ, BENCH_DB=str(copy), BENCH_PAGE=str(pages), BENCH_AMBITO=ambito,
                        BENCH_ENTE=ente, PYTHONDONTWRITEBYTECODE="1")
        self.home = HERE / "django"
        key = subprocess.run(["/usr/bin/python3", "site_.py", "prepare"], cwd=self.home,
                             env=self.env, check=True, capture_output=True, text=True).stdout.strip()
        self.cookie = "sessionid=" + key

    def __enter__(self):
        from run import Server
        process = subprocess.Popen(
            ["gunicorn", "-w", "2", "-b", f"127.0.0.1:{self.port}", "--log-level", "error",
             "site_:application"], cwd=self.home, env=self.env)
        self.server = Server(process, self.port)
        for _ in range(100):
            time.sleep(0.1)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
        return self.server

    def page(self):
        from run import Browser
        browser = Browser(self.port)
        browser.cookies["sessionid"] = self.cookie.split("=")[1]
        return browser.get(PATH)

    def __exit__(self, *_):
        self.server.process.terminate()
        self.server.process.wait(timeout=30)


def same_rows(page, other, what):
    clean = [re.sub(r"\s+", " ", rows_of(text)) for text in (page, other)]
    if clean[0] != clean[1]:
        raise SystemExit(f"bench: {what} draws other rows:\n{clean[0][:600]}\n{clean[1][:600]}")


def beside(bench):
    folder, password = bench.ambito("lista", 100000)
    ambito, ente, _ = bench.records(folder, 100000, USER)
    pages = bench.data / "pages"
    pages.mkdir(exist_ok=True)
    rates = {"zonale": [], "bare": [], "django": []}
    p99 = []
    with bench.serving(folder) as zonale:
        browser = bench.login(zonale, USER, password)
        cookie = f"zonale={browser.cookies['zonale']}"
        page = browser.get(PATH)
        split_page(page, pages)
        bare = [bench.bare, folder / "zonale.db", ambito, ente, pages / "before.html",
                pages / "after.html", "2"]
        with bench.running(bare, r"(\d+)") as yardstick:
            from run import Browser
            same_rows(page, Browser(yardstick.port).get(PATH), "the bare program")
            for _ in range(ROUNDS):
                for name, server, crumb in (("zonale", zonale, cookie), ("bare", yardstick, "")):
                    seen = bench.load(server, PATH, crumb)
                    rates[name].append(seen["rate"])
                    bench.say(f"       {name:<7} {seen['rate']:9.0f} requests/s  "
                              f"p99 {seen['p99']:7.1f} ms  {seen['cpu']:6.0f} us of processor a page")
                    if name == "zonale":
                        p99.append(seen["p99"])
                    else:
                        floor = seen["p99"]
    site = Django(bench, folder, ambito, ente, pages)
    with site as django:
        same_rows(page, site.page(), "Django")
        seen = bench.load(django, PATH, site.cookie)
        rates["django"].append(seen["rate"])
        bench.say(f"       django  {seen['rate']:9.0f} requests/s  p99 {seen['p99']:7.1f} ms  "
                  f"{seen['cpu']:6.0f} us of processor a page")
    middle = {name: statistics.median(values) for name, values in rates.items()}
    bench.figure("list of records / bare libmicrohttpd and SQLite", middle["zonale"] / middle["bare"],
                 "x", at_least=0.5)
    bench.figure("list of records / Django, 2 workers", middle["zonale"] / middle["django"], "x",
                 at_least=20)
    bench.figure(f"list at 64 connections, p99 (bare: {floor:.1f} ms)", min(p99), "ms", at_most=10)


def sizes(bench):
    cost = {}
    for count, name in ((10000, "diecimila"), (1000000, "milione")):
        folder, password = bench.ambito(name, 10000)
        bench.records(folder, count, USER)
        with bench.serving(folder) as zonale:
            cookie = f"zonale={bench.login(zonale, USER, password).cookies['zonale']}"
            bench.load(zonale, PATH, cookie, connections=16, seconds=2)
            cost[count] = min(bench.load(zonale, PATH, cookie, connections=16, seconds=4)["cpu"]
                              for _ in range(2))
        bench.say(f"       {count:>8} records: {cost[count]:.0f} us of processor a page")
    bench.figure("a page of 1 000 000 records / one of 10 000", cost[1000000] / cost[10000], "x",
                 at_most=1.3)


def run(bench):
    beside(bench)
    sizes(bench)
