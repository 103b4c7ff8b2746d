#!/usr/bin/env python3
"""What the PTEN question must answer over the public files, computed from them without Tripten.

    check_pten.py DATA                    prints drugs and figures
    check_pten.py DATA PROGRAM DATABASE   asks DATABASE the same with PROGRAM, compares all rows

DATA holds `pfocr/` (figures, tables, bulk) and `drugs/`; DATABASE was made from them by
`tripten load DATABASE DATA/pfocr DATA/drugs --map datasets/mappings`. A drug counts with each figure
that mentions PTEN and one of its targets. A figure mentions a gene when a table or its own list says
so, or when one of its keywords is the name of exactly one gene, chemical or disease of the figure's
organisms. Needs PyYAML.
"""
import collections
import gzip
import pathlib
import re
import subprocess
import sys

import yaml

PTEN = "5728"
NOTHING = {"", "NA", ".na.character", "NULL", "null"}
SPECIES = pathlib.Path(__file__).resolve().parents[2] / "import" / "species.cpp"
QUESTION = """
SELECT ?drug (COUNT(DISTINCT ?figure) AS ?figures) {
  <https://identifiers.org/ncbigene/5728> dcterms:isPartOf ?figure .
  ?gene a pf:Gene ; dcterms:isPartOf ?figure .
  ?drug a pf:Drug ; pf:targets ?gene .
  ?figure a pf:PathwayFigure .
} GROUP BY ?drug"""


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(
        path, encoding="utf-8")
    with opened as lines:
        header = next(lines).rstrip("\n").split("\t")
        for line in lines:
            yield dict(zip(header, line.rstrip("\n").split("\t")))


def value(text):
    return "" if text is None or text.strip() in NOTHING else text


class Public:
    def __init__(self, data):
        self.data = data
        self.taxa = dict(re.findall(r'\{"([^"]+)", "(\d+)"\}', SPECIES.read_text()))
        self.names = collections.defaultdict(set)     # name -> {(entity, taxon or "")}
        self.entities = collections.defaultdict(set)  # figure -> entities; a gene is its number

    def name(self, name, entity, taxon=""):
        if value(name):
            self.names[name].add((entity, taxon))

    def read_tables(self):
        bulk, drugs = self.data / "pfocr" / "bulk", self.data / "drugs"
        for path in sorted(bulk.glob("figure_gene_*")):
            for row in rows(path):
                self.entities[row["figid"]].add(row["entrez"])
                self.name(row.get("hgnc_symbol"), row["entrez"], "9606")
        for path in bulk.glob("figure_chemical_*"):
            for row in rows(path):
                self.name(row["mesh_symbol"], row["mesh_id"])
        for row in rows(bulk / "figure_disease.tsv.gz"):
            self.name(row["disease"], "disease:" + row["disease"])
        for path in drugs.iterdir():
            for row in rows(path):
                self.name(row.get("gene_symbol"), row.get("entrez_gene"), "9606")
                self.name(row.get("disease"), row.get("doid_id"))
                self.name(row.get("drugbank_name") or row.get("drug"), row.get("drugbank_id"))
                self.name(row.get("DRUG_NAME", "").strip('"'), "drugcentral:" + row.get("DRUG_ID", ""))

    def read_figures(self):
        keywords = {}
        for path in (self.data / "pfocr" / "figures").glob("*.md"):
            text = path.read_text(encoding="utf-8")
            front = yaml.load(text[4:text.index("\n---", 4)], Loader=yaml.BaseLoader)
            figure, organisms = front["figid"], []
            for key in ("organisms", "organisms_ner"):
                listed = front.get(key, [])
                organisms += listed if isinstance(listed, list) else listed.split(",")
            taxa = {self.taxa[name.strip()] for name in organisms if name.strip() in self.taxa}
            words = {word for word in front["schema-jsonld"]["keywords"] if value(word)}
            keywords[figure] = (taxa, words)
            for gene in front.get("genes", []):
                self.entities[figure].add(gene["entrez"])
                self.name(gene["hgnc_symbol"], gene["entrez"], "9606")
                if gene["source"] in ("hgnc_alias_symbol", "hgnc_prev_symbol"):
                    self.name(gene["symbol"], gene["entrez"], "9606")
        for path in (self.data / "pfocr" / "tables").iterdir():
            figure = path.stem.rsplit("-", 1)[0]
            for row in rows(path):
                entity = row.get("ncbigene_id") or value(row["mesh"]).replace("mesh:", "")
                taxon = row.get("organism_id", "")
                if entity:
                    self.entities[figure].add(entity)
                    self.name(row.get("ncbigene_symbol") or row.get("name"), entity, taxon)
                    if row.get("source", "ncbigene_synonym") == "ncbigene_synonym":
                        self.name(row["match"], entity, taxon)
        own = {figure: set(self.entities[figure]) for figure in keywords}
        for figure, (taxa, words) in keywords.items():
            for word in words:
                named = {e for e, taxon in self.names.get(word, ()) if taxon in taxa | {""}}
                if not own[figure] & {e for e, _ in self.names.get(word, ())} and len(named) == 1:
                    self.entities[figure] |= named

    def answer(self):
        figures = collections.defaultdict(set)  # gene -> figures with PTEN
        for figure, entities in self.entities.items():
            if figure and PTEN in entities:
                for entity in entities:
                    figures[entity].add(figure)
        targets = collections.defaultdict(set)
        for row in rows(self.data / "drugs" / "drugcentral_rephetio_targets.tsv"):
            targets[row["drugbank_id"]].add(row["GeneID"])
        counts = {drug: len(set().union(*(figures[gene] for gene in genes)))
                  for drug, genes in targets.items()}
        return {drug: count for drug, count in counts.items() if count}, len(figures[PTEN])


def main():
    public = Public(pathlib.Path(sys.argv[1]))
    public.read_tables()
    public.read_figures()
    expected, figures = public.answer()
    print(f"{len(expected)} drugs target a gene of one of {figures} figures with PTEN")
    if len(sys.argv) < 4:
        return 0
    output = subprocess.run([sys.argv[2], "query", sys.argv[3], QUESTION, "--format", "csv"],
                            check=True, capture_output=True, text=True).stdout
    answered = {}
    for line in output.splitlines()[1:]:
        drug, count = line.split(",")
        answered[drug.rsplit("/", 1)[1]] = int(count)
    different = {drug for drug in expected.keys() | answered.keys()
                 if expected.get(drug) != answered.get(drug)}
    print(f"{sys.argv[2]} answers {len(answered)} drugs; {len(different)} rows differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
