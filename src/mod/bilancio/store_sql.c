#include "mod/bilancio/store_sql.h"

extern const char bilancio_model_sql[];
const struct db_schema bilancio_schema = {"bilancio", bilancio_model_sql, NULL};

#define ANNO                                                                                       \
    "SELECT anno, stato, atto, giorno, versione, consuntivo_atto, consuntivo_giorno FROM bilancio"
#define VARIAZIONE                                                                                 \
    "SELECT id, anno, numero, giorno, atto, motivo, base, esito, versione, scritta, scritta_da"    \
    " FROM variazione"
#define SCRITTURA                                                                                  \
    "SELECT id, anno, numero, tipo, voce, fonte, padre, storna, servizi, giorno, atto,"            \
    " descrizione, importo FROM scrittura"
/* What movements and costs of services add up to, item by item, until a day. $3 is true. */
#define PART(name, when) " CASE WHEN " when " THEN importo ELSE 0 END AS " name ","
#define SOMME(filter)                                                                              \
    "SELECT voce, CAST(SUM(impegni) AS @INT) AS impegni,"                                          \
    " CAST(SUM(impegni_servizi) AS @INT) AS impegni_servizi,"                                      \
    " CAST(SUM(liquidazioni) AS @INT) AS liquidazioni,"                                            \
    " CAST(SUM(liquidazioni_servizi) AS @INT) AS liquidazioni_servizi,"                            \
    " CAST(SUM(mandati) AS @INT) AS mandati, CAST(SUM(spese) AS @INT) AS spese,"                   \
    " CAST(SUM(spese_liquidate) AS @INT) AS spese_liquidate, CAST(SUM(quante) AS @INT) AS quante"  \
    " FROM (SELECT voce," PART("impegni", "tipo = 'impegno' AND servizi <> $3") PART(              \
        "impegni_servizi",                                                                         \
        "tipo = 'impegno' AND servizi = $3") PART("liquidazioni",                                  \
                                                  "tipo = 'liquidazione' AND servizi <> $3")       \
        PART("liquidazioni_servizi", "tipo = 'liquidazione' AND servizi = $3") PART(               \
            "mandati",                                                                             \
            "tipo = 'mandato'") " 0 AS spese, 0 AS spese_liquidate, 0 AS quante FROM scrittura"    \
                                " WHERE ambito = $1 AND anno = $2 AND giorno <= $4" filter         \
                                " UNION ALL SELECT voce, 0, 0, 0, 0, 0, importo,"                  \
                                " CASE WHEN liquidata = $3 THEN importo ELSE 0 END, 1 FROM spesa"  \
                                " WHERE ambito = $1 AND anno = $2 AND giorno <= $4" filter ") t"

