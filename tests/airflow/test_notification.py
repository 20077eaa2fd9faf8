"""Messages over mail, Slack and an address of one's own, each against a server on this machine."""

import json
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pendulum
import pytest

from threat_modeling.request_check import accept
from threat_modeling.session import Session
from threat_modeling_airflow.current_session import stage_of
from threat_modeling_airflow.notification import tell
from threat_modeling_airflow.reminder import announce, remind

PAGE = "/dags/threat_modeling/runs/r1"
WHERE = {"dag_id": "threat_modeling", "run_id": "r1"}


class Http(BaseHTTPRequestHandler):
    """Keeps what is posted, and answers as Slack does."""

    def do_POST(self):  # noqa: D102 - the name is the library's
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.posted.append((self.path, self.headers.get("Authorization"), content))
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"ok": true}')

    def log_message(self, *_):
        """Say nothing."""


class Smtp(socketserver.StreamRequestHandler):
    """As much of a mail server as a message needs."""

    def handle(self):  # noqa: D102 - as above
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode():
            verb = line[:4].upper()
            self.server.lines.append(line.strip())
            if verb == "DATA":
                self.wfile.write(b"354 go on\r\n")
                while (text := self.rfile.readline()) != b".\r\n":
                    self.server.lines.append(text.decode().strip())
            self.wfile.write(b"221 bye\r\n" if verb == "QUIT" else b"250 ok\r\n")


def running(server):
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def http():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Http)
    server.posted, server.status = [], 200
    yield from running(server)


@pytest.fixture
def mail():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp)
    server.daemon_threads, server.lines = True, []
    yield from running(server)


@pytest.fixture
def connect(monkeypatch):
    def made(name, **fields):
        monkeypatch.setenv(f"AIRFLOW_CONN_{name.upper()}", json.dumps(fields))

    return made


def hook(connect, http):
    connect("hook", conn_type="http", host="127.0.0.1", schema="http", port=http.server_port, password="s3cret", extra={"path": "/told"})
    return {"on": ["waiting", "failed", "finished"], "webhook": {"connection": "hook"}}


def test_a_message_is_posted_to_ones_own_address(connect, http):
    assert tell(hook(connect, http), "failed", "it\nended {{ 7 * 7 }}", PAGE) == []
    ((path, authorization, content),) = http.posted
    assert (path, authorization) == ("/told", "Bearer s3cret")
    message = json.loads(content)
    assert message["moment"] == "failed"
    assert message["subject"] == "Threat model: it ended {{ 7 * 7 }}"
    assert message["link"].endswith(PAGE)


def test_a_message_is_mailed(connect, mail):
    extra = {"disable_ssl": True, "disable_tls": True, "from_email": "models@example.com"}
    connect("mail", conn_type="smtp", host="127.0.0.1", port=mail.server_address[1], extra=extra)
    assert tell({"smtp": {"connection": "mail", "to": ["ann@example.com"]}}, "waiting", "Phase 3 <waits>", PAGE) == []
    assert "rcpt to:<ann@example.com>" in [line.lower() for line in mail.lines]
    assert "Subject: Threat model: Phase 3 <waits>" in mail.lines


def test_a_message_is_sent_to_a_channel(connect, http):
    connect("chat", conn_type="slack", password="xoxb-1", extra={"base_url": f"http://127.0.0.1:{http.server_port}/api/"})
    assert tell({"slack": {"connection": "chat", "channel": "#security"}}, "finished", "<!channel> done", PAGE) == []
    ((path, _, content),) = http.posted
    assert path == "/api/chat.postMessage"
    assert "security" in content
    assert "<!channel>" not in content


def test_only_what_was_asked_for_is_told(connect, http):
    assert tell({**hook(connect, http), "on": ["failed"]}, "waiting", "x", PAGE) == []
    assert tell(None, "failed", "x", PAGE) == []
    assert http.posted == []


@pytest.fixture
def session(target, tmp_path):
    request = accept({"target": str(target), "out": str(tmp_path / "out")})
    found = Session.create(request, tmp_path / "out", {"run_id": "r1"})
    stage = stage_of("phase-1")
    for one in stage.open_round(found):
        stage.run_agent(found, one["id"], 120)
    stage.close_round(found)
    return found


def test_a_server_that_refuses_holds_nothing_up_and_is_on_record(connect, http, session):
    http.status = 500
    (failed,) = tell(hook(connect, http), "failed", "x", PAGE, session)
    assert "webhook" in failed
    assert "500" in failed
    assert "nobody was told over webhook" in session.notes("open")[-1][1]
    assert "s3cret" not in failed


def test_an_unknown_connection_is_on_record(session):
    (failed,) = tell({"webhook": {"connection": "nowhere"}}, "failed", "x", PAGE, session)
    assert "nowhere" in failed


def test_a_question_is_told_and_told_again_until_it_is_answered(connect, http, session, monkeypatch):
    settings = hook(connect, http) | {"remind_hours": 2}
    announce(session, settings, "phase-1", 1, WHERE)
    assert "waits for your answer" in json.loads(http.posted[0][2])["subject"]
    assert json.loads(http.posted[0][2])["link"].endswith("/dags/threat_modeling/runs/r1/tasks/phase_1.checkpoint/mapped/0/required_actions")
    assert not remind(session, "phase-1", 1)

    now = pendulum.now
    monkeypatch.setattr(pendulum, "now", lambda zone: now(zone).add(hours=3))
    assert remind(session, "phase-1", 1)
    assert len(http.posted) == 2
    assert not remind(session, "phase-1", 1), "not every minute"
    assert stage_of("phase-1").state(session) == "waiting", "a reminder never answers"

    monkeypatch.setattr(pendulum, "now", lambda zone: now(zone).add(hours=9))
    stage_of("phase-1").decide(session, 1, "Approve", by="ann")
    assert not remind(session, "phase-1", 1)
    assert session.integrity.problems() == []
