"""A fee plan tried on 100 000 users, once they are loaded: the rule alone, and all of the command on
a database."""
import json
import re
import subprocess
import time

from run import HERE

PEOPLE = 100000
TABLE = HERE.parent / "src" / "mod" / "rette" / "demo" / "tariffe_2025.tsv"


def data(bench):
    """Everybody with home care and most with an ISEE; and the home care of the published table."""
    folder, _ = bench.ambito("simula", PEOPLE)
    filled, plan = folder / "users", folder / "sad.tsv"
    if not filled.exists():
        bench.records(folder, PEOPLE * 6 // 5, "coordinatore")  # the demonstration's have two
        out = subprocess.run(["/usr/bin/python3", HERE / "fill_rette.py", folder / "zonale.db",
                              time.strftime("%Y-%m-%d")], check=True, capture_output=True, text=True)
        filled.write_text(out.stdout)
    lines = TABLE.read_text().splitlines()
    plan.write_text("\n".join(lines[:1] + [l for l in lines if l.startswith("SAD\tferiale\t")]) + "\n")
    return folder, plan


def run(bench):
    out = subprocess.run([bench.build / "bench" / "bench_simula"], cwd=HERE.parent,
                         capture_output=True, text=True).stdout
    bench.say("       " + out.strip())
    took = re.search(r"users: ([\d.]+) s \(at most 1\)$", out.strip())
    bench.figure("a plan on 100 000 users, the rule", float(took.group(1)) if took else 1e9, "s",
                 at_most=1)
    folder, plan = data(bench)
    seen = []
    for _ in range(3):
        out = subprocess.run([bench.zonale, "rette", "simula", "--dati", folder, "--tabella", plan,
                              "--tempi", "--json"], check=True, capture_output=True, text=True).stdout
        said = json.loads(out)
        users = said["ipotesi"][0]["totale"]["utenti"]
        times = {name: us / 1e6 for name, us in said["tempi"].items()}
        seen.append(times["calcolo_us"])
        bench.say(f"       {users} users read in {times['carico_us']:.3f} s, reckoned in "
                  f"{times['calcolo_us']:.3f} s")
    if users < PEOPLE:
        raise SystemExit(f"bench: only {users} users")
    bench.figure("a plan on 100 000 users of a database, once read", min(seen), "s", at_most=1)
