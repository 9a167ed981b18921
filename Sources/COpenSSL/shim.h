#pragma once
// OpenSSL's libcrypto, for SHA-256 alone: it uses the processor's own instructions, ten times as fast as plain C.
#include <openssl/evp.h>
