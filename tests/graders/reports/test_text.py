"""The report a person reads in a terminal."""

from __future__ import annotations

from dataclasses import replace

from graders.reporting import Options
from graders.reports.text import render
from graders.verdict import Finding


def test_every_learner_and_exercise_has_one_line_in_the_table(report):
    lines = render(report, Options(width=120)).split("\n")
    rows = [line.strip() for line in lines if line.strip().startswith("s0")]
    assert [row.split()[:2] for row in rows][:3] == [
        ["s01", "polynomial-slope"],
        ["s02", "polynomial-slope"],
        ["s03", "polynomial-slope"],
    ]
    assert "1/1" in rows[0] and "0/1" in rows[1]


def test_the_finding_stands_under_its_line_with_a_caret(report):
    one = replace(report, verdicts=report.verdicts[1:2], skipped=())
    lines = render(one, Options()).split("\n")
    at = next(i for i, line in enumerate(lines) if "x = tf.Variable(-2)" in line)
    assert lines[at - 1].strip() == "class/s02/polynomial-slope.py:2:5"
    assert lines[at + 1].index("^") == lines[at].index("tf.Variable")
    assert "Hint: Write -2.0." in render(one, Options())


def test_a_caret_counts_wide_characters_and_tabs_as_they_are_shown(report):
    wide = replace(
        report.verdicts[1],
        source="\t名 = bad\n",
        findings=(Finding("x", 1, 6, None, "t", "m", ""),),
    )
    lines = render(replace(report, verdicts=(wide,)), Options()).split("\n")
    at = next(i for i, line in enumerate(lines) if "名" in line)
    assert lines[at + 1].index("^") == lines[at].index("bad") + 1  # 名 is two cells wide


def test_a_notebook_line_is_found_in_its_cell(report):
    text = render(replace(report, verdicts=report.verdicts[5:6]), Options())
    assert "cell 2, line 1" in text and "x = tf.Variable(-2)" in text


def test_no_control_character_or_bidi_override_gets_out(report):
    text = render(report, Options(colour=False))
    assert not [
        c for c in text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066\udcff"
    ]
    assert all(len(line) < 600 for line in text.split("\n"))


def test_it_fits_a_narrow_terminal_and_does_without_unicode(report):
    ours = replace(report, verdicts=(report.verdicts[0], report.verdicts[1], report.verdicts[2]))
    text = render(ours, Options(width=60, unicode=False))
    assert text.isascii()
    assert all(
        len(line) <= 60 or "sandbox" in line or "polynomial-slope.py" in line for line in text.split("\n")
    )


def test_colour_is_used_only_when_asked_for(report):
    assert "\x1b[" in render(report, Options(colour=True))
    assert "\x1b[" not in render(report, Options(colour=False))


def test_the_expected_answer_is_shown_only_when_revealed(report):
    assert "13.000000777" not in render(report, Options())
    assert "13.000000777" in render(report, Options(reveal=True))


def test_no_line_is_a_command_to_a_build_service(report):
    for colour in (False, True):
        text = render(report, Options(colour=colour))
        assert not [line for line in text.split("\n") if line.lstrip().startswith("::")]
        assert "##[" not in text
