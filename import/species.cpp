// The species that figure files name, from the NCBI taxonomy (public domain).
#include "import/species.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tripten {

namespace {

using Species = std::pair<std::string_view, std::string_view>;

// Sorted by name, for the binary search.
constexpr auto kSpecies = std::to_array<Species>({
    {"Acinetobacter baumannii", "470"},
    {"Anas platyrhynchos", "8839"},
    {"Anopheles gambiae", "7165"},
    {"Apis mellifera", "7460"},
    {"Arabidopsis thaliana", "3702"},
    {"Aspergillus flavus", "5059"},
    {"Aspergillus fumigatus", "746128"},
    {"Aspergillus nidulans", "162425"},
    {"Aspergillus niger", "5061"},
    {"Aspergillus oryzae", "5062"},
    {"Bacillus subtilis", "1423"},
    {"Bombyx mori", "7091"},
    {"Bos taurus", "9913"},
    {"Brassica napus", "3708"},
    {"Caenorhabditis elegans", "6239"},
    {"Camellia sinensis", "4442"},
    {"Candida albicans", "5476"},
    {"Canis familiaris", "9615"},
    {"Canis lupus familiaris", "9615"},
    {"Capra hircus", "9925"},
    {"Cavia porcellus", "10141"},
    {"Chlamydomonas reinhardtii", "3055"},
    {"Ciona intestinalis", "7719"},
    {"Corynebacterium glutamicum", "1718"},
    {"Cricetulus griseus", "10029"},
    {"Danio rerio", "7955"},
    {"Dictyostelium discoideum", "44689"},
    {"Drosophila melanogaster", "7227"},
    {"Enterococcus faecium", "1352"},
    {"Equus caballus", "9796"},
    {"Escherichia coli", "562"},
    {"Felis catus", "9685"},
    {"Gallus gallus", "9031"},
    {"Glycine max", "3847"},
    {"Gorilla gorilla", "9593"},
    {"Helicobacter pylori", "210"},
    {"Homo sapiens", "9606"},
    {"Hordeum vulgare", "4513"},
    {"Klebsiella pneumoniae", "573"},
    {"Komagataella pastoris", "4922"},
    {"Leishmania major", "5664"},
    {"Listeria monocytogenes", "1639"},
    {"Macaca fascicularis", "9541"},
    {"Macaca mulatta", "9544"},
    {"Medicago truncatula", "3880"},
    {"Meleagris gallopavo", "9103"},
    {"Mesocricetus auratus", "10036"},
    {"Mus musculus", "10090"},
    {"Mycobacterium tuberculosis", "1773"},
    {"Neurospora crassa", "5141"},
    {"Nicotiana benthamiana", "4100"},
    {"Nicotiana tabacum", "4097"},
    {"Oncorhynchus mykiss", "8022"},
    {"Oreochromis niloticus", "8128"},
    {"Oryctolagus cuniculus", "9986"},
    {"Oryza sativa", "4530"},
    {"Oryzias latipes", "8090"},
    {"Ovis aries", "9940"},
    {"Pan troglodytes", "9598"},
    {"Pichia pastoris", "4922"},
    {"Plasmodium falciparum", "5833"},
    {"Populus trichocarpa", "3694"},
    {"Pseudomonas aeruginosa", "287"},
    {"Pseudomonas putida", "303"},
    {"Rattus norvegicus", "10116"},
    {"Saccharomyces cerevisiae", "4932"},
    {"Salmo salar", "8030"},
    {"Salmonella enterica", "28901"},
    {"Schistosoma mansoni", "6183"},
    {"Schizosaccharomyces pombe", "4896"},
    {"Severe acute respiratory syndrome coronavirus 2", "2697049"},
    {"Solanum lycopersicum", "4081"},
    {"Solanum tuberosum", "4113"},
    {"Sorghum bicolor", "4558"},
    {"Staphylococcus aureus", "1280"},
    {"Streptococcus pneumoniae", "1313"},
    {"Streptomyces coelicolor", "1902"},
    {"Strongylocentrotus purpuratus", "7668"},
    {"Sus scrofa", "9823"},
    {"Takifugu rubripes", "31033"},
    {"Theobroma cacao", "3641"},
    {"Toxoplasma gondii", "5811"},
    {"Tribolium castaneum", "7070"},
    {"Triticum aestivum", "4565"},
    {"Trypanosoma brucei", "5691"},
    {"Trypanosoma cruzi", "5693"},
    {"Vibrio cholerae", "666"},
    {"Vitis vinifera", "29760"},
    {"Xenopus laevis", "8355"},
    {"Xenopus tropicalis", "8364"},
    {"Yarrowia lipolytica", "4952"},
    {"Zea mays", "4577"},
});
static_assert(std::is_sorted(kSpecies.begin(), kSpecies.end()));

}  // namespace

std::string_view taxon_of_species(std::string_view name) {
  auto found = std::lower_bound(kSpecies.begin(), kSpecies.end(), name,
                                [](const Species& a, std::string_view b) { return a.first < b; });
  return found != kSpecies.end() && found->first == name ? found->second : std::string_view();
}

}  // namespace tripten
