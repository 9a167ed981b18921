#pragma once
// libedit, whose settings go through functions with a variable number of arguments, which Swift cannot call. Each wrapper below is one
// such call with its arguments' types written out.
#include <histedit.h>
#include <stdio.h>

typedef int (*segue_getc)(EditLine *, wchar_t *);
typedef unsigned char (*segue_key)(EditLine *, int);

// `emacs` or `vi`.
static inline void segue_el_editor(EditLine *editor, const char *name) { el_set(editor, EL_EDITOR, name); }
// 0: signals are ours to handle.
static inline void segue_el_signals(EditLine *editor, int handled) { el_set(editor, EL_SIGNAL, handled); }
// 1 puts the terminal into the state for editing, 0 back into the state it was in.
static inline void segue_el_prepare(EditLine *editor, int editing) { el_set(editor, EL_PREP_TERM, editing); }
// Where characters come from. It must be set through the wide-character function: el_set expects another signature.
static inline void segue_el_characters(EditLine *editor, segue_getc function) { el_wset(editor, EL_GETCFN, function); }
static inline void segue_el_data(EditLine *editor, void *data) { el_set(editor, EL_CLIENTDATA, data); }
static inline void *segue_el_data_of(EditLine *editor) { void *data = NULL; el_get(editor, EL_CLIENTDATA, &data); return data; }
static inline void segue_el_function(EditLine *editor, const char *name, const char *help, segue_key function) {
  el_set(editor, EL_ADDFN, name, help, function);
}
static inline void segue_el_bind(EditLine *editor, const char *key, const char *function) {
  el_set(editor, EL_BIND, key, function, NULL);
}
// In vi's command mode.
static inline void segue_el_bind_command(EditLine *editor, const char *key, const char *function) {
  el_set(editor, EL_BIND, "-a", key, function, NULL);
}
static inline int segue_el_is_vi(EditLine *editor) {
  const char *name = NULL;
  return el_get(editor, EL_EDITOR, &name) == 0 && name && name[0] == 'v';
}

// The history keeps wide characters, as the line does: the narrow one would go through the locale's encoding.
static inline void segue_el_history(EditLine *editor, HistoryW *lines) { el_wset(editor, EL_HIST, history_w, lines); }
static inline void segue_history_size(HistoryW *lines, int count) { HistEventW event; history_w(lines, &event, H_SETSIZE, count); }
// A line that equals the one before it is not entered again.
static inline void segue_history_unique(HistoryW *lines) { HistEventW event; history_w(lines, &event, H_SETUNIQUE, 1); }
static inline void segue_history_enter(HistoryW *lines, const wchar_t *line) {
  HistEventW event;
  history_w(lines, &event, H_ENTER, line);
}
static inline void segue_history_clear(HistoryW *lines) { HistEventW event; history_w(lines, &event, H_CLEAR); }

// The codes that a key's function returns: macros of type int, where libedit wants a byte.
static const unsigned char segue_cc_refresh = CC_REFRESH;
static const unsigned char segue_cc_error = CC_ERROR;
