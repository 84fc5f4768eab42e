#!/usr/bin/env python3
"""Checks that what the documents say is so: TAP.

- every link to a file leads somewhere;
- in the manual, words in bold are words of the screen, addresses in backquotes are routes, commands
  and options exist;
- publiccode.yml has what the standard asks for; LICENSE is the EUPL 1.2 to the letter.
"""
import hashlib
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("ZONALE_SOURCE", pathlib.Path(__file__).parent.parent))
MANUAL = sorted((ROOT / "docs/manuale").glob("*.md"))
EUPL = "b265314fe0920ed66121307961dabb70eb3c26c508d2362783e821bbb4a0e16c"


def read(path):
    return path.read_text(encoding="utf-8")


def sources(*suffixes):
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix in suffixes and "test" not in path.parts:
            yield path


def plain(text):
    """Typewriter and typographic apostrophes are one."""
    return re.sub(r"\s+", " ", text.replace("’", "'"))


def links():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")]:
        text = re.sub(r"```.*?```|`[^`]*`", "", read(path), flags=re.S)
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if "://" not in target and not target.startswith("mailto:"):
                assert (path.parent / target).exists(), f"{path.relative_to(ROOT)}: {target}"


def screen_words():
    said = plain(" ".join(read(path) for path in sources(".c", ".html", ".it", ".js")))
    for path in MANUAL:
        for words in re.findall(r"\*\*(.+?)\*\*", plain(read(path))):
            assert words.lower() in said.lower(), f"{path.name}: “{words}” is on no page"


def addresses():
    routes = {line.split()[1] for line in read(ROOT / "tests/golden/routes.txt").splitlines()}
    for path in MANUAL:
        for address in re.findall(r"`(/[^`\s]*)`", read(path)):
            assert address in routes, f"{path.name}: {address} is no route"


def commands():
    text = " ".join(read(path) for path in sources(".c"))
    names = set(re.findall(r'(?:\{|\.name = )"([a-z]+(?: [a-z]+)?)",', text))
    options = set(re.findall(r'\{"!?([a-z-]+)", (?:"[^"]*"|NULL),', text)) | {"help"}
    for path in MANUAL:
        for line in re.findall(r"`(zonale[^`]*)`|^    \$ (zonale.*)$", read(path), re.M):
            words = (line[0] or line[1]).split()
            noun = [w for w in words[1:3] if re.fullmatch(r"[a-z]+", w)]
            known = not noun or " ".join(noun) in names or noun[0] in names
            assert known, f"{path.name}: {' '.join(words)} is no command"
            for option in re.findall(r"--([a-z-]+)", " ".join(words)):
                assert option in options, f"{path.name}: --{option} is no option"


def publiccode():
    text = read(ROOT / "publiccode.yml")
    keys = set(re.findall(r"^([a-zA-Z]+):", text, re.M))
    asked = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
             "description", "legal", "maintenance", "localisation"}
    assert asked <= keys, asked - keys
    assert re.search(r"^  license: EUPL-1.2$", text, re.M)
    assert re.search(r"^  type: community\n  contacts:\n    - name: \S", text, re.M)
    assert re.search(r"^  localisationReady: (true|false)\n  availableLanguages:\n    - it$", text, re.M)
    for name, least, most in [("shortDescription", 1, 150), ("longDescription", 150, 10000)]:
        found = re.findall(name + r": >-\n((?:(?:      .*)?\n)+?)(?=    \w|\S)", text)
        assert len(found) == 2, name
        for part in found:
            size = len(" ".join(part.split()))
            assert least <= size <= most, f"{name}: {size} characters"


def licence():
    letters = re.sub(r"\s+", " ", read(ROOT / "LICENSE")).strip()
    assert hashlib.sha256(letters.encode()).hexdigest() == EUPL, "LICENSE is not the EUPL 1.2"


CASES = [links, screen_words, addresses, commands, publiccode, licence]


def main():
    print(f"1..{len(CASES)}")
    for number, case in enumerate(CASES, 1):
        try:
            case()
            print(f"ok {number} - {case.__name__}")
        except AssertionError as fault:
            print(f"not ok {number} - {case.__name__}\n# {fault}")


if __name__ == "__main__":
    sys.exit(main())
