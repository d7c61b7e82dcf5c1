#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Start here: ``python3 run.py demo`` shows the program, ``python3 run.py test`` checks it.

* Standard library only; everything else is put into ``.venv`` beside this file.
* What is put there is fixed by hash in ``requirements/*.txt``; nothing is installed twice:
  a stamp in ``.venv`` remembers which files were installed, for which Python and which folder.
* uv is used where it is found or can be installed into ``.venv``, else pip does the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "exitwork-stamp.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = ROOT / "requirements"
INSTALLER, BASE, DEVELOPMENT = LOCKS / "installer.txt", LOCKS / "base.txt", LOCKS / "dev.txt"

USAGE = """\
python3 run.py demo  [--port N] [--no-browser] [--reset]   a fictional network to try out
python3 run.py test  [--all] [pytest arguments]            lint, types, boundaries, tests
python3 run.py prove                                       the long proofs, at their full counts
python3 run.py bench [names]                               the figures
python3 run.py lock                                        renew requirements/*.txt

Anything else is handed to exitwork itself: python3 run.py init, serve, check, user, --help ..."""


class CannotStart(Exception):
    """What stands in the way, as a sentence for the person who typed the command."""


def main(arguments: list[str]) -> int:
    """Prepare the environment for the command and hand over to it."""
    if not arguments:
        print(USAGE)
        return 2
    command, rest = arguments[0], arguments[1:]
    try:
        if command == "lock":
            return lock()
        for_developers = command in {"test", "prove", "bench"}
        prepare([BASE, DEVELOPMENT] if for_developers else [BASE])
        if command == "test":
            return hand_over("-m", "tests", *rest)
        if command == "prove":
            return hand_over("-m", "tests", "--prove", *rest)
        if command == "bench":
            return hand_over("-m", "bench", *rest)
        return hand_over("-m", "exitwork.cli", *arguments)
    except CannotStart as reason:
        print(f"run.py: {reason}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


# The environment


def prepare(locks: list[Path]) -> None:
    """Make ``.venv`` hold what these lock files say, and find the program's source.

    :raises CannotStart: if this Python is too old or has no ``venv``, or nothing can be fetched.
    """
    if sys.version_info < (3, 11):  # noqa: UP036  the whole point is to be told so in a sentence
        raise CannotStart(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. "
            "On Debian 12 and Ubuntu 24.04 the package python3 is new enough."
        )
    stamp = read_stamp()
    if not PYTHON.exists() or stamp.get("made_by", made_by()) != made_by():
        make_venv()
        stamp = {}
    installed = stamp.get("installed", {})
    wanted = {path.name: digest(path) for path in locks}
    if any(installed.get(name) != value for name, value in wanted.items()):
        install(locks)
        installed = wanted if DEVELOPMENT in locks else {**wanted, DEVELOPMENT.name: ""}
    write_path_file()
    write_stamp({"made_by": made_by(), "installed": installed})
    compile_messages()


def made_by() -> str:
    """What an environment depends on beside its lock files: the Python and the folder."""
    return f"{sys.version.split()[0]} {ROOT}"


def digest(path: Path) -> str:
    """A fingerprint of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_stamp() -> dict[str, dict[str, str]]:
    """What was installed, or nothing when that is unknown."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(stamp: dict[str, object]) -> None:
    """Remember what was installed."""
    text = json.dumps(stamp, indent=1)
    if not STAMP.exists() or STAMP.read_text("utf-8") != text:
        STAMP.write_text(text, "utf-8")


def make_venv() -> None:
    """Make an empty environment, with uv if it is there, else with this Python's own ``venv``."""
    uv = shutil.which("uv")
    if uv and quietly(uv, "venv", "--clear", "--python", sys.executable, str(VENV)):
        return
    try:
        import ensurepip  # noqa: F401  Debian leaves it out without python3-venv
        import venv
    except ImportError:
        raise CannotStart(
            "this Python can't make an environment. On Debian or Ubuntu: sudo apt install python3-venv; "
            "on Fedora: sudo dnf install python3-pip."
        ) from None
    print("Making .venv ...", flush=True)
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)


def install(locks: list[Path]) -> None:
    """Install exactly what the lock files say, refusing anything with another hash."""
    print(f"Installing from {' and '.join(str(path.relative_to(ROOT)) for path in locks)} ...", flush=True)
    files = [argument for path in locks for argument in ("-r", str(path))]
    uv = find_uv()
    if uv:
        options = ["--python", str(PYTHON), "--require-hashes", "--no-deps"]
        if quietly(uv, "pip", "install", *options, *files):
            return
        print("uv could not fetch everything; trying pip ...", flush=True)
    if not quietly(str(PYTHON), "-m", "pip", "--version"):
        quietly(str(PYTHON), "-m", "ensurepip")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, "--require-hashes", "--no-deps", *files], check=False).returncode:
        raise CannotStart("the libraries could not be installed (see above). Is the network reachable?")


def find_uv() -> str | None:
    """An uv to install with: the machine's, else one put into ``.venv``, else None."""
    beside = BIN / ("uv.exe" if os.name == "nt" else "uv")
    if found := shutil.which("uv"):
        return found
    if not beside.exists():
        pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
        quietly(*pip, "--only-binary", ":all:", "-r", str(INSTALLER))
    return str(beside) if beside.exists() else None


def write_path_file() -> None:
    """Let the environment's Python find the program where it lies: no copy, no build."""
    (packages,) = VENV.glob("Lib/site-packages" if os.name == "nt" else "lib/python3.*/site-packages")
    path_file, source = packages / "exitwork.pth", f"{ROOT / 'src'}\n"
    if not path_file.exists() or path_file.read_text("utf-8") != source:
        path_file.write_text(source, "utf-8")


