"""The commands that bring things in and out, load the sample and make anew what is derived."""

from wiki.transfer.commands.exporting import take_out
from wiki.transfer.commands.importing import bring_in
from wiki.transfer.commands.looking import first_look, sample
from wiki.transfer.commands.rebuilding import rebuild

__all__ = ["bring_in", "first_look", "rebuild", "sample", "take_out"]
