/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_FRONT_H
#define DOCUMENT_FRONT_H

#include "base/arena.h"
#include "base/error.h"
#include "config/check.h"
#include "document/view.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The front matter of a template: YAML between two lines "---" at its front,
 * which fits the schema template-v1.0. It says what the document is about and
 * how the lists of its data are arranged.
 */
struct front_list {
    struct slice path;  /* "per_test.rows" */
    struct slice sort;  /* a member of its items; data NULL: as they are */
    struct slice group; /* likewise */
    bool descending;
    int64_t limit; /* -1: all */
};

/* What a template makes; what is no Markdown is neither checked as that nor made a page. */
enum front_format { FRONT_MARKDOWN, FRONT_SVG, FRONT_JSON, FRONT_TEXT };

struct front {
    enum front_format format;
    struct slice title, description; /* data NULL where not given */
    struct slice page;               /* the partial that makes the page of HTML; data NULL: none */
    uint32_t kinds;                  /* a bit for each enum record_kind; RECORD_RESULT by default */
    bool llm;                        /* the data of language models are asked for */
    struct slice *columns;
    size_t column_count;
    bool columns_given;
    struct front_list *lists;
    size_t list_count;
    int64_t bytes; /* 0: any number */
    struct slice *shorten;
    size_t shorten_count;
};

/* The parts of a template's text. A text without front matter is all body. */
struct front_parts {
    struct slice yaml; /* data NULL where there is none */
    struct slice body;
    unsigned body_line; /* of the file, from 1 */
};

struct front_parts front_split(struct slice text);

/*
 * Reads the YAML into the arena. schema checks it first; each fault goes to
 * faults, with its line in the file. yaml with data NULL gives the defaults.
 */
int front_read(struct front *front, struct slice yaml, const char *file,
    const struct schema *schema, const struct config_faults *faults, struct arena *arena,
    struct error *error) MUST_USE;

/*
 * Sorts, cuts and groups the lists of the view as the front matter says. A list
 * that the view does not have is passed over; a path to what is no list is an
 * error.
 */
int front_arrange(const struct front *front, struct arena *arena, struct view *root,
    struct error *error) MUST_USE;

/*
 * Renders, and where the document has more bytes than the front matter allows,
 * takes the last items from its lists of `shorten`, one list after the other and
 * from each as few as will do, and renders again. `shortened` in the root of the
 * view then is true, and `more` beside a list counts what it lost. A document
 * that is still too long is an error.
 */
struct front_render {
    /* Renders the view anew, and says how many bytes that gave. */
    int (*render)(void *context, size_t *size, struct error *error);
    void *context;
};

int front_fit(const struct front *front, struct arena *arena, struct view *root,
    const struct front_render *render, struct error *error) MUST_USE;

#endif
