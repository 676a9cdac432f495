"""What an export of pages as files wrote into its folder, so that it knows its own again."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

NAME = ".manyhands-export"
_SHA = re.compile(r"[0-9a-f]{64}")
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of an export, by name, with the SHA-256s that they may have.

    One each, save where an export was stopped: then the new one and the one before.
    """

    exported_at: datetime = _NEVER
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def written(manifest: Manifest) -> str:
    """Return the manifest as the text of a file."""
    facts = {"exported_at": manifest.exported_at.isoformat(), "files": dict(manifest.files)}
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(text: str) -> Manifest:
    """Return the manifest in a file's text, an empty one where it holds anything else."""
    try:
        facts = json.loads(text)
        exported_at = datetime.fromisoformat(facts["exported_at"])
        files = {str(name): tuple(shas) for name, shas in facts["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Manifest()
    is_sound = all(
        isinstance(sha, str) and _SHA.fullmatch(sha) for one in files.values() for sha in one
    )
    return Manifest(exported_at, files) if is_sound and exported_at.tzinfo else Manifest()


def joined(old: Manifest, new: Mapping[str, str], exported_at: datetime) -> Manifest:
    """Return the manifest for as long as files may be those of `old` or the `new` ones."""
    files = dict(old.files)
    for name, sha in new.items():
        files[name] = tuple(sorted({*files.get(name, ()), sha}))
    return Manifest(exported_at, files)
