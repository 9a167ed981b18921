#include "CZeroMQ.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

// From zmq.h, where they are part of the ABI.
enum { dont_wait = 1, send_more = 2, option_linger = 17, option_send_mark = 23, option_receive_mark = 24, option_handover = 56, poll_in = 1, most_sockets = 8 };
typedef struct { _Alignas(void *) unsigned char bytes[64]; } message;
typedef struct { void *socket; int file; short events; short happened; } poll_item;

static struct {
  void *(*ctx_new)(void);
  int (*ctx_term)(void *);
  void *(*socket)(void *, int);
  int (*close)(void *);
  int (*setsockopt)(void *, int, const void *, size_t);
  int (*bind)(void *, const char *);
  int (*send)(void *, const void *, size_t, int);
  int (*msg_init)(message *);
  int (*msg_recv)(message *, void *, int);
  void *(*msg_data)(message *);
  size_t (*msg_size)(const message *);
  int (*msg_more)(const message *);
  int (*msg_close)(message *);
  int (*poll)(poll_item *, int, long);
  int (*error)(void);
  const char *(*strerror)(int);
} zmq;

const char *zeromq_load(void) {
  static int loaded;
  if (loaded) return NULL;
  void *library = dlopen("libzmq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!library) return dlerror();
  const struct { const char *name; void **place; } functions[] = {
    {"zmq_ctx_new", (void **)&zmq.ctx_new}, {"zmq_ctx_term", (void **)&zmq.ctx_term}, {"zmq_socket", (void **)&zmq.socket},
    {"zmq_close", (void **)&zmq.close}, {"zmq_setsockopt", (void **)&zmq.setsockopt}, {"zmq_bind", (void **)&zmq.bind},
    {"zmq_send", (void **)&zmq.send}, {"zmq_msg_init", (void **)&zmq.msg_init}, {"zmq_msg_recv", (void **)&zmq.msg_recv},
    {"zmq_msg_data", (void **)&zmq.msg_data}, {"zmq_msg_size", (void **)&zmq.msg_size}, {"zmq_msg_more", (void **)&zmq.msg_more},
    {"zmq_msg_close", (void **)&zmq.msg_close}, {"zmq_poll", (void **)&zmq.poll}, {"zmq_errno", (void **)&zmq.error},
    {"zmq_strerror", (void **)&zmq.strerror},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    *functions[i].place = dlsym(library, functions[i].name);
    if (!*functions[i].place) return dlerror();
  }
  loaded = 1;
  return NULL;
}

static int outcome(int result) { return result < 0 ? zmq.error() : 0; }

void *zeromq_context_new(void) { return zmq.ctx_new(); }
void zeromq_context_end(void *context) {
  while (zmq.ctx_term(context) < 0 && zmq.error() == EINTR) {}
}

void *zeromq_socket_new(void *context, int type) {
  void *socket = zmq.socket(context, type);
  if (!socket) return NULL;
  const int linger = 1000, unlimited = 0, yes = 1;
  zmq.setsockopt(socket, option_linger, &linger, sizeof linger);
  zmq.setsockopt(socket, option_send_mark, &unlimited, sizeof unlimited);
  zmq.setsockopt(socket, option_receive_mark, &unlimited, sizeof unlimited);
  // A front end that comes again under the same identity takes over from its old connection.
  if (type == zeromq_router) zmq.setsockopt(socket, option_handover, &yes, sizeof yes);
  return socket;
}
void zeromq_socket_close(void *socket) { zmq.close(socket); }

int zeromq_bind(void *socket, const char *endpoint) { return outcome(zmq.bind(socket, endpoint)); }

int zeromq_send(void *socket, const void *bytes, size_t count, int more) {
  int result;
  do result = zmq.send(socket, bytes, count, more ? send_more : 0);
  while (result < 0 && zmq.error() == EINTR);
  return outcome(result);
}

int zeromq_receive(void *socket, void *context, void (*take)(void *, const void *, size_t, int)) {
  message frame;
  zmq.msg_init(&frame);
  int result;
  do result = zmq.msg_recv(&frame, socket, dont_wait);
  while (result < 0 && zmq.error() == EINTR);
  const int number = outcome(result);
  if (result >= 0) take(context, zmq.msg_data(&frame), zmq.msg_size(&frame), zmq.msg_more(&frame));
  zmq.msg_close(&frame);
  return number;
}

int zeromq_poll(void *const *sockets, int count, int wake, long milliseconds, unsigned *ready) {
  poll_item items[most_sockets + 1];
  memset(items, 0, sizeof items);
  if (count > most_sockets) return EINVAL;
  for (int i = 0; i < count; i++) items[i].socket = sockets[i], items[i].events = poll_in;
  items[count].file = wake, items[count].events = poll_in;
  const int result = zmq.poll(items, count + 1, milliseconds);
  *ready = 0;
  for (int i = 0; i <= count && result > 0; i++) if (items[i].happened & poll_in) *ready |= 1u << i;
  return result < 0 && zmq.error() != EINTR ? zmq.error() : 0;
}

const char *zeromq_words(int number) { return zmq.strerror(number); }
