"""Pictures of analyses: labelled numbers come in, SVG texts of print quality go out. No file is written."""
