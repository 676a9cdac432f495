"""The verbs of writing."""

from wiki.writing.service.writing import reserve, write, write_all, write_new

__all__ = ["reserve", "write", "write_all", "write_new"]
