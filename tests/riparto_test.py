#!/usr/bin/env python3
"""Apportionments from the command line: tables as they were published, in text and spreadsheets."""
import zipfile
from xml.sax.saxutils import escape
from zonale import *

DEMO = SOURCE / "src/mod/riparto/demo"
RATES = SOURCE / "src/mod/riparto/test/rate_2025.tsv"
RULE = """metodo;pro_capite
quota;34,20
trasferimento;32 %
rata;30 %;15/03/2025
rata;30 %;15/06/2025
rata;25 %;15/09/2025
rata;15 %;28/02/2026
intestazione;totale;dovuto
"""


def fresh():
    place = Place()
    place.run("init", "--ambito", "Ambito di prova", "--codice", "PROVA", check=0)
    place.run("enti", "importa", str(SOURCE / "src/mod/enti/demo/comuni_2023.tsv"), "--anno", "2023", check=0)
    return place


def number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def spreadsheet(path, rows):
    """An XLSX as other programs write it: numbers as numbers, shown with two decimals."""
    cells = []
    for row in rows:
        cells.append("<row>" + "".join(
            f'<c s="1"><v>{cell}</v></c>' if number(cell) else
            f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook xmlns:r='urn:r'><sheets>"
                      "<sheet name='Rate' sheetId='1' r:id='r1'/></sheets></workbook>")
        file.writestr("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='r1' "
                      "Target='worksheets/sheet1.xml'/></Relationships>")
        file.writestr("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='4'/>"
                      "</cellXfs></styleSheet>")
        file.writestr("xl/worksheets/sheet1.xml",
                      "<worksheet><sheetData>" + "".join(cells) + "</sheetData></worksheet>")


def published():
    rows = [line.split("\t") for line in RATES.read_text().splitlines()]
    return [["Quota pro capite 2025, in rate"], [""]] + rows


def test_a_published_spreadsheet_is_verified():
    with fresh() as place:
        (place.root / "regola.csv").write_text(RULE)
        words = ["riparto", "verifica", "rate.xlsx", "--regola", "regola.csv"]
        rows = published()
        spreadsheet(place.root / "rate.xlsx", rows)
        equal(place.json(*words), {"in_ordine": True, "scarti": 0, "elenco": []})
        rows[5][2] = "294906.5999999"  # as a spreadsheet holds it; it shows 294.906,60
        spreadsheet(place.root / "rate.xlsx", rows)
        equal(place.json(*words)["scarti"], 0, "the figure that is shown")
        rows[5][5] = "28311.01"
        spreadsheet(place.root / "rate.xlsx", rows)
        done = place.run(*words, "--json")
        equal(done.returncode, 1)
        found = json.loads(done.stdout)["elenco"]
        equal([(f["linea"], f["riga"], f["colonna"], f["trovato"], f["dovuto"], f["differenza"]) for f in found],
              [(6, "Clusone", "rata1_trasferimento", "28311.01", "28311.00", "0.01"),
               (21, "TOTALE", "rata1_trasferimento", "137286.00", "137286.01", "-0.01")])
        assert "rate.xlsx:6: Clusone, rata1_trasferimento" in place.run(*words).stdout


def test_what_is_wrong_has_file_line_and_column():
    with fresh() as place:
        (place.root / "regola.csv").write_text(RULE)
        rows = published()
        rows[3][1] = "3313.5"
        spreadsheet(place.root / "rate.xlsx", rows)
        words = ["riparto", "verifica", "rate.xlsx", "--regola", "regola.csv"]
        done = place.run(*words)
        equal(done.returncode, 2)
        assert done.stderr.startswith("rate.xlsx:4: abitanti: «3313.5» non è un numero intero"), done.stderr
        (place.root / "regola.csv").write_text(RULE.replace("15 %", "16 %"))
        done = place.run(*words)
        assert "le quote fanno 1.01 invece di 1" in done.stderr, done.stderr
        (place.root / "regola.csv").write_text(RULE.replace("34,20", "trentaquattro"))
        done = place.run(*words)
        assert done.stderr.startswith("regola.csv:2: quota: «trentaquattro»"), done.stderr
        (place.root / "rotto.xlsx").write_bytes((place.root / "rate.xlsx").read_bytes()[:-100])
        done = place.run("riparto", "verifica", "rotto.xlsx", "--regola", "regola.csv")
        equal((done.returncode, done.stderr), (2, "rotto.xlsx: il foglio è rovinato: non si apre\n"))


def test_a_definition_in_a_spreadsheet():
    with fresh() as place:
        rows = [line.split("\t") for line in (DEMO / "sad_2025.tsv").read_text().splitlines()]
        spreadsheet(place.root / "sad.xlsx", rows)
        done = json.loads(place.run("riparto", "verifica", "sad.xlsx", "--json", check=1).stdout)
        equal([(f["riga"], f["trovato"], f["dovuto"]) for f in done["elenco"]],
              [("PREMOLO", "2020.00", "2030.00"), ("TOTALE", "240000.01", "240000.00")])


def multipart(fields, file, content):
    """A form with a file, as a browser sends it."""
    mark = "ripartoriparto"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items()]
    parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file}"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def test_pages_keep_nothing_and_say_all():
    with Place() as place:
        password = demo(place, "--persone", "20", "--seme", "3")
        kept = place.sql("SELECT count(*) FROM prospetto_versione")
        with Server(place) as server:
            browser = Browser(server.port).enter("ufficiopiano", password)

            def check(file, content, **values):
                fields = browser.get("/riparti/verifica").form("regola")
                fields.pop("file", None)
                fields.update(values)
                body, kind = multipart(fields, file, content)
                return browser.send("POST", "/riparti/verifica", body, {"Content-Type": kind})

            costs = (DEMO / "costi_struttura_2024.tsv").read_bytes()
            found = check("costi.tsv", costs)
            equal(found.status, 200)
            for text in ("Kasko", "1.802,00", "1.791,42", "+10,58", "73 % di 2.454,00", "Non tornano: 5"):
                assert text in found.text, text
            again = found.form("nome")  # what the page gives back makes the file
            for ext, start in (("xlsx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")):
                paper = browser.post("/riparti/verifica", dict(again, formato=ext))
                assert paper.status == 200 and paper.body.startswith(start), (ext, paper.status)
            spreadsheet(place.root / "rate.xlsx", published())
            good = check("rate.xlsx", (place.root / "rate.xlsx").read_bytes(), regola=RULE)
            assert "Tutto segue dalla regola: 234 cifre" in good.text, good.text[3000:6000]
            bad = check("rate.xlsx", (place.root / "rate.xlsx").read_bytes()[:900], regola=RULE)
            assert bad.status == 422 and "rate.xlsx: il foglio è rovinato" in bad.text, bad.status
            wrong = check("a.csv", b"comune;abitanti\nBergamo;1\n", regola="metodo;pro_capite\nquota;1", comuni="1")
            assert "«Bergamo» non è un ente dell’ambito" in wrong.text and "riga 2" in wrong.text
            equal(check("a.csv", b"\x00\x01").status, 422, "no table at all")

            fund = id_text(place.sql("SELECT id FROM prospetto WHERE metodo = 'pro_capite'")[0])
            asked = f"prospetto={fund}&quota_1=36%2C00&esce_2=Cerete"
            compared = browser.get(f"/riparti/simula?{asked}")
            equal(compared.status, 200)
            for text in ("+15.521,40", "5,26 %", "-56.361,60", "+75.265,20", "<svg"):
                assert text in compared.text, text
            for ext, start in (("xlsx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")):
                paper = browser.get(f"/riparti/simula/esporta?{asked}&formato={ext}")
                assert paper.status == 200 and paper.body.startswith(start), (ext, paper.status)
            refused = browser.get(f"/riparti/simula?prospetto={fund}&pesi_1=30&quota_2=tanto&esce_3=Bergamo")
            for text in ("le quote dei criteri non fanno 100 %", "Non è un importo", "«bergamo» non è fra chi paga"):
                assert text in refused.text, text
            equal(browser.get("/riparti/simula/esporta?prospetto=zzz&formato=pdf").status, 400)
            assert "Il prospetto non c’è più" in browser.get("/riparti/simula?prospetto=0000000000001").text
        equal(place.sql("SELECT count(*) FROM prospetto_versione"), kept, "nothing was kept")


if __name__ == "__main__":
    main()
