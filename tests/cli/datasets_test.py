"""The data sets: the demo answers as its raw files say, the generator keeps its promises."""
import re
import subprocess
import sys

from harness import ROOT

DEMO = ROOT / "datasets" / "demo"
PROSE = re.compile(r"^ *(caption|description|papertitle|reftext) *:", re.MULTILINE)


def generated(*words):
    return subprocess.run([str(ROOT / "datasets" / "generate"), *words], capture_output=True,
                          check=True, timeout=120).stdout.decode().splitlines()


def test_the_demo_answers_the_pten_question_as_its_raw_files_do(place):
    place.run("load", "demo.db", DEMO).must()
    done = subprocess.run([sys.executable, "-B", str(DEMO / "check_demo.py"), place.program,
                           str(place.folder / "demo.db")], capture_output=True, text=True,
                          check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    drugs = int(done.stdout.split()[0])
    assert drugs >= 10, done.stdout


def test_every_demo_query_has_an_answer(place):
    place.run("load", "demo.db", DEMO).must()
    queries = sorted(DEMO.glob("*.rq"))
    assert len(queries) >= 5
    for query in queries:
        rows = place.run("query", "demo.db", "--strict", "-f", query).must().out.splitlines()
        assert len(rows) > 5, f"{query.name}: {len(rows)} lines"


def test_the_demo_is_small_and_holds_no_prose(place):
    files = [path for path in DEMO.rglob("*") if path.is_file()]
    assert len([path for path in files if path.suffix == ".md"]) > 60
    assert sum(path.stat().st_size for path in files) < 1_000_000
    for path in files:
        if path.parent.name == "figures":
            assert not PROSE.search(path.read_text(encoding="utf-8")), path.name
    assert place.folder.exists()


def test_the_vocabulary_is_small_and_mapped(place):
    place.run("load", "pf.db", ROOT / "datasets" / "pf.ttl").must()
    own = "?term rdfs:isDefinedBy <urn:tripten:pf>"
    rows = place.run("query", "pf.db", "SELECT ?term { %s }" % own).must().out.splitlines()[1:]
    assert 0 < len(rows) <= 25, rows
    assert not place.ask("pf.db", own + " FILTER NOT EXISTS { ?term rdfs:comment ?text }")
    assert not place.ask("pf.db", own + """ FILTER NOT EXISTS {
        ?term skos:exactMatch|skos:closeMatch|rdfs:subClassOf|rdfs:subPropertyOf ?other
        FILTER(REGEX(STR(?other), "schema.org|semanticscience|wikipathways|biolink")) }""")


def test_the_generator_is_deterministic_and_repeats_nothing(place):
    lines = generated("--scale", "0.01")
    assert len(lines) == len(set(lines)) == 10_000
    assert lines == generated("--scale", "0.01")
    assert lines != generated("--scale", "0.01", "--seed", "2")
    place.write("made.nt", "\n".join(lines) + "\n")
    place.run("load", "made.db", "made.nt").must()
    assert place.count("made.db") == 10_000
    assert place.ask("made.db", "ncbigene:5728 rdfs:label 'PTEN' ; dcterms:isPartOf ?figure")
    quads = generated("--scale", "0.01", "--format", "nq")
    assert [quad.rsplit(" <urn:tripten:graph:", 1)[0] + " ." for quad in quads] == lines
