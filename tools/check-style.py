#!/usr/bin/env python3
"""Checks what a reader should not have to: format, lengths and leftovers.

    check-style.py [ROOT]   exit 1 when something is wrong, one line each

  - C is as clang-format 14 writes it with our .clang-format;
  - a file fits a sitting (LINES), a function a screen (SCREEN); tests may be longer;
  - no note that something is still to be done;
  - scripts parse (bash -n, sh -n).
"""
import pathlib
import re
import subprocess
import sys

LINES, LINES_TEST, SCREEN, SCREEN_TEST = 450, 700, 50, 80
LEFTOVER = re.compile(r"\b(TODO|FIXME|HACK)\b")
FOLDERS = ("src", "fuzz", "bench", "tests", "tools", "script")


def files_of(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", *FOLDERS],
                            capture_output=True, text=True)
    if listed.returncode == 0:
        return [root / name for name in listed.stdout.splitlines() if (root / name).is_file()]
    return [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()]


def check_format(sources, faults):
    for start in range(0, len(sources), 40):
        done = subprocess.run(["clang-format-14", "--dry-run", "-Werror", *sources[start:start + 40]],
                              capture_output=True, text=True)
        for line in sorted(set(re.findall(r"^(\S+?):\d+:\d+: error", done.stderr, re.M))):
            faults.append(f"{line}: not as clang-format writes it")


def check_functions(path, lines, faults):
    """A function's body stands between a "{" and a "}" in the first column."""
    most = SCREEN_TEST if "test" in path.parts or path.parts[-2] in ("fuzz", "bench") else SCREEN
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start:
            if number - start - 1 > most:
                faults.append(f"{path}:{start}: a function of {number - start - 1} lines")
            start = None


def check_text(path, faults):
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        return
    if path.name != pathlib.Path(__file__).name and LEFTOVER.search(text):
        faults.append(f"{path}: a note that something is still to be done")
    if path.suffix in (".c", ".h"):
        lines = text.splitlines()
        if len(lines) > (LINES_TEST if "test" in path.parts else LINES):
            faults.append(f"{path}: {len(lines)} lines")
        if path.suffix == ".c":
            check_functions(path, lines, faults)
    shell = re.match(r"#!.*\b(bash|sh)\b", text)
    if shell and subprocess.run([shell[1], "-n", path], capture_output=True).returncode:
        faults.append(f"{path}: does not parse")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    faults = []
    files = files_of(root)
    check_format([path for path in files if path.suffix in (".c", ".h")], faults)
    for path in files:
        check_text(path, faults)
    if not files:
        faults.append(f"{root}: nothing to check")
    print("\n".join(faults) if faults else f"{len(files)} files in order")
    sys.exit(1 if faults else 0)


main()
