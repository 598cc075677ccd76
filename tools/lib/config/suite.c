/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config/suite.h"

struct clashes {
    const struct json_document *document;
    uint32_t defaults;
    void (*tell)(void *context, const struct suite_clash *clash);
    void *context;
};

static bool same(const struct json_document *document, uint32_t a, uint32_t b)
{
    if (a == JSON_NONE || b == JSON_NONE)
        return a == b;
    return json_equal(document, a, document, b);
}

static uint32_t parameters_of(const struct clashes *clashes, uint32_t bench)
{
    uint32_t own = json_get(clashes->document, bench, "parameters");
    return own == JSON_NONE && clashes->defaults != JSON_NONE
               ? json_get(clashes->document, clashes->defaults, "parameters")
               : own;
}

static bool same_benchmark(const struct clashes *clashes, uint32_t a, uint32_t b)
{
    const struct json_document *document = clashes->document;
    return same(document, json_get(document, a, "name"), json_get(document, b, "name")) &&
           same(document, parameters_of(clashes, a), parameters_of(clashes, b));
}

/* The command of the benchmark for a variant, a key's node; JSON_NONE where it has none such. */
static uint32_t command_for(const struct json_document *document, uint32_t bench, uint32_t variant)
{
    uint32_t variants = json_get(document, bench, "variants");
    if (variant == JSON_NONE)
        return json_get(document, bench, "command");
    if (variants == JSON_NONE)
        return JSON_NONE;
    for (uint32_t key = json_first(document, variants); key != json_end(document, variants);
         key = json_after(document, key + 1))
        if (same(document, key, variant))
            return key + 1;
    return JSON_NONE;
}

/* Looks among the benchmarks before `bench` for another command of the same. */
static void check_command(
    const struct clashes *clashes, uint32_t bench, uint32_t variant, uint32_t command)
{
    const struct json_document *document = clashes->document;
    uint32_t list = json_get(document, 0, "benchmarks");
    for (uint32_t before = json_first(document, list); before != bench;
         before = json_after(document, before)) {
        uint32_t earlier = command_for(document, before, variant);
        if (earlier == JSON_NONE || same(document, earlier, command) ||
            !same_benchmark(clashes, before, bench))
            continue;
        clashes->tell(clashes->context,
            &(struct suite_clash){command, earlier, json_get(document, bench, "name")});
        return;
    }
}

static void check_bench(const struct clashes *clashes, uint32_t bench)
{
    const struct json_document *document = clashes->document;
    uint32_t variants = json_get(document, bench, "variants");
    if (variants == JSON_NONE) {
        check_command(clashes, bench, JSON_NONE, json_get(document, bench, "command"));
        return;
    }
    for (uint32_t key = json_first(document, variants); key != json_end(document, variants);
         key = json_after(document, key + 1))
        check_command(clashes, bench, key, key + 1);
}

void suite_clashes(const struct json_document *document,
    void (*tell)(void *context, const struct suite_clash *clash), void *context)
{
    const struct clashes clashes = {document, json_get(document, 0, "defaults"), tell, context};
    uint32_t list = json_get(document, 0, "benchmarks");
    if (list == JSON_NONE)
        return;
    for (uint32_t bench = json_first(document, list); bench != json_end(document, list);
         bench = json_after(document, bench))
        check_bench(&clashes, bench);
}

void suite_clash_text(struct buffer *out, const struct json_document *document,
    const struct suite_clash *clash, uint64_t line)
{
    struct slice name = json_raw(document, clash->name);
    int shown = name.size > 60 ? 60 : (int)name.size;
    buffer_add_format(out,
        "\"%.*s\" has another command in line %llu; expected a name or a variant of its own", shown,
        name.data, (unsigned long long)line);
}
