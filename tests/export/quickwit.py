"""Loads the documents into tantivy as Quickwit would, by each group's `quickwit.yaml`, and asks it."""

import glob
import json
import re
import sys

import tantivy

from asked import ask, fail

WEIGHTS = {"title": 8.0, "names": 6.0, "heading": 6.0, "synonyms": 4.0, "about": 2.0, "summary": 2.0}


class Quickwit:
    def __init__(self, sites):
        self.sites = sites
        self.indexes = {}

    def configuration(self, group):
        """Its fields, its tokenizer and the fields that are searched, out of the few lines of YAML that there are."""
        names = [f"{site}/search-export/{group}/quickwit.yaml" for site in self.sites]
        text = next(open(name, encoding="utf-8").read() for name in names if glob.glob(name))
        blocks = re.findall(r"^    - name: (\w+)\n((?:      .*\n)+)", text, re.M)
        read = lambda block: dict(re.findall(r"^      (\w+): (.*)$", block, re.M))
        blocks = {name: read(block) for name, block in blocks}
        words = blocks.pop("words", None)
        searched = re.search(r"default_search_fields: \[(.*)\]", text).group(1).split(", ")
        return blocks, words, searched

    def load(self, group, documents):
        fields, words, searched = self.configuration(group)
        schema = tantivy.SchemaBuilder()
        for name, field in fields.items():
            if "datetime" in field["type"]:
                schema.add_text_field(name, stored=True, tokenizer_name="raw")
            elif field["type"] not in ("text", "array<text>"):
                fail(f"quickwit.yaml: {name} is {field['type']}")
            else:
                how = "position" if field.get("record") == "position" else "basic"
                tokenizer = field["tokenizer"]
                schema.add_text_field(name, stored=True, tokenizer_name=tokenizer, index_option=how)
        index = tantivy.Index(schema.build())
        index.register_tokenizer("chinese_compatible", chinese())
        if words:
            index.register_tokenizer("words", analyzer(words))
        writer = index.writer(heap_size=50_000_000)
        count = 0
        for line in documents:
            unknown = set(json.loads(line)) - set(fields)
            if unknown:
                fail(f"quickwit.yaml: {group} lacks {unknown}")
            writer.add_json(line)
            count += 1
        writer.commit()
        index.reload()
        if index.searcher().num_docs != count:
            fail(f"tantivy: {group} has {count} documents, and {index.searcher().num_docs} were loaded")
        self.indexes[group] = (index, searched)

    def search(self, group, question):
        index, searched = self.indexes[group]
        boosts = {name: weight for name, weight in WEIGHTS.items() if name in searched}
        query = index.parse_query(" AND ".join(question.split()), searched, field_boosts=boosts)
        return self.pages(index, query)

    def number(self, group, number):
        index, _ = self.indexes[group]
        return self.pages(index, index.parse_query(f"numbers:{number}", ["numbers"]))

    def pages(self, index, query):
        searcher = index.searcher()
        found = searcher.search(query, 10).hits
        return [searcher.doc(address)["page"][0] for _, address in found]


def chinese():
    """What Quickwit calls `chinese_compatible`: each character of Chinese, and words of all else."""
    cut = tantivy.Tokenizer.regex(r"\p{Han}|[\p{L}\p{N}--\p{Han}]+")
    return tantivy.TextAnalyzerBuilder(cut).filter(tantivy.Filter.lowercase()).build()


def analyzer(words):
    filters = {
        "remove_long": tantivy.Filter.remove_long(255),
        "lower_caser": tantivy.Filter.lowercase(),
        "ascii_folding": tantivy.Filter.ascii_fold(),
    }
    if words["type"] == "ngram":
        cut = tantivy.Tokenizer.ngram(int(words["min_gram"]), int(words["max_gram"]), False)
    else:
        cut = tantivy.Tokenizer.simple()
    built = tantivy.TextAnalyzerBuilder(cut)
    for name in words["filters"].strip("[]").split(", "):
        built = built.filter(filters[name])
    return built.build()


ask(Quickwit(sys.argv[1:]), "tantivy, by Quickwit's configuration,", sys.argv[1:])
