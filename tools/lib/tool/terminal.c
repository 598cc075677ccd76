/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* TIOCGWINSZ */
#include "tool/terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_is(int fd)
{
    return isatty(fd) == 1;
}

bool terminal_moves(int fd)
{
    const char *kind = getenv("TERM");
    return terminal_is(fd) && kind && strcmp(kind, "dumb") != 0;
}

bool terminal_colour(int fd)
{
    const char *no_colour = getenv("NO_COLOR");
    return terminal_moves(fd) && !(no_colour && no_colour[0]);
}

void terminal_remember(struct terminal_mode *mode)
{
    mode->fd = -1;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO && mode->fd < 0; fd++)
        if (terminal_is(fd) && tcgetattr(fd, &mode->settings) == 0)
            mode->fd = fd;
}

static bool same_settings(const struct termios *a, const struct termios *b)
{
    return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
           a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

void terminal_restore(const struct terminal_mode *mode)
{
    struct termios now;
    if (mode->fd < 0 || tcgetattr(mode->fd, &now) != 0 || same_settings(&now, &mode->settings))
        return;
    /* In the background this would stop the tool. */
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGTTOU, &ignore, &before);
    tcsetattr(mode->fd, TCSADRAIN, &mode->settings);
    sigaction(SIGTTOU, &before, NULL);
}

int terminal_width(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}
