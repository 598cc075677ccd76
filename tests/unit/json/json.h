/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_JSON_H
#define TEST_JSON_H

#include "../unit.h"
#include "json/document.h"

#include <stdio.h>

/* What the tests of json/ share: a text read, or a test that fails. */
static inline struct json_document parsed(const char *text)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    if (json_parse_copy(&document, slice_of(text), NULL, &error) != 0)
        fail_msg("%s: refused: %s", text, error.text);
    return document;
}

static inline void assert_slice(struct slice slice, const char *text)
{
    if (!slice_is(slice, text))
        fail_msg("\"%.*s\" is not \"%s\"", (int)slice.size, slice.data, text);
}

#endif
