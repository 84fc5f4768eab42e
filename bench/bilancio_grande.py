#!/usr/bin/python3
"""A budget of so many items x sources as the table that `zonale bilancio importa` reads:

    bilancio_grande.py [ITEMS [SOURCES [FILLED]]] > grande.tsv     200 30 100
    zonale bilancio importa grande.tsv --anno 2026

FILLED is the percentage of the cells that are not empty; the same numbers give the same table."""
import random
import sys

items, sources, filled = (int(n) for n in [*sys.argv[1:], *"200 30 100".split()[len(sys.argv) - 1:]])
dice = random.Random(f"{items} {sources} {filled}")
print("area\tvoce_spesa\tfonte\timporto")
for item in range(items):
    for source in range(sources):
        if source == item % sources or dice.randrange(100) < filled:
            cents = dice.randrange(1, 5_000_000)
            print(f"AREA {item * 8 // items + 1}\tVoce di spesa numero {item + 1}"
                  f"\tFonte {source + 1}\t{cents // 100}.{cents % 100:02}")
