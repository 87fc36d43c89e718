"""Faults of every kind, one after the other, and what must hold after each.

The doctor finds nothing else than the fault, and every acknowledged decision is there.
"""

from __future__ import annotations

import errno
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count as calls
from pathlib import Path
from random import Random

import spacy
from sabotage import Sabotage, failing
from workers import TEXTS, Job, Nursery

from annotate import acts
from annotate.articles import hash_text
from annotate.decisions import Decision, apply_all
from annotate.errors import ManiculeError
from annotate.layers import Layer
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from annotate.view import View
from store.doctor.examination import Examination
from store.doctor.findings import Finding
from store.errors import BrokenFileError, StoreError
from store.journal import journal_files
from store.journal_lines import in_groups, read_lines
from store.project import Draft, Project
from store.records import decision_from
from store.session import Session
from store.trash import is_removed, remove_article

LABELS = '[[labels]]\nname = "ORG"\nkey = "O"\n[[labels]]\nname = "GPE"\nkey = "G"\n'
SOURCE = Source("towns", "1", "ff")


def new_project(root: Path, *texts: str) -> Project:
    """A project of those texts, each with a suggestion."""
    labels = root.with_name(f"{root.name}.toml")
    labels.write_text(LABELS)
    project = Project.create(root, labels=labels)
    for name in project.add_articles(Draft(f"text{number}", "", text) for number, text in enumerate(texts)):
        article = project.article(name)
        start = article.text.index("Lima")
        found = Suggestion(Span(start, start + 4, "GPE"), SOURCE.name, SOURCE.version)
        project.write_suggestions(SuggestionLayer(name, article.text_hash, SOURCE, (found,)))
    return project


def new_pipeline(folder: Path) -> str:
    """The folder of a pipeline that finds Lima."""
    nlp = spacy.blank("en", meta={"name": "rivers", "version": "1"})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Lima"}])
    nlp.to_disk(folder)
    return str(folder)


def examined(root: Path) -> list[Finding]:
    """What the doctor finds."""
    return [one for one in Examination(root).findings() if one is not None]


def repaired(root: Path) -> None:
    """Have the doctor mend all, and hold it to there being nothing left."""
    for finding in Examination(root).findings():
        if finding is not None and finding.mend is not None:
            finding.mend()
    left = examined(root)
    assert not left, f"left after the repair: {left}"


# Kills ------------------------------------------------------------------------------------------------------


