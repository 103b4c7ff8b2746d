#!/usr/bin/env python3
"""Makes the demo data again from its sources: `make_demo.py SOURCES OUT`.

SOURCES is a folder with the files that README.md names, OUT the folder that gets `figures/` and the
tables. Nothing in the project needs this script: it documents where each row comes from. The same
sources give the same bytes.

Figures keep identifiers and names only. Captions, descriptions, titles of papers and citations are
left out; a title that is longer than a few words is replaced by one of our own.
"""
import collections
import gzip
import pathlib
import re
import sys

from demo_selection import (COPIED, COPIED_TITLES, HUMAN_FIGURES, MOUSE_FIGURES, MOUSE_SYMBOLS,
                            PATHWAYS)

ENTREZ = re.compile(r"[0-9]+")
# Gene names matched through a family of genes, an alias or the symbol: in the words of old figure
# files and of the newer tables.
NEWER_SOURCES = {"hgnc_symbol": "ncbigene_symbol", "hgnc_alias_symbol": "ncbigene_synonym",
                 "hgnc_prev_symbol": "ncbigene_synonym", "bioentities_symbol": "famplex_relations"}


class Sources:
    """The tables that the demo is taken from, read as they are asked for."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def lines(self, name):
        path = self.folder / name
        opened = gzip.open(path, "rt", encoding="utf-8") if name.endswith(".gz") \
            else open(path, encoding="utf-8")
        with opened:
            for line in opened:
                yield line.rstrip("\n").split("\t")

    def rows(self, name):
        lines = self.lines(name)
        header = next(lines)
        for line in lines:
            yield dict(zip(header, line))

    def text(self, name):
        return (self.folder / name).read_text(encoding="utf-8")


def yaml_scalar(text):
    """Plain where YAML takes it for a text, otherwise in single quotes."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_./()+-]*( [A-Za-z0-9_./()+-]+)*", text) \
            and text not in ("On", "Off", "Yes", "No", "NA"):
        return text
    return "'" + text.replace("'", "''") + "'"


class Names:
    """Genes by number: the symbol that figures use now, and all others as aliases."""

    def __init__(self, sources):
        self.symbols, self.aliases = {}, collections.defaultdict(list)
        for row in sources.rows("genes/entrez_symbols_human.tsv.gz"):
            if row["type"] == "symbol":
                self.symbols[row["GeneID"]] = row["symbol"]
            else:
                self.aliases[row["GeneID"]].append(row["symbol"])

    def prefer(self, gene, symbol):
        known = self.symbols.get(gene)
        if known and known != symbol:
            self.aliases[gene].insert(0, known)
        self.symbols[gene] = symbol

    def aliases_of(self, gene):
        own = self.symbols[gene]
        return [alias for alias in dict.fromkeys(self.aliases[gene])
                if alias != own and "|" not in alias]


