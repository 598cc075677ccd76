/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_NEWER_H
#define TOOL_NEWER_H

#include <stdint.h>

/*
 * What a tool says, once, of lines whose version is newer than is known
 * (REPORT_NEWER): that they were read as the newest known one, so that what is
 * new in them was not seen; or that count of them went through as they stand.
 */
void newer_were_read(void);
void newer_were_passed(uint64_t count);

#endif
