#!/usr/bin/env python3
"""Fees and budget from the command line, on the published figures."""
from zonale import *

FEES = SOURCE / "src/mod/rette/demo/tariffe_2025.tsv"
BUDGET = SOURCE / "src/mod/bilancio/demo/bilancio_2025.tsv"
BONDS = SOURCE / "src/mod/bilancio/demo/vincoli_2025.tsv"


def fresh():
    place = Place()
    place.run("init", "--ambito", "Ambito di prova", "--codice", "PROVA", check=0)
    place.run("servizi", "importa", str(SOURCE / "src/mod/enti/demo/servizi.tsv"), check=0)
    return place


def fee(place, *words):
    return place.json("rette", "calcola", *words)


def test_fees_are_imported_all_or_none():
    with fresh() as place:
        tried = place.run("rette", "importa", str(FEES), "--prova", check=0)
        assert "9 da mettere in vigore" in tried.stdout, tried.stdout
        equal(place.json("rette", "piani"), [], "a trial writes nothing")
        broken = place.root / "rotte.tsv"
        lines = FEES.read_text().splitlines()
        lines[4] = lines[4].replace("6500.01", "6500.02")
        broken.write_text("\n".join(lines))
        for words in ([], ["--prova"]):
            done = place.run("rette", "importa", "rotte.tsv", *words)
            equal(done.returncode, 2, "a gap")
            assert "rotte.tsv:5: isee_da: SAD feriale: vuoto fra le fasce 3 e 4" in done.stderr, done.stderr
        equal(place.json("rette", "piani"), [], "all or none")
        place.run("rette", "importa", str(FEES), check=0)
        again = place.run("rette", "importa", "-", input=FEES.read_text(), check=0)
        assert "0 messi in vigore, 9 già presenti" in again.stdout, again.stdout
        equal(len(place.json("rette", "piani")), 9)


def test_a_fee_and_why():
    with fresh() as place:
        place.run("rette", "importa", str(FEES), check=0)
        day = ["--data", "2025-03-10"]
        holiday = fee(place, "--servizio", "SAD", "--variante", "festivo", "--isee", "6000", *day)
        equal((holiday["importo"], holiday["base"], holiday["fascia"]), ("2.73", "2.60", 3))
        assert any("2,60 + 5 % = 2,73" in line for line in holiday["spiegazione"])
        equal(fee(place, "--servizio", "CDD", "--isee", "7500", *day)["importo"], "315.45")
        equal(fee(place, "--servizio", "SAD", "--variante", "feriale", *day)["importo"], "15.00")
        equal(fee(place, "--servizio", "STA", "--variante", "adulti_tempo_pieno", "--non-residente",
                  *day)["importo"], "1200.00")
        none = place.run("rette", "calcola", "--servizio", "SAD", "--isee", "1", "--data", "2024-01-01")
        equal(none.returncode, 4, "before any plan")
        for wrong in (["--isee", "tanto"], ["--data", "domani"], ["--tipo", "mio", "--isee", "1"], ["--isee"]):
            done = place.run("rette", "calcola", "--servizio", "SAD", *wrong)
            equal((done.returncode, done.stdout), (2, ""), str(wrong))


def test_a_table_is_checked_and_written():
    with fresh() as place:
        place.run("rette", "importa", str(FEES), check=0)
        equal(place.json("rette", "controlla", str(FEES)), {"piani": 9, "righe": 48, "errori": []})
        bad = place.root / "male.tsv"
        bad.write_text(FEES.read_text().replace("1000.01", "1000.02"))
        done = place.run("rette", "controlla", "male.tsv", "--json")
        fault = json.loads(done.stdout)["errori"][0]
        equal((done.returncode, fault["file"], fault["riga"], fault["colonna"]), (2, "male.tsv", 3, "isee_da"))
        place.run("rette", "esporta", "scritte.tsv", check=0)
        again = place.run("rette", "importa", "scritte.tsv", check=0)
        assert "0 messi in vigore, 9 già presenti" in again.stdout, again.stdout
        equal(place.run("rette", "esporta", "scritte.tsv").returncode, 1, "never over a file")
        equal(place.run("rette", "esporta", "-", "--servizio", "ZZZ").returncode, 4)


