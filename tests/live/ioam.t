# IOAM: namespaces and schemas.
@ needs jq
ip ioam
ip ioam help
ip ioam foo
ip ioam namespace
ip ioam namespace foo
ip ioam namespace help
ip ioam namespace show
ip ioam namespace add
ip ioam namespace add 5
ip ioam namespace add 5
ip ioam namespace add 6 data 0xdeadbeef
ip ioam namespace add 7 wide 0xcafe
ip ioam namespace add 8 data 1 wide cafe foo
ip ioam namespace add 9 wide 1 data 2
ip ioam namespace add 9 wide 1 foo
ip ioam namespace add 9 data 1 foo
ip ioam namespace add 9 data 1 data 2
ip ioam namespace add 10 foo
ip ioam namespace add 10 data
ip ioam namespace add 10 wide
ip ioam namespace add 10 data x
ip ioam namespace add 10 data deadbeef
ip ioam namespace add 10 data 010
ip ioam namespace add 10 wide x
ip ioam namespace add 70000
ip ioam namespace add x
ip ioam namespace show x | sort
ip -o ioam namespace show | tr '\\' '\n' | sort
ip -j ioam namespace show | jq -cS 'sort_by(.namespace)'
ip ioam schema
ip ioam schema foo
ip ioam schema add
ip ioam schema add 2
ip ioam schema add 2 hell
ip ioam schema add 2 hell
ip ioam schema add 3 "a b cde" x
ip ioam schema add x y
ip ioam schema add 4 ""
ip ioam schema add 77 $(head -c 1020 /dev/zero | tr '\0' a)
ip ioam schema add 78 $(head -c 1021 /dev/zero | tr '\0' a)
ip ioam schema del 77 x
ip ioam namespace set 5 schema 2
ip ioam namespace set 5
ip ioam namespace set
ip ioam namespace set 5 foo 1
ip ioam namespace set 5 schema
ip ioam namespace set 5 schema x
ip ioam namespace set 99 schema 2
ip ioam namespace set 5 schema 99
ip ioam namespace show | sort
ip ioam schema show | sort
ip -o ioam schema show | tr '\\' '\n' | sort
! for id in 6 7 8 10; do ip ioam namespace del $id; done
* ip ioam namespace show
! for id in 3 4; do ip ioam schema del $id; done
{ ip -j ioam schema show
= [{"schema":2,"namespace":5,"data":[104,101,108,108]}]
ip ioam namespace set 5 schema none
ip ioam namespace set 5 schema none x
ip ioam namespace show | sort
ip ioam schema show
ip ioam namespace del
ip ioam namespace del x
ip ioam namespace del 5
ip ioam namespace del 5
ip ioam schema del 2
ip ioam schema del 2
ip ioam schema del x
ip ioam schema del
{ timeout -s INT 1 ip -j ioam monitor || true
= []
ip ioam monitor & sleep 1; kill -TERM $!; wait $!; echo $?
