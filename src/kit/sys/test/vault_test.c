#include "base/test/check.h"

#include "kit/sys/vault.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct bench {
    char folder[64];
    char path[96];
    struct arena arena;
    struct vault *vault;
    struct cx cx;
};

static int open_bench(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    strcpy(bench->folder, "/tmp/vault-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    snprintf(bench->path, sizeof bench->path, "%s/chiave", bench->folder);
    arena_init(&bench->arena, 64 << 20);
    bench->cx.arena = &bench->arena;
    assert_true(vault_open(&bench->vault, bench->path, true, &bench->cx.err));
    bench->cx.vault = bench->vault;
    *state = bench;
    return 0;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    vault_close(bench->vault);
    arena_release(&bench->arena);
    unlink(bench->path);
    rmdir(bench->folder);
    free(bench);
    return 0;
}

static const struct vault_place here = {"persona", "codfis_chiuso", {42}, {7}};

static struct bytes text_bytes(const char *text)
{
    return (struct bytes){(const unsigned char *)text, strlen(text)};
}

static bool opens(struct cx *cx, const struct vault_key *key, const struct vault_place *place,
                  struct bytes sealed)
{
    struct bytes plain;
    err_clear(&cx->err);
    return vault_unseal(cx, key, place, sealed, &plain);
}

/* ---- sealed values ---------------------------------------------------------------------- */

static void what_is_sealed_opens_again(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    static const size_t sizes[] = {0,   1,   16,  31,  32,  33,   62,   63,    64,     65,
                                   127, 128, 511, 512, 513, 4095, 4096, 65536, 1 << 20};
    unsigned char *data = arena_alloc(cx->arena, 1 << 20);
    for (size_t i = 0; i < 1 << 20; i++)
        data[i] = (unsigned char)(i * 131);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct bytes sealed, plain;
        assert_true(vault_seal(cx, NULL, &here, (struct bytes){data, sizes[i]}, &sealed));
        assert_true(vault_unseal(cx, NULL, &here, sealed, &plain));
        assert_int_equal(plain.size, sizes[i]);
        assert_memory_equal(plain.data, data, sizes[i]);
    }
}

static void texts_keep_accents_and_the_unknown(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    static const char *const texts[] = {"", "RSSMRA80A01F205X", "è più d’una perché…\nsì"};
    struct bytes sealed;
    const char *back;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(vault_seal_text(cx, NULL, &here, texts[i], &sealed));
        assert_true(vault_unseal_text(cx, NULL, &here, sealed, &back));
        assert_string_equal(back, texts[i]);
    }
    assert_true(vault_seal_text(cx, NULL, &here, NULL, &sealed));
    assert_null(sealed.data);
    assert_true(vault_unseal_text(cx, NULL, &here, sealed, &back));
    assert_null(back);
}

static void a_text_with_a_nul_inside_is_refused(void **state)
{
    struct bench *bench = *state;
    struct bytes sealed;
    const char *back;
    struct bytes nul = {(const unsigned char *)"a\0b", 3};
    assert_true(vault_seal(&bench->cx, NULL, &here, nul, &sealed));
    assert_false(vault_unseal_text(&bench->cx, NULL, &here, sealed, &back));
}

static void length_and_content_do_not_show(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    struct bytes provisional, full, again;
    assert_true(vault_seal_text(cx, NULL, &here, "12345678901", &provisional));
    assert_true(vault_seal_text(cx, NULL, &here, "RSSMRA80A01F205X", &full));
    assert_true(vault_seal_text(cx, NULL, &here, "RSSMRA80A01F205X", &again));
    assert_int_equal(provisional.size, full.size);
    assert_memory_not_equal(full.data + 5, again.data + 5, 24); /* another nonce */
    assert_null(memmem(full.data, full.size, "RSSMRA", 6));
}

