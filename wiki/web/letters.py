"""Writing letters from templates; the outbox takes them as plain strings."""

from flask import current_app
from jinja2 import TemplateNotFound


def render_letter(template: str, **values: object) -> tuple[str, str, str]:
    """Return the subject, the text and the HTML of the letter `template` in templates/letters.

    Only HTML is escaped. Whatever stands in the values, the subject is one line. A letter without
    HTML of its own gets that of its text, paragraph by paragraph, the paragraph that is `url` as a
    link.
    """
    subject = " ".join(_rendered(template, "subject.txt", values).split())
    text = _rendered(template, "body.txt", values).strip() + "\n"
    try:
        html = _rendered(template, "body.html", values)
    except TemplateNotFound:
        paragraphs = [part.strip("\n") for part in text.split("\n\n") if part.strip()]
        html = _rendered("", "page.html", values | {"subject": subject, "paragraphs": paragraphs})
    return subject, text, html


def _rendered(template: str, part: str, values: dict[str, object]) -> str:
    # Not render_template: a letter knows nothing of the page and the person asking for it.
    name = f"letters/{template}/{part}" if template else f"letters/{part}"
    return current_app.jinja_env.get_template(name).render(**values)
