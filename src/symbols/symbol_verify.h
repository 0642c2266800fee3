/* Whether a file is the one an identity names, told from its headers alone. */
#pragma once

#include "symbols/symbol_identity.h"

/* GUID and age. FALSE with @error (SYMBOL_ERROR, G_IO_ERROR). */
gboolean symbol_verify_pdb (const char *path, const SymbolIdentity *identity, GError **error);
/* Time stamp and size. FALSE with @error (SYMBOL_ERROR, G_IO_ERROR). */
gboolean symbol_verify_image (const char *path, const SymbolIdentity *identity, GError **error);
