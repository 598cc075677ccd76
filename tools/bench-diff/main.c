/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "job.h"
#include "source/lines.h"
#include "tool/options.h"
#include "tool/tool.h"

#include <string.h>

static const char *const fail_names[] = {"regression", "inconclusive", "change", "never", NULL};

static const double BAND_USUAL = 0.01;

int main(int argc, char **argv)
{
    struct settings settings = {.alpha = 0.05,
        .band = BAND_USUAL,
        .form = FORM_AUTO,
        .rows = TABLE_ROWS,
        .max_line = LINE_CEILING};
    const struct option options[] = {
        OPTION_GROUP("Sides"),
        OPTION_WORDS(
            0, "base", "FILE...", &settings.base, "inputs of the base, all up to the next option"),
        OPTION_WORDS(0, "head", "FILE...", &settings.head, "inputs of the head"),
        OPTION_TEXT(0, "sides", "NAME=BASE,HEAD", &settings.sides,
            "the inputs hold both sides: results whose variant (NAME is variant) or label NAME is "
            "BASE or HEAD"),
        OPTION_FLAG(0, "merge-base", &settings.merge_base,
            "the base's revision is what it and the head's both come from"),
        OPTION_ALL_RUNS(&settings.all_runs),
        OPTION_FLAG(0, "any-machine", &settings.any_machine,
            "compare across machines, and do not tell them apart"),
        OPTION_GROUP("Selecting"),
        OPTION_METRICS(&settings.metrics),
        OPTION_WHERE(&settings.where),
        OPTION_BY(&settings.by),
        OPTION_LIST(0, "rename", "OLD=NEW", &settings.renames,
            "the base's benchmark OLD is the head's NEW; may be repeated"),
        OPTION_GROUP("Judging"),
        {.kind = OPTION_KIND_NUMBER,
            .name = "alpha",
            .argument = "P",
            .value = &settings.alpha,
            .low = 1e-6,
            .high = 0.5,
            .given = &settings.alpha_given,
            .help = "the chance of a false finding that is accepted; .05 unless given"},
        {.kind = OPTION_KIND_CALL,
            .name = "band",
            .argument = "SHARE",
            .value = &settings.band,
            .take = option_take_share,
            .given = &settings.band_given,
            .help = "changes up to this do not matter; 1% unless given, and 0 for values that do "
                    "not vary"},
        OPTION_POLICY(&settings.policy),
        OPTION_LIST(0, "history", "FILE", &settings.history,
            "earlier reports, or lines of bench-trend, which tell how much runs differ; may be "
            "repeated"),
        OPTION_FLAG(0, "strict", &settings.strict,
            "Holm's correction, wider intervals, and no verdict from single runs"),
        OPTION_CHOICE(0, "fail-on", "WHAT", &settings.fail_on, fail_names,
            "what ends in status 1; regression unless given"),
        OPTION_GROUP("Output"),
        OPTION_FORMAT(&settings.form, form_names),
        OPTION_ROWS(&settings.rows),
        OPTION_OUTPUT(&settings.output),
        OPTION_GROUP("Input"),
        OPTION_MAX_LINE(&settings.max_line),
        OPTION_REPOSITORY(&settings.repository),
        OPTION_END,
    };
    static const char *const usage[] = {"[options] BASE HEAD",
        "[options] --base FILE... --head FILE...", "[options] --sides NAME=BASE,HEAD [FILE...]",
        NULL};
    const struct command command = {"bench-diff",
        "compare two sides of benchmark results, and say how sure that is", usage, options,
        "Exit status: 0 no regression, 1 a regression (see --fail-on), 2 wrong usage, 3 an "
        "input cannot be read or holds nothing to compare, 4 the machine failed. See "
        "bench-diff(1)."};
    return tool_run(&command, argc, argv, &settings, job_run);
}
