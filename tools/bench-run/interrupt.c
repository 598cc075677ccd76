/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* signalfd */
#include "interrupt.h"

#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};

int interrupt_arrange(struct interrupt *interrupt, struct error *error)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        struct sigaction now;
        /* What the caller ignores (nohup) stays ignored. */
        if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(&set, numbers[i]);
    }
    interrupt->number = 0;
    interrupt->fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (interrupt->fd < 0 || sigprocmask(SIG_BLOCK, &set, NULL) != 0)
        return error_system(error, ERROR_MACHINE, errno, "cannot wait for signals");
    return 0;
}

int interrupt_check(struct interrupt *interrupt)
{
    struct signalfd_siginfo info;
    if (interrupt->number == 0 && read(interrupt->fd, &info, sizeof info) == sizeof info)
        interrupt->number = (int)info.ssi_signo;
    return interrupt->number;
}

void interrupt_finish(struct interrupt *interrupt)
{
    sigset_t set;
    close(interrupt->fd);
    if (interrupt->number == 0)
        return;
    signal(interrupt->number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, interrupt->number);
    raise(interrupt->number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}
