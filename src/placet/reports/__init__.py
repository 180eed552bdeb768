"""Sums over what happened: set-based readings for the merchant and for buying companies.

A report is a kind (what is counted), a grouping (by what), a span of days and a currency.
"""
