/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/options.h"
#include "source/lines.h"
#include "source/source.h"

#include <stdbool.h>

enum escape_name { ESCAPE_UNSET = -1, ESCAPE_HTML, ESCAPE_MARKDOWN, ESCAPE_NONE, ESCAPE_JSON };

/* Into git, not into a file. */
struct git_settings {
    bool commit, note, with_data;
    bool sign, sign_given;
    const char *branch; /* NULL: that of sink/git_commit.h */
    const char *noted;  /* the revision that gets the note; NULL: what was measured */
};

/* What the command line says. */
struct settings {
    const char *template; /* a name or a file; NULL for the default */
    const char *output;
    const char *charts; /* the folder for charts, beside the document; NULL for none */
    const char *json;   /* --json DATA.json; NULL for report lines */
    struct option_list partials, templates;
    struct option_list before; /* the files of an earlier run */
    int escape;                /* enum escape_name */
    bool list, print_data, html, lint;
    bool mermaid; /* charts as blocks of mermaid */
    bool force;   /* write a document that the lint finds fault with */
    uint64_t max_line;
    struct git_settings git;
    const char *epoch; /* SOURCE_DATE_EPOCH, NULL where it is not set */
    struct source_options source;
};

#define SETTINGS_INIT                                                                              \
    {                                                                                              \
        .escape = ESCAPE_UNSET, .max_line = LINE_CEILING                                           \
    }

#endif
