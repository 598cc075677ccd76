/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/policy.h"

#include "analysis/policy_parts.h"
#include "base/memory.h"
#include "config/yaml.h"
#include "record/access.h"
#include "json/canonical.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The file fits its schema: what is of a wrong type, or missing, was told before. */
struct reading {
    struct policy *policy;
    const struct yaml *yaml;
    const struct json_document *document;
    const char *file;
};

static int place_at(const struct reading *at, uint32_t node, struct error *error)
{
    struct yaml_place place = yaml_place(at->yaml, node);
    error_place(error, at->file, place.line, place.column);
    return -1;
}

static int fail_at(
    const struct reading *at, uint32_t node, const char *expected, struct error *error)
{
    struct slice text = json_raw(at->document, node);
    error_set(error, ERROR_CONTENT, "\"%.*s\" is no %s", text.size > 100 ? 100 : (int)text.size,
        text.data, expected);
    return place_at(at, node, error);
}

/* A scalar as it was written. */
static struct slice text_of(const struct reading *at, uint32_t node)
{
    struct slice text = json_type(at->document, node) == JSON_STRING
                            ? json_string(at->document, node, &at->policy->arena)
                            : json_raw(at->document, node);
    return arena_slice(&at->policy->arena, text);
}

static struct slice member_text(const struct reading *at, uint32_t object, const char *name)
{
    uint32_t node = json_get(at->document, object, name);
    return node == JSON_NONE ? (struct slice){NULL, 0} : text_of(at, node);
}

/* ---- numbers with what stands behind them ------------------------------------------------ */

/* "2%", "5 ms": the number and the rest without blanks before it. */
static bool read_amount(double *number, struct slice *unit, struct slice text)
{
    char *end;
    if (text.size == 0 || !strchr("0123456789.", text.data[0]))
        return false;
    *number = strtod(text.data, &end);
    if (end == text.data || !isfinite(*number))
        return false;
    while (*end == ' ')
        end++;
    *unit = (struct slice){end, text.size - (size_t)(end - text.data)};
    return true;
}

/* NaN in the one of the two that it does not say. */
static int read_size(const struct reading *at, uint32_t node, double *share, double *absolute,
    struct slice *unit, struct error *error)
{
    double number;
    struct slice rest;
    *share = *absolute = NAN;
    if (!read_amount(&number, &rest, text_of(at, node)))
        return fail_at(at, node, "size; expected a share (0.02 or 2%) or a value (5 ms)", error);
    if (rest.size > 0 && !slice_is(rest, "%")) {
        *absolute = number;
        *unit = rest;
        return 0;
    }
    *share = rest.size > 0 ? number / 100 : number;
    if (*share < 10)
        return 0;
    return fail_at(at, node, "share of change; expected less than 1000%", error);
}

static int read_band(
    const struct reading *at, struct policy_entry *rule, uint32_t node, struct error *error)
{
    double share, absolute;
    struct slice unit;
    if (json_type(at->document, node) != JSON_ARRAY)
        return read_size(at, node, &rule->relative, &rule->absolute, &rule->unit, error);
    for (uint32_t item = json_first(at->document, node); item != json_end(at->document, node);
         item = json_after(at->document, item)) {
        if (read_size(at, item, &share, &absolute, &unit, error) != 0)
            return -1;
        if (!isnan(isnan(share) ? rule->absolute : rule->relative))
            return fail_at(at, item, "second half of a band; expected a share and a value", error);
        if (isnan(share)) {
            rule->absolute = absolute;
            rule->unit = unit;
        } else {
            rule->relative = share;
        }
    }
    return 0;
}

/* ---- what is selected ---------------------------------------------------------------------- */

