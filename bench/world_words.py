# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said in the bench's world: invented words, some with marks, as notes have."""

from __future__ import annotations

import random

NOTE_LENGTH = 600
WORDS = [
    "walk",
    "river",
    "fishing",
    "flat",
    "address",
    "brother",
    "sister",
    "work",
    "school",
    "court",
    "letter",
    "phone",
    "evening",
    "doubt",
    "anger",
    "trust",
    "fear",
    "family",
    "meeting",
    "office",
    "train",
    "bridge",
    "garden",
    "kitchen",
    "music",
    "football",
    "debt",
    "appointment",
    "müde",
    "Straße",
    "Gespräch",
    "früher",
    "später",
    "Café",
    "naïve",
    "señor",
    "håper",
    "søster",
    "æble",
    "الثقة",
    "العائلة",
    "today",
    "yesterday",
    "again",
    "never",
    "always",
    "perhaps",
    "together",
    "alone",
    "slowly",
    "quietly",
    "openly",
    "he",
    "she",
    "they",
    "said",
    "asked",
]


def sentence(chance: random.Random, many: int) -> str:
    """That many words."""
    return " ".join(chance.choices(WORDS, k=many)).capitalize()


def text(chance: random.Random) -> str:
    """A note of about six hundred bytes."""
    return ". ".join(sentence(chance, 12) for _ in range(NOTE_LENGTH // 75)) + "."
