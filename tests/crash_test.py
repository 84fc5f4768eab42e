#!/usr/bin/env python3
"""kill -9 while people save: what was acknowledged is there and the register verifies. Full disk:
pages are read, writes are refused and said so, nothing is lost."""
import random
import threading
import time

from zonale import *

ROUNDS = int(os.environ.get("ZONALE_CRASH_ROUNDS", "4"))
WRITERS = 4


class Saver(threading.Thread):
    """Registers bodies one after the other until the server is gone."""

    def __init__(self, port, cookies, name, acknowledged):
        super().__init__()
        self.browser = Browser(port)
        self.browser.cookies = dict(cookies)
        self.code = name
        self.acknowledged = acknowledged
        self.other = []

    def run(self):
        number = 0
        while True:
            number += 1
            code = f"{self.code}-{number}"
            try:
                answer = self.browser.submit("/enti/nuovo", "codice", nome=f"Ente {code}", tipo="erogatore",
                                             codice=code, attivo="on")
            except (OSError, http.client.HTTPException):
                return
            if answer.status == 303 and answer.location.startswith("/enti/"):
                self.acknowledged.append(code)
            else:
                self.other.append((answer.status, answer.text[:500]))
                return


def test_killed_while_saving():
    with Place() as place:
        password = demo(place, "--persone", "0")
        with Server(place) as server:
            cookies = Browser(server.port).enter("amministratore", password).cookies
            server.stop()
        acknowledged = []
        for round in range(ROUNDS):
            before = len(acknowledged)
            server = Server(place)
            savers = [Saver(server.port, cookies, f"R{round}W{n}", acknowledged) for n in range(WRITERS)]
            for saver in savers:
                saver.start()
            try:
                wait_until(lambda: len(acknowledged) >= before + 3 or any(s.other for s in savers), "saves")
                time.sleep(random.uniform(0, 0.5))
            finally:
                server.kill()
                for saver in savers:
                    saver.join()
            equal([s.other for s in savers if s.other], [], "answers that were no acknowledgement")
            codes = {row["codice"] for row in place.json("enti", "elenco")}
            equal([code for code in acknowledged if code not in codes], [], "acknowledged and lost")
            rows = place.json("doctor")
            equal([row for row in rows if row["esito"] != "bene"], [], f"doctor after kill {round}")
        print(f"# {len(acknowledged)} acknowledged saves, {ROUNDS} kills")


def test_disk_full():
    if ENGINE != "sqlite":
        raise Skip("the disk is PostgreSQL's")
    small = tempfile.mkdtemp(prefix="zonale-small-")
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", small],
                                           stderr=subprocess.DEVNULL).returncode != 0:
        os.rmdir(small)
        raise Skip("no small disk to be had here")
    try:
        with Place(parent=small) as place:
            full_disk(place, pathlib.Path(small))
    finally:
        subprocess.run(["umount", small], check=True)
        os.rmdir(small)


def fill(small):
    with open(small / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            pass


def full_disk(place, small):
    password = demo(place, "--persone", "0")
    with Server(place) as server:
        browser = Browser(server.port).enter("amministratore", password)
        new = lambda code: browser.submit("/enti/nuovo", "codice", nome=f"Ente {code}", tipo="erogatore",
                                          codice=code, attivo="on")
        equal(new("PRIMA").status, 303)
        fill(small)
        refused = None
        for number in range(200):
            answer = new(f"PIENO-{number}")
            if answer.status != 303:
                refused = answer
                break
        assert refused is not None, "the disk never filled"
        equal(refused.status, 507, "the refusal: " + refused.text[:500])
        assert "spazio" in refused.text, refused.text[:2000]
        equal(browser.get("/enti").status, 200, "reading goes on")
        equal(browser.get("/enti?cerca=Ente").status, 200)
        (small / "filler").unlink()
        equal(new("DOPO").status, 303, "writing goes on when there is room again")
        kept = number
        equal(server.stop(), 0)
    codes = {row["codice"] for row in place.json("enti", "elenco")}
    want = {"PRIMA", "DOPO"} | {f"PIENO-{n}" for n in range(kept)}
    equal(want - codes, set(), "acknowledged and lost")
    assert f"PIENO-{kept}" not in codes, "refused and yet kept"
    rows = json.loads(place.run("doctor", "--json").stdout)  # exit 1: the disk is small
    equal([row for row in rows if row["esito"] != "bene" and row["esame"] != "spazio libero"], [], "doctor")


if __name__ == "__main__":
    main()
