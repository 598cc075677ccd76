/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_META_H
#define SCHEMA_META_H

#include "base/slice.h"

#include <stdbool.h>

/*
 * The standards' own meta-schemas, built into the library. uri is absolute and
 * without fragment. The text lasts for ever and is padded by JSON_PADDING.
 */
bool meta_find(const char *uri, struct slice *text);

#endif
