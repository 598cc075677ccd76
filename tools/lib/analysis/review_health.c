/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/review_parts.h"

#include "record/access.h"

#include <math.h>

/*
 * Programs differ in where they draw the line (bench-run: 100 MB of swap, a tenth
 * of the memory), so only what is far beyond it contradicts a list without flag.
 */
static const double swap_limit = 1e9;    /* bytes in use */
static const double memory_limit = 0.05; /* of the memory, available */
static const double memory_ample = 0.5;  /* of the memory: it cannot be low */

/* The flags, and whether one is raised by a value above or below its limit. */
enum side { ABOVE, BELOW };
static const struct {
    const char *name;
    enum side raised;
} flag_sides[] = {
    {"swap-in-use", ABOVE},
    {"zombies", ABOVE},
    {"load-from-others", ABOVE},
    {"steal-time", ABOVE},
    {"thermal-throttling", ABOVE},
    {"governor-not-performance", ABOVE},
    {"low-memory", BELOW},
    {"frequency-changed", BELOW},
};

static bool is_raised(const struct health *health, const char *flag)
{
    for (size_t i = 0; i < health->flag_count; i++)
        if (slice_is(health->flags[i].flag, flag))
            return true;
    return false;
}

static void check_swap(struct review *review, const struct health *health)
{
    bool raised = is_raised(health, "swap-in-use");
    if (!raised && health->swap_used_bytes > swap_limit)
        review_say(review, REVIEW_HEALTH, "/health/swap_used_bytes",
            "%.0f MB of swap are in use, and swap-in-use is not among the flags; expected it "
            "beyond %.0f MB",
            health->swap_used_bytes / 1e6, swap_limit / 1e6);
    if (raised && health->swap_used_bytes == 0)
        review_say(review, REVIEW_HEALTH, "/health/flags",
            "swap-in-use is raised, and no swap is in use; expected more than 0 bytes");
}

static void check_zombies(struct review *review, const struct health *health)
{
    bool raised = is_raised(health, "zombies");
    if (!raised && health->zombies > 0)
        review_say(review, REVIEW_HEALTH, "/health/zombies",
            "there are %.0f zombies, and zombies is not among the flags; expected it beyond 0",
            health->zombies);
    if (raised && health->zombies == 0)
        review_say(review, REVIEW_HEALTH, "/health/flags",
            "zombies is raised, and there are none; expected more than 0");
}

static void check_memory(struct review *review, const struct health *health, double memory)
{
    bool raised = is_raised(health, "low-memory");
    double share = health->ram_available_bytes / memory; /* NaN where one is unknown */
    if (!raised && share < memory_limit)
        review_say(review, REVIEW_HEALTH, "/health/ram_available_bytes",
            "%.1f %% of the memory are available, and low-memory is not among the flags; expected "
            "it below %.0f %%",
            100 * share, 100 * memory_limit);
    if (raised && share > memory_ample)
        review_say(review, REVIEW_HEALTH, "/health/flags",
            "low-memory is raised, and %.1f %% of the memory are available; expected less than "
            "%.0f %%",
            100 * share, 100 * memory_ample);
}

/* The flag's own evidence: its value lies on the side of the limit that does not raise it. */
static void check_evidence(struct review *review, uint32_t flag, size_t number)
{
    const struct json_document *document = review->record->document;
    struct slice name = access_text(document, flag, "flag", &review->line);
    double value = access_number(document, flag, "value");
    double limit = access_number(document, flag, "limit");
    for (size_t i = 0; i < ARRAY_SIZE(flag_sides); i++) {
        enum side raised = flag_sides[i].raised;
        if (!slice_is(name, flag_sides[i].name))
            continue;
        if (raised == ABOVE ? value < limit : value > limit)
            review_say(review, REVIEW_HEALTH,
                arena_format(&review->line, "/health/flags/%zu/value", number),
                "%s is raised at %.9g; expected %s its limit, %.9g", flag_sides[i].name, value,
                raised == ABOVE ? "above" : "below", limit);
    }
}

void review_health(
    struct review *review, const struct review_run *run, const struct report_result *result)
{
    const struct json_document *document = review->record->document;
    const struct health *health = &result->health;
    if (!health->flags_known)
        return;
    check_swap(review, health);
    check_zombies(review, health);
    check_memory(review, health, run->machine.memory_bytes);
    uint32_t list = access_node(
        document, access_node(document, ACCESS_ROOT, "health", JSON_OBJECT), "flags", JSON_ARRAY);
    size_t number = 0;
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        if (json_type(document, item) == JSON_OBJECT)
            check_evidence(review, item, number++);
}
