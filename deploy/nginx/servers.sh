#!/bin/sh
# servers.sh ROOMS PROCESS…: print which processes of the app there are, for nginx.conf. Each is ADDRESS:PORT.
set -eu
rooms=$1
shift
echo "upstream everyone {"
echo "  zone everyone 64k;"
echo "  least_conn;"
for process in "$@"; do echo "  server $process max_fails=1 fail_timeout=5s;"; done
echo "}"
echo "upstream rooms {"
echo "  server $rooms max_fails=0;"
echo "}"
echo 'map $cookie_convviz $chosen {'
echo "  default everyone;"
for process in "$@"; do echo "  $process $process;"; done
echo "}"
