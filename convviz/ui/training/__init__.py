"""Trainings that run beside the pages."""
