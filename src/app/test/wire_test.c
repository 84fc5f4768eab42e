#include "base/test/check.h"

#include "app/wire.h"
#include "kit/cli/cli.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void words_go_there_and_back(void **state)
{
    char zonale[] = "zonale", empty[] = "", accents[] = "perché è";
    char *argv[] = {zonale, empty, accents}, **back;
    const char *version, *data;
    struct arena arena;
    size_t size = 0;
    int argc;

    (void)state;
    arena_init(&arena, 1 << 24);
    data = wire_words_write(&arena, "1.0", 3, argv, &size);
    assert_non_null(data);
    assert_true(wire_words_read(&arena, data, size, &version, &argc, &back));
    assert_string_equal(version, "1.0");
    assert_int_equal(argc, 3);
    assert_string_equal(back[0], "zonale");
    assert_string_equal(back[1], "");
    assert_string_equal(back[2], accents);
    assert_null(back[3]);
    arena_release(&arena);
}

static void broken_words_are_refused(void **state)
{
    static const struct {
        const char *data;
        size_t size;
    } cases[] = {{"", 0}, {"1.0", 3}, {"1.0\0zonale", 10}, {"1.0", 4}, {"\0", 1}};
    char many[2 * (CLI_WORDS + 2) + 1], **argv;
    const char *version;
    struct arena arena;
    int argc;

    (void)state;
    arena_init(&arena, 1 << 24);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_false(wire_words_read(&arena, cases[i].data, cases[i].size, &version, &argc, &argv));
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 2 ? '\0' : 'a';
    assert_false(wire_words_read(&arena, many, 2 * (CLI_WORDS + 2), &version, &argc, &argv));
    assert_true(wire_words_read(&arena, many, 2 * (CLI_WORDS + 1), &version, &argc, &argv));
    assert_int_equal(argc, CLI_WORDS);
    arena_release(&arena);
}

static void descriptors_come_along(void **state)
{
    int ends[2], pipes[2], got[WIRE_FDS];
    uint32_t value = 0;
    char letter = 0;

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(pipe(pipes), 0);
    assert_true(wire_send_head(ends[0], 77,
                               (const int[]){pipes[0], pipes[1], pipes[0], pipes[0], pipes[0]}));
    assert_true(wire_receive_head(ends[1], &value, got));
    assert_int_equal(value, 77);
    assert_int_equal(write(got[1], "x", 1), 1);
    assert_int_equal(read(pipes[0], &letter, 1), 1);
    assert_int_equal(letter, 'x');
    assert_int_equal(fcntl(got[0], F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    for (int i = 0; i < WIRE_FDS; i++)
        close(got[i]);

    /* a head without descriptors, then one that is not ours */
    unsigned char head[WIRE_HEAD];
    wire_head_write(head, 5);
    assert_true(wire_send(ends[0], head, sizeof head));
    assert_false(wire_receive_head(ends[1], &value, got));
    head[0] ^= 1;
    assert_false(wire_head_read(head, &value));
    close(ends[0]);
    assert_false(wire_receive_head(ends[1], &value, got));
    close(ends[1]);
    close(pipes[0]);
    close(pipes[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_go_there_and_back),
        cmocka_unit_test(broken_words_are_refused),
        cmocka_unit_test(descriptors_come_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
