/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"

#include "base/memory.h"
#include "record/time.h"
#include "tool/newer.h"
#include "tool/tool.h"

#include <string.h>

enum { BAD_LINES_NAMED = 20 };

void material_init(struct material *material)
{
    *material = (struct material){.bad_lines = 0};
    collection_init(&material->collection);
}

void material_release(struct material *material)
{
    collection_release(&material->collection);
    comparisons_release(&material->comparisons);
    checks_release(&material->checks);
    trends_release(&material->trends);
    buffer_release(&material->lines);
}

static void name_bad_line(struct material *material, struct error *error)
{
    if (material->bad_lines++ < BAD_LINES_NAMED)
        tool_error(error);
    collection_bad_line(&material->collection, error->file[0] ? error->file : NULL);
    error_clear(error);
}

static int add(struct material *material, const struct record *record, struct error *error)
{
    comparisons_add(&material->comparisons, record);
    checks_add(&material->checks, record);
    trends_add(&material->trends, record);
    return collection_add(&material->collection, record, error);
}

static int read_all(struct material *material, struct record_reader *reader, struct error *error)
{
    struct record record;
    int got;
    while ((got = record_next(reader, &record, error)) != 0) {
        if (got > 0)
            got = add(material, &record, error);
        if (got < 0 && error->code != ERROR_CONTENT)
            return -1;
        if (got < 0)
            name_bad_line(material, error);
    }
    if (material->bad_lines > BAD_LINES_NAMED)
        tool_note("%llu more lines could not be read",
            (unsigned long long)(material->bad_lines - BAD_LINES_NAMED));
    if (record_reader_saw_newer(reader))
        newer_were_read();
    return 0;
}

bool material_has(const struct material *material, enum record_kind kind)
{
    switch (kind) {
    case RECORD_RESULT: return material->collection.item_count > 0;
    case RECORD_COMPARISON: return material->comparisons.count > 0;
    case RECORD_CHECK: return material->checks.count > 0;
    case RECORD_TREND: return material->trends.count > 0;
    default: return false;
    }
}

static int check_kinds(const struct material *material, uint32_t kinds, struct error *error)
{
    static const struct {
        enum record_kind kind;
        const char *expected;
    } wanted[] = {{RECORD_RESULT, "lines of a report with kind \"result\""},
        {RECORD_COMPARISON, "the lines that bench-diff writes"},
        {RECORD_CHECK, "the lines that bench-check writes"},
        {RECORD_TREND, "the lines that bench-trend writes"}};
    const char *missing = NULL, *expected = "";
    for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
        if (!(kinds & 1u << wanted[i].kind))
            continue;
        if (material_has(material, wanted[i].kind))
            return 0;
        if (!missing) {
            missing = record_kind_text(wanted[i].kind);
            expected = wanted[i].expected;
        }
    }
    return error_set(error, ERROR_INPUT, "there is no %s in the input; expected %s",
        missing ? missing : "record", expected);
}

int material_read(struct material *material, uint32_t kinds, const struct settings *settings,
    const char *const *files, size_t count, struct error *error)
{
    struct sources *sources = sources_create(files, count, &settings->source);
    const struct lines_options options = {
        .ceiling = settings->max_line, .kept = settings->git.with_data ? &material->lines : NULL};
    struct lines *lines = lines_create(sources, &options);
    struct record_reader *reader = record_reader_create(lines, NULL);
    int result = read_all(material, reader, error);
    collection_finish(&material->collection);
    if (result == 0)
        result = check_kinds(material, kinds, error);
    record_reader_free(reader);
    lines_free(lines);
    sources_free(sources);
    return result;
}

int report_epoch(int64_t *seconds, const struct settings *settings, struct error *error)
{
    struct error why = ERROR_INIT;
    if (option_read_count(seconds, settings->epoch, 0, 253402300799., &why) == 0)
        return 0;
    return error_set(error, ERROR_USAGE,
        "SOURCE_DATE_EPOCH is \"%.100s\"; expected seconds since 1970", settings->epoch);
}

int report_generated(char **out, const struct settings *settings, struct error *error)
{
    char text[TIME_TEXT];
    int64_t seconds;
    *out = NULL;
    if (!settings->epoch)
        return 0;
    if (report_epoch(&seconds, settings, error) != 0)
        return -1;
    time_text(seconds * 1000000000, text);
    *out = memory_text(text);
    return 0;
}