class Killed:
    """One project, and what processes that were killed have acknowledged on it."""

    def __init__(self, folder: Path, nursery: Nursery, pipeline: str) -> None:
        self.survived: Counter[str] = Counter()
        self._project = new_project(folder / "wire", *TEXTS)
        self._told = folder / "told"
        self._nursery = nursery
        self._pipeline = pipeline
        self._layers = {
            name: Layer(name, self._project.article(name).text_hash) for name in self._project.article_ids()
        }

    def kill(self, what: str, random: Random) -> None:
        """Kill a process at any of its calls, and look at what it leaves."""
        root = self._project.root
        if what == "repair":
            self._damage(random)
        at = random.randrange(1, {"decide": 150, "add": 60, "extract": 40, "trash": 60, "repair": 12}[what])
        self._told.write_bytes(b"")
        job = Job(what, str(root), str(self._told), random.randrange(1 << 30), at, random.random())
        job = Job(**{**vars_of(job), "pipeline": self._pipeline, "rounds": 0 if what != "repair" else 1})
        code = self._nursery.wait(self._nursery.start(job))
        assert code == -9 or (what == "repair" and code == 0), f"{job} ended with {code}"
        self.survived[f"kill while it is at work: {what}"] += code == -9
        if what == "repair":
            repaired(root)
        self._check_acknowledged(job)
        torn = [one for one in examined(root) if "torn" not in one.what]
        assert not torn, f"after {job}: {torn}"

    def _damage(self, random: Random) -> None:
        files = sorted((self._project.root / "layers").rglob("*.json*"))
        if files:
            path = random.choice(files)
            data = bytearray(path.read_bytes())
            if data and path.suffix == ".json":
                data[random.randrange(len(data))] ^= 1 << random.randrange(8)
                path.write_bytes(bytes(data))

    def _check_acknowledged(self, job: Job) -> None:
        told = [json.loads(line) for line in self._told.read_bytes().split(b"\n")[:-1]]
        project = Project.open(self._project.root)
        decided = [[decision_from(doc) for doc in one["decisions"]] for one in told if "group" in one]
        self._check_layers(project, decided, job)
        places: dict[str, bool] = {}
        for one in told:
            if "added" in one:
                assert project.article(one["added"]).text, job
            if "extracted" in one:
                layer = project.suggestion_layer(one["source"], one["extracted"])
                assert layer is not None and layer.text_hash == hash_text(project.article(one["extracted"]).text), job
            places |= {one[key]: key == "removed" for key in ("removed", "restored") if key in one}
        moved = [name for name, removed in places.items() if is_removed(project, name) != removed]
        assert len(moved) <= 1, f"{job}: only the move that was not acknowledged may differ: {moved}"

    def _check_layers(self, project: Project, decided: list[list[Decision]], job: Job) -> None:
        for name in project.article_ids():
            self._layers.setdefault(name, Layer(name, project.article(name).text_hash))
        for decisions in decided:
            self._apply(decisions)
        found = self._found(project)
        if found != self._layers:
            self._apply(_unacknowledged(project, decided))
        assert found == self._layers, f"{job}: an acknowledged decision is not there"

    def _found(self, project: Project) -> dict[str, Layer]:
        return {name: self._layer(project, name) for name in self._layers}

    def _layer(self, project: Project, name: str) -> Layer:
        """A layer as it is on disk, also of an article in the trash, where a decision can have been taken back."""
        try:
            return project.layer("ann", name)
        except StoreError:
            assert is_removed(project, name)
            return Layer(name, self._layers[name].text_hash)

    def _apply(self, decisions: list[Decision]) -> None:
        self._layers = {name: apply_all(layer, decisions) for name, layer in self._layers.items()}


def vars_of(job: Job) -> dict[str, object]:
    """A job's fields."""
    return {name: getattr(job, name) for name in job.__slots__}


def _unacknowledged(project: Project, acknowledged: list[list[Decision]]) -> list[Decision]:
    """What the last group on disk has beyond the last acknowledged one."""
    lines = [line for path in journal_files(project.locations.journal("ann")) for line in read_lines(path).lines]
    *_, run = in_groups(lines)
    last = [line.decision() for line in run]
    known = acknowledged[-1] if acknowledged else []
    for size in range(len(last), 0, -1):
        if known and last[len(last) - size - len(known) : len(last) - size] == known:
            return last[len(last) - size :]
    return last


def kills(folder: Path, nursery: Nursery, count: int, seed: int = 1, *, each: int = 25) -> Counter[str]:
    """Kill `count` processes at random calls, a new project after each `each` of them."""
    random, survived = Random(seed), Counter[str]()
    pipeline = new_pipeline(folder / "pipeline")
    work = ["decide", "decide", "decide", "add", "trash", "repair", "decide", "extract"]
    project = None
    for number in range(2 * count):
        if sum(survived.values()) >= count:
            break
        if project is None or number % each == 0:
            place = folder / f"kills{number}"
            place.mkdir()
            project = Killed(place, nursery, pipeline)
        project.survived.clear()
        project.kill(work[number % len(work)], random)
        survived += project.survived
    return survived


# Two processes ----------------------------------------------------------------------------------------------


def hammering(folder: Path, nursery: Nursery, rounds: int, seed: int = 1) -> Counter[str]:
    """Two processes of one annotator, one of another and one that adds, at once on one project; some are killed."""
    random, survived = Random(seed), Counter[str]()
    for number in range(rounds):
        place = folder / f"hammer{number}"
        place.mkdir()
        project = new_project(place / "wire", *TEXTS, *(f"{text} More of it." for text in TEXTS))
        jobs = [
            Job("decide", str(project.root), str(place / f"told{index}"), random.randrange(1 << 30), at, 1.0, who, 25)
            for index, (who, at) in enumerate(
                [("ann", 0), ("ann", random.randrange(0, 120)), ("bob", random.randrange(0, 120))]
            )
        ]
        jobs.append(Job("add", str(project.root), str(place / "told"), number, 0, 1.0, "", 5))
        pids = [nursery.start(job) for job in jobs]
        codes = [nursery.wait(pid) for pid in pids]
        assert set(codes) <= {0, -9}, f"{jobs}: {codes}"
        _check_hammered(project.root, jobs)
        survived["two processes and two others at once, some of them killed"] += 1
    return survived


