"""Spreadsheets and tables for other programs: XLSX, CSV, JSON lines, Parquet."""
