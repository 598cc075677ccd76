/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_TERMINAL_H
#define TOOL_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

/* What the tools may show on a descriptor. */
bool terminal_is(int fd);
/* A terminal that is not dumb: its cursor can be moved. */
bool terminal_moves(int fd);
/* And the user did not set NO_COLOR. */
bool terminal_colour(int fd);
/*
 * How the terminal is set (echo, line by line, …), so that what a program left
 * behind there can be taken back. Nothing happens where there is no terminal.
 */
struct terminal_mode {
    int fd; /* -1 for none */
    struct termios settings;
};
void terminal_remember(struct terminal_mode *mode);
void terminal_restore(const struct terminal_mode *mode);
/* Columns, 80 where it cannot be known. */
int terminal_width(int fd);

#endif
