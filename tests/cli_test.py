#!/usr/bin/env python3
"""The command line on data of its own, and inside a running server."""
import contextlib
import json
import os
import pathlib
import signal
import socket
import sqlite3
import struct
import subprocess
import threading
import time

from zonale import *


def test_help_manual_and_version():
    with Place() as place:
        assert "zonale serve" in place.run("help", check=0).stdout
        assert "0." in place.run("version", check=0).stdout
        names = [c["comando"] for c in json.loads(place.run("help", "--json", check=0).stdout)["comandi"]]
        for name in names:
            assert "Uso:" in place.run(*name.split(), "--help", check=0).stdout, name
        lint = subprocess.run(["mandoc", "-Tlint", "-Wall"], input=place.run("help", "--man").stdout,
                              text=True, capture_output=True)
        equal(lint.stdout + lint.stderr, "", "mandoc")


def test_init_makes_data_once():
    with Place() as place:
        made = place.json("init", "--ambito", "Ambito di prova", "--codice", "PROVA")
        equal(made["utente"], "amministratore")
        assert len(made["password"]) >= 12
        equal(oct(place.data.stat().st_mode & 0o777), "0o700", "mode of the folder")
        assert not list(place.data.glob("*chiave*")), "the key lies among the data"
        again = place.run("init")
        equal(again.returncode, 1, "a second init")
        assert "c’è già" in again.stderr or "ha già" in again.stderr, again.stderr
        equal([e["nome"] for e in place.json("enti", "elenco")], ["Ambito di prova"])


def test_no_data_is_said():
    with Place() as place:
        done = place.run("enti", "elenco")
        if ENGINE == "sqlite":
            equal(done.returncode, 4)
            assert "zonale init" in done.stderr
        done = place.run("serve")
        assert done.returncode in (1, 4), done.returncode


def test_the_same_seed_makes_the_same_people():
    if ENGINE != "sqlite":
        raise Skip("the same on both engines")
    seen = []
    for seed in ("7", "7", "8"):
        with Place() as place:
            demo(place, "--persone", "60", "--seme", seed, "--data", "2026-03-02")
            with contextlib.closing(sqlite3.connect(place.data / "zonale.db")) as data:
                dump = data.execute("SELECT id, cognome, nome, nascita, indirizzo FROM persona"
                                    " ORDER BY id").fetchall()
            assert len(dump) >= 60, len(dump)
            seen.append(dump)
    equal(seen[0], seen[1], "the same seed")
    assert seen[0] != seen[2], "another seed"


def test_demo_is_sound():
    with Place() as place:
        demo(place, "--persone", "150")
        rows = place.json("doctor")
        equal([row["esame"] for row in rows if row["esito"] != "bene"], [], "doctor")
        fee = place.run("rette", "calcola", "--servizio", "SAD", "--variante", "festivo", "--isee",
                        "6000", "--data", "2025-03-10", check=0).stdout
        assert "2,73" in fee and "5 %" in fee, fee
        again = place.run("demo")
        assert again.returncode == 1, again.returncode


def test_another_key_is_refused():
    with Place() as place, Place() as other:
        demo(place, "--persone", "150")
        other.run("init", check=0)
        keys = [next((p.root / "config").rglob("*chiave*")) for p in (place, other)]
        wrong = place.run("doctor", "--chiave", str(keys[1]))
        equal(wrong.returncode, 2, "doctor with the key of others")
        assert "non è la chiave di questi dati" in wrong.stderr, wrong.stderr
        place.run("doctor", "--chiave", str(keys[0]), check=0)


def test_new_data_under_an_old_key_are_sound():
    with Place() as place:
        place.run("init", check=0)
        server = Server(place)
        Browser(server.port).login("amministratore", "una password sbagliata")
        server.stop()  # signs the register that it leaves
        assert list((place.root / "config").rglob("*.registro")), "no checkpoint was signed"
        place.empty()
        place.run("init", check=0)
        place.run("audit", "verify", check=0)


