#!/usr/bin/env python3
"""Checks that PDF files are what PDF/UA-1 and PDF/A-2a ask of their structure.

    pdf_check.py FILE...           one TAP line a file
    pdf_check.py --self-test FILE  spoils the file in many ways: each must be noticed

Nothing of the writer is used: qpdf reads the file, the rest is read here from the standards. The
clauses are those of ISO 14289-1 (UA), ISO 19005-2 (A), ISO 32000-1.
"""
import base64
import copy
import json
import re
import subprocess
import sys

TYPES = {"Document", "H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Table", "THead",
         "TBody", "TR", "TH", "TD", "Caption", "Figure", "Span"}
INSIDE = {"LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "TR": {"THead", "TBody"},
          "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"},
          "Caption": {"Table", "Figure"}}
PAINT = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"}
TOKEN = re.compile(rb"<<|>>|<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\)|/[^\s<>\[\]()/]*|\[|\]|[^\s<>\[\]()/]+")


class Fault(Exception):
    pass


def need(true, what):
    if not true:
        raise Fault(what)


class File:
    def __init__(self, path):
        run = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline",
                              "--decode-level=generalized", path], capture_output=True, check=False)
        need(run.returncode == 0, "qpdf: " + run.stderr.decode()[:300])
        self.objects = json.loads(run.stdout)["qpdf"][1]

    def get(self, value):
        """What a value is, references followed."""
        while isinstance(value, str) and re.fullmatch(r"\d+ 0 R", value):
            entry = self.objects["obj:" + value]
            value = entry["stream"] if "stream" in entry else entry["value"]
        return value

    def dict(self, value):
        value = self.get(value)
        return value["dict"] if isinstance(value, dict) and "dict" in value else value

    def data(self, value):
        return base64.b64decode(self.get(value)["data"])

    def trailer(self):
        return self.objects["trailer"]["value"]


def text(value):
    return value[2:] if isinstance(value, str) and value[:2] in ("u:", "b:") else value


def check_catalog(file):
    catalog = file.get(file.trailer()["/Root"])
    info = file.get(file.trailer()["/Info"])
    need(file.trailer().get("/ID"), "A 6.1.3: no ID in the trailer")
    need("/Encrypt" not in file.trailer(), "A 6.1.3: encrypted")
    need(file.dict(catalog.get("/MarkInfo", {})).get("/Marked") is True, "UA 7.1: not marked")
    need(text(catalog.get("/Lang")) == "it-IT", "UA 7.2: no language")
    need(file.dict(catalog.get("/ViewerPreferences", {})).get("/DisplayDocTitle") is True,
         "UA 7.1: the title is not shown in the window's bar")
    need("/OpenAction" not in catalog and "/AA" not in catalog and "/Names" not in catalog,
         "A 6.5: actions")
    title = text(info.get("/Title"))
    need(title, "UA 7.1: no title")
    intent = file.get(file.get(catalog["/OutputIntents"])[0])
    need(intent["/S"] == "/GTS_PDFA1", "A 6.2.3: no output intent")
    need(file.dict(intent["/DestOutputProfile"])["/N"] == 3, "A 6.2.3: profile is not of RGB")
    need(file.data(intent["/DestOutputProfile"])[36:40] == b"acsp", "A 6.2.3: not an ICC profile")
    check_xmp(file.data(catalog["/Metadata"]).decode(), title)
    return catalog


def check_xmp(xmp, title):
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace('"', "&quot;").replace("'", "&#39;")
    need("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp,
         "A 6.6.4: the file does not say that it is PDF/A-2a")
    need("<pdfuaid:part>1</pdfuaid:part>" in xmp, "UA 5: the file does not say that it is PDF/UA-1")
    need("pdfaExtension:schemas" in xmp, "A 6.6.2.3: pdfuaid is not described")
    need(f'xml:lang="x-default">{escaped}</rdf:li></rdf:Alt></dc:title>' in xmp,
         "A 6.1.5: titles differ")
    need(xmp.startswith("<?xpacket begin=\"\ufeff\"") and xmp.endswith("<?xpacket end=\"w\"?>"),
         "A 6.6.2: no packet")


def pages_of(file, catalog):
    found = []

    def walk(reference):
        node = file.get(reference)
        if node["/Type"] == "/Pages":
            for kid in file.get(node["/Kids"]):
                walk(kid)
        else:
            found.append((reference, node))
    walk(catalog["/Pages"])
    need(found, "no pages")
    return found


