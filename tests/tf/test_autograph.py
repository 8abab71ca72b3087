"""Conditions and loops on tensors in a tf.function: traced in all their branches, as on TensorFlow 2.21."""

from __future__ import annotations

import pytest

from tfgrad_course import tf


def test_both_branches_are_traced_and_one_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    v = tf.Variable(1.0)

    @tf.function
    def step(x):
        if x > 0:
            print("positive")
            v.assign_add(1.0)
        else:
            print("negative")
            v.assign_add(100.0)
        return v * 1.0

    assert float(step(tf.constant(1.0))) == 2.0
    assert capsys.readouterr().out == "positive\nnegative\n"
    assert float(step(tf.constant(-1.0))) == 102.0
    assert capsys.readouterr().out == ""


def test_a_variable_of_one_branch_is_refused() -> None:
    @tf.function
    def f(x):
        if x > 0:
            y = x
        return y

    with pytest.raises(ValueError, match="'y' must also be initialized in the else branch"):
        f(tf.constant(1.0))


def test_branches_of_two_dtypes_are_refused() -> None:
    @tf.function
    def f(x):
        if x > 0:
            return 1
        return 2.0

    with pytest.raises(TypeError, match="'retval_' has dtype int32 in the main branch, but dtype float32"):
        f(tf.constant(1.0))


def test_recursion_on_a_tensor_never_ends_while_tracing() -> None:
    @tf.function
    def factorial(n):
        if n <= 1:
            return tf.constant(1)
        return n * factorial(n - 1)

    with pytest.raises(Exception, match="maximum recursion depth"):
        factorial(tf.constant(5))


def test_a_loop_of_no_rounds_gives_gradients_of_zero() -> None:
    v = tf.Variable(2.0)

    @tf.function
    def power(n):
        y = tf.constant(1.0)
        for _ in tf.range(n):
            y *= v
        return y

    for n, slope in ((3, 12.0), (0, 0.0)):
        with tf.GradientTape() as tape:
            y = power(tf.constant(n))
        assert float(tape.gradient(y, v)) == slope


def test_break_continue_and_else_work_on_tensors() -> None:
    @tf.function
    def f(n):
        total = 0
        for i in tf.range(n):
            if i == 1:
                continue
            if i > 3:
                break
            total += i
        else:
            total += 100
        return total

    assert int(f(tf.constant(10))) == 0 + 2 + 3
    assert int(f(tf.constant(3))) == 0 + 2 + 100


def test_methods_with_super_private_names_and_closures_are_rewritten() -> None:
    class Base:
        def scaled(self, x):
            return x * 2.0 if x > 0 else x

    class Derived(Base):
        def __shift(self):
            return 1.0

        @tf.function
        def scaled(self, x):
            y = super().scaled(x)
            if y > 3:
                y += self.__shift()
            return y

    assert float(Derived().scaled(tf.constant(2.0))) == 5.0
    assert float(Derived().scaled(tf.constant(-2.0))) == -2.0


def test_python_conditions_stay_pythons() -> None:
    @tf.function
    def f(x, flag):
        names = []
        for name in ("a", "b", "c"):
            if name == "b" and flag:
                break
            names.append(name)
        while len(names) < 4:
            names.append("z")
        return x + len(names)

    assert float(f(tf.constant(1.0), True)) == 5.0


def test_the_code_is_shown_in_tensorflows_form() -> None:
    def f(x):
        if x > 0:
            x = x * 2
        return x

    text = tf.autograph.to_code(f)
    assert text.startswith("def tf__f(x):")
    assert "ag__.if_stmt(ag__.ld(x) > 0, if_body, else_body, get_state, set_state, ('x',), 1)" in text


def test_shape_invariants_let_a_variable_grow() -> None:
    @tf.function
    def f(n):
        s = tf.zeros([1])
        for _ in tf.range(n):
            tf.autograph.experimental.set_loop_options(shape_invariants=[(s, tf.TensorShape([None]))])
            s = tf.concat([s, s], 0)
        return s

    assert f(tf.constant(2)).shape == [4]


def test_what_a_branch_does_in_vain_draws_no_random_numbers() -> None:
    @tf.function
    def f(x):
        if x > 0:
            y, known = tf.random.uniform([]), 1
        else:
            y, known = tf.random.uniform([]) + 1.0, 2
        return y + tf.cast(known // 3, tf.float32)

    assert float(f(tf.constant(1.0))) < 1.0 < float(f(tf.constant(-1.0)))


def test_recursion_hides_no_global_of_the_same_name() -> None:
    @tf.function
    def f(x):
        return x + _depth(3)

    assert int(f(tf.constant(1))) == 4


def _depth(n):
    return 0 if n <= 0 else 1 + _depth(n - 1)


def test_a_branch_that_is_only_traced_calls_no_python_function() -> None:
    called = []

    def noted(a):
        called.append(float(a))
        return a

    @tf.function
    def f(x):
        if x > 0:  # noqa: SIM108
            y = tf.numpy_function(noted, [x], tf.float32)
        else:
            y = tf.numpy_function(noted, [-x], tf.float32)
        return y

    assert float(f(tf.constant(2.0))) == 2.0
    assert called == [2.0]


def test_super_and_the_name_of_the_class_work_inside_branches() -> None:
    class Base:
        def scaled(self, x):
            return x * 2.0

    class Derived(Base):
        factor = 3.0

        @tf.function
        def scaled(self, x):
            if x > 0:  # noqa: SIM108
                y = super().scaled(x)
            else:
                y = super(Derived, self).scaled(-x) * Derived.factor  # noqa: UP008
            return y

    assert float(Derived().scaled(tf.constant(2.0))) == 4.0
    assert float(Derived().scaled(tf.constant(-2.0))) == 12.0