def test_two_plans_and_a_trial():
    with fresh() as place:
        place.run("rette", "importa", str(FEES), check=0)
        both = place.json("rette", "confronta", "--prima", "CDD/lineare", "--dopo", "CSE/lineare/2025-01-01")
        equal(both["tratti"][0]["all_inizio"],
              {"prima": "220.00", "dopo": "320.00", "differenza": "100.00", "percento": "45.45"})
        equal(both["tratti"][1]["da"], "22000.00")
        equal(place.run("rette", "confronta", "--prima", "CDD/lineare", "--dopo", "CDD/altra").returncode, 4)
        draft = place.root / "bozza.tsv"
        draft.write_text("\n".join(line for line in FEES.read_text().splitlines()
                                   if line.startswith(("servizio", "SAD"))).replace("1.30", "2.00"))
        trial = place.json("rette", "simula", "--tabella", "bozza.tsv")
        equal((trial["ipotesi"][0]["totale"]["utenti"], trial["ipotesi"][0]["totale"]["dopo"]), (0, "0.00"))
        equal(len(place.json("rette", "piani")), 9, "a trial writes nothing")
        equal(place.run("rette", "simula").returncode, 2)
        equal(place.run("rette", "simula", "--piano", "SAD/notturno").returncode, 4)


def test_a_new_version_leaves_the_old_one():
    with fresh() as place:
        place.run("rette", "importa", str(FEES), check=0)
        new = place.root / "nuove.tsv"
        new.write_text("servizio\tvariante\tisee_da\tisee_a\tpercentuale\timporto\tunita\n"
                       "SAD\tferiale\t0\t\t\t3.00\tora\n")
        equal(place.run("rette", "importa", "nuove.tsv").returncode, 2, "neither act nor day")
        place.run("rette", "importa", "nuove.tsv", "--atto", "Delibera 4/2026", "--dal", "2026-01-01", check=0)
        words = ["--servizio", "SAD", "--variante", "feriale", "--isee", "6000", "--data"]
        equal(fee(place, *words, "2025-12-31")["importo"], "2.60")
        equal(fee(place, *words, "2026-01-01")["importo"], "3.00")
        clash = place.run("rette", "importa", "nuove.tsv", "--atto", "Delibera 5/2026", "--dal", "2025-06-01")
        equal(clash.returncode, 2, "over a version in force")
        assert "si sovrappone" in clash.stderr, clash.stderr


def test_the_budget_stands():
    with fresh() as place:
        equal(place.run("bilancio", "verifica").returncode, 4, "no budget")
        words = ["bilancio", "importa", str(BUDGET), "--anno", "2025", "--vincoli", str(BONDS)]
        place.run(*words, "--prova", check=0)
        equal(place.run("bilancio", "mostra").returncode, 4, "a trial writes nothing")
        place.run(*words, check=0)
        assert "0 differenze" in place.run(*words, check=0).stdout
        verdict = place.json("bilancio", "verifica", "--anno", "2025")
        equal((verdict["totale"], verdict["in_ordine"], verdict["elenco"]), ("6449352.19", True, []))
        shown = place.json("bilancio", "mostra")
        equal(len(shown["voci"]), 65)
        equal(sum(round(float(c["importo"]) * 100) for v in shown["voci"] for c in v["fonti"]), 644935219)
        sad = next(v for v in shown["voci"] if v["voce"] == "FONDO SAD - ANZIANI")
        equal((sad["stanziato"], sad["disponibile"]), ("98000.00", "98000.00"))


