#!/bin/sh
# Makes the pictures of the README: pictures.sh PICTURE XINFENG FOLDER
# A sample county of 600 enterprises with a drawn plan and an override that waits, on a frozen day.
set -eu
picture=$1
xinfeng=$2
folder=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
county="$xinfeng --db $work/county.db --today 2026-11-22 --as 王建国"

$county --quiet init
$county --quiet sample --enterprises 600 --seed screens
for month in 2026-09 2026-10 2026-11; do
    $county --quiet score --period "$month"
done
riskiest=$($county --lang en enterprises --class C | grep -o '9[0-9A-Z]\{17\}' | head -n 1)
$county --quiet override propose set-class "$riskiest" --class B \
    --reason 经核查风险已消除 --document 呼市监信〔2026〕9号
$county --quiet plan new --title 2026年第四季度双随机抽查 --matter 登记事项检查 \
    --department 信用监管股 --from 2026-12-01 --to 2026-12-31
$county --quiet plan draw 1 --seed 48201593647715028836 \
    --seed-source 公开摇号，县公证处现场监督

# draw NAME LANGUAGE TITLE SIZE KEYS
draw() {
    # shellcheck disable=SC2086
    "$picture" "$folder/$1" "$3" "$4" "$5" $county --lang "$2"
}
# The first dimension has five indicators, the second seven; then the penalties, opened.
five='<Down><Down><Down><Down><Down>'
enterprise="2<Enter>$five$five$five<Enter><Down>"
mkdir -p "$folder"
draw home.svg zh '信风' 96x18 ''
draw enterprise.svg zh '信风' 96x40 "$enterprise"
draw plan.svg zh '信风' 96x36 '3<Enter>'
draw home.en.svg en 'xinfeng' 96x18 ''
draw enterprise.en.svg en 'xinfeng' 96x40 "$enterprise"
draw plan.en.svg en 'xinfeng' 96x36 '3<Enter>'
