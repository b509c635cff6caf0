"""Foreign formats: files of other tools come in, files for other tools go out."""
