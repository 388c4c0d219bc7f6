"""What can go wrong at the desk.

DeskError
├── SourceInvalid         an address that no database can have
├── ParameterInvalid      a query's parameter is missing, unknown or ill-formed
├── QueryFailed           the database would not answer the query
│   └── QueryTooSlow      … in its time
├── SourceDown            the data source cannot be reached
└── SourceRefused         it was reached, and must not be used: wrong password, too many rights
"""


class DeskError(Exception):
    """Base of the desk's errors."""


class SourceInvalid(DeskError, ValueError):
    """An address that no database can have."""


class ParameterInvalid(DeskError, ValueError):
    """A parameter is missing, unknown, or not of its type."""


class QueryFailed(DeskError):
    """The database would not answer: a missing table, a mistake, an attempt to write."""


class QueryTooSlow(QueryFailed):
    """The query was cancelled at its time limit."""


class SourceDown(DeskError):
    """The data source cannot be reached."""


class SourceRefused(DeskError):
    """The data source was reached and must not be used."""
