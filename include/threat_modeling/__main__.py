"""The command line: `python -m threat_modeling run|verify|export|prune|rules|schemas`."""

from __future__ import annotations

import sys

if not sys.flags.safe_path and sys.path and __name__ == "__main__":
    # `python -m` looks for modules in the current folder first; that may be the target, and a target's files are never imported.
    del sys.path[0]

import argparse
import errno
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threat_modeling.checkpoints import REVISE
from threat_modeling.errors import SessionMissing, TargetUnreadable, ThreatModelingError
from threat_modeling.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.stage import Stage

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Errors are one line on stderr, never a traceback."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except ThreatModelingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stdout = sys.stderr  # else the interpreter flushes the closed pipe at its end
        if options.command is _run:
            print("error: nobody reads the output any more; the session's folder holds what was done", file=sys.stderr)
        return 1
    except OSError as error:
        remedy = "make room there, then run again" if error.errno in _FULL else "check the path and its permissions"
        print(f"error: {error.strerror or error}: {error.filename}; {remedy}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; the session's folder holds what was done", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="threat_modeling", description="Turn a codebase into a threat model that cites checked code.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="run a session in this process")
    run.add_argument("target", help="folder whose code is modeled, or https:// or ssh:// address of a git repository")
    run.add_argument("--ref", help="branch, tag or commit of a git repository (default: its default branch)")
    run.add_argument("--approve", choices=("auto", "manual"), default="manual", help="who answers the checkpoints (default: you, in this terminal)")
    run.add_argument("--out", default=".threat-modeling", help="root of the sessions (default: .threat-modeling)")
    run.add_argument("--context", help="a business-context.yaml that you vouch for")
    run.add_argument(
        "--evidence", action="append", default=[], metavar="FILE", help="report of another tool: SARIF, CycloneDX or OSV (may be repeated)"
    )
    run.add_argument("--cvss", choices=("4.0", "3.1"), default="4.0", help="CVSS version (default: 4.0)")
    run.add_argument("--resume", metavar="NAME", help="go on with this session of the root, after its last approved phase")
    run.add_argument("--quiet", action="store_true", help="print the result only")
    run.set_defaults(command=_run)

    verify = commands.add_parser("verify", help="re-check integrity, schemas and every quote of a session")
    verify.add_argument("session", help="folder of the session")
    verify.add_argument("--target", help="folder of the code, where it is not where the session found it")
    verify.set_defaults(command=_verify)

    export = commands.add_parser("export", help="write the final report of a session again")
    export.add_argument("session", help="folder of the session")
    export.set_defaults(command=_export)

    prune = commands.add_parser("prune", help="remove old sessions, and clones that no session needs")
    prune.add_argument("--out", help="root of the sessions (default: THREAT_MODELING_SESSIONS_ROOT or .threat-modeling)")
    prune.add_argument("--days", type=_positive, help="keep sessions for this many days (default: THREAT_MODELING_KEEP_DAYS or 365)")
    prune.add_argument("--sessions", type=_positive, help="keep this many of each target (default: THREAT_MODELING_KEEP_SESSIONS or 20)")
    prune.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    prune.set_defaults(command=_prune)

    rules = commands.add_parser("rules", help="list the rules, explain one, or test one on its example")
    rules.add_argument("action", nargs="?", choices=("list", "show", "test"), default="list", help="what to do (default: list)")
    rules.add_argument("rule", nargs="?", help="show: id of a rule (python/ssrf, or ssrf); test: its YAML file")
    rules.add_argument("example", nargs="?", help="test: code with `ruleid: <id>` and `ok: <id>` in comments above its lines")
    rules.set_defaults(command=_rules)

    schemas = commands.add_parser("schemas", help="print the JSON Schema of every file of a session")
    schemas.add_argument("--out", help="folder to write schemas/ and artifacts.md into instead")
    schemas.set_defaults(command=_schemas)
    return parser


def _positive(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and 0 < int(value) < 10**6):
        raise argparse.ArgumentTypeError(f"{value!r} is no whole number above 0")
    return int(value)


def _run(options: argparse.Namespace) -> int:
    from threat_modeling.pipeline import run_session  # noqa: PLC0415 - only this command needs the exporters
    from threat_modeling.recovery import resume  # noqa: PLC0415
    from threat_modeling.request_check import accept  # noqa: PLC0415
    from threat_modeling.settings import settings  # noqa: PLC0415
    from threat_modeling.start import start  # noqa: PLC0415
    from threat_modeling.versions import versions  # noqa: PLC0415

    request = accept(
        {
            "target": options.target,
            "ref": options.ref,
            "out": options.out,
            "approval": options.approve,
            "business_context": options.context,
            "evidence": options.evidence,
            "cvss_version": options.cvss,
            "resume": options.resume,
        }
    )
    own = {"kind": "process"}
    session = resume(request, own) if request.resume else start(request, own, settings(), versions())

    def tell(line: str) -> None:
        if not options.quiet:
            print(line, flush=True)

    tell(f"session: {session.path}")
    result = run_session(session, _ask if options.approve == "manual" and sys.stdin.isatty() else None, tell)
    print(f"{result.status}: {session.path}")
    for reason in result.reasons:
        print(f"  {reason}", file=sys.stderr)
    return result.exit_code


def _ask(session: Session, stage: Stage, question: dict[str, Any]) -> None:
    print(f"\n{question['subject']}\n\n{question['body']}\n")
    options = question["options"]
    while True:
        answer = input(f"{' / '.join(options)}: ").strip().lower()
        option = next((o for o in options if answer and o.lower().startswith(answer)), None)
        if option:
            break
    feedback = input("Feedback: ") if option == REVISE else None
    stage.decide(session, question["round"], option, by="terminal", feedback=feedback)


def _verify(options: argparse.Namespace) -> int:
    from threat_modeling.verification import verify  # noqa: PLC0415 - only this command loads every artifact class

    session = Session.open(options.session)
    target = Path(options.target) if options.target else session.target
    if not target.is_dir():
        raise TargetUnreadable(f"{target} is no folder, so no quote can be checked; name the folder of the code with --target")
    quotes, problems = verify(session, target)
    for problem in problems:
        print(problem)
    print(f"{quotes} quotes checked, {len(problems)} problem(s)")
    return 1 if problems else 0


def _export(options: argparse.Namespace) -> int:
    from threat_modeling.exporters import write_report  # noqa: PLC0415 - only this command needs the exporters

    session = Session.open(options.session)
    for path in write_report(session)["files"]:
        print(session.path / path)
    return 0


def _prune(options: argparse.Namespace) -> int:
    from threat_modeling.prune import prune  # noqa: PLC0415 - only this command removes anything
    from threat_modeling.settings import settings  # noqa: PLC0415

    rules = settings()
    root = Path(options.out or rules.sessions_root)
    days, sessions = options.days or rules.keep_days, options.sessions or rules.keep_sessions
    if options.out and not root.is_dir():
        raise SessionMissing(f"--out: {root} is no folder; name the root of the sessions")
    found = prune(root, days=days, sessions=sessions, dry_run=options.dry_run)
    for one in found:
        print(one.told(dry_run=options.dry_run))
    if not found:
        print(f"nothing to remove below {root}: no session is older than {days} days or beyond {sessions} of its target")
    return 0


def _rules(options: argparse.Namespace) -> int:
    from threat_modeling.rule_commands import listed, shown, tested  # noqa: PLC0415 - only this command reads rules

    if options.action == "test":
        return tested(options.rule, options.example)
    return shown(options.rule) if options.action == "show" else listed()


def _schemas(options: argparse.Namespace) -> int:
    from threat_modeling.artifact_reference import reference  # noqa: PLC0415 - only this command loads every artifact class
    from threat_modeling.schemas import schemas  # noqa: PLC0415

    found = schemas()
    if not options.out:
        print(json.dumps(found, indent=2, sort_keys=True))
        return 0
    for name, schema in found.items():
        file = Path(options.out) / "schemas" / f"{name}.schema.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(schema, indent=2, sort_keys=True) + "\n", "utf-8")
    (Path(options.out) / "artifacts.md").write_text(reference(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