def unicode_map(data):
    mapping = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
        rows = re.findall(rb"<([0-9A-F]+)>\s*<([0-9A-F]+)>", block)
        need(len(rows) <= 100, "more than 100 rows in a bfchar block")
        for code, value in rows:
            mapping[int(code, 16)] = bytes.fromhex(value.decode()).decode("utf-16-be")
    return mapping


def check_fonts(file, page):
    fonts = {}
    for name, reference in file.dict(file.dict(page["/Resources"]).get("/Font", {})).items():
        font = file.get(reference)
        need(font["/Subtype"] == "/Type0" and font["/Encoding"] == "/Identity-H", "font: kind")
        need("/ToUnicode" in font, "A 6.2.11.7: no ToUnicode")
        below = file.get(file.get(font["/DescendantFonts"])[0])
        descriptor = file.get(below["/FontDescriptor"])
        need("/FontFile2" in descriptor, "A 6.2.11.4: font not embedded")
        need(re.match(r"/[A-Z]{6}\+", font["/BaseFont"]), "font: subset without its letters")
        need(below.get("/CIDToGIDMap") == "/Identity", "A 6.2.11.3: no CIDToGIDMap")
        widths, row = set(), file.get(below["/W"])
        for first, items in zip(row[::2], row[1::2]):
            widths.update(range(first, first + len(items)))
        mapping = unicode_map(file.data(font["/ToUnicode"]))
        need(all(v and "\ufeff" not in v and "\0" not in v for v in mapping.values()),
             "A 6.2.11.7: a glyph stands for nothing")
        fonts[name] = (mapping, widths)
    return fonts


def operations(data):
    """(operator, operands), enough for the streams that come here."""
    operands, depth = [], 0
    for match in TOKEN.finditer(data):
        token = match.group()
        if re.match(rb"[<(/\[\]>]|[-+.]?\d", token) or token in (b"true", b"false", b"null"):
            operands.append(token)
            depth += token in (b"[", b"<<")
            depth -= token in (b"]", b">>")
        else:
            need(depth == 0, "content: an operator inside an array")
            yield token.decode(), operands
            operands = []
    need(not operands, "content: operands left over")


def check_content(data, fonts):
    """MCID -> name of the tag, of the marks of a page, in order."""
    marks, stack, in_text, font, colour_only = {}, [], False, None, {"rg", "RG", "w", "re"}
    for operator, operands in operations(data):
        if operator in ("BDC", "BMC"):
            mcid = re.search(rb"/MCID (\d+)", b" ".join(operands))
            kind = operands[0].decode()[1:]
            if mcid:
                need(not stack, "UA 7.1: a mark inside another")
                need(int(mcid.group(1)) not in marks, "14.7.4: an MCID twice")
                marks[int(mcid.group(1))] = kind
            elif kind == "Artifact":
                need(not stack, "UA 7.1: an artifact inside real content")
            else:
                need(kind == "Span" and stack and stack[-1] != "Artifact",
                     "14.9.4: a Span outside real content")
            stack.append((kind, in_text))
        elif operator == "EMC":
            need(stack, "14.6: a mark ends that never began")
            need(stack.pop()[1] == in_text, "14.6: a mark across a text object")
        elif operator in ("BT", "ET"):
            need(in_text == (operator == "ET"), "9.4: text objects")
            in_text = operator == "BT"
        elif operator == "Tf":
            font = operands[0].decode()
            need(font in fonts, "9.2: an unknown font")
        elif operator in PAINT:
            need(stack, "UA 7.1: neither tagged nor artifact: " + operator)
            need(operator not in ("Do", "sh", "'", '"'), "content: " + operator)
            if operator == "TJ":
                check_glyphs(operands, fonts[font])
        else:
            need(operator in colour_only | {"Tm", "Ts", "m", "l", "d", "J", "j"},
                 "content: " + operator)
    need(not stack and not in_text, "14.6: a mark does not end")
    return marks


def check_glyphs(operands, font):
    mapping, widths = font
    for token in operands:
        if token.startswith(b"<"):
            codes = bytes.fromhex(token[1:-1].decode())
            for i in range(0, len(codes), 2):
                code = codes[i] << 8 | codes[i + 1]
                need(code != 0, "UA 7.21.8: the missing glyph")
                need(code in mapping, "A 6.2.11.7: a glyph without its text")
                need(code in widths, "A 6.2.11.5: a glyph without its width")