def test_acts_on_a_budget_answer_in_json():
    with fresh() as place:
        words = ["bilancio", "importa", str(BUDGET), "--anno", "2025"]
        tried = place.json(*words, "--prova")
        equal((tried["nuovo"], tried["scritto"], tried["celle"], tried["totale"]), (True, False, 130, "6449352.19"))
        equal(place.run("bilancio", "mostra").returncode, 4, "a trial writes nothing")
        done = place.json(*words)
        equal((done["anno"], done["scritto"], done["lasciate_fuori"]), (2025, True, []))
        same = place.json(*words)
        equal((same["nuovo"], same["scritto"], same["bozza"], same["righe"]), (False, False, None, []))
        fund = "FONDO SOCIALE D'AMBITO (34,20 €/AB.)"
        (place.root / "r.tsv").write_text(f"voce\tfonte\timporto\nSFA\t{fund}\t-50.00\nTIS\t{fund}\t50.00\n")
        words = ["bilancio", "varia", "r.tsv", "--anno", "2025", "--atto", "Delibera 4", "--giorno", "2025-05-20",
                 "--motivo", "Prova"]
        tried = place.json(*words, "--prova")
        equal((tried["scritto"], tried["numero"], len(tried["righe"])), (False, None, 2))
        done = place.json(*words)
        equal((done["anno"], done["scritto"], done["numero"]), (2025, True, 1))
        equal(done["righe"][0], {"voce": "SFA", "fonte": fund, "importo": "-50.00"})
        equal([v["numero"] for v in place.json("bilancio", "variazioni", "--anno", "2025")], [1])
        act = ["--anno", "2025", "--atto", "Delibera 9", "--giorno", "2026-04-30"]
        refused = place.run("bilancio", "approva", *act, "--json")
        equal((refused.returncode, refused.stdout), (2, ""), "it is approved already")
        assert "non è provvisorio" in refused.stderr, refused.stderr
        equal(place.json("bilancio", "chiudi", *act), {"anno": 2025, "stato": "chiuso"})
        again = place.run("bilancio", "chiudi", *act, "--json")
        equal((again.returncode, again.stdout), (2, ""), "closed once")
        equal(place.json("bilancio", "mostra", "--anno", "2025")["stato"], "chiuso")


def test_a_bad_budget_is_told_line_by_line():
    with fresh() as place:
        (place.root / "b.tsv").write_text("area\tvoce_spesa\tfonte\timporto\nA\tV\tF\t1.0.0\nA\tV\tF\t1\nA\t\tF\t1\n")
        done = place.run("bilancio", "importa", "b.tsv", "--anno", "2026")
        equal(done.returncode, 2)
        assert "b.tsv, riga 2, F: «1.0.0» non è un importo" in done.stderr and "b.tsv, riga 4, voce_spesa" in done.stderr, done.stderr
        (place.root / "v.tsv").write_text("fonte\tarea\tvoce\nF\t\tW\n")
        (place.root / "b.tsv").write_text("area\tvoce_spesa\tfonte\timporto\nA\tV\tF\t1\nA\tW\tG\t1\n")
        done = place.run("bilancio", "importa", "b.tsv", "--anno", "2026", "--vincoli", "v.tsv")
        equal(done.returncode, 2)
        assert "vincolo: la fonte «F» è vincolata" in done.stderr, done.stderr
        equal(place.run("bilancio", "mostra", "--anno", "2026").returncode, 4, "nothing was written")


def test_apportionments_from_files():
    with fresh() as place:
        folder = SOURCE / "src/mod/riparto/demo"
        fund = folder / "fondo_sociale_2025.tsv"
        unknown = place.run("riparto", "calcola", str(fund))
        equal(unknown.returncode, 2, "no municipality is known yet")
        assert ":10: comune: «Ardesio» non è un ente" in unknown.stderr, unknown.stderr
        place.run("enti", "importa", str(SOURCE / "src/mod/enti/demo/comuni_2023.tsv"), "--anno", "2023", check=0)
        equal(place.json("riparto", "verifica", str(fund))["in_ordine"], True)
        costs = place.run("riparto", "verifica", str(folder / "costi_struttura_2024.tsv"))
        equal(costs.returncode, 1, "slips")
        assert "Kasko, dovuto: trovato 1.802,00, dovuto 1.791,42, differenza 10,58: 73 % di 2.454,00" in costs.stdout
        more = place.root / "quota_36.tsv"
        more.write_text(fund.read_text().replace("34,20", "36,00"))
        for words in (["quota_36.tsv"], ["--quota", "36,00"]):
            found = place.json("riparto", "simula", str(fund), *words)
            row = found["righe"][0]
            equal((row["nome"], row["differenze"], row["percenti"]),
                  ("Clusone", ["0.00", "15521.40"], ["0.00", "5.26"]))
            equal(found["totale"]["differenze"], ["0.00", "75265.20"])
        equal(place.run("riparto", "simula", str(fund)).returncode, 2, "no hypothesis")
        left = place.run("riparto", "simula", str(fund), "--senza", "Bergamo")
        equal(left.returncode, 2)
        assert "esce: «bergamo» non è fra chi paga" in left.stderr, left.stderr


if __name__ == "__main__":
    main()
