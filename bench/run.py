"""Runs the parts in bench/figures, each a module with run(bench), and prints one report.

A part measures with the tools of Bench and calls bench.figure(...) for each number that is
promised. A load is repeated beside its yardstick in turns, and only ratios are compared: the
machine may be busy with other things.
"""
import contextlib
import html
import http.client
import importlib
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.parse

HERE = pathlib.Path(__file__).parent
PASSWORD = "una frase lunga per misurare"


class Server:
    """A process that serves HTTP on this machine."""

    def __init__(self, process, port):
        self.process, self.port = process, port

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def family(self):
        """The process and its workers."""
        pids = [self.process.pid]
        with contextlib.suppress(OSError):
            path = f"/proc/{pids[0]}/task/{pids[0]}/children"
            pids += [int(pid) for pid in pathlib.Path(path).read_text().split()]
        return pids

    def cpu(self):
        """Seconds of processor used so far."""
        ticks = 0
        for pid in self.family():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self, what="VmRSS"):
        """MB, of all its processes."""
        total = 0
        for pid in self.family():
            status = pathlib.Path(f"/proc/{pid}/status").read_text()
            total += int(re.search(what + r":\s+(\d+)", status).group(1))
        return total / 1024


class Browser:
    """As much of a browser as it takes to log in."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, method, path, body=None):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link.request(method, path, body, headers)
        answer = link.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        text = answer.read().decode()
        link.close()
        return answer.status, text

    def get(self, path):
        status, text = self.ask("GET", path)
        if status != 200:
            sys.exit(f"bench: GET {path}: {status}")
        return text

    def send(self, path, **fields):
        token = re.search(r'name="csrf" value="([^"]+)"', self.get(path)).group(1)
        body = urllib.parse.urlencode({"csrf": html.unescape(token), **fields})
        return self.ask("POST", path, body)[0]


class Bench:
    def __init__(self, build):
        self.build = pathlib.Path(build).resolve()
        self.zonale, self.bare = self.build / "zonale", self.build / "bench" / "bare"
        self.data = self.build / "data"
        self.data.mkdir(exist_ok=True)
        self.seconds = int(os.environ.get("BENCH_SECONDS", "8"))
        self.lines, self.missed = [], 0

    def say(self, line=""):
        print(line, flush=True)
        self.lines.append(line)

    def figure(self, name, value, unit, at_least=None, at_most=None):
        good = (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
        limit = at_most if at_least is None else at_least
        part = f"{value / limit:.2f} of it" if limit else "none"
        self.missed += not good
        self.say(f"{'OK' if good else 'MISSED':<6} {name:<58} {value:10.2f} {unit:<5} "
                 f"(limit {'>=' if at_most is None else '<='} {limit:g}: {part})")

    # ---- data ---------------------------------------------------------------------------------

    def ambito(self, name, people):
        """A demonstration ambito with so many people; made once. Its folder and password."""
        folder = self.data / name
        told = folder / "password"
        if not told.exists():
            subprocess.run(["rm", "-rf", folder], check=True)
            out = subprocess.run([self.zonale, "demo", "--dati", folder, "--persone", str(people)],
                                 check=True, capture_output=True, text=True).stdout
            told.write_text(re.search(r"Password di tutti: (\S+)", out).group(1))
        return folder, told.read_text()

    def records(self, folder, count, user):
        out = subprocess.run(["/usr/bin/python3", HERE / "fill.py", folder / "zonale.db",
                              str(count), user], check=True, capture_output=True, text=True).stdout
        return out.split()

    # ---- servers ------------------------------------------------------------------------------

    @contextlib.contextmanager
    def running(self, command, find_port, **more):
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True, **more)
        try:
            yield Server(process, int(re.search(find_port, process.stdout.readline()).group(1)))
        finally:
            process.terminate()
            process.wait(timeout=60)

    def serving(self, folder):
        return self.running([self.zonale, "serve", "--dati", folder, "--porta", "0"], r":(\d+)/")

    def login(self, server, user, password):
        """The session's cookie; the first time the password is changed, as asked."""
        browser = Browser(server.port)
        if browser.send("/entra", nome=user, password=PASSWORD) != 303:
            browser = Browser(server.port)
            if browser.send("/entra", nome=user, password=password) != 303:
                sys.exit(f"bench: {user} cannot log in")
            status = browser.send("/password", attuale=password, nuova=PASSWORD, ripeti=PASSWORD)
            if status != 303:
                sys.exit(f"bench: changing the password: {status}")
        return browser

    # ---- load ---------------------------------------------------------------------------------

    def load(self, server, path, cookie="", connections=64, seconds=None, script=None,
             headers=()):
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds or self.seconds}", "--latency"]
        for header in (["Cookie: " + cookie] if cookie else []) + list(headers):
            command += ["-H", header]
        if script:
            command += ["-s", script]
        before = server.cpu()
        out = subprocess.run(command + [server.url + path], check=True, capture_output=True,
                             text=True).stdout
        requests = int(re.search(r"(\d+) requests in", out).group(1))
        p99, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
        errors = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
        if errors or requests == 0:
            sys.exit(f"bench: {path}: wrong answers\n{out}")
        return {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
                "p99": float(p99) * {"us": 0.001, "ms": 1, "s": 1000}[unit],
                "cpu": (server.cpu() - before) / requests * 1e6}


def main():
    bench = Bench(sys.argv[1])
    parts = sorted(p.stem for p in (HERE / "figures").glob("*.py"))
    wanted = sys.argv[2:] or parts
    if not set(wanted) <= set(parts):
        sys.exit(f"bench: no such part; there are: {' '.join(parts)}")
    sys.path.insert(0, str(HERE))
    sys.dont_write_bytecode = True
    bench.say(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start, "
              f"{time.strftime('%Y-%m-%d %H:%M')}")
    for name in wanted:
        bench.say(f"\n{name}")
        importlib.import_module("figures." + name).run(bench)
    bench.say(f"\n{bench.missed} figures missed")
    (bench.build / "report.txt").write_text("\n".join(bench.lines) + "\n")
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
