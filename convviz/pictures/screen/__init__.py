"""Plotly figures: data in, `plotly.graph_objects.Figure` out, all in the colours of `palette`."""
