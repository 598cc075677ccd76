/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/steps.h"

/* 0.2.2 adds the ends of a test's window. */
const struct step step_0_2_1 = {.from = REPORT_0_2_1, .to = REPORT_0_2_2};
