"""Fees on the published plans beside a bare loop over the bands and beside NumPy, on one core each."""
import re
import subprocess

from run import HERE

TABLE = HERE.parent / "src" / "mod" / "rette" / "demo" / "tariffe_2025.tsv"


def beside_numpy(bench, ours):
    """The same plans, each with ten million values."""
    out = subprocess.run(["/usr/bin/python3", HERE / "rette_numpy.py", TABLE], check=True,
                         capture_output=True, text=True).stdout
    theirs = {(service, variant): float(ms) for service, variant, ms in map(str.split, out.splitlines())}
    if theirs.keys() != ours.keys():
        raise SystemExit(f"bench: NumPy has other plans: {theirs.keys() ^ ours.keys()}")
    for plan, ms in theirs.items():
        bench.say(f"       {' '.join(plan):<25} {ours[plan]:6.1f} ms, NumPy {ms:7.1f} ms, "
                  f"{ms / ours[plan]:.1f} times as long")
    bench.figure("NumPy / ten million fees", sum(theirs.values()) / sum(ours.values()), "x",
                 at_least=20)


def run(bench):
    out = subprocess.run([bench.build / "bench" / "bench_rette"], cwd=HERE.parent, capture_output=True,
                         text=True).stdout
    for line in out.strip().splitlines():
        bench.say("       " + line)
    ratio = re.search(r"ratio to the bare loop ([\d.]+) \(", out)
    bench.figure("ten million fees / a bare loop", float(ratio.group(1)) if ratio else 1e9, "x",
                 at_most=2)
    # NumPy is not asked for days: beside it stands the way that takes one day for all
    plans = re.findall(r"^rette (\S+)\s+(\S+)\s+[\d.]+ ms, one day\s+([\d.]+) ms", out, re.M)
    beside_numpy(bench, {(service, variant): float(ms) for service, variant, ms in plans})
