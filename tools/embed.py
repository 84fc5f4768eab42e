#!/usr/bin/env python3
"""Turns the files that the program carries inside itself into C.

    embed.py --c OUT.c --asm OUT.S --blob OUT.bin [--asset FILE]... FILE...

All bytes go into one blob, taken into the program by the assembler (.incbin): no compiler ever
parses a megabyte of array. The C file holds the tables that point into it (kit/embedded.h):

    src/mod/persone/pages/scheda.html  template "persone/scheda"
    src/kit/tmpl/pages/form.html       template "kit/form"
    src/app/layout/page.html           template "layout/page"
    src/mod/rette/model.sql            const char rette_model_sql[]
    src/mod/rette/changes/0002_x.sql   a row of const struct db_change rette_changes[]
    src/mod/rette/messages.it          rows of message(); lines "key<TAB>text"
    src/mod/utenti/permessi.tsv        const char permessi_tsv[] (any .tsv: <stem>_tsv)
    --asset app.css                    served for ever as /static/<hash>-app.css; its address is
                                       the template "asset/app.css", url(name) in CSS is rewritten
    --keep bootstrap.keep              of bootstrap-*.css only the rules whose classes are of the
                                       families named there
"""
import argparse
import gzip
import hashlib
import pathlib
import re
import sys

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png",
         ".webmanifest": "application/manifest+json"}
COMPRESSED = {".woff2", ".png"}


class Refused(Exception):
    pass


class Blob:
    """Bytes, each piece followed by a NUL so that texts can be used as C strings."""

    def __init__(self):
        self.data = bytearray()
        self.symbols = []

    def add(self, piece):
        at = len(self.data)
        self.data += piece + b"\0"
        return at

    def symbol(self, name, piece):
        self.symbols.append((name, self.add(piece), len(piece) + 1))


def quoted(text):
    """A C string literal: bytes outside plain ASCII as three octal digits."""
    plain = (chr(b) if 32 <= b < 127 and b not in b'"\\?' else f"\\{b:03o}" for b in text.encode())
    return '"' + "".join(plain) + '"'


def text_of(path):
    data = path.read_bytes()
    if b"\0" in data:
        raise Refused(f"{path}: a NUL in a text")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: {error}") from error
    return data


def place(path):
    """("mod", "persone", rest) of src/mod/persone/..., ("app", "", rest) of src/app/..."""
    parts = path.parts
    at = max(i for i, part in enumerate(parts) if part == "src")
    floor = parts[at + 1]
    if floor == "app":
        return floor, "", parts[at + 2:]
    return floor, parts[at + 2], parts[at + 3:]


def template_name(path):
    floor, room, rest = place(path)
    head = {"mod": room, "kit": "kit"}.get(floor, rest[0] if rest[0] != "pages" else "app")
    return f"{head}/{path.stem}"


def css_rules(text):
    """(head, body) of each rule at the top of a minified style sheet."""
    at = 0
    while (brace := text.find("{", at)) >= 0:
        depth, end = 1, brace + 1
        while depth:
            match = re.compile(r"[{}]|\"[^\"]*\"|'[^']*'").search(text, end)
            depth += {"{": 1, "}": -1}.get(match.group(), 0)
            end = match.end()
        yield text[at:brace], text[brace + 1:end - 1]
        at = end


def css_kept(text, keep):
    """The style sheet without the rules about classes of other families; comments stay."""
    def wanted(selector):
        return all(any(name == family or name.startswith(family + "-") for family in keep)
                   for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector))

    kept = []
    for head, body in css_rules(text):
        comments = "".join(re.findall(r"/\*!.*?\*/", head, re.S))
        head = re.sub(r"/\*.*?\*/|^;", "", head, flags=re.S)
        if head.startswith(("@media", "@supports")):
            body = css_kept(body, keep)
        elif not head.startswith("@"):
            head = ",".join(filter(wanted, re.split(r",(?![^(\[]*[)\]])", head)))
        kept.append(comments + (f"{head}{{{body}}}" if head and body else ""))
    return "".join(kept)


