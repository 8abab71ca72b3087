"""What a tensor says of attributes and operators it has not; words and classes are TensorFlow 2.21's."""

import operator

import pytest

from tfgrad_course import tf

FULL = "tensorflow.python.framework.ops.EagerTensor"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("foo", f"'{FULL}' object has no attribute 'foo'"),
        ("assign", f"'{FULL}' object has no attribute 'assign'"),
        ("name", "Tensor.name is undefined when eager execution is enabled."),
        ("op", "Tensor.op is undefined when eager execution is enabled."),
        ("T", "EagerTensor object has no attribute 'T'. "),
        ("reshape", "EagerTensor object has no attribute 'reshape'. "),
    ],
)
def test_an_attribute_a_tensor_has_not_is_refused_in_tensorflows_words(name, words):
    with pytest.raises(AttributeError) as caught:
        getattr(tf.constant([1.0]), name)
    assert str(caught.value).startswith(words)
    assert not hasattr(type(tf.constant(1.0)), name)


def test_pythons_own_messages_say_the_full_name_of_the_class_and_the_class_its_short_one():
    x = tf.constant(1.0)
    for wrong in (lambda: operator.lshift(x, 2), lambda: x(), lambda: divmod(x, x)):
        with pytest.raises(TypeError, match=FULL):
            wrong()
    assert type(x).__name__ == type(x).__qualname__ == "EagerTensor"
    assert repr(type(x)) == f"<class '{FULL}'>"


def test_only_a_slice_of_a_variable_can_be_assigned_to():
    v = tf.Variable([1.0, 2.0])
    v[0].assign(5.0)
    assert v.numpy().tolist() == [5.0, 2.0]
    assert not hasattr(tf.constant([1.0])[0], "assign")