def table(folder, text):
    (folder / "tabella.tsv").write_text(text)


HEAD = "codice\tnome\tunita\tarea\tvoce\n"


def test_commands_run_inside_the_server():
    with Place() as place:
        demo(place, "--persone", "0")
        with Server(place) as server:
            table(place.root, HEAD + "TRASP\tTrasporto sociale\tgiorno\t\t\n")
            place.run("servizi", "importa", "tabella.tsv", check=0)
            assert "TRASP" in [s["codice"] for s in place.json("servizi", "elenco")]
            place.run("servizi", "importa", "-", input=HEAD + "PASTI\tPasti a domicilio\tpasto\t\t\n", check=0)
            assert "PASTI" in [s["codice"] for s in place.json("servizi", "elenco")]
            table(place.root, HEAD + "BUONO\tBuono\tora\t\t\nGUASTO\tGuasto\tsettimana\t\t\n")
            done = place.run("servizi", "importa", "tabella.tsv")
            equal(done.returncode, 2, "a bad row")
            assert "riga 3, unita" in done.stderr, done.stderr
            equal(done.stdout, "", "nothing is said of what was not kept")
            assert "BUONO" not in [s["codice"] for s in place.json("servizi", "elenco")]
            equal(place.run("servizi", "importa", "manca.tsv").returncode, 2)
            equal(place.run("servizi", "importa").returncode, 2)
            equal(server.stop(), 0, "exit of the server")
        assert "PASTI" in [s["codice"] for s in place.json("servizi", "elenco")]


def test_every_command_that_writes_is_in_the_register():
    """Also those that leave no row themselves: the program leaves one for them."""
    source = pathlib.Path(__file__).resolve().parent.parent / "src" / "mod"
    with Place() as place:
        place.run("init", check=0)
        (place.root / "persone.csv").write_text("Cognome;Nome\nRossi;Maria\n")
        words = {
            "enti importa": (str(source / "enti/demo/comuni_2023.tsv"), "--anno", "2023"),
            "servizi importa": (str(source / "enti/demo/servizi.tsv"),),
            "rette importa": (str(source / "rette/demo/tariffe_2025.tsv"),),
            "bilancio importa": (str(source / "bilancio/demo/bilancio_2025.tsv"), "--anno", "2025"),
            "user add": ("anna.rossi", "--nome", "Anna Rossi", "--ruolo", "assistente"),
            "user role": ("anna.rossi", "--ruolo", "sportello"),
            "user disable": ("anna.rossi",),
            "user enable": ("anna.rossi",),
            "user password": ("anna.rossi",),
            "import persone": ("persone.csv",),
            "export persone": (),
        }
        help_of = json.loads(place.run("help", "--json", check=0).stdout)["comandi"]
        writing = [c["comando"] for c in help_of if c["scrive"]]
        equal(sorted(set(words) - set(writing)), [], "commands of this test that do not write")
        equal(place.sql("SELECT rotta FROM audit"), ["zonale init"])
        for name, given in words.items():
            before = len(place.sql("SELECT seq FROM audit"))
            done = place.run(*name.split(), *given)
            assert done.returncode == 0, (name, done.stderr)
            new = place.sql("SELECT rotta FROM audit ORDER BY seq")[before:]
            assert new and name in new[-1], (name, new)
        (place.root / "vuota.csv").write_text("Cognome;Nome\nBianchi;Luca\n")
        before = place.sql("SELECT count(*) FROM audit")
        place.run("import", "persone", "vuota.csv", "--prova", check=0)
        equal(place.sql("SELECT count(*) FROM audit"), before, "what is only tried is no access")
        place.run("audit", "verify", check=0)