class Figures:
    """Writes figure files and their tables, and remembers the genes."""

    def __init__(self, sources, out):
        self.sources, self.out = sources, out / "figures"
        self.genes, self.keywords = set(), set()
        self.out.mkdir(parents=True, exist_ok=True)
        self.years = {row["figid"]: row | {"year": row["year"] or row["print_date"][:4]}
                      for row in sources.rows("pfocr/bulk/figure_year_journal.tsv.gz")}
        self.links = {row["figid"]: row for row in
                      sources.rows("pfocr/bulk/figure_title_35k.tsv.gz")}

    def write(self, name, text):
        (self.out / name).write_text(text, encoding="utf-8")

    # -- copied from published figure files ----------------------------------------------------

    def copy(self, figid):
        text = self.sources.text(f"pfocr/figures/{figid}.md")
        text = without_prose(text, COPIED_TITLES.get(figid))
        self.write(f"{figid}.md", text)
        self.genes.update(re.findall(r"^  entrez: '([0-9]+)'$", text, re.MULTILINE))
        self.keywords.update(re.findall(r"^  - ([A-Za-z0-9-]+)$", text, re.MULTILINE))
        for kind in ("genes", "chemicals", "diseases"):
            name = f"{figid}-{kind}.tsv"
            if (self.sources.folder / "pfocr/tables" / name).exists():
                table = self.sources.text(f"pfocr/tables/{name}")
                self.write(name, table)
                if kind == "genes":
                    for line in table.splitlines()[1:]:
                        cells = line.split("\t")
                        if cells[0] == "9606" and ENTREZ.fullmatch(cells[6]):
                            self.genes.add(cells[6])

    # -- made of the tables of recognised words -------------------------------------------------

    def human(self, words, chemicals):
        for figid, (style, title) in HUMAN_FIGURES.items():
            rows = [row for row in words[figid] if ENTREZ.fullmatch(row["entrez"])]
            self.genes.update(row["entrez"] for row in rows)
            if style == "old":
                self.write(f"{figid}.md", self.old_figure(figid, title, rows, chemicals[figid]))
                continue
            self.write(f"{figid}.md", self.newer_figure(figid, title, "Homo sapiens", rows)
                       if style == "new" else self.mixed_figure(figid, title, rows,
                                                                chemicals[figid]))
            if style == "new":
                self.write(f"{figid}-genes.tsv", gene_table(
                    ["9606", "Homo sapiens", "Primates", row["word"], row["symbol"],
                     row["hgnc_symbol"], row["entrez"], NEWER_SOURCES[row["source"]]]
                    for row in rows))
                if chemicals[figid]:
                    self.write(f"{figid}-chemicals.tsv", chemical_table(chemicals[figid]))

    def mouse(self, members):
        for figid, title in MOUSE_FIGURES.items():
            genes = sorted(members[figid], key=int)
            rows = [{"hgnc_symbol": MOUSE_SYMBOLS[gene]} for gene in genes]
            self.write(f"{figid}.md", self.newer_figure(figid, title, "Mus musculus", rows))
            self.write(f"{figid}-genes.tsv", gene_table(
                ["10090", "Mus musculus", "Rodents", "NA", MOUSE_SYMBOLS[gene],
                 MOUSE_SYMBOLS[gene], gene, "ncbigene_symbol"] for gene in genes))

    def facts(self, figid):
        pmcid, stem = figid.split("__", 1)
        link = self.links.get(figid, {})
        found = re.search(r"/F(?:ig)?([0-9]+)/$", link.get("figlink", ""), re.IGNORECASE)
        return (pmcid, link.get("filename", stem + ".jpg"), link.get("figlink", ""),
                "F" + found.group(1) if found else "", self.years.get(figid, {}))

    def old_figure(self, figid, title, rows, chemicals):
        pmcid, filename, link, number, issued = self.facts(figid)
        lines = ["---", f"figid: {figid}", f"figlink: {link}"]
        lines += [f"number: {number}"] if number else ["number: NA"]
        lines += [f"pmcid: {pmcid}", f"filename: {filename}", f"figtitle: {yaml_scalar(title)}",
                  f"year: '{issued.get('year', '')}'", "organisms:", "- Homo sapiens", "ndex: ''",
                  "annotations: []"]
        lines += json_ld(figid, rows, chemicals) + inline_genes(rows)
        return "\n".join(lines + inline_chemicals(chemicals) + ["---", ""])

    def newer_figure(self, figid, title, organism, rows):
        pmcid, filename, link, number, issued = self.facts(figid)
        lines = ["---", f"figid: {figid}", f"figtitle: {yaml_scalar(title)}", "organisms:", "- NA",
                 "organisms_ner:", f"- {organism}", f"pmcid: {pmcid}", f"filename: {filename}",
                 "figlink: " + (link if link.startswith("/") or not link else "/" + link),
                 f"number: {number or '.na.character'}", f"year: '{issued.get('year', '')}'",
                 "doi: .na.character", "journal_title: " + journal(issued),
                 "journal_nlm_ta: .na.character", "publisher_name: .na.character",
                 "keywords: .na.character", f"figid_alias: {pmcid}__{number or figid[len(pmcid) + 2:]}",
                 "figtype: Figure", "ndex: ''"]
        return "\n".join(lines + json_ld(figid, rows, []) + ["---", ""])

    def mixed_figure(self, figid, title, rows, chemicals):
        """Keys of both generations, entities inline, some keys null."""
        pmcid, filename, link, number, issued = self.facts(figid)
        lines = ["---", f"figid: {figid}", f"figtitle: {yaml_scalar(title)}",
                 "organisms: Homo sapiens", "organisms_ner: NA", f"pmcid: {pmcid}",
                 f"filename: {filename}", f"figlink: {link}", f"number: {number}",
                 f"year: {issued.get('year') or '~'}", "doi:", "journal_title: " + journal(issued),
                 "keywords: ''", "redirect_from: NA", "ndex:"]
        lines += json_ld(figid, rows, chemicals) + inline_genes(rows)
        lines += inline_chemicals(chemicals) + ["diseases:"]
        return "\n".join(lines + ["---", ""])


def without_prose(text, title):
    """Drops captions, descriptions, paper titles and citations, and puts in `title` if given."""
    kept, skipping = [], None
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        if skipping is not None and (not line.strip() or indent > skipping):
            continue
        skipping = None
        key = line.strip().split(":", 1)[0]
        if (indent == 0 and key in ("caption", "papertitle", "reftext")) or \
                (indent in (2, 4) and key == "description"):
            skipping = indent
        elif indent == 0 and key == "figtitle" and title:
            kept.append(f"figtitle: {yaml_scalar(title)}")
            skipping = 0
        else:
            kept.append(line)
    return "\n".join(kept) + "\n"