def check_page(file, page):
    need(page.get("/Tabs") == "/S", "UA 7.18.3: no order of tabs")
    need("/StructParents" in page, "14.7.4.4: no StructParents")
    contents = page["/Contents"]
    parts = file.get(contents) if isinstance(file.get(contents), list) else [contents]
    return check_content(b"\n".join(file.data(part) for part in parts), check_fonts(file, page))


def check_tree(file, catalog, pages):
    root_reference = catalog["/StructTreeRoot"]
    root = file.get(root_reference)
    numbers = file.get(root["/ParentTree"])["/Nums"]
    owners = {key: file.get(value) for key, value in zip(numbers[::2], numbers[1::2])}
    marks = {reference: check_page(file, page) for reference, page in pages}
    keys = {reference: page["/StructParents"] for reference, page in pages}
    need(len(set(keys.values())) == len(pages), "14.7.4.4: two pages with one key")
    seen, order = set(), []

    def piece(reference, element, page, mcid):
        need((page, mcid) not in seen, "14.7.4: a piece with two owners")
        seen.add((page, mcid))
        need(mcid in marks[page], "14.7.4: a piece that is not there")
        need(owners[keys[page]][mcid] == reference, "14.7.4.4: the parent tree says another owner")
        need("/" + marks[page][mcid] == element["/S"], "14.8: mark and element have two names")

    def walk(reference, parent):
        element = file.get(reference)
        need(element["/P"] == parent, "14.7.2: wrong parent")
        kids = [file.get(kid) if not isinstance(kid, str) else kid for kid in element["/K"]]
        order.append((reference, element))
        for kid in kids:
            if isinstance(kid, int):
                piece(reference, element, element["/Pg"], kid)
            elif isinstance(kid, dict):
                piece(reference, element, kid["/Pg"], kid["/MCID"])
            else:
                walk(kid, reference)

    top = file.get(root["/K"])
    need(len(top) == 1 and file.get(top[0])["/S"] == "/Document", "UA 7.1: no Document")
    walk(top[0], root_reference)
    for page, found in marks.items():
        need(sorted(found) == list(range(len(found))), "14.7.4: MCIDs with gaps")
        need(len(owners[keys[page]]) == len(found), "14.7.4.4: parent tree of another length")
        for mcid in found:
            need((page, mcid) in seen, "UA 7.1: a mark that no element owns")
    return order


def attribute(file, element, name):
    value = file.get(element.get("/A", {}))
    return value.get(name) if isinstance(value, dict) else None


def check_elements(file, order):
    by_reference, level, columns = dict(order), 0, {}
    for reference, element in order:
        kind = element["/S"][1:]
        need(kind in TYPES, "14.8.4: unknown type " + kind)
        parent = by_reference.get(element["/P"], {}).get("/S", "/")[1:]
        need(kind not in INSIDE or parent in INSIDE[kind], f"14.8.4.3: {kind} inside {parent}")
        if re.fullmatch(r"H[1-4]", kind):
            need(int(kind[1]) <= level + 1, "UA 7.4.2: a heading skips a level")
            need(element["/K"], "UA 7.4: an empty heading")
            level = int(kind[1])
        if kind == "TH":
            need(attribute(file, element, "/Scope") in ("/Column", "/Row"), "UA 7.5: TH, no Scope")
        if kind == "Figure":
            need(text(element.get("/Alt", "")), "UA 7.3: a figure without Alt")
        if kind == "L":
            need(attribute(file, element, "/ListNumbering"), "14.8.5.5: list without its kind")
        if kind == "TR":
            table = by_reference[element["/P"]]["/P"]
            columns.setdefault(table, set()).add(len(element["/K"]))
    need(all(len(widths) == 1 for widths in columns.values()), "UA 7.5: rows of different lengths")
    return level > 0