class Program:
    def __init__(self, keep):
        self.keep = keep
        self.blob = Blob()
        self.templates = {}
        self.changes = {}
        self.messages = {}
        self.assets = []

    def file(self, path):
        if path.suffix == ".html":
            self.template(template_name(path), text_of(path), path)
        elif path.suffix == ".sql":
            self.sql(path)
        elif path.suffix == ".it":
            self.texts(path)
        elif path.suffix in (".tsv", ".txt"):
            self.blob.symbol(f"{path.stem}_{path.suffix[1:]}", text_of(path))
        else:
            raise Refused(f"{path}: no rule for this kind of file")

    def template(self, name, text, path):
        if name in self.templates:
            raise Refused(f"{path}: there are two templates named {name}")
        self.templates[name] = self.blob.add(text)

    def sql(self, path):
        room = place(path)[1]
        changes = self.changes.setdefault(room, [])
        if path.parent.name == "changes":
            changes.append((path.stem, self.blob.add(text_of(path))))
        else:
            self.blob.symbol(f"{room}_model_sql", text_of(path))

    def texts(self, path):
        for number, line in enumerate(text_of(path).decode().splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            key, tab, text = line.partition("\t")
            if not tab or not re.fullmatch(r"[a-z0-9_.]+", key) or not text.strip():
                raise Refused(f"{path}:{number}: expected key<TAB>text")
            if key in self.messages:
                raise Refused(f"{path}:{number}: {key} is there twice")
            self.messages[key] = self.blob.add(text.encode())

    def asset(self, path):
        data = path.read_bytes()
        if path.suffix == ".css":
            data = self.css(path, data.decode()).encode()
        elif path.suffix == ".js":
            data = re.sub(rb"//# sourceMappingURL=.*", b"", data)
        digest = hashlib.sha256(data).hexdigest()[:12]
        packed = b"" if path.suffix in COMPRESSED else gzip.compress(data, 9, mtime=0)
        self.assets.append((path.name, TYPES[path.suffix], digest, len(data), self.blob.add(data),
                            len(packed), self.blob.add(packed)))
        self.template(f"asset/{path.name}", f"/static/{digest}-{path.name}".encode(), path)

    def css(self, path, text):
        """Addresses with their hashes; no font inside the style, no map of it."""
        hashes = {name: digest for name, _, digest, *_ in self.assets}

        def address(match):
            name = match.group(1).strip("\"'")
            if name.startswith("data:image/"):
                return match.group(0)
            if name not in hashes:
                raise Refused(f"{path}: {name} is not among the assets before it")
            return f"url({hashes[name]}-{name})"

        text = text.replace("\ufeff", "")
        text = re.sub(r"@charset \"[^\"]*\";|/\*# sourceMappingURL=[^*]*\*/", "", text)
        if self.keep and path.name.startswith("bootstrap"):
            text = re.sub(r"@font-face\{font-family:VideoJS;[^}]*\}", "", text)
            text = css_kept(text, self.keep)
        return re.sub(r"url\((\"[^\"]*\"|'[^']*'|[^)]*)\)", address, text)

    def c(self):
        out = ['#include "kit/embedded.h"', "", "extern const char embedded_blob[];", "",
               "const struct tmpl_file embedded_templates[] = {"]
        out += [f"    {{{quoted(name)}, embedded_blob + {at}}},"
                for name, at in sorted(self.templates.items())]
        out += ["    {0}};", "", "const struct embedded_message embedded_messages[] = {"]
        out += [f"    {{{quoted(key)}, embedded_blob + {at}}},"
                for key, at in sorted(self.messages.items())]
        out += ["    {0}};", f"const size_t embedded_messages_count = {len(self.messages)};", "",
                "const struct web_asset embedded_assets[] = {"]
        for name, kind, digest, size, at, packed_size, packed_at in self.assets:
            packed = f"(const unsigned char *)embedded_blob + {packed_at}" if packed_size else "NULL"
            out.append(f"    {{{quoted(name)}, {quoted(kind)},"
                       f" (const unsigned char *)embedded_blob + {at}, {packed},"
                       f" {size}, {packed_size}, {quoted(digest)}}},")
        out += ["    {0}};", ""]
        for room, changes in sorted(self.changes.items()):
            out.append(f"extern const struct db_change {room}_changes[];")
            out.append(f"const struct db_change {room}_changes[] = {{")
            out += [f"    {{{quoted(name)}, embedded_blob + {at}}}," for name, at in sorted(changes)]
            out += ["    {0}};", ""]
        return "\n".join(out)

    def asm(self, blob_path):
        digest = hashlib.sha256(self.blob.data).hexdigest()
        lines = [f"/* {digest} */", "    .section .rodata", "    .balign 16",
                 "    .globl embedded_blob", "embedded_blob:", f'    .incbin "{blob_path}"']
        for name, at, size in self.blob.symbols:
            lines += [f"    .globl {name}", f"    .set {name}, embedded_blob + {at}",
                      f"    .type {name}, @object", f"    .size {name}, {size}"]
        return "\n".join(lines + ['    .section .note.GNU-stack,"",@progbits', ""])


def main():
    parser = argparse.ArgumentParser()
    for output in ("c", "asm", "blob"):
        parser.add_argument(f"--{output}", type=pathlib.Path, required=True)
    parser.add_argument("--asset", type=pathlib.Path, action="append", default=[])
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("files", type=pathlib.Path, nargs="*")
    args = parser.parse_args()
    try:
        lines = args.keep.read_text().splitlines() if args.keep else []
        program = Program([line for line in lines if line and not line.startswith("#")])
        for path in sorted(args.asset, key=lambda path: (path.suffix == ".css", path.name)):
            program.asset(path)
        for path in args.files:
            program.file(path)
    except (Refused, OSError) as error:
        sys.exit(f"embed: {error}")
    args.blob.write_bytes(program.blob.data)
    args.asm.write_text(program.asm(args.blob.resolve()))
    args.c.write_text(program.c())


main()
