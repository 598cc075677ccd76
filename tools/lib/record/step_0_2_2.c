/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/steps.h"
#include "record/upgrade.h"

/* 1.0.0 is another model of the same facts: record/upgrade.h. */
static void *create(void)
{
    return upgrade_create();
}

static void release(void *state)
{
    upgrade_free(state);
}

static void new_run(void *state)
{
    upgrade_new_run(state);
}

static int take_line(
    void *state, const struct json_document *line, struct buffer *out, struct error *error)
{
    return upgrade_line(state, line, out, error);
}

const struct step step_0_2_2 = {.from = REPORT_0_2_2,
    .to = REPORT_1_0_0,
    .create = create,
    .free = release,
    .new_run = new_run,
    .line = take_line};
