#!/bin/bash
# The whole of the scripted year: at least 300 cases and 1,000 promises.
YEAR_ROWS=${YEAR_ROWS:-420} exec "$(dirname "$0")/../t/year.t"
