"""Every use of a part of Streamlit that its documentation does not promise.

Such a part may change with the next minor version, so ``requirements.txt`` pins this one. No other folder of
convviz imports from inside Streamlit. ``tests/unit/test_internals.py`` checks each part by name. It also checks
the names that the style sheet and the JavaScript take from Streamlit's page.
"""