static void moved_elsewhere_it_does_not_open(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    struct bytes sealed;
    assert_true(vault_seal_text(cx, NULL, &here, "segreto", &sealed));
    static const struct vault_place elsewhere[] = {
        {"persona", "codfis_chiuso", {43}, {7}}, /* another row */
        {"persona", "codfis_chiuso", {42}, {8}}, /* another ambito */
        {"persona", "nome", {42}, {7}},          /* another column */
        {"diario", "codfis_chiuso", {42}, {7}},  /* another table */
        {"personac", "odfis_chiuso", {42}, {7}}, /* the same letters, parted elsewhere */
        {"persona", "codfis_chiuso", {7}, {42}}, /* row and ambito changed over */
        {"persona", "codfis_chiuso", {-42}, {7}},
    };
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        assert_false(opens(cx, NULL, &elsewhere[i], sealed));
    assert_true(opens(cx, NULL, &here, sealed));
}

static void every_flipped_bit_and_every_cut_is_seen(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    struct bytes sealed;
    assert_true(vault_seal_text(cx, NULL, &here, "segreto", &sealed));
    unsigned char *copy = arena_alloc(cx->arena, sealed.size + 1);
    for (size_t bit = 0; bit < sealed.size * 8; bit++) {
        memcpy(copy, sealed.data, sealed.size);
        copy[bit / 8] ^= (unsigned char)(1u << (bit % 8));
        assert_false(opens(cx, NULL, &here, (struct bytes){copy, sealed.size}));
    }
    memcpy(copy, sealed.data, sealed.size);
    for (size_t size = 0; size < sealed.size; size++)
        assert_false(opens(cx, NULL, &here, (struct bytes){copy, size}));
    assert_false(opens(cx, NULL, &here, (struct bytes){copy, sealed.size + 1}));
    assert_false(opens(cx, NULL, &here, (struct bytes){NULL, 0}));
    assert_true(opens(cx, NULL, &here, (struct bytes){copy, sealed.size}));
}

static void another_version_is_named(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    struct bytes sealed;
    assert_true(vault_seal_text(cx, NULL, &here, "segreto", &sealed));
    unsigned char *copy = arena_alloc(cx->arena, sealed.size);
    memcpy(copy, sealed.data, sealed.size);
    copy[0] = 2;
    assert_false(opens(cx, NULL, &here, (struct bytes){copy, sealed.size}));
    assert_non_null(strstr(cx->err.text, "versione"));
}

/* ---- keys of cases ---------------------------------------------------------------------- */

static void a_case_key_opens_its_own_case_only(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    struct vault_key key, back, other;
    struct bytes wrapped, wrapped_other, sealed;
    assert_true(vault_key_new(cx, (struct id){1}, &key, &wrapped));
    assert_true(vault_key_new(cx, (struct id){2}, &other, &wrapped_other));
    assert_true(vault_key_open(cx, (struct id){1}, wrapped, &back));
    assert_memory_equal(key.bytes, back.bytes, VAULT_KEY);
    assert_false(vault_key_open(cx, (struct id){2}, wrapped, &back));
    assert_true(vault_seal_text(cx, &key, &here, "diario", &sealed));
    assert_true(opens(cx, &key, &here, sealed));
    assert_false(opens(cx, &other, &here, sealed));
    assert_false(opens(cx, NULL, &here, sealed));
    /* a wrapped key is not a value, nor the reverse */
    assert_false(opens(cx, NULL, &here, wrapped));
    err_clear(&cx->err);
    assert_false(vault_key_open(cx, (struct id){1}, sealed, &back));
}

/* ---- blind index ------------------------------------------------------------------------ */

static void indexes_are_stable_and_tell_nothing(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    struct id here_id = {7}, there = {8};
    struct bytes a = vault_index(cx, here_id, "codfis", "RSSMRA80A01F205X");
    struct vault *reopened;
    assert_true(vault_open(&reopened, bench->path, false, &cx->err));
    cx->vault = reopened;
    struct bytes b = vault_index(cx, here_id, "codfis", "RSSMRA80A01F205X");
    cx->vault = bench->vault;
    vault_close(reopened);
    assert_int_equal(a.size, VAULT_INDEX);
    assert_memory_equal(a.data, b.data, VAULT_INDEX);
    assert_memory_not_equal(a.data, vault_index(cx, there, "codfis", "RSSMRA80A01F205X").data, 16);
    assert_memory_not_equal(a.data, vault_index(cx, here_id, "nome", "RSSMRA80A01F205X").data, 16);
    assert_memory_not_equal(a.data, vault_index(cx, here_id, "codfis", "RSSMRA80A01F205Y").data,
                            16);
}