def journal(issued):
    name = issued.get("journal", "")
    return yaml_scalar(name) if name and name != "NULL" else ".na.character"


def json_ld(figid, rows, chemicals):
    names = [row["hgnc_symbol"] for row in rows] + [row["mesh_symbol"] for row in chemicals]
    lines = ["seo: CreativeWork", "schema-jsonld:", "  '@context': https://schema.org/",
             f"  '@id': https://pfocr.wikipathways.org/figures/{figid}.html",
             "  '@type': Dataset", "  license: CC0", "  name: CreativeWork", "  creator:",
             "    '@type': Organization", "    name: WikiPathways", "  keywords:"]
    return lines + [f"  - {yaml_scalar(name)}" for name in dict.fromkeys(names)]


def inline_genes(rows):
    lines = ["genes:"]
    for row in rows:
        lines += [f"- word: {yaml_scalar(row['word'])}", f"  symbol: {yaml_scalar(row['symbol'])}",
                  f"  source: {row['source']}", f"  hgnc_symbol: {yaml_scalar(row['hgnc_symbol'])}",
                  f"  entrez: '{row['entrez']}'"]
    return lines


def inline_chemicals(rows):
    if not rows:
        return ["chemicals: []"]
    lines = ["chemicals:"]
    for row in rows:
        lines += [f"- word: {yaml_scalar(row['word'])}", "  source: MESH",
                  f"  identifier: {row['mesh_id']}"]
    return lines


def gene_table(rows):
    lines = ["organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\t"
             "ncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match"]
    return "\n".join(lines + ["\t".join(row + ["NA", "NA", "NA"]) for row in rows]) + "\n"


def chemical_table(rows):
    lines = ["word\tmesh\tmatch\tname\tchebi"]
    return "\n".join(lines + [f"{row['word']}\tmesh:{row['mesh_id']}\t{row['mesh_symbol']}\tNA\tNA"
                              for row in rows]) + "\n"


