"""What pictures are drawn with: fonts that hold Chinese, a pen that measures in screen pixels, and charts."""
