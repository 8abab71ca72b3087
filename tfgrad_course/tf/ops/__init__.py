"""The tables: what can be computed, one row an operation. Importing this package declares them all."""

from tfgrad_course.tf import _lives  # noqa: F401  (the helpers rules call on F)
from tfgrad_course.tf.ops import (  # noqa: F401
    arithmetic,
    cast,
    compare,
    create,
    explog,
    flow,
    index,
    linalg,
    logic,
    nn,
    reduce,
    rounding,
    scatter,
    shape,
    special,
    trig,
)
