#!/usr/bin/python3
"""Ten million fees on each published plan with NumPy, as one would write it: rette_numpy.py TABLE

The version in force by searchsorted over the dates, bands by searchsorted, straight lines by interp,
rounded to the cent: the questions that the program is asked. Prints the best of three times of each
plan in milliseconds."""
import csv
import sys
import time

import numpy

VALUES, ROUNDS = 10_000_000, 3
NOT_IN_FORCE = -1


def cents(text):
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def plans(path):
    """The bands of each plan: (end, amount), or one straight line ((from, to), (least, most))."""
    found = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["isee_da"].replace(".", "").isdigit():
                found.setdefault((row["servizio"], row["variante"]), []).append(row)
    return found


def work_of(rows):
    if "-" in rows[0]["importo"]:
        least, most = map(cents, rows[0]["importo"].split("-"))
        ends = [cents(rows[0]["isee_da"]), cents(rows[0]["isee_a"])]
        return lambda isee: numpy.rint(numpy.interp(isee, ends, [least, most])).astype(numpy.int64)
    ends = numpy.array([cents(row["isee_a"]) for row in rows if row["isee_a"]], numpy.int64)
    amounts = numpy.array([cents(row["importo"]) for row in rows], numpy.int64)
    return lambda isee: amounts[numpy.searchsorted(ends, isee, side="left")]


def main():
    chance = numpy.random.default_rng(2025)
    isee = chance.integers(0, 6_500_000, VALUES, dtype=numpy.int64)
    year = numpy.datetime64("2025-01-01").astype(numpy.int32)
    days = (year + chance.integers(0, 365, VALUES)).astype(numpy.int32)
    starts = numpy.array([year])
    for (service, variant), rows in plans(sys.argv[1]).items():
        work, best = work_of(rows), float("inf")
        for _ in range(ROUNDS):
            start = time.perf_counter()
            version = numpy.searchsorted(starts, days, side="right")
            numpy.where(version > 0, work(isee), NOT_IN_FORCE)
            best = min(best, time.perf_counter() - start)
        print(f"{service} {variant} {best * 1e3:.1f}", flush=True)


main()
