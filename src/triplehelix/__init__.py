"""Policy texts about education, science and talent as a cited knowledge graph.

`triplehelix.extract` turns texts into annotated documents, `triplehelix.graph` turns annotated
documents into RDF and every way out of it, `triplehelix.ontology` holds what can be said.
"""

__version__ = "0.3.0"
__all__ = ["__version__"]
