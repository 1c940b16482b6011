"""Papers in PDF. The only room that knows fpdf2; it sees the domain's values and the language, nothing else."""

from __future__ import annotations

from partnernet.documents.deposit_slip import deposit_slip_pdf
from partnernet.documents.receipt import receipt_pdf
from partnernet.documents.reversal_slip import reversal_slip_pdf
from partnernet.documents.statement import statement_pdf
from partnernet.documents.till_report import till_report_pdf

__all__ = ["deposit_slip_pdf", "receipt_pdf", "reversal_slip_pdf", "statement_pdf", "till_report_pdf"]