def write_table(path, header, rows):
    lines = ["\t".join(header)] + ["\t".join(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def disease_ids(sources):
    """DOID → MeSH, where the Disease Ontology's cross-references name exactly one, or one of them
    has the disease's own name; each MeSH id once."""
    names = dict(sources.lines("diseases/mesh_terms.tsv.gz"))
    known, labels = collections.defaultdict(set), {}
    for row in sources.rows("diseases/do_xrefs_slim.tsv"):
        labels[row["doid_code"]] = row["doid_name"]
        if row["resource"] == "MSH" and row["resource_id"] in names:
            known[row["doid_code"]].add(row["resource_id"])
    found = {}
    for doid, candidates in known.items():
        same = [mesh for mesh in candidates if names[mesh].lower() == labels[doid].lower()]
        if len(candidates) == 1 or len(same) == 1:
            found[doid] = (same or list(candidates))[0]
    uses = collections.Counter(found.values())
    return {doid: mesh for doid, mesh in found.items() if uses[mesh] == 1}, names


class Drugs:
    """Drugs with a target gene and a treated disease."""

    def __init__(self, sources, meshes):
        self.names, self.targets = {}, set()
        for row in sources.rows("drugs/drugcentral_rephetio_targets.tsv"):
            self.names[row["drugbank_id"]] = row["drugbank_name"]
            self.targets.add((row["drugbank_id"], row["GeneID"], row["actions"]))
        self.treats = sorted({
            (row["drugbank_id"], meshes[row["doid_id"]], row["doid_id"])
            for name in ("pharmacotherapydb_indications", "drugcentral_rephetio_indications")
            for row in sources.rows(f"drugs/{name}.tsv")
            if row["category"] == "DM" and row["doid_id"] in meshes
            and row["drugbank_id"] in self.names})
        self.chosen = sorted({drug for drug, _, _ in self.treats})
        self.targets = sorted(((drug, gene, action) for drug, gene, action in self.targets
                               if drug in self.chosen), key=lambda row: (row[0], int(row[1])))
        self.mesh = self.mesh_ids(sources)

    def mesh_ids(self, sources):
        drugbank, mesh = collections.defaultdict(set), {}
        for row in sources.rows("drugs/drugcentral_identifiers.tsv.gz"):
            kind, value = row["ID_TYPE"].strip('"'), row["IDENTIFIER"].strip('"')
            if kind == "DRUGBANK_ID":
                drugbank[row["DRUG_ID"]].add(value)
            elif kind == "MESH_DESCRIPTOR_UI" and re.fullmatch(r"D[0-9]+", value):
                mesh.setdefault(row["DRUG_ID"], set()).add(value)
        found = collections.defaultdict(set)
        for drug, ids in drugbank.items():
            for one in ids:
                found[one] |= mesh.get(drug, set())
        return {drug: min(ids) for drug, ids in found.items() if len(ids) == 1}


def pathways(sources):
    """The chosen pathways of the GMT file: id → (title, genes)."""
    found = {}
    for cells in sources.lines("pathways/wikipathways-20221110-gmt-Homo_sapiens.gmt"):
        title, _, wpid, _ = cells[0].split("%")
        if wpid in PATHWAYS:
            found[wpid] = (title.strip(), sorted(set(cells[2:]), key=int))
    return found


def main():
    sources, out = Sources(sys.argv[1]), pathlib.Path(sys.argv[2])
    words, chemicals = collections.defaultdict(list), collections.defaultdict(list)
    member = collections.defaultdict(set)
    for row in sources.rows("pfocr/bulk/figure_gene_human_2021.tsv.gz"):
        member[row["figid"]].add(row["entrez"])
    for part in ("adrd", "terpeneadh"):
        for row in sources.rows(f"pfocr/bulk/figure_gene_words_{part}.tsv.gz"):
            if row["figid"] in HUMAN_FIGURES and row["entrez"] in member[row["figid"]]:
                if row not in words[row["figid"]]:
                    words[row["figid"]].append(row)
    for row in sources.rows("pfocr/bulk/figure_chemical_terpeneadh.tsv.gz"):
        if row["figid"] in HUMAN_FIGURES and row not in chemicals[row["figid"]]:
            chemicals[row["figid"]].append(row)
    mouse = collections.defaultdict(set)
    for row in sources.rows("pfocr/bulk/figure_gene_mouse_2026.tsv.gz"):
        if row["figid"] in MOUSE_FIGURES:
            mouse[row["figid"]].add(row["entrez"])

    names, figures = Names(sources), Figures(sources, out)
    for rows in words.values():
        for row in rows:
            if ENTREZ.fullmatch(row["entrez"]):
                names.prefer(row["entrez"], row["hgnc_symbol"])
    for figid in COPIED:
        figures.copy(figid)
    figures.human(words, chemicals)
    figures.mouse(mouse)

    curated = pathways(sources)
    genes = figures.genes | {gene for _, members in curated.values() for gene in members}
    meshes, mesh_names = disease_ids(sources)
    drugs = Drugs(sources, meshes)
    genes |= {gene for _, gene, _ in drugs.targets}
    genes |= {gene for gene, symbol in names.symbols.items() if symbol in figures.keywords}
    genes = {gene for gene in genes if gene in names.symbols}
    diseases = {mesh: doid for _, mesh, doid in drugs.treats}
    associated = sorted({
        (row["entrez_gene_id"], meshes[row["doid_id"]], row["sources"])
        for row in sources.rows("diseases/hetionet_DaG_association.tsv.gz")
        if row["license"] == "CC BY 4.0" and meshes.get(row["doid_id"]) in diseases
        and row["entrez_gene_id"] in genes}, key=lambda row: (int(row[0]), row[1]))

    write_table(out / "genes.tsv", ["entrez", "symbol", "aliases"],
                ([gene, names.symbols[gene], "|".join(names.aliases_of(gene))]
                 for gene in sorted(genes, key=int)))
    write_table(out / "pathways.tsv", ["wpid", "title"],
                ([wpid, curated[wpid][0]] for wpid in sorted(curated, key=lambda w: int(w[2:]))))
    write_table(out / "pathway_genes.tsv", ["wpid", "entrez"],
                ([wpid, gene] for wpid in sorted(curated, key=lambda w: int(w[2:]))
                 for gene in curated[wpid][1] if gene in genes))
    write_table(out / "drugs.tsv", ["drugbank", "name", "mesh"],
                ([drug, drugs.names[drug], drugs.mesh.get(drug, "")] for drug in drugs.chosen))
    write_table(out / "drug_targets.tsv", ["drugbank", "entrez", "action"],
                ([drug, gene, action] for drug, gene, action in drugs.targets if gene in genes))
    write_table(out / "drug_indications.tsv", ["drugbank", "mesh"],
                ([drug, mesh] for drug, mesh, _ in drugs.treats))
    write_table(out / "diseases.tsv", ["mesh", "name", "doid"],
                ([mesh, mesh_names[mesh], diseases[mesh].removeprefix("DOID:")]
                 for mesh in sorted(diseases)))
    write_table(out / "gene_diseases.tsv", ["entrez", "mesh", "sources"], associated)


if __name__ == "__main__":
    main()
