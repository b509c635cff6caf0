"""Hand-made gold ledgers as stand-off files: ids and offsets only, no text.

    python bench/gold.py pack AUTHORED.json TEXT.json OUT.json      quotes → offsets; refuses what is not in the text
    python bench/gold.py check FOLDER --corpus STREAM.jsonl         every file against its text (by SHA-256)
    python bench/gold.py expand FOLDER --corpus STREAM.jsonl OUT    offsets → the scorer's gold files, with quotes
    python bench/gold.py agreement FOLDER_A FOLDER_B --corpus … --scorer score_ledger.py
                                                                    one annotator scored against the other

An authored file holds `actors`, `positions`, `preconditions`, `meetings` with {"quote": …, "nth": n} for a span, as the
annotation guidelines say; positions and preconditions may add `holder_words` and `target_words`: the words by which the
text refers to holder and target nearest to the issue. A stand-off file has [start, end) in their place.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
SPANS = {
    "positions": ("issue", "evidence"),
    "preconditions": ("requirement", "gate", "evidence"),
    "meetings": ("evidence",),
}
WORDS = ("holder_words", "target_words")
PLAIN = {
    "positions": ("holder", "stated_by", "act", "target"),
    "preconditions": ("holder",),
    "meetings": ("kind", "participants", "place", "start", "end", "status"),
}


class GoldError(Exception):
    """A gold file that does not fit its text."""


def locate(text: str, quote: str, nth: int = 1) -> list[int]:
    """[start, end) of the nth occurrence. Raises GoldError if there is none."""
    start = -1
    for _ in range(nth):
        start = text.find(quote, start + 1)
        if start < 0:
            raise GoldError(f"not in the text: {quote!r}")
    return [start, start + len(quote)]


def locate_words(text: str, words: str, evidence: list[int]) -> list[int] | None:
    """Where a party is referred to: in the evidence, else the last time before its end; None if nowhere."""
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")  # "he" is not in "the"
    inside = whole.search(text, evidence[0], evidence[1])
    found = inside or max(whole.finditer(text, 0, evidence[1]), key=lambda match: match.start(), default=None)
    return list(found.span()) if found else None


def pack(authored: Json, text: str) -> Json:
    """The stand-off form of an authored file. Aliases become the offsets of their first occurrence."""
    actors = {
        name: {
            "kind": actor["kind"],
            "of": actor.get("of"),
            "mentions": sorted(
                locate(text, alias) for alias in dict.fromkeys([name, *actor["aliases"]]) if alias in text
            ),
        }
        for name, actor in authored["actors"].items()
    }
    packed: Json = {"id": authored["id"], "published": authored["published"], "sha256": sha256(text), "actors": actors}
    for kind, spans in SPANS.items():
        packed[kind] = []
        for item in authored[kind]:
            entry = {name: item.get(name) for name in PLAIN[kind]}
            entry |= {name: locate(text, item[name]["quote"], item[name].get("nth", 1)) for name in spans}
            for name in WORDS:
                if item.get(name):
                    entry[name] = locate_words(text, item[name], entry["evidence"])
            packed[kind].append(entry)
    return packed


def expand(packed: Json, text: str) -> Json:
    """The scorer's form: quotes beside offsets, aliases as strings. Raises GoldError if the text is another one."""
    if packed["sha256"] != sha256(text):
        raise GoldError(f"{packed['id']}: the text is not the one that was annotated (SHA-256 differs)")
    gold: Json = {"id": packed["id"], "published": packed["published"]}
    gold["actors"] = {
        name: {"kind": a["kind"], "of": a["of"], "aliases": [text[s:e] for s, e in a["mentions"]]}
        for name, a in packed["actors"].items()
    }
    for kind, spans in SPANS.items():
        gold[kind] = [
            {name: entry[name] for name in PLAIN[kind]}
            | {
                name: {"quote": text[slice(*entry[name])], "start": entry[name][0], "end": entry[name][1]}
                for name in spans
            }
            for entry in packed[kind]
        ]
    return gold


