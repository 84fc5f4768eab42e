#!/usr/bin/python3
"""Brings a database to so many records, spread over its people: fill.py DATABASE RECORDS USER

All belong to the body for which USER acts; prints the ambito and that body, as numbers. What is
sealed in a record stays closed: the list never opens it."""
import sqlite3
import sys

path, wanted, user = sys.argv[1], int(sys.argv[2]), sys.argv[3]
db = sqlite3.connect(path, isolation_level=None)
db.execute("PRAGMA synchronous = OFF")
ambito, ente, who = db.execute(
    "SELECT i.ambito, i.ente, u.id FROM utente u JOIN incarico i ON i.utente = u.id WHERE u.nome = ?",
    (user,)).fetchone()
tipo = db.execute("SELECT tipo FROM ente WHERE id = ?", (ente,)).fetchone()[0]
have, top, number = db.execute(
    "SELECT count(*), coalesce(max(id), 0), coalesce(max(numero), 0) FROM cartella").fetchone()
people = db.execute("SELECT count(*) FROM persona WHERE ambito = ?", (ambito,)).fetchone()[0]
db.execute("BEGIN")
while have < wanted:
    some = min(people, wanted - have)
    db.execute(
        """INSERT INTO cartella (id, ambito, numero, persona, chiave, ente, riserbo, stato,
               tipo_utente, responsabile, aperta, chiave_avvolta, creata, creata_da)
           SELECT ? + n * 7, ambito, ? + n, id, chiave, ?, 2,
               CASE n % 3 WHEN 0 THEN 'accolta' WHEN 1 THEN 'in_valutazione' ELSE 'con_progetto' END,
               CASE n % 2 WHEN 0 THEN 'anziani' ELSE 'disabili' END,
               ?, date('2025-01-01', '-' || (n % 2000) || ' day'), randomblob(72), 0, ?
           FROM (SELECT *, row_number() OVER (ORDER BY numero) AS n FROM persona
                 WHERE ambito = ? LIMIT ?)""",
        (top, number, ente, who, who, ambito, some))
    have, top, number = have + some, top + some * 7, number + some
db.execute("DELETE FROM cartella_contatore")
db.execute("""INSERT INTO cartella_contatore
              SELECT ambito, ente, stato, tipo_utente, riserbo < 5, count(*) FROM cartella
              GROUP BY 1, 2, 3, 4, 5""")
db.execute("COMMIT")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
print(ambito, ente, tipo)
