/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Defines nothing: the path for every machine. */
#include "json/scan_core.h"
