"""What the whole-program tests share: a data folder, the program on it, a browser of a few lines.

Each test script is a list of functions named test_*; `main()` runs them and writes TAP. The engine
comes from ZONALE_TEST_DB (sqlite, or postgresql with ZONALE_TEST_PG); the program from ZONALE.
"""
import contextlib
import difflib
import html.parser
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse

PROGRAM = os.environ["ZONALE"]
SOURCE = pathlib.Path(os.environ.get("ZONALE_SOURCE", "."))
ENGINE = os.environ.get("ZONALE_TEST_DB", "sqlite")
CLUSTER = os.environ.get("ZONALE_TEST_PG", "")
PASSWORD = "Serio-Presolana-2026"  # what users of the tests change theirs to
PATIENCE = 60


class Skip(Exception):
    pass


def psql(sql):
    subprocess.run(["psql", "-q", "-X", CLUSTER + " dbname=postgres", "-c", sql], check=True,
                   stdout=subprocess.DEVNULL)


class Place:
    """A data folder of its own, with its key and, on PostgreSQL, its database."""

    def __init__(self, parent=None):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="zonale-test-", dir=parent))
        self.data = self.root / "dati"
        self.base = None
        self.options = ["--dati", str(self.data)]
        self.env = dict(os.environ, XDG_CONFIG_HOME=str(self.root / "config"))
        self.env.pop("ZONALE_DATI", None)
        if ENGINE == "postgresql":
            self.base = "zp_" + self.root.name.replace("-", "_").lower()
            psql(f'CREATE DATABASE "{self.base}" TEMPLATE template0 ENCODING \'UTF8\'')
            self.options += ["--database", f"{CLUSTER} dbname={self.base}"]

    def run(self, *words, input=None, cwd=None, check=None):
        """A command, with its output as text; `check` is the exit code that must come."""
        done = subprocess.run([PROGRAM, *words, *self.options], input=input, capture_output=True,
                              text=True, env=self.env, cwd=cwd or self.root, timeout=PATIENCE * 2)
        if check is not None and done.returncode != check:
            raise AssertionError(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def json(self, *words):
        return json.loads(self.run(*words, "--json", check=0).stdout)

    def sql(self, query):
        """One column of text, read beside the program."""
        if ENGINE == "sqlite":
            with contextlib.closing(sqlite3.connect(self.data / "zonale.db")) as data:
                return ["" if row[0] is None else str(row[0]) for row in data.execute(query)]
        command = ["psql", "-X", "-A", "-t", f"{CLUSTER} dbname={self.base}", "-c", query]
        env = dict(os.environ, PGOPTIONS="-c zonale.ambito=0")  # on this side of the wall
        return subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout.split("\n")[:-1]

    def empty(self):
        """The data are gone, the key and what lies beside it are still there."""
        shutil.rmtree(self.data)
        if self.base:
            psql(f'DROP DATABASE "{self.base}" WITH (FORCE)')
            psql(f'CREATE DATABASE "{self.base}" TEMPLATE template0 ENCODING \'UTF8\'')

    def remove(self):
        if self.base:
            psql(f'DROP DATABASE IF EXISTS "{self.base}" WITH (FORCE)')
        shutil.rmtree(self.root, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()


class Server:
    def __init__(self, place, *options):
        self.place = place
        self.log = open(place.root / "server.log", "ab")
        self.process = subprocess.Popen([PROGRAM, "serve", "--porta", "0", *place.options, *options],
                                        stdout=subprocess.PIPE, stderr=self.log, env=place.env)
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if not found:
            self.process.wait()
            raise AssertionError("the server did not start: " +
                                 (place.root / "server.log").read_text(errors="replace")[-2000:])
        self.port = int(found.group(1))

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.close()

    def stop(self):
        """SIGTERM; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.close()
        return code

    def close(self):
        self.process.stdout.close()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        elif not self.log.closed:
            self.close()


class Forms(html.parser.HTMLParser):
    """Every form of a page: {method, action, fields}."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self.area = self.choice = None

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form":
            self.forms.append({"method": a.get("method", "get"), "action": a.get("action"), "fields": {}})
        if not self.forms:
            return
        fields = self.forms[-1]["fields"]
        if tag == "input" and a.get("name") and a.get("type") not in ("checkbox", "radio", "submit"):
            fields[a["name"]] = a.get("value") or ""
        elif tag == "input" and a.get("name") and "checked" in a:
            fields[a["name"]] = a.get("value", "on")
        elif tag == "textarea":
            self.area = a.get("name")
            fields[self.area] = ""
        elif tag == "select":
            self.choice = a.get("name")
            fields.setdefault(self.choice, "")
        elif tag == "option" and self.choice and "selected" in a:
            fields[self.choice] = a.get("value", "")

    def handle_data(self, data):
        if self.area:
            self.forms[-1]["fields"][self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.choice = None


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.text = body.decode("utf-8", "replace")
        self.location = headers.get("Location")

    def form(self, has):
        """The form that has a field of this name."""
        parser = Forms()
        parser.feed(self.text)
        for form in parser.forms:
            if has in form["fields"]:
                return dict(form["fields"])
        raise AssertionError(f"no form with {has} in: {self.status} {self.text[:1500]}")


class Browser:
    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if method == "POST":
            headers.setdefault("Origin", f"http://127.0.0.1:{self.port}")
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        try:
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            answer = Answer(reply.status, reply.headers, reply.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = line.partition("=")
            value = rest.split(";")[0]
            if value and "Max-Age=0" not in line:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, fields):
        return self.send("POST", path, urllib.parse.urlencode(fields))

    def submit(self, path, has, **values):
        """Gets a page, fills its form and sends it to the page's own address."""
        fields = self.get(path).form(has)
        fields.update(values)
        return self.post(path, fields)

    def login(self, user, password):
        return self.submit("/entra", "password", nome=user, password=password)

    def enter(self, user, first):
        """Logs in; the first time also changes the password."""
        answer = self.login(user, first)
        if answer.status != 303:
            raise AssertionError(f"{user} not let in: {answer.status} {answer.text[:3000]}")
        if (self.get("/profilo").location or "").startswith("/password"):
            changed = self.submit("/password", "nuova", attuale=first, nuova=PASSWORD, ripeti=PASSWORD)
            if changed.status != 303:
                raise AssertionError(f"password not changed: {changed.status} {changed.text[:3000]}")
            if self.get("/profilo").status != 200:
                self.login(user, PASSWORD)
        if self.get("/profilo").status != 200:
            raise AssertionError(f"{user} is not in after the change")
        return self


def id_text(number):
    """An id as addresses show it (base/id.c)."""
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    return "".join(letters[int(number) >> shift & 31] for shift in range(60, -1, -5))


def demo(place, *options):
    """The demonstration; its first password."""
    return place.json("demo", "--quiet", *options)["password"]


def wait_until(ready, what, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(0.05)


def equal(got, want, what=""):
    if got != want:
        raise AssertionError(f"{what}: {got!r}, wanted {want!r}")


def golden(name, got):
    """What was got, line by line, is what the golden file says; a change is seen as a diff."""
    path = SOURCE / "tests/golden" / name
    if os.environ.get("ZONALE_GOLDEN"):
        path.write_text(got)
    diff = list(difflib.unified_diff(path.read_text().splitlines(), got.splitlines(), "golden", "now",
                                     lineterm="", n=0))
    if diff:
        raise AssertionError(f"{name} (ZONALE_GOLDEN=1 writes it anew):\n" + "\n".join(diff))


def main():
    tests = [(name, test) for name, test in sys.modules["__main__"].__dict__.items()
             if name.startswith("test_")]
    failed = 0
    print("TAP version 13")
    print(f"1..{len(tests)}", flush=True)
    for number, (name, test) in enumerate(tests, 1):
        title = name[5:].replace("_", " ")
        try:
            test()
            print(f"ok {number} - {title}", flush=True)
        except Skip as why:
            print(f"ok {number} - {title} # SKIP {why}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {number} - {title}", flush=True)
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()),
                  flush=True)
    sys.exit(1 if failed else 0)
