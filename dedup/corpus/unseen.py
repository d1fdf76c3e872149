"""Signs of Arabic text that are not seen, and that names of fields and dates may have anywhere."""

UNSEEN = "\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Marks of direction, joiners and blanks of no width, as a class of a pattern has them."""

TATWEEL = "\u0640"
