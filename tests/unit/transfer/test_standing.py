"""Where pages stand while revisions go by."""

from wiki.transfer.rules.standing import Drop, Put, Standing


def test_a_page_that_moves_leaves_its_old_place() -> None:
    standing = Standing()
    assert standing.change(1, "aims", lives=True) == [Put("aims", 1)]
    assert standing.change(1, "aims", lives=True) == [Put("aims", 1)]
    assert standing.change(1, "goals", lives=True) == [Drop("aims"), Put("goals", 1)]


def test_a_page_that_is_deleted_leaves_nothing_and_can_come_back() -> None:
    standing = Standing()
    standing.change(1, "aims", lives=True)
    assert standing.change(1, "aims", lives=False) == [Drop("aims")]
    assert standing.change(1, "aims", lives=False) == []
    assert standing.change(1, "aims", lives=True) == [Put("aims", 1)]


def test_two_pages_that_swap_are_crowded_only_on_the_way() -> None:
    standing = Standing()
    standing.change(1, "aims", lives=True)
    standing.change(2, "goals", lives=True)
    assert standing.change(1, "goals", lives=True) == [Drop("aims"), Put("goals", 1)]
    assert standing.crowded == {"goals"}
    assert standing.change(2, "aims", lives=True) == [Put("aims", 2)]
    assert (standing.crowded, standing.path_of) == (set(), {1: "goals", 2: "aims"})


def test_a_page_under_another_one_comes_to_light_when_that_leaves() -> None:
    standing = Standing()
    standing.change(1, "aims", lives=True)
    standing.change(2, "aims", lives=True)
    assert standing.change(2, "goals", lives=True) == [Put("aims", 1), Put("goals", 2)]


def test_a_page_that_is_changed_comes_on_top_of_the_other() -> None:
    standing = Standing()
    standing.change(1, "aims", lives=True)
    standing.change(2, "aims", lives=True)
    assert standing.change(1, "aims", lives=True) == [Put("aims", 1)]
    assert standing.change(1, "aims", lives=False) == [Put("aims", 2)]
    assert standing.crowded == set()
