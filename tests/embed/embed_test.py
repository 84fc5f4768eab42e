#!/usr/bin/env python3
"""tools/embed.py: what it makes of good files, and what it refuses (TAP)."""
import os
import pathlib
import subprocess
import sys
import tempfile

EMBED = pathlib.Path(os.environ["ZONALE_SOURCE"]) / "tools/embed.py"
cases = []


def case(function):
    cases.append(function)
    return function


def embed(files, assets=(), keep=()):
    """Runs it over {path: bytes}; gives (error, C, assembler, blob)."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, data in {**files, **dict(assets)}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        out = [root / name for name in ("out.c", "out.S", "out.bin")]
        command = [EMBED, "--c", out[0], "--asm", out[1], "--blob", out[2]]
        for name, _ in assets:
            command += ["--asset", root / name]
        for name in keep:
            command += ["--keep", root / name]
        rest = [root / name for name in files if name not in keep]
        done = subprocess.run(command + rest, capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            return done.stderr, "", "", b""
        return "", out[0].read_text(), out[1].read_text(), out[2].read_bytes()


def refused(files, reason, assets=()):
    error = embed(files, assets)[0]
    assert reason in error, f"{reason!r} is not in {error!r}"
    assert "Traceback" not in error, error


@case
def names_follow_the_place():
    error, c, asm, blob = embed({
        "src/mod/persone/pages/scheda.html": b"<p>uno</p>", "src/kit/tmpl/pages/form.html": b"due",
        "src/app/layout/page.html": b"tre", "src/app/pages/inizio.html": b"quattro",
        "src/mod/rette/model.sql": b"CREATE", "src/mod/rette/changes/0002_b.sql": b"B",
        "src/mod/rette/changes/0001_a.sql": b"A", "src/mod/utenti/permessi.tsv": b"x\ty\n",
        "src/mod/rette/messages.it": "b.due\tperché\na.uno\tsì\n".encode()})
    assert error == "", error
    for name in ("persone/scheda", "kit/form", "layout/page", "app/inizio"):
        assert f'{{"{name}", embedded_blob' in c, name
    for symbol in ("rette_model_sql", "permessi_tsv"):
        assert f".globl {symbol}" in asm, symbol
    assert c.index('"0001_a"') < c.index('"0002_b"')
    assert c.index('"a.uno"') < c.index('"b.due"')
    assert b"<p>uno</p>\0" in blob and "perché".encode() + b"\0" in blob


@case
def the_same_files_make_the_same_bytes():
    files = {"src/app/layout/page.html": b"x"}
    assets = (("a/app.css", b"body{}"), ("a/app.js", b"1"))
    one, two = embed(files, assets), embed(files, assets)
    assert one[1] == two[1] and one[3] == two[3] and one[3] != b""


@case
def two_templates_of_one_name():
    refused({"src/mod/a/pages/x.html": b"", "src/mod/a/more/x.html": b""}, "two templates named a/x")


@case
def texts_must_be_utf8_without_nul():
    refused({"src/mod/a/pages/x.html": b"\xff"}, "x.html")
    refused({"src/mod/a/pages/x.html": b"a\0b"}, "a NUL in a text")


@case
def messages_have_a_key_and_a_text():
    refused({"src/mod/a/messages.it": b"chiave senza tab\n"}, "messages.it:1: expected")
    refused({"src/mod/a/messages.it": b"a\tuno\na\tdue\n"}, "messages.it:2: a is there twice")
    refused({"src/mod/a/messages.it": b"Chiave\tuno\n"}, "messages.it:1: expected")


@case
def unknown_files_are_refused():
    refused({"src/mod/a/x.exe": b""}, "no rule for this kind of file")


@case
def styles_name_only_our_files():
    error, c, _, blob = embed({}, (("a/t.woff2", b"font"), ("a/app.css", b"@font-face{src:url(t.woff2)}")))
    assert error == "" and b"-t.woff2)" in blob and b"url(t.woff2)" not in blob, error
    refused({}, "https://example.org/x.png is not among the assets",
            (("a/app.css", b"body{background:url(https://example.org/x.png)}"),))
    refused({}, "data:font/woff;base64,AA is not among",
            (("a/app.css", b"@font-face{src:url(data:font/woff;base64,AA)}"),))
    assert embed({}, (("a/app.css", b"a{background:url(\"data:image/svg+xml,x\")}"),))[0] == ""


@case
def only_the_families_that_are_used_are_kept():
    css = (b"/*! Licence */a{color:red}.btn,.video{x:y}.btn-primary:hover{z:w}.video .btn{no:no}"
           b"@media print{.video{a:b}.row>.btn{c:d}}@keyframes k{0%{e:f}}.it:not(.a,.b),p{g:h}")
    _, _, _, blob = embed({"keep": b"# words\nbtn\nrow\n"}, (("a/bootstrap-x.css", css),), ("keep",))
    assert (b"/*! Licence */a{color:red}.btn{x:y}.btn-primary:hover{z:w}"
            b"@media print{.row>.btn{c:d}}@keyframes k{0%{e:f}}p{g:h}\0") in blob, blob


@case
def fonts_are_not_compressed_twice():
    _, c, _, _ = embed({}, (("a/t.woff2", b"font"), ("a/app.js", b"1;" * 100)))
    rows = [line for line in c.splitlines() if ".woff2" in line and "hash" not in line]
    assert any("NULL" in row for row in rows), rows


print(f"1..{len(cases)}")
failed = 0
for number, function in enumerate(cases, 1):
    try:
        function()
        print(f"ok {number} - {function.__name__}")
    except AssertionError as wrong:
        failed += 1
        print(f"not ok {number} - {function.__name__}\n# {wrong}")
sys.exit(failed > 0)
