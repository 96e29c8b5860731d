"""Networks, their training, and the data they are trained on. Nothing here imports streamlit."""
