"""A backup while people save: nothing that was acknowledged is missing, in the data or in the copy,
and both are sound."""
import http.client
import json
import sqlite3
import subprocess
import threading
import time

PEOPLE, SAVERS, AT_LEAST = 20000, 4, 40


class Saver(threading.Thread):
    """Registers bodies one after the other; `saved` holds the codes of those acknowledged."""

    def __init__(self, browser, name, saved):
        super().__init__()
        self.browser, self.name_, self.saved = browser, name, saved
        self.go, self.fault = True, None

    def run(self):
        number = 0
        while self.go and self.fault is None:
            number += 1
            code = f"{self.name_}-{number}"
            try:
                status = self.browser.send("/enti/nuovo", codice=code, nome=f"Ente {code}",
                                           tipo="erogatore", attivo="on")
            except (OSError, http.client.HTTPException) as fault:
                status = fault
            if status == 303:
                self.saved.append(code)
            else:
                self.fault = status


def asked(bench, folder, *words):
    """What a command says as JSON; doctor exits with 1 when it finds a fault."""
    out = subprocess.run([bench.zonale, *words, "--json", "--quiet", "--dati", folder], capture_output=True,
                         text=True).stdout
    return json.loads(out)


def missing(folder, codes):
    """How many of them are not in the data; read as they lie in the file."""
    db = sqlite3.connect(f"file:{folder / 'zonale.db'}?mode=ro", uri=True)
    there = {code for code, in db.execute("SELECT codice FROM ente")}
    db.close()
    return sum(code not in there for code in codes)


def faults(bench, folder):
    seen = [row for row in asked(bench, folder, "doctor")
            if row["esame"] in ("integrità", "registro", "schema")]
    for row in seen:
        bench.say(f"       {row['esame']}: {row['esito']}")
    return sum(row["esito"] != "bene" for row in seen) + 3 - len(seen)


def copy_while_saving(bench, folder, password, copy):
    """The codes acknowledged before the copy, and all of them."""
    from run import Browser
    saved = []
    with bench.serving(folder) as zonale:
        first = bench.login(zonale, "amministratore", password)
        savers = []
        for n in range(SAVERS):
            browser = Browser(zonale.port)
            browser.cookies = dict(first.cookies)
            savers.append(Saver(browser, f"C{n}", saved))
            savers[n].start()
        while len(saved) < AT_LEAST and not any(saver.fault for saver in savers):
            time.sleep(0.01)
        before, start = list(saved), time.monotonic()
        subprocess.run([bench.zonale, "backup", copy, "--dati", folder, "--quiet"], check=True)
        took, during = time.monotonic() - start, len(saved) - len(before)
        while len(saved) < len(before) + during + AT_LEAST and not any(s.fault for s in savers):
            time.sleep(0.01)
        for saver in savers:
            saver.go = False
        for saver in savers:
            saver.join()
    if any(saver.fault for saver in savers):
        raise SystemExit(f"bench: a save was refused: {[saver.fault for saver in savers]}")
    bench.say(f"       {len(saved)} saves, {during} while a copy of {copy.stat().st_size / 2**20:.0f} MB"
              f" was taken in {took:.1f} s")
    return before, saved


def run(bench):
    subprocess.run(["rm", "-rf", bench.data / "copia", bench.data / "copia.db"], check=True)
    folder, password = bench.ambito("copia", PEOPLE)
    copy = bench.data / "copia.db"
    before, saved = copy_while_saving(bench, folder, password, copy)
    bench.figure("saves missing after a backup under load", missing(folder, saved), "", at_most=0)
    bench.figure("faults of the data after it", faults(bench, folder), "", at_most=0)
    subprocess.run([bench.zonale, "restore", copy, "--dati", folder, "--quiet"], check=True)
    bench.figure("saves before the backup missing in it", missing(folder, before), "", at_most=0)
    bench.figure("faults of the copy put in their place", faults(bench, folder), "", at_most=0)
