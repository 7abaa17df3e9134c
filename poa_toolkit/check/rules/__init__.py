"""The rules, one module a family of codes; none imports another."""
