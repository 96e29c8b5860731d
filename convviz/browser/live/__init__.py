"""The element that brings new data for parts that stand on the page: see `convviz.browser.mount.send`."""
