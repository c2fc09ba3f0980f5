"""Stands for the public post: takes delivery orders, moves parcels, tells where they are."""