def check(packed: Json, text: str) -> None:
    """Raises GoldError if a span is outside the text, empty or edged by white space, or an actor is unknown."""
    expand(packed, text)
    for kind, spans in SPANS.items():
        for number, entry in enumerate(packed[kind]):
            where = f"{packed['id']}: {kind} {number}"
            for name in spans:
                start, end = entry[name]
                if not 0 <= start < end <= len(text) or text[start:end] != text[start:end].strip():
                    raise GoldError(f"{where}: {name} [{start}, {end}) is no clean span of the text")
            for actor in [
                entry.get("holder"),
                entry.get("stated_by"),
                entry.get("target"),
                *entry.get("participants", []),
            ]:
                if actor is not None and actor not in packed["actors"]:
                    raise GoldError(f"{where}: {actor!r} is no actor of the file")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def texts(corpus: Path) -> dict[str, str]:
    """Id → text of a JSON Lines corpus."""
    records = map(json.loads, corpus.read_text("utf-8").splitlines())
    return {record["id"]: record["text"] for record in records}


def with_texts(folder: Path, corpus: Path) -> Iterator[tuple[Json, str]]:
    known = texts(corpus)
    for path in sorted(folder.glob("*.json")):
        packed = json.loads(path.read_text("utf-8"))
        if packed["id"] not in known:
            raise GoldError(f"{path}: the corpus has no report {packed['id']!r}")
        yield packed, known[packed["id"]]


def command_pack(options: argparse.Namespace) -> None:
    text = json.loads(options.text.read_text("utf-8"))["text"]
    packed = pack(json.loads(options.authored.read_text("utf-8")), text)
    check(packed, text)
    options.out.write_text(json.dumps(packed, ensure_ascii=False, indent=1) + "\n", "utf-8")


def command_check(options: argparse.Namespace) -> None:
    counts = dict.fromkeys(SPANS, 0)
    files = 0
    for packed, text in with_texts(options.folder, options.corpus):
        check(packed, text)
        files += 1
        for kind in SPANS:
            counts[kind] += len(packed[kind])
    print(f"{files} files, {', '.join(f'{n} {kind}' for kind, n in counts.items())}: all spans fit their texts")


def command_expand(options: argparse.Namespace) -> None:
    write_expanded(options.folder, options.corpus, options.out)


def write_expanded(folder: Path, corpus: Path, out: Path) -> None:
    """Write the scorer's gold files of a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for packed, text in with_texts(folder, corpus):
        (out / f"{packed['id']}.json").write_text(json.dumps(expand(packed, text), ensure_ascii=False))


def as_ledger(packed: Json, text: str) -> Json:
    """A gold file in the form of a ledger, so that one annotator can be scored against another."""
    ids = {name: f"a{k}" for k, name in enumerate(packed["actors"], 1)}
    ledger: Json = {"document": {"text": text}}
    ledger["actors"] = [{"id": ids[n], "name": n, "of": ids.get(a["of"])} for n, a in packed["actors"].items()]
    for kind in SPANS:
        ledger[kind] = []
        for entry in packed[kind]:
            named = {name: ids.get(entry.get(name)) for name in ("holder", "stated_by", "target") if name in entry}
            if kind == "meetings":
                named["participants"] = [ids[name] for name in entry["participants"]]
            ledger[kind].append(entry | named)
    return ledger


def command_agreement(options: argparse.Namespace) -> None:
    shared = {p.name for p in options.folder.glob("*.json")} & {p.name for p in options.other.glob("*.json")}
    if not shared:
        raise GoldError("the two folders share no report")
    known = texts(options.corpus)
    with tempfile.TemporaryDirectory() as work:
        gold, system = Path(work, "gold"), Path(work, "system")
        gold.mkdir(), system.mkdir()
        for name in sorted(shared):
            first, second = (
                json.loads((folder / name).read_text("utf-8")) for folder in (options.folder, options.other)
            )
            text = known[first["id"]]
            (gold / name).write_text(json.dumps(expand(first, text), ensure_ascii=False))
            (system / name).write_text(json.dumps(as_ledger(second, text), ensure_ascii=False))
        print(f"{len(shared)} reports annotated twice")
        subprocess.run([sys.executable, str(options.scorer), str(gold), str(system)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)

    def command(name: str, run: Callable[[argparse.Namespace], None], *arguments: str) -> None:
        sub = commands.add_parser(name)
        sub.set_defaults(run=run)
        for argument in arguments:
            sub.add_argument(argument, type=Path, required=True) if argument.startswith("--") else sub.add_argument(
                argument, type=Path
            )

    command("pack", command_pack, "authored", "text", "out")
    command("check", command_check, "folder", "--corpus")
    command("expand", command_expand, "folder", "out", "--corpus")
    command("agreement", command_agreement, "folder", "other", "--corpus", "--scorer")
    options = parser.parse_args()
    try:
        options.run(options)
    except GoldError as error:
        sys.exit(f"gold: {error}")


if __name__ == "__main__":
    main()
