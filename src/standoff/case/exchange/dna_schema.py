"""The tables of a Discourse Network Analyzer 3 database: names, columns, constraints; SQL comes out.

Written from the published description of the format. `.dna` files are SQLite databases.
"""

from __future__ import annotations

VERSIONS = ("3.0", "3.1")
"""Beginnings of the `version` setting that are read; 3.1 kept the schema of 3.0."""

WRITTEN_VERSION = "3.0.7"

_ID = "INTEGER NOT NULL PRIMARY KEY"
_LABEL = "TEXT NOT NULL DEFAULT '' CHECK (LENGTH({0}) < 191)"
_BYTE = "INTEGER NOT NULL DEFAULT 0 CHECK ({0} BETWEEN 0 AND 255)"
_YES = "INTEGER NOT NULL DEFAULT 1 CHECK ({0} BETWEEN 0 AND 1)"
_NUMBER = "INTEGER"
_COLOR = {"Red": _BYTE, "Green": _BYTE, "Blue": _BYTE}


def _to(table: str) -> str:
    return "INTEGER REFERENCES " + table + "(ID) ON DELETE CASCADE"


PERMISSIONS = tuple(
    f"Permission{what}"
    for what in (
        "AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements",
        "DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations",
        "ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements",
    )
)  # fmt: skip
"""What a coder may do; 1 or 0 in CODERS."""

_VALUE = {"ID": _ID, "StatementId": _to("STATEMENTS"), "VariableId": _to("VARIABLES")}

TABLES: dict[str, dict[str, str]] = {
    "SETTINGS": {"Property": "TEXT PRIMARY KEY", "Value": "TEXT NOT NULL"},
    "CODERS": {
        "ID": _ID, "Name": _LABEL, **_COLOR, "Refresh": "INTEGER NOT NULL DEFAULT 0",
        "FontSize": "INTEGER NOT NULL DEFAULT 14", "Password": "TEXT NOT NULL DEFAULT ''",
        "PopupWidth": "INTEGER DEFAULT 300", "ColorByCoder": "INTEGER NOT NULL DEFAULT 0",
        "PopupDecoration": "INTEGER NOT NULL DEFAULT 0", "PopupAutoComplete": "INTEGER NOT NULL DEFAULT 1",
        **dict.fromkeys(PERMISSIONS, _YES),
    },
    "DOCUMENTS": {
        "ID": _ID, "Title": _LABEL, "Text": "TEXT NOT NULL", "Coder": _to("CODERS"), "Author": _LABEL,
        "Source": _LABEL, "Section": _LABEL, "Notes": "TEXT NOT NULL DEFAULT ''", "Type": _LABEL,
        "Date": "INTEGER NOT NULL",
    },
    "STATEMENTTYPES": {"ID": _ID, "Label": _LABEL, **_COLOR},
    "VARIABLES": {
        "ID": _ID, "Variable": _LABEL,
        "DataType": "TEXT NOT NULL DEFAULT 'short text' "
        "CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text'))",
        "StatementTypeId": _to("STATEMENTTYPES"),
    },
    "VARIABLELINKS": {"ID": _ID, "SourceVariableId": _to("VARIABLES"), "TargetVariableId": _to("VARIABLES")},
    "REGEXES": {"Label": "TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191)", **_COLOR},
    "CODERRELATIONS": {
        "ID": _ID, "Coder": _to("CODERS"), "OtherCoder": _to("CODERS"), "viewStatements": _YES, "editStatements": _YES,
        "viewDocuments": _YES, "editDocuments": _YES,
    },
    "STATEMENTS": {
        "ID": _ID, "StatementTypeId": _to("STATEMENTTYPES"), "DocumentId": _to("DOCUMENTS"),
        "Start": "INTEGER NOT NULL CHECK (Start >= 0)", "Stop": "INTEGER NOT NULL CHECK (Stop > Start)",
        "Coder": _to("CODERS"),
    },
    "DATABOOLEAN": {**_VALUE, "Value": "INTEGER NOT NULL DEFAULT 1"},
    "DATAINTEGER": {**_VALUE, "Value": "INTEGER NOT NULL DEFAULT 0"},
    "ENTITIES": {
        "ID": _ID, "VariableId": _to("VARIABLES"), "Value": _LABEL, **_COLOR, "ChildOf": _to("ENTITIES"),
    },
    "DATASHORTTEXT": {**_VALUE, "Entity": _to("ENTITIES")},
    "DATALONGTEXT": {**_VALUE, "Value": "TEXT DEFAULT ''"},
    "ATTRIBUTEVARIABLES": {"ID": _ID, "VariableId": _to("VARIABLES"), "AttributeVariable": _LABEL},
    "ATTRIBUTEVALUES": {
        "ID": _ID, "EntityId": _to("ENTITIES"), "AttributeVariableId": _to("ATTRIBUTEVARIABLES"),
        "AttributeValue": _LABEL,
    },
}  # fmt: skip

UNIQUE: dict[str, tuple[str, ...]] = {
    "VARIABLES": ("Variable", "StatementTypeId"),
    "DATABOOLEAN": ("StatementId", "VariableId"),
    "DATAINTEGER": ("StatementId", "VariableId"),
    "DATASHORTTEXT": ("StatementId", "VariableId"),
    "DATALONGTEXT": ("StatementId", "VariableId"),
    "ENTITIES": ("VariableId", "Value"),
    "ATTRIBUTEVARIABLES": ("VariableId", "AttributeVariable"),
    "ATTRIBUTEVALUES": ("EntityId", "AttributeVariableId"),
}

OPTIONAL = ("VARIABLELINKS", "REGEXES", "CODERRELATIONS", "ATTRIBUTEVARIABLES", "ATTRIBUTEVALUES", "CODERS")
"""Tables that no network needs: a file without them is still read."""


def create_sql(table: str) -> str:
    """The statement that makes one table."""
    parts = [f"{name} {kind.format(name)}" for name, kind in TABLES[table].items()]
    if table in UNIQUE:
        parts.append(f"UNIQUE ({', '.join(UNIQUE[table])})")
    return f"CREATE TABLE {table} ({', '.join(parts)})"
