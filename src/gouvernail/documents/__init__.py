"""The documents of a plan: written once as blocks, delivered as PDF, ODT, DOCX and workbooks."""

from gouvernail.documents.case_sheet import case_sheet
from gouvernail.documents.cst_report import cst_report
from gouvernail.documents.roadmap_document import roadmap_document
from gouvernail.documents.write import plan_json, write_all

__all__ = [
    "case_sheet",
    "cst_report",
    "plan_json",
    "roadmap_document",
    "write_all",
]