static struct policy_patterns read_patterns(
    const struct reading *at, uint32_t object, const char *name)
{
    uint32_t node = json_get(at->document, object, name);
    struct policy_patterns patterns = {NULL, 0};
    if (node == JSON_NONE)
        return patterns;
    bool one = json_type(at->document, node) != JSON_ARRAY;
    size_t count = one ? 1 : json_count(at->document, node);
    patterns.items = arena_take(&at->policy->arena, count * sizeof *patterns.items);
    if (one) {
        patterns.items[patterns.count++] = text_of(at, node);
        return patterns;
    }
    for (uint32_t item = json_first(at->document, node); item != json_end(at->document, node);
         item = json_after(at->document, item))
        patterns.items[patterns.count++] = text_of(at, item);
    return patterns;
}

static void read_params(
    const struct reading *at, struct policy_selection *selection, uint32_t object)
{
    uint32_t node = access_node(at->document, object, "params", JSON_OBJECT);
    if (node == JSON_NONE)
        return;
    size_t count = json_count(at->document, node);
    selection->params = arena_take(&at->policy->arena, count * sizeof *selection->params);
    for (uint32_t key = json_first(at->document, node); key != json_end(at->document, node);
         key = json_after(at->document, key + 1))
        selection->params[selection->param_count++] =
            (struct name_value){text_of(at, key), text_of(at, key + 1), true};
}

static struct policy_selection read_selection(const struct reading *at, uint32_t object)
{
    struct policy_selection selection = {
        .benchmark = read_patterns(at, object, "benchmark"),
        .model = read_patterns(at, object, "model"),
        .machine = read_patterns(at, object, "machine"),
        .metric = read_patterns(at, object, "metric"),
    };
    read_params(at, &selection, object);
    return selection;
}

/* ---- the three lists ------------------------------------------------------------------------- */

/* The index of what a member says among the words it can; -1 where it is not there. */
static int word_of(
    const struct reading *at, uint32_t object, const char *name, const char *const *words)
{
    uint32_t node = json_get(at->document, object, name);
    int word = 0;
    while (node != JSON_NONE && words[word] &&
           !json_string_is(at->document, node, slice_of(words[word])))
        word++;
    return node == JSON_NONE || !words[word] ? -1 : word;
}

static int read_rule(const struct reading *at, uint32_t node, struct error *error)
{
    static const char *const directions[] = {
        [BETTER_NONE] = "none", [BETTER_LOWER] = "lower", [BETTER_HIGHER] = "higher", NULL};
    static const char *const weights[] = {[IMPORTANCE_NORMAL] = "normal",
        [IMPORTANCE_IGNORE] = "ignore",
        [IMPORTANCE_INFORMATIONAL] = "informational",
        [IMPORTANCE_CRITICAL] = "critical",
        NULL};
    struct policy_entry *rule = &at->policy->rules[at->policy->rule_count++];
    int better = word_of(at, node, "better", directions);
    int importance = word_of(at, node, "importance", weights);
    uint32_t band = json_get(at->document, node, "band");
    *rule = (struct policy_entry){.selection = read_selection(at, node),
        .relative = NAN,
        .absolute = NAN,
        .alpha = access_number(at->document, node, "alpha"),
        .better_known = better >= 0,
        .better = better >= 0 ? (enum better)better : BETTER_NONE,
        .importance_known = importance >= 0,
        .importance = importance >= 0 ? (enum importance)importance : IMPORTANCE_NORMAL};
    if (band != JSON_NONE)
        return read_band(at, rule, band, error);
    if (rule->better_known || rule->importance_known || !isnan(rule->alpha))
        return 0;
    error_set(
        error, ERROR_CONTENT, "this rule says nothing; expected band, alpha, better or importance");
    return place_at(at, node, error);
}

