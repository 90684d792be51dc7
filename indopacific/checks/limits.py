"""What counts as plain data: exact types, and how much of it is still an honest answer."""

from __future__ import annotations

import types

import numpy as np
import pandas as pd

MOST_ITEMS = 10_000
MOST_CELLS = 200_000
MOST_CHARACTERS = 20_000
DEEPEST = 12

# Types are compared, never asked with isinstance: a subclass may run code of its own.
NUMPY_INTEGERS = frozenset(
    {np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64}
)
NUMPY_REALS = frozenset({np.float16, np.float32, np.float64, np.longdouble})
MISSING_TYPES = frozenset({type(pd.NA), type(pd.NaT)})
FUNCTION_TYPES = frozenset(
    {types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc}
)
