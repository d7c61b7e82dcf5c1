# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making and ending the secret address of somebody's calendar."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any

from exitwork.agenda import rules
from exitwork.agenda.models import Feed
from exitwork.agenda.words import FEED_ENDED, FEED_MADE
from exitwork.journal.recording import recorded
from exitwork.kernel.standing import Standing

TOKEN_BYTES = 32


def digest_of(token: str) -> str:
    """What is kept of an address."""
    return sha256(token.encode()).hexdigest()


def make_feed(*, by: Standing, at: datetime) -> str:
    """Make a calendar address for the account that acts; an earlier one ends. Returns its secret, once.

    :raises Refusal: if a rule says no.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = Feed(organisation_id=by.ours, account_id=by.me, digest=digest_of(token), made_at=at)
    with recorded(FEED_MADE, by=by, at=at):
        rules.may_read_feed.decide(by, feed, at).or_raise()
        Feed.objects.in_force().filter(organisation=by.ours, account=by.me).update(ended_at=at)
        feed.save(force_insert=True)
    return token


def end_feed(*, feed: Feed, by: Standing, at: datetime) -> Feed:
    """End a calendar address: from now on it answers like one that never was.

    :raises Refusal: if a rule says no.
    """
    with recorded(FEED_ENDED, by=by, at=at):
        rules.may_read_feed.decide(by, feed, at).or_raise()
        Feed.objects.in_force().filter(pk=feed.pk).update(ended_at=at)
    feed.refresh_from_db()
    return feed


def end_feeds(*, account: Any, by: Standing, at: datetime) -> None:
    """End every calendar address of an account that is paused (S2)."""
    mine = Feed.objects.in_force().filter(account=account.pk)
    if mine.exists():
        with recorded(FEED_ENDED, by=by, about=account, at=at):
            mine.update(ended_at=at)
