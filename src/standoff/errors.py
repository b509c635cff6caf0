"""Every error that Standoff raises on purpose; one base, so that a caller can catch them all."""


class StandoffError(Exception):
    """Something a person can mend. `str()` is one plain line that names the file or thing and the cause."""

    exit_code = 1


class InputError(StandoffError):
    """A report, file or option that cannot be read."""


class LanguageError(InputError):
    """A text in a language that Standoff does not read."""


class ModelError(StandoffError):
    """A model that is missing, damaged or of another version."""


class CaseError(StandoffError):
    """A case file that is missing, busy, damaged, full or of another version; or a request that does not fit it."""
