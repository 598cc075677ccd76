/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "schema/format.h"
#include "schema/uri.h"

#define HOLDS(name, text) assert_true(format_holds(format_find(slice_of(name)), slice_of(text)))
#define FAILS(name, text) assert_false(format_holds(format_find(slice_of(name)), slice_of(text)))

static void every_format_of_the_drafts_is_known(void **state)
{
    (void)state;
    static const char *const names[] = {"date-time", "date", "time", "duration", "email",
        "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri",
        "iri-reference", "uri-template", "json-pointer", "relative-json-pointer", "regex", "uuid"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        enum format format = format_find(slice_of(names[i]));
        assert_int_not_equal(format, FORMAT_NONE);
        assert_string_equal(format_name(format), names[i]);
        assert_int_not_equal(strlen(format_expected(format)), 0);
    }
    assert_int_equal(format_find(slice_of("color")), FORMAT_NONE);
}

static void dates_and_times_are_rfc_3339(void **state)
{
    (void)state;
    HOLDS("date-time", "2026-02-11T10:30:00Z");
    HOLDS("date-time", "2026-02-11t10:30:00.123456789+05:30");
    HOLDS("date-time", "2024-02-29T00:00:00-23:59");
    HOLDS("date-time", "1998-12-31T15:59:60.123-08:00");
    HOLDS("date-time", "1998-12-31T23:59:60Z");
    HOLDS("date-time", "1999-01-01T00:29:60+00:30");
    FAILS("date-time", "1998-12-31T22:59:60Z");
    FAILS("date-time", "2023-02-29T00:00:00Z");
    FAILS("date-time", "1900-02-29T00:00:00Z");
    FAILS("date-time", "2026-02-11 10:30:00Z");
    FAILS("date-time", "2026-02-11T10:30:00");
    FAILS("date-time", "2026-02-11T24:00:00Z");
    FAILS("date-time", "2026-02-11T10:30:00.Z");
    FAILS("date-time", "2026-02-11T10:30:00+24:00");
    FAILS("date-time", "2026-02-11T10:30:00Zx");
    FAILS("date-time", "2026-02-11T10:30:0\xdb\xb0Z");
    HOLDS("date", "2026-12-31");
    FAILS("date", "2026-11-31");
    FAILS("date", "2026-1-31");
    FAILS("date", "2026-00-01");
    HOLDS("time", "23:59:59+00:00");
    FAILS("time", "10:30:00");
    FAILS("time", "10:30Z");
}

static void durations_name_neighbouring_units(void **state)
{
    (void)state;
    HOLDS("duration", "P4DT12H30M5S");
    HOLDS("duration", "P1Y2M3D");
    HOLDS("duration", "PT0S");
    HOLDS("duration", "P2W");
    FAILS("duration", "P");
    FAILS("duration", "PT");
    FAILS("duration", "P1");
    FAILS("duration", "1Y");
    FAILS("duration", "P1Y2W");
    FAILS("duration", "P1Y3D");
    FAILS("duration", "PT1H5S");
    FAILS("duration", "P1DT");
    FAILS("duration", "P2D1Y");
    FAILS("duration", "PT1.5S");
}

static void addresses_are_checked_to_the_last_group(void **state)
{
    (void)state;
    HOLDS("ipv4", "192.0.2.1");
    FAILS("ipv4", "192.0.2");
    FAILS("ipv4", "192.0.2.256");
    FAILS("ipv4", "192.0.02.1");
    FAILS("ipv4", "192.0.2.1.");
    FAILS("ipv4", "");
    HOLDS("ipv6", "::");
    HOLDS("ipv6", "2001:db8::1");
    HOLDS("ipv6", "1:2:3:4:5:6:7:8");
    HOLDS("ipv6", "::ffff:192.0.2.1");
    HOLDS("ipv6", "1:2:3:4:5:6:192.0.2.1");
    HOLDS("ipv6", "1::");
    FAILS("ipv6", "1:2:3:4:5:6:7:192.0.2.1");
    FAILS("ipv6", "1:2:3:4:5:6:7");
    FAILS("ipv6", "1:2:3:4:5:6:7:8:9");
    FAILS("ipv6", "1::2::3");
    FAILS("ipv6", "12345::");
    FAILS("ipv6", ":1");
    FAILS("ipv6", "1:");
    FAILS("ipv6", "::1%eth0");
}

static void mail_addresses_are_mailboxes_of_rfc_5321(void **state)
{
    (void)state;
    HOLDS("email", "a.b+c@example.org");
    HOLDS("email", "\"a @ b\\\"\"@example.org");
    HOLDS("email", "a@[192.0.2.1]");
    HOLDS("email", "a@[IPv6:2001:db8::1]");
    FAILS("email", "a..b@example.org");
    FAILS("email", ".a@example.org");
    FAILS("email", "a.@example.org");
    FAILS("email", "a@");
    FAILS("email", "@example.org");
    FAILS("email", "a@-example.org");
    FAILS("email", "a@[192.0.2]");
    FAILS("email", "\xc3\xa9@example.org");
    HOLDS("idn-email", "\xc3\xa9@ex\xc3\xa4mple.org");
}

