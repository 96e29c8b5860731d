"""What is drawn: colours and scales, charts on the screen, pictures on paper."""
