/* Inside of kit/db: what its files share. Nobody outside includes this, but its own tests. */
#ifndef ZONALE_KIT_DB_IMPL_H
#define ZONALE_KIT_DB_IMPL_H

#include "kit/db/db.h"

#include <pthread.h>
#include <stdatomic.h>

enum { DB_MAX_ARGS = 64, DB_MAX_COLUMNS = 128 };

/* A value of a row, as the engine gives it; valid until the next step. */
enum db_cell_kind { CELL_NULL, CELL_INT, CELL_TEXT, CELL_BYTES, CELL_OTHER };
struct db_cell {
    enum db_cell_kind kind;
    int64_t integer;
    const char *text; /* NUL-terminated for CELL_TEXT */
    size_t size;
};

enum db_step { STEP_ROW, STEP_DONE, STEP_FAILED };

/* A prepared statement, kept by its connection. While it runs it hangs in conn->active, so that a
 * jump out of the middle (arena escape) leaves nothing running. */
struct db_stmt {
    struct db_stmt *next; /* in its bucket */
    struct db_stmt *active_next;
    struct db_conn *conn;
    char *text; /* as the room wrote it: the key */
    uint64_t hash;
    uint64_t used; /* conn->tick of the last use */
    bool active;
    bool once; /* not in the cache: its cached twin was running */
    int columns;
    int map[DB_MAX_COLUMNS];    /* column -> field */
    const struct field *mapped; /* of which fields that is true */
    void *handle;               /* sqlite3_stmt, or the name on the server */
    void *result;               /* PostgreSQL: rows at hand */
    int row;
    bool cursor; /* a result of any length: PostgreSQL gives it in parts */
};

enum { DB_BUCKETS = 256, DB_CACHED = 512, DB_GUESSES = 128 };

/* Why a transaction cannot go on. */
enum db_fault {
    DB_FAULT_NONE,
    DB_FAULT_STATEMENT, /* a statement failed: this write is lost, the others of its group are not
                         */
    DB_FAULT_RETRY,     /* serialisation failure or deadlock: the same again may succeed */
    DB_FAULT_LOST,      /* the connection is gone; nothing was committed */
};

enum { DB_FIXED = 7 };
enum { SCOPE_UNSET = -1, SCOPE_ALL = 0 }; /* beside the ids of ambiti */

struct db_conn {
    struct db *db;
    struct db_conn *next; /* idle readers */
    bool writer;
    bool open;                 /* a transaction is open */
    bool held;                 /* idle, and its snapshot still open */
    int64_t taken;             /* its snapshot: when, in db_now_ms */
    uint64_t changes, commits; /* and behind which of the database's */
    int seconds;               /* that a statement may take */
    int64_t deadline;          /* SQLite: of the statement that runs, in db_now_ms */
    enum db_fault fault;
    struct db_stmt *buckets[DB_BUCKETS];
    struct db_stmt *guesses[DB_GUESSES]; /* the last one asked for from that place */
    struct db_stmt *active;
    size_t cached;
    uint64_t tick;
    void *handle;          /* sqlite3 or PGconn */
    int64_t named;         /* PostgreSQL: counter of statement names */
    int64_t scope;         /* ambito that the transaction may see; SCOPE_UNSET, SCOPE_ALL */
    bool warned;           /* PostgreSQL: a warning came since the last look */
    int wal_pages;         /* SQLite: pages in the log after the last commit */
    void *fixed[DB_FIXED]; /* SQLite: see db_sqlite_fixed.c */
};

enum db_commit {
    COMMIT_OK,
    COMMIT_FAILED,  /* nothing was written */
    COMMIT_UNKNOWN, /* perhaps */
};

