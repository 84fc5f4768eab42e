#!/usr/bin/python3
"""Gives home care to so many people of a database and logs each day of a month:
fatturazione.py DATABASE USERS MONTH (2025-03). Prints how many days were logged.

The data set must have at least as many people (zonale demo --persone) and the plans of that month.
Each gets a record, an ISEE (one in twenty has none), a service of SAD and a checked month; their
sealed texts stay closed: a bill never opens them."""
import calendar
import sqlite3
import sys

path, users, month = sys.argv[1], int(sys.argv[2]), sys.argv[3]
year, number = (int(part) for part in month.split("-"))
days = calendar.monthrange(year, number)[1]
db = sqlite3.connect(path, isolation_level=None)
db.execute("PRAGMA synchronous = OFF")
ambito, servizio = db.execute("SELECT ambito, id FROM servizio WHERE codice = 'SAD'").fetchone()
ente, who = db.execute("SELECT ente, utente FROM incarico WHERE ambito = ? LIMIT 1",
                       (ambito,)).fetchone()
provider = db.execute("SELECT id FROM ente WHERE ambito = ? AND tipo = 'erogatore' LIMIT 1",
                      (ambito,)).fetchone()[0]
people = [row[0] for row in db.execute(
    "SELECT id FROM persona WHERE ambito = ? ORDER BY id LIMIT ?", (ambito, users))]
if len(people) < users:
    sys.exit(f"{path}: only {len(people)} people")
top = db.execute("""SELECT max(m) FROM (SELECT max(id) AS m FROM cartella UNION ALL
    SELECT max(id) FROM prestazione UNION ALL SELECT max(id) FROM isee)""").fetchone()[0]
last = db.execute("SELECT max(numero) FROM cartella").fetchone()[0]
db.execute("BEGIN")
for n, persona in enumerate(people, 1):
    record, service, isee = top + n * 8, top + n * 8 + 1, top + n * 8 + 2
    db.execute("""INSERT INTO cartella (id, ambito, numero, persona, chiave, ente, riserbo, stato,
        tipo_utente, responsabile, aperta, chiave_avvolta, creata, creata_da)
        SELECT ?, ?, ?, id, chiave, ?, 2, 'con_progetto', 'anziani', ?, '2024-01-01',
        randomblob(72), 0, ? FROM persona WHERE id = ?""",
               (record, ambito, last + n, ente, who, who, persona))
    if n % 20:
        db.execute("""INSERT INTO isee (id, ambito, persona, tipo, valore, protocollo, sottoscritta,
            scadenza, creato) VALUES (?, ?, ?, 'ordinario', ?, ?, ?, ?, 0)""",
                   (isee, ambito, persona, n * 7919 % 2500000, f"INPS-BENCH-{n}",
                    f"{year}-01-15", f"{year}-12-31"))
    db.execute("""INSERT INTO prestazione (id, ambito, versione, cartella, persona, chiave, ente,
        servizio, variante, erogatore, dal, previsti, costo, creata, creata_da)
        SELECT ?, ?, 1, ?, id, chiave, ?, ?, 'feriale', ?, '2024-01-01', 420, 2888, 0, ?
        FROM persona WHERE id = ?""",
               (service, ambito, record, ente, servizio, provider, who, persona))
    db.executemany("INSERT INTO erogazione VALUES (?, ?, ?, ?, ?, 0)",
                   [(service, f"{month}-{day:02}", ambito, 30 + 15 * ((n + day) % 7), who)
                    for day in range(1, days + 1)])
    db.execute("""INSERT INTO mensile (id, ambito, prestazione, mese, versione, stato, quantita,
        retta, costo, spesa, spiegazione, scritto, scritto_da) VALUES (?, ?, ?, ?, 1, 'verificato',
        1, 1, 1, 1, x'00', 0, ?)""", (top + n * 8 + 3, ambito, service, f"{month}-01", who))
db.execute("COMMIT")
db.execute("ANALYZE")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
print(users * days)
