"""WeasyPrint itself, imported as late and as fast as can be."""

from __future__ import annotations

import ctypes.util
import functools
import importlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from types import ModuleType
from typing import Any, cast

from letters.error import LettersError, Status

ONE_AT_A_TIME = RLock()
"""Pango and what is kept between letters are for one thread at a time, whoever runs the threads."""


class MissingLibraryError(LettersError):
    """A system library that WeasyPrint needs (Pango and what belongs to it) is not installed."""

    status = Status.OUTSIDE


@functools.cache
def engine() -> ModuleType:
    """WeasyPrint. Raises MissingLibraryError."""
    try:
        with _direct_libraries(), _postponed():
            import weasyprint
    except OSError:
        message = (
            "the system libraries for PDF are missing: Pango and HarfBuzz "
            "(Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0; macOS: brew install pango)"
        )
        raise MissingLibraryError(message) from None
    from letters.press import pdf_tags, watermark

    _read_types_once()
    pdf_tags.keep_elements()
    watermark.draw_words_whole()
    return cast("ModuleType", weasyprint)


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


_LENGTH = re.compile(r"^(hb_codepoint_t)\[\d+\]$")
_SELDOM = ("fontTools.ttLib", "fontTools.subset", "fontTools.varLib.instancer")
_USERS = ("weasyprint.pdf.fonts", "weasyprint.text.fonts")


def _read_types_once() -> None:
    """Let an array of glyphs be of one type of C, however long it is.

    WeasyPrint names another type for each length, a dozen for the fonts of one letter, and cffi
    reads each as a piece of C: a tenth of the first letter.
    """
    from weasyprint.pdf import fonts

    class Types:
        """WeasyPrint's door to C."""

        def __init__(self, ffi: Any) -> None:
            self._ffi = ffi

        def new(self, written: str, *first: Any) -> Any:
            """Memory of that type, with what is in it at first."""
            return self._ffi.new(_LENGTH.sub(r"\1[]", written) if first else written, *first)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._ffi, name)

    fonts.ffi = Types(fonts.ffi)


@contextmanager
def _postponed() -> Iterator[None]:
    """Spare what WeasyPrint seldom uses: half of its import is fontTools.

    That cuts fonts only where HarfBuzz can't, makes variable fonts static and emoji plain. What
    WeasyPrint gets in its place puts the real one there as soon as it is used.
    """
    held = [name for name in _SELDOM if name not in sys.modules]
    for name in held:
        sys.modules[name] = _Module(name)
    try:
        yield
    finally:
        for name in held:
            if isinstance(sys.modules.get(name), _Module):
                del sys.modules[name]


class _Module(ModuleType):
    """Stands for a module whose names are asked for, and not used yet."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Later(self.__name__, name)


class _Later:
    """Stands for what a module has by that name, or for the module itself."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._real()(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real(), name)

    def _real(self) -> Any:
        for user in filter(None, map(sys.modules.get, _USERS)):
            for name, held in list(vars(user).items()):
                if isinstance(held, _Later):
                    setattr(user, name, held._load())  # noqa: SLF001 - another of the same kind
                elif isinstance(held, _Module):
                    setattr(user, name, importlib.import_module(held.__name__))
        return self._load()

    def _load(self) -> Any:
        module = importlib.import_module(self._module)
        if not hasattr(module, self._name):
            return importlib.import_module(f"{self._module}.{self._name}")
        return getattr(module, self._name)