def test_only_one_program_on_the_data():
    with Place() as place:
        demo(place, "--persone", "0")
        with Server(place):
            second = place.run("serve", "--porta", "0")
            equal(second.returncode, 75, "a second server")
            assert "un altro processo" in second.stderr
            if ENGINE == "sqlite":
                equal(place.run("restore", "qualsiasi.db").returncode, 75, "restore under a server")
        with Server(place):
            pass  # and again, after the first has gone


def test_a_killed_server_leaves_no_trap():
    with Place() as place:
        demo(place, "--persone", "0")
        Server(place).kill()
        assert place.json("servizi", "elenco"), "a command after a kill"
        with Server(place):
            assert place.json("servizi", "elenco")


def hostile(path, data, wait=True):
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(10)
        s.connect(path)
        try:
            s.sendall(data)
            if wait:
                s.shutdown(socket.SHUT_WR)
                while s.recv(4096):
                    pass
        except OSError:
            pass


def test_hostile_words_on_the_socket():
    with Place() as place:
        demo(place, "--persone", "0")
        with Server(place) as server:
            path = str(place.data / "zonale.sock")
            equal(oct(os.stat(path).st_mode & 0o777), "0o600", "mode of the socket")
            magic = 0x314E4F5A
            for data in (b"", b"x", b"GET / HTTP/1.1\r\n\r\n", struct.pack("<II", magic, 5) + b"ab\0c\0",
                         struct.pack("<II", magic, 0xFFFFFFFF), b"\0" * 100000):
                hostile(path, data)
            for size, words in ((9, b"0.1.0\0zz\0"), (3, b"abc"), (1 << 20, b"a\0" * 1000), (0, b"")):
                with socket.socket(socket.AF_UNIX) as s:
                    s.settimeout(20)
                    s.connect(path)
                    files = [os.open(os.devnull, os.O_RDWR) for _ in range(5)]
                    socket.send_fds(s, [struct.pack("<II", magic, size)], files)
                    try:
                        s.sendall(words)
                        s.shutdown(socket.SHUT_WR)
                        s.recv(8)
                    except OSError:
                        pass
                    for file in files:
                        os.close(file)
            assert place.json("servizi", "elenco"), "the server still answers"
            equal(server.stop(), 0)


