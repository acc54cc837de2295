"""What leaves a casebook: the signed report and, later, tables and forms."""
