"""What is said of the view, and new data for its parts: see `convviz.browser.mount.send`."""