def compile_messages() -> None:
    """Compile the translations that are newer than what was compiled of them."""
    if not (ROOT / "src/exitwork/ui/messages.py").exists():
        return
    stale = [
        source
        for source in ROOT.glob("src/exitwork/**/LC_MESSAGES/*.po")
        if not source.with_suffix(".mo").exists()
        or source.with_suffix(".mo").stat().st_mtime < source.stat().st_mtime
    ]
    if stale and not quietly(str(PYTHON), "-m", "exitwork.ui.messages", "compile", show=True):
        raise CannotStart("the translations could not be compiled (see above).")


# Handing over


def quietly(*command: str, show: bool = False) -> bool:
    """Run a command, without its chatter unless it is to be shown; tell whether it succeeded."""
    output = None if show else subprocess.DEVNULL
    return subprocess.run(command, stdout=output, stderr=output, cwd=ROOT, check=False).returncode == 0


def hand_over(*arguments: str) -> int:
    """Run the environment's Python in place of this process; developers' commands run in ROOT."""
    if arguments[1] != "exitwork.cli":
        os.chdir(ROOT)
    command = [str(PYTHON), *arguments]
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    os.execv(command[0], command)
    raise AssertionError("unreachable")


# Renewing the locks


def lock() -> int:
    """Compile the lock files from ``pyproject.toml``: with hashes, without index addresses."""
    prepare([BASE])
    uv = find_uv()
    if not uv:
        raise CannotStart("renewing the locks needs uv, and it could not be installed into .venv.")
    compiling = [uv, "pip", "compile", "--quiet", "--upgrade", "--generate-hashes", "--no-emit-index-url"]
    compiling += ["--no-header", "--universal", "--python-version", "3.11", "pyproject.toml"]
    relative = {path: str(path.relative_to(ROOT)) for path in (BASE, DEVELOPMENT, INSTALLER)}
    steps = [
        [*compiling, "--all-extras", "-o", relative[BASE]],
        [*compiling, "--group", "dev", "-c", relative[BASE], "-o", relative[DEVELOPMENT]],
        [*compiling[:-1], "requirements/installer.in", "-o", relative[INSTALLER]],
    ]
    return next((1 for step in steps if subprocess.run(step, cwd=ROOT, check=False).returncode), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