static void host_names_have_labels_of_letters_digits_and_hyphens(void **state)
{
    (void)state;
    HOLDS("hostname", "a-b.example");
    HOLDS("hostname", "xn--4gbwdl.xn--wgbh1c");
    FAILS("hostname", "xn--X");
    FAILS("hostname", "a_b");
    FAILS("hostname", "a.");
    FAILS("hostname", ".a");
    FAILS("hostname", "a..b");
    FAILS("hostname", "");
    FAILS("hostname", "ex\xc3\xa4mple");
    HOLDS("idn-hostname", "ex\xc3\xa4mple\xe3\x80\x82org");
    FAILS("idn-hostname", "\xe3\x80\x82");
    FAILS("idn-hostname", "\xe3\x80\xae\xec\x8b\xa4");
    char longest[256];
    for (int i = 0; i < 253; i++)
        longest[i] = i % 60 == 59 ? '.' : 'a';
    longest[253] = '\0';
    HOLDS("hostname", longest);
    longest[253] = 'a';
    longest[254] = '\0';
    FAILS("hostname", longest);
}

static void uris_and_iris_are_told_apart(void **state)
{
    (void)state;
    HOLDS("uri", "http://user:pw@[2001:db8::1]:80/a/b;c?d=e#f");
    HOLDS("uri", "urn:example:a");
    HOLDS("uri", "http://example.org/%C3%A9");
    FAILS("uri", "/a");
    FAILS("uri", "http://example.org/\xc3\xa9");
    FAILS("uri", "http://example.org/a b");
    FAILS("uri", "http://example.org/%zz");
    FAILS("uri", "http://[::1");
    FAILS("uri", "http://example.org:port/");
    FAILS("uri", "http://example.org/<>");
    FAILS("uri", "http://example.org/#a#b");
    HOLDS("uri-reference", "../a?b#c");
    HOLDS("uri-reference", "");
    FAILS("uri-reference", "1:a");
    FAILS("uri-reference", "\\a");
    HOLDS("iri", "http://ex\xc3\xa4mple.org/\xc3\xa9?\xee\x80\x80");
    FAILS("iri", "http://example.org/\xee\x80\x80");
    HOLDS("iri-reference", "#\xc6\x92");
    FAILS("iri", "http://2001:0db8::7334");
}

static void templates_have_expressions_of_rfc_6570(void **state)
{
    (void)state;
    HOLDS("uri-template", "/a{/b,c*}{?d:3,e.f}{#g}");
    FAILS("uri-template", "/a{b");
    FAILS("uri-template", "/a}b");
    FAILS("uri-template", "{}");
    FAILS("uri-template", "{a:0}");
    FAILS("uri-template", "{a:10000}");
    FAILS("uri-template", "{a b}");
    FAILS("uri-template", "<a>");
}

static void pointers_escape_only_two_characters(void **state)
{
    (void)state;
    HOLDS("json-pointer", "");
    HOLDS("json-pointer", "/a~0b/~1/");
    FAILS("json-pointer", "a");
    FAILS("json-pointer", "/~2");
    FAILS("json-pointer", "/~");
    HOLDS("relative-json-pointer", "0#");
    HOLDS("relative-json-pointer", "12/a");
    HOLDS("relative-json-pointer", "1+1/a");
    FAILS("relative-json-pointer", "01");
    FAILS("relative-json-pointer", "-1/a");
    FAILS("relative-json-pointer", "/a");
    FAILS("relative-json-pointer", "0##");
}

static void uuids_have_their_dashes_in_place(void **state)
{
    (void)state;
    HOLDS("uuid", "2EB8AA08-aa98-11ea-b4aa-73b441d16380");
    FAILS("uuid", "2eb8aa08aa98-11ea-b4aa-73b441d163800-");
    FAILS("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g");
    FAILS("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638");
}

static void references_are_resolved_as_in_rfc_3986(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"g:h", "g:h"}, {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"}, {"g/", "http://a/b/c/g/"}, {"/g", "http://a/g"},
        {"//g", "http://g"}, {"?y", "http://a/b/c/d;p?y"}, {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q"}, {";x", "http://a/b/c/;x"}, {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"}, {"..", "http://a/b/"}, {"../g", "http://a/b/g"},
        {"../..", "http://a/"}, {"../../g", "http://a/g"}, {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"}, {"/../g", "http://a/g"}, {"g.", "http://a/b/c/g."},
        {"./../g", "http://a/b/g"}, {"g/./h", "http://a/b/c/g/h"}, {"g/../h", "http://a/b/c/h"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buffer out = BUFFER_INIT;
        uri_resolve(&out, slice_of("http://a/b/c/d;p?q"), slice_of(cases[i][0]));
        assert_string_equal(buffer_text(&out), cases[i][1]);
        buffer_release(&out);
    }
}

UNIT_MAIN(cmocka_unit_test(every_format_of_the_drafts_is_known),
    cmocka_unit_test(dates_and_times_are_rfc_3339),
    cmocka_unit_test(durations_name_neighbouring_units),
    cmocka_unit_test(addresses_are_checked_to_the_last_group),
    cmocka_unit_test(mail_addresses_are_mailboxes_of_rfc_5321),
    cmocka_unit_test(host_names_have_labels_of_letters_digits_and_hyphens),
    cmocka_unit_test(uris_and_iris_are_told_apart),
    cmocka_unit_test(templates_have_expressions_of_rfc_6570),
    cmocka_unit_test(pointers_escape_only_two_characters),
    cmocka_unit_test(uuids_have_their_dashes_in_place),
    cmocka_unit_test(references_are_resolved_as_in_rfc_3986))
