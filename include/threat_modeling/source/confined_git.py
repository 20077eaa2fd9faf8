"""Runs git so that neither the repository, its server nor the user's configuration can make it do anything but read and write its folder.

The environment is built from nothing: no user or system configuration, no hooks, helpers or prompts, one transport. Memory, file size
and time are limited, and at the limit the whole process group is killed.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from threat_modeling.errors import SourceFailed
from threat_modeling.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEMORY_KILOBYTES = 2 * 1024**2
_KEPT = ("PATH", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO")
_LIMITED = 'ulimit -v "$1" 2>/dev/null; ulimit -f "$2" && shift 2 && exec "$@"'
_OPTIONS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.protectHFS": "true",
    "core.protectNTFS": "true",
    "core.bigFileThreshold": "16m",
    "core.packedGitWindowSize": "32m",
    "core.packedGitLimit": "256m",
    "credential.helper": "",
    "fetch.recurseSubmodules": "false",
    "fetch.unpackLimit": "1",
    "gc.auto": "0",
    "http.followRedirects": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "60",
    "maintenance.auto": "false",
    "pack.threads": "1",
    "submodule.recurse": "false",
    "transfer.bundleURI": "false",
}
_HINTS = {
    "error: 30": "the server redirects: give the address that it redirects to",
    "could not read Username": "the repository asks for credentials: name an Airflow connection in git_connection",
    "Authentication failed": "the server refuses the credentials: correct the Airflow connection named in git_connection",
    "Host key verification failed": "the server's key is not known: put its line of ssh-keyscan into the connection's extra field known_hosts",
    "Permission denied (publickey": "the server refuses the key: correct the extra field private_key of the connection named in git_connection",
    "couldn't find remote ref": "there is no such branch, tag or commit: correct ref",
    "not found": "there is no such repository, or only for who has credentials: correct target or git_connection",
    "unable to access": "the server can't be reached: correct target, or allow the workers to reach it",
    "invalid path": "it holds a path that git refuses to write, as an attacker's would: scan a commit without it",
    "File too large": "the repository is larger than THREAT_MODELING_GIT_MEGABYTES allows",
    "invalid index-pack output": "its data is damaged, or larger than THREAT_MODELING_GIT_MEGABYTES allows",
    "signal 25": "the repository is larger than THREAT_MODELING_GIT_MEGABYTES allows",
}


@dataclass(frozen=True)
class Credentials:
    """What opens a private repository; never in an argument, a file of the clone, a log or an error."""

    login: str = ""
    password: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    known_hosts: str = ""


class ConfinedGit:
    """Git in one folder; `scratch` is a private folder beside it for what must not stay."""

    def __init__(self, folder: Path, scratch: Path, scheme: str, credentials: Credentials, *, megabytes: int) -> None:
        self._folder, self._scratch = folder, scratch
        self._limits = [str(MEMORY_KILOBYTES), str(megabytes * 2048)]
        self._secrets = [one for one in (credentials.password, credentials.private_key) if one]
        self._environment = _environment(scratch, scheme, credentials)

    def run(self, *arguments: str, seconds: float) -> str:
        """What a command wrote, decoded; SourceFailed says why it failed."""
        with self.reading(*arguments, seconds=seconds) as output:
            return output.read().decode("utf-8", "replace")

    @contextmanager
    def reading(self, *arguments: str, seconds: float) -> Iterator[IO[bytes]]:
        """The output of a command while it runs. Leaving early ends the command; SourceFailed where it failed or took too long."""
        options = [part for name, value in _OPTIONS.items() for part in ("-c", f"{name}={value}")]
        command = ["/bin/sh", "-c", _LIMITED, "sh", *self._limits, "git", *options, *arguments]
        with (self._scratch / "messages").open("w+b") as messages, self._start(command, messages) as child:
            late = threading.Event()

            def end_late() -> None:
                late.set()
                _end(child)

            alarm = threading.Timer(max(seconds, 0.1), end_late)
            alarm.start()
            try:
                yield _output(child)
                child.wait()
            finally:
                alarm.cancel()
                _end(child)
            if late.is_set():
                raise SourceFailed("target: the clone took too long; give a smaller repository, or raise THREAT_MODELING_GIT_MINUTES")
            if child.returncode != 0:
                messages.seek(0)
                raise SourceFailed(self._told(child.returncode, messages.read(100_000).decode("utf-8", "replace")))

    def _start(self, command: list[str], messages: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=messages,
            start_new_session=True,
        )

    def _told(self, code: int, messages: str) -> str:
        for secret in self._secrets:
            messages = messages.replace(secret, "***")
        messages += f" signal {code - 128 if code > 128 else -code}" if code < 0 or code > 128 else ""
        hint = next((told for part, told in _HINTS.items() if part in messages), "see the message of git")
        lines = [line for line in messages.splitlines() if line.startswith(("fatal:", "error:"))] or messages.splitlines()[-1:]
        return f"target: can't be cloned: {hint} ({one_line('; '.join(lines), 400)})"


def _output(child: subprocess.Popen[bytes]) -> IO[bytes]:
    if child.stdout is None:
        raise SourceFailed("target: git has no output; is it installed?")
    return child.stdout


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _environment(scratch: Path, scheme: str, credentials: Credentials) -> dict[str, str]:
    home = scratch / "home"
    home.mkdir()
    made = {name: os.environ[name] for name in _KEPT if name in os.environ} | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_ALLOW_PROTOCOL": scheme,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_SSH_VARIANT": "ssh",
        "GIT_SSH_COMMAND": shlex.join(_ssh(scratch, credentials)),
    }
    if credentials.password:
        ask = scratch / "ask"
        ask.write_text('#!/bin/sh\ncase "$1" in Username*) printf "%s\\n" "$TARGET_LOGIN" ;; *) printf "%s\\n" "$TARGET_PASSWORD" ;; esac\n')
        ask.chmod(0o700)
        made |= {"GIT_ASKPASS": str(ask), "TARGET_LOGIN": credentials.login or "git", "TARGET_PASSWORD": credentials.password}
    return made


def _ssh(scratch: Path, credentials: Credentials) -> list[str]:
    """Ssh without a configuration, an agent or a prompt, to a server whose key is known."""
    known, key = scratch / "known_hosts", scratch / "key"
    known.write_text(credentials.known_hosts.strip() + "\n")
    options = {
        "BatchMode": "yes",
        "StrictHostKeyChecking": "yes",
        "UserKnownHostsFile": str(known),
        "IdentitiesOnly": "yes",
        "IdentityAgent": "none",
        "ForwardAgent": "no",
        "ForwardX11": "no",
        "PermitLocalCommand": "no",
        "ControlMaster": "no",
        "ControlPath": "none",
        "ConnectTimeout": "30",
    }
    if credentials.private_key:
        key.touch(mode=0o600)
        key.write_text(credentials.private_key.strip() + "\n")
        options["IdentityFile"] = str(key)
    return ["ssh", "-F", "/dev/null", *(part for name, value in options.items() for part in ("-o", f"{name}={value}"))]
