"""Controlled rounding of a large table of margins."""
import re
import subprocess


def run(bench):
    out = subprocess.run([bench.build / "bench" / "bench_arrotonda"], check=True, capture_output=True,
                         text=True).stdout
    took = float(re.search(r"in ([\d.]+) ms", out).group(1)) / 1000
    bench.figure("controlled rounding of 1 500 x 20", took, "s", at_most=1)
