"""Each body: a campaign that keeps its rules, and for each rule a campaign that breaks that one."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.check import body as bodies

from .judging import Sample, judge, judged
from .samples import BREAKS, NOT_BROKEN, SAMPLES, Break

NOWHERE = Path("/nowhere")


def test_every_body_has_a_sample_and_every_rule_is_broken_once() -> None:
    assert set(bodies.known(NOWHERE)) == set(SAMPLES)
    broken = {(b.body, b.rule, b.says) for b in BREAKS}
    for name in SAMPLES:
        body, _ = bodies.load(NOWHERE, name)
        assert body
        for rule in body.rules:
            if (name, rule.rule) in NOT_BROKEN:
                continue
            assert any((name, rule.rule) == (n, r) and s in rule.says for n, r, s in broken), (
                name,
                rule.says,
            )


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=lambda sample: sample.body)
def test_a_letter_in_order_has_no_problems(sample: Sample, tmp_path: Path) -> None:
    problems, reminders = judged(sample.write(tmp_path / "c"))
    assert [str(problem) for problem in problems] == []
    assert reminders


@pytest.mark.parametrize("broken", BREAKS, ids=lambda b: f"{b.body}-{b.rule}-{b.says}")
def test_a_broken_rule_is_named_alone(broken: Break, tmp_path: Path) -> None:
    folder = SAMPLES[broken.body].write(tmp_path / "c")
    broken.edit(folder)
    body, _ = bodies.load(NOWHERE, broken.body)
    assert body
    problems = [p for p in judge(folder) if p.source]
    assert problems, judge(folder)
    [(says, source)] = {(problem.hint, problem.source) for problem in problems}
    [rule] = [rule for rule in body.rules if (rule.says, body.source_of(rule)) == (says, source)]
    assert (rule.rule, broken.says in rule.says) == (broken.rule, True), problems
    for problem in problems:
        assert broken.said in problem.message
        assert problem.severity == ("error" if rule.level == "V" else "warning")
        assert problem.place.line >= 1
        assert (folder.path / problem.place.path).is_file()
