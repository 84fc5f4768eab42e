"""The process: time to start, memory, one file."""
import http.client
import time

from figures.lista import PATH, USER


def answers(port):
    try:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        link.request("GET", "/salute")
        return link.getresponse().status == 200
    except OSError:
        return False


def start(bench, folder):
    before = time.monotonic()
    with bench.serving(folder) as zonale:
        while not answers(zonale.port):
            time.sleep(0.005)
        return time.monotonic() - before


def run(bench):
    folder, password = bench.ambito("lista", 100000)
    bench.records(folder, 100000, USER)
    bench.figure("start, until the first answer", min(start(bench, folder) for _ in range(3)), "s",
                 at_most=1)
    with bench.serving(folder) as zonale:
        browser = bench.login(zonale, USER, password)
        browser.get(PATH)
        bench.figure("resident memory, idle", zonale.memory(), "MB", at_most=64)
        cookie = f"zonale={browser.cookies['zonale']}"
        bench.load(zonale, PATH, cookie, connections=64)
        bench.load(zonale, PATH, cookie, connections=512, seconds=4)
        bench.figure("resident memory, most under load", zonale.memory("VmHWM"), "MB", at_most=128)
    size = bench.zonale.stat().st_size / 2**20
    bench.say(f"       one executable of {size:.1f} MB")
