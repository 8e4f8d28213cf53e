"""The workflow that builds the packages elsewhere: it may little, and names what it takes by its commit."""

import re

import pytest
import yaml

from tests.packaging.conftest import ROOT

pytestmark = pytest.mark.packaging

FILE = ROOT / ".github" / "workflows" / "packages.yml"


def test_it_may_read_the_repository_and_nothing_else() -> None:
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert said["permissions"] == {"contents": "read"}
    assert set(said[True]) == {"workflow_dispatch", "push"}  # YAML reads `on` as true
    assert "pull_request_target" not in said[True]
    for name, job in said["jobs"].items():
        assert "permissions" not in job, name
        assert job["timeout-minutes"] <= 120, name
    assert "secrets." not in FILE.read_text(encoding="utf-8")


def test_every_action_is_named_by_its_commit_and_the_token_is_not_left_behind() -> None:
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    steps = [step for job in said["jobs"].values() for step in job["steps"]]
    used = [step for step in steps if "uses" in step]
    assert used
    for step in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), step
        if "checkout" in step["uses"]:
            assert step["with"]["persist-credentials"] is False


def test_each_system_runs_the_self_test_of_what_was_packaged() -> None:
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    for name in ("linux", "windows", "macos"):
        assert any("self-test" in step.get("run", "") for step in said["jobs"][name]["steps"]), name


def test_what_it_calls_is_there() -> None:
    text = FILE.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"run: make ([a-z-]+)", text)) <= targets
    for path in re.findall(r"(packaging/[\w./-]+)", text):
        assert (ROOT / path).exists(), path
