"""Pure text: strings in, values out; no database, no web, no clock."""
