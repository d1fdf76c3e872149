"""Matches: exact overlap (compare), what is rare (rarity), what is seen (features), the verdict (judge, verdicts)."""
