"""Sketches of texts given as they are, for tests of the stages behind the reader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.fold import Folded, fold_column
from dedup.match.days import Days
from dedup.match.headlines import Headlines
from dedup.match.rarity import Background
from dedup.match.vocabulary import Vocabulary, vocabulary
from dedup.sketch.minhash import Sketches, sketch

FORMULA = "خادم الحرمين الشريفين الملك سلمان بن عبدالعزيز آل سعود"
"""Held by hundreds of stories in any month of Saudi news."""
NAMES = (
    "رحلة", "سفينة", "ميناء", "جزيرة", "صيادون", "عاصفة", "بحارة", "مرساة", "شراع", "موجة", "منارة", "خليج", "ساحل",
    "رصيف", "حمولة", "قبطان", "بوصلة", "خريطة", "مضيق", "تيار", "مرفأ", "زورق", "طاقم", "إنقاذ", "نداء", "لاسلكي",
    "غواص", "شبكة", "مرجان", "لؤلؤ",
)  # fmt: skip


def sentence(topic: int, words: int = 20) -> str:
    """A sentence of words that no other topic has."""
    return " ".join(f"{NAMES[n % len(NAMES)]}{_letters(topic * 40 + n)}" for n in range(words))


def _letters(number: int) -> str:
    return "".join("ابتجدرسعفق"[int(digit)] for digit in str(number))


def folded(texts: Sequence[str]) -> Folded:
    """The texts as a batch."""
    return fold_column(pa.array(list(texts), pa.string()))


def sketched(texts: Sequence[str]) -> Sketches:
    """Sketches with nothing marked."""
    batch = folded(texts)
    return sketch(batch, np.zeros(len(batch.token_start), np.bool_))


def undated(texts: int) -> Days:
    """Days of texts of which none is known and none names one."""
    return Days(np.full(texts, np.datetime64("NaT"), "datetime64[D]"), np.full(texts, -1, np.int16))


def known_phrases(
    sketches: Sketches, counting: npt.NDArray[np.int64], background: Background | None,
    headlines: Sequence[str | None] = (), outlets: Sequence[int] = (),
) -> Vocabulary:  # fmt: skip
    """The phrases of all texts, counted in those of ``counting``; no text has a headline, or an outlet, if none is
    given."""
    every = np.arange(len(sketches), dtype=np.int64)
    headed = headlines_of(headlines or [None] * len(sketches), background, outlets)
    return vocabulary(sketches.running(), headed, every, counting, background)


def headlines_of(
    headlines: Sequence[str | None], background: Background | None = None, outlets: Sequence[int] = ()
) -> Headlines:
    """Headlines, of no outlet if none is given."""
    titles = pa.chunked_array([pa.array(headlines, pa.string())])
    return Headlines.of(titles, np.array(outlets or [-1] * len(headlines), np.int64), background)
