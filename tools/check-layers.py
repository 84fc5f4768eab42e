#!/usr/bin/env python3
"""Checks that the house stands as it is drawn (four floors, one room per subject).

    check-layers.py [ROOT]       exit 1 when something is out of place, one line each
    check-layers.py --self-test  each rule must catch a house that breaks it

  - an #include points to the same room or downwards: app > mod > kit > base;
  - another room is entered by its front door only (mod/y/y.h), and only if src/mod/NEEDS has "x: y";
  - the needs have no cycle;
  - rules*.c and rules.h include base/ and their own rules.h, nothing else, and know no double;
  - a room takes memory from its arena: no malloc, free or unbounded string functions.
Tests are free to look anywhere: they see what they test.
"""
import pathlib
import re
import sys
import tempfile

FLOORS = {"base": 0, "kit": 1, "mod": 2, "app": 3}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)
BANNED = re.compile(r"\b(malloc|calloc|realloc|free|strcpy|strcat|sprintf|vsprintf|gets|alloca)\s*\(")
FLOATING = re.compile(r"\b(double|float)\b")


def room_of(parts):
    """("mod", "rette") of mod/rette/rules.c, ("base", "") of base/money.h"""
    return parts[0], parts[1] if parts[0] == "mod" and len(parts) > 2 else ""


def read_needs(path, report):
    needs = {}
    if not path.exists():
        return needs
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        found = re.fullmatch(r"(\w+):((?:\s+\w+)+)", line)
        if found is None:
            report(f"{path}:{number}: not of the form \"x: y\"")
            continue
        needs.setdefault(found[1], set()).update(found[2].split())
    return needs


def check_cycle(needs, report):
    state = {}

    def visit(room, trail):
        if state.get(room) == "done":
            return
        if room in trail:
            report("NEEDS has a cycle: " + " > ".join([*trail[trail.index(room):], room]))
            return
        for other in sorted(needs.get(room, ())):
            visit(other, [*trail, room])
        state[room] = "done"

    for room in sorted(needs):
        visit(room, [])


def wrong_include(parts, target, needs):
    """Why a file may not include `target`; None when it may. A bare name is of the same folder."""
    floor, room = room_of(parts)
    if "/" not in target:
        target = "/".join([*parts[:-1], target])
    to = target.split("/")
    if to[0] not in FLOORS:
        return "is not written from src/"
    if FLOORS[to[0]] > FLOORS[floor]:
        return "points upwards"
    is_rules = floor == "mod" and parts[-1].startswith("rules")
    if is_rules and to[0] != "base" and target != f"mod/{room}/rules.h":
        return "rules know base and themselves only"
    if to[0] != "mod" or len(to) < 3 or floor == "app" or to[1] == room:
        return None
    if to[2:] != [to[1] + ".h"]:
        return f"enters the room {to[1]} by a back door"
    if to[1] not in needs.get(room, ()):
        return f"NEEDS does not say \"{room}: {to[1]}\""
    return None


def check_file(path, parts, needs, report):
    text = path.read_text()
    for quote, target in INCLUDE.findall(text):
        if quote == '"':
            why = wrong_include(parts, target, needs)
            if why:
                report(f"{path}: #include \"{target}\" {why}")
    code = COMMENT.sub(" ", text)
    floor, room = room_of(parts)
    for found in BANNED.findall(code) if floor == "mod" else ():
        report(f"{path}: {found}() in a room: memory comes from the arena, texts are bounded")
    if floor == "mod" and parts[-1].startswith("rules") and FLOATING.search(code):
        report(f"{path}: a floating point number in a rule")


def check(root):
    faults = []
    src = root / "src"
    needs = read_needs(src / "mod" / "NEEDS", faults.append)
    check_cycle(needs, faults.append)
    files = 0
    for path in sorted(src.rglob("*.[ch]")):
        parts = path.relative_to(src).parts
        if parts[0] in FLOORS and "test" not in parts:
            check_file(path, parts, needs, faults.append)
            files += 1
    if files == 0:
        faults.append(f"{src}: no source at all")
    return faults


SELF_TEST = [  # file, content, words of the fault; the empty word: no fault
    ("src/mod/a/a.c", '#include "mod/b/b.h"\n#include "kit/cx.h"\n#include "mod/a/rules.h"\n', ""),
    ("src/mod/a/a.c", '#include "mod/c/c.h"\n', 'NEEDS does not say "a: c"'),
    ("src/mod/a/a.c", '#include "mod/b/store.h"\n', "back door"),
    ("src/mod/a/a.c", '#include "app/main.h"\n', "points upwards"),
    ("src/kit/a.c", '#include "mod/b/b.h"\n', "points upwards"),
    ("src/base/a.c", '#include "kit/cx.h"\n', "points upwards"),
    ("src/mod/a/a.c", '#include "../b/b.h"\n', "not written from src/"),
    ("src/mod/a/rules.c", '#include "rules.h"\n', ""),
    ("src/mod/a/rules.c", '#include "store.h"\n', "base and themselves"),
    ("src/mod/a/rules.c", '#include "kit/cx.h"\n', "base and themselves"),
    ("src/mod/a/rules_more.c", '#include "mod/b/b.h"\n', "base and themselves"),
    ("src/mod/a/rules.c", '#include "base/money.h"\n#include <string.h>\n/* no double */\n', ""),
    ("src/mod/a/rules.c", "double x;\n", "floating point"),
    ("src/mod/a/a.c", "void f(void) { free (0); }\n", "free()"),
    ("src/mod/a/a.c", 'const char *f = "free(";\n', ""),
    ("src/mod/a/test/a_test.c", '#include "mod/c/store.h"\n', ""),
    ("src/mod/NEEDS", "a: b\nb: c\nc: a\n", "cycle: a > b > c > a"),
    ("src/mod/NEEDS", "a b\n", "not of the form"),
]


def self_test():
    failed = 0
    for name, content, words in SELF_TEST:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in (("src/mod/NEEDS", "a: b\n"), ("src/base/x.h", ""), (name, content)):
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            faults = check(root)
            if (not words and faults) or (words and not any(words in fault for fault in faults)):
                failed += 1
                print(f"{name}: {content!r}: {faults} should have: {words or 'nothing'}")
    return failed


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    found = check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(found) if found else "every include points the right way")
    sys.exit(1 if found else 0)
