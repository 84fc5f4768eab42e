#!/usr/bin/env python3
"""The addresses that the program serves and who may use them, against a golden file: a change of
access is a line in a diff. In every quick run, so that nobody lands one without seeing it."""
from zonale import *


def test_routes_are_those_of_the_golden_file():
    with Place() as place:
        rows = place.json("routes")
    golden("routes.txt", "".join(" ".join(row.values()) + "\n" for row in rows))


main()
