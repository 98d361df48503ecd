"""What a data set says of itself: VoID, DCAT 3, SPARQL service description, counted from the graph.

The same graph gives the same bytes. It opens no store and asks no clock.
"""

from kg.metadata.dataset import ABOUT, About, Dump, dataset_triples
from kg.metadata.figures import Figures, figures_of
from kg.metadata.service import service_triples
from kg.metadata.writing import written_as

__all__ = ["ABOUT", "About", "Dump", "Figures", "dataset_triples", "figures_of", "service_triples", "written_as"]
