"""What is stored for a document comes back as it was, or not at all."""

from __future__ import annotations

import threading

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from search.index.whoosh.columnar.stored import compressor, decompressed


@settings(deadline=None)
@given(st.lists(st.binary(max_size=3_000), max_size=5))
def test_every_document_comes_back_as_it_was(documents: list[bytes]) -> None:
    compressed = compressor()
    frames = [compressed(document) for document in documents]
    assert [decompressed(memoryview(frame)) for frame in frames] == documents


def test_a_bit_turned_anywhere_is_not_taken_for_what_was_stored() -> None:
    document = b"The harbour of Northport was closed. " * 20
    frame = compressor()(document)
    for bit in range(8 * len(frame)):
        turned = bytearray(frame)
        turned[bit // 8] ^= 1 << bit % 8
        try:
            found = decompressed(memoryview(bytes(turned)))
        except (ValueError, zstandard.ZstdError):
            continue
        assert found == document  # a bit that tells nothing


@pytest.mark.parametrize("size", [2**28 + 1, 2**62])
def test_a_frame_that_claims_to_be_huge_is_not_unpacked(size: int) -> None:
    frame = b"\x28\xb5\x2f\xfd\xe0" + size.to_bytes(8, "little") + b"\x01\x00\x00"
    assert zstandard.frame_content_size(frame) == size
    with pytest.raises(ValueError, match="size"):
        decompressed(memoryview(frame))


def test_a_frame_without_its_size_is_not_unpacked() -> None:
    frame = zstandard.ZstdCompressor(write_content_size=False).compress(b"boats")
    with pytest.raises(ValueError, match="size"):
        decompressed(memoryview(frame))


def test_threads_unpack_at_the_same_time() -> None:
    documents = [bytes([n % 256]) * 5_000 for n in range(300)]
    frames = [memoryview(frame) for frame in map(compressor(), documents)]
    found: list[list[bytes]] = []
    threads = [threading.Thread(target=lambda: found.append([*map(decompressed, frames)])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [documents] * 4
