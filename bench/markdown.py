"""How long pages take to render: ours beside the bare parser, on real pages and on long ones.

Run with `python -m bench.markdown [FOLDER OR BUNDLE ...]`; without arguments the shared bundles.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt

from wiki.text import frontmatter, sections
from wiki.text.markdown import render, to_html

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
BUNDLES = ("playbook.bundle", "open-data-policy.bundle")
ROUNDS = 3


def main() -> None:
    """Print milliseconds for each ten thousand characters, and the slowest page."""
    sources = [Path(name) for name in sys.argv[1:]] or [SHARED / name for name in BUNDLES]
    bare = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    works: dict[str, Callable[[str], object]] = {
        "bare parser": bare.render,
        "to_html": to_html,
        "render": lambda text: render(text, path="en/page"),
        "sections": sections.sections,
        "plain_text": sections.plain_text,
        "summary": sections.summary,
        "front matter": frontmatter.split,
    }
    for source in sources:
        texts = list(_texts(source))
        size = sum(map(len, texts))
        print(f"{source.name}: {len(texts)} pages, {size:,} characters")
        for name, work in works.items():
            print(f"  {name:<14}{_seconds(work, texts) * 1e7 / size:8.2f} ms for 10,000 characters")
        slowest = max(texts, key=lambda text: _seconds(works["render"], [text]))
        taken = _seconds(works["render"], [slowest]) * 1_000
        print(f"  slowest page  {taken:8.1f} ms for {len(slowest):,} characters")


def _seconds(work: Callable[[str], object], texts: list[str]) -> float:
    def once() -> float:
        start = time.process_time()
        for text in texts:
            work(text)
        return time.process_time() - start

    return min(once() for _ in range(ROUNDS))


def _texts(source: Path) -> list[str]:
    if source.is_dir():
        return [page.read_text(errors="replace") for page in sorted(source.rglob("*.md"))]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "-q", str(source), folder], check=True)
        return _texts(Path(folder))


if __name__ == "__main__":
    main()
