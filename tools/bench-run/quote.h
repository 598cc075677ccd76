/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QUOTE_H
#define QUOTE_H

#include "base/buffer.h"

/* Words as a shell reads them back; NULL-terminated, with a blank between two. */
void quote_words(struct buffer *out, const char *const *words);

#endif
