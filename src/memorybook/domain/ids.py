"""Names for the numbers that identify rows, so that one kind cannot be passed for another."""

from typing import NewType

EntryId = NewType("EntryId", int)
PhotoId = NewType("PhotoId", int)
RecordingId = NewType("RecordingId", int)
KeepsakeId = NewType("KeepsakeId", int)
PersonId = NewType("PersonId", int)
BabyId = NewType("BabyId", int)
CeremonyId = NewType("CeremonyId", int)
OccasionId = NewType("OccasionId", int)
EditionId = NewType("EditionId", int)
PlaceId = NewType("PlaceId", int)
VersionId = NewType("VersionId", int)

MediaId = NewType("MediaId", str)
"""32 lower-case hex digits: the random name of one encrypted file in ``media/``."""
