"""The diary: what happened, who did it, and when."""
