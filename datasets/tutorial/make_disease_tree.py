#!/usr/bin/env python3
"""Makes disease_tree.ttl: the diseases of datasets/demo and all that is above them in the MeSH tree.

Usage: make_disease_tree.py MESH_FOLDER > disease_tree.ttl; the folder holds mesh_terms.tsv.gz and
mesh_tree_numbers.tsv.gz, the tables of github dhimmel/mesh. Not needed to build or test.
"""
import csv
import gzip
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
DISEASES = ("C", "F03")  # the branches of diseases and of mental disorders


def table(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def main():
    folder = pathlib.Path(sys.argv[1])
    names = {row["mesh_id"]: row["mesh_name"] for row in table(folder / "mesh_terms.tsv.gz")}
    numbers, term_of = {}, {}
    for row in table(folder / "mesh_tree_numbers.tsv.gz"):
        if row["mesh_tree_number"].startswith(DISEASES):
            numbers.setdefault(row["mesh_id"], []).append(row["mesh_tree_number"])
            term_of[row["mesh_tree_number"]] = row["mesh_id"]
    with open(HERE.parent / "demo" / "diseases.tsv", encoding="utf-8") as lines:
        todo = [row["mesh"] for row in csv.DictReader(lines, delimiter="\t")]
    broader = {}
    while todo:
        term = todo.pop()
        if term in broader:
            continue
        parents = {term_of[number.rpartition(".")[0]] for number in numbers.get(term, ())
                   if number.rpartition(".")[0] in term_of}
        broader[term] = sorted(parents)
        todo += parents
    print("# Diseases and the broader ones above them: Medical Subject Headings (MeSH), US National\n"
          "# Library of Medicine, by github dhimmel/mesh (CC0 1.0). See README.md.\n"
          "@prefix mesh: <http://id.nlm.nih.gov/mesh/> .\n"
          "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
          "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n")
    for term in sorted(broader):
        name = names[term].replace("\\", "\\\\").replace('"', '\\"')
        above = " ;\n  skos:broader " + ", ".join(f"mesh:{p}" for p in broader[term])
        print(f'mesh:{term} rdfs:label "{name}"{above if broader[term] else ""} .')


if __name__ == "__main__":
    main()
