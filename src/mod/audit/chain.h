/* The chain: canonical bytes of a row and their hash. Pure.
 *
 *   impronta = BLAKE2b-256(0x01 | every field but impronta, in the order of audit_fields)
 *   field    = 'n' (not known) | 'i' 8 bytes, little end first | 't' or 'b' 4 bytes of length, data
 *
 * The number and the hash of the row before are fields like the others; that of the first row is
 * 32 zeros. */
#ifndef ZONALE_MOD_AUDIT_CHAIN_H
#define ZONALE_MOD_AUDIT_CHAIN_H

#include "kit/sys/vault.h"
#include "mod/audit/audit.h"

void audit_hash(const struct audit_row *row, unsigned char out[static VAULT_HASH]);

#endif
