"""Fees on the published plans beside a bare loop over the bands, on one core."""
import re
import subprocess


def run(bench):
    out = subprocess.run([bench.build / "bench" / "bench_rette"], capture_output=True, text=True).stdout
    for line in out.strip().splitlines():
        bench.say("       " + line)
    ratio = re.search(r"ratio to the bare loop ([\d.]+) \(", out)
    bench.figure("ten million fees / a bare loop", float(ratio.group(1)) if ratio else 1e9, "x",
                 at_most=2)