/* One engine. Functions that return bool fill `err`. */
struct db_ops {
    /* `create` only for the writer. */
    bool (*open)(struct db_conn *conn, bool create, struct err *err);
    void (*close)(struct db_conn *conn);
    /* Statements without parameters and without rows; several, parted by semicolons. */
    bool (*exec)(struct db_conn *conn, const char *sql, struct err *err);
    bool (*begin)(struct db_conn *conn, struct err *err);
    /* The rest of the transaction sees this ambito only; NULL where the engine has no such wall. */
    bool (*scope)(struct db_conn *conn, int64_t ambito, struct err *err);
    enum db_commit (*commit)(struct db_conn *conn, struct err *err);
    void (*rollback)(struct db_conn *conn);
    /* Is the transaction still there (nothing rolled it back behind our back)? */
    bool (*alive)(struct db_conn *conn);
    /* Whether an idle reader may keep its snapshot for a moment. */
    bool holds;
    /* After a commit, when the callers have been told. */
    void (*settle)(struct db_conn *conn);
    bool (*prepare)(struct db_stmt *stmt, const char *sql, const struct db_args *args,
                    struct err *err);
    void (*discard)(struct db_stmt *stmt);
    bool (*start)(struct db_stmt *stmt, struct db_args args, struct err *err);
    enum db_step (*step)(struct db_stmt *stmt, struct err *err);
    void (*stop)(struct db_stmt *stmt);
    const char *(*column)(struct db_stmt *stmt, int column);
    /* `arena` for values that must be decoded. */
    struct db_cell (*cell)(struct db_stmt *stmt, int column, enum field_type type,
                           struct arena *arena);
    int64_t (*changed)(struct db_stmt *stmt);
    const char *walls;  /* run behind every migration: tables that have none get theirs; NULL */
    const char *plan;   /* put before a statement to have it explained */
    int plan_column;    /* which column of that is to be read */
    const char *tables; /* counts the tables that are ours; to tell a new database */
};
extern const struct db_ops db_sqlite_ops;
extern const struct db_ops db_postgres_ops;

struct db_write {
    struct db_write *next;
    struct cx *cx;
    db_work *run;
    void *data;
    void (*done)(bool ok, void *data);
    bool appends; /* see db_append_later */
    bool ok;
};

struct db_writer {
    struct db_conn conn;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct db_write *first, *last;
    size_t waiting;
    size_t last_group; /* how many the last transaction held */
    bool started, closing;
    uint64_t writes, commits; /* told as saved; how many transactions that took */
    bool dead;                /* an fsync failed: only a restart knows what is on the disk */
};

struct db {
    enum db_kind kind;
    const struct db_ops *ops;
    char *where;
    pthread_mutex_t lock; /* of the idle readers */
    struct db_conn *idle;
    atomic_uint_fast64_t commits; /* of the writer */
    atomic_uint_fast64_t changes; /* those of them that did more than append */
    atomic_bool crowded;          /* the log is to start anew: no snapshot is kept */
    struct db_writer writer;
};

/* db_words.c: malloc'ed text for the engine; NULL and err for an unknown word. */
char *db_words(enum db_kind kind, const char *text, struct err *err);

/* db_value.c */
bool db_arg_known(const struct db_arg *arg);
bool db_cell_set(struct cx *cx, const struct field *field, void *object, struct db_cell cell);

/* db.c */
void db_conn_close(struct db_conn *conn);

/* db_read.c */
enum { DB_LONG_SECONDS = 600, DB_PAGE_SECONDS = 20 };
int64_t db_now_ms(void); /* of a coarse clock that only goes forward */
bool db_read_open(struct db *db, struct cx *cx, bool recent, int seconds);
void db_readers_drop(struct db *db); /* the snapshots that idle readers keep */

/* db_stmt.c */
struct db_stmt *db_stmt_start(struct cx *cx, const struct db_sql *sql, struct db_args args);
/* The same for a result of any length. */
struct db_stmt *db_stmt_start_long(struct cx *cx, const struct db_sql *sql, struct db_args args);
struct db_stmt *db_stmt_prepare(struct db_conn *conn, const struct db_sql *sql,
                                const struct db_args *args, struct err *err);
enum db_step db_stmt_step(struct cx *cx, struct db_stmt *stmt);
void db_stmt_stop(struct db_stmt *stmt);
void db_conn_stop_all(struct db_conn *conn);
void db_conn_forget(struct db_conn *conn); /* discards every statement */
bool db_conn_exec(struct cx *cx, const char *sql);

/* db_writer.c */
bool db_writer_start(struct db *db, struct err *err);
void db_writer_stop(struct db *db);

/* db_sqlite.c */
enum { DB_SQLITE_OLDEST = 3051003, DB_APPLICATION_ID = 0x5A4F4E4C /* "ZONL" */ };
bool db_sqlite_version_ok(int number, struct err *err);

/* Memory that outlives a call; aborts when there is none. */
void *db_alloc(size_t size);
char *db_copy(const char *text);

/* db_sqlite_fixed.c: runs `sql`, by its prepared form where it has one; a SQLite code. */
int db_sqlite_fixed(struct db_conn *conn, const char *sql);
void db_sqlite_forget(struct db_conn *conn);

#endif
