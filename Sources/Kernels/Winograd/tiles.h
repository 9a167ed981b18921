// Where the tiles of a grid of outputs lie.
#pragma once
#include "forms.h"

/// A tile's place: its image, and its first output's row and column.
typedef struct {
  long image, row, column;
} TilePlace;

INLINE TilePlace place_of(const SegueTiling *tiling, long tile) {
  long outputs = outputs_of(tiling->form);
  long across = (tiling->width + outputs - 1) / outputs, down = (tiling->height + outputs - 1) / outputs;
  long image = tile / (across * down), within = tile % (across * down);
  return (TilePlace){image, within / across * outputs, within % across * outputs};
}

/// One function for each form, in which the form is a constant, and the call of the right one.
#define EACH_FORM(X) X(SEGUE_F6X3) EACH_TRAINED_FORM(X)
/// Those that have gradients.
#define EACH_TRAINED_FORM(X) X(SEGUE_F4X3) X(SEGUE_F2X3) X(SEGUE_F4X2) X(SEGUE_F4X4)
