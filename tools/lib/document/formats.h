/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_FORMATS_H
#define DOCUMENT_FORMATS_H

#include "document/view.h"

/*
 * The formatting lambdas of a template, as members of `as` in the root of its
 * data. Each expands its section without any escape and writes the text in its
 * form; one that cannot be read so is an error at the section.
 *
 *     {{#as.code}}{{name}}{{/as.code}}            a code span
 *     {{#as.cell}}{{name}}{{/as.cell}}            a code span for a table's cell
 *     {{#as.text}}…{{/as.text}}                   escaped for Markdown
 *     {{#as.html}}…{{/as.html}}                   escaped for HTML
 *     {{#as.block}}…{{/as.block}}                 a fenced block
 *     {{#as.comment}}…{{/as.comment}}             a comment that is not shown
 *     {{#as.number}}12345.678{{/as.number}}       12,346
 *     {{#as.quantity}}0.0123 s{{/as.quantity}}    12.3 ms
 *     {{#as.duration}}75{{/as.duration}}          seconds: 75.0 s
 *     {{#as.bytes}}8100000000{{/as.bytes}}        8.10 GB
 *     {{#as.share}}0.25{{/as.share}}              25.0%
 *     {{#as.percent}}1.052{{/as.percent}}         of a ratio: +5.2%
 *     {{#as.ratio}}1.052{{/as.ratio}}             1.05×
 *     {{#as.anchor}}Some heading{{/as.anchor}}    some-heading
 *     {{#as.link}}docs/a.md The text{{/as.link}}  [The text](docs/a.md)
 *     {{#as.sparkline}}1 2 4 3{{/as.sparkline}}   ▁▃█▆
 *     {{#as.table}}per_test.rows: Test = test.cell, Median = median.text right{{/as.table}}
 *                                                 a table of a list's members
 */
void formats_add(struct arena *arena, struct view *root);

#endif
