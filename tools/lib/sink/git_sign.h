/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SINK_GIT_SIGN_H
#define SINK_GIT_SIGN_H

#include "base/compiler.h"
#include "base/error.h"
#include "source/git.h"

/*
 * The signature of a commit's text as git itself would make it: gpg.format
 * (openpgp, x509, ssh), user.signingKey and the programs that gpg.program and its
 * like name. To be freed; no newline at its end.
 */
int git_sign(struct repository *repository, char **signature, const char *commit,
    char *const *environment, struct error *error) MUST_USE;

#endif
