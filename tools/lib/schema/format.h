/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_FORMAT_H
#define SCHEMA_FORMAT_H

#include "base/slice.h"

#include <stdbool.h>

/* The formats of all drafts; each is one function in a format_*.c. */
enum format {
    FORMAT_NONE,
    FORMAT_DATE_TIME,
    FORMAT_DATE,
    FORMAT_TIME,
    FORMAT_DURATION,
    FORMAT_EMAIL,
    FORMAT_IDN_EMAIL,
    FORMAT_HOSTNAME,
    FORMAT_IDN_HOSTNAME,
    FORMAT_IPV4,
    FORMAT_IPV6,
    FORMAT_URI,
    FORMAT_URI_REFERENCE,
    FORMAT_IRI,
    FORMAT_IRI_REFERENCE,
    FORMAT_URI_TEMPLATE,
    FORMAT_JSON_POINTER,
    FORMAT_RELATIVE_JSON_POINTER,
    FORMAT_REGEX,
    FORMAT_UUID,
    FORMAT_COUNT
};

/* FORMAT_NONE for a name that is not known, which every draft says to ignore. */
enum format format_find(struct slice name);
const char *format_name(enum format format);
/* What a message says was expected: "a date and time as 2026-02-11T10:00:00Z". */
const char *format_expected(enum format format);
/* text is a string's value: valid UTF-8. */
bool format_holds(enum format format, struct slice text);

/* RFC 3339: date-time, full-date, full-time; and its appendix A: duration. */
bool format_date_time(struct slice text);
bool format_date(struct slice text);
bool format_time(struct slice text);
bool format_duration(struct slice text);
/* RFC 5321 mailbox; idn: RFC 6531. */
bool format_email(struct slice text, bool idn);
/* RFC 1123 with A-labels as RFC 5890 to 5892 have them; idn: U-labels too. */
bool format_hostname(struct slice text, bool idn);
/* RFC 2673, 3.2: dotted quad; RFC 4291, 2.2. */
bool format_ipv4(struct slice text);
bool format_ipv6(struct slice text);
/* RFC 3986, with iri RFC 3987; reference: a relative one too. */
bool format_uri(struct slice text, bool iri, bool reference);
/* RFC 6570. */
bool format_uri_template(struct slice text);
/* RFC 6901 and draft-handrews-relative-json-pointer. */
bool format_json_pointer(struct slice text);
bool format_relative_json_pointer(struct slice text);
/* ECMA-262 with the u flag. */
bool format_regex(struct slice text);
/* RFC 4122. */
bool format_uuid(struct slice text);

#endif
