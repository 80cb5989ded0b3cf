"""A language of a campaign’s own, as a test needs it."""

EL = """\
# The Greek of this campaign.
locale: el
quotes: ["«", "»", "“", "”"]
ordinals: {other: "{n}ος"}
labels:
  text: "Έκδοση κειμένου {digest}"
  page: "Σελίδα {page} από {pages}"
  draft: "ΣΧΕΔΙΟ"
  unsigned: "ΣΧΕΔΙΟ – ανυπόγραφο"
  confidential: "ΕΜΠΙΣΤΕΥΤΙΚΟ"
  pending: "δεν έχει υπογράψει ακόμη"
  for_identification: "Οι ιδιότητες αναφέρονται μόνο για ταυτοποίηση."
  signature_of: "Υπογραφή: {name}"
  postscript: "Υ.Γ."
  enclosures: "Συνημμένα"
  copies: "Κοινοποίηση"
  organisations: "Οργανώσεις"
  individuals: "Πρόσωπα"
  withheld: {one: "{n} ακόμη υπογραφή χωρίς όνομα.", other: "{n} ακόμη υπογραφές χωρίς όνομα."}
  signed_by: "Υπογραφές έως {date}: {people}."
  and_on_paper: "{people} και {paper} σε χαρτί"
  on_paper: "{people} σε χαρτί"
  sheet: "Φύλλο {number}"
  return_to: "Επιστροφή στη διεύθυνση: {address}"
  organisation_count: {one: "{n} οργάνωση", other: "{n} οργανώσεις"}
  person_count: {one: "{n} πρόσωπο", other: "{n} πρόσωπα"}
  accessed: "ανάκτηση {date}"
  note: "Σημείωση {number}"
  note_back: "Πίσω στη σημείωση {number} στο κείμενο"
anybody:
  salutation: {m: "Αξιότιμε κύριε {family},", f: "Αξιότιμη κυρία {family},", unknown: "Προς: {name},"}
  addressed: "Προς: {name},"
  close: "Με εκτίμηση,"
"""