/* ---- the key file ----------------------------------------------------------------------- */

static bool refuses(const char *path, bool create, const char *word)
{
    struct vault *vault = NULL;
    struct err err = {0};
    bool refused = !vault_open(&vault, path, create, &err);
    assert_null(vault);
    return refused && strstr(err.text, word) != NULL;
}

static void the_key_file_is_private(void **state)
{
    struct bench *bench = *state;
    struct stat st;
    assert_int_equal(stat(bench->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    static const mode_t bad[] = {0640, 0604, 0644, 0660, 0601, 0610};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        chmod(bench->path, bad[i]);
        assert_true(refuses(bench->path, true, "permessi"));
    }
    chmod(bench->path, 0400);
    struct vault *vault;
    assert_true(vault_open(&vault, bench->path, false, &bench->cx.err));
    vault_close(vault);
}

static void a_missing_key_is_made_only_when_asked(void **state)
{
    struct bench *bench = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/altra", bench->folder);
    assert_true(refuses(path, false, "non si può leggere"));
    assert_int_not_equal(access(path, F_OK), 0);
    snprintf(path, sizeof path, "%s/non/esiste", bench->folder);
    assert_true(refuses(path, true, "non si può scrivere"));
}

static void a_link_or_a_folder_is_no_key(void **state)
{
    struct bench *bench = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/legame", bench->folder);
    assert_int_equal(symlink(bench->path, path), 0);
    assert_true(refuses(path, true, "collegamento"));
    unlink(path);
    assert_true(refuses(bench->folder, true, "non è un file"));
    assert_int_equal(mkfifo(path, 0600), 0); /* must not wait for a writer */
    assert_true(refuses(path, true, "non è un file"));
    unlink(path);
}

static void write_file(const char *path, const char *data, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, size), (ssize_t)size);
    close(fd);
}

static void a_spoiled_key_is_refused(void **state)
{
    struct bench *bench = *state;
    char path[128], good[256];
    int fd = open(bench->path, O_RDONLY);
    ssize_t size = read(fd, good, sizeof good);
    close(fd);
    assert_int_equal(size, 81);
    snprintf(path, sizeof path, "%s/rovinata", bench->folder);
    for (size_t cut = 0; cut < 80; cut++) { /* 80 = without the line end: good */
        write_file(path, good, cut);
        assert_true(refuses(path, true, "rovinata"));
    }
    good[40] = 'g';
    write_file(path, good, (size_t)size);
    assert_true(refuses(path, true, "rovinata"));
    unlink(path);
}

static void another_key_opens_nothing(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    struct bytes sealed;
    struct vault *other;
    char path[128];
    assert_true(vault_seal_text(cx, NULL, &here, "segreto", &sealed));
    snprintf(path, sizeof path, "%s/altra", bench->folder);
    assert_true(vault_open(&other, path, true, &cx->err));
    cx->vault = other;
    assert_false(opens(cx, NULL, &here, sealed));
    assert_non_null(strstr(cx->err.text, "altra chiave"));
    cx->vault = bench->vault;
    vault_close(other);
    unlink(path);
}

/* ---- passwords -------------------------------------------------------------------------- */

static void passwords_are_checked(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    const char *hash;
    bool rehash = true;
    assert_true(vault_password_hash(cx, "una parola lunga è meglio", &hash));
    assert_int_equal(strncmp(hash, "$argon2id$v=19$m=65536,t=3,", 27), 0);
    assert_true(vault_password_check(cx, "una parola lunga è meglio", hash, &rehash));
    assert_false(rehash);
    assert_false(vault_password_check(cx, "una parola lunga e' meglio", hash, &rehash));
    assert_false(vault_password_check(cx, "", hash, NULL));
    assert_false(vault_password_check(cx, "una parola lunga è meglio", NULL, &rehash));
    assert_false(rehash);
    assert_false(vault_password_check(cx, "x", "non è un hash", NULL));
}

