"""The bills of a month: 10 000 users of home care, each of 31 days logged, on SQLite."""
import json
import subprocess
import time

from run import HERE

USERS, MONTH, DAYS = 10000, "2025-03", 31


def data(bench):
    folder, _ = bench.ambito("fatturazione", USERS)
    filled = folder / "days"
    if not filled.exists():
        out = subprocess.run(["/usr/bin/python3", HERE / "fatturazione.py", folder / "zonale.db",
                              str(USERS), MONTH], check=True, capture_output=True, text=True).stdout
        filled.write_text(out)
    if int(filled.read_text()) != USERS * DAYS:
        raise SystemExit(f"bench: {filled.read_text()} days instead of {USERS * DAYS}")
    return folder


def run(bench):
    folder = data(bench)
    took = []
    for _ in range(3):
        start = time.monotonic()
        out = subprocess.run([bench.zonale, "fatturazione", "prova", "--dati", folder, "--servizio",
                              "SAD", "--mese", MONTH, "--json"], check=True, capture_output=True,
                             text=True).stdout
        took.append(time.monotonic() - start)
        bench.say(f"       read, reckoned and written in {took[-1]:.2f} s, the start of the program "
                  "among it")
    users = json.loads(out)["utenti"]
    if users < USERS:
        raise SystemExit(f"bench: only {users} users billed")
    bench.figure(f"{users} users x {DAYS} days billed", min(took), "s", at_most=2)