def test_backup_and_restore():
    if ENGINE != "sqlite":
        raise Skip("PostgreSQL has its own tools")
    with Place() as place:
        demo(place, "--persone", "0")
        with Server(place):
            place.run("backup", "copia.db", check=0)
            equal(place.run("backup", "copia.db").returncode, 1, "a copy over a copy")
            equal(place.sql("SELECT dettaglio FROM audit WHERE rotta = 'backup'"), [str(place.root / "copia.db")])
            place.run("servizi", "importa", "-", input=HEAD + "DOPO\tDopo la copia\tora\t\t\n", check=0)
        assert "DOPO" in [s["codice"] for s in place.json("servizi", "elenco")]
        place.run("restore", "copia.db", check=0)
        assert "DOPO" not in [s["codice"] for s in place.json("servizi", "elenco")]
        equal(len(list(place.data.glob("zonale.db.prima-*"))), 1, "the old data")
        equal([row["esame"] for row in place.json("doctor") if row["esito"] != "bene"], [], "doctor")
        equal(len(place.sql("SELECT 1 FROM audit WHERE rotta = 'restore'")), 1, "the register tells of it")
        broken = bytearray((place.root / "copia.db").read_bytes())
        broken[len(broken) // 2:len(broken) // 2 + 4096] = os.urandom(4096)
        (place.root / "guasta.db").write_bytes(broken)
        (place.root / "testo.db").write_text("niente\n" * 1000)
        (place.root / "vuota.db").write_bytes(b"")
        for name in ("guasta.db", "testo.db", "vuota.db", "manca.db"):
            done = place.run("restore", name)
            assert done.returncode in (1, 2, 4), (name, done.returncode, done.stdout)
            assert place.json("servizi", "elenco"), "the data in place are still good"
        equal(list(place.data.glob("*.ripresa*")), [], "leftovers")


def test_copy_of_postgresql():
    """As the manual says: the wall between ambiti hides the rows from a dump that does not ask."""
    if ENGINE != "postgresql":
        raise Skip("SQLite has a command")

    def tool(*words, options=""):
        return subprocess.run(words, capture_output=True, text=True, env=dict(os.environ, PGOPTIONS=options))

    with Place() as place:
        demo(place, "--persone", "30")
        place.run("user", "add", "dopo.tutti", "--nome", "Dopo Tutti", "--ruolo", "revisore", check=0)
        done = place.run("backup", "copia.db")
        assert done.returncode != 0 and "manuale" in done.stderr, done.stderr
        equal(place.sql("SELECT count(*) FROM audit WHERE rotta = 'backup'"), ["0"], "no copy, no row")
        counts = "SELECT (SELECT count(*) FROM persona) || '/' || (SELECT count(*) FROM audit)"
        want = place.sql(counts)
        source, copy = place.options[-1], str(place.root / "zonale.dump")
        done = tool("pg_dump", "-Fc", "-f", copy, source, options="-c zonale.ambito=0")
        assert "row-level security" in done.stderr, "a dump that cannot see says so"
        dump = ["pg_dump", "--enable-row-security", "-Fc", "-f", copy, source]
        equal(tool(*dump, options="-c zonale.ambito=0").stderr, "")
        own, place.base = place.base, place.base + "_ripresa"
        place.options[-1] = f"{CLUSTER} dbname={place.base}"
        psql(f'CREATE DATABASE "{place.base}" TEMPLATE template0 ENCODING \'UTF8\'')
        try:
            done = tool("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "-d",
                        place.options[-1], copy)
            equal((done.returncode, done.stderr), (0, ""))
            equal(place.sql(counts), want)
            hidden = tool("psql", "-XAt", place.options[-1], "-c", "SELECT count(*) FROM persona")
            equal(hidden.stdout, "0\n", "the wall came back too")
            equal([row["esame"] for row in place.json("doctor") if row["esito"] != "bene"], [], "doctor")
            place.run("audit", "verify", check=0)
        finally:
            psql(f'DROP DATABASE "{place.base}" WITH (FORCE)')
            place.base, place.options[-1] = own, source


def test_superuser_is_refused():
    if ENGINE != "postgresql":
        raise Skip("PostgreSQL only")
    with Place() as place:
        place.options[-1] = place.options[-1].replace("user=comune", "user=zonale")
        done = place.run("init", "--ambito", "Ambito di prova", "--codice", "PROVA")
        assert done.returncode != 0 and "superuser" in done.stderr, done.stderr


def test_backup_while_others_write():
    if ENGINE != "sqlite":
        raise Skip("PostgreSQL has its own tools")
    with Place() as place:
        demo(place, "--persone", "300")
        acknowledged, stop = [], threading.Event()

        def write():
            number = 0
            while not stop.is_set():
                number += 1
                code = f"S{number:05d}"
                place.run("servizi", "importa", "-", input=HEAD + f"{code}\tServizio {number}\tora\t\t\n", check=0)
                acknowledged.append(code)

        with Server(place):
            writer = threading.Thread(target=write)
            writer.start()
            copies = []
            try:
                for round in range(4):
                    wait_until(lambda: len(acknowledged) > 3 * round + 2, "writes")
                    before = list(acknowledged)
                    place.run("backup", f"copia{round}.db", check=0)
                    copies.append((place.root / f"copia{round}.db", before))
            finally:
                stop.set()
                writer.join()
        for path, before in copies:
            place.run("restore", str(path), check=0)
            have = {s["codice"] for s in place.json("servizi", "elenco")}
            equal([code for code in before if code not in have], [], f"{path.name}: acknowledged before it")


if __name__ == "__main__":
    main()
