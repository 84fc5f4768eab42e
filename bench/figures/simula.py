"""A fee plan tried on 100 000 users, once they are loaded."""
import re
import subprocess


def run(bench):
    out = subprocess.run([bench.build / "bench" / "bench_simula"], capture_output=True, text=True).stdout
    bench.say("       " + out.strip())
    took = re.search(r"users: ([\d.]+) s \(at most 1\)$", out.strip())
    bench.figure("a plan on 100 000 users", float(took.group(1)) if took else 1e9, "s", at_most=1)
