"""What hypothesis draws: Arabic words and texts as newsrooms and scrapers leave them."""

from __future__ import annotations

from hypothesis import strategies as st

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئء"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u0640\u200c\u200f\u202b"
FOREIGN = "کیہھۀپچژگڤٱﷲﷺﻻﻷﻹﻵﭐﹰ٠١٢٣۴۵abcXYZéßﬁ½²中한\U0001f600\U00020000"
BREAKS = " \n\t،؛؟.,:;-«»()٪_/\u00a0\u2026"

words = st.text(alphabet=LETTERS + MARKS, min_size=1, max_size=9)
_NUMBERS = [
    "000",
    "820",
    "05",
    "5,820",
    "1.234.567",
    "2.1",
    "0،50",
    "٣٫٠",
    "1,234.5",
    "63ر54",
    "820ر5",
    "1234567890123",
]
digits = st.one_of(st.integers(0, 1200).map(str), st.sampled_from(_NUMBERS))
figures = st.lists(
    st.tuples(st.one_of(digits, st.sampled_from(["خبر", "7م"])), st.sampled_from([*" .,:-", " \u064b."])).map("".join),
    max_size=9,
).map("".join)
"""Numbers and words behind each other, some of them one number."""
texts = st.one_of(
    st.text(alphabet=LETTERS + MARKS + FOREIGN + BREAKS, max_size=120),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(words, max_size=40).map(" ".join),
    st.text(alphabet="0123456789٠١٢۳²½,،٬.\u200f\u064b اk", max_size=40),
)