static void *one_login(void *data)
{
    struct bench *bench = data;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct cx cx = {.arena = &arena, .vault = bench->vault};
    assert_false(vault_password_check(&cx, "prova", NULL, NULL));
    arena_release(&arena);
    return NULL;
}

static void at_most_four_passwords_at_once(void **state)
{
    struct bench *bench = *state;
    pthread_t threads[12];
    for (size_t i = 0; i < 12; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, one_login, bench), 0);
    for (size_t i = 0; i < 12; i++)
        pthread_join(threads[i], NULL);
    assert_in_range(vault_password_peak(bench->vault), 2, 4);
}

/* ---- tokens, hashes, signatures --------------------------------------------------------- */

static void tokens_are_long_and_different(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    const char *a = vault_token(cx), *b = vault_token(cx);
    assert_int_equal(strlen(a), 43);
    assert_string_not_equal(a, b);
    assert_int_equal(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                     43);
    assert_int_equal(vault_token_hash(cx, a).size, VAULT_HASH);
    assert_memory_equal(vault_token_hash(cx, a).data, vault_token_hash(cx, a).data, VAULT_HASH);
    assert_memory_not_equal(vault_token_hash(cx, a).data, vault_token_hash(cx, b).data, VAULT_HASH);
}

static void texts_compare_equal_only_when_they_are(void **state)
{
    (void)state;
    assert_true(vault_equal("abc", "abc"));
    assert_true(vault_equal("", ""));
    assert_false(vault_equal("abc", "abd"));
    assert_false(vault_equal("abc", "ab"));
    assert_false(vault_equal("abc", ""));
    assert_false(vault_equal(NULL, "abc"));
    assert_false(vault_equal(NULL, NULL));
}

/* RFC 7693, appendix A has BLAKE2b-512; the 256-bit value of "abc" is of the reference tools
 * (b2sum -l 256). */
static void the_hash_is_blake2b(void **state)
{
    (void)state;
    static const unsigned char want[] = {0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72,
                                         0x31, 0x71, 0xef, 0x3f, 0xee, 0x98, 0x57, 0x9b,
                                         0x94, 0x96, 0x4e, 0x3b, 0xb1, 0xcb, 0x3e, 0x42,
                                         0x72, 0x62, 0xc8, 0xc0, 0x68, 0xd5, 0x23, 0x19};
    struct vault_hash hash;
    unsigned char out[VAULT_HASH];
    vault_hash_init(&hash);
    vault_hash_add(&hash, "a", 1);
    vault_hash_add(&hash, "", 0);
    vault_hash_add(&hash, "bc", 2);
    vault_hash_end(&hash, out);
    assert_memory_equal(out, want, sizeof want);
}

static void signatures_hold_and_changes_show(void **state)
{
    struct bench *bench = *state;
    struct cx *cx = &bench->cx;
    unsigned char signature[64];
    assert_true(vault_sign(cx, text_bytes("punto 10000"), signature));
    assert_true(vault_signed(cx, text_bytes("punto 10000"), signature));
    assert_false(vault_signed(cx, text_bytes("punto 10001"), signature));
    signature[3] ^= 1;
    assert_false(vault_signed(cx, text_bytes("punto 10000"), signature));
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HERE(what_is_sealed_opens_again),
        HERE(texts_keep_accents_and_the_unknown),
        HERE(a_text_with_a_nul_inside_is_refused),
        HERE(length_and_content_do_not_show),
        HERE(moved_elsewhere_it_does_not_open),
        HERE(every_flipped_bit_and_every_cut_is_seen),
        HERE(another_version_is_named),
        HERE(a_case_key_opens_its_own_case_only),
        HERE(indexes_are_stable_and_tell_nothing),
        HERE(the_key_file_is_private),
        HERE(a_missing_key_is_made_only_when_asked),
        HERE(a_link_or_a_folder_is_no_key),
        HERE(a_spoiled_key_is_refused),
        HERE(another_key_opens_nothing),
        HERE(passwords_are_checked),
        HERE(at_most_four_passwords_at_once),
        HERE(tokens_are_long_and_different),
        HERE(texts_compare_equal_only_when_they_are),
        cmocka_unit_test(the_hash_is_blake2b),
        HERE(signatures_hold_and_changes_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
