/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/checks.h"

#include "base/memory.h"
#include "record/access.h"

const char *check_outcome_text(enum check_outcome outcome)
{
    static const char *const texts[CHECK_OUTCOMES] = {"fail", "unproven", "pass"};
    return texts[outcome];
}

void checks_release(struct checks *checks)
{
    arena_release(&checks->arena);
    free(checks->items);
}

static bool read_outcome(struct checked *out, struct slice word)
{
    for (int outcome = 0; word.data && outcome < CHECK_OUTCOMES; outcome++)
        if (slice_is(word, check_outcome_text((enum check_outcome)outcome))) {
            out->outcome = (enum check_outcome)outcome;
            return true;
        }
    return false;
}

/* A number, or the two ends of a range. */
static void read_limit(
    struct checked *out, const struct json_document *document, struct arena *arena)
{
    out->limit_low = out->limit_high = access_number(document, ACCESS_ROOT, "limit");
    if (isnan(out->limit_low))
        finding_interval(document, ACCESS_ROOT, "limit", &out->limit_low, &out->limit_high, arena);
}

static void read_reasons(
    struct checked *out, const struct json_document *document, struct arena *arena)
{
    uint32_t list = access_node(document, ACCESS_ROOT, "reasons", JSON_ARRAY);
    if (list == JSON_NONE)
        return;
    out->reasons = arena_zero(arena, json_count(document, list), sizeof *out->reasons);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        if (json_type(document, item) == JSON_STRING)
            out->reasons[out->reason_count++] =
                arena_slice(arena, json_string(document, item, arena));
}

static void add_check(struct checks *checks, const struct record *record)
{
    const struct json_document *document = record->document;
    struct arena *arena = &checks->arena;
    struct checked item = {.outcome = CHECK_FAIL};
    if (!read_outcome(&item, access_text(document, ACCESS_ROOT, "outcome", arena)))
        return;
    uint32_t ratio = access_node(document, ACCESS_ROOT, "ratio", JSON_OBJECT);
    finding_read(&item.about, record, arena);
    item.target = access_text(document, ACCESS_ROOT, "target", arena);
    item.name = access_text(document, ACCESS_ROOT, "name", arena);
    item.side = access_text(document, ACCESS_ROOT, "side", arena);
    item.reference = access_text(document, ACCESS_ROOT, "reference", arena);
    item.statistic = access_text(document, ACCESS_ROOT, "statistic", arena);
    item.grade = access_text(document, ACCESS_ROOT, "grade", arena);
    item.value = access_number(document, ACCESS_ROOT, "value");
    item.n = access_number(document, ACCESS_ROOT, "n");
    item.runs = access_number(document, ACCESS_ROOT, "runs");
    item.ours = access_number(document, ratio, "ours");
    item.theirs = access_number(document, ratio, "theirs");
    item.parts_unit = access_text(document, ratio, "unit", arena);
    finding_interval(document, ACCESS_ROOT, "value_ci", &item.low, &item.high, arena);
    read_limit(&item, document, arena);
    read_reasons(&item, document, arena);
    enum known missed = (enum known)access_bool(document, ACCESS_ROOT, "missed");
    item.missed =
        missed == UNKNOWN ? item.outcome == CHECK_FAIL || isnan(item.value) : missed == KNOWN_TRUE;
    MEMORY_GROW(checks->items, checks->count, checks->capacity);
    checks->items[checks->count++] = item;
}

static void add_summary(struct checks *checks, const struct record *record)
{
    const struct json_document *document = record->document;
    struct slice tool = access_text(document, ACCESS_ROOT, "tool", &checks->arena);
    if (!tool.data || !slice_is(tool, "bench-check"))
        return;
    uint32_t metadata = access_node(document, ACCESS_ROOT, "metadata", JSON_OBJECT);
    checks->targets = access_text(document, metadata, "targets", &checks->arena);
    checks->alpha = access_number(document, ACCESS_ROOT, "alpha");
    checks->summarised = true;
}

void checks_add(struct checks *checks, const struct record *record)
{
    if (record->kind == RECORD_CHECK)
        add_check(checks, record);
    if (record->kind == RECORD_SUMMARY)
        add_summary(checks, record);
}
