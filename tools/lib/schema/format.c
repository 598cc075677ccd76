/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/format.h"

#include "schema/ecma.h"

static const struct {
    const char *name, *expected;
} formats[FORMAT_COUNT] = {
    [FORMAT_NONE] = {"", ""},
    [FORMAT_DATE_TIME] = {"date-time", "a date and time such as 2026-02-11T10:30:00Z"},
    [FORMAT_DATE] = {"date", "a date such as 2026-02-11"},
    [FORMAT_TIME] = {"time", "a time with its offset, such as 10:30:00Z"},
    [FORMAT_DURATION] = {"duration", "a duration such as P3D or PT1H30M"},
    [FORMAT_EMAIL] = {"email", "an e-mail address"},
    [FORMAT_IDN_EMAIL] = {"idn-email", "an e-mail address, internationalized or not"},
    [FORMAT_HOSTNAME] = {"hostname", "a host name"},
    [FORMAT_IDN_HOSTNAME] = {"idn-hostname", "a host name, internationalized or not"},
    [FORMAT_IPV4] = {"ipv4", "an IPv4 address such as 192.0.2.1"},
    [FORMAT_IPV6] = {"ipv6", "an IPv6 address such as 2001:db8::1"},
    [FORMAT_URI] = {"uri", "a URI with its scheme"},
    [FORMAT_URI_REFERENCE] = {"uri-reference", "a URI or a relative reference"},
    [FORMAT_IRI] = {"iri", "an IRI with its scheme"},
    [FORMAT_IRI_REFERENCE] = {"iri-reference", "an IRI or a relative reference"},
    [FORMAT_URI_TEMPLATE] = {"uri-template", "a URI template such as /items/{id}"},
    [FORMAT_JSON_POINTER] = {"json-pointer", "a JSON Pointer such as /a/0"},
    [FORMAT_RELATIVE_JSON_POINTER] = {"relative-json-pointer",
        "a relative JSON Pointer such as 1/a"},
    [FORMAT_REGEX] = {"regex", "a regular expression of ECMA-262"},
    [FORMAT_UUID] = {"uuid", "a UUID such as 2eb8aa08-aa98-11ea-b4aa-73b441d16380"},
};

enum format format_find(struct slice name)
{
    for (int i = FORMAT_NONE + 1; i < FORMAT_COUNT; i++)
        if (slice_is(name, formats[i].name))
            return (enum format)i;
    return FORMAT_NONE;
}

const char *format_name(enum format format)
{
    return formats[format].name;
}

const char *format_expected(enum format format)
{
    return formats[format].expected;
}

bool format_regex(struct slice text)
{
    struct buffer translated = BUFFER_INIT;
    bool holds = ecma_translate(&translated, text, ECMA_STRICT, NULL) == 0;
    buffer_release(&translated);
    return holds;
}

bool format_holds(enum format format, struct slice text)
{
    switch (format) {
    case FORMAT_DATE_TIME: return format_date_time(text);
    case FORMAT_DATE: return format_date(text);
    case FORMAT_TIME: return format_time(text);
    case FORMAT_DURATION: return format_duration(text);
    case FORMAT_EMAIL: return format_email(text, false);
    case FORMAT_IDN_EMAIL: return format_email(text, true);
    case FORMAT_HOSTNAME: return format_hostname(text, false);
    case FORMAT_IDN_HOSTNAME: return format_hostname(text, true);
    case FORMAT_IPV4: return format_ipv4(text);
    case FORMAT_IPV6: return format_ipv6(text);
    case FORMAT_URI: return format_uri(text, false, false);
    case FORMAT_URI_REFERENCE: return format_uri(text, false, true);
    case FORMAT_IRI: return format_uri(text, true, false);
    case FORMAT_IRI_REFERENCE: return format_uri(text, true, true);
    case FORMAT_URI_TEMPLATE: return format_uri_template(text);
    case FORMAT_JSON_POINTER: return format_json_pointer(text);
    case FORMAT_RELATIVE_JSON_POINTER: return format_relative_json_pointer(text);
    case FORMAT_REGEX: return format_regex(text);
    case FORMAT_UUID: return format_uuid(text);
    case FORMAT_NONE:
    case FORMAT_COUNT: break;
    }
    return true;
}
