"""The paper's records: data sources and named queries."""
