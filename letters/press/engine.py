"""WeasyPrint itself, imported as late and as fast as can be."""

from __future__ import annotations

import ctypes.util
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from letters.error import LettersError, Status


class MissingLibraryError(LettersError):
    """A system library that WeasyPrint needs (Pango and what belongs to it) is not installed."""

    status = Status.OUTSIDE


def engine() -> ModuleType:
    """WeasyPrint. Raises MissingLibraryError."""
    if "weasyprint" not in sys.modules:
        try:
            with _direct_libraries(), _postponed():
                import weasyprint  # noqa: F401
        except OSError:
            message = (
                "the system libraries for PDF are missing: Pango and HarfBuzz "
                "(Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
                "libharfbuzz-subset0; macOS: brew install pango)"
            )
            raise MissingLibraryError(message) from None
    return sys.modules["weasyprint"]


@contextmanager
def _direct_libraries() -> Iterator[None]:
    """Spare the search for libraries by compiler and linker, which takes most of the import.

    WeasyPrint tries several names a library. For each that can't be opened as it is, ctypes runs
    ldconfig, gcc and ld; on Linux the name that does open stands later in the list.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = _not_found
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _not_found(name: str) -> str | None:  # noqa: ARG001 - the signature that ctypes has
    return None


_SELDOM = ("fontTools.subset", "fontTools.varLib.instancer")


@contextmanager
def _postponed() -> Iterator[None]:
    """Spare what WeasyPrint seldom uses: a third of its import is fontTools.

    That cuts fonts only where HarfBuzz can't, and makes variable fonts static. What WeasyPrint gets
    in its place imports it when it is used.
    """
    held = [name for name in _SELDOM if name not in sys.modules]
    for name in held:
        sys.modules[name] = _Postponed(name)
    try:
        yield
    finally:
        for name in held:
            if isinstance(sys.modules.get(name), _Postponed):
                del sys.modules[name]


class _Postponed(ModuleType):
    """Stands for a module that is imported when one of its names is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def used(*arguments: Any, **options: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **options)

        return used
