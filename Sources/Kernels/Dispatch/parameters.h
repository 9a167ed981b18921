// A list of at most sixteen parameters, each written `(type) name`, as declarations and as arguments.
#pragma once

/// `(long) count, (float *) to` as `long count, float * to`.
#define DECLARATIONS(...) AGAIN(EACH(DECLARATION, __VA_ARGS__))
/// The same as `count, to`.
#define NAMES(...) AGAIN(EACH(NAME, __VA_ARGS__))

#define DECLARATION(parameter) BARE parameter
#define NAME(parameter) WITHOUT parameter
#define BARE(...) __VA_ARGS__
#define WITHOUT(...)

// A macro is not expanded within itself: EACH leaves its own name behind, and each AGAIN expands what is left.
#define EACH(macro, first, ...) macro(first) __VA_OPT__(, EACH_LATER PARENTHESES(macro, __VA_ARGS__))
#define EACH_LATER() EACH
#define PARENTHESES ()
#define AGAIN(...) FOUR_TIMES(FOUR_TIMES(FOUR_TIMES(FOUR_TIMES(__VA_ARGS__))))
#define FOUR_TIMES(...) ONCE(ONCE(ONCE(ONCE(__VA_ARGS__))))
#define ONCE(...) __VA_ARGS__
