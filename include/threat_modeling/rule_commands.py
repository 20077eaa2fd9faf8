"""`python -m threat_modeling rules`: what rules there are, what one looks for, and whether one does what its example says."""

from __future__ import annotations

from pathlib import Path

import yaml

from threat_modeling.codebase.rule import RULE_TYPES, Rule, WeaknessRule
from threat_modeling.codebase.rulebook import FOLDER, RuleError, load
from threat_modeling.codebase.trial import tried
from threat_modeling.errors import ThreatModelingError


def listed() -> int:
    """Print kind, id, weakness and title of every rule, one a line."""
    for kind in RULE_TYPES:
        for rule_id, rule in load(kind):
            print(f"{kind:16} {rule_id:44} {rule.cwe if isinstance(rule, WeaknessRule) else '':9} {rule.title}")
    return 0


def shown(wanted: str | None) -> int:
    """Print all that the rules with an id say and look for; ThreatModelingError where there is none."""
    found = [(kind, rule_id, rule) for kind in RULE_TYPES for rule_id, rule in load(kind) if wanted in {rule_id, rule.id}]
    if not found:
        raise ThreatModelingError(
            f"no rule is called {wanted!r}; `rules list` prints their ids" if wanted else "name a rule: `rules show python/ssrf`"
        )
    for kind, rule_id, rule in found:
        print(f"{rule_id} ({kind}): {rule.title}\n")
        if isinstance(rule, WeaknessRule):
            print(f"{rule.cwe}, confidence {rule.confidence.value}, OWASP ASVS {', '.join(rule.asvs) or 'none'}")
            print(f"{rule.description}\nRemedy: {rule.mitigation}\n")
        print(f"File: {FOLDER / kind / rule_id}.yaml\nIt looks for:\n{_sought(rule)}")
    return 0


def _sought(rule: Rule) -> str:
    told = rule.model_dump(mode="json", exclude_defaults=True)
    words = set(WeaknessRule.model_fields) - {"match", "lines"}
    return yaml.safe_dump({key: value for key, value in told.items() if key not in words}, sort_keys=False, allow_unicode=True, width=120)


def tested(rule: str | None, example: str | None) -> int:
    """Try a rule on an example and print what is missed and what is wrong; 1 where anything is."""
    if not rule or not example:
        raise ThreatModelingError("name a rule's YAML file and an example: `rules test weaknesses/python/my-rule.yaml my-rule.py`")
    for path in (rule, example):
        if not Path(path).is_file():
            raise ThreatModelingError(f"{path} is no file")
    try:
        trial = tried(Path(rule), Path(example))
    except RuleError as error:
        raise ThreatModelingError(str(error)) from None
    if trial.problem:
        print(f"{example}: {trial.problem}")
    for line in trial.missed:
        print(f"{example}:{line}: not reported")
    for line in trial.wrong:
        print(f"{example}:{line}: wrongly reported")
    if trial.passed:
        print(f"{example}: as marked")
    return 0 if trial.passed else 1
