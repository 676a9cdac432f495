"""Scripts behind the Makefile: standard library only, so that any Python 3.11 can start them."""
