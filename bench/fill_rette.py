#!/usr/bin/python3
"""Gives home care and an ISEE to who has a record and none yet: fill_rette.py DATABASE DAY

Behind fill.py. DAY (2026-11-20) lies in the middle of what is written. Then
`zonale rette simula --tabella TARIFFE.tsv --data DAY --tempi --json` tells how long it read and
reckoned."""
import sqlite3
import sys

path, day = sys.argv[1], sys.argv[2]
db = sqlite3.connect(path, isolation_level=None)
db.execute("PRAGMA synchronous = OFF")
sad, ambito = db.execute("SELECT id, ambito FROM servizio WHERE codice = 'SAD'").fetchone()
coop = db.execute("SELECT id FROM ente WHERE ambito = ? AND tipo = 'erogatore'", (ambito,)).fetchone()[0]
who = db.execute("SELECT min(id) FROM utente").fetchone()[0]
top = db.execute("SELECT coalesce(max(id), 0) FROM prestazione").fetchone()[0]
last = db.execute("SELECT coalesce(max(id), 0) FROM isee").fetchone()[0]
db.execute("BEGIN")
db.execute(
    """INSERT INTO prestazione (id, ambito, versione, cartella, persona, chiave, ente, servizio,
           variante, erogatore, dal, al, previsti, costo, creata, creata_da)
       SELECT ? + row_number() OVER (ORDER BY c.id), c.ambito, 1, c.id, c.persona, u.chiave, c.ente, ?,
           'feriale', ?, date(?, '-1 year'), NULL, 60 + 30 * (c.numero % 10), 2888, 0, ?
       FROM cartella c JOIN persona u ON u.id = c.persona WHERE c.ambito = ?
           AND NOT EXISTS (SELECT 1 FROM prestazione p WHERE p.cartella = c.id)""",
    (top, sad, coop, day, who, ambito))
db.execute(
    """INSERT INTO isee (id, ambito, persona, tipo, valore, protocollo, sottoscritta, scadenza, creato)
       SELECT ? + row_number() OVER (ORDER BY u.id), u.ambito, u.id, 'ordinario', abs(random()) % 3000000,
           'PROVA-' || u.id, date(?, '-30 day'), date(?, '+30 day'), 0
       FROM persona u WHERE u.ambito = ? AND u.id % 8 <> 0""",
    (last, day, day, ambito))
db.execute("COMMIT")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
print(db.execute("SELECT count(DISTINCT persona) FROM prestazione WHERE servizio = ?", (sad,)).fetchone()[0])
