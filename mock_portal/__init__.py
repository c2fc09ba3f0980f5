"""Stands for the city's public-service portal: procedures, dossiers, fees and the one-stop desk."""
