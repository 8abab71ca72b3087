"""JUnit XML for GitLab, Jenkins and the GitHub reporters: a suite a learner, a case an exercise.

Reporters need `file` and `line` on a case; Jenkins' strict schema forbids them and the case's properties.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from graders.escape import one_line, plain
from graders.reporting import Options, number, reason, relative, remarks, shown
from graders.verdict import Report, Verdict


def render(report: Report, options: Options) -> bytes:
    """The report as one `testsuites` document."""
    root = ElementTree.Element("testsuites", name=one_line(options.title))
    by_learner: dict[str, list[Verdict]] = {}
    for verdict in report.verdicts:
        by_learner.setdefault(verdict.learner, []).append(verdict)
    for learner, verdicts in by_learner.items():
        suite = ElementTree.SubElement(root, "testsuite", name=one_line(learner) or "learner")
        suite.attrib.update(_sums(verdicts))
        seen: dict[str, int] = {}
        for verdict in verdicts:
            seen[verdict.exercise] = seen.get(verdict.exercise, 0) + 1
            _case(suite, verdict, seen[verdict.exercise], options)
    sums = _sums(report.verdicts)
    if options.strict:
        sums.pop("skipped")
    root.attrib.update(sums)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _sums(verdicts: list[Verdict] | tuple[Verdict, ...]) -> dict[str, str]:
    sorts = [_sort(verdict) for verdict in verdicts]
    time = sum(verdict.resources.wall_s for verdict in verdicts)
    return {
        "tests": str(len(verdicts)),
        "failures": str(sorts.count("failure")),
        "errors": str(sorts.count("error")),
        "skipped": str(sorts.count("skipped")),
        "time": f"{time:.3f}",
    }


def _sort(verdict: Verdict) -> str:
    if verdict.outcome == "passed":
        return ""
    return {"could_not_grade": "error", "not_attempted": "skipped"}.get(verdict.outcome, "failure")


def _case(suite: ElementTree.Element, verdict: Verdict, count: int, options: Options) -> None:
    # The same classname and name twice would be dropped by GitLab.
    name = verdict.exercise if count == 1 else f"{verdict.exercise} ({count})"
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=one_line(name),
        classname=one_line(verdict.learner) or "learner",
        time=f"{verdict.resources.wall_s:.3f}",
    )
    said = remarks(verdict, options)
    if not options.strict:
        _place(case, verdict, next((one.line for one in said if one.line and not one.cell), None), options)
    sort = _sort(verdict)
    if sort:
        entry = ElementTree.SubElement(
            case, sort, type=verdict.outcome, message=one_line(_message(verdict, options))
        )
        entry.text = plain(_text(verdict, options))
    if verdict.output.strip():
        printed = ElementTree.SubElement(case, "system-out")
        # GitLab takes [[ATTACHMENT|path]] in the output for a file to show.
        printed.text = re.sub(r"\[\[(?=ATTACHMENT)", "[ [", plain(verdict.output))


def _place(case: ElementTree.Element, verdict: Verdict, line: int | None, options: Options) -> None:
    if verdict.submission:
        case.set("file", one_line(relative(verdict.submission, options)))
        case.set("line", str(line or 1))
    properties = ElementTree.SubElement(case, "properties")
    for name, value in (("score", number(verdict.score)), ("max_score", number(verdict.max_score))):
        ElementTree.SubElement(properties, "property", name=name, value=value)


def _message(verdict: Verdict, options: Options) -> str:
    points = options.say(
        "{score} of {most} points", score=number(verdict.score), most=number(verdict.max_score)
    )
    return f"{options.outcome(verdict.outcome)}, {points}: {reason(verdict, options)}".rstrip(": ")


def _text(verdict: Verdict, options: Options) -> str:
    rows = []
    for one in remarks(verdict, options):
        spot = "cell {cell}, line {line}: " if one.cell else "line {line}: " if one.line else ""
        rows.append(f"{options.say(spot, cell=one.cell, line=one.line)}{one.title}. {one.message}")
        if one.hint:
            rows.append(f"{options.say('Hint')}: {one.hint}")
    for check in shown(verdict.checks, options):
        mark = options.say("met" if check.passed else "not met")
        rows.append(f"{mark:13} {check.id} {number(check.score)}/{number(check.max_score)}  {check.message}")
    return "\n".join(rows)
