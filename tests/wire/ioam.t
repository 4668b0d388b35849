# IOAM namespaces and schemas.
ip ioam namespace add 5
ip ioam namespace add 6 data 0xdeadbeef
ip ioam namespace add 7 wide 0xcafe
ip ioam namespace add 8 data 1 wide cafe foo
ip ioam namespace del 5
ip ioam namespace set 6 schema 7
ip ioam namespace set 6 schema none
ip ioam schema add 2 hello
ip ioam schema add 2 ""
ip ioam schema del 2
? ip ioam namespace show
? ip ioam schema show
