"""Which tokens lie under marks.

A mark is a span of code points, tokens are spans in order, so the first token under it is found by halving.
"""

from __future__ import annotations

from dedup.kernels.door import boolean, int32, int64, kernel, void


@kernel(void(int32[::1], int32[::1], int32[::1], int32[::1], int32[::1], int64[::1], boolean[::1]))
def mark_tokens(mark_text, mark_start, mark_end, span_start, span_end, first_token, marked):
    """Set ``marked[t]`` for every token that overlaps ``mark_start[m]:mark_end[m]`` of text ``mark_text[m]``."""
    for m in range(len(mark_text)):
        low, high = first_token[mark_text[m]], first_token[mark_text[m] + 1]
        last = high
        while low < high:
            middle = (low + high) // 2
            if span_end[middle] <= mark_start[m]:
                low = middle + 1
            else:
                high = middle
        while low < last and span_start[low] < mark_end[m]:
            marked[low] = True
            low += 1
