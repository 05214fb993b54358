"""What readers ask, in four languages, and the page that should come first."""

import glob
import json
import sys

# Group, question, end of the page's address.
QUESTIONS = [
    ("en", "cancel SIM Albania", "/en/al/cancel-sim/"),
    ("en", "refund credit", "/en/al/refund-credit/"),
    ("en", "STAC", "/en/gb/leave-your-network/"),
    ("zh", "注销 手机卡", "/zh-hans/al/cancel-sim/"),
    ("zh", "护照 登记", "/zh-hans/al/register-sim/"),
    ("zh", "紧急电话", "/zh-hans/al/emergency-numbers/"),
    ("sq", "bllokimi karte humbur", "/sq/al/karte-e-humbur/"),
    ("sq", "numrat e emergjencës", "/sq/al/numrat-e-emergjences/"),
    ("ar", "إلغاء شريحة", "/ar/eg/cancel/"),
    ("ar", "جواز السفر", "/ar/eg/cancel/"),
]

# Group, a number as somebody types it, in digits, and a page that has it.
NUMBERS = [
    ("en", "35542250928", "/en/al/"),
    ("en", "042250928", "/en/al/"),
    ("zh", "0035542250928", "/zh-hans/al/"),
    ("sq", "129", "/sq/al/"),
]


def documents(sites, group):
    """The documents of a group of languages of every site, as they stand in the plain files."""
    for name in files(sites, group, "documents"):
        with open(name, encoding="utf-8") as lines:
            yield from lines


def bulk(sites, group):
    """The same, out of the bulk files, each with the line before it."""
    for name in files(sites, group, "bulk"):
        with open(name, encoding="utf-8") as lines:
            yield from zip(lines, lines)


def files(sites, group, kind):
    found = [sorted(glob.glob(f"{site}/search-export/{group}/{kind}-*.ndjson")) for site in sites]
    return [name for names in found for name in names]


def check_bulk(sites, group):
    """Every second line says what to do with the next one, which is the document of the plain file."""
    plain = list(documents(sites, group))
    pairs = list(bulk(sites, group))
    if not plain or [document for _, document in pairs] != plain:
        fail(f"{group}: the bulk files do not hold the documents of the plain ones")
    for action, document in pairs:
        if json.loads(action) != {"index": {"_id": json.loads(document)["id"]}}:
            fail(f"{group}: {action} does not name {document}")


def ask(engine, name, sites):
    """Puts every question to `engine`, which answers with the pages of the best documents."""
    for group in sorted({group for group, *_ in QUESTIONS}):
        check_bulk(sites, group)
        engine.load(group, documents(sites, group))
    for group, question, page in QUESTIONS:
        found = engine.search(group, question)
        if not found or not found[0].endswith(page):
            fail(f"{name}: {question} leads to {found[:3]}, not to {page}")
    for group, number, page in NUMBERS:
        found = engine.number(group, number)
        if not any(page in address for address in found):
            fail(f"{name}: {number} leads to {found[:3]}, not to {page}")
    print(f"ok: {name} answers {len(QUESTIONS)} questions and {len(NUMBERS)} numbers in 4 languages")


def fail(words):
    sys.exit(f"failed: {words}")
