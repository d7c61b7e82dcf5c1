# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping what outside witnesses signed, each beside the checkpoint it signed."""

from __future__ import annotations

from datetime import datetime

from exitwork.journal.models import Checkpoint, Cosignature
from exitwork.journal.notes import BadNote, Note, SignatureLine, Verifier
from exitwork.journal.recording import recorded
from exitwork.journal.words import CHECKPOINT_COSIGNED
from exitwork.kernel.standing import Standing

_LOOKED_THROUGH = 100


def keep_cosignature(
    *, line: str, witness: Verifier, by: Standing, at: datetime, using: str = "default"
) -> Cosignature:
    """Keep what a witness signed with the checkpoint it signed.

    :raises BadNote: if it is no good cosignature of the last hundred checkpoints by this witness.
    """
    signature = SignatureLine.read(line)
    for checkpoint in Checkpoint.objects.using(using).order_by("-number")[:_LOOKED_THROUGH]:
        if witness.accepts(Note(Note.read(checkpoint.note).text, (signature,))):
            break
    else:
        raise BadNote("this is not a cosignature of that witness on one of our checkpoints")
    with recorded(CHECKPOINT_COSIGNED, by=by, at=at, using=using) as entry:
        entry.note(witness=str(witness), size=checkpoint.size)
        return Cosignature.objects.using(using).create(
            checkpoint=checkpoint, witness=str(witness), line=str(signature), at=signature.at
        )
