"""How long one example takes says nothing on a busy machine; `bench/` measures that."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
