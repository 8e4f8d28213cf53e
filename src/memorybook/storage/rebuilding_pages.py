"""The pages of a damaged book in the new one, and their earlier versions."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.ids import BabyId, EntryId, PersonId, VersionId
from memorybook.domain.search import beginning
from memorybook.domain.tags import folded, tidy
from memorybook.domain.versions import Version
from memorybook.storage import drawer, entries, search, versions
from memorybook.storage.lenient import entry_of, text_of
from memorybook.storage.rebuilding import Rebuilding
from memorybook.storage.rows import Found, Values

_MOST_TAGS = 4


class RebuildingPages:
    """Puts in every page of which something is left. The photos and recordings are there already."""

    def __init__(self, new: Rebuilding) -> None:
        self._new = new
        self._versions: dict[int, list[int]] = defaultdict(list)
        self._tags: dict[int, list[str]] = defaultdict(list)
        self._beside: list[tuple[EntryDraft, str]] = []
        self.from_earlier = 0
        """How many pages say what an earlier version of them said."""

    def rebuild(self) -> None:
        """Do it; raises database errors, and what is raised when it is stopped."""
        new = self._new
        counts = new.counts["entry"]
        version_counts = new.counts["entry_version"]
        for number in new.ids("entry_version"):
            version_counts.known.add(number)
            for row in new.candidates("entry_version", number)[:1]:
                self._versions[int(str(row.values["entry"]))].append(number)
            new.step()
        for values in new.indexed("entry_tag_folded"):
            if len(values) >= 2 and isinstance(values[0], str) and isinstance(values[1], int):
                self._tags[values[1]].append(values[0])
        there = {*new.ids("entry"), *new.ids("entry_text"), *self._versions}
        counts.known |= there | new.named("entry")
        for table in ("entry_baby", "entry_tag", "entry_photo", "entry_recording"):
            counts.known |= new.owners(table)
        for number in sorted(there):
            if self._whole(number):
                counts.whole.add(number)
                for each in self._versions[number]:
                    self._put_version(each)
            elif self._in_part(number):
                counts.in_part.add(number)
            new.step()
        for draft, at in self._beside:
            entries.insert(new.connection, entries.normal(draft), new.plain(draft.body), at)
        self._index()

    def _whole(self, number: int) -> bool:
        new = self._new
        rows, texts = new.candidates("entry", number), new.candidates("entry_text", number)
        for row, text in itertools.product(rows, texts):
            if row.in_part or "body" in text.in_part:
                continue
            draft = self._agreeing(number, row.values, text_of(text.values, "body"))
            if draft is not None and new.attempt(partial(self._put, number, row, text, draft)):
                return True
        return False

    def _agreeing(self, number: int, values: Values, body: str) -> EntryDraft | None:
        """The page that agrees with its digest, made of what there is."""
        try:
            draft = EntryDraft(
                title=text_of(values, "title"),
                body=body,
                day=VagueDate.parse(text_of(values, "day")),
                kind=EntryKind(text_of(values, "kind")),
                author=None if values["author_id"] is None else PersonId(int(str(values["author_id"]))),
                recipient=text_of(values, "recipient"),
                in_book=bool(values["in_book"]),
            )
        except ValueError:
            return None
        created = text_of(values, "created_at")
        for tags in self._tags_in_doubt(number):
            for babies in self._new.babies_in_doubt("entry_baby", number):
                whole = replace(draft, babies=babies, tags=tags)
                if entries.digest(whole, created) == values["digest"]:
                    return whole
        return None

    def _tags_in_doubt(self, number: int) -> Iterator[tuple[str, ...]]:
        """The tags a page may have: those that are known, those it had, or what the index says of them."""
        new = self._new
        known = tuple(text_of(row, "name") for row in new.links("entry_tag", number))
        yield known
        for version in reversed(self._versions[number]):
            for row in new.candidates("entry_version", version):
                yield tuple(tag for tag in text_of(row.values, "tags").split("\n") if tag)
        written = {folded(tag): {tag} for tag in known}
        for tag in self._tags[number]:  # the index does not say how it was written
            written.setdefault(tag, {tag, tag.capitalize()})
        for count in range(min(len(written), _MOST_TAGS) + 1):
            for order in itertools.permutations(written.values(), count):
                yield from itertools.product(*order)

    def _put(self, number: int, row: Found, text: Found, draft: EntryDraft) -> bool:
        new, plain = self._new, self._new.plain(draft.body)
        new.need_person(draft.author)
        values = dict(row.values)
        if not row.is_sure:
            values |= {"day_key": draft.day.sort_key, "excerpt": beginning(plain)}
        told = None if plain == draft.body.replace("\n\n", "\n") else plain
        new.put("entry", values)
        new.put(
            "entry_text",
            {"entry": number, "plain": text.values["plain"] if text.is_sure else told, "body": draft.body},
        )
        for baby in draft.babies:
            new.need_baby(baby)
        new.link("entry_baby", number, draft.babies)
        for position, tag in enumerate(draft.tags):
            new.put("entry_tag", {"entry": number, "folded": folded(tag), "name": tag, "position": position})
        self._illustrate(number)
        page = entries.get(new.connection, EntryId(number), in_drawer=True)
        new.connection.execute(
            "UPDATE entry SET is_empty = :is_empty WHERE id = :id",
            {"is_empty": int(page.draft.is_empty), "id": number},
        )
        return True

    def _illustrate(self, number: int) -> None:
        for table in ("entry_photo", "entry_recording"):
            self._new.link(table, number, self._new.linked(table, number))

    def _in_part(self, number: int) -> bool:
        """Put in a page that says that it is not whole, with what is left; ``False`` when nothing is."""
        new = self._new
        row = next((each for each in new.candidates("entry", number) if each.is_sure or each.in_part), None)
        text = next(
            (each for each in new.candidates("entry_text", number) if each.is_sure or "body" in each.in_part),
            None,
        )
        values: Values = {} if row is None else row.values
        created = text_of(values, "created_at") or new.at
        self._put_empty(number, created)
        kept = [each for each in self._versions[number] if self._put_version(each)]
        version = self._last(number) if kept and (text is None or not text.is_sure) else None
        if row is None and text is None and version is None:
            for table, column in (("entry_version", "entry"), ("entry_text", "entry"), ("entry", "id")):
                new.connection.execute(f"DELETE FROM {table} WHERE {column} = :id", {"id": number})  # noqa: S608
            return False
        left = "" if text is None else text_of(text.values, "body", f" {new.marks.gap} ")
        draft = self._draft(number, values, left, version, created)
        if row is not None and row.is_sure and values["author_id"] is not None:
            new.need_person(values["author_id"])
            draft = replace(draft, author=PersonId(int(str(values["author_id"]))))
        self._illustrate(number)
        page = entries.get(new.connection, EntryId(number), in_drawer=True)
        draft = replace(draft, photos=page.draft.photos, recordings=page.draft.recordings)
        draft = entries.by_someone(new.connection, entries.normal(draft))
        changed = text_of(values, "changed_at") or created
        entries.update(new.connection, page, draft, new.plain(draft.body), changed)
        if row is not None and row.is_sure and values["deleted_at"] is not None:
            drawer.put_away(new.connection, EntryId(number), str(values["deleted_at"]))
        return True

    def _draft(
        self, number: int, values: Values, left: str, version: Version | None, created: str
    ) -> EntryDraft:
        """What the page says: what an earlier version said where there is one, or else what is left."""
        new = self._new
        above = entry_of(values, new.marks)
        said = left if left.strip() else text_of(values, "excerpt", new.marks.gap)
        now = replace(above, body=_noticed(new.marks.notice, said), tags=(new.marks.tag,))
        if version is None:
            tags = (*(text_of(each, "name") for each in new.links("entry_tag", number)), new.marks.tag)
            babies = (BabyId(each) for each in new.linked("entry_baby", number) if new.has("baby", each))
            return replace(now, tags=tidy(tags), babies=tuple(babies))
        self.from_earlier += 1
        if left.strip():
            self._beside.append((now, created))
        was = version.draft
        babies = (each for each in was.babies if new.has("baby", each))
        return replace(
            was,
            body=_noticed(new.marks.earlier, was.body),
            tags=tidy((*was.tags, new.marks.tag)),
            babies=tuple(babies),
            in_book=False,
        )

    def _put_empty(self, number: int, created: str) -> None:
        empty = EntryDraft()
        self._new.put(
            "entry",
            {
                "id": number,
                "day": "",
                "day_key": 0,
                "kind": empty.kind.value,
                "in_book": 1,
                "is_empty": 1,
                "created_at": created,
                "changed_at": created,
                "digest": entries.digest(empty, created),
                "title": "",
                "excerpt": "",
                "recipient": "",
            },
        )
        self._new.put("entry_text", {"entry": number, "body": ""})

    def _put_version(self, number: int) -> bool:
        for row in self._new.candidates("entry_version", number):
            if not row.in_part and self._new.attempt(partial(self._insert_version, row)):
                self._new.counts["entry_version"].whole.add(number)
                return True
        return False

    def _insert_version(self, row: Found) -> bool:
        self._new.need_person(row.values["author_id"])
        self._new.put("entry_version", row.values)
        versions.get(self._new.connection, VersionId(int(str(row.values["id"]))))
        return True

    def _last(self, number: int) -> Version | None:
        version = versions.last(self._new.connection, EntryId(number))
        return version if version is not None and not version.draft.is_empty else None

    def _index(self) -> None:
        """The index of words takes the newest first much more quickly."""
        found = self._new.connection.execute("SELECT id FROM entry ORDER BY day_key DESC, id DESC").fetchall()
        for row in found:
            search.index(self._new.connection, EntryId(row["id"]))
            self._new.step()


def _noticed(notice: str, body: str) -> str:
    return f"*{notice}*\n\n{body}" if body else f"*{notice}*"
