/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/steps.h"

/* 0.2.1 adds the modality, in metadata. */
const struct step step_0_2_0 = {.from = REPORT_0_2_0, .to = REPORT_0_2_1};
