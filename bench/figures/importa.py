"""Import of a table of people, every row checked."""
import resource
import subprocess
import time

PEOPLE = 100000


def table_of(bench):
    """The people of a demonstration ambito, as the program writes them; made once."""
    table = bench.data / "persone.csv"
    if not table.exists():
        folder, _ = bench.ambito("lista", PEOPLE)
        subprocess.run([bench.zonale, "export", "persone", table, "--dati", folder, "--quiet"],
                       check=True)
    with open(table, encoding="utf-8") as file:
        rows = sum(1 for _ in file) - 1
    if rows < PEOPLE:
        raise SystemExit(f"bench: {table} has {rows} people")
    return table


def import_once(bench, table):
    folder = bench.data / "importa"
    subprocess.run(["rm", "-rf", folder], check=True)
    subprocess.run([bench.zonale, "demo", "--dati", folder, "--persone", "0"], check=True,
                   capture_output=True)
    before, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([bench.zonale, "import", "persone", table, "--dati", folder, "--quiet"], check=True)
    wall, after = time.monotonic() - before, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime


def run(bench):
    table = table_of(bench)
    seen = [import_once(bench, table) for _ in range(2)]
    wall = min(one[0] for one in seen)
    bench.say(f"       {min(one[1] for one in seen):.1f} s of processor, {PEOPLE / wall:.0f} people/s")
    bench.figure(f"import of {PEOPLE} people with checks", wall, "s", at_most=10)
