#!/bin/sh
# Run nginx, and let it follow the processes of the app as they come and go (docker compose up --scale app=8).
set -eu
port=8501

processes() {
  getent ahostsv4 app | awk -v port=$port '{print $1 ":" port}' | sort -u
}
write() {
  # shellcheck disable=SC2046 # each address is a word
  sh /etc/nginx/servers.sh "rooms:$port" $(processes) > /tmp/servers.next
}

write && mv /tmp/servers.next /tmp/servers.conf
nginx -c /etc/nginx/nginx.conf -g 'daemon off;' &
nginx=$!
trap 'kill -QUIT $nginx' TERM INT QUIT
while kill -0 $nginx 2> /dev/null; do
  sleep 5 &
  wait $! || true
  [ -n "$(processes)" ] && write || continue
  if ! cmp -s /tmp/servers.next /tmp/servers.conf; then
    mv /tmp/servers.next /tmp/servers.conf
    nginx -c /etc/nginx/nginx.conf -s reload
  fi
done
wait $nginx
