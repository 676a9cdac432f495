"""Words of several parts, such as sums of money: each is one person's."""

from wiki.text.authorship import Head, PlainMemory, Run, Span, Step, follow, replay


def followed(*texts: str) -> Step:
    """Return the last step over `texts`."""
    head, before, memory = Head(), "", PlainMemory()
    step = Step(head)
    for origin, text in enumerate(texts):
        step = follow(head, before, text, origin, memory)
        memory.keep(step.drawers)
        head, before = step.head, text
    return step


def of(origin: int, *texts: str) -> list[str]:
    """Return what the spans of `origin` say in the last text."""
    return [span.text.strip() for span in replay(texts) if span.origin == origin]


def test_a_changed_number_is_its_changers() -> None:
    step = followed("We spend £1,000.50 on trees.", "We spend £1,000.75 on trees.")
    assert (step.written, step.removed) == (1, {0: 1})
    texts = ["We spend £1,000.50 on trees.", "We spend £1,000.75 on trees."]
    assert of(1, *texts) == ["£1,000.75"]
    assert of(1, *texts, texts[0]) == []
    assert of(1, "It is of 2024-25 now.", "It is of 2024-26 now.") == ["2024-26"]


def test_a_number_that_was_put_together_is_whose_most_of_it_is() -> None:
    texts = ["We plant 2024 trees.", "We plant 2024 99 trees."]
    assert of(1, *texts) == ["99"]
    assert of(1, *texts, "We plant 2024,99 trees.") == []


def test_a_word_of_several_parts_is_whole() -> None:
    based = "Plans that are evidence-based help the town."
    led = "Plans that are evidence-led help the town."
    assert replay([led, based]) == [Span(based, 0)]
    assert followed(led, based).written == 0
    design = "Plans of our co-design group help the town."
    produced = "Plans of our co-production group help the town."
    step = followed(design, produced)
    assert (step.written, step.removed) == (1, {0: 1})
    assert of(1, design, produced) == ["co-production"]
    assert replay([design, produced, design]) == [Span(design, 0)]


def test_words_that_two_people_wrote_and_one_joined_are_one_persons() -> None:
    texts = ["We plan health for all.", "We plan health care for all."]
    step = followed(*texts, "We plan health-care for all.")
    assert step.head.runs == (Run(6, 0),)
    assert (step.written, step.removed) == (0, {1: 1})
