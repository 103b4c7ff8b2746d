#!/usr/bin/env python3
"""What the demo's PTEN question must answer, computed from the raw files without Tripten.

    check_demo.py                     prints drug, genes, number of pathways, most pathways first
    check_demo.py PROGRAM [DATABASE]  loads the demo with PROGRAM (unless DATABASE is given), runs
                                      drugs-for-pten.rq and compares all rows; exit 1 if they differ

A gene is part of a pathway when pathway_genes.tsv says so, and of a figure when the figure file or
its table lists it, or when a keyword of the figure is the name of exactly one entity of the
figure's organisms (docs/vocabulary.md).
"""
import collections
import csv
import io
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PTEN = "5728"
TAXA = {"Homo sapiens": "9606", "Mus musculus": "10090", "Rattus norvegicus": "10116",
        "Danio rerio": "7955", "Drosophila melanogaster": "7227", "Equus caballus": "9796"}
NOT_A_VALUE = {"", "NA", ".na.character", "~"}


def table(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"))) for line in lines[1:]]


def unquoted(text):
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'").strip()
    return text


def listed(lines, key):
    """The items below `key:` at its own or a deeper indentation, or its scalar cut at commas."""
    items, inside, indent = [], False, 0
    for line in lines:
        if inside:
            if re.match(rf" {{{indent},}}- ", line):
                items.append(unquoted(line.strip()[2:]))
                continue
            inside = False
        found = re.match(rf"( *){key}:(.*)$", line)
        if found:
            items += [unquoted(part) for part in found.group(2).split(",")]
            inside, indent = True, len(found.group(1))
    return [item for item in items if item not in NOT_A_VALUE]


class Figure:
    def __init__(self, path):
        self.iri = f"https://pfocr.wikipathways.org/figures/{path.stem}.html"
        lines = path.read_text(encoding="utf-8").splitlines()
        organisms = listed(lines, "organisms") + listed(lines, "organisms_ner")
        self.taxa = {TAXA[name] for name in organisms if name in TAXA}
        start = next(i for i, line in enumerate(lines) if line.startswith("schema-jsonld"))
        self.keywords = listed([line for line in lines[start:] if line.startswith("  ")],
                               "  keywords"[2:])
        self.genes, self.names = set(), set()
        self.inline(lines)
        for kind, prefix in (("genes", ""), ("chemicals", "mesh:"), ("diseases", "mesh:")):
            beside = path.with_name(f"{path.stem}-{kind}.tsv")
            for row in table(beside) if beside.exists() else []:
                self.table_row(kind, row, prefix)

    def inline(self, lines):
        gene = {}
        for line in lines + ["- end: x"]:
            found = re.match(r"(?:- |  )(word|symbol|source|hgnc_symbol|entrez|end): (.*)$", line)
            if not found:
                continue
            key, value = found.group(1), unquoted(found.group(2))
            gene[key] = value
            if key == "entrez" and re.fullmatch("[0-9]+", value):
                self.genes.add(value)
                self.names.add((gene["hgnc_symbol"], "9606", value))
                if gene["source"] in ("hgnc_alias_symbol", "hgnc_prev_symbol"):
                    self.names.add((gene["symbol"], "9606", value))

    def table_row(self, kind, row, prefix):
        if kind == "genes":
            if re.fullmatch("[0-9]+", row["ncbigene_id"]):
                self.genes.add(row["ncbigene_id"])
                self.names.add((row["ncbigene_symbol"], row["organism_id"], row["ncbigene_id"]))
                if row["source"] == "ncbigene_synonym":
                    self.names.add((row["match"], row["organism_id"], row["ncbigene_id"]))
        elif row["mesh"] not in NOT_A_VALUE:
            for name in {row["match"], row["name"]} - NOT_A_VALUE:
                self.names.add((name, "", prefix + row["mesh"].removeprefix("mesh:")))


def all_names(figures):
    """name → {(taxon or '', entity)}"""
    names = collections.defaultdict(set)
    for row in table(HERE / "genes.tsv"):
        for name in [row["symbol"]] + row["aliases"].split("|"):
            names[name].add(("9606", row["entrez"]))
    for row in table(HERE / "drugs.tsv"):
        names[row["name"]].add(("", row["drugbank"]))
    for row in table(HERE / "diseases.tsv"):
        names[row["name"]].add(("", "mesh:" + row["mesh"]))
    for figure in figures:
        for name, taxon, entity in figure.names:
            names[name].add((taxon, entity))
    return names


def parts():
    """pathway or figure → its genes"""
    figures = [Figure(path) for path in sorted((HERE / "figures").glob("*.md"))]
    names = all_names(figures)
    found = collections.defaultdict(set)
    for figure in figures:
        found[figure.iri] |= figure.genes
        for keyword in figure.keywords:
            entities = {entity for taxon, entity in names.get(keyword, ())
                        if not taxon or taxon in figure.taxa}
            if len(entities) == 1 and (entity := entities.pop()).isdigit():
                found[figure.iri].add(entity)
    for row in table(HERE / "pathway_genes.tsv"):
        found["https://identifiers.org/wikipathways/" + row["wpid"]].add(row["entrez"])
    return found


def expected():
    """drug → (label, symbols of its genes beside PTEN, pathways and figures)"""
    symbols = {row["entrez"]: row["symbol"] for row in table(HERE / "genes.tsv")}
    labels = {row["drugbank"]: row["name"] for row in table(HERE / "drugs.tsv")}
    targets = collections.defaultdict(set)
    for row in table(HERE / "drug_targets.tsv"):
        targets[row["entrez"]].add(row["drugbank"])
    answer = collections.defaultdict(lambda: (set(), set()))
    for pathway, genes in parts().items():
        if PTEN not in genes:
            continue
        for gene in genes:
            for drug in targets.get(gene, ()):
                answer[drug][0].add(symbols[gene])
                answer[drug][1].add(pathway)
    return {"https://identifiers.org/drugbank/" + drug: (labels[drug], genes, len(pathways))
            for drug, (genes, pathways) in answer.items()}


def answered(program, database):
    with tempfile.TemporaryDirectory() as folder:
        if database is None:
            database = pathlib.Path(folder) / "demo.db"
            subprocess.run([program, "load", database, HERE], check=True)
        text = subprocess.run([program, "query", database, "-f", HERE / "drugs-for-pten.rq",
                               "--format", "csv"], check=True, capture_output=True,
                              text=True).stdout
    return [(row["drug"], (row["label"], set(row["genes"].split(", ")), int(row["pathways"])))
            for row in csv.DictReader(io.StringIO(text))]


def main():
    want = expected()
    if len(sys.argv) == 1:
        for drug, (label, genes, count) in sorted(want.items(), key=lambda d: (-d[1][2], d[1][0])):
            print(drug, label, ", ".join(sorted(genes)), count, sep="\t")
        return 0
    rows = answered(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
    got, problems = dict(rows), []
    for drug in sorted(want.keys() | got.keys()):
        if want.get(drug) != got.get(drug):
            problems.append(f"{drug}: expected {want.get(drug)}, got {got.get(drug)}")
    if len(rows) != len(got):
        problems.append("a drug has two rows")
    counts = [row[1][2] for row in rows]
    if counts != sorted(counts, reverse=True):
        problems.append("the rows are not ordered by the number of pathways")
    print("\n".join(problems) or f"{len(rows)} drugs, all as computed from the raw files")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
