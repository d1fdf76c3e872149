"""The report and its writers: one value (model.Report), one JSON format with a version, small writers."""
