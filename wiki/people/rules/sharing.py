"""What an administrator can choose about figures of who wrote how much.

What each choice means is in wiki.authorship.rules.figures.
"""

LEVELS = ("off", "totals", "teams", "facilitators", "members")
# The strictest level at which anybody sees others by name, and then only those who help them.
STANDARD = "facilitators"
IMPORTS = ("count", "apart")
