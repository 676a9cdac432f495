"""The steps of `make test` and the words of `make run`."""

import socket

import pytest

from tools import run, test
from tools.steps import StepFailedError, run_quietly
from tools.test import Outcome


def test_a_failed_step_is_named_last_and_the_others_are_still_shown() -> None:
    outcomes = [
        Outcome("lint", 1.0, passed=False, note=""),
        Outcome("unit", 2.0, passed=True, note="three left out"),
    ]
    lines = test.summary(outcomes).splitlines()
    assert lines[-1] == "Failed after 3 s: lint."
    assert any("unit" in line and "three left out" in line for line in lines)


def test_no_names_mean_every_step_and_names_keep_their_order() -> None:
    assert test.chosen([]) == list(test.STEPS)
    assert [step.name for step in test.chosen(["unit", "lint"])] == ["unit", "lint"]


def test_a_step_that_does_not_exist_is_answered_with_those_that_do() -> None:
    with pytest.raises(StepFailedError, match=r"no step called speed.*lint.*browser"):
        test.chosen(["speed"])


def test_a_taken_port_is_refused_with_another_to_try() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StepFailedError, match=f"Port {port} cannot be used"):
            run.refuse_taken_port(port)
    run.refuse_taken_port(port)


def test_a_broken_command_is_told_with_its_last_words() -> None:
    with pytest.raises(StepFailedError, match=r"It broke\..*said:\nthe last words"):
        run_quietly(["sh", "-c", "echo the last words; exit 3"], "It broke.")


def test_a_missing_program_is_said() -> None:
    with pytest.raises(StepFailedError, match="no program manyhands-nowhere"):
        run_quietly(["manyhands-nowhere"], "It did not start.")
