"""The one shape in which articles travel: Arrow record batches of :data:`SCHEMA`.

``text`` is the whole text that spans point into. ``body_start`` is the code point at which the part that counts as
story text begins: 0 for records, the end of the first line for ``.txt`` files and pages whose first line is the title.
``published`` is UTC where the source names a zone (then ``published_zone`` holds it, as "+03:00"), the outlet's wall
clock otherwise. ``published_precision`` is "day", "minute" or "second". ``collected`` is when a crawler saw it; it is
never evidence of who was first.
"""

from __future__ import annotations

import pyarrow as pa

SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("published", pa.timestamp("s")),
        pa.field("published_precision", pa.string()),
        pa.field("published_zone", pa.string()),
        pa.field("collected", pa.timestamp("s")),
        pa.field("url", pa.string()),
        pa.field("byline", pa.string()),
        pa.field("path", pa.string(), nullable=False),
        pa.field("body_start", pa.int32(), nullable=False),
    ]
)
