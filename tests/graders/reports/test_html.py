"""The HTML report: valid, self-contained, and in a real browser without scripts, requests or overflow."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from graders.reporting import Facts, Options, Person
from graders.reports.html import render
from graders.totals import totals

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CURVE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 6"><path d="M0 0L10 6"/></svg>'
FACTS = {"polynomial-slope": Facts("The three steps", "M03-01", "3x^3", "y = 3x³ at x = −2", CURVE, CURVE)}
GRAPH = {
    "boxes": [{"id": "v1", "label": "<x>&\"'", "value": "−2", "kind": "broken", "detail": "not followed", "line": 2},
              {"id": "o1", "label": "Pow", "value": "−8", "kind": "target", "detail": "", "line": 4}],
    "edges": [{"start": "v1", "end": "o1", "value": "−2", "slope": "", "number": None, "on_path": True,
               "broken": True, "control": False}],
    "target": "o1", "sources": ["v1"], "title": "",
    "note": "≠ Pow = −8 (line 4): " + "another_long_name" * 20,
}  # fmt: skip


@pytest.fixture
def page(report):
    long = replace(report.verdicts[1], learner="w" * 300, submission="p" * 300, source="y = " + "x + " * 3000)
    drawn = replace(report.verdicts[1], learner="drawn", graph=GRAPH)
    verdicts = (*report.verdicts, long, drawn)
    weights = {"polynomial-slope": 12.5}
    people = {
        "s01": Person(late=("all",)),
        "s02": Person(excused=("all",)),
        "absent": Person(excused=("all",)),
    }
    whole = replace(
        report,
        verdicts=verdicts,
        weights=weights,
        totals=totals(verdicts, people, weights),
        strangers=("w" * 300, "s03"),
        alike=(("polynomial-slope", ("s01", "w" * 300)),),
    )
    return render(whole, Options(facts=FACTS))


def test_it_parses_without_an_error_as_html5(page):
    """Judged by html5lib, strictly."""
    import html5lib

    html5lib.HTMLParser(strict=True).parse(page)


def test_it_needs_nothing_from_elsewhere_and_runs_nothing(page):
    assert (
        "<script" not in page
        and "javascript:" not in page
        and not re.search(r"\son\w+\s*=", page.split("<main>")[0])
    )
    assert not re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?\s*(?:https?:)?//""", page)
    assert "default-src 'none'" in page


def test_the_finding_and_its_caret_stand_under_the_line(page):
    at = page.index("Source is an integer", page.index("class/s02"))
    before = page[:at]
    line = before.rindex('class="ln hit"')
    caret = before.rindex('class="ln caret"')
    assert line < caret
    # the code is shown in coloured pieces: without tags it is the learner's line, and the caret stands below `tf`
    text = re.sub("<[^>]+>", "", before[line:caret])
    assert "x = tf.Variable(-2)" in text
    assert '<span class="ghost">x = </span>^' in before[caret:]


def test_the_graph_stands_with_what_is_cut_and_without_the_sum(page):
    assert "not followed" in page and "&lt;x&gt;" in page
    assert "sum over" not in page


def test_where_the_graph_departs_is_said_in_words_below_it(page):
    assert '<span class="departs">≠ Pow = −8 (line 4)' in page


def test_totals_stand_at_the_end_of_the_row_and_beside_the_name(page):
    assert '<td class="num sum"><b>13.5</b>/13.5' in page, "s01 has 12.5 and an exercise without a weight"
    assert "<small>late</small>" in page and "<small>excused</small>" in page and "counts 12.5" in page
    assert "absent" in page and "not on the roster" in page


def test_a_report_beyond_its_limit_leaves_code_out_and_says_so(report):
    many = replace(report, verdicts=report.verdicts[1:3] * 500)
    page = render(many, Options(limit=400_000))
    assert "the report is full" in page and len(page) < 3_000_000


_PROBE = """
<script>
addEventListener('load', () => {
  const wide = document.documentElement.clientWidth, found = [];
  for (const one of document.querySelectorAll('body *')) {
    if (one.closest('.scroll, .listing, pre, .sr, svg')) continue;
    const box = one.getBoundingClientRect();
    if (box.width && (box.right > wide + 1 || box.left < -1)) found.push(one.tagName + '.' + one.className);
  }
  const requests = performance.getEntriesByType('resource').map(one => one.name).filter(n => !n.startsWith('data:'));
  document.title = JSON.stringify({wide, found: found.slice(0, 5), requests,
    scroll: document.documentElement.scrollWidth});
});
</script>
"""


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs Chromium")
@pytest.mark.parametrize("width", [400, 800, 1600])
def test_in_chromium_nothing_overflows_nothing_is_fetched_and_the_console_is_silent(page, tmp_path, width):
    """The page is framed at the exact width (headless windows are never narrower than 500 pixels)."""
    import json

    probed = page.replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
    (tmp_path / "page.html").write_text(probed.replace("</body>", _PROBE + "</body>"))
    (tmp_path / "frame.html").write_text(
        f'<iframe id="f" src="page.html" width="{width}" height="900" style="border:0"></iframe><script>'
        "f.onload = () => setTimeout(() => document.title = f.contentDocument.title, 500)</script>"
    )
    done = subprocess.run(
        [str(BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
         f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr", "--virtual-time-budget=5000",
         "--window-size=1700,1000", "--dump-dom", (tmp_path / "frame.html").as_uri()],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title, done.stderr[-2000:]
    seen = json.loads(title.group(1).replace("&quot;", '"'))
    assert seen["wide"] in (width, width - 15), seen
    assert seen["found"] == [] and seen["requests"] == [] and seen["scroll"] <= width
    assert "CONSOLE" not in done.stderr
