/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/steps.h"

/*
 * 0.2.0 adds system_health, timeline, hardware_profile and more of model and
 * performance; all of it may be absent.
 */
const struct step step_0_1_0 = {.from = REPORT_0_1_0, .to = REPORT_0_2_0};
