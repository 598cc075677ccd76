/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EXPORT_H
#define EXPORT_H

#include "base/error.h"
#include "settings.h"
#include "subject.h"

/*
 * The files that scripts made for hyperfine read: its JSON, its CSV, and its
 * tables as Markdown, AsciiDoc and Org. They hold the wall times alone.
 */
/* Whether they can be written: better told before an hour of measuring than after it. */
int export_check(const struct settings *settings, struct error *error) MUST_USE;
int export_all(const struct settings *settings, const struct subject *subjects, size_t count,
    struct error *error) MUST_USE;

#endif
