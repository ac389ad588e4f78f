#!/bin/sh
# A client of Redress in POSIX sh and curl. Copy it and change it.
#
#     REDRESS_AT=http://127.0.0.1:8080 REDRESS_TOKEN=redress_… sh redress.sh
#
# It reads one request a line from standard input and prints one answer a line:
#
#     open KEY BODY       opens a case; it is the case of what follows
#     report KEY BODY     reports an event of the case
#     worklist            shows what is due, as the server says it
#     facts COUNT         follows the stream of facts, a line each, until there were so many
#
# KEY names what happened: the number of a letter, the id of a message. However often the same key is sent, it
# happens once. So each request is sent again after a lost connection, 429 and 503: after what `Retry-After` says, or after
# a wait that doubles each time.
set -eu

tries_max=20    # of one request
wait_max=10     # between two tries, in seconds
answer_max=40   # for an answer, in seconds

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
case_id=${REDRESS_CASE:-}

# ask METHOD PATH [KEY [BODY]]: sets `status`, and `$folder/body` holds the answer.
ask() {
    method=$1 path=$2 key=${3:-} body=${4:-}
    set -- -sS --max-time "$answer_max" -X "$method" -H "Authorization: Bearer $REDRESS_TOKEN"
    [ -z "$key" ] || set -- "$@" -H "Idempotency-Key: $key"
    [ -z "$body" ] || set -- "$@" -H 'Content-Type: application/json' --data-binary "$body"
    try=1 wait=1
    while :; do
        # Without an answer the status is 000.
        status=$(curl "$@" -D "$folder/head" -o "$folder/body" -w '%{http_code}' "$REDRESS_AT$path" 2>/dev/null) || status=000
        case $status in 000 | 429 | 503) ;; *) return ;; esac
        if [ "$try" -ge "$tries_max" ]; then
            echo "$method $path: no answer after $try tries; the last was $status" >&2
            exit 1
        fi
        asked=
        [ "$status" = 000 ] || asked=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,\}\).*/\1/p' "$folder/head")
        sleep "${asked:-$wait}"
        try=$((try + 1)) wait=$((wait * 2))
        [ "$wait" -le "$wait_max" ] || wait=$wait_max
    done
}

tell() {
    printf '%s ' "$status"
    cat "$folder/body"
    echo
}

# facts COUNT: the stream is taken up again after the last id that was read. Facts of a decision that was cut off come
# again, as they may from any stream: their `case` and `sequence` tell.
facts() {
    left=$1
    : > "$folder/last"
    while :; do
        last=$(cat "$folder/last")
        set -- -sN -H "Authorization: Bearer $REDRESS_TOKEN" -H 'Accept: text/event-stream'
        [ -z "$last" ] || set -- "$@" -H "Last-Event-ID: $last"
        # The stream says something every 15 seconds: one that does not is gone.
        curl "$@" --speed-limit 1 --speed-time "$answer_max" "$REDRESS_AT/v1/facts" 2>/dev/null | {
            while IFS= read -r line; do
                case $line in
                id:*) id=${line#id: } ;;
                data:*)
                    printf '%s\n' "${line#data: }"
                    left=$((left - 1))
                    echo "$left" > "$folder/left"
                    [ -z "${id:-}" ] || printf '%s' "$id" > "$folder/last"
                    id=
                    [ "$left" -gt 0 ] || break
                    ;;
                esac
            done
        } || :
        [ ! -f "$folder/left" ] || left=$(cat "$folder/left")
        [ "$left" -gt 0 ] || return 0
        sleep 1
    done
}

while IFS=' ' read -r word key body; do
    case $word in
    open)
        ask POST /v1/cases "$key" "$body"
        [ "$status" != 201 ] || case_id=$(sed 's/.*"case":{"id":"//; s/".*//' "$folder/body")
        tell
        ;;
    report)
        ask POST "/v1/cases/$case_id/events" "$key" "$body"
        tell
        ;;
    worklist)
        ask GET /v1/worklist
        tell
        ;;
    facts) facts "$key" ;;
    '') ;;
    *)
        echo "\`$word\` is no request: open, report, worklist, facts" >&2
        exit 2
        ;;
    esac
done