def _check_hammered(root: Path, jobs: Iterable[Job]) -> None:
    project = Project.open(root)
    for job in jobs:
        told = [json.loads(line) for line in Path(job.told).read_bytes().split(b"\n")[:-1]]
        groups = {one["group"] for one in told if "group" in one}
        journal = {
            line.group
            for path in journal_files(project.locations.journal(job.annotator or "ann"))
            for line in read_lines(path).lines
        }
        assert groups <= journal, f"{job}: not in the journal: {groups - journal}"
        for name in project.article_ids():
            clashes = project.stored_layer(job.annotator or "ann", name).clashes
            assert not clashes.keys() & groups, f"{job}: {name}: overwritten: {clashes}"
        for one in told:
            assert "added" not in one or project.article(one["added"]).text
    found = [one for one in examined(root) if "torn" not in one.what]
    assert not found, found


# Failing disks ----------------------------------------------------------------------------------------------


def failing_disk(folder: Path, number: int, *, lasting: bool, every: int = 1) -> Counter[str]:
    """Have each call in turn that changes a file fail, once or from there on until the disk is mended."""
    survived = Counter[str]()
    Scenario(folder / "sound", Sabotage(0, failing(number))).run()
    for at in calls(1, every):
        place = folder / f"{number}-{lasting}-{at}"
        sabotage = Sabotage(at, failing(number), lasting=lasting)
        Scenario(place, sabotage).run()
        shutil.rmtree(place)
        if not sabotage.struck:
            break
        survived[f"{errno.errorcode[number]} at a call{' and all after it' if lasting else ''}"] += 1
    return survived


class Scenario:
    """A person at work while the disk fails: what the session says is saved must be on disk at that moment."""

    def __init__(self, folder: Path, sabotage: Sabotage) -> None:
        folder.mkdir()
        self._sabotage = sabotage
        self._project = new_project(folder / "wire", *TEXTS)
        self._session = Session(self._project, "ann")

    def run(self) -> None:
        with self._sabotage.at_work():
            for step in self._steps():
                try:
                    step()
                except (ManiculeError, OSError):
                    continue
                finally:
                    self._check_honest()
        self._session.save_pending()
        assert self._session.unsaved == ""
        expected = {name: self._session.layer(name) for name in ("text0", "text1")}
        self._session.close()
        again = Project.open(self._project.root)
        for name, layer in expected.items():
            assert again.layer("ann", name) == layer, f"{name} at call {self._sabotage.calls}"
        found = examined(self._project.root)
        assert not found, found

    def _check_honest(self) -> None:
        """While the session says that all is saved, whoever reads the files sees what it shows."""
        if self._session.unsaved:
            return
        shown = {name: held.stored.layer for name, held in self._session._shelf.held.items()}
        other = Project(self._project.root, self._project.config)
        for name, layer in shown.items():
            assert other.layer("ann", name) == layer, f"shown as saved and is not: {name}"

    def _steps(self) -> Iterator[Callable[[], object]]:
        session, project = self._session, self._project
        for round_ in range(2):
            yield lambda: session.claim("text0")
            for start in (3, 9):
                yield lambda start=start + round_: self._add("text0", start)
            yield lambda: session.undo()
            yield lambda start=5 + round_: self._add("text1", start)
            yield lambda: session.leave("text0")
            yield lambda: session.redo()
            yield lambda: session.leave("text1")
            yield lambda: session.save_pending()
        yield lambda: project.add_articles([Draft("later", "", f"Later. {TEXTS[0]}")])
        yield lambda: remove_article(project, "later")
        yield lambda: session.close()

    def _add(self, article_id: str, start: int) -> None:
        article = self._project.article(article_id)
        suggestions = self._project.suggestions(article)
        view = View(article, self._project.config.scheme, suggestions, self._session.layer(article_id))
        self._session.commit(acts.add(view, start, start + 2, "ORG"))


