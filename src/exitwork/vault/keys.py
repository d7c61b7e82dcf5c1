# SPDX-License-Identifier: AGPL-3.0-or-later
"""Data keys: made, fetched for a whole list at once, destroyed.

* A key made in a transaction is usable inside it at once and remembered only when it commits:
  after a rollback no process seals under a key the database never kept.
* Many keys cost one query and one round trip to the keyholder, however many.
* A destroyed key stays destroyed: nothing opens, nothing new is sealed, no second key is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.db.models import Q

from exitwork.vault.errors import KeyDestroyed, KeyMissing, VaultLocked
from exitwork.vault.holder import KeyRef, counted_now, here, told_to_people
from exitwork.vault.keeper import Wrapped
from exitwork.vault.models import DataKey
from exitwork.vault.words import KeyKind

__all__ = ["KeyKind", "KeyRef", "create_key", "create_keys", "destroy_key", "key_for", "load_keys"]

_A_QUERY = 30_000  # subjects in one IN list: SQLite takes 32,766 parameters


class _Uncommitted:
    """Keys made in the running transaction, living in its list of things to do at commit.

    A rollback, to a savepoint too, takes them off that list, and the keys are gone with their rows.
    A key destroyed again before the commit stays listed as None, so that nobody remembers it.
    """

    def __init__(self, keys: dict[KeyRef, AESGCM | None]) -> None:
        self.keys = keys

    def __call__(self) -> None:
        remembered = here().remembered
        try:
            seen_at = remembered.look()
        except VaultLocked:
            return  # locked between the write and the commit: there is nothing to remember
        for ref, key in self.keys.items():
            if key is not None:
                remembered.put("", ref, key, seen_at=seen_at)


def create_key(ref: KeyRef) -> None:
    """Make the data key of a subject, unless it has one.

    :raises KeyDestroyed: when the subject's key was destroyed.
    :raises VaultLocked: when everything is locked.
    """
    create_keys([ref])


def create_keys(refs: Iterable[KeyRef]) -> None:
    """Make the data keys of many subjects, those that have none yet, with one round trip.

    :raises KeyDestroyed: when the key of one was destroyed; then none is made.
    :raises VaultLocked: when everything is locked.
    """
    wanted = []
    for ref in dict.fromkeys(refs):
        made_here = _uncommitted(ref)
        if made_here is None or made_here.keys[ref] is None:
            wanted.append(ref)
    rows = {KeyRef(row.kind, row.subject): row for row in _rows(wanted)}
    if any(row.wrapped is None for row in rows.values()):
        raise KeyDestroyed
    missing = [ref for ref in wanted if ref not in rows]
    if not missing:
        return
    with told_to_people():
        here().remembered.look()
        made = here().holder.new([ref.about for ref in missing])
    fresh = [
        DataKey(kind=ref.kind, subject=ref.subject, wrapped=new.wrapped, master=new.master)
        for ref, new in zip(missing, made, strict=True)
    ]
    with transaction.atomic():
        DataKey.objects.bulk_create(fresh, ignore_conflicts=True)
        # Someone may have been faster: the key that counts is the one the table kept.
        kept = set(DataKey.objects.filter(id__in=[row.id for row in fresh]).values_list("id", flat=True))
        keys: dict[KeyRef, AESGCM | None] = {
            ref: AESGCM(new.key) for ref, new, row in zip(missing, made, fresh, strict=True) if row.id in kept
        }
        for ref in keys:
            here().remembered.drop(ref)
        transaction.on_commit(_Uncommitted(keys))


def destroy_key(ref: KeyRef, *, at: datetime) -> bool:
    """Destroy a subject's key: what it sealed is erased, here and (in time) in every backup.

    The row stays as the ledger. Destroying twice, or what never was, changes nothing; the answer
    says whether a key was destroyed now. Works while everything is locked.
    """
    destroyed = DataKey.objects.filter(kind=ref.kind, subject=ref.subject, wrapped__isnull=False).update(
        wrapped=None, master="", destroyed_at=at
    )
    here().remembered.drop(ref)
    made_here = _uncommitted(ref)
    if made_here is not None:
        made_here.keys[ref] = None
    if destroyed:
        transaction.on_commit(_forget_everywhere)
    return bool(destroyed)


def load_keys(refs: Iterable[KeyRef]) -> set[KeyRef]:
    """Fetch the keys of a whole list: one query and one round trip; return those that open.

    References left out belong to what was erased (or never had a key); opening says which.

    :raises VaultLocked: when everything is locked or the keyholder does not answer.
    :raises BudgetSpent: when the account, or the installation, has opened too much.
    :raises SealBroken: when a wrapped key was changed.
    """
    return set(fetched(refs))


def key_for(ref: KeyRef) -> AESGCM:
    """The key of one subject, fetched if it is not remembered. For this room alone.

    :raises KeyDestroyed: when it was destroyed.
    :raises KeyMissing: when nobody made one.
    :raises VaultLocked: when everything is locked or the keyholder does not answer.
    :raises BudgetSpent: when the account, or the installation, has opened too much.
    """
    held = here().remembered.get(counted_now().tag, ref) or fetched([ref]).get(ref)
    if held is not None:
        return held
    if DataKey.objects.filter(kind=ref.kind, subject=ref.subject, wrapped__isnull=True).exists():
        raise KeyDestroyed
    raise KeyMissing(f"no {ref.kind} key was made for this subject")


def fetched(refs: Iterable[KeyRef]) -> dict[KeyRef, AESGCM]:
    """The keys of a whole list, those that open, as ``load_keys``. For this room alone."""
    remembered = here().remembered
    seen_at = remembered.look()
    count = counted_now()
    keys: dict[KeyRef, AESGCM] = {}
    wanted = []
    for ref in dict.fromkeys(refs):
        made_here = _uncommitted(ref)
        held = made_here.keys[ref] if made_here else remembered.get(count.tag, ref)
        if held is None:
            wanted.append(ref)
        else:
            keys[ref] = held
    rows = [row for row in _rows(wanted) if row.wrapped is not None]
    if not rows:
        return keys
    found = [KeyRef(row.kind, row.subject) for row in rows]
    wrapped = [Wrapped(ref.about, bytes(row.wrapped or b"")) for ref, row in zip(found, rows, strict=True)]
    with told_to_people():
        opened = here().holder.unwrap(wrapped, account=count.account, how=count.how)
    for ref, plain in zip(found, opened, strict=True):
        keys[ref] = AESGCM(plain)
        if _uncommitted(ref) is None:
            remembered.put(count.tag, ref, keys[ref], seen_at=seen_at)
    return keys


def _uncommitted(ref: KeyRef) -> _Uncommitted | None:
    # Backwards: what was made last is what is sealed now.
    for entry in reversed(transaction.get_connection().run_on_commit):
        if isinstance(entry[1], _Uncommitted) and ref in entry[1].keys:
            return entry[1]
    return None


def _rows(refs: Sequence[KeyRef]) -> list[DataKey]:
    rows: list[DataKey] = []
    for start in range(0, len(refs), _A_QUERY):
        by_kind: dict[str, list[UUID]] = {}
        for ref in refs[start : start + _A_QUERY]:
            by_kind.setdefault(ref.kind, []).append(ref.subject)
        wanted = Q()
        for kind, subjects in by_kind.items():
            wanted |= Q(kind=kind, subject__in=subjects)
        rows += DataKey.objects.filter(wanted).only("kind", "subject", "wrapped")
    return rows


def _forget_everywhere() -> None:
    try:
        with told_to_people():
            here().holder.forget()
    except VaultLocked:
        return  # locked processes remember nothing
