"""What several tests need."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # a busy machine is no failure; how long things take is asked in benchmarks/

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles beside the repository; a test that asks for it is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("needs the real articles in ../shared, which are not part of the project")
    return SHARED
