/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_EXIT_H
#define BASE_EXIT_H

/*
 * The exit status of every tool. The highest that applies wins; a tool ended by
 * signal N leaves 128+N to the shell.
 */
enum exit_status {
    STATUS_DONE = 0,   /* done, nothing found */
    STATUS_FOUND = 1,  /* done, and found what the tool looks for */
    STATUS_USAGE = 2,  /* the command line is wrong */
    STATUS_INPUT = 3,  /* the input cannot be read, or holds nothing to work on */
    STATUS_MACHINE = 4 /* the machine failed: disk, memory, git, network */
};

#endif
