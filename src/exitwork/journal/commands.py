# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands ``exitwork journal verify | checkpoint | witness``, as plain functions of their arguments.

* Each answers 0 when all is well, 1 when the journal is not what it was, 2 when what was typed
  can't be used; what it says is handed to ``say``, one line at a time.
* ``verify`` and ``witness`` need no installation: they run on any machine with this program.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from exitwork.journal.notes import BadNote, Verifier
from exitwork.journal.verify import verify
from exitwork.journal.witness import Inconsistent, Witness
from exitwork.kernel.standing import machine

Say = Callable[[str], object]
Command = Callable[[Sequence[str], Say], int]
FINE, WRONG, UNUSABLE = 0, 1, 2


def _out(line: str) -> None:
    sys.stdout.write(line + "\n")


def verify_command(argv: Sequence[str], say: Say = _out) -> int:
    """``exitwork journal verify COPY [CHECKPOINT] [--key KEY]``: is the journal what it was?"""
    parser = ArgumentParser("exitwork journal verify", description="Check a copy of the journal.")
    parser.add_argument("copy", help="a copy of the SQLite file, or a postgresql:// address")
    parser.add_argument("checkpoint", nargs="?", help="a file with a checkpoint held elsewhere")
    parser.add_argument("--key", default="", help="the installation's key as printed (name+id+key)")
    given = parser.parse_args(argv)
    try:
        checkpoint = _text(given.checkpoint) if given.checkpoint else ""
    except BadNote as problem:
        say(f"{problem}.")
        return UNUSABLE
    verdict = verify(given.copy, checkpoint, given.key)
    say(str(verdict))
    if verdict and not checkpoint:
        say("No checkpoint held elsewhere was given: an end that was cut off can't be seen.")
    if verdict and not given.key:
        say("No key was given: the signatures of the checkpoints were not checked.")
    return FINE if verdict else WRONG


def witness_command(argv: Sequence[str], say: Say = _out, *, at: datetime | None = None) -> int:
    """``exitwork journal witness begin|seen|cosign FOLDER ...``: watch another's journal."""
    parser = ArgumentParser(
        "exitwork journal witness", description="Watch the journal of another organisation."
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    begin = verbs.add_parser("begin", help="make a witness in a folder")
    begin.add_argument("folder", type=Path)
    begin.add_argument("--name", required=True, help="its name, such as exit-norway.example/witness")
    begin.add_argument("--key", required=True, help="the watched installation's key as printed")
    seen = verbs.add_parser("seen", help="say from which size the next proof has to start")
    seen.add_argument("folder", type=Path)
    cosign = verbs.add_parser("cosign", help="cosign a checkpoint that begins with what was seen")
    cosign.add_argument("folder", type=Path)
    cosign.add_argument("request", help="the file made by: exitwork journal checkpoint --since SIZE")
    given = parser.parse_args(argv)
    try:
        if given.verb == "begin":
            made = Witness.begin(given.folder, name=given.name, log=Verifier.read(given.key))
            say(f"This witness's key: {made.signer.verifier}")
        elif given.verb == "seen":
            say(str(Witness(given.folder).seen))
        else:
            line = Witness(given.folder).cosign(_text(given.request), at=at or datetime.now(UTC))
            say(str(line))
    except Inconsistent as problem:
        say(f"NOT COSIGNED. {str(problem).capitalize()}. Keep both files and ask the installation in person.")
        return WRONG
    except BadNote as problem:
        say(f"Not cosigned: {problem}." if given.verb == "cosign" else f"{problem}.")
        return UNUSABLE
    return FINE


def checkpoint_command(argv: Sequence[str], say: Say = _out, *, at: datetime | None = None) -> int:
    """``exitwork journal checkpoint [--since SIZE | --key | --cosigned FILE --witness KEY]``: our own."""
    from exitwork.journal import checkpoints, cosigning, sequencer  # not above: they need Django set up

    parser = ArgumentParser("exitwork journal checkpoint", description="Hand out the last checkpoint.")
    parser.add_argument("--since", type=int, help="with a proof for a witness that has seen so many")
    parser.add_argument("--key", action="store_true", help="print the key that signs")
    parser.add_argument("--cosigned", help="a file with a witness's cosignature, to be kept")
    parser.add_argument("--witness", help="that witness's key as printed")
    given = parser.parse_args(argv)
    now = at or datetime.now(UTC)
    try:
        if given.key:
            say(str(checkpoints.signer().verifier))
        elif given.cosigned:
            if not given.witness:
                raise BadNote("say with --witness whose cosignature this is")
            kept = cosigning.keep_cosignature(
                line=_text(given.cosigned),
                witness=Verifier.read(given.witness),
                by=machine("command line"),
                at=now,
            )
            say(f"Kept with checkpoint {kept.checkpoint_id}.")
        else:
            sequencer.place_all(at=now)
            made = checkpoints.make(at=now)
            if made is None:
                raise BadNote("nothing has been recorded yet")
            text = (
                str(checkpoints.asked(since=given.since))
                if given.since is not None
                else checkpoints.full_note(made)
            )
            say(text.rstrip("\n"))
    except BadNote as problem:
        say(f"{problem}.")
        return UNUSABLE
    return FINE


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadNote(f"{path} can't be read") from problem
