#pragma once
// libzmq, loaded when a kernel starts: the build needs neither the library nor its headers, and neither does anybody who never opens a notebook.
// The dozen functions that are used, and their constants, have been the same since libzmq 3.2; Debian's package is libzmq5.
#include <stddef.h>

enum { zeromq_pub = 1, zeromq_rep = 4, zeromq_router = 6 };

/// Loads the library, once. NULL where it is there, else the loader's words.
const char *zeromq_load(void);
/// NULL where there is no memory or no more sockets.
void *zeromq_context_new(void);
/// Waits for what is still being sent, as long as the sockets linger.
void zeromq_context_end(void *context);
/// A socket of a type above that keeps every message until it is sent, and lingers for a second when it is closed.
void *zeromq_socket_new(void *context, int type);
void zeromq_socket_close(void *socket);
/// 0, or the number of what went wrong, see `zeromq_words`.
int zeromq_bind(void *socket, const char *endpoint);
/// Sends one frame; `more` where others of the same message follow. 0, or a number.
int zeromq_send(void *socket, const void *bytes, size_t count, int more);
/// What can be read of a frame and a message. `take` is given the bytes of the next frame, and whether others follow, where one has come.
/// 0, or a number: EAGAIN where none has.
int zeromq_receive(void *socket, void *context, void (*take)(void *context, const void *bytes, size_t count, int more));
/// Waits until one of `count` sockets, or the file `wake`, can be read, `milliseconds` at most. Bit `i` of `ready` is set for the socket `i`, bit `count` for the file.
/// 0, or a number.
int zeromq_poll(void *const *sockets, int count, int wake, long milliseconds, unsigned *ready);
const char *zeromq_words(int number);
