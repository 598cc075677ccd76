/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_PLURAL_H
#define BASE_PLURAL_H

#include <stdint.h>

/* What follows a counted noun: "%zu line%s", count, plural(count). */
static inline const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

#endif