/* A text is a name; a suite in a list of its own is that suite. */
static struct policy_name read_name(const struct reading *at, uint32_t node)
{
    const struct json_document *document = at->document;
    struct policy_name name = {.name = {NULL, 0}};
    struct buffer text = BUFFER_INIT;
    if (json_type(document, node) != JSON_OBJECT) {
        name.name = text_of(at, node);
        return name;
    }
    name.name = member_text(at, node, "name");
    uint32_t suite = json_get(document, node, "suite");
    if (suite == JSON_NONE)
        return name;
    if (json_type(document, suite) == JSON_ARRAY && json_count(document, suite) == 1)
        suite = json_first(document, suite);
    json_canonical(document, suite, &text);
    name.suite_json = arena_slice(&at->policy->arena, buffer_slice(&text));
    struct policy_patterns parts = read_patterns(at, node, "suite");
    buffer_reset(&text);
    for (size_t i = 0; i < parts.count; i++) {
        if (i > 0)
            buffer_add_char(&text, '/');
        buffer_add_slice(&text, parts.items[i]);
    }
    name.suite = arena_slice(&at->policy->arena, buffer_slice(&text));
    buffer_release(&text);
    return name;
}

static int read_rename(const struct reading *at, uint32_t node, struct error *error)
{
    (void)error;
    at->policy->renames[at->policy->rename_count++] =
        (struct policy_rename){read_name(at, json_get(at->document, node, "from")),
            read_name(at, json_get(at->document, node, "to"))};
    return 0;
}

static int read_accepted(const struct reading *at, uint32_t node, struct error *error)
{
    struct policy_accepted *accepted = &at->policy->accepted[at->policy->accepted_count++];
    uint32_t up_to = json_get(at->document, node, "up_to");
    double absolute;
    struct slice unit;
    *accepted = (struct policy_accepted){.selection = read_selection(at, node),
        .acceptance = {.commit = member_text(at, node, "commit"),
            .reason = member_text(at, node, "reason"),
            .up_to = NAN,
            .line = yaml_place(at->yaml, node).line}};
    if (up_to == JSON_NONE)
        return 0;
    if (read_size(at, up_to, &accepted->acceptance.up_to, &absolute, &unit, error) != 0)
        return -1;
    return isnan(absolute) ? 0 : fail_at(at, up_to, "share; expected 0.08 or 8%", error);
}

typedef int read_item(const struct reading *at, uint32_t node, struct error *error);

static int read_list(
    const struct reading *at, const char *name, read_item *read, struct error *error)
{
    uint32_t list = access_node(at->document, ACCESS_ROOT, name, JSON_ARRAY);
    if (list == JSON_NONE)
        return 0;
    for (uint32_t item = json_first(at->document, list); item != json_end(at->document, list);
         item = json_after(at->document, item))
        if (read(at, item, error) != 0)
            return -1;
    return 0;
}

static size_t length_of(const struct json_document *document, const char *name)
{
    uint32_t list = access_node(document, ACCESS_ROOT, name, JSON_ARRAY);
    return list == JSON_NONE ? 0 : json_count(document, list);
}

static int read_lists(const struct reading *at, struct error *error)
{
    struct policy *policy = at->policy;
    const struct json_document *document = at->document;
    struct arena *arena = &policy->arena;
    policy->rules = arena_take(arena, (length_of(document, "rules") + 1) * sizeof *policy->rules);
    policy->renames =
        arena_take(arena, (length_of(document, "renames") + 1) * sizeof *policy->renames);
    policy->accepted =
        arena_take(arena, (length_of(document, "accepted") + 1) * sizeof *policy->accepted);
    if (read_list(at, "rules", read_rule, error) != 0 ||
        read_list(at, "renames", read_rename, error) != 0)
        return -1;
    return read_list(at, "accepted", read_accepted, error);
}

int policy_read(struct policy **out, const char *file, const char *schema,
    const struct source_options *source, const struct config_faults *faults, struct error *error)
{
    struct yaml yaml = YAML_INIT;
    struct policy *policy = memory_zero(1, sizeof *policy);
    int result = config_read(&yaml, file, schema, source, faults, error);
    if (result == 0) {
        const struct reading at = {policy, &yaml, &yaml.document, file};
        result = read_lists(&at, error);
    }
    yaml_release(&yaml);
    if (result != 0) {
        policy_free(policy);
        policy = NULL;
    }
    *out = policy;
    return result;
}
