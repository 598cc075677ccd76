/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_MACHINE_H
#define RECORD_MACHINE_H

#include "machine/facts.h"
#include "machine/health.h"
#include "machine/state.h"
#include "json/writer.h"

/*
 * What machine/ knows, as a report line says it. Each writes one object; what is
 * unknown is left out, but governor, container and vm are null where they could
 * not be found out.
 */
void machine_write_system(struct json_writer *writer, const struct machine_facts *facts);
void machine_write_health(struct json_writer *writer, const struct machine_state *state,
    const struct machine_flags *flags);

#endif
