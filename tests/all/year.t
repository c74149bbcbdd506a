#!/bin/bash
# The whole of the scripted year: at least 300 cases and 1,000 promises, and every verb that
# changes a figure.
YEAR_ALL=1 YEAR_ROWS=${YEAR_ROWS:-420} exec "$(dirname "$0")/../t/year.t"
