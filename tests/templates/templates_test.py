#!/usr/bin/env python3
"""Every template keeps the rules of the house, one TAP line a file: values only inside quotes, no
inline style or script, a token in each form that writes, names for tables, fields and buttons."""
import os
import pathlib
import re
import sys

SOURCE = pathlib.Path(os.environ["ZONALE_SOURCE"]) / "src"
TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\"[^\"]*\"|'[^']*'|\{\{[^}]*\}\}|[^>\"'])*)>", re.S)

KEEP = [line for line in (SOURCE / "app/assets/bootstrap.keep").read_text().splitlines()
        if line and not line.startswith("#")]
OURS = set(re.findall(r"\.(z-[a-z0-9-]+)", (SOURCE / "app/assets/app.css").read_text()))


def attribute(text, name):
    found = re.search(rf'(?:^|\s){name}="([^"]*)"', text)
    return None if found is None else found.group(1)


def has(text, name):
    return re.search(rf"(?:^|[\s}}]){name}(?:[\s=>{{]|$)", text) is not None


def faults_of_tag(name, text, page):
    if re.search(r"=\s*\{\{", text):
        yield "a value outside quotes"
    for forbidden in ("style", r"on[a-z]+", "target"):
        if re.search(rf"\s{forbidden}=", text):
            yield f"attribute {forbidden} is not allowed"
    if re.search(r"\b(?:href|src|action)=\"(?:[a-z]+:)?//", text) or "javascript:" in text:
        yield "leads to another host"
    if name in ("style", "script") and not (name == "script" and attribute(text, "src")):
        yield f"inline <{name}>"
    if name == "button" and attribute(text, "type") is None:
        yield "a button without type"
    if name == "th" and attribute(text, "scope") is None:
        yield "a heading cell without scope"
    if name == "img" and attribute(text, "alt") is None:
        yield "a picture without alt"
    if name == "svg" and 'aria-hidden="true"' not in text and 'role="img"' not in text:
        yield "an icon that is neither hidden nor named"
    for word in re.sub(r"\{\{[^}]*\}\}", " ", attribute(text, "class") or "").split():
        if word not in OURS and not any(word == f or word.startswith(f + "-") for f in KEEP):
            yield f"class {word} has no style: app.css and bootstrap.keep do not know it"
    if name in ("input", "select", "textarea"):
        yield from faults_of_field(text, page)


def faults_of_field(text, page):
    if "{{>kit/describe}}" in text or attribute(text, "type") in ("hidden", "submit"):
        return
    label = attribute(text, "id")
    if has(text, "aria-label") or has(text, "aria-labelledby"):
        return
    if label is None or f'for="{label}"' not in page:
        yield f"a field without its label: {text.strip()[:80]}"


def faults_of_forms(page):
    for head, body in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.S):
        if 'method="post"' in head and 'name="csrf" value="{{csrf}}"' not in body:
            yield "a form that writes without its token"
        if 'method="post"' not in head and "csrf" in body:
            yield "a token in a form that only reads"


def faults(page):
    page = re.sub(r"\{\{!.*?\}\}", "", page, flags=re.S)
    for match in TAG.finditer(page):
        line = page.count("\n", 0, match.start()) + 1
        for fault in faults_of_tag(match.group(1), " " + match.group(2), page):
            yield f"line {line}: <{match.group(1)}> {fault}"
    yield from faults_of_forms(page)
    for table in re.findall(r"<table\b.*?</table>", page, re.S):
        if "<caption" not in table and "aria-label" not in table.split(">")[0]:
            yield "a table without caption"
    for entity in re.findall(r"\{\{\{|\{\{&", page):
        yield f"{entity}: there is no raw form"


# The rules themselves must bite.
WRONG = {
    '<p class="z-unknown btn">': "no style", '<p class="video-js">': "no style",
    "<a href={{x}}>": "outside quotes", '<p style="color:red">': "not allowed",
    '<a onclick="x()">': "not allowed", "<script>x</script>": "inline",
    '<a href="//example.org">': "another host", "<button>x</button>": "without type",
    '<form method="post"></form>': "without its token", "<table><tr></tr></table>": "caption",
    '<input type="text" id="x">': "without its label", "<th>x</th>": "scope",
    '<form method="get"><input type="hidden" name="csrf" value="{{csrf}}"></form>': "only reads",
}


def main():
    pages = sorted(path for path in SOURCE.rglob("*.html") if "test" not in path.parts)
    print(f"1..{len(pages) + 1}")
    slack = [text for text, reason in WRONG.items() if not any(reason in f for f in faults(text))]
    print(f"{'not ok' if slack else 'ok'} 1 - the rules bite {slack or ''}")
    failed = bool(slack)
    for number, path in enumerate(pages, 2):
        found = list(faults(path.read_text()))
        print(f"{'not ok' if found else 'ok'} {number} - {path.relative_to(SOURCE)}")
        for fault in found:
            print(f"# {fault}")
        failed = failed or bool(found)
    sys.exit(failed)


main()
