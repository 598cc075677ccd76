/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DATA_H
#define DATA_H

#include "document/view.h"
#include "settings.h"

#include <stddef.h>

/* The view of one JSON document, in the arena. */
int data_from_json(struct view **out, const struct settings *settings, struct arena *arena,
    struct error *error) MUST_USE;

#endif
