"""One file that claims both PDF/A-3a (an archive keeps it) and PDF/UA-1 (a screen reader reads it).

WeasyPrint writes one claim. PDF/A allows the other only when its vocabulary is described in the
file; so the description and the claim are put into the metadata that WeasyPrint generates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

VARIANT = "pdf/a-3a"

# The extension schema as ISO 19005-3, 6.6.2.3 asks for it, then the claim of ISO 14289-1, 5.
_ACCESSIBLE = b"""
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
"""
_END = b"</rdf:RDF>"


def claim_both(document: Any) -> None:
    """Make the file of a rendered WeasyPrint document claim PDF/UA-1 beside PDF/A-3a."""
    generate: Callable[..., bytes] = document.metadata.generate_rdf_metadata

    def with_accessibility(*arguments: Any) -> bytes:
        head, end, rest = generate(*arguments).rpartition(_END)
        if not end:
            raise ValueError("WeasyPrint's metadata has changed its form")
        return head + _ACCESSIBLE + end + rest

    document.metadata.generate_rdf_metadata = with_accessibility
