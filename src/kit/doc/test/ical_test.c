/* Calendars read back by libical, which shares no line with the writer. */
#include "base/test/check.h"
#include "kit/doc/ical.h"

#include <libical/ical.h>
#include <string.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, (size_t)64 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct instant at(const char *iso)
{
    icaltimetype time = icaltime_from_string(iso);
    return (struct instant){(int64_t)icaltime_as_timet(time) * 1000000};
}

static const char *calendar_of(const struct ical_event *events, size_t count)
{
    struct ical *ical = ical_new(&arena, "Agenda, ambito; prova");
    for (size_t i = 0; i < count; i++) {
        ical_add(ical, &events[i]);
    }
    struct bytes bytes = {0};
    struct err err = {0};
    assert_true(ical_finish(ical, &bytes, &err));
    return arena_strndup(&arena, (const char *)bytes.data, bytes.size);
}

static struct ical_event event_of(const char *start, const char *end)
{
    return (struct ical_event){.uid = "1@zonale",
                               .stamp = at("20251001T080000Z"),
                               .start = at(start),
                               .end = at(end),
                               .first = DAY_NONE,
                               .last = DAY_NONE,
                               .summary = "Colloquio"};
}

/* The moment that libical reads, with the time zone that stands in the file. */
static time_t read_start(const char *text)
{
    icalcomponent *root = icalparser_parse_string(text);
    assert_non_null(root);
    assert_int_equal(icalcomponent_count_errors(root), 0);
    icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
    icalproperty *start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
    icaltimetype time = icalproperty_get_dtstart(start);
    icalparameter *zone = icalproperty_get_first_parameter(start, ICAL_TZID_PARAMETER);
    time_t moment = icaltime_as_timet(time);
    if (zone) {
        icaltimezone *rome = icalcomponent_get_timezone(root, icalparameter_get_tzid(zone));
        assert_non_null(rome);
        moment = icaltime_as_timet_with_zone(time, rome);
    }
    icalcomponent_free(root);
    return moment;
}

/* Winter, summer, both changes, and the hour that comes twice: the moment is always the same. */
static void test_moments(void **state)
{
    (void)state;
    static const char *const moments[] = {
        "20250115T083000Z", "20250715T083000Z", "20250330T005900Z", "20250330T010000Z",
        "20251026T000000Z", "20251026T003000Z", "20251026T013000Z", "20251026T020000Z",
        "19970101T120000Z", "20380701T120000Z",
    };
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        struct ical_event event = event_of(moments[i], moments[i]);
        time_t read = read_start(calendar_of(&event, 1));
        assert_int_equal((int64_t)read * 1000000, event.start.us);
    }
}

static void test_texts(void **state)
{
    (void)state;
    struct ical_event event = event_of("20251107T090000Z", "20251107T100000Z");
    event.summary = "Visita; città, \\ e\nBEGIN:VEVENT";
    event.description =
        "Perché una riga così lunga va piegata senza spezzare le lettere accentate àèìòù àèìòù "
        "àèìòù àèìòù àèìòù àèìòù àèìòù àèìòù àèìòù àèìòù àèìòù àèìòù àèìòù àèìòù àèìòù àèìòù";
    event.url = "https://example.it/x\r\nATTENDEE:mailto:a@b.it";
    event.alarm = 30;
    const char *text = calendar_of(&event, 1);
    for (const char *line = text; *line;) {
        const char *end = strstr(line, "\r\n");
        assert_non_null(end);
        assert_true(end - line <= 75);
        assert_true(((unsigned char)line[0] & 0xc0) != 0x80);
        line = end + 2;
    }
    icalcomponent *root = icalparser_parse_string(text);
    assert_non_null(root);
    assert_int_equal(icalcomponent_count_errors(root), 0);
    assert_int_equal(icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT), 1);
    icalcomponent *read = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
    assert_string_equal(icalcomponent_get_summary(read), event.summary);
    assert_string_equal(icalcomponent_get_description(read), event.description);
    assert_int_equal(icalcomponent_count_properties(read, ICAL_ATTENDEE_PROPERTY), 0);
    assert_int_equal(icalcomponent_count_components(read, ICAL_VALARM_COMPONENT), 1);
    icalrestriction_check(root);
    assert_int_equal(icalcomponent_count_errors(root), 0);
    icalcomponent_free(root);
}

static void test_days_and_ends(void **state)
{
    (void)state;
    struct ical_event events[3];
    for (int i = 0; i < 3; i++) {
        events[i] = event_of("20251107T090000Z", "20251107T100000Z");
    }
    events[0].start = (struct instant){0};
    events[0].first = day_of(2025, 12, 31);
    events[0].last = day_of(2025, 12, 31);
    events[1].cancelled = true;
    events[1].sequence = 3;
    events[1].alarm = 10;
    events[2].start = (struct instant){0}; /* no date at all: not in the calendar */
    const char *text = calendar_of(events, 3);
    assert_non_null(strstr(text, "DTSTART;VALUE=DATE:20251231\r\nDTEND;VALUE=DATE:20260101\r\n"));
    assert_non_null(strstr(text, "SEQUENCE:3\r\nSTATUS:CANCELLED\r\nEND:VEVENT"));
    assert_non_null(strstr(text, "X-WR-CALNAME:Agenda\\, ambito\\; prova\r\n"));
    icalcomponent *root = icalparser_parse_string(text);
    assert_int_equal(icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT), 2);
    icalcomponent_free(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_days_and_ends),
    };
    int failed = cmocka_run_group_tests(tests, setup, teardown);
    icaltimezone_free_builtin_timezones();
    icalmemory_free_ring();
    return failed;
}
