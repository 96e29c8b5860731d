"""``python -m convviz.cli`` is the `convviz` command."""

import sys

from convviz.cli import main

sys.exit(main())
