#!/bin/sh
# Fails when a locale/ differs from what the code asks for, or is incomplete, or is not compiled.
# usage: tools/check_messages.sh PYTHON | --options (prints what makemessages is called with)
set -eu

# Every language that has a folder. No line numbers, so that a text that only moved changes nothing.
cd "$(dirname "$0")/.."
languages=$(for folder in */locale/*/LC_MESSAGES; do basename "${folder%/*}"; done | sort -u)
locales=$(for language in $languages; do printf -- '--locale %s ' "$language"; done)
options="$locales--add-location file --no-wrap --ignore .venv --ignore var --ignore tests --ignore benchmarks --ignore tools"
if [ "$1" = --options ]; then
    echo "$options"
    exit
fi

python=$1
for program in xgettext msgmerge msgfmt msgattrib msgunfmt; do
    command -v "$program" > /dev/null || {
        echo "Checking translations needs $program: apt install gettext (running the site does not)." >&2
        exit 1
    }
done

[ -d cms/locale ] || {
    echo "There are no translations yet: make messages" >&2
    exit 1
}
before=$(mktemp -d)
for folder in */locale; do
    mkdir -p "$before/$folder"
    cp -R "$folder/." "$before/$folder"
done
restore() {
    for folder in */locale; do
        cp -R "$before/$folder/." "$folder/"
    done
    rm -rf "$before"
}
trap restore EXIT

failed=0
complain() {
    echo "$1" >&2
    failed=1
}

# shellcheck disable=SC2086 (the options are words)
"$python" manage.py makemessages --verbosity 0 $options
for new in */locale/*/LC_MESSAGES/django.po; do
    old=$before/$new
    [ -e "$old" ] || {
        complain "$new is not there: make messages"
        rm -r "${new%/LC_MESSAGES/django.po}"
        continue
    }
    diff --unified=0 --ignore-matching-lines='^"POT-Creation-Date' "$old" "$new" >&2 ||
        complain "$new is behind the code: make messages"
    missing=$(msgattrib --untranslated --no-obsolete --no-wrap "$old")
    [ -z "$missing" ] || complain "$new lacks translations: $missing"
    fuzzy=$(msgattrib --only-fuzzy --no-obsolete --no-wrap "$old")
    [ -z "$fuzzy" ] || complain "$new has guesses that nobody confirmed (fuzzy): $fuzzy"
    msgfmt --check --output-file "$before/fresh.mo" "$old" || complain "$new has errors"
    msgunfmt --no-wrap "$before/fresh.mo" > "$before/fresh.txt"
    msgunfmt --no-wrap "${old%.po}.mo" > "$before/committed.txt" 2> /dev/null || :
    cmp -s "$before/fresh.txt" "$before/committed.txt" || complain "${new%.po}.mo is not compiled from it: make messages"
    rm -f "$before/fresh.mo" "$before/fresh.txt" "$before/committed.txt"
done
exit "$failed"
