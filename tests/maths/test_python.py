"""Programs are read right while other threads read."""

import ast
import gc
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tfgrad_course.maths.python import parsed


@pytest.fixture
def interrupted():
    """Threads take turns in the middle of a reading, as they do where something listens to the garbage collector."""

    def turn(*_):
        time.sleep(0.0001)

    threshold = gc.get_threshold()
    gc.callbacks.append(turn)
    gc.set_threshold(50)
    yield
    gc.set_threshold(*threshold)
    gc.callbacks.remove(turn)


def test_many_threads_read_the_same_tree(interrupted):
    source = "y = " + " + ".join(f"(x**{n} * (1 - x))" for n in range(60))
    expected = ast.dump(ast.parse(source))
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: ast.dump(parsed(source)), range(160)))
    assert set(found) == {expected}


def test_what_is_no_program_is_a_syntax_error():
    with pytest.raises(SyntaxError):
        parsed("x = = 2")
