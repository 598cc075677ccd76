/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/version.h"

#include "base/compiler.h"

static const struct {
    const char *text, *schema;
} versions[REPORT_COUNT] = {
    [REPORT_0_1_0] = {"0.1.0", "report-v0.1.schema.json"},
    [REPORT_0_2_0] = {"0.2.0", "report-v0.2.schema.json"},
    [REPORT_0_2_1] = {"0.2.1", "report-v0.2.2.schema.json"},
    [REPORT_0_2_2] = {"0.2.2", "report-v0.2.2.schema.json"},
    [REPORT_1_0_0] = {"1.0.0", "report-v1.0.schema.json"},
};

/* One decimal number without leading zeros; the rest of text after it. */
static bool take_number(struct slice *text)
{
    size_t digits = 0;
    while (digits < text->size && text->data[digits] >= '0' && text->data[digits] <= '9')
        digits++;
    bool good = digits > 0 && (digits == 1 || text->data[0] != '0');
    *text = (struct slice){text->data + digits, text->size - digits};
    return good;
}

static bool take_dot(struct slice *text)
{
    if (text->size == 0 || text->data[0] != '.')
        return false;
    *text = (struct slice){text->data + 1, text->size - 1};
    return true;
}

static bool is_newer(struct slice text)
{
    if (text.size < 2 || text.data[0] != '1' || text.data[1] != '.')
        return false;
    return take_number(&text) && take_dot(&text) && take_number(&text) && take_dot(&text) &&
           take_number(&text) && text.size == 0;
}

enum report_version report_version_read(struct slice text)
{
    for (int i = 0; i < REPORT_COUNT; i++)
        if (slice_is(text, versions[i].text))
            return (enum report_version)i;
    return is_newer(text) ? REPORT_NEWER : REPORT_UNKNOWN;
}

const char *report_version_text(enum report_version version)
{
    return versions[version].text;
}

const char *report_version_schema(enum report_version version)
{
    return versions[version].schema;
}

const char *report_versions_known(void)
{
    return "0.1.0, 0.2.0, 0.2.1, 0.2.2 or 1.0.0";
}
