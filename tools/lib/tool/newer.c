/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/newer.h"

#include "base/plural.h"
#include "record/version.h"
#include "tool/tool.h"

void newer_were_read(void)
{
    tool_note("some lines are of a version newer than is known; they were read as %s",
        report_version_text(REPORT_CURRENT));
}

void newer_were_passed(uint64_t count)
{
    tool_note("passed as they stand: %llu line%s of a version newer than %s",
        (unsigned long long)count, plural(count), report_version_text(REPORT_CURRENT));
}
