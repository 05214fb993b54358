"""Loads the documents into Groonga, one database for each group of languages, and asks it."""

import json
import subprocess
import sys
import tempfile

from asked import ask, fail

WORDS = ["title", "heading", "summary", "text"]
LISTS = ["names", "synonyms", "about", "labels", "facts", "spellings"]
WEIGHTS = "title * 8 || names * 6 || heading * 6 || synonyms * 4 || about * 2 || summary * 2 || text"


class Groonga:
    def __init__(self, folder):
        self.folder = folder

    def run(self, group, commands, new=False):
        database = f"{self.folder}/{group}"
        words = ["groonga", *(["-n"] if new else []), database]
        done = subprocess.run(words, input=commands, capture_output=True, text=True, check=False)
        answers = [json.loads(line) for line in done.stdout.splitlines() if line]
        wrong = [answer for answer in answers if answer[0][0] != 0]
        if done.returncode or wrong or not answers:
            fail(f"Groonga: {wrong or done.stderr or 'no answer'}")
        return [answer[1] for answer in answers]

    def load(self, group, documents):
        documents = list(documents)
        columns = [f"column_create Documents {name} COLUMN_SCALAR Text" for name in WORDS + ["id", "page"]]
        columns += [f"column_create Documents {name} COLUMN_VECTOR Text" for name in LISTS]
        known = set(WORDS + LISTS + ["id", "page", "numbers"])
        kept = [json.loads(line) for line in documents]
        kept = [{name: value for name, value in one.items() if name in known} for one in kept]
        commands = [
            "table_create Documents TABLE_NO_KEY",
            *columns,
            "table_create Numbers TABLE_HASH_KEY ShortText",
            "column_create Documents numbers COLUMN_VECTOR Numbers",
            "table_create Words TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto",
            *[f"column_create Words of_{name} COLUMN_INDEX|WITH_POSITION Documents {name}" for name in WORDS],
            *[f"column_create Words of_{name} COLUMN_INDEX|WITH_POSITION|WITH_SECTION Documents {name}" for name in LISTS],
            "column_create Numbers documents COLUMN_INDEX Documents numbers",
            "load --table Documents",
            json.dumps(kept, ensure_ascii=False).replace("\n", " "),
        ]
        loaded = self.run(group, "\n".join(commands) + "\n", new=True)[-1]
        if loaded != len(documents):
            fail(f"Groonga: {group} has {len(documents)} documents, and {loaded} were loaded")

    def search(self, group, question):
        asked = " ".join(f'"{word}"' for word in question.split())
        return self.pages(group, f"--match_columns '{WEIGHTS}' --query '{asked}'")

    def number(self, group, number):
        return self.pages(group, f"--filter 'numbers @ \"{number}\"'")

    def pages(self, group, what):
        columns = "--output_columns page,_score --sort_keys -_score --limit 10"
        found = self.run(group, f"select Documents {what} {columns}\n")[0]
        return [page for page, _ in found[0][2:]]


with tempfile.TemporaryDirectory() as folder:
    ask(Groonga(folder), "Groonga", sys.argv[1:])
