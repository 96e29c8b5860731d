"""What the ASGI app adds to Streamlit: the document, redirects, and work done while the server starts."""
