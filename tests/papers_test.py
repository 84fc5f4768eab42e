#!/usr/bin/env python3
"""The papers and the exports that the program hands out, read by programs that are not ours."""
import csv
import io
import zipfile
import xml.etree.ElementTree as tree

import pdf_check
from zonale import *

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def started():
    place = Place()
    password = demo(place, "--persone", "60")
    return place, password, Server(place)


def fetched(browser, path, kind):
    answer = browser.get(path)
    equal(answer.status, 200, path)
    assert answer.headers["Content-Type"].startswith(kind), answer.headers["Content-Type"]
    return answer.body


def pdf_words(place, body):
    """Its structure holds; its text comes back."""
    path = place.root / "paper.pdf"
    path.write_bytes(body)
    pdf_check.check(pdf_check.File(str(path)))
    subprocess.run(["qpdf", "--check", str(path)], check=True, stdout=subprocess.DEVNULL)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True,
                          text=True).stdout


def csv_rows(body):
    assert body.startswith(b"\xef\xbb\xbf"), "no mark of UTF-8"
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


def xlsx_rows(body):
    """Cells of the first sheet as written: text, or number."""
    sheet = tree.fromstring(zipfile.ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml"))
    return [[c.findtext(f"{SHEET}v") or c.findtext(f"{SHEET}is/{SHEET}t") or ""
             for c in row.iter(SHEET + "c")] for row in sheet.iter(SHEET + "row")]


def ods_rows(body):
    content = tree.fromstring(zipfile.ZipFile(io.BytesIO(body)).read("content.xml"))
    first = next(content.iter(TABLE + "table"))
    return [[c.get(OFFICE + "value") or "".join(c.itertext()) for c in row.iter(TABLE + "table-cell")]
            for row in first.iter(TABLE + "table-row")]


def test_the_notice_of_a_fee_is_archivable_and_accessible():
    place, password, server = started()
    with place, server:
        browser = Browser(server.port).enter("assistente", password)
        people = re.findall(r'href="(/persone/[0-9a-z]{13})/cartella"', browser.get("/cartelle?mie=1").text)
        for person in dict.fromkeys(people):
            page = browser.get(person + "/isee")
            if page.status == 200 and "Attestazioni ISEE," in page.text:
                break
        else:
            raise AssertionError("nobody in the list has an attestation that may be seen")
        name = re.search(r'<p class="lead"><strong>([^<]*)</strong>', page.text).group(1)
        words = None
        for service in re.findall(r'<option value="([A-Z]+)"', page.text):
            answer = browser.get(f"{person}/isee/avviso?servizio={service}&variante=&giorno=&calcola=1")
            if answer.body.startswith(b"%PDF"):
                words = pdf_words(place, answer.body)
                break
        assert words, "no service gives a notice"
        for part in ("Avviso di retta", "Retta dovuta", "pagina 1 di"):
            assert part in words, words
        assert name.split()[0] in words, words


def test_the_budget_says_the_same_in_every_format():
    place, password, server = started()
    with place, server:
        browser = Browser(server.port).enter("ufficiopiano", password)
        path = "/bilancio/esporta?anno=2025&formato="
        rows = csv_rows(fetched(browser, path + "csv", "text/csv"))
        plain = [[cell.replace(",", ".") if re.fullmatch(r"-?\d+,\d\d", cell) else cell for cell in row]
                 for row in rows]
        for format, read in (("xlsx", xlsx_rows), ("ods", ods_rows)):
            sheet = read(fetched(browser, path + format, "application/vnd."))
            equal(len(sheet), len(plain), format + ": rows")
            for got, want in zip(sheet[1:], plain[1:]):
                numbers = lambda row: [round(float(c), 2) for c in row if re.fullmatch(r"-?\d+(\.\d+)?", c)]
                equal(numbers(got), numbers(want), format)
        total = rows[-1][-1]
        words = pdf_words(place, fetched(browser, path + "pdf", "application/pdf"))
        shown = f"{float(total.replace(',', '.')):,.2f}".translate(str.maketrans(",.", ".,"))
        assert "Bilancio 2025" in words and shown in words, f"{shown} is not in the PDF"


def test_a_name_is_never_a_formula():
    place, password, server = started()
    with place, server:
        browser = Browser(server.port).enter("coordinatore", password)
        saved = browser.submit("/persone/nuova", "cognome", cognome="=Rossi+1", nome="@Maria")
        equal(saved.status, 303, saved.text[:800])
        rows = csv_rows(fetched(browser, "/persone?formato=csv", "text/csv"))
        assert any("'=Rossi+1" in row and "'@Maria" in row for row in rows), rows[:3]
        assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell), "a formula"
        sheet = fetched(browser, "/persone?formato=xlsx", "application/vnd.")
        assert any("=Rossi+1" in row for row in xlsx_rows(sheet))
        assert b"<f>" not in zipfile.ZipFile(io.BytesIO(sheet)).read("xl/worksheets/sheet1.xml")
        equal(len(ods_rows(fetched(browser, "/persone?formato=ods", "application/vnd."))), len(rows), "rows")


if __name__ == "__main__":
    main()
