"""What a recorded data flow tells: x (variable 1) is read, squared on tape 0, then doubled off the tape."""

from __future__ import annotations

from dataclasses import replace

from graders.evidence import Call, Op, Read, Recording, Ref, TapeEvent, Tensor, Value, Variable
from graders.path import Flow

NUMBER = Value("float32", (), (2.0,))
X = Ref("variable", "Variable", 1, NUMBER)
SQUARE, DOUBLE, OTHER = (Ref("tensor", "EagerTensor", k, NUMBER) for k in (11, 12, 20))


def tensor(number: int, made: str = "op") -> Tensor:
    return Tensor(number, "float32", (), made, None, 1, 1, number, NUMBER)


RECORDING = Recording(
    tensors=(tensor(10, "read"), tensor(11), tensor(12), tensor(20, "constant")),
    ops=(
        Op(0, "Square", (10,), (11,), 4, 4, 5, (0,)),
        Op(1, "Mul", (11, 20), (12,), 6, 6, 8, ()),
    ),
    variables=(Variable(1, "x", "float32", (), True, 2, 2, 1, (), NUMBER, None, "v0"),),
    reads=(Read(1, 10, 4, 4),),
    tapes=(TapeEvent(0, "new", 3, 3, 2), TapeEvent(0, "enter", 3, 3, 3), TapeEvent(0, "exit", 5, 5, 6)),
)
FLOW = Flow(RECORDING)
CALL = Call(0, 0, "gradient", DOUBLE, X, None, 7, 7, 9, 10, (), False)


def test_a_variable_reaches_what_was_computed_from_its_reads():
    assert FLOW.reaches(X, SQUARE) and FLOW.reaches(X, DOUBLE)
    assert not FLOW.reaches(X, OTHER)
    assert not FLOW.reaches(DOUBLE, X)


def test_a_tape_reaches_only_as_far_as_it_recorded():
    assert FLOW.reaches(X, SQUARE, tape=0)
    assert not FLOW.reaches(X, DOUBLE, tape=0)
    assert not FLOW.reaches(X, SQUARE, tape=1)


def test_ancestry_gives_the_tensors_and_the_operations_in_order():
    tensors, ops = FLOW.ancestry([12])
    assert tensors == {10, 11, 12, 20}
    assert [op.type for op in ops] == ["Square", "Mul"]


def test_descent_follows_reads_and_operations():
    assert FLOW.made_from(X) >= {10, 11, 12}
    assert 20 not in FLOW.made_from(X)


def test_the_variables_in_a_target_are_found():
    assert [v.name for v in FLOW.variables_in(DOUBLE)] == ["x"]
    assert FLOW.variables_in(OTHER) == ()


def test_the_operation_that_cuts_a_path_is_named_with_its_reason():
    (cut,) = FLOW.breaks(CALL, X, DOUBLE)
    assert (cut.why, cut.op.type) == ("outside", "Mul")
    assert FLOW.breaks(CALL, X, SQUARE) == ()


def test_staircases_stops_pauses_and_resets_cut_a_path_too():
    square = RECORDING.ops[0]

    def why(op: Op, *events: TapeEvent) -> str | None:
        flow = Flow(replace(RECORDING, ops=(op,), tapes=(*RECORDING.tapes, *events)))
        return flow.broken(op, CALL)

    assert why(square) is None
    assert why(replace(square, type="Floor")) == "staircase"
    assert why(replace(square, type="StopGradient")) == "stopped"
    assert why(replace(square, paused=(0,))) == "paused"
    assert why(square, TapeEvent(0, "reset", 5, 5, 7)) == "reset"
    assert why(square, TapeEvent(0, "reset", 3, 3, 4)) is None  # it was reset before
    assert why(square, TapeEvent(0, "reset", 9, 9, 12)) is None  # and after it was asked


def test_what_a_tape_watches_is_known():
    watch = TapeEvent(0, "watch", 3, 3, 3, ref=Ref("list", "list", None, None, (OTHER,)))
    flow = Flow(replace(RECORDING, tapes=(*RECORDING.tapes, watch)))
    assert flow.watched(0, OTHER) is watch
    assert flow.watched(0, SQUARE) is None
    assert flow.watched(1, OTHER) is None


def test_a_tape_made_not_to_watch_by_itself_is_known():
    quiet = Flow(replace(RECORDING, tapes=(replace(RECORDING.tapes[0], automatic=False),)))
    assert FLOW.automatic(0)
    assert not quiet.automatic(0)
