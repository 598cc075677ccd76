/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_PRIVACY_PARTS_H
#define ANALYSIS_PRIVACY_PARTS_H

#include "analysis/privacy.h"

/* What privacy.c is made of. Letters and digits are those of ASCII. */

#define PRIVACY_SECRET "[secret]"

bool privacy_is_letter(char byte);
bool privacy_is_digit(char byte);
/* A letter, a digit, '_' or '-'. */
bool privacy_is_word(char byte);
/* Whether a text is this word, in capitals or not. */
bool privacy_same(struct slice text, const char *word);
/* Whether the text goes on with this at that place. */
bool privacy_begins(struct slice text, size_t at, const char *with);

/* Whether it is that word, with or without "-" and eight hexadecimal digits. */
bool privacy_stands_in(struct slice text, const char *word);

/* Whether what is called so is a secret: "password", "HF_TOKEN". */
bool privacy_names_secret(struct slice name);

/* Whether such a span begins at that place. */
bool privacy_home_at(struct private_span *out, struct slice text, size_t at);
bool privacy_name_at(struct private_span *out, struct slice text, size_t at);
bool privacy_secret_at(struct private_span *out, struct slice text, size_t at);

#endif
