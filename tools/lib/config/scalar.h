/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CONFIG_SCALAR_H
#define CONFIG_SCALAR_H

#include "base/error.h"
#include "base/slice.h"
#include "json/writer.h"

#include <stdbool.h>

/*
 * A YAML scalar as JSON: by its tag where it has one of its own, else by the core
 * schema (YAML 1.2.2, 10.3.2) where it is plain, else as a text. What looks like
 * a number but has no JSON form (.inf, .nan) is an error.
 */
int scalar_write(struct json_writer *writer, struct slice text, const char *tag, bool plain,
    struct error *error) MUST_USE;

#endif