def check_outline(file, catalog, headings):
    first = file.get(catalog["/Outlines"]).get("/First")
    need(bool(first) == headings, "UA 7.17: headings without bookmarks")
    count = 0

    def walk(reference, parent):
        nonlocal count
        previous = None
        while reference:
            entry = file.get(reference)
            need(entry["/Parent"] == parent and entry.get("/Prev") == previous, "12.3.3: bookmarks")
            need(text(entry["/Title"]), "12.3.3: a bookmark without a title")
            count += 1
            if "/First" in entry:
                walk(entry["/First"], reference)
            previous, reference = reference, entry.get("/Next")
    walk(first, catalog["/Outlines"])
    need(count == file.get(catalog["/Outlines"]).get("/Count", 0), "12.3.3: count of bookmarks")


def check(file):
    catalog = check_catalog(file)
    order = check_tree(file, catalog, pages_of(file, catalog))
    check_outline(file, catalog, check_elements(file, order))
    for entry in file.objects.values():
        value = entry.get("value", entry.get("stream", {}).get("dict"))
        if isinstance(value, dict):
            need(value.get("/S") not in ("/JavaScript", "/Launch", "/URI"), "A 6.5: an action")
            need("/SMask" not in value and "/CA" not in value, "transparency")


# ---- spoilers -------------------------------------------------------------------------------

def each(file, kind):
    for entry in file.objects.values():
        if isinstance(entry.get("value"), dict) and entry["value"].get("/S") == kind:
            yield entry["value"]


def of_type(file, kind):
    for entry in file.objects.values():
        value = entry.get("value", entry.get("stream", {}).get("dict"))
        if isinstance(value, dict) and value.get("/Type") == kind:
            yield value


def change_content(file, old, new):
    """In the first page's stream: fails loudly where `old` is not there."""
    page = next(of_type(file, "/Page"))
    stream = file.get(page["/Contents"][0])
    data = base64.b64decode(stream["data"])
    assert old in data, old
    stream["data"] = base64.b64encode(data.replace(old, new, 1)).decode()


def first(items):
    return next(iter(items))


SPOILERS = {
    "no language": lambda f: first(of_type(f, "/Catalog")).pop("/Lang"),
    "not marked": lambda f: first(of_type(f, "/Catalog")).update({"/MarkInfo": {}}),
    "title not shown": lambda f: first(of_type(f, "/Catalog")).pop("/ViewerPreferences"),
    "no ID": lambda f: f.trailer().pop("/ID"),
    "TH without scope": lambda f: first(each(f, "/TH")).pop("/A"),
    "heading skips": lambda f: first(each(f, "/H1")).update({"/S": "/H3"}),
    "a row too short": lambda f: first(each(f, "/TR"))["/K"].pop(),
    "no order of tabs": lambda f: first(of_type(f, "/Page")).pop("/Tabs"),
    "font not embedded": lambda f: first(of_type(f, "/FontDescriptor")).pop("/FontFile2"),
    "no ToUnicode": lambda f: [v.pop("/ToUnicode", 0) for v in of_type(f, "/Font")],
    "unmarked text": lambda f: change_content(f, b"/Artifact BMC", b""),
    "unowned mark": lambda f: change_content(f, b"/TD<</MCID 9>>", b"/TD<</MCID 99>>"),
    "mark of another name": lambda f: change_content(f, b"/TD<<", b"/TH<<"),
    "missing glyph": lambda f: change_content(f, b"[<", b"[<0000"),
    "unknown operator": lambda f: change_content(f, b"BT", b"q BT"),
    "bookmarks gone": lambda f: [v.pop("/First", 0) for v in of_type(f, "/Outlines")],
}


def self_test(path):
    sound = File(path)
    check(sound)
    print(f"1..{len(SPOILERS)}")
    for number, (name, spoil) in enumerate(SPOILERS.items(), 1):
        file = copy.copy(sound)
        file.objects = copy.deepcopy(sound.objects)
        spoil(file)
        try:
            check(file)
            print(f"not ok {number} - not noticed: {name}")
        except Fault as fault:
            print(f"ok {number} - {name} # {fault}")


def main(paths):
    print(f"1..{len(paths)}")
    for number, path in enumerate(paths, 1):
        try:
            check(File(path))
            print(f"ok {number} - structure of {path.rsplit('/', 1)[-1]}")
        except Fault as fault:
            print(f"not ok {number} - structure of {path.rsplit('/', 1)[-1]}\n# {fault}")


if __name__ == "__main__":
    if sys.argv[1] == "--self-test":
        self_test(sys.argv[2])
    else:
        main(sys.argv[1:])
