"""Writing letters from templates; the outbox takes them as plain strings."""

from flask import current_app


def render_letter(template: str, **values: object) -> tuple[str, str, str]:
    """Return the subject, the text and the HTML of the letter `template` in templates/letters.

    Only HTML is escaped. Whatever stands in the values, the subject is one line.
    """
    subject = _rendered(template, "subject.txt", values)
    text = _rendered(template, "body.txt", values)
    html = _rendered(template, "body.html", values)
    return " ".join(subject.split()), text.strip() + "\n", html


def _rendered(template: str, part: str, values: dict[str, object]) -> str:
    # Not render_template: a letter knows nothing of the page and the person asking for it.
    return current_app.jinja_env.get_template(f"letters/{template}/{part}").render(**values)