# Damaged files ----------------------------------------------------------------------------------------------


class Damaged:
    """A small project whose files are damaged one at a time, and mended."""

    def __init__(self, folder: Path) -> None:
        project = new_project(folder / "sound", TEXTS[0])
        session = Session(project, "ann")
        for start in (3, 9):
            article = project.article("text0")
            view = View(article, project.config.scheme, project.suggestions(article), session.layer("text0"))
            session.commit(acts.add(view, start, start + 2, "ORG"))
        session.close()
        self._sound = project.root
        self._layer = project.layer("ann", "text0")
        self._work = folder / "work"

    def files(self) -> dict[str, Path]:
        """One file of each kind, within the project."""
        places = Project.open(self._sound).locations
        (journal,) = journal_files(places.journal("ann"))
        paths = {
            "layer": places.layer("ann", "text0"),
            "journal": journal,
            "article": places.article("text0"),
            "suggestions": places.suggestions("towns", "text0"),
        }
        return {kind: path.relative_to(self._sound) for kind, path in paths.items()}

    def damage(self, kind: str, change: Callable[[bytes], bytes]) -> bool:
        """Damage a file; the doctor must name it, and only it, and mend it. Whether there was any harm."""
        name = self.files()[kind]
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._sound, self._work)
        path = self._work / name
        path.write_bytes(change(path.read_bytes()))
        found = examined(self._work)
        harmed = {one.path for one in found}
        if kind == "journal":
            harmed -= {self._work / self.files()["layer"]}
        project = Project.open(self._work)
        if not found:
            assert kind != "journal" and project.layer("ann", "text0") == self._layer
            return False
        assert harmed == {path}, f"{name}: {found}"
        self._check_named(project, kind, path)
        self._mend(kind)
        return True

    def _check_named(self, project: Project, kind: str, path: Path) -> None:
        """Whoever reads the file is told."""
        readers: dict[str, Callable[[], object]] = {
            "layer": lambda: project.layer("ann", "text0"),
            "article": lambda: project.article("text0"),
            "suggestions": lambda: project.suggestion_layer("towns", "text0"),
        }
        if kind in readers:
            try:
                readers[kind]()
            except BrokenFileError as error:
                assert error.path == path and "\n" not in error.message
            else:
                raise AssertionError(f"{path} is read though it is damaged")

    def _mend(self, kind: str) -> None:
        for finding in Examination(self._work).findings():
            if finding is not None and finding.mend is not None:
                finding.mend()
        left = examined(self._work)
        if kind == "article":
            assert all("not here" in one.what or "no such article" in one.what for one in left), left
        else:
            assert not left, left
            assert Project.open(self._work).layer("ann", "text0") == self._layer


def truncations(folder: Path, every: int = 1) -> Counter[str]:
    """Cut each kind of file after each byte, or each `every`th."""
    damaged, survived = Damaged(folder), Counter[str]()
    for kind, name in damaged.files().items():
        size = (folder / "sound" / name).stat().st_size
        for length in range(0, size, every):
            harmed = damaged.damage(kind, lambda data, length=length: data[:length])
            assert harmed, f"{kind} cut to {length} bytes is not noticed"
            survived[f"file cut short: {kind}"] += 1
    return survived


def flips(folder: Path, every: int = 1, seed: int = 1) -> Counter[str]:
    """Flip a bit of each byte of each kind of file, or of each `every`th."""
    random, damaged, survived = Random(seed), Damaged(folder), Counter[str]()
    for kind, name in damaged.files().items():
        for place in range(0, (folder / "sound" / name).stat().st_size, every):
            bit = 1 << random.randrange(8)

            def change(data: bytes, place: int = place, bit: int = bit) -> bytes:
                return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]

            damaged.damage(kind, change)
            survived[f"bit flipped: {kind}"] += 1
    return survived
