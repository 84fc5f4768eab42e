#!/usr/bin/env python3
"""Draws the sample documents and has them read by programs that are not ours.

    documents.py DRAW structure    qpdf, poppler, the structural checker, zip and XML: TAP
    documents.py DRAW preflight    PDFBox Preflight on the same documents as PDF/A-1: TAP
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as tree

HERE = pathlib.Path(__file__).parent
NAMES = ["letter", "table", "hostile", "charts", "matrix", "empty", "extreme", "long"]
JARS = ["preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api"]
O = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def qpdf_checks(folder):
    for path in sorted(folder.glob("*.pdf")):
        code, out, err = run("qpdf", "--check", path)
        assert code == 0 and "No syntax or stream encoding errors" in out, path.name + out + err


def pdf_structure(folder):
    code, out, err = run(sys.executable, HERE / "pdf_check.py", *[folder / f"{n}.pdf" for n in NAMES])
    assert code == 0 and "not ok" not in out, out + err


def pdf_checker_notices(folder):
    code, out, err = run(sys.executable, HERE / "pdf_check.py", "--self-test", folder / "table.pdf")
    assert code == 0 and "not ok" not in out and out.count("\nok ") >= 16, out + err


def pdf_text(folder):
    words = run("pdftotext", folder / "letter.pdf", "-")[1]
    parts = ["Comunicazione della retta", "Assistito:", "Nicolò D’Amèlio", "Perché questo importo",
             "L’importo è calcolato", "1° gennaio 2025.", "• ore previste: 12",
             "• importo orario: 2,73 €", "Ricorsi", "Dott.ssa Lucia Città", "pagina 1 di 1"]
    places = [words.find(part) for part in parts]
    assert -1 not in places and places == sorted(places), f"{places}\n{words}"
    words = run("pdftotext", "-layout", folder / "table.pdf", "-")[1]
    assert re.search(r"D’Amèlio Nicolò +02/10/2025 +1:30 +18,09 % +3 +-12,50", words), words
    words = run("pdftotext", "-layout", folder / "hostile.pdf", "-")[1]
    for part in ["Александра Петрова", "محمد علي", "שלום עולם", "中文", "<script>alert('1')"]:
        assert part in words, part + "\n" + words


def pdf_pages(folder):
    pages = int(re.search(r"Pages: +(\d+)", run("pdfinfo", folder / "long.pdf")[1]).group(1))
    words = run("pdftotext", "-layout", folder / "long.pdf", "-")[1]
    assert pages > 3 and f"pagina {pages} di {pages}" in words
    assert words.count("Assistito") == pages, "the heading is not on every page"
    assert words.count("Persona numero") == 300, "rows lost"
    tags = run("pdfinfo", "-struct", folder / "long.pdf")[1]
    assert len(re.findall(r"^ *TH\b", tags, re.M)) == 6, "the heading is read more than once"


def pdf_numbers_whole(folder):
    """Fifteen columns of amounts: smaller letters, no amount broken in two."""
    words = run("pdftotext", "-layout", folder / "matrix.pdf", "-")[1]
    assert len(re.findall(r"(?<![\d.])2\.860\.077,60(?!\d)", words)) == 7, words
    assert re.search("Assistenza", words) and "\n        1.4" not in words


def pdf_picture(folder):
    """The page is not blank, and nothing is drawn in its margins."""
    for name in NAMES:
        run("pdftoppm", "-r", "36", "-gray", folder / f"{name}.pdf", folder / name)
    for path in folder.glob("*.pgm"):
        magic, size, _, data = path.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        assert magic == b"P5" and len(data) == width * height
        dark = [i for i, value in enumerate(data) if value < 200]
        assert dark, path.name + " is blank"
        assert all(24 <= i % width <= width - 24 for i in dark), path.name + ": in the margins"
        assert all(12 <= i // width <= height - 12 for i in dark), path.name + ": in the margins"


def zip_entries(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.infolist(), {i.filename: archive.read(i) for i in archive.infolist()}


def ods_container(folder):
    for name in NAMES:
        infos, files = zip_entries(folder / f"{name}.ods")
        assert infos[0].filename == "mimetype" and infos[0].compress_type == zipfile.ZIP_STORED
        assert not infos[0].extra and infos[0].header_offset == 0
        assert files["mimetype"] == b"application/vnd.oasis.opendocument.spreadsheet"
        manifest = tree.fromstring(files["META-INF/manifest.xml"])
        listed = {e.get(O % "manifest" + "full-path") for e in manifest} - {"/"}
        assert listed == set(files) - {"mimetype", "META-INF/manifest.xml"}, listed
        for file in listed:
            tree.fromstring(files[file])
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in infos), "tells when it was made"


def ods_values(folder):
    root = tree.fromstring(zip_entries(folder / "table.ods")[1]["content.xml"])
    office, table = O % "office", O % "table"
    styles = {e.get(O % "style" + "name") for e in root.iter(O % "style" + "style")}
    used = {e.get(table + "style-name") for e in root.iter() if e.get(table + "style-name")}
    assert used <= styles, used - styles
    rows = list(root.iter(table + "table-row"))
    cells = [[c for c in row] for row in rows]
    assert [c.get(office + "value-type") for c in cells[1]] == [
        "string", "date", "time", "percentage", "float", "currency"]
    assert cells[1][5].get(office + "value") == "1430038.80"
    assert cells[1][1].get(office + "date-value") == "2025-10-01"
    assert cells[1][2].get(office + "time-value") == "PT2H30M0S"
    assert cells[1][3].get(office + "value") == "0.1808510638"
    assert cells[3][0].get(office + "value-type") is None, "a blank is not zero"
    assert cells[4][5].get(table + "formula") == "of:=SUM([.F2:.F4])"


def xlsx_values(folder):
    files = zip_entries(folder / "table.xlsx")[1]
    for name, data in files.items():
        tree.fromstring(data)
    sheet = tree.fromstring(files["xl/worksheets/sheet1.xml"])
    values = {c.get("r"): (c.get("t"), c.findtext(S + "v") or c.findtext(S + "is/" + S + "t"))
              for c in sheet.iter(S + "c")}
    assert values["A2"] == ("inlineStr", "Rossi Maria"), values
    assert values["F2"] == (None, "1430038.8") and values["F3"] == (None, "-12.5")
    assert values["B2"] == (None, "45931"), values["B2"]  # 1 October 2025
    assert abs(float(values["C2"][1]) - 150 / 1440) < 1e-12
    assert "A4" not in values and "F4" not in values, "a blank is not zero"
    formula = [c.findtext(S + "f") for c in sheet.iter(S + "c") if c.get("r") == "F5"]
    assert formula == ["SUM(F2:F4)"], formula
    assert sheet.find(f".//{S}pane").get("state") == "frozen"
    assert sheet.find(S + "autoFilter").get("ref") == "A1:F5"


def xlsx_no_formulas(folder):
    for name, data in zip_entries(folder / "hostile.xlsx")[1].items():
        root = tree.fromstring(data)
        assert not list(root.iter(S + "f")), name + ": a text became a formula"
    content = tree.fromstring(zip_entries(folder / "hostile.ods")[1]["content.xml"])
    assert all(e.get(O % "table" + "formula") is None for e in content.iter())


def html_well_formed(folder):
    for name in NAMES:
        text = (folder / f"{name}.html").read_text(encoding="utf-8")
        text = re.sub(r"<(meta|br)([^>]*)>", r"<\1\2/>", text.split("\n", 1)[1])
        tree.fromstring(text.replace("&nbsp;", "&#160;"))
        assert "<script" not in text and "onerror" not in text


def preflight(folder):
    jars = ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS)
    files = [folder / f"{name}-1.pdf" for name in NAMES]
    code, out, err = run("java", "-cp", jars, HERE / "Preflight.java", *files)
    assert code == 0 and out.count("\nok ") == len(NAMES) and "not ok" not in out, out + err
    # and it does look: the same file without its profile is refused
    spoiled = folder / "spoiled.pdf"
    spoiled.write_bytes((folder / "letter-1.pdf").read_bytes().replace(b"/OutputIntents", b"/OutputIntentz"))
    out = run("java", "-cp", jars, HERE / "Preflight.java", spoiled)[1]
    assert "not ok" in out, "Preflight accepts everything"


SUITES = {
    "structure": [qpdf_checks, pdf_structure, pdf_checker_notices, pdf_text, pdf_pages, pdf_numbers_whole, pdf_picture,
                  ods_container, ods_values, xlsx_values, xlsx_no_formulas, html_well_formed],
    "preflight": [preflight],
}


def main():
    draw, suite = sys.argv[1], SUITES[sys.argv[2]]
    print(f"1..{len(suite)}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([draw, folder], check=True)
        for number, case in enumerate(suite, 1):
            try:
                case(folder)
                print(f"ok {number} - {case.__name__}")
            except AssertionError as fault:
                print(f"not ok {number} - {case.__name__}")
                for line in str(fault).splitlines():
                    print("# " + line)


if __name__ == "__main__":
    main()
