"""The few notions every step shares: three-valued logic, reasons, sources, intervals, refusals."""

from gouvernail_core.kernel.consultation import ConsultationStatus, Override
from gouvernail_core.kernel.errors import GouvernailError, Problem, RefusedError
from gouvernail_core.kernel.findings import Confidence, Conflict, Finding, Outcome
from gouvernail_core.kernel.quantities import Interval
from gouvernail_core.kernel.reasons import Provenance, Reason, Source
from gouvernail_core.kernel.stages import Stage
from gouvernail_core.kernel.ternary import Ternary, all_of, any_of
from gouvernail_core.kernel.text import Text

__all__ = [
    "Confidence",
    "Conflict",
    "ConsultationStatus",
    "Finding",
    "GouvernailError",
    "Interval",
    "Outcome",
    "Override",
    "Problem",
    "Provenance",
    "Reason",
    "RefusedError",
    "Source",
    "Stage",
    "Ternary",
    "Text",
    "all_of",
    "any_of",
]
