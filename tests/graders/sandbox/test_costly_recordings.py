"""Recordings made to be slow to read: whatever a program reports, the grader comes to a verdict, and it is no pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graders.case import Case
from graders.drawing import recorded_graph
from graders.evidence import Evidence, Op, Read, Recording, Ref, Run
from graders.path import Flow, TooLong
from graders.pipeline import judge
from graders.probing import at_point, plans_for
from graders.reference import Reference
from graders.sandbox.pool import Pool, open_pool
from graders.submission import Submission
from tfgrad_course.course.catalogue import catalogue

RECORDER = "tests.graders.sandbox.plain_recorder"
REPORT = """
from graders.evidence import Call, Op, Read, Ref, TapeEvent, Tensor, Value, Variable
from graders.recorders import wire

number = lambda value: Value("float32", (1,), (value,))
tensor = lambda n, value: Ref("tensor", "EagerTensor", n, number(value))
source = Ref("variable", "ResourceVariable", 1, number(-2.0))
many = lambda thing, count: Ref("list", "list", items=(thing,) * count)

def call(n, target, sources, at=90_000):
    return Call(n, 1, "gradient", target, sources, tensor(4, 13.0), 5, 5, at, at + 1, (), False)

def op(n, inputs, output, at=4):
    return Op(n, "AddV2", inputs, (output,), 4, 4, at, (1,))

start = [
    Variable(1, "x", "float32", (1,), True, 2, 2, 1, (), number(-2.0), None, "v0"),
    TapeEvent(1, "new", 3, 3, 1), TapeEvent(1, "enter", 3, 3, 2), Read(1, 2, 4, 3),
]
chain = [op(n, (2 + n, 2 + n), 3 + n) for n in range(18_000)]
out = wire.Writer()
for record in start + REPORTED:
    wire.put_record(out, record)
    if len(out.numbers) > 50_000:
        words, numbers = out.take()
        emit({"k": "events", "words": words}, numbers)
words, numbers = out.take()
emit({"k": "events", "words": words}, numbers)
"""
REPORTED = {
    "a variable read often and asked for often": (
        "[Read(1, 100 + n, 4, 3) for n in range(40_000)]"
        " + [call(n, many(source, 4_000), many(source, 4_000)) for n in range(5)]"
    ),
    "many calls far down one chain": "chain + [call(n, tensor(18_002, 12.0), source) for n in range(600)]",
    "many calls, each elsewhere on the chain": "chain + [call(n, tensor(9_000 + n, 12.0), source) for n in range(900)]",
    "operations with a thousand inputs": (
        "[op(n, tuple(range(2, 2 + n)), 3 + n) for n in range(1, 1_300)]"
        " + [call(n, tensor(1_302, 12.0), source) for n in range(60)]"
    ),
    "a tape paused without end": (
        "[TapeEvent(1, ('pause', 'resume')[n % 2], 4, 4, 10 + n) for n in range(20_000)] + chain"
        " + [call(n, tensor(9_000, 12.0), source) for n in range(900)]"
    ),
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with open_pool(RECORDER, own_code=True) as opened:
        yield opened


@pytest.mark.parametrize("reported", list(REPORTED.values()), ids=list(REPORTED))
def test_a_recording_made_to_be_slow_gets_a_verdict_and_no_pass(pool: Pool, reported: str) -> None:
    exercise = catalogue()["polynomial-slope"]
    source = REPORT.replace("REPORTED", f"({reported})")
    verdict = judge(exercise, Submission("learner", exercise.id, "slope.py", source), pool)
    assert verdict.outcome == "failed" and verdict.exception is None
    assert not any(finding.id == "tampering" for finding in verdict.findings)


def test_a_program_with_a_large_recording_is_sent_to_one_more_point_only(pool: Pool) -> None:
    exercise = catalogue()["polynomial-slope"]
    reads = "[Read(1, 100 + n, 4, 3) for n in range(READS)] + [call(0, tensor(2, 12.0), source)]"
    asked = []
    for many in ("10", "12_000"):
        source = REPORT.replace("REPORTED", f"({reads.replace('READS', many)})")
        with pool.submission() as session:
            finished = session.run(Run(source))
            evidence = Evidence(finished)
            unplaced = Case(exercise, Reference(()), evidence, finished)
            case = at_point(unplaced, finished, exercise.point or {}, 1.0)
            asked.append(len(plans_for(case, source, "slope.py", 7)))
    assert asked == [3, 1]


def test_a_program_too_large_to_be_looked_at_is_judged_by_what_it_does(pool: Pool) -> None:
    exercise = catalogue()["polynomial-slope"]
    source = "x = [" + "1, " * 60_000 + "]\nemit({'k': 'events', 'words': []}, b'')\n"
    assert judge(exercise, Submission("learner", exercise.id, "slope.py", source), pool).outcome == "failed"


def test_following_a_recording_has_an_end() -> None:
    reads = tuple(Read(owner, owner * 100_000 + n, 1, n) for owner in range(40) for n in range(1_000))
    flow = Flow(Recording(reads=reads))
    asked = Ref("list", "list", items=tuple(Ref("variable", "Variable", owner) for owner in range(40)))
    assert len(flow.starts(asked)) == 40_000
    with pytest.raises(TooLong):
        for _ in range(100):
            flow.starts(asked)


def test_a_graph_of_a_million_edges_is_not_drawn() -> None:
    ops = tuple(Op(n, "AddN", tuple(range(n)), (n,), 1, 1, n, ()) for n in range(1, 1_400))
    assert recorded_graph(Recording(ops=ops), None) is None
