"""Target files: what one may say, and what a wrong one is told."""

from pathlib import Path

import pytest

from threat_modeling.errors import TargetFileInvalid
from threat_modeling.target_file import load, target_files

WHOLE = """\
target: ../code
business_context: shop-context.yaml
scope: [services]
components: [services/api sampling]
approval: auto
schedule: {cron: "30 3 * * 1-5", timezone: Europe/Berlin, unchanged: skip}
approvers: [alice, bob]
notifications:
  on: [waiting, failed]
  smtp: {connection: mail, to: [security@example.com]}
  slack: {connection: slack, channel: "#security"}
  webhook: {connection: hook}
"""


@pytest.fixture
def write(tmp_path):
    """Write a target file and return its path."""

    def written(text, name="shop.yaml"):
        file = tmp_path / name
        file.write_text(text)
        return file

    return written


def test_a_whole_file_is_understood(write, tmp_path):
    found = load(write(WHOLE))
    assert (found.schedule.cron, found.schedule.timezone, found.schedule.unchanged) == ("30 3 * * 1-5", "Europe/Berlin", "skip")
    assert found.approvers == ("alice", "bob")
    assert found.notifications.on == ("waiting", "failed")
    assert found.notifications.smtp.to == ("security@example.com",)
    assert (found.notifications.slack.channel, found.notifications.webhook.connection) == ("#security", "hook")
    assert found.request() == {
        "target": str(tmp_path.parent / "code"),
        "business_context": str(tmp_path / "shop-context.yaml"),
        "scope": ["services"],
        "components": [{"path": "services/api", "depth": "sampling"}],
        "approval": "auto",
    }


@pytest.mark.parametrize("url", ["https://github.com/acme/shop", "ssh://git@github.com/acme/shop", "git@github.com:acme/shop.git", "/srv/code"])
def test_urls_and_absolute_paths_stay_as_they_are(write, url):
    assert load(write(f"target: {url}\n")).target == url


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("schedule: {}", "target: is missing"),
        ("target: /x\ntaget: /y", "taget: there is no such field"),
        ("target: /x\nschedule: {cron: '1 2 3'}", r"schedule\.cron: '1 2 3' has not the five fields"),
        ("target: /x\nschedule: {cron: '0 3 * * *', timezone: Mars/North}", r"schedule\.timezone: 'Mars/North' is no time zone"),
        ("target: /x\nschedule: {cron: '0 3 * * *', timezone: ../../etc/passwd}", r"schedule\.timezone"),
        ("target: /x\nschedule: {cron: '0 3 * * *', unchanged: sometimes}", r"schedule\.unchanged"),
        ("target: /x\napproval: perhaps", "approval"),
        ("target: /x\nnotifications: {on: [waiting]}", "notifications: names nobody to tell"),
        ("target: /x\nnotifications: {smtp: {connection: mail, to: [nobody]}}", r"notifications\.smtp\.to\.0"),
        ("target: /x\nnotifications: {slack: {connection: 'a b', channel: '#x'}}", r"notifications\.slack\.connection"),
        ("- target", "holds no fields"),
        ("", "holds no fields"),
        ("target: [", "is no YAML"),
        ("target: !!python/object:os.system {}", "is no YAML"),
        ("target: !!timestamp soon", "is no YAML"),
        ('target: !!int ""', "is no YAML"),
        ("target: &a [*a]", "target"),
        ("target: /x\nscope: &a [*a]", "scope"),
        ("target: \x00", "is no YAML"),
        ("x: " + "[" * 50_000, "is no YAML"),
        ("target: " + "x" * 200_000, "is larger"),
    ],
)
def test_a_wrong_file_is_told_its_name_and_field(write, text, told):
    with pytest.raises(TargetFileInvalid, match=rf"shop\.yaml: {told}"):
        load(write(text))


@pytest.mark.parametrize("name", ["Shop.yaml", "a b.yaml", ".hidden.yaml", "shop.yml"])
def test_a_file_that_can_name_no_dag_is_refused_by_its_name(write, name):
    file = write("target: /x", name)
    assert file in target_files(file.parent)
    with pytest.raises(TargetFileInvalid):
        load(file)


def test_the_example_is_right():
    sample = Path(__file__).parents[2] / "samples"
    found = load(sample / "targets" / "bookshop.yaml")
    assert found.target == str(sample / "bookshop")
    assert found.schedule.unchanged == "skip"
