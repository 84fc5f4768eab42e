/* Every statement of the room; the structs they fill stand in the store_*.c files. */
#include "mod/utenti/statements.h"

#include "mod/utenti/utenti.h"

#define UTENTE                                                                                     \
    "id, ambito, nome, intestazione, email, attivo, da_cambiare, totp_attivo, creato, "            \
    "ultimo_accesso, versione, modificato, modificato_da"
#define INCARICO "id, ambito, utente, ruolo, ente, dal, al"
#define CREDENZIALI                                                                                \
    "id, ambito, nome, intestazione, attivo, password, da_cambiare, totp_chiuso, totp_attivo, "    \
    "totp_contatore"
#define EMERGENZA                                                                                  \
    "e.id AS id, e.utente AS utente, u.intestazione AS intestazione, e.oggetto_tipo AS "           \
    "oggetto_tipo, e.oggetto AS oggetto, e.ente AS ente, e.motivo AS motivo, "                     \
    "e.inizio AS inizio, e.fine AS fine, e.chiusa AS chiusa, e.esito AS esito, "                   \
    "e.riesaminata AS riesaminata, e.testo AS testo, e.nota AS nota"

const struct db_sql utenti_sql[] = {
    [SQL_UTENTE_INSERT] =
        {"utente_insert",
         "INSERT INTO utente (id, ambito, nome, intestazione, chiave, email, attivo, "
         "password, da_cambiare, password_dal, totp_attivo, totp_contatore, creato, "
         "creato_da, versione) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
         "$13, $14, 1)"},
    [SQL_UTENTE_UPDATE] = {"utente_update",
                           "UPDATE utente SET intestazione = $3, chiave = $4, email = "
                           "$5 WHERE ambito = $1 AND id = $2"},
    [SQL_UTENTE_TOUCH] = {"utente_touch", "UPDATE utente SET versione = versione + 1, modificato = "
                                          "$3, modificato_da = $4 WHERE ambito = $1 AND id = $2"},
    [SQL_UTENTE_LEADS] =
        {"utente_leads",
         "SELECT count(*) FROM relazione WHERE ambito = $1 AND utente = $2 AND oggetto_tipo = "
         "'cartella' AND tipo = 'responsabile' AND dal <= $3 AND (al IS NULL OR al > $3)"},
    [SQL_UTENTE_ACTIVE] = {"utente_active",
                           "UPDATE utente SET attivo = $3 WHERE ambito = $1 AND id = $2"},
    [SQL_UTENTE_LOAD] = {"utente_load",
                         "SELECT " UTENTE " FROM utente WHERE ambito = $1 AND id = $2"},
    [SQL_UTENTE_BY_NAME] = {"utente_by_name",
                            "SELECT " UTENTE " FROM utente WHERE ambito = $1 AND nome = $2"},
    [SQL_UTENTE_TAKEN] = {"utente_taken", "SELECT count(*) FROM utente WHERE nome = $1"},
    [SQL_UTENTE_LABEL] = {"utente_label",
                          "SELECT id, intestazione FROM utente WHERE ambito = $1 AND id = $2"},
    [SQL_UTENTE_OF_ROLE] =
        {"utente_of_role",
         "SELECT id, intestazione FROM utente u WHERE ambito = $1 AND attivo = 1 AND "
         "EXISTS (SELECT 1 FROM incarico i WHERE i.ambito = $1 AND i.ruolo = $2 AND "
         "i.utente = u.id AND i.dal <= $3 AND (i.al IS NULL OR i.al > $3)) ORDER BY "
         "chiave, id LIMIT $4"},
    [SQL_UTENTE_OF_ALL] = {"utente_of_all",
                           "SELECT id, intestazione FROM utente u WHERE ambito = $1 AND attivo = 1 "
                           "ORDER BY chiave, id LIMIT $2"},
    [SQL_UTENTE_COORDINATORS] =
        {"utente_coordinators",
         "SELECT id, intestazione FROM utente u WHERE ambito = $1 AND attivo = 1 AND EXISTS "
         "(SELECT 1 FROM incarico i WHERE i.ambito = $1 AND i.utente = u.id AND i.ruolo = "
         "'coordinatore' AND i.dal <= $3 AND (i.al IS NULL OR i.al > $3) AND (i.ente = $2 OR "
         "i.ente = $1 OR " HA_RELAZIONE("$1", "$2", "u.id", "$3",
                                        "'coordina'") ")) ORDER BY "
                                                      "chiave, id LIMIT $4"},
    [SQL_INCARICO_INSERT] =
        {"incarico_insert",
         "INSERT INTO incarico (id, ambito, utente, ruolo, ente, dal, al, creato, "
         "creato_da) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [SQL_INCARICO_LOAD] = {"incarico_load",
                           "SELECT " INCARICO " FROM incarico WHERE ambito = $1 AND id = $2"},
    [SQL_INCARICO_LIST] = {"incarico_list",
                           "SELECT " INCARICO " FROM incarico WHERE ambito = $1 AND "
                           "utente = $2 ORDER BY dal DESC, id DESC LIMIT $3"},
    [SQL_INCARICO_END] = {"incarico_end",
                          "UPDATE incarico SET al = $3 WHERE ambito = $1 AND id = $2"},
    [SQL_INCARICO_LEAVE] =
        {"incarico_leave",
         "UPDATE incarico SET al = CASE WHEN dal > $3 THEN dal ELSE $3 END WHERE ambito = $1 AND "
         "utente = $2 AND (al IS NULL OR al > $3)"},
    [SQL_INCARICO_KEEPERS] =
        {"incarico_keepers",
         "SELECT count(*) FROM incarico i JOIN utente u ON u.id = i.utente WHERE i.ambito = $1 AND "
         "i.ruolo = 'amministratore' AND i.utente <> $2 AND u.attivo = 1 AND i.dal <= $3 AND i.al "
         "IS NULL"},
    [SQL_INCARICO_ADMINS] =
        {"incarico_admins",
         "SELECT count(*) FROM incarico i JOIN utente u ON u.id = i.utente WHERE "
         "i.ambito = $1 AND i.ruolo = 'amministratore' AND i.utente <> $2 AND "
         "u.attivo = 1 AND i.dal <= $3 AND (i.al IS NULL OR i.al > $3)"},
    [SQL_RELAZIONE_HELD] =
        {"relazione_held",
         "SELECT tipo FROM relazione WHERE ambito = $1 AND oggetto = $2 AND utente = "
         "$3 AND oggetto_tipo = $4 AND dal <= $5 AND (al IS NULL OR al > $5) UNION "
         "ALL SELECT 'emergenza' FROM emergenza WHERE ambito = $1 AND oggetto = $2 "
         "AND utente = $3 AND fine > $6 AND inizio <= $6 AND oggetto_tipo = $4 AND "
         "chiusa IS NULL"},
    [SQL_RELAZIONE_FIND] =
        {"relazione_find",
         "SELECT id FROM relazione WHERE ambito = $1 AND oggetto = $2 AND utente = "
         "$3 AND tipo = $4 AND oggetto_tipo = $5 AND dal <= $6 AND (al IS NULL OR al "
         ">= $7) ORDER BY id LIMIT 1"},
    [SQL_RELAZIONE_INSERT] =
        {"relazione_insert",
         "INSERT INTO relazione (id, ambito, utente, tipo, oggetto_tipo, oggetto, "
         "dal, al, motivo, creata, creata_da) VALUES ($1, $2, $3, $4, $5, $6, $7, "
         "$8, $9, $10, $11)"},
    [SQL_RELAZIONE_END] = {"relazione_end",
                           "UPDATE relazione SET al = $3 WHERE ambito = $1 AND id = $2"},
    [SQL_RELAZIONE_END_ALL] =
        {"relazione_end_all", "UPDATE relazione SET al = $4 WHERE ambito = $1 AND oggetto = $2 AND "
                              "tipo = $3 AND (al IS NULL OR al > $4)"},
    [SQL_RELAZIONE_END_ONE] =
        {"relazione_end_one", "UPDATE relazione SET al = $4 WHERE ambito = $1 AND oggetto = $2 AND "
                              "tipo = $3 AND (al IS NULL OR al > $4) AND utente = $5"},
    [SQL_RELAZIONE_LIST] =
        {"relazione_list",
         "SELECT r.id AS id, r.utente AS utente, u.intestazione AS intestazione, "
         "r.tipo AS tipo, r.dal AS dal, r.al AS al, r.motivo AS motivo FROM relazione "
         "r JOIN utente u ON u.id = r.utente WHERE r.ambito = $1 AND r.oggetto = $2 "
         "ORDER BY CASE WHEN r.al IS NULL OR r.al > $3 THEN 0 ELSE 1 END, r.dal "
         "DESC, r.id LIMIT $4"},
    [SQL_RELAZIONE_HOLDERS] =
        {"relazione_holders",
         "SELECT r.utente AS id, u.intestazione AS intestazione FROM relazione r "
         "JOIN utente u ON u.id = r.utente WHERE r.ambito = $1 AND r.oggetto = $2 "
         "AND r.tipo = $3 AND u.attivo = 1 AND r.dal <= $4 AND (r.al IS NULL OR "
         "r.al > $4) ORDER BY r.id LIMIT $5"},

    /* ---- sessions ---- */
    [SQL_SESSIONE_LOAD] =
        {"sessione_load",
         "SELECT s.id AS id, s.csrf AS csrf, s.accesso AS accesso, s.avviso AS avviso, u.id AS "
         "utente, u.ambito AS ambito, u.intestazione AS intestazione, u.da_cambiare AS "
         "da_cambiare, i.ente AS ente, i.ruolo AS ruolo FROM sessione s JOIN utente u ON u.id = "
         "s.utente JOIN incarico i ON i.id = s.incarico WHERE s.impronta = $1 AND s.fine IS NULL "
         "AND s.vista > $2 AND s.creata > $3 AND u.attivo = 1 AND i.dal <= $4 AND (i.al IS NULL OR "
         "i.al > $4)"},
    [SQL_SESSIONE_INSERT] =
        {"sessione_insert",
         "INSERT INTO sessione (id, ambito, utente, incarico, impronta, csrf, creata, accesso, "
         "vista, rete) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"},
    [SQL_SESSIONE_TOUCH] =
        {"sessione_touch",
         "UPDATE sessione SET vista = $2, avviso = NULL WHERE id = $1 AND fine IS NULL"},
    [SQL_SESSIONE_NOTICE] = {"sessione_notice", "UPDATE sessione SET avviso = $2 WHERE id = $1"},
    [SQL_SESSIONE_CONFIRM] = {"sessione_confirm",
                              "UPDATE sessione SET accesso = $2, impronta = $3 WHERE id = $1"},
    [SQL_SESSIONE_LIST] =
        {"sessione_list", "SELECT id, creata, vista, rete FROM sessione WHERE utente = $1 AND fine "
                          "IS NULL AND vista > $2 AND creata > $3 ORDER BY creata DESC LIMIT $4"},
    [SQL_SESSIONE_END] =
        {"sessione_end",
         "UPDATE sessione SET fine = $3 WHERE utente = $1 AND id = $2 AND fine IS NULL"},
    [SQL_SESSIONE_END_ALL] =
        {"sessione_end_all",
         "UPDATE sessione SET fine = $2 WHERE utente = $1 AND id <> $3 AND fine IS NULL"},
    [SQL_SESSIONE_END_ROLE] =
        {"sessione_end_role",
         "UPDATE sessione SET fine = $2 WHERE utente = $1 AND incarico = $3 AND fine IS NULL"},
    [SQL_SESSIONE_ROLE] = {"sessione_role",
                           "UPDATE sessione SET incarico = $2, impronta = $3 WHERE id = $1"},
    [SQL_SESSIONE_FORGET] = {"sessione_forget", "DELETE FROM sessione WHERE creata < $1"},

    /* ---- logins ---- */
    [SQL_CREDENZIALI_LOAD] = {"credenziali_load",
                              "SELECT " CREDENZIALI " FROM utente WHERE nome = $1"},
    [SQL_CREDENZIALI_OF] = {"credenziali_of", "SELECT " CREDENZIALI " FROM utente WHERE id = $1"},
    [SQL_INCARICO_NOW] =
        {"incarico_now",
         "SELECT id, ambito, utente, ruolo, ente, dal, al FROM incarico WHERE utente = $1 AND dal "
         "<= $2 AND (al IS NULL OR al > $2) ORDER BY dal DESC, id DESC LIMIT $3"},
    [SQL_PASSWORD_SET] =
        {"password_set",
         "UPDATE utente SET password = $2, da_cambiare = $3, password_dal = $4 WHERE id = $1"},
    [SQL_ACCESSO_DONE] = {"accesso_done", "UPDATE utente SET ultimo_accesso = $2 WHERE id = $1"},
    [SQL_TENTATIVO_LOAD] = {"tentativo_load",
                            "SELECT falliti, ultimo FROM tentativo WHERE chiave = $1"},
    [SQL_TENTATIVO_FAIL] = {"tentativo_fail",
                            "INSERT INTO tentativo (chiave, falliti, ultimo) VALUES ($1, 1, $2) ON "
                            "CONFLICT (chiave) DO UPDATE SET falliti = CASE WHEN tentativo.ultimo "
                            "< $3 THEN 1 ELSE tentativo.falliti + 1 END, ultimo = $2"},
    [SQL_TENTATIVO_CLEAR] = {"tentativo_clear", "DELETE FROM tentativo WHERE chiave = $1"},
    [SQL_TENTATIVO_FORGET] = {"tentativo_forget", "DELETE FROM tentativo WHERE ultimo < $1"},

    /* ---- second factor ---- */
    [SQL_TOTP_SET] =
        {"totp_set",
         "UPDATE utente SET totp_chiuso = $2, totp_attivo = $3, totp_contatore = $4 WHERE id = $1"},
    [SQL_TOTP_USED] =
        {"totp_used",
         "UPDATE utente SET totp_contatore = $2 WHERE id = $1 AND totp_contatore < $2"},
    [SQL_RECUPERO_INSERT] =
        {"recupero_insert",
         "INSERT INTO recupero (id, ambito, utente, indice) VALUES ($1, $2, $3, $4)"},
    [SQL_RECUPERO_USE] =
        {"recupero_use",
         "UPDATE recupero SET usato = $3 WHERE utente = $1 AND indice = $2 AND usato IS NULL"},
    [SQL_RECUPERO_FIND] =
        {"recupero_find",
         "SELECT count(*) FROM recupero WHERE utente = $1 AND indice = $2 AND usato IS NULL"},
    [SQL_RECUPERO_LEFT] = {"recupero_left",
                           "SELECT count(*) FROM recupero WHERE utente = $1 AND usato IS NULL"},
    [SQL_RECUPERO_CLEAR] = {"recupero_clear", "DELETE FROM recupero WHERE utente = $1"},

    /* ---- break glass ---- */
    [SQL_EMERGENZA_INSERT] =
        {"emergenza_insert",
         "INSERT INTO emergenza (id, ambito, utente, oggetto_tipo, oggetto, ente, motivo, testo, "
         "inizio, fine) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"},
    [SQL_EMERGENZA_LOAD] =
        {"emergenza_load",
         "SELECT " EMERGENZA
         " FROM emergenza e JOIN utente u ON u.id = e.utente WHERE e.ambito = $1 AND e.id = $2"},
    [SQL_EMERGENZA_OPEN] = {"emergenza_open",
                            "SELECT count(*) FROM emergenza WHERE ambito = $1 AND oggetto = $2 AND "
                            "utente = $3 AND fine > $4 AND chiusa IS NULL"},
    [SQL_EMERGENZA_CLOSE] =
        {"emergenza_close",
         "UPDATE emergenza SET chiusa = $3 WHERE ambito = $1 AND id = $2 AND chiusa IS NULL"},
    [SQL_EMERGENZA_REVIEW] =
        {"emergenza_review",
         "UPDATE emergenza SET esito = $3, nota = $4, riesaminata = $5, riesaminata_da = $6 WHERE "
         "ambito = $1 AND id = $2 AND riesaminata IS NULL"},

    /* ---- notices, drafts, filters ---- */
    [SQL_AVVISO_INSERT] = {"avviso_insert", "INSERT INTO avviso (id, ambito, utente, testo, href, "
                                            "creato) VALUES ($1, $2, $3, $4, $5, $6)"},
    [SQL_AVVISO_LIST] = {"avviso_list", "SELECT id, testo, href, creato FROM avviso WHERE utente = "
                                        "$1 AND letto IS NULL ORDER BY id DESC LIMIT $2"},
    [SQL_AVVISO_READ] =
        {"avviso_read",
         "UPDATE avviso SET letto = $3 WHERE utente = $1 AND id = $2 AND letto IS NULL"},
    [SQL_BOZZA_SAVE] =
        {"bozza_save",
         "INSERT INTO bozza (utente, percorso, ambito, testo, quando) VALUES ($1, $2, $3, $4, $5) "
         "ON CONFLICT (utente, percorso) DO UPDATE SET testo = $4, quando = $5"},
    [SQL_BOZZA_LOAD] =
        {"bozza_load",
         "SELECT testo FROM bozza WHERE utente = $1 AND percorso = $2 AND quando > $3"},
    [SQL_BOZZA_DELETE] = {"bozza_delete", "DELETE FROM bozza WHERE utente = $1 AND percorso = $2"},
    [SQL_BOZZA_FORGET] = {"bozza_forget",
                          "DELETE FROM bozza WHERE quando < $1 AND percorso LIKE '/%'"},
};
const struct db_registry utenti_registry = {"utenti", utenti_sql,
                                            sizeof utenti_sql / sizeof *utenti_sql};
