#pragma once
// OpenSSL's libcrypto, for SHA-256 and the signatures of notebooks' messages: it uses the processor's own instructions, ten times as fast as plain C.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
