#!/usr/bin/env python3
"""Stored apportionments and the ledger of instalments from the command line."""
from zonale import *

FUND = SOURCE / "src/mod/riparto/demo/fondo_sociale_2025.tsv"


def fresh():
    place = Place()
    place.run("init", "--ambito", "Ambito di prova", "--codice", "PROVA", check=0)
    place.run("enti", "importa", str(SOURCE / "src/mod/enti/demo/comuni_2023.tsv"), "--anno", "2023", check=0)
    return place


def approved(place):
    draft = place.json("riparto", "salva", str(FUND), "--anno", "2025")[0]
    equal((draft["stato"], draft["totale"], draft["versione"]), ("bozza", "1430038.80", 1))
    equal(place.json("riparto", "rate"), [], "a draft has no instalments")
    done = place.json("riparto", "approva", draft["id"], "--atto", "Assemblea 3/2025", "--giorno", "2025-02-10")[0]
    equal((done["stato"], done["atto"]), ("approvato", "Assemblea 3/2025"))
    return draft["id"]


def enter(place, code, *words):
    return place.run("riparto", "registra", code, "--ente", "Ardesio", *words)


def test_what_is_wrong_is_not_saved():
    with fresh() as place:
        wrong = place.root / "rotto.tsv"
        wrong.write_text(FUND.read_text().replace("Ardesio\t", "Atlantide\t"))
        done = place.run("riparto", "salva", "rotto.tsv", "--anno", "2025")
        equal(done.returncode, 2)
        assert "rotto.tsv:10: comune: «Atlantide»" in done.stderr, done.stderr
        assert "non è stato scritto nulla" in done.stderr
        equal(place.run("riparto", "salva", str(FUND), "--anno", "12").returncode, 2, "a year")
        equal(place.json("riparto", "prospetti"), [])


def test_the_ledger_is_kept_by_commands():
    with fresh() as place:
        code = approved(place)
        equal(len(place.json("riparto", "rate")), 17 * 4)
        again = place.run("riparto", "approva", code, "--atto", "x")
        assert again.returncode != 0, "approved once"
        words = ["--importo", "50.000,00", "--giorno", "2025-03-10", "--riferimento", "reversale 12"]
        equal(enter(place, code, *words).returncode, 0)
        rows = place.json("riparto", "rate", "--ente", "Ardesio")
        equal([row["incassato"] for row in rows], ["33991.38", "16008.62", "0.00", "0.00"])
        twice = enter(place, code, *words)
        equal(twice.returncode, 2, "the same again")
        assert "registrazione uguale" in twice.stderr, twice.stderr
        over = enter(place, code, "--importo", "63.304,61", "--riferimento", "r", "--giorno", "2025-03-11")
        equal(over.returncode, 2)
        assert "Al massimo 63.304,60" in over.stderr, over.stderr
        equal(enter(place, code, "--importo", "1", "--riferimento", "r", "--parte", "boh").returncode, 2)
        entry = place.json("riparto", "incassi")[0]
        equal(place.run("riparto", "storna", entry["id"], "--motivo", "era di Gromo").returncode, 0)
        equal(place.run("riparto", "storna", entry["id"], "--motivo", "di nuovo").returncode, 2)
        equal([row["importo"] for row in place.json("riparto", "incassi")], ["-50000.00", "50000.00"])
        sums = place.json("riparto", "anticipo")[0]
        equal((sums["dovuto"], sums["incassato"], sums["netto"]), ("1430038.80", "0.00", "1430038.80"))
        equal(len(place.json("riparto", "rate", "--stato", "scadute")), 17 * 4)
        equal(place.run("riparto", "rate", "--stato", "boh").returncode, 2)


if __name__ == "__main__":
    main()