const struct db_sql bilancio_sql[SQL_COUNT] = {
    [SQL_YEARS] = {"bilancio_years", ANNO " WHERE ambito = $1 ORDER BY anno DESC LIMIT $2"},
    [SQL_YEAR] = {"bilancio_year", ANNO " WHERE ambito = $1 AND anno = $2"},
    [SQL_YEAR_ADD] = {"bilancio_add",
                      "INSERT INTO bilancio (ambito, anno, stato, atto, giorno, versione)"
                      " VALUES ($1, $2, $3, $4, $5, 1)"},
    [SQL_AREE] = {"bilancio_aree",
                  "SELECT id, nome, ordine FROM area WHERE ambito = $1 ORDER BY ordine, id"
                  " LIMIT $2"},
    [SQL_VOCI] =
        {"bilancio_voci",
         "SELECT v.id, v.area, v.nome, v.ordine, s.importo AS stanziato"
         " FROM stanziamento s JOIN voce v ON v.id = s.voce JOIN area a ON a.id = v.area"
         " WHERE s.ambito = $1 AND s.anno = $2 ORDER BY a.ordine, v.ordine, v.id LIMIT $3"},
    [SQL_FONTI] = {"bilancio_fonti",
                   "SELECT f.id, f.nome, f.vincolata, f.natura, f.avanzo, f.ordine, d.importo AS"
                   " disponibile, d.atto, d.competenza, d.entro, d.rendiconto FROM disponibilita d "
                   "JOIN fonte f ON f.id = d.fonte"
                   " WHERE d.ambito = $1 AND d.anno = $2 ORDER BY f.ordine, f.id LIMIT $3"},
    [SQL_CELLE] = {"bilancio_celle",
                   "SELECT voce, fonte, importo FROM cella WHERE ambito = $1 AND anno = $2"
                   " ORDER BY voce, fonte LIMIT $3"},
    [SQL_VINCOLI] = {"bilancio_vincoli", "SELECT fonte, area, voce FROM vincolo WHERE ambito = $1"
                                         " ORDER BY fonte, area, voce LIMIT $2"},
    [SQL_AREA_FIND] = {"area_find", "SELECT max(id) FROM area WHERE ambito = $1 AND nome = $2"},
    [SQL_VOCE_FIND] = {"voce_find", "SELECT max(id) FROM voce WHERE ambito = $1 AND nome = $2"},
    [SQL_FONTE_FIND] = {"fonte_find", "SELECT max(id) FROM fonte WHERE ambito = $1 AND nome = $2"},
    [SQL_AREA_ADD] = {"area_add",
                      "INSERT INTO area (ambito, id, nome, ordine) VALUES ($1, $2, $3, $4)"},
    [SQL_VOCE_ADD] = {"voce_add", "INSERT INTO voce (ambito, id, area, nome, ordine)"
                                  " VALUES ($1, $2, $3, $4, $5)"},
    [SQL_FONTE_ADD] = {"fonte_add",
                       "INSERT INTO fonte (ambito, id, nome, ordine, vincolata, natura,"
                       " avanzo) VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    [SQL_VINCOLO_ADD] = {"vincolo_add", "INSERT INTO vincolo (ambito, fonte, area, voce)"
                                        " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"},
    [SQL_STANZIAMENTO_ADD] = {"stanziamento_add",
                              "INSERT INTO stanziamento (ambito, anno, voce, importo)"
                              " VALUES ($1, $2, $3, $4)"},
    [SQL_DISPONIBILITA_ADD] = {"disponibilita_add",
                               "INSERT INTO disponibilita (ambito, anno, fonte, importo, atto,"
                               " competenza, entro, rendiconto)"
                               " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    [SQL_CELLA_ADD] = {"cella_add", "INSERT INTO cella (ambito, anno, voce, fonte, importo)"
                                    " VALUES ($1, $2, $3, $4, $5)"},
    [SQL_VOCE_BY_NAME] = {"voce_by_name",
                          "SELECT max(v.id) FROM voce v JOIN stanziamento s ON s.voce = v.id"
                          " WHERE v.ambito = $1 AND v.nome = $3 AND s.ambito = $1 AND s.anno = $2"},
    [SQL_STATO] = {"voce_stanziato", "SELECT importo FROM stanziamento WHERE ambito = $1"
                                     " AND anno = $2 AND voce = $3"},
    [SQL_SOMME] = {"bilancio_somme", SOMME("") " GROUP BY voce ORDER BY voce LIMIT $5"},
    [SQL_SOMMA] = {"voce_somma", SOMME(" AND voce = $5") " GROUP BY voce"},
    [SQL_SPESA_SAVE] = {"spesa_save",
                        "INSERT INTO spesa (id, ambito, voce, anno, giorno, importo, liquidata,"
                        " causa_tipo, causa, descrizione, modificata)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                        " ON CONFLICT (ambito, causa_tipo, causa) DO UPDATE SET"
                        " voce = excluded.voce, anno = excluded.anno, giorno = excluded.giorno,"
                        " importo = excluded.importo, liquidata = excluded.liquidata,"
                        " descrizione = excluded.descrizione, modificata = excluded.modificata"
                        " RETURNING id"},
    [SQL_SPESA_DELETE] = {"spesa_delete", "DELETE FROM spesa WHERE ambito = $1 AND causa_tipo = $2"
                                          " AND causa = $3"},
    [SQL_HAS_VOCE] = {"stanziamento_has", "SELECT count(*) FROM stanziamento WHERE ambito = $1"
                                          " AND anno = $2 AND voce = $3"},
    [SQL_TOUCH] = {"bilancio_touch", "UPDATE bilancio SET versione = versione + 1"
                                     " WHERE ambito = $1 AND anno = $2 AND versione = $3"},
    [SQL_TOUCH_FONTE] = {"bilancio_touch_fonte",
                         "UPDATE bilancio SET versione = versione + 1"
                         " WHERE ambito = $1 AND anno <> $2 AND anno IN (SELECT anno FROM"
                         " disponibilita WHERE ambito = $1 AND fonte = $3)"},
    [SQL_STATE] = {"bilancio_state", "UPDATE bilancio SET stato = $3, atto = $4, giorno = $5,"
                                     " consuntivo_atto = $6, consuntivo_giorno = $7"
                                     " WHERE ambito = $1 AND anno = $2"},
    [SQL_FONTE_SET] = {"fonte_set", "UPDATE fonte SET vincolata = $3, natura = $4, avanzo = $5"
                                    " WHERE ambito = $1 AND id = $2"},
    [SQL_FONTE_ANNO] = {"fonte_anno", "UPDATE disponibilita SET atto = $4, competenza = $5,"
                                      " entro = $6, rendiconto = $7"
                                      " WHERE ambito = $1 AND anno = $2 AND fonte = $3"},
    [SQL_VINCOLI_DROP] = {"vincoli_drop", "DELETE FROM vincolo WHERE ambito = $1 AND fonte = $2"},
    [SQL_STANZIAMENTO_MOVE] = {"stanziamento_move",
                               "INSERT INTO stanziamento (ambito, anno, voce, importo)"
                               " VALUES ($1, $2, $3, $4) ON CONFLICT (ambito, anno, voce) DO"
                               " UPDATE SET importo = stanziamento.importo + excluded.importo"},
    [SQL_DISPONIBILITA_MOVE] =
        {"disponibilita_move",
         "INSERT INTO disponibilita (ambito, anno, fonte, importo) VALUES ($1, $2, $3, $4)"
         " ON CONFLICT (ambito, anno, fonte) DO"
         " UPDATE SET importo = disponibilita.importo + excluded.importo"},
    [SQL_CELLA_MOVE] = {"cella_move", "INSERT INTO cella (ambito, anno, voce, fonte, importo)"
                                      " VALUES ($1, $2, $3, $4, $5)"
                                      " ON CONFLICT (ambito, anno, voce, fonte) DO"
                                      " UPDATE SET importo = cella.importo + excluded.importo"},
    [SQL_CELLA_ZERO] = {"cella_zero", "DELETE FROM cella WHERE ambito = $1 AND anno = $2"
                                      " AND voce = $3 AND fonte = $4 AND importo = 0"},
    [SQL_VAR_LIST] = {"variazione_list",
                      VARIAZIONE " WHERE ambito = $1 AND anno = $2"
                                 " ORDER BY CASE WHEN numero IS NULL THEN 1 ELSE 0 END, numero, id"
                                 " LIMIT $3"},
    [SQL_VAR_LOAD] = {"variazione_load", VARIAZIONE " WHERE ambito = $1 AND id = $2"},
    [SQL_VAR_RIGHE] = {"variazione_righe",
                       "SELECT variazione, voce, fonte, importo FROM variazione_riga"
                       " WHERE ambito = $1 AND variazione = $2 ORDER BY riga LIMIT $3"},
    [SQL_VAR_YEAR_RIGHE] = {"variazione_anno",
                            "SELECT r.variazione, r.voce, r.fonte, r.importo"
                            " FROM variazione v JOIN variazione_riga r ON r.variazione = v.id"
                            " WHERE v.ambito = $1 AND v.anno = $2 AND v.numero IS NOT NULL"
                            " ORDER BY v.numero, r.riga LIMIT $3"},
    [SQL_VAR_ADD] = {"variazione_add",
                     "INSERT INTO variazione (id, ambito, anno, giorno, atto, motivo, base,"
                     " versione, scritta, scritta_da) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8,"
                     " $9)"},
    [SQL_VAR_SET] = {"variazione_set",
                     "UPDATE variazione SET giorno = $3, atto = $4, motivo = $5, base = $6,"
                     " versione = versione + 1, scritta = $7, scritta_da = $8"
                     " WHERE ambito = $1 AND id = $2 AND versione = $9 AND numero IS NULL"},
    [SQL_VAR_CLOSE] = {"variazione_close",
                       "UPDATE variazione SET numero = $3, base = $4, esito = $5, scritta = $6,"
                       " scritta_da = $7, versione = versione + 1"
                       " WHERE ambito = $1 AND id = $2 AND versione = $8 AND numero IS NULL"},
    [SQL_VAR_DROP] = {"variazione_drop", "DELETE FROM variazione WHERE ambito = $1 AND id = $2"
                                         " AND versione = $3 AND numero IS NULL"},
    [SQL_VAR_RIGA_ADD] = {"variazione_riga_add",
                          "INSERT INTO variazione_riga (ambito, variazione, riga, voce, fonte,"
                          " importo) VALUES ($1, $2, $3, $4, $5, $6)"},
    [SQL_VAR_RIGHE_DROP] = {"variazione_righe_drop",
                            "DELETE FROM variazione_riga WHERE ambito = $1 AND variazione = $2"},
    [SQL_VAR_NUMERO] = {"variazione_numero", "SELECT COALESCE(max(numero), 0) + 1 FROM variazione"
                                             " WHERE ambito = $1 AND anno = $2"},
    [SQL_SCR_LIST] = {"scrittura_list", SCRITTURA " WHERE ambito = $1 AND anno = $2"
                                                  " ORDER BY numero LIMIT $3"},
    [SQL_SCR_VOCE] = {"scrittura_voce", SCRITTURA " WHERE ambito = $1 AND anno = $2 AND voce = $3"
                                                  " ORDER BY giorno, id LIMIT $4"},
    [SQL_SCR_LOAD] = {"scrittura_load", SCRITTURA " WHERE ambito = $1 AND id = $2"},
    [SQL_SCR_ADD] = {"scrittura_add",
                     "INSERT INTO scrittura (id, ambito, anno, numero, tipo, voce, fonte, padre,"
                     " storna, servizi, giorno, atto, descrizione, importo, scritto, scritto_da)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
                     " $16)"},
    [SQL_SCR_NUMERO] = {"scrittura_numero", "SELECT COALESCE(max(numero), 0) + 1 FROM scrittura"
                                            " WHERE ambito = $1 AND anno = $2"},
    [SQL_SCR_NET] = {"scrittura_net",
                     "SELECT CAST(COALESCE(SUM(importo), 0) AS @INT) FROM scrittura"
                     " WHERE ambito = $1 AND (id = $2 OR storna = $2)"},
    [SQL_SCR_PARTS] = {"scrittura_parts",
                       "SELECT CAST(COALESCE(SUM(importo), 0) AS @INT) FROM scrittura"
                       " WHERE ambito = $1 AND padre = $2"},
    [SQL_SCR_CELLA] = {"scrittura_cella",
                       "SELECT CAST(COALESCE(SUM(importo), 0) AS @INT) FROM scrittura"
                       " WHERE ambito = $1 AND anno = $2 AND voce = $3 AND fonte = $4"
                       " AND tipo = 'impegno'"},
    [SQL_SCR_FONTI] =
        {"scrittura_fonti",
         "SELECT voce, fonte,"
         " CAST(SUM(CASE WHEN tipo = 'impegno' THEN importo ELSE 0 END) AS @INT) AS impegnato,"
         " CAST(SUM(CASE WHEN tipo = 'liquidazione' THEN importo ELSE 0 END) AS @INT) AS liquidato,"
         " CAST(SUM(CASE WHEN tipo = 'mandato' THEN importo ELSE 0 END) AS @INT) AS pagato"
         " FROM scrittura WHERE ambito = $1 AND anno = $2 AND fonte IS NOT NULL AND giorno <= $3"
         " GROUP BY voce, fonte ORDER BY voce, fonte LIMIT $4"},
    [SQL_ATTESA_SAVE] = {"attesa_save",
                         "INSERT INTO attesa (ambito, causa_tipo, causa, voce, dal, al, quantita,"
                         " divisore, ogni, costo) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
                         " ON CONFLICT (ambito, causa_tipo, causa) DO UPDATE SET"
                         " voce = excluded.voce, dal = excluded.dal, al = excluded.al,"
                         " quantita = excluded.quantita, divisore = excluded.divisore,"
                         " ogni = excluded.ogni, costo = excluded.costo"},
    [SQL_ATTESA_DELETE] = {"attesa_delete", "DELETE FROM attesa WHERE ambito = $1"
                                            " AND causa_tipo = $2 AND causa = $3"},
    [SQL_ATTESE] = {"attese", "SELECT voce, dal, al, quantita, divisore, ogni, costo FROM attesa"
                              " WHERE ambito = $1 AND dal <= $2 AND (al IS NULL OR al >= $3)"
                              " ORDER BY voce, causa LIMIT $4"},
    [SQL_CONSUNTIVO_ADD] = {"consuntivo_add",
                            "INSERT INTO consuntivo (ambito, anno, voce, stanziato, impegnato,"
                            " liquidato, pagato) VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    [SQL_CONSUNTIVO] = {"consuntivo", "SELECT voce, stanziato, impegnato, liquidato, pagato"
                                      " FROM consuntivo WHERE ambito = $1 AND anno = $2"
                                      " ORDER BY voce LIMIT $3"},
    [SQL_VOCE_NAMES] = {"voce_names",
                        "SELECT id, nome FROM voce WHERE ambito = $1 ORDER BY nome LIMIT $2"},
    [SQL_FONTE_NAMES] = {"fonte_names",
                         "SELECT id, nome FROM fonte WHERE ambito = $1 ORDER BY nome LIMIT $2"},
    [SQL_FONTE_EXISTS] = {"fonte_exists",
                          "SELECT count(*) FROM fonte WHERE ambito = $1 AND id = $2"},
    [SQL_VOCE_EXISTS] = {"voce_exists", "SELECT count(*) FROM voce WHERE ambito = $1 AND id = $2"},
};

const struct db_registry bilancio_registry = {"bilancio", bilancio_sql, SQL_COUNT};
