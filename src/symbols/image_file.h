/* What an image itself (.sys, .dll, .exe) says of its build and of its PDB. */
#pragma once

#include "base/byte_source.h"
#include "symbols/symbol_identity.h"

/* Reads the time stamp and size of the PE image in @source, 32 or 64 bit, and the CodeView record of its
 * debug directory; an image without one has no PDB. @identity need not be initialized; clear it with
 * symbol_identity_clear(). FALSE with @error (SYMBOL_ERROR, G_IO_ERROR): @identity is then untouched.
 */
gboolean image_file_read_identity (ByteSource *source, SymbolIdentity *identity, GError **error);
