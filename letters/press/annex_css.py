"""How an annex of names looks on paper and on a screen, by the same tokens as the letter.

Every line of names is as high as the next, whatever stands in it, so that columns keep step and a
page can be counted in lines.
"""

from __future__ import annotations

COLUMN_GAP_PT = 14.0
HANGING_PT = 8.0

ANNEX_CSS = f"""
section.annex {{ break-before: page; }}
.annex h1 {{ font-size: var(--text-size); }}
.annex .of {{ margin-bottom: var(--paragraph-space); }}
.annex .remark {{ font: var(--small-size)/var(--small-line) var(--label-font);
  color: var(--muted); }}
.names h2 {{ font: bold var(--label-size)/var(--address-line) var(--label-font);
  color: var(--accent); margin: 0; padding: var(--block-space) 0 4pt; }}
.names .entries, .names li, .names h3, .names td, .names th {{
  font: var(--text-size)/var(--address-line) var(--text-font); color: var(--text); }}
.names h3 {{ margin: 0; }}
.names h3, .names .index th {{ font-weight: bold; color: var(--accent); }}
.names ul {{ list-style: none; }}
.names li, .names td, .names tbody th {{ padding: 0; padding-inline-start: {HANGING_PT}pt;
  text-indent: -{HANGING_PT}pt; border: 0; font-variant-numeric: normal; font-weight: normal;
  overflow-wrap: anywhere; vertical-align: top; text-align: start; hyphens: manual; }}
.names td, .names tbody th {{ padding-inline-end: {COLUMN_GAP_PT}pt; }}
.names .index th {{ padding-inline-start: 0; text-indent: 0; font-weight: bold;
  bookmark-level: 3; bookmark-label: content(text); }}
.names table {{ margin: 0; table-layout: fixed; }}
.names thead th {{ font: bold var(--small-size)/var(--address-line) var(--label-font);
  color: var(--muted); padding: 0 0 4pt; border: 0; text-align: start; }}
@media print {{
  .names .columns {{ position: relative; }}
  .names .column {{ position: absolute; top: 0; }}
}}
@media screen {{
  .names ul {{ column-gap: {COLUMN_GAP_PT}pt; }}
  .names thead th {{ position: sticky; top: 0; background: #fff; }}
  @media (max-width: 40rem) {{ .names ul {{ columns: 1 !important; }} }}
}}
"""
